"""The translations: texts are collected from the source and the levels, catalogues brought up to date, compiled.

    python -m posegames.tools.words assets/locale

A translator edits `posegames.po` of a language, and runs it again. Babel (BSD; in the extra `test`) does the work.
"""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from posegames.language import DOMAIN, LANGUAGES
from posegames.resources import shipped

HEADER = (
    "Language",
    "Plural-Forms",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
)
"""What of a catalogue's header is kept: nothing that changes by itself, so the same texts make the same files."""
KEYWORDS = {"tr": None, "trn": (1, 2), "msg": None}
"""The names that mark a text, and which of their arguments are texts."""
USED = b"posegames.language import"
"""What stands in every file that marks texts."""
SHOWN = ("title", "about", "name")
"""Keys of a level's file whose values players read."""
OWN = "en"
"""The language texts are written in: it needs no catalogue."""


class Words(Catalog):
    """A catalogue with a short header."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What stands in it."""
        kept = [(name, value) for name, value in super().mime_headers if name in HEADER]
        return [*kept[:-1], (kept[-1][0], f"{kept[-1][1]}\n")]  # the last one ends the header

    @classmethod
    def of(cls, language: str | None = None, messages: Iterable[Message] = ()) -> Self:
        """Return one with `messages` in `language`, or of no language."""
        comment = f"# posegames in {LANGUAGES[language]}." if language else "# posegames."
        words = cls(locale=language, domain=DOMAIN, project=DOMAIN, header_comment=comment, fuzzy=False)
        for message in messages:
            if message.id:
                words[message.id] = message
        return words


def collected(package: Path) -> Words:
    """Return every text of the source in `package`, and of the levels that ship with it."""
    catalog = Words.of()
    for path in sorted(package.rglob("*.py")):
        if USED in path.read_bytes():  # looking closer takes a hundred times as long
            for _, message, comments, _ in extract_from_file("python", path, KEYWORDS, ("Words:",)):
                catalog.add(message, None, [(path.relative_to(package).as_posix(), 1)], auto_comments=comments)
    for path in sorted(shipped("levels").rglob("*.toml")):
        for text in _texts(tomllib.loads(path.read_text("utf-8"))):
            catalog.add(text, None, [(f"levels/{path.name}", 1)])
    return catalog


def _texts(table: object) -> Iterator[str]:
    """Yield what players read of a level."""
    if isinstance(table, dict):
        for key, value in table.items():
            if key in SHOWN and isinstance(value, str) and value:
                yield value
            else:
                yield from _texts(value)
    elif isinstance(table, list):
        for item in table:
            yield from _texts(item)


def place(folder: Path, language: str) -> Path:
    """Return where the catalogue of a language is kept; beside it lies the compiled one, ending in `.mo`."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def opened(path: Path, language: str) -> Words:
    """Return the catalogue at `path`; an empty one where there is none."""
    if not path.is_file():
        return Words.of(language)
    with path.open("rb") as file:
        return Words.of(language, read_po(file, locale=language, domain=DOMAIN))


def written(catalog: Catalog) -> bytes:
    """Return what translators read."""
    text = io.BytesIO()
    write_po(text, catalog, width=100, no_location=True, sort_output=True)
    return text.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """Return what gettext reads."""
    table = io.BytesIO()
    write_mo(table, catalog)
    return table.getvalue()


def renew(folder: Path, package: Path) -> dict[str, int]:
    """Bring every catalogue in `folder` up to date and compile it; return how many texts each still lacks."""
    texts, lacking = collected(package), dict[str, int]()
    for language in LANGUAGES:
        if language == OWN:
            continue
        path = place(folder, language)
        catalog = opened(path, language)
        catalog.update(texts, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        lacking[language] = sum(not _whole(message.string) for message in catalog if message.id)
    return lacking


def _whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a translation is there, in every number it has."""
    return bool(string) and all(string or ())


def main(folder: Path) -> None:
    """Bring the catalogues in `folder` up to date, and say what is left to translate."""
    for language, lacks in renew(folder, Path(__file__).parents[1]).items():
        sys.stdout.write(f"{language}: {lacks} texts to translate\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
