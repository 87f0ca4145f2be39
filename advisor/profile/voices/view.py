"""What the people of one role say to one question, together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from advisor.profile.model import Answer, Frozen
from advisor.profile.tally import TALLIED
from advisor.profile.values import exact
from advisor.profile.voices.alike import all_alike, ends, outermost, resting_on
from advisor.rulebook.model import Question, Respondent

Standing = Literal["said", "divided", "withheld"]
EXTREMES = {"lowest": min, "highest": max}


class Spoken(NamedTuple):
    """One answer of an entry, and how many people it is of."""

    people: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Policy:
    """From how many people upward staff are heard, whether the team has as many, and which share speaks for all (%)."""

    minimum: Decimal
    team_is_enough: bool
    majority: Decimal


@dataclass(frozen=True, slots=True)
class View:
    """What one role says: an `answer`, or nothing together (divided), or nothing that may be shown (withheld).

    `people` is how many of them answered. `tally` counts what staff said in words.
    """

    role: Respondent
    people: int
    standing: Standing
    answer: Answer | None = None
    tally: Frozen[int] | None = None


def view_of(role: Respondent, spoken: Sequence[Spoken], question: Question, policy: Policy) -> View | None:
    """The view of a role; None where nobody of it knows an answer."""
    heard = [each for each in spoken if each.answer.state != "unknown"]
    people = sum(each.people for each in heard)
    if not heard:
        return None
    if role != "staff":
        answer = _one_by_one(heard, question, policy)
        return View(role, people, "said" if answer else "divided", answer)
    if people < policy.minimum or not policy.team_is_enough:
        return View(role, people, "withheld")
    answer = _together(heard, question, policy)
    return View(role, people, "said" if answer else "divided", answer, _tally(heard, question))


def without_words_of_one(view: View) -> View:
    """The view as it may be shown: what a single person alone has said is not in its tally."""
    if view.tally is None:
        return view
    return replace(view, tally=Frozen({word: said for word, said in view.tally.items() if said > 1}))


def _one_by_one(heard: Sequence[Spoken], question: Question, policy: Policy) -> Answer | None:
    """What managers or data owners say: the same, or the lowest or highest where that is what counts."""
    answers = [_of_entry(each, question, policy) for each in heard]
    said = [answer for answer in answers if answer]
    if len(said) < len(answers):
        return None
    if all_alike(said):
        return resting_on(said[0], said)
    which = EXTREMES.get(question.combined_by)
    found = outermost(said, question, which) if which else None
    return found and resting_on(found, said)


def _of_entry(spoken: Spoken, question: Question, policy: Policy) -> Answer | None:
    answer = spoken.answer
    if answer.tally is None:
        return answer
    value = _most_say(answer.tally, spoken.people, question, policy)
    return None if value is None else replace(answer, value=value, tally=None)


def _together(heard: Sequence[Spoken], question: Question, policy: Policy) -> Answer | None:
    """What staff say: of figures the mean, of words what most say. Nothing of a single person is left in it."""
    answers = [each.answer for each in heard]
    inapplicable = [answer for answer in answers if answer.state == "not_applicable"]
    if inapplicable:
        found = Answer("not_applicable") if len(inapplicable) == len(answers) else None
    elif question.type == "number":
        found = _mean(heard, question)
    elif question.type in TALLIED:
        people = sum(each.people for each in heard)
        value = _most_say(_tally(heard, question) or {}, people, question, policy)
        found = None if value is None else Answer("answered", value)
    else:
        found = Answer("answered", answers[0].value) if all_alike(answers) else None
    return found and resting_on(found, answers, shown=False)


def _mean(heard: Sequence[Spoken], question: Question) -> Answer:
    people = sum(each.people for each in heard)
    low, high = (
        _rounded(sum((ends(each.answer)[side] * each.people for each in heard), Decimal(0)), people, question.decimals)
        for side in (0, 1)
    )
    return Answer("answered", low) if low == high else Answer("answered", low=low, high=high)


def _rounded(total: Decimal, people: int, decimals: int) -> Decimal:
    """The part of one of so many people, to so many decimals, half to even."""
    return exact(f"{Decimal(round(Fraction(total) / people * 10**decimals)).scaleb(-decimals):f}")


def _tally(heard: Sequence[Spoken], question: Question) -> Frozen[int] | None:
    """How many people said each word, in the order of the question; None where words are not counted."""
    if question.type not in TALLIED:
        return None
    counted: Counter[str] = Counter()
    for people, answer in heard:
        if answer.tally is not None:
            counted.update(answer.tally)
        elif answer.state == "answered":
            counted.update(dict.fromkeys(_words(answer), people))
    order = [choice.value for choice in question.choices] or ["true", "false"]
    return Frozen({word: counted[word] for word in order if counted[word]})


def _words(answer: Answer) -> list[str]:
    if isinstance(answer.value, tuple):
        return [item for item in answer.value if isinstance(item, str)]
    return [str(answer.value).lower() if isinstance(answer.value, bool) else str(answer.value)]


def _most_say(
    tally: Frozen[int] | dict[str, int], people: int, question: Question, policy: Policy
) -> bool | str | tuple[str, ...] | None:
    """What enough of them say; of several choices all that enough of them chose."""
    most = tuple(word for word, said in tally.items() if said * 100 >= policy.majority * people)
    if question.type == "choices":
        return most
    if not most:
        return None
    return most[0] == "true" if question.type == "yes_no" else most[0]
