"""The texts of a rulebook in other languages, by the path of what they translate; stored values never change.

A language without texts is the one in which the rulebook itself is written: it says only how units are written.
Texts that a language lacks stay as the rulebook has them; the lint lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from advisor.rulebook.field_types import NOT_EMPTY, Text, part
from advisor.rulebook.texts import Path, texts_of, with_texts

if TYPE_CHECKING:
    from advisor.rulebook.rulebook import Rulebook

CURRENCY = "{currency}"
"""Stands among the words of a unit of money for the currency of the profile."""
_NAMES = {"who", "where", "when"}
"""Fields of a source that may be the same in every language: names, addresses and dates."""
LITERAL = '"'
"""Begins the title that a publication has itself."""


@part
class UnitWords:
    """How a unit is asked for (`says`, as in "in minutes"), and the words that may follow a number.

    `after` is what stands behind a number that is shown, where that is not the same: "in months" in German is
    "in Monaten", but five of them are "5 Monate".
    """

    says: Text
    after: Text | None = None
    words: Annotated[tuple[Text, ...], NOT_EMPTY]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code (`de`), its own name, how units are asked for, and texts by the path that they translate."""

    code: str
    name: str
    units: Mapping[str, UnitWords]
    texts: Mapping[Path, str]

    def says(self, unit: str) -> str:
        """How a unit is asked for; where the language does not say it, the unit itself."""
        words = self.units.get(unit)
        return words.says if words else unit


def spoken(rulebook: Rulebook, code: str) -> Rulebook:
    """The rulebook with its texts in one of its languages: same meaning, same digest."""
    language = rulebook.languages[code]
    if not language.texts:
        return replace(rulebook, spoken=code)
    other = with_texts(rulebook, language.texts.get)
    constraints = tuple(replace(each, check=other.checks[each.check.id]) for each in other.constraints)
    return replace(other, constraints=constraints, spoken=code, translated=rulebook)


def untranslated(language: Language, rulebook: Rulebook) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What a language lacks: the list, the name of the entry, and which of its texts."""
    asked = {question.unit for question in rulebook.questions.values()}
    asked |= {column.unit for question in rulebook.questions.values() for column in question.columns}
    yield from (("units", unit, ()) for unit in sorted(asked - {""}) if unit not in language.units)
    if not language.texts:
        return
    missing: dict[tuple[str, str], list[str]] = {}
    for path, text in texts_of(rulebook):
        if path not in language.texts and not _needs_none(path, text):
            missing.setdefault((path[0], path[1]), []).append(".".join(path[2:]))
    yield from ((list_name, name, tuple(filter(None, texts))) for (list_name, name), texts in missing.items())


def _needs_none(path: Path, text: str) -> bool:
    """Whether a text may stay as it is in every language: names of people, places and publications."""
    return path[0] == "sources" and (path[2] in _NAMES or text.startswith(LITERAL))
