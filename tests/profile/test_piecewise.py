"""Edits of many units: each is given its own unit alone, and the text comes out as if each had been given all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from advisor.profile import Answer, Frozen
from advisor.profile.extend import add_about, add_respondents
from advisor.profile.layout import NotEditable
from advisor.profile.model import Voice
from advisor.profile.piecewise import edit_units
from advisor.profile.write import write_answers
from tests.profile.samples import QUESTIONS
from tests.profile.test_merging import A
from tests.profile.test_write import LIVED_IN

UNKNOWN = Answer("unknown")
VERSIONED = A.replace("advisor_profile: 1\n", "advisor_profile: 1\nquestionnaire: 0.0.1\n")
UNITS_FIRST = "advisor_profile: 1\nunits:\n- name: Claims\n  answers:\n    ai_phase: live\n\n# of the client\n"
UNITS_FIRST += "organisation: {name: Example}\n"
DASH_ALONE = (
    "advisor_profile: 1\norganisation: {name: x}\nunits:\n  - # - the first\n    name: Claims\n  -\n    name: Post\n"
)


def edits_of(unit: str) -> list[Callable[[str], str]]:
    voice = Voice("manager", answers=Frozen({"harm_running": UNKNOWN}))

    def answers(text: str) -> str:
        return write_answers(text, unit, {"cases_per_day": UNKNOWN, "error_rate_pct": UNKNOWN}, QUESTIONS)

    return [
        lambda text: add_about(text, unit, "what it does"),
        answers,
        lambda text: add_respondents(text, unit, [voice]),
    ]


@pytest.mark.parametrize("text", [A, VERSIONED, A.replace("\n", "\r\n"), A.rstrip("\n"), UNITS_FIRST, DASH_ALONE])
def test_the_text_is_the_same_as_if_every_edit_was_given_all_of_it(text: str) -> None:
    units = [name for name in ("Claims", "Post") if f"name: {name}" in text]
    edits = {unit: edits_of(unit)[: None if unit == "Claims" else 2] for unit in units}
    whole = text
    for each in edits.values():
        for edit in each:
            whole = edit(whole)
    assert whole != text
    assert edit_units(text, edits) == whole


def test_an_edit_sees_the_lines_of_its_unit_alone() -> None:
    """What an edit costs must not grow with the other units."""
    seen: dict[str, str] = {}

    def looking(name: str, text: str) -> str:
        seen[name] = text
        return text

    units = "".join(f"  - name: Unit {number}\n    answers: {{ai_phase: live}}\n" for number in range(300))
    text = f"advisor_profile: 1\norganisation: {{name: x}}\nunits:\n{units}# the end\n"
    assert edit_units(text, {f"Unit {number}": [partial(looking, str(number))] for number in range(300)}) == text
    assert len(seen) == 300
    assert all(text.count("- name:") == 1 and f"- name: Unit {number}\n" in text for number, text in seen.items())


def test_units_that_are_no_list_in_lines_cannot_be_looked_at_one_by_one() -> None:
    with pytest.raises(NotEditable):
        edit_units("advisor_profile: 1\norganisation: {name: x}\nunits: [{name: a}]\n", {})
    assert edit_units(LIVED_IN, {}) == LIVED_IN
