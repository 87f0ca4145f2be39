"""An answer changes its own lines and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.profile import (
    Answer,
    Frozen,
    Profile,
    Row,
    Unit,
    blank_profile,
    profile_as_yaml,
    read_profile,
    with_answers,
    write_answers,
)
from advisor.reading import InvalidInput
from tests.profile.samples import QUESTIONS, SECTIONS, named_answers, profiles

FIVE = Answer("answered", Decimal(5))
LIVED_IN = """\
# Kept by hand.
advisor_profile: 1   # the format
units:
  - answers:         # first things first
      # asked on Monday
      cases_per_day: 200      # from the dashboard

      "harm_running":   false
      error_rate_pct:  # from QA
        value: 3.2   # this year
        low: 2.5
        high: 4
      # not sure about this one:
      # ai_phase:
      # csat_change_pts: -3
    name: 'Claims'   # as on the door
  - {name: Flow, answers: {cases_per_day: 1, harm_running: true, # why, really
     ai_phase: live}}
  - {name: "Bare"}
  - name: Later
    about: >
      Folded
      # ai_phase:
      text.

  - name: Empty
    answers: {}
  - name: Tilde
    answers: ~
organisation:
    name: Example
"""


def read(text: str) -> Profile:
    return read_profile(text, QUESTIONS)


def changed(profile: Profile, unit: str, name: str, answer: Answer | None) -> Profile:
    def change(answers: Frozen[Answer]) -> Frozen[Answer]:
        kept = {key: value for key, value in answers.items() if key != name}
        return Frozen(kept | ({name: answer} if answer else {}))

    units = tuple(replace(u, answers=change(u.answers)) if u.name == unit else u for u in profile.units)
    return replace(profile, units=units)


@pytest.mark.parametrize(
    ("unit", "name", "answer", "old", "new"),
    [
        ("Claims", "cases_per_day", FIVE, "cases_per_day: 200      #", "cases_per_day: 5      #"),
        ("Claims", "harm_running", None, '      "harm_running":   false\n', ""),
        (
            "Claims",
            "error_rate_pct",
            FIVE,
            "error_rate_pct:  # from QA\n        value: 3.2   # this year\n        low: 2.5\n        high: 4\n",
            "error_rate_pct: 5  # from QA\n",
        ),
        ("Claims", "ai_phase", Answer("unknown"), "      # ai_phase:\n      # c", "      ai_phase: unknown\n      # c"),
        (
            "Claims",
            "csat_change_pts",
            FIVE,
            "        high: 4\n",
            "        high: 4\n      csat_change_pts: 5\n",
        ),
        ("Flow", "cases_per_day", FIVE, "{cases_per_day: 1,", "{cases_per_day: 5,"),
        ("Flow", "error_rate_pct", FIVE, "live}}", "live, error_rate_pct: 5}}"),
        ("Flow", "ai_phase", None, ", # why, really\n     ai_phase: live}}", "}}"),
        ("Flow", "cases_per_day", None, "{cases_per_day: 1, harm", "{harm"),
        ("Bare", "ai_phase", Answer("answered", "live"), '"Bare"}', '"Bare", answers: {ai_phase: live}}'),
        (
            "Later",
            "ai_phase",
            Answer("answered", "live"),
            "      text.\n",
            "      text.\n    answers:\n      ai_phase: live\n",
        ),
        ("Empty", "cases_per_day", FIVE, "answers: {}", "answers: {cases_per_day: 5}"),
        ("Tilde", "cases_per_day", FIVE, "answers: ~", "answers: {cases_per_day: 5}"),
    ],
)
def test_only_the_answer_changes(unit: str, name: str, answer: Answer | None, old: str, new: str) -> None:
    assert LIVED_IN.count(old) == 1
    edited = write_answers(LIVED_IN, unit, {name: answer}, QUESTIONS)
    assert edited == LIVED_IN.replace(old, new)
    assert read(edited) == changed(read(LIVED_IN), unit, name, answer)


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert write_answers(LIVED_IN, "Claims", {"ai_phase": None}, QUESTIONS) == LIVED_IN


def test_a_table_is_written_a_row_to_a_line() -> None:
    row: Row = Frozen({"name": "Calls: all", "kind": "cost", "weight_pct": Decimal("2.5"), "has_target": None})
    answer = Answer("answered", (row,))
    edited = write_answers(LIVED_IN, "Claims", {"error_rate_pct": None, "incentive_measures": answer}, QUESTIONS)
    rows = (
        '      incentive_measures:\n        - {name: "Calls: all", kind: cost, weight_pct: 2.5, has_target: unknown}\n'
    )
    assert rows in edited
    assert read(edited).units[0].answers["incentive_measures"] == answer


def test_other_line_ends_and_a_missing_last_one_are_kept() -> None:
    text = (
        "advisor_profile: 1\r\norganisation: {name: X}\r\nunits:\r\n  - name: U\r\n    answers:\r\n      ai_phase: live"
    )
    edited = write_answers(text, "U", {"cases_per_day": FIVE}, QUESTIONS)
    assert edited == text + "\r\n      cases_per_day: 5\r\n"


def test_each_unit_has_its_own_placeholders() -> None:
    blank = blank_profile(QUESTIONS, SECTIONS, unit="One")
    first, second = blank.split("units:\n")[1], blank.split("units:\n")[1].replace("One", "Two")
    two = blank.split("units:\n", maxsplit=1)[0] + "units:\n" + first + second
    edited = write_answers(two, "Two", {"cases_per_day": FIVE}, QUESTIONS)
    assert edited == two.removesuffix(second) + second.replace("# cases_per_day:", "cases_per_day: 5")


def test_a_placeholder_inside_a_text_is_left_alone() -> None:
    text = (
        "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    answers:\n"
        "      cases_per_day:\n        value: 1\n        note: |\n          see\n          # ai_phase:\n"
    )
    edited = write_answers(text, "U", {"ai_phase": Answer("unknown")}, QUESTIONS)
    assert edited == text + "      ai_phase: unknown\n"


def test_a_layout_that_cannot_be_edited_is_said_and_not_damaged() -> None:
    text = "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - {name: U, answers: {? ai_phase : live}}\n"
    with pytest.raises(InvalidInput, match=r"^f P050 .* by hand$"):
        write_answers(text, "U", {"ai_phase": None}, QUESTIONS, "f")


def test_an_answer_that_the_question_does_not_take_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"^<answers>:\d+:\d+ P024 cases_per_day: '-1' is out of bounds"):
        write_answers(LIVED_IN, "Claims", {"cases_per_day": Answer("answered", Decimal(-1))}, QUESTIONS)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"P040 there is no unit 'Claim' \(did you mean 'Claims'\?\)"):
        write_answers(LIVED_IN, "Claim", {"ai_phase": None}, QUESTIONS)


@settings(max_examples=300)
@given(profiles, named_answers, st.data())
def test_setting_and_removing_answers_keeps_the_rest(
    profile: Profile, named: tuple[str, Answer], data: st.DataObject
) -> None:
    name, answer = named
    text = _commented(profile_as_yaml(profile), data)
    unit = data.draw(st.sampled_from(profile.units)).name
    edited = write_answers(text, unit, {name: answer}, QUESTIONS)
    assert read(edited) == changed(profile, unit, name, answer)
    before = _without(text, name)
    assert [line for line in _without(edited, name) if line in before] == before
    removed = write_answers(edited, unit, {name: None}, QUESTIONS)
    assert read(removed) == changed(profile, unit, name, None)


@settings(max_examples=300)
@given(st.sampled_from(read(LIVED_IN).units), named_answers)
def test_a_text_written_by_hand_is_edited_in_every_corner(unit: Unit, named: tuple[str, Answer]) -> None:
    name, answer = named
    edited = write_answers(LIVED_IN, unit.name, {name: answer}, QUESTIONS)
    assert read(edited) == changed(read(LIVED_IN), unit.name, name, answer)
    removed = write_answers(edited, unit.name, {name: None}, QUESTIONS)
    assert read(removed) == changed(read(LIVED_IN), unit.name, name, None)
    before, after = LIVED_IN.splitlines(), removed.splitlines()
    # The answer to error_rate_pct has five lines; an answer in a flow mapping may have a comment on its line.
    assert len([line for line in before if line not in after]) <= 5


def _commented(text: str, data: st.DataObject) -> str:
    """Put comments and blank lines around the answers of a profile, and behind some lines."""
    lines = []
    for line in text.splitlines():
        if not line.startswith(" " * 8):  # what stands among the rows of a table goes with the table
            lines += data.draw(st.sampled_from([[], [], [""], ["# at the margin"], ["      # harm_running: no"]]))
        lines.append(line + data.draw(st.sampled_from(["", "", "", "  # kept: [or {not"])))
    return "\n".join(lines) + data.draw(st.sampled_from(["", "\n", "\n# the end", "\n\n      # the end\n"]))


def _without(text: str, name: str) -> list[str]:
    """Give the lines that an answer to the question cannot stand on."""
    return [line for line in text.splitlines() if name not in line and not line.lstrip().startswith("- {")]


@given(st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.just(Answer("unknown"))))
def test_answers_find_their_places_in_a_blank_profile(answers: dict[str, Answer | None]) -> None:
    blank = blank_profile(QUESTIONS, SECTIONS)
    edited = write_answers(blank, "Name of the team", answers, QUESTIONS)
    expected = blank
    for name in answers:
        expected = expected.replace(f"# {name}:\n", f"{name}: unknown\n")
    assert edited == expected


def test_a_blank_profile_is_read_and_shows_every_question() -> None:
    blank = blank_profile(QUESTIONS, SECTIONS, organisation="A: B", unit="no", schema="../x.json")
    profile = read(blank)
    assert (profile.organisation.name, profile.units[0].name) == ("A: B", "no")
    assert len(profile.units[0].answers) == 0
    assert blank.startswith("# yaml-language-server: $schema=../x.json\n")
    assert max(map(len, blank.splitlines())) <= 120
    for question in QUESTIONS.values():
        assert f"# {question.ask}\n" in blank
        assert f"\n      # {question.name}:\n" in blank
    assert "#     live: Live\n" in blank
    assert "# number, allowed is 0 to 100 %; asked of: manager\n" in blank.replace("#   ", "# ")


class TestTrying:
    """``--set NAME=VALUE``."""

    PROFILE = read(LIVED_IN)

    @pytest.mark.parametrize(
        ("name", "text", "answer"),
        [
            ("cases_per_day", "250", Answer("answered", Decimal(250))),
            ("harm_running", "true", Answer("answered", True)),
            ("harm_running", "yes", Answer("answered", True)),
            ("harm_running", "No", Answer("answered", False)),
            ("clarity_hours_assigned", "yes", Answer("answered", "yes")),
            ("ai_phase", " live ", Answer("answered", "live")),
            ("ai_stop_measures", "cost,speed", Answer("answered", ("cost", "speed"))),
            ("ai_stop_measures", "[cost]", Answer("answered", ("cost",))),
            ("ai_stop_measures", "", Answer("answered", ())),
            ("incentive_measures", "unknown", Answer("unknown")),
            ("cases_per_day", "unknown", Answer("unknown")),
            ("cases_per_day", "n/a", Answer("not_applicable", reason="tried with --set")),
        ],
    )
    def test_a_value_is_read_as_the_question_says(self, name: str, text: str, answer: Answer) -> None:
        tried = with_answers(self.PROFILE, {name: text}, QUESTIONS, "Claims")
        assert tried == changed(self.PROFILE, "Claims", name, replace(answer, tried=text.strip()))

    def test_without_a_unit_it_is_tried_in_all(self) -> None:
        tried = with_answers(self.PROFILE, {"cases_per_day": "9"}, QUESTIONS)
        assert {unit.answers["cases_per_day"].value for unit in tried.units} == {Decimal(9)}

    def test_problems_name_the_option_all_at_once(self) -> None:
        settings = {
            "cases_per_dya": "1",
            "cases_per_day": "-1",
            "harm_running": "perhaps",
            "error_rate_pct": " ",
            "incentive_measures": "x",
            "ai_phase": "\x1b",
        }
        with pytest.raises(InvalidInput) as caught:
            with_answers(self.PROFILE, settings, QUESTIONS)
        said = str(caught.value).splitlines()
        assert said[0] == "--set P020 there is no question 'cases_per_dya' (did you mean 'cases_per_day'?)"
        assert [line.split(" ")[:3] for line in said[1:]] == [
            ["--set", "cases_per_day", "P024"],
            ["--set", "harm_running", "P021"],
            ["--set", "error_rate_pct", "P006"],
            ["--set", "incentive_measures", "P041"],
            ["--set", "ai_phase", "Y007"],
        ]
        with pytest.raises(InvalidInput, match="--set P040 there is no unit 'Nowhere'"):
            with_answers(self.PROFILE, {"cases_per_day": "9"}, QUESTIONS, "Nowhere")
