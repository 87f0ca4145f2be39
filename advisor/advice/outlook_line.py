"""The outlook in plain lines: one on the headline of the advice, then those on everything else that it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from advisor.advice.model import UnitAdvice
from advisor.advice.outcome_words import erosion_waits, outcome_title, outcome_word
from advisor.engines.outcomes import EROSION, FIRST, NO_PATTERN, VERDICT
from advisor.phrases import Phrases, phrases_in
from advisor.rulebook import Rulebook

if TYPE_CHECKING:
    from advisor.advice.outlook import Outlook

_MOST_QUESTIONS = 3
_MOST_WORDS = 3
_KEYS = {VERDICT: "verdict", FIRST: "first"}


def outlook_line(outlook: Outlook, rulebook: Rulebook) -> str:
    """What is settled and what is open about the verdict and the first pattern, and what decides it."""
    say = phrases_in(rulebook.spoken)
    if not outlook.is_worked_out:
        return say("outlook.not_worked_out")
    settled = [_settled(name, outlook.settled[name], rulebook, say) for name in _KEYS if name in outlook.settled]
    parts = [_whatever(say.in_row(settled), len(outlook.open_questions), say)] if settled else []
    parts += [_open(name, outlook, rulebook, say) for name in _KEYS if name not in outlook.settled]
    return " ".join(parts)


def other_lines(outlook: Outlook, unit: UnitAdvice, rulebook: Rulebook, called: Callable[[str], str]) -> list[str]:
    """What is settled and what is open about patterns, preparations and erosion; `called` gives a question its name.

    A brief outlook says nothing of them, and none says anything of an erosion that cannot show yet.
    """
    say = phrases_in(rulebook.spoken)
    left_out = {*_KEYS, *([EROSION] if erosion_waits(unit, rulebook) else [])}
    others = [name for name in outlook.possible if name not in left_out and not outlook.brief]
    settled = [
        say("explain.of_outcome", title=outcome_title(name, rulebook), words=outcome_word(name, word, rulebook))
        for name in others
        if (word := outlook.settled.get(name)) is not None
    ]
    lines = [say("outlook.also_settled", what=say.in_row(settled))] if settled else []
    return lines + [_open(name, outlook, rulebook, say, called) for name in others if name not in outlook.settled]


def _settled(name: str, word: str, rulebook: Rulebook, say: Phrases) -> str:
    said = outcome_word(name, word, rulebook)
    return say("outlook.first", pattern=said) if name == FIRST and word != NO_PATTERN else said


def _whatever(what: str, number: int, say: Phrases) -> str:
    if number == 0:
        return say("outlook.settled", what=what)
    return say.count("outlook.settled_whatever", number, what=what)


def _open(name: str, outlook: Outlook, rulebook: Rulebook, say: Phrases, called: Callable[[str], str] = str) -> str:
    possible = [outcome_word(name, word, rulebook) for word in outlook.possible[name]]
    undecided = [outcome_word(name, word, rulebook) for word in outlook.undecided.get(name, ())]
    questions = [called(question) for question in outlook.deciding[name][:_MOST_QUESTIONS]]
    decided = say("outlook.decided", questions=say("outlook.then").join(questions)) if questions else ""
    key = f"outlook.{_KEYS.get(name, 'outcome')}_{'between' if len(possible) > 1 else 'seen'}"
    title = outcome_title(name, rulebook)
    outcome = title[:1].upper() + title[1:]
    return say(
        key, outcome=outcome, words=say.listed(possible), doubt=_doubt(undecided, outlook.brief, say), decided=decided
    )


def _doubt(undecided: Sequence[str], brief: bool, say: Phrases) -> str:
    key = "outlook.brief_doubt" if brief else "outlook.doubt"
    if len(undecided) > _MOST_WORDS:
        return say(f"{key}_many")
    *most, last = undecided or [""]
    words = say("outlook.or", before=say("list.comma").join(most), last=last) if most else last
    return say(key, words=words) if words else ""
