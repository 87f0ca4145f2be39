"""What the interview says of its own: one field per text, so that no language can lack one.

The texts of the questionnaire stand in the rulebook. Commands are words of the person's language; the English ones
are understood in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Command = Literal["help", "back", "unknown", "not_applicable", "skip", "note", "stop"]

ENGLISH_COMMANDS: dict[str, Command] = {
    "?": "help",
    "help": "help",
    "back": "back",
    "unknown": "unknown",
    "n/a": "not_applicable",
    "skip": "skip",
    "note": "note",
    "stop": "stop",
    "quit": "stop",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts in one language; names in braces are filled in."""

    decimal_comma: bool
    commands: Mapping[str, Command]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    yes_word: str
    no_word: str
    none_of_them: tuple[str, ...]

    problems: Mapping[str, str]
    """What is wrong with the file, by code; without one the message is said as it is."""

    # What is wrong with an answer
    no_such_characters: str
    too_long: str
    answer_yes_or_no: str
    number_of_choice: str
    did_you_mean: str
    no_range_here: str
    value_in_range: str
    range_turned: str
    ambiguous: str
    too_many_decimals: str
    allowed: Mapping[tuple[bool, bool], str]
    in_unit: str
    a_number: str
    no_such_question: str
    not_asked: str
    does_not_apply: str
    not_with_others: str
    nothing_before: str
    nothing_to_keep: str
    no_such_evidence: str
    not_a_date: str
    reason_needed: str

    # The prompt
    how_to: str
    one_of: str
    any_of: str
    yes_or_no: str
    number_in: str
    number: str
    so_far: str
    said_before: str
    keep_with_enter: str
    prompt: str
    who: Mapping[str, str]
    asked_of: str
    unknown_word: str
    not_applicable_word: str

    # Rows of a table
    row: str
    row_ends: str
    in_a_table: str

    # Notes
    ask_reason: str
    ask_evidence: str
    evidence: Mapping[str, str]
    ask_source: str
    ask_date: str
    ask_note: str
    note_kept: str

    # Why, and how much is left
    why_verdict: str
    why_between: str
    why_first: str
    why_preparation: str
    why_erosion: str
    why_figure: str
    why_finding: str
    why_returned: str
    left: str
    left_one: str
    left_at_most: str

    # What it means so far
    understood: str
    returned: str
    set_aside: str
    now: str
    no_longer: str
    verdict_is: str
    recommended: str
    preparation: Mapping[str, str]
    red: str
    so_far_heading: str
    not_known_yet: str
    settled_proven: str
    settled_sampled: str
    settled_all: str
    settled_rest: str
    nothing_here: str
    and_word: str
    may_stop: str

    # Beginning and end
    welcome: str
    heard_as: str
    resumed: str
    stale: str
    kept: str
    new_since: str
    name_organisation: str
    name_unit: str
    not_begun: str
    stopped: str
    finished: str
    left_open: str
    unasked: str
    skipped_left: str
    cannot_save: str
    try_again: str

    def listed(self, words: list[str]) -> str:
        """Words as a list in a sentence."""
        *most, last = words
        return f"{', '.join(most)} {self.and_word} {last}" if most else last

    def command(self, word: str) -> Command | None:
        """The command that a word stands for, in this language or in English."""
        return self.commands.get(word) or ENGLISH_COMMANDS.get(word)


def wording_of(language: str) -> Wording:
    """The texts of a language; English where only the rulebook speaks it."""
    from advisor.interview.english import ENGLISH
    from advisor.interview.german import GERMAN

    return GERMAN if language == "de" else ENGLISH
