"""A language made for tests: every text of the rulebook and of the phrase books, with each letter marked.

A letter that a result shows unmarked comes from nowhere that could be translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from string import ascii_letters

import yaml

from advisor.memo.blocks import Chart, HeatRow
from advisor.phrases import phrases_in
from advisor.rulebook import Rulebook
from advisor.rulebook.languages import Language
from advisor.rulebook.texts import texts_of

CODE = "xx"
LOCALE = "ja_JP"
"""Writes months without Latin letters, and numbers with a point."""
_MARKED = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in ascii_letters})
_PLACES = re.compile(r"(\{[^{}]*\})")
_NO_TEXTS = ("kind", "align", "tone", "rules", "answers", "sources")
"""Fields of blocks that say how they look, or name what they rest on."""


def marked(text: str) -> str:
    """The text in full-width letters, its places as they are."""
    return "".join(part if part.startswith("{") else part.translate(_MARKED) for part in _PLACES.split(text))


def marked_rulebook(rulebook: Rulebook) -> Rulebook:
    """The rulebook in the marked language."""
    language = Language(CODE, CODE, {}, {path: marked(text) for path, text in texts_of(rulebook)})
    return replace(rulebook, languages={CODE: language}).in_language(CODE)


def write_marked_phrases(folder: Path) -> None:
    """A folder of phrase books that holds the marked language alone."""
    english = phrases_in("en")
    sections: dict[str, dict[str, object]] = {}
    for key in english.keys:
        section, name, *form = key.split(".")
        text = english.raw(key) if section == "writing" else marked(english.raw(key))
        if form:
            forms = sections.setdefault(section, {}).setdefault(name, {})
            assert isinstance(forms, dict)
            forms[form[0]] = text
        else:
            sections.setdefault(section, {})[name] = text
    sections["writing"]["locale"] = LOCALE
    (folder / CODE).mkdir(parents=True)
    written = yaml.safe_dump(sections, allow_unicode=True, default_style='"', width=10_000)
    (folder / CODE / "all.yaml").write_text(written, encoding="utf-8")


def words_of(part: object) -> Iterator[str]:
    """Every string of blocks and furniture that a reader can meet."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Chart):
        yield from (part.title, part.alternative, *(words for _, words in part.key))
        yield from words_of((part.bars, part.lines))
    elif isinstance(part, HeatRow):
        yield from (part.label, *(words for words, _ in part.cells))
    elif isinstance(part, tuple | list):
        for each in part:
            yield from words_of(each)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in _NO_TEXTS:
                yield from words_of(getattr(part, field.name))


def unmarked(words: str, allowed: list[str]) -> list[str]:
    """The words with unmarked letters, once places and what is allowed to have them are taken away, longest first."""
    words = _PLACES.sub("", words)
    for text in sorted(allowed, key=len, reverse=True):
        words = words.replace(text, "")
    return re.findall(r"\S*[A-Za-z]\S*", words)
