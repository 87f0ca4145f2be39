"""How a language writes numbers and dates, by its locale in the Unicode data that Babel brings.

Babel takes longer to load than everything else that an advice needs. What numbers need of it is a few characters,
which are kept with the phrases; only dates load it each time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

DateForm = Literal["long", "medium"]
MINUS = "−"
"""A true minus sign, in every language: a hyphen before a number is easily overlooked."""
_DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")


@dataclass(frozen=True, slots=True)
class Writing:
    """The characters of a locale; `percent` is a percentage with the place of its number.

    `money_first` says whether a currency stands before its amount.
    """

    locale: str
    point: str
    group: str
    percent: str
    money_first: bool

    @property
    def tag(self) -> str:
        """The locale as a BCP 47 tag, such as ``de-DE``."""
        return self.locale.replace("_", "-")

    @property
    def separator(self) -> str:
        """What spreadsheets of the language expect between the columns of a text file."""
        return ";" if self.point == "," else ","

    def decimal(self, value: Fraction, decimals: int, *, signed: bool = False) -> str:
        """A number with separators between thousands, at most `decimals` places and no trailing zeros."""
        size = 10**decimals
        above, below = value.numerator * size, value.denominator
        rounded = above if below == 1 else round(Fraction(above, below))
        whole, rest = divmod(abs(rounded), size)
        text = f"{whole:,}".replace(",", self.group)
        if rest:
            text += self.point + str(rest).rjust(decimals, "0").rstrip("0")
        sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
        return sign + text

    def date(self, day: date, form: DateForm) -> str:
        """A day, with the month in words (long) or as short as is usual (medium)."""
        from babel.dates import format_date

        return format_date(day, form, self.locale)

    def dated(self, text: str) -> str:
        """A text with its dates, written year-month-day or year-month, as the language writes them."""
        return _DATE.sub(self._written, text)

    def _written(self, found: re.Match[str]) -> str:
        from babel.dates import format_skeleton

        year, month, day = found.groups()
        try:
            if day:
                return self.date(date(int(year), int(month), int(day)), "long")
            return format_skeleton("yMMMM", date(int(year), int(month), 1), locale=self.locale)
        except ValueError:
            return found[0]


def as_written(number: int | float) -> Fraction:
    """The number that stands there: 0.1 is a tenth."""
    return Fraction(number if isinstance(number, int) else str(number))


def writing_of(locale: str) -> Writing:
    """How a locale such as ``de_DE`` writes."""
    from babel import Locale

    known = Locale.parse(locale)
    symbols = known.number_symbols["latn"]
    percent = known.percent_formats[None]
    return Writing(
        locale=locale,
        point=symbols["decimal"],
        group=symbols["group"],
        percent="{}".join(re.split("[#,.0]+", percent.pattern)),
        money_first=known.currency_formats["standard"].pattern.startswith("¤"),
    )
