"""Every text a player reads is marked, translated, and fits where it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pygame
import pytest
from screens import SCREENS
from standing import Stand

from posegames import language
from posegames.engine import backstage
from posegames.engine.canvas import Anchor, Canvas, Point
from posegames.engine.levels.level import Level
from posegames.engine.scene import Move, Push, World
from posegames.engine.text import Typesetter
from posegames.engine.theme import ANIMALS, THEATRE, Colour, spoken_name
from posegames.errors import UsageError
from posegames.events import KeyPressed
from posegames.language import LANGUAGES, figures, preferred, speak, spoken, tr, trn
from posegames.preferences import Preferences
from posegames.rules.piece import Piece, Target
from posegames.scenes.credits import PAGES as CREDITS
from posegames.scenes.options.rows import PAGES
from posegames.scenes.options.scene import Options
from posegames.testing import At, ScriptedFeed, Shot, assert_picture, body, play
from posegames.tools.words import OWN, opened, place

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"


# What is spoken.


@pytest.mark.parametrize(("code", "points"), [("en", "12,345"), ("de", "12.345"), ("es", "12.345")])
def test_figures_are_written_as_the_language_does(code: str, points: str) -> None:
    speak(code)
    assert spoken() == code
    assert figures(12345) == points
    assert figures(0.84, 1) == ("0.8" if code == "en" else "0,8")


def test_a_language_there_is_none_of_is_refused() -> None:
    with pytest.raises(UsageError, match="no language 'dee'"):
        speak("dee")


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "C"}, "en"),
        ({"LANGUAGE": "fr:es:de", "LANG": "de_DE"}, "es"),
        ({"LC_ALL": "pt_BR", "LANG": "es_MX"}, "es"),
    ],
)
def test_the_system_says_what_is_spoken(environment: dict[str, str], code: str) -> None:
    assert preferred(environment) == code


def test_one_and_many_are_told_apart() -> None:
    speak("es")
    assert [trn("{count} caught", "{count} caught", n).format(count=n) for n in (1, 2)] == [
        "1 pillado",
        "2 pillados",
    ]


def test_no_language_is_left_over_from_another_test() -> None:
    assert spoken() == "en"


def test_animals_are_translated_and_chosen_names_are_not() -> None:
    speak("de")
    theme = THEATRE.named({2: "Star"})
    assert [theme.look(number).name for number in (1, 2)] == ["Fuchs", "Star"]
    assert spoken_name("Fox") == "Fuchs"
    assert spoken_name("Star") == "Star"  # a pose has that name, and is called otherwise
    assert all(tr(animal) != animal for animal in ANIMALS)
    assert THEATRE.look(1, bot=True).name == "Bolt"


def test_a_level_of_ones_own_is_shown_as_it_is() -> None:
    speak("de")
    piece = Piece(targets=(Target(name="Star", angles={"trunk": 0.0}),))
    level = Level(scene="match", name="fast", title="Fast", content=piece)
    assert level.told(level.title) == "Schnell"
    own = Level(scene="match", name="fast", title="Fast", content=piece, home="yours")
    assert own.told(own.title) == "Fast"


# What is written in the source.

MARKS = frozenset({"tr", "trn", "msg"})
DRAWS = frozenset(
    {"text", "pill", "button", "keys", "brief", "wrapped", "fitting", "cut", "shade", "say", "rise",
     "draw_title", "draw_top", "draw_invitation", "draw_places", "draw_call", "_words_below", "_shout"}
)  # fmt: skip
"""What puts a text on the screen."""
UNITS = re.compile(r"\b(ms|mm|bot|FPS)\b|[^A-Za-z]+")
PROSE = re.compile(r"[a-z]{2,} [a-z]|^[A-Z][a-z]{2,}|[a-z]{3,}[!?]")
SAME = re.compile(
    r"\n|\d et al|\d{4}$|\.(py|ttf)$|^posegames|^https|^\d"  # plays of the stage, sources, files
    r"|^(go on|left shift|right shift|page (less|more|up|down)|Esc|Body|Skeleton|Backdrop)$"
    r"|^(BlazePose|PoseNet, PersonLab|OpenPose|Move Mirror|LiteRT, MediaPipe|Apache-2.0|OpenCV|NumPy)$"
    r"|^(Quicksand|Pillow|Python)$"
    r"|^ cannot be called$"  # of a plug-in: as Python's own errors
    r"|^(Bolt|Cog|Chip|Nut|Zap|Dot)$"
)
"""Texts that are no words, or the same in every language: bots' names, those of software and of papers."""
ENGLISH = "engine/levels/"
"""Faults of a level file are told in the words of the file and of `posegames levels check`, which are English."""


