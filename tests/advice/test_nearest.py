"""Why not, and the strongest case for the second pattern."""

from __future__ import annotations

from fractions import Fraction

import pytest

from advisor.advice.nearest import Nearest, in_words, runner_up, strongest_case
from advisor.advice.waits import Dependencies
from advisor.advice.why_not import other_verdicts
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
    assert line.startswith("occupancy_pct > occupancy_severe (Highest occupancy without severe overload): missed by")


def test_the_choice_of_patterns_is_followed_to_the_nearest_pattern():
    (line,) = missing("verdict-redeploy", backlog_weeks=3)
    assert line == "recommends_any: nearest is “More volume, same team”, 11.6 points of support short"
    *_, line = missing("verdict-redirect-or-bank", backlog_weeks=3)
    assert line.startswith("could_reach_any: “More quality, same cases” has 45 points of support too many")


def test_a_pattern_that_is_excluded_is_named_with_what_excludes_it():
    excluded = missing("depth-must-be-built", staff_depth_share_pct=0, advice_value="none")
    assert excluded == [
        "recommends_advice: “More advice, less mechanics” is excluded by “No advice where it changes nothing”"
    ]


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        (
            "advice-is-needed",
            {"advisory_unmet_pct": 12},
            "advisory_unmet_pct >= need_notable (Fewest missed conversations that are a need): by 2 points",
        ),
        (
            "advice-is-needed",
            {"advisory_unmet_pct": 10},
            "advisory_unmet_pct >= need_notable (Fewest missed conversations that are a need): exactly on the mark",
        ),
        (
            "verdict-stabilise-first",
            {"ai_phase": "live", "months_live": 1},
            "months_live < months_until_stable (Months in use before figures are a baseline): by 2 months",
        ),
    ],
)
def test_what_holds_says_what_is_nearest_to_ending_it(rule, answers, expected):
    nearest = Nearest(Dependencies(RULEBOOK, evaluated(**answers)))
    holding = nearest.failed(RULEBOOK.conditions[rule], wanted=False)
    assert list(in_words(holding, RULEBOOK, "EUR", wanted=False)) == [expected]
    assert nearest.failed(RULEBOOK.conditions[rule]) == ()


def test_counts_say_by_how_much_although_some_are_open():
    (line, *_) = missing("no-erosion-seen", csat_change_pts=0)
    assert line == "red_known >= erosion_known_needed (Fewest known indicators to rule out erosion): missed by 3"


def test_every_other_verdict_says_why_it_does_not_lead():
    for path in PROFILES:
        advice = ADVISER.advise(read_profile(path, RULEBOOK.questions))
        for known, unit in zip(advice.units, advice.document.units, strict=True):
            lines = list(other_verdicts(known, unit.verdict, "EUR"))
            others = [each.title for each in RULEBOOK.frame.verdicts if each.name != unit.verdict]
            assert [line.partition(": ")[0] for line in lines] == others
            truth = known.evaluation.truth
            held = {rule.verdict for rule in RULEBOOK.rules.values() if truth[rule.id] is True and rule.verdict}
            after = [each.title for each in RULEBOOK.frame.verdicts if each.name in held - {unit.verdict}]
            assert [line for line in lines if "stands after" in line] == [
                f"{title}: holds too, but stands after it" for title in after
            ]


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
