"""What workbooks and guides say of their own: one field per text, so that no language can lack one.

The texts of the questionnaire stand in the rulebook; words such as yes, no and unknown are those of the interview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.interview.targets import Part


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts in one language; names in braces are filled in."""

    # In workbooks and guides
    only_if: str
    at_least: str
    at_most: str
    above: str
    below: str
    or_word: str
    asked_of: str

    # The first sheet
    cover: str
    cover_title: str
    for_whom: Mapping[str, str]
    how_to: tuple[str, ...]
    contents: str
    answered: str
    of_all: str
    about_you: str
    about_unit: str
    fields: Mapping[str, str]
    hints: Mapping[str, str]

    # The sheets with questions
    heads: tuple[str, ...]
    head_notes: tuple[str, ...]
    none_of_these: str
    no_rows: str
    mark_each: str
    see_sheet: str
    back_to: str
    rows_hint: str
    or_unknown: str
    one_of: str
    refused: str
    date_hint: str
    text_hint: str
    page: str

    # The printed guide
    guide_title: str
    guide_minimal: str
    guide_how_to: tuple[str, ...]
    guide_answer: str
    guide_from_to: str
    guide_does_not_apply: str
    guide_known: str
    guide_filled_in: tuple[str, ...]
    guide_nothing: str
    guide_heads: Mapping[str, str]
    matters: Mapping[Part, str]

    # Staff pulses
    no_answer: tuple[str, ...]
    """As `str.casefold` gives them, without points at their ends."""
    pulse_title: str
    pulse_how_to: tuple[str, ...]
    pulse_heads: tuple[str, str, str]
    pulse_answers: str


def texts_of(language: str) -> Texts:
    """The texts of a language; English where only the rulebook speaks it."""
    from advisor.intake.english import ENGLISH
    from advisor.intake.german import GERMAN

    return GERMAN if language == "de" else ENGLISH
