"""The catalogues: whole, alike, compiled, and in letters the font has."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from babel.messages.catalog import Message

from posegames.engine.text import FONT
from posegames.language import LANGUAGES
from posegames.resources import shipped
from posegames.tools.words import OWN, collected, compiled, opened, place, renew

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "assets" / "locale"
CODES = [code for code in LANGUAGES if code != OWN]
BUTTONS = ("Setup", "Scores", "Credits", "Sound", "Quit", "Fill", "Photo")
"""Texts of small buttons, which keep their letters' height: 126 pixels are there for them."""


def pairs(code: str) -> Iterator[tuple[Message, str, str]]:
    """Yield each message, with every text of it and what it is in that language."""
    for message in opened(place(LOCALE, code), code):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield from ((message, text, words or "") for text, words in zip(ids, strings, strict=True) if text)


def braces(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


@pytest.mark.parametrize("code", CODES)
def test_everything_is_translated_with_the_same_places_in_it(code: str) -> None:
    assert sum(1 for _ in pairs(code)) > 300
    for message, text, words in pairs(code):
        assert words.strip() == words, text
        assert words, text
        assert not message.fuzzy, text
        assert braces(words) == braces(text), text
        assert words.endswith("...") == text.endswith("..."), text


@pytest.mark.parametrize("code", CODES)
def test_everything_is_in_the_font(code: str) -> None:
    pygame.font.init()
    font = pygame.font.Font(str(shipped("assets") / "fonts" / FONT), 40)
    letters = sorted({letter for _, _, words in pairs(code) for letter in words})
    known = dict(zip(letters, [*font.metrics("".join(letters))], strict=True))
    assert {letter for letter in letters if known[letter] is None} == set()


@pytest.mark.parametrize("code", CODES)
def test_what_is_said_from_afar_is_short(code: str) -> None:
    """Eight words can be read on the way; words of small buttons fit into them."""
    pygame.font.init()
    font = pygame.font.Font(str(shipped("assets") / "fonts" / FONT), 28)
    for _, text, words in pairs(code):
        if len(text.split()) <= 5 and not text.endswith("."):
            assert len(words.split()) <= 8, words
        if text in BUTTONS:
            assert font.size(words)[0] <= 126, words


def test_collecting_again_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder)
    assert renew(folder, ROOT / "posegames") == dict.fromkeys(CODES, 0)
    for code in CODES:
        for path in (place(LOCALE, code), place(LOCALE, code).with_suffix(".mo")):
            assert (folder / path.relative_to(LOCALE)).read_bytes() == path.read_bytes(), path.name
        assert compiled(opened(place(LOCALE, code), code)) == place(LOCALE, code).with_suffix(".mo").read_bytes()


def test_headers_hold_nothing_that_changes_by_itself() -> None:
    for code in CODES:
        head = place(LOCALE, code).read_text("utf-8").partition("\n\n")[0]
        assert not re.search(r"Date|Translator|FULL NAME|EMAIL|VERSION|\d{4}", head)


def test_a_new_text_is_empty_and_counted_and_an_old_one_is_dropped(tmp_path: Path) -> None:
    folder, package = tmp_path / "locale", tmp_path / "package"
    shutil.copytree(LOCALE, folder)
    package.mkdir()
    source = 'from posegames.language import tr\ntr("Quite a new text")\ntr("Again")\n'
    (package / "new.py").write_text(source, "utf-8")
    assert renew(folder, package) == dict.fromkeys(CODES, 1)
    catalog = opened(place(folder, "de"), "de")
    assert catalog["Quite a new text"].string == ""
    assert catalog["Again"].string == "Nochmal"
    assert "stand up straight" not in catalog  # nothing says so any more
    assert len(collected(package)) == len(catalog)
