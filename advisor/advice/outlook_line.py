"""The outlook in one plain line: for the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from advisor.rulebook import Rulebook

if TYPE_CHECKING:
    from advisor.advice.outlook import Outlook

_VERDICT, _FIRST, _NO_PATTERN, _NO_VERDICT = "verdict", "first_pattern", "no_pattern", "no_verdict"
_MOST_QUESTIONS = 3
_MOST_WORDS = 3


def outlook_line(outlook: Outlook, rulebook: Rulebook) -> str:
    """What is settled and what is open about the verdict and the first pattern, and what decides it."""
    titles = {verdict.name: f"“{verdict.title}”" for verdict in rulebook.frame.verdicts}
    words = {**titles, _NO_PATTERN: "no pattern", _NO_VERDICT: "no verdict"}
    names = (_VERDICT, _FIRST)
    settled = [_word(name, outlook.settled[name], words) for name in names if name in outlook.settled]
    parts = [f"Settled: {', '.join(settled)}{_whatever(len(outlook.open_questions))}."] if settled else []
    parts += [_open(name, outlook, words) for name in names if name not in outlook.settled]
    return " ".join(parts)


def _word(name: str, word: str, words: dict[str, str]) -> str:
    said = words.get(word, word)
    return f"first {said}" if name == _FIRST and word != _NO_PATTERN else said


def _whatever(number: int) -> str:
    if number == 0:
        return ""
    return ", whatever the open answer is" if number == 1 else f", whatever the {number} open answers are"


def _open(name: str, outlook: Outlook, words: dict[str, str]) -> str:
    possible = [words.get(word, word) for word in outlook.possible[name]]
    undecided = [words.get(word, word) for word in outlook.undecided.get(name, ())]
    what = "Verdict" if name == _VERDICT else "First pattern"
    several = len(possible) > 1
    said = f"{what} open between {_listed(possible)}" if several else f"{what} {_listed(possible)} as far as seen"
    questions = outlook.deciding[name][:_MOST_QUESTIONS]
    decided = f"; decided by {', then '.join(questions)}" if questions else ""
    doubt = f" (whether also {_listed(undecided, 'or')} is not decided)" if undecided else ""
    if len(undecided) > _MOST_WORDS:
        doubt = " (what else is possible is not decided)"
    return f"{said}{doubt}{decided}."


def _listed(words: Iterable[str], word: str = "and") -> str:
    *most, last = words
    return f"{', '.join(most)} {word} {last}" if most else last
