"""The arithmetic in the memo: each line with this client's figures in the branch that gave the result."""

from __future__ import annotations

import pytest

from advisor.memo import memo_blocks
from advisor.memo.blocks import KeyFigures, Table
from tests.memo.samples import adviser
from tests.shipped.answers import profile_of

MEASURED = {
    "ai_minutes_saved_per_case": 8,
    "cases_per_day": 200,
    "team_headcount": 30,
    "saving_measured_by": "system",
    "ai_use_share_pct": 100,
}


def blocks(**answers: object):
    return memo_blocks(adviser().advise(profile_of(**{**MEASURED, **answers})))


def line(code: str, **answers: object) -> tuple[str, str]:
    """Calculation and result of the line with that code."""
    tables = [block for block in blocks(**answers) if isinstance(block, Table) and block.columns[0].head == "Formula"]
    (row,) = [row for table in tables for row in table.rows if row[0].words == code]
    return row[2].words, row[3].words


@pytest.mark.parametrize(
    ("answers", "calculation", "result"),
    [
        ({"work_mode": "pooled_queue"}, "85% (“How work reaches people”: Shared queue)", "85%"),
        ({"work_mode": "pooled_queue", "verification_min_per_case": 9}, "0% (“Net hours”: ≤ 0)", "0%"),
        (
            {"work_mode": "mixed"},
            (
                "40% + 35 points × ((53.33 min per person and day − 15 min per person and day) ÷ "
                "(60 min per person and day − 15 min per person and day)) (“How work reaches people”: Some of both)"
            ),
            "69.81%",
        ),
        (
            {"work_mode": "mixed", "cases_per_day": 20},
            "40% + 35 points × 0 (“How work reaches people”: Some of both)",
            "40%",
        ),
    ],
)  # fmt: skip
def test_the_share_that_can_be_used_shows_its_branch(answers, calculation, result):
    assert line("F6", **answers) == (calculation, result)


@pytest.mark.parametrize(
    ("occupancy", "calculation", "result"),
    [
        (88, "100 h a day × (88% − 85%)", "3 h a day"),
        (80, "100 h a day × 0%", "0 h a day"),
        ({"not_applicable": "no queue"}, "Occupancy: not applicable", "0 h a day"),
    ],
)
def test_relief_shows_its_branch(occupancy, calculation, result):
    queue = {"work_mode": "pooled_queue", "logged_hours_per_day": 100}
    assert line("F16", **queue, occupancy_pct=occupancy) == (calculation, result)


def test_what_is_taken_from_a_percentage_is_one():
    """Two percentages multiplied and one divided off leave a percentage."""
    demand = {"volume_growth_12m_pct": 14, "failure_demand_share_pct": 15, "failure_demand_share_prev_pct": 20}
    calculation, result = line("F10", **demand)
    assert calculation == "(100% + 14%) × (100% − 15% − 0% (assumed)) ÷ (100% − 20% − 0%) − 100%"
    assert result == "+21.12%"


@pytest.mark.parametrize(
    ("evidence", "figure"),
    [("measured", "26.7 h a day"), ("estimated", "about 27 h a day"), ("inferred", "about 27 h a day")],
)
def test_a_figure_is_as_precise_as_what_it_rests_on(evidence, figure):
    saved = {"value": 8, "evidence": evidence}
    (figures,) = [b for b in blocks(ai_minutes_saved_per_case=saved) if isinstance(b, KeyFigures)]
    assert figures.figures[0].value == figure
    assert line("F1", ai_minutes_saved_per_case=saved)[1] == "26.67 h a day"


def test_a_branch_that_is_not_taken_gives_no_line():
    """A mere claim is taken at six tenths; what checking would leave of it is not computed beside that."""
    tables = [block for block in blocks(saving_measured_by="vendor") if isinstance(block, Table)]
    codes = [row[0].words for table in tables if table.columns[0].head == "Formula" for row in table.rows]
    assert "F3" in codes
    assert "F2" not in codes
    assert line("F3", saving_measured_by="vendor") == ("8 min per case × 60%", "4.8 min per case")
    assert line("F2", verification_min_per_case=1)[1] == "7 min per case"
