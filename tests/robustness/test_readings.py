"""Each draw comes out as the default engine says; what cannot be counted is told; the same draws every time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.language import Fact
from advisor.profile import Answer, Frozen, Unit
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook
from tests.engines.random_rulebooks import random_rulebook
from tests.memo.samples import ROOT, adviser, profile, rulebook
from tests.robustness.changed import by_overlay, with_parameters

pytest.importorskip("numpy")
pytest.importorskip("polars")
from advisor.engines.columns.engine import BEYOND
from advisor.engines.columns.ladders import OUTCOME
from advisor.engines.columns.layout import PARAMETER
from advisor.robustness.means import moving_spans
from advisor.robustness.readings import BROKEN, Readings, Rows

RULEBOOK = rulebook()
OUTCOMES = Outcomes(RULEBOOK)
READINGS = Readings(RULEBOOK, 4_000)
AT_THE_BORDER = (
    "commonwealth-bank-2025",
    "healthy-insurer",
    "hmrc-helplines",
    "klarna-2024",
    "masai-mammography",
    "octopus-energy-2023",
    "verizon-2025",
)
"""Profiles whose advice does not come out in every draw."""


def unit_of(answers: dict[str, float | str | tuple[float, float]]) -> Unit:
    """A unit with measured numbers, ranges (as pairs) and words."""

    def answer(value: float | str | tuple[float, float]) -> Answer:
        if isinstance(value, tuple):
            low, high = (Decimal(str(end)) for end in value)
            return Answer("answered", low=low, high=high, evidence="measured")
        return Answer("answered", value if isinstance(value, str) else Decimal(str(value)), evidence="measured")

    return Unit("u", Frozen({name: answer(value) for name, value in answers.items()}))


def rows_of(unit: Unit, readings: Readings = READINGS) -> Rows:
    return readings.rows(unit, readings.varying(unit))


def drawn(
    rows: Rows, unit: Unit, place: int, varied: Readings = READINGS
) -> tuple[dict[str, Fact], dict[str, Fraction]]:
    """The facts and the parameters of one draw."""
    facts, parameters = facts_of(unit, RULEBOOK), {}
    for name, value in rows.draws.columns.row(place, named=True).items():
        if name.startswith(PARAMETER):
            parameter = name.removeprefix(PARAMETER)
            parameters[parameter] = Fraction(value, READINGS.engine.layout.varied[parameter].scale)
        elif name.endswith(".low"):
            facts[name.removesuffix(".low")] = (value, value)
    return facts, parameters


def told(rows: Rows, place: int) -> dict[str, str]:
    return {name: rows.results[OUTCOME + name][place] for name in OUTCOMES.words()}


@pytest.mark.parametrize("name", AT_THE_BORDER)
def test_draws_come_out_as_plain_says(name: str) -> None:
    for unit in adviser().advise(profile(name)).profile.units:
        rows = rows_of(unit)
        assert not rows.results[BEYOND].any()
        kinds = rows.results.with_row_index("place").unique(rows.results.columns, keep="first")["place"].sort()
        for place in [*kinds[:5], *Random(1).sample(range(READINGS.number), 3)]:
            facts, parameters = drawn(rows, unit, place)
            changed = with_parameters(RULEBOOK, parameters)
            assert told(rows, place) == OUTCOMES.of(PlainEngine(changed).evaluate(facts)), (unit.name, place)


def test_a_draw_comes_out_as_with_an_overlay_that_sets_its_thresholds(tmp_path: Path) -> None:
    (unit,) = adviser().advise(profile("hmrc-helplines")).profile.units
    rows = rows_of(unit)
    was = OUTCOMES.of(PlainEngine(RULEBOOK).evaluate(facts_of(unit, RULEBOOK)))
    place = next(place for place in range(READINGS.number) if told(rows, place)["verdict"] != was["verdict"])
    facts, parameters = drawn(rows, unit, place)
    read = by_overlay(ROOT / "rules", tmp_path, parameters, RULEBOOK)
    found = OUTCOMES.of(PlainEngine(read).evaluate(facts))
    assert found == OUTCOMES.of(PlainEngine(with_parameters(RULEBOOK, parameters)).evaluate(facts)) == told(rows, place)


def test_the_weights_of_a_score_keep_their_sum() -> None:
    unit = unit_of({"cases_per_day": (100, 300)})
    rows = rows_of(unit)
    for score in RULEBOOK.scores.values():
        for place in range(50):
            _, parameters = drawn(rows, unit, place)
            assert sum(parameters[term.weight] for term in score.terms) == 100
            assert all(parameters[term.weight] >= 0 for term in score.terms)


def test_answers_that_cannot_be_true_together_are_left_out_and_counted() -> None:
    unit = unit_of({"ai_containment_pct": (50, 50), "ai_resolution_pct": (40, 60)})
    rows, found = rows_of(unit), READINGS.of(unit, dict.fromkeys(OUTCOMES.words(), "no_verdict"))
    allowed = rows.draws.columns["ai_resolution_pct.low"] <= 50 * RULEBOOK.scope["ai_resolution_pct"].scale
    assert rows.counts.to_list() == allowed.to_list()
    assert found.contradicting == READINGS.number - found.draws == (~allowed).sum() == rows.results[BROKEN].sum() > 0
    assert sum(found.headlines.values()) == found.draws > 0
    assert sum(found.outcomes["verdict"].values()) == found.draws


def test_where_no_draw_is_possible_nothing_is_told() -> None:
    unit = unit_of({"ai_containment_pct": (50, 50), "ai_resolution_pct": (51, 60)})
    found = READINGS.of(unit, dict.fromkeys(OUTCOMES.words(), "no_verdict"))
    assert (found.draws, found.contradicting, found.headlines) == (0, READINGS.number, {})


def test_numbers_that_are_too_large_are_left_out_and_counted() -> None:
    unit = unit_of(
        {
            "ai_minutes_saved_per_case": (1, 9_000_000),
            "cases_per_day": 9_999_999,
            "saving_measured_by": "system",
            "ai_use_share_pct": 99.99,
            "verification_min_per_case": 0.01,
            "ai_rework_rate_pct": 0.01,
            "ai_rework_min": 9_999_999.99,
            "error_rate_pct": 99.99,
            "error_rate_target_pct": 0.01,
            "cost_per_error": 999_999_999_999,
            "working_days_year": 9_999_999,
        }
    )
    found = READINGS.of(unit, dict.fromkeys(OUTCOMES.words(), "no_verdict"))
    assert found.draws + found.too_large == READINGS.number
    assert found.too_large > 0


def test_where_nothing_varies_the_advice_stays_and_that_is_said() -> None:
    parameters = {name: replace(each, plausible=None) for name, each in RULEBOOK.parameters.items()}
    fixed: Rulebook = replace(RULEBOOK, parameters=parameters, fingerprint="")
    unit = unit_of({"ai_phase": "live"})
    now = OUTCOMES.of(PlainEngine(fixed).evaluate(facts_of(unit, fixed)))
    found = Readings(fixed).of(unit, now)
    assert (found.varying, found.headlines) == ((), {found.now: 1})
    assert (found.draws, found.contradicting, found.too_large) == (1, 0, 0)


def test_a_rulebook_that_columns_cannot_express_gives_a_reason_and_no_figures(tmp_path: Path) -> None:
    measure = '{"measures": [{"name": "vast", "label": "x", "unit": "", "formula": "sum(3 / weight of rows)"}]}'
    (tmp_path / "vast.yaml").write_text(measure)
    odd = random_rulebook(1, tmp_path)
    found = Readings(odd).of(Unit("u"), dict.fromkeys(Outcomes(odd).words(), "no_verdict"))
    assert found.beyond is not None
    assert "sum" in found.beyond
    assert (found.draws, found.headlines, found.influences) == (0, {}, {})


def test_a_threshold_that_moves_what_a_mean_takes_for_known_stays_as_it_is() -> None:
    """A list that is written down is worth 67 of 100; were it the most there is, it would be the end of the span."""
    assert moving_spans(RULEBOOK, {"list_written": (Fraction(60), Fraction(80))}) == set()
    assert moving_spans(RULEBOOK, {"list_written": (Fraction(60), Fraction(120))}) == {"list_written"}