@pytest.fixture(scope="module")
def sources() -> list[tuple[Path, ast.Module]]:
    """Give what is written in the layers that show something."""
    paths = [
        path for folder in ("engine", "rules", "scenes") for path in (ROOT / "posegames" / folder).rglob("*.py")
    ]
    return [(path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))) for path in sorted(paths)]


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def quiet(tree: ast.AST) -> set[int]:
    """Return all within docstrings, marks and errors of programmers."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Assert) or (isinstance(node, ast.Call) and called(node) in MARKS):
            found |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "__all__" for t in node.targets):
            found |= {id(part) for part in ast.walk(node)}
    return found


def unmarked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield texts that look like sentences, and words that are drawn, directly or by a name given to them."""
    calm, nodes = quiet(tree), [*ast.walk(tree)]
    given: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                given.setdefault(getattr(target, "id", ""), []).append(node.value)
    drawn: list[ast.AST] = [
        argument
        for node in nodes
        if isinstance(node, ast.Call) and called(node) in DRAWS
        for argument in node.args[:3]
    ]
    drawn += [value for part in drawn if isinstance(part, ast.Name) for value in given.get(part.id, ())]
    words = {id(text) for part in drawn for text in _shown(part)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in calm:
            looks = PROSE.search(node.value) or (id(node) in words and len(UNITS.sub("", node.value)) > 1)
            if looks and not SAME.search(node.value):
                yield node.lineno, node.value


def _shown(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the texts of an expression that are in its value; not keys, nor what is asked for."""
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.JoinedStr | ast.BoolOp):
        for part in node.values:
            yield from _shown(part)
    elif isinstance(node, ast.IfExp):
        yield from (*_shown(node.body), *_shown(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield from (*_shown(node.left), *_shown(node.right))


def test_every_text_in_the_source_is_marked(sources: list[tuple[Path, ast.Module]]) -> None:
    own = [(path, tree) for path, tree in sources if ENGLISH not in path.as_posix()]
    found = [f"{path}:{number}: {text!r}" for path, tree in own for number, text in unmarked(tree)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'canvas.text("next", (0, 0))',
        'pill(canvas, "bravo" if good else tr("oh"), (0, 0))',
        'words = "waits"\npill(canvas, words, (0, 0))',
        'canvas.text(f"{number} of them", (0, 0))',
        'PRAISE = "Bravo! Take a bow"',
        'TABLE = {"a": "Strike the pose"}',
    ],
)
def test_what_is_not_marked_is_found(line: str) -> None:
    assert [*unmarked(ast.parse(line))]


def test_marks_hold_whole_texts(sources: list[tuple[Path, ast.Module]]) -> None:
    """Only a text as it stands can be found: none that is put together, by f-string or by plus."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in MARKS
        for text in node.args[: 2 if called(node) == "trn" else 1]
        if isinstance(text, ast.JoinedStr | ast.BinOp)
        or (called(node) in ("msg", "trn") and not isinstance(text, ast.Constant))
    ]
    assert wrong == []


# What is seen.

MARK = "⁠"
"""Stands behind every word that was looked up, and is not drawn."""
WORD = re.compile(r"(?<=[\w}])(?=[^\w\s{}]*(?:\s|$))")
"""The end of a word, before what it is followed by."""
NAMES = frozenset({"Anna", "Maximilian", "posegames", "mine", "mine.toml", "is", "wrong", "Esc", "mm", "ms"})
NAMES |= {*THEATRE.bots, *LANGUAGES.values()}
"""Words on those screens that are nobody's language, or stay as they are."""
CREDITED = re.compile("|".join((*(word for page in CREDITS for line in page.lines for word in line if word),)))
SAID = frozenset(
    {"halt still ...", "dann beweg dich schnell ...", "quédate quieto ...", "luego muévete rápido ..."}
)
"""What ends in dots by itself."""


class Longest(NullTranslations):
    """Says everything in the language that takes the most letters for it, and marks each word."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, str] = {}
        for code in {*LANGUAGES} - {OWN}:
            for message in opened(place(ROOT / "assets" / "locale", code), code):
                texts = message.id if isinstance(message.id, tuple | list) else (message.id,)
                said = message.string if isinstance(message.string, tuple | list) else (message.string,)
                for text, words in zip(texts, said, strict=True):
                    self._said[text] = max(self._said.get(text, ""), words or "", key=len)

    def gettext(self, message: str) -> str:
        return WORD.sub(MARK, self._said[message]) if message in self._said else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, pygame.Rect, tuple[int, int]]]:
    """Give what is written from now on, where, and how large what it is written on is; in the longest words."""
    found: list[tuple[str, pygame.Rect, tuple[int, int]]] = []
    longest = Longest()
    monkeypatch.setattr(backstage, "speak", lambda _name: language._spoken.set(longest))
    text, width, render = Canvas.text, Typesetter.width, Typesetter.set

    def write(
        self: Canvas, words: str, place: Point, *, size: int | None = None, colour: Colour | None = None,
        anchor: Anchor = "center", alpha: float = 1.0,
    ) -> pygame.Rect:  # fmt: skip
        rect = text(self, words, place, size=size, colour=colour, anchor=anchor, alpha=alpha)
        found.append((words, rect, self.size))
        return rect

    def set_plain(self: Typesetter, words: str, size: int, colour: Colour) -> pygame.Surface:
        return render(self, words.replace(MARK, ""), size, colour)

    monkeypatch.setattr(Canvas, "text", write)
    monkeypatch.setattr(Typesetter, "width", lambda self, words, size: width(self, words.replace(MARK, ""), size))
    monkeypatch.setattr(Typesetter, "set", set_plain)
    return found


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_has_room_for_the_longest_words(
    name: str, drawn: list[tuple[str, pygame.Rect, tuple[int, int]]]
) -> None:
    assert SCREENS[name].shown("en")
    assert len(drawn) > 1
    for text, rect, size in drawn:
        plain, letters = text.replace(MARK, ""), rect.inflate(0, -0.4 * rect.height)
        assert pygame.Rect((0, 0), size).contains(letters) or not plain.strip(), f"{plain!r} at {rect}"
        assert not text.endswith(f"{MARK} ...") or plain in SAID, f"{plain!r} is cut"
        words = [word for word in text.split() if MARK not in word and len(re.sub(r"[\W\d_]", "", word)) > 1]
        missed = [word for word in words if word.strip(".,:") not in NAMES and not CREDITED.search(plain)]
        assert not missed, f"{missed} of {plain!r} are not translated"


@pytest.mark.parametrize("code", ["de", "es"])
@pytest.mark.parametrize(("name", "shot"), [("menu", "it"), ("options", "2")])
def test_what_it_looks_like(code: str, name: str, shot: str) -> None:
    assert_picture(SCREENS[name].shown(code)[shot], GOLDEN / f"{name}-{code}.png")


class Before(Stand):
    """A scene that shows its name, and leads to the settings."""

    left = False

    def update(self, world: World, dt: float) -> Move | None:
        if self.left:
            return None
        self.left = True
        return Push(Options())

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.text(tr("Mirror"), (640, 360))


def test_a_language_that_is_set_is_spoken_from_the_next_picture_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    text = Canvas.text

    def write(self: Canvas, words: str, *args: object, **more: object) -> pygame.Rect:
        said.append(words)
        return text(self, words, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "text", write)
    page = next(i for i, page in enumerate(PAGES) for row in page.rows if row.field == "language")
    keys = [*["page down"] * page, "tab", "down", "down", "right", "right"]  # automatic, English, German
    plan = [At(0.3 + 0.1 * i, KeyPressed(key)) for i, key in enumerate(keys)]
    end = 0.4 + 0.1 * len(keys)
    plan += [At(end + 0.1, KeyPressed("escape"))]
    shots = [Shot(0.2, "before"), Shot(end, "set"), Shot(end + 0.3, "back")]
    play(Before(), [*plan, *shots], feed=ScriptedFeed.of(body()), preferences=Preferences(still=True), hz=30)
    assert {"Looks", "Ton und Sprache", "Zurück", "Spiegel"} <= {*said}
    assert "Mirror" not in said


@pytest.mark.parametrize("code", [*LANGUAGES])
def test_what_a_language_calls_itself_is_in_the_font(code: str) -> None:
    letters = Typesetter()._font(40)
    assert all(letters.metrics(LANGUAGES[code]))
