"""Why not, and the strongest case for the second pattern."""

from __future__ import annotations

from fractions import Fraction

import pytest

from advisor.advice.nearest import Nearest, in_words, runner_up, strongest_case
from advisor.advice.waits import Dependencies
from advisor.profile import read_profile
from tests.shipped.answers import ADVISER, PROFILES, RULEBOOK, evaluated


def missing(rule: str, **answers: object) -> list[str]:
    nearest = Nearest(Dependencies(RULEBOOK, evaluated(**answers)))
    return list(in_words(nearest.failed(RULEBOOK.conditions[rule]), RULEBOOK, "EUR"))


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ("advice-is-needed", {"advisory_unmet_pct": 8}, ["missed by 2 points"]),
        ("checks-only-signed", {"rubber_stamp_share_pct": 40}, []),
        ("service-under-pressure", {"backlog_weeks": 1, "sla_gap_pts": 0, "unmet_demand_pct": 0}, ["backlog_weeks"]),
        ("verdict-stabilise-first", {"ai_phase": "live", "months_live": 3}, ["exactly on the mark"]),
    ],
)
def test_the_nearest_part_and_by_how_much(rule, answers, expected):
    found = missing(rule, **answers)
    assert len(found) == len(expected)
    assert all(text in line for text, line in zip(expected, found, strict=True)), found


def test_findings_are_followed_to_what_they_rest_on():
    (line,) = missing("verdict-relieve-overload-first", occupancy_pct=80, overtime_pct=0)
    assert line.startswith("occupancy_pct > occupancy_severe: missed by")


def test_an_open_part_is_said_to_be_open():
    found = missing("growth-said-to-be-shift", volume_growth_12m_pct=0)
    assert any(line.endswith(": open") for line in found)


def test_every_false_rule_of_the_samples_has_a_part_that_failed():
    for path in PROFILES:
        for known in ADVISER.advise(read_profile(path, RULEBOOK.questions)).units:
            nearest = Nearest(known)
            for rule, truth in known.evaluation.truth.items():
                failed = nearest.failed(RULEBOOK.conditions[rule])
                assert bool(failed) == (truth is not True), rule
                assert all(part.short_by is None or part.short_by >= Fraction(0) for part in failed)


def test_the_runner_up_speaks_with_its_terms():
    (path,) = (path for path in PROFILES if path.stem == "healthy-insurer")
    made = ADVISER.advise(read_profile(path, RULEBOOK.questions))
    for unit, known in zip(made.document.units, made.units, strict=True):
        second = runner_up(unit)
        assert second is not None
        assert second.pattern != unit.recommended[0]
        assert second.low == sorted((each.low or 0) for each in unit.patterns)[-2]
        assert strongest_case(second, known, "EUR")
