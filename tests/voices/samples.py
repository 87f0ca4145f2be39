"""Units with respondents, written as in a profile."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent
from typing import Any

from hypothesis import strategies as st

from advisor import Profile, Rulebook
from advisor.advice.withheld import used_unit
from advisor.profile import Answer, Frozen, Unit, Voice, read_profile
from advisor.profile.facts import facts_of
from advisor.profile.voices import Heard, HeardQuestion, hear
from tests.profile.samples import spoken_answers

RULEBOOK = Rulebook.load()
HEAD = "advisor_profile: 1\norganisation: {name: Client, currency: EUR}\nunits:\n  - name: Claims\n"


def profile_text(answers: str = "", *voices: tuple[str, str]) -> str:
    """A profile of one unit: recorded answers, and for each voice its role (with people) and its answers, by lines."""
    text = HEAD + "    answers:\n" + indent(answers, "      ") + "\n    respondents:\n"
    for head, said in voices:
        role, _, people = head.partition(" ")
        text += f"      - role: {role}\n" + (f"        people: {people}\n" if people else "")
        text += "        answers:\n" + indent(said, "          ") + "\n"
    return text


def profile(answers: str = "", *voices: tuple[str, str]) -> Profile:
    return read_profile(profile_text(answers, *voices), RULEBOOK.questions, "p.yaml")


def heard(answers: str = "", *voices: tuple[str, str]) -> Heard:
    return hear(profile(answers, *voices).units[0], RULEBOOK)


def only(found: Heard) -> HeardQuestion:
    (question,) = found.questions
    return question


def is_valid(unit: Unit) -> bool:
    """Whether what counts can be true together."""
    return RULEBOOK.permits(facts_of(used_unit(unit, RULEBOOK).unit, RULEBOOK))


ASKED = {name: question for name, question in RULEBOOK.asked.items() if question.type != "table"}
SHARED = ["authority_decision_limit", "gov_owner", "error_rate_pct", "authority_rights_count", "clarity_staff"]


def _named(names: list[str]) -> Any:
    return st.sampled_from(names).flatmap(lambda name: st.tuples(st.just(name), spoken_answers(ASKED[name])))


def _recorded(named: dict[str, Answer]) -> Frozen[Answer]:
    return Frozen({name: replace(answer, people=None) for name, answer in named.items() if answer.tally is None})


_any, _shared = _named(sorted(ASKED)), _named(SHARED)
voices = st.builds(
    Voice,
    role=st.sampled_from(["manager", "staff", "staff", "data_owner"]),
    people=st.sampled_from([1, 1, 6]),
    answers=st.lists(_shared | _any, min_size=1, max_size=4).map(dict).map(Frozen),
)
units = st.builds(
    Unit,
    name=st.just("Claims"),
    answers=st.lists(_shared | _any, max_size=4).map(dict).map(_recorded),
    respondents=st.lists(voices, max_size=6).map(tuple),
)
