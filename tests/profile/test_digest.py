"""The digest is of what is said, not of how."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from advisor.profile import Answer, Frozen, Profile, digest, profile_as_yaml, read_profile
from tests.profile.samples import QUESTIONS, named_answers, profiles

ONE = """\
advisor_profile: 1
organisation: {name: X}
units:
  - name: U
    answers: {cases_per_day: 1.50, ai_stop_measures: [speed, cost], harm_running: false}
"""
SAME = """\
# Written otherwise.
units:
  - answers:
      harm_running: {value: false, evidence: stated}
      ai_stop_measures: [cost, speed]
      cases_per_day: 1.5
    name: "U "
organisation:
    name: 'X'
advisor_profile: 1
"""


def of(text: str) -> str:
    return digest(read_profile(text, QUESTIONS))


def test_layout_order_and_zeros_do_not_count() -> None:
    assert of(ONE) == of(SAME)


def test_the_digest_stays_what_it_was_in_earlier_versions() -> None:
    assert of(ONE) == "sha256:7b4991139636e1b51bdd16a89dcf1754c2d7a8056425caa24cbd34db99900238"


def test_what_is_said_counts() -> None:
    others = [
        ONE.replace("false", "true"),
        ONE.replace("false", "unknown"),
        ONE.replace(", harm_running: false", ""),
        ONE.replace("false", "{not_applicable: x}"),
        ONE.replace("1.50", "1.51"),
        ONE.replace("1.50", "{value: 1.5, evidence: measured}"),
        ONE.replace("1.50", "{low: 1.5, high: 1.5}"),
        ONE.replace("[speed, cost]", "[speed]"),
        ONE.replace("[speed, cost]", "[]"),
        ONE.replace("name: U", "name: V"),
        ONE.replace("{name: X}", "{name: X, sector: Y}"),
        "about: more\n" + ONE,
    ]
    assert len({of(text) for text in [ONE, *others]}) == len(others) + 1


@given(profiles)
def test_a_profile_written_and_read_keeps_its_digest(profile: Profile) -> None:
    assert digest(read_profile(profile_as_yaml(profile), QUESTIONS)) == digest(profile)


@given(profiles, named_answers)
def test_another_answer_is_another_digest(profile: Profile, named: tuple[str, Answer]) -> None:
    name, answer = named
    unit = profile.units[0]
    before = unit.answers.get(name)
    other = replace(profile, units=(replace(unit, answers=Frozen({**unit.answers, name: answer})), *profile.units[1:]))
    assert (digest(other) == digest(profile)) == (before is not None and _in_order(before) == _in_order(answer))


def _in_order(answer: Answer) -> Answer:
    words = [item for item in answer.value if isinstance(item, str)] if isinstance(answer.value, tuple) else []
    return replace(answer, value=tuple(sorted(words))) if words else answer
