"""Where a figure comes from, what an answer that nobody gave follows from, and what reads an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from advisor.advice import Advice, Adviser
from advisor.advice.explain import Line, explain
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.language import names_in
from advisor.profile import read_profile
from tests.shipped.answers import ADVISER, PROFILES, RULEBOOK, profile_of

CLAIM: dict[str, Any] = {
    "ai_minutes_saved_per_case": 12,
    "cases_per_day": 45,
    "saving_measured_by": "vendor",
    "ai_rework_rate_pct": "unknown",
}
TABLE: dict[str, Any] = {
    "incentive_measures": [
        {"name": "errors", "kind": "quality", "weight_pct": 40, "has_target": True, "has_owner": False}
    ]
}


def flat(lines: list[Line] | tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield line.text
        yield from flat(line.below)


def told(name: str, steps: bool = False, language: str = "en", **answers: Any) -> list[str]:
    adviser = ADVISER if language == "en" else Adviser(RULEBOOK.in_language(language), "plain")
    (unit,) = explain(adviser.advise(profile_of(**answers)), name, steps=steps)
    return list(flat(unit.below))


def test_a_figure_names_its_formula_the_values_in_it_and_the_answers_behind_them() -> None:
    lines = told("net_hours_day", **CLAIM)
    assert lines[:2] == [
        "Net hours (net_hours_day): about 5.4 h a day",
        "Net hours = Net minutes per case × Cases a day × Share of cases in which AI counts ÷ 100 ÷ Minutes in an hour",
    ]
    for line in (
        "Net minutes per case (net_min_per_case): about 7.2 min per case",
        "Cases a day (cases_per_day): 45 cases a day (stated)",
        "Minutes saved per case (ai_minutes_saved_per_case): 12 min per case (stated)",
        "Share of AI cases repaired later (ai_rework_rate_pct): asked, nobody knows",
        "Share of cases in which AI is used (ai_use_share_pct): not asked, assumed 100%",
    ):
        assert lines.count(line) == 1


def test_a_figure_is_written_as_in_the_memo_with_the_unrounded_one_beside_it() -> None:
    errors = {"error_rate_pct": 6, "error_rate_target_pct": 2, "cost_per_error": 45}
    answers: dict[str, Any] = {"cases_per_day": 403, "working_days_year": 220, **errors}
    line, *lines = told("quality_worth_year", **answers)
    assert line == (
        "Failure cost avoided by closing the gap (quality_worth_year): EUR 160,000 a year, unrounded EUR 159,588 a year"
    )
    (formula,) = [each for each in lines if "at least 0" in each]
    assert "× (Error rate − Target for the error rate, at least 0 and at most 100) ÷ 100 ×" in formula


def test_a_range_is_written_as_in_the_memo_and_says_that_units_are_compared_by_it() -> None:
    saving: dict[str, Any] = {"ai_phase": "pilot", "ai_minutes_saved_per_case": 2, "cases_per_day": 383}
    line, *lines = told("free_hours_day", saving_measured_by="system", work_mode="pooled_queue", **saving)
    assert line == "Hours that are free now (free_hours_day): about 0 to 11 h a day, unrounded 0 to 10.85 h a day"
    assert "the comparison of the units of a profile" in lines
    assert "read by no rule, figure or score" not in lines


def test_table_markdown_and_explain_say_the_same_of_a_preparation_with_one_view() -> None:
    """That it counts as partly in place, seen from one side, is another thing: a view below that is missing."""
    one_view = profile_of(ai_phase="live", clarity_mgr=30)
    shown = table(ADVISER.advise(one_view), 300)
    lines = told("clarity", ai_phase="live", clarity_mgr=30)
    assert "Clarity missing (30), managers' view alone;" in shown
    assert "| Clarity | missing, managers' view alone | 30 |" in summary(ADVISER.advise(one_view))
    assert lines[0] == "Clarity: missing, managers' view alone"
    title = "PRE-14 Clarity, seen from one side, counts as partly in place (clarity-is-one-sided)"
    assert f"{title} does not hold" in lines


def test_every_step_opens_each_figure_once() -> None:
    lines = told("net_hours_day", steps=True, **CLAIM)
    assert "Net minutes per case = Minutes saved per case × Usual share left of a claimed saving ÷ 100" in lines
    assert any(line.startswith("in the rulebook: net_min_checked if checking_is_known else") for line in lines)
    opened = [line for line in lines if " = " in line]
    assert len(opened) == len(set(opened)) > 3


@pytest.mark.parametrize("steps", [False, True])
def test_the_figures_in_the_words_of_a_rule_are_explained(steps: bool) -> None:
    lines = told("DIA-16", steps, **CLAIM)
    assert "Net hours, careful reading (net_hours_low): about 2.7 h a day" in lines
    assert any(line.startswith("Net hours, careful reading = the lowest of (Net hours; Gross hours") for line in lines)
    assert any("12 min per case (stated)" in line for line in lines)


def test_an_answer_that_follows_names_those_that_it_follows_from() -> None:
    for lines in (told("WRN-01", steps, **TABLE) for steps in (False, True)):
        (follows,) = [line for line in lines if line.startswith("follows from: ")]
        assert "number of rows of Measures by which the unit is judged (where Kind: “Quality or errors”" in follows
        assert "Measures by which the unit is judged (incentive_measures): 1 row (stated)" in lines
        assert "Measures that can stop the roll-out (ai_stop_measures): not asked" in lines


def test_a_question_that_does_not_apply_says_when_it_is_asked() -> None:
    lines = told("clarity_staff", team_headcount=3)
    assert lines[0].endswith("not applicable (clarity_staff)")
    assert any(line.startswith("asked only where: ") for line in lines)
    assert any(line.endswith("(team_headcount): 3 people (stated)") for line in lines)


def test_a_question_says_what_reads_it_and_what_of_that_holds() -> None:
    lines = told("saving_measured_by", **CLAIM)
    assert "Saving measured by the system or by observation (saving_is_measured): no" in lines
    assert "DIA-16 The saving is claimed, not measured (saving-is-claimed) holds" in lines
    assert "WRN-07 The planned cut is unproven (cut-is-unproven) does not hold" in lines
    assert lines[-1].startswith("through these 19 more rules; of them hold: ")
    assert len(told("saving_measured_by", steps=True, **CLAIM)) == len(lines) + 19


@pytest.mark.parametrize(
    ("name", "read_by"),
    [
        ("advice_value", "More advice, less mechanics: What such a conversation is worth: 0–25 of 25"),
        ("growth_noticeable", "DIA-06 The load only shifts (load-only-shifts) is open"),
        ("error_definition", "it tells how to take another answer: Error rate"),
    ],
)
def test_scores_thresholds_and_what_is_only_told_are_read_too(name: str, read_by: str) -> None:
    assert read_by in told(name)


def test_german_says_the_same() -> None:
    lines = told("net_hours_day", language="de", **CLAIM)
    assert lines[1].startswith("Stunden netto = Minuten netto je Fall × Fälle am Tag × ")
    assert "Anteil der Fälle mit KI (ai_use_share_pct): nicht gefragt, angenommen: 100\N{NO-BREAK SPACE}%" in lines
    assert "wird gelesen von:" in lines


@pytest.fixture(scope="module")
def sample() -> Advice:
    (path,) = (path for path in PROFILES if path.stem == "no-net-saving")
    return ADVISER.advise(read_profile(path, RULEBOOK.questions))


def test_a_name_of_the_rulebook_is_explained_and_read_by_every_rule_that_names_it(sample: Advice) -> None:
    conditions, every = RULEBOOK.conditions, (*RULEBOOK.questions, *RULEBOOK.parameters)
    for name in (*RULEBOOK.measures, *every[::9], "voices"):
        lines = list(flat(explain(sample, name)[0].below))
        if name in RULEBOOK.measures:
            assert lines[1].startswith(f"{RULEBOOK.measures[name].label} = ")
        for rule in RULEBOOK.rules.values():
            if name in names_in(conditions[rule.id]):
                assert any(f"({rule.id})" in line for line in lines), (name, rule.id)
