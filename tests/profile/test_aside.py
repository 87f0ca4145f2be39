"""Answers set aside stand as comments: they count for nothing and come back as they were."""

from __future__ import annotations

from decimal import Decimal

import pytest

from advisor.profile import Answer, read_profile
from advisor.profile.aside import answers_aside, write_aside
from advisor.rulebook import Rulebook

QUESTIONS = Rulebook.load().questions
TEXT = """\
advisor_profile: 1
organisation: {name: Example}
units:
  - name: "Claims: north"
    answers:
      ai_phase: live   # since spring
  - name: Other
"""
ANSWERS = {
    "months_live": Answer("answered", Decimal(14), source="the plan: page 3", note='said "so"'),
    "outcome_changed": Answer("answered", True),
    "harm_running": Answer("not_applicable", reason="no harm # known"),
    "outcome_direction": Answer("unknown"),
    "outputs_fallen": Answer("answered", ("amount", "scope")),
}


@pytest.mark.parametrize("text", [TEXT, TEXT.rstrip("\n"), TEXT.replace("\n", "\r\n"), TEXT + "# the end\n"])
def test_what_was_set_aside_reads_back_and_counts_for_nothing(text: str) -> None:
    written = write_aside(text, "Claims: north", ANSWERS, QUESTIONS)
    assert dict(answers_aside(written, "Claims: north", QUESTIONS)) == ANSWERS
    assert dict(answers_aside(written, "Other", QUESTIONS)) == {}
    assert read_profile(written, QUESTIONS) == read_profile(text, QUESTIONS)
    assert written.startswith(text)


def test_one_can_be_changed_or_taken_back_and_the_others_stay() -> None:
    written = write_aside(TEXT, "Claims: north", ANSWERS, QUESTIONS)
    written = write_aside(written, "Other", {"months_live": Answer("unknown")}, QUESTIONS)
    changed = {"months_live": None, "outcome_changed": Answer("answered", False)}
    written = write_aside(written, "Claims: north", changed, QUESTIONS)
    left = dict(answers_aside(written, "Claims: north", QUESTIONS))
    assert left == {
        **{name: answer for name, answer in ANSWERS.items() if name != "months_live"},
        "outcome_changed": Answer("answered", False),
    }
    assert dict(answers_aside(written, "Other", QUESTIONS)) == {"months_live": Answer("unknown")}
    nothing = write_aside(written, "Claims: north", dict.fromkeys(left), QUESTIONS)
    assert write_aside(nothing, "Other", {"months_live": None}, QUESTIONS) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "# set aside: {unit: Other, question: months_live, answer: many}",
        "# set aside: {unit: Other, question: no_such_question, answer: 3}",
        "# set aside: {unit: Other, question: months_live}",
        "# set aside: {unit: [Other], question: months_live, answer: 3}",
        "# set aside: {unit: Other, question: months_live, answer: 3",
        "# set aside: {}",
    ],
)
def test_a_line_that_was_spoilt_by_hand_is_passed_over_and_kept(line: str) -> None:
    text = f"{TEXT}{line}\n"
    assert dict(answers_aside(text, "Other", QUESTIONS)) == {}
    assert line in write_aside(text, "Other", {"months_live": Answer("unknown")}, QUESTIONS)
