"""Fixed sentences by key: content, not code, so that another language is another folder."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from advisor.phrases.writing import DateForm, Writing, as_written


class Phrases:
    """Gives a phrase with its `{placeholders}` filled; what is put in is never read as a placeholder again.

    `language` is the code of the folder that the phrases are from.
    """

    def __init__(self, language: str, phrases: Mapping[str, str], writing: Writing) -> None:
        """Keep phrases by key, and how their language writes what is put in."""
        self.language = language
        self.writing = writing
        self._phrases = phrases

    def __call__(self, key: str, **values: object) -> str:
        """The phrase of that key."""
        text = self._phrases[key]
        return text.format_map(values) if "{" in text else text

    def count(self, key: str, number: int | float, **values: object) -> str:
        """The phrase for one, or the one for another number of things, which it may name as `{number}`.

        The number is written with one decimal at most.
        """
        kind = "one" if number == 1 else "none" if number == 0 and f"{key}.none" in self._phrases else "many"
        return self(f"{key}.{kind}", number=self.decimal(as_written(number), 1), **values)

    def listed(self, items: Sequence[str]) -> str:
        """Items as a sentence lists them."""
        if len(items) < 2:
            return "".join(items)
        return self("list.last", before=self("list.comma").join(items[:-1]), last=items[-1])

    def in_row(self, items: Sequence[str]) -> str:
        """Items in a row, each of which may hold commas."""
        return self("list.semicolon").join(items)

    def decimal(self, value: Fraction, decimals: int, *, signed: bool = False) -> str:
        """A number as a person writes it, see `Writing.decimal`."""
        return self.writing.decimal(value, decimals, signed=signed)

    def percent(self, number: str) -> str:
        """A written number as a percentage."""
        return self.writing.percent.format(number)

    def date(self, day: date, form: DateForm) -> str:
        """A day as the language writes it."""
        return self.writing.date(day, form)

    def dated(self, text: str) -> str:
        """A text with every date in it, written year-month-day or year-month, as the language writes it."""
        return self.writing.dated(text)

    def within(self, label: str) -> str:
        """A label inside a sentence: without its capital where the language has none there, but for abbreviations."""
        lower = self("writing.labels") == "lower" and not label[1:2].isupper()
        return label[:1].lower() + label[1:] if lower else label

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self._phrases

    def matching(self, key: str, **parts: str) -> re.Pattern[str]:
        """The phrase as a pattern, with patterns in its places."""
        pattern = re.escape(self._phrases[key])
        for name, part in parts.items():
            pattern = pattern.replace(re.escape(f"{{{name}}}"), part)
        return re.compile(pattern)

    @property
    def keys(self) -> frozenset[str]:
        """All keys, for tests."""
        return frozenset(self._phrases)

    def raw(self, key: str) -> str:
        """The phrase with its placeholders, for tests."""
        return self._phrases[key]
