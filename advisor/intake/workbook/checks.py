"""What Excel checks while somebody types: lists to choose from, numbers within their bounds, dates, lengths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from textwrap import shorten
from typing import Any

from advisor.intake.questionnaire import Questionnaire
from advisor.interview.wording import ENGLISH_COMMANDS
from advisor.profile.texts import LONGEST_TEXT
from advisor.rulebook import Column, Question

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
PERCENT = "%"
Listed = Callable[[Sequence[str]], str]
"""Puts items where a drop-down finds them; gives the reference."""


class Checks:
    """The checks of one workbook, as options of `worksheet.data_validation`."""

    def __init__(self, asked: Questionnaire, listed: Listed) -> None:
        """Say what is wrong in the words of `asked`."""
        self._asked = asked
        self._listed = listed

    def number_or_unknown(self, cell: str, asked: Question | Column) -> dict[str, Any]:
        """A number within the bounds, or the word for unknown; `cell` is where it is typed."""
        tests = [f"ISNUMBER({cell})"]
        if asked.minimum is not None:
            tests.append(f"{cell}>={asked.minimum:f}")
        if asked.maximum is not None:
            tests.append(f"{cell}<={asked.maximum:f}")
        # "3.5 %" is 0.035 to Excel.
        decimals = asked.decimals + 2 if asked.unit == PERCENT else asked.decimals
        tests.append(f"ROUND({cell},{decimals})={cell}")
        unknown = {self._asked.wording.unknown_word, *(w for w, says in ENGLISH_COMMANDS.items() if says == "unknown")}
        words = ",".join(f'{cell}="{word}"' for word in sorted(unknown))
        formula = f"=OR({words},IF(ISNUMBER({cell}),AND({','.join(tests)}),FALSE))"
        message = f"{self._asked.allowed(asked)} {self._asked.texts.or_unknown}"
        return self._with_message({"validate": "custom", "value": formula}, message)

    def number(self, asked: Question) -> dict[str, Any]:
        """An end of a range."""
        kind = "decimal" if asked.decimals else "integer"
        ends: dict[str, Any] = {"criteria": "between", "minimum": -1e15, "maximum": 1e15}
        if asked.minimum is not None:
            ends["minimum"] = float(asked.minimum)
        if asked.maximum is not None:
            ends["maximum"] = float(asked.maximum)
        return self._with_message({"validate": kind, **ends}, self._asked.allowed(asked))

    def one_of(self, items: Sequence[str]) -> dict[str, Any]:
        """One of the items of a drop-down."""
        return self._with_message({"validate": "list", "source": self._listed(items)}, self._asked.texts.one_of, False)

    def date(self) -> dict[str, Any]:
        """A date that Excel knows."""
        ends = {"criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(9999, 12, 31)}
        return self._with_message({"validate": "date", **ends}, self._asked.texts.date_hint)

    def text(self, most: int = LONGEST_TEXT) -> dict[str, Any]:
        """A text that a profile can hold."""
        ends = {"validate": "length", "criteria": "<=", "value": most}
        return self._with_message(ends, self._asked.texts.text_hint.format(most=most), False)

    def _with_message(self, check: dict[str, Any], message: str, beforehand: bool = True) -> dict[str, Any]:
        message = shorten(message, _LONGEST_MESSAGE, placeholder="…")
        refused = shorten(self._asked.texts.refused, _LONGEST_TITLE, placeholder="…")
        told = {"error_title": refused, "error_message": message}
        return {**check, **told, "input_message": message} if beforehand else {**check, **told}
