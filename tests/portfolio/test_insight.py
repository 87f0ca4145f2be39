"""Who stands out, who is like whom, what is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest

from advisor.engines.checked import Disagreement
from advisor.engines.columns.engine import ColumnsEngine
from advisor.engines.outcomes import EROSION
from advisor.engines.random_units import random_units
from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.headline import headline
from advisor.portfolio.insight.method import about
from advisor.portfolio.insight.overview import Overview, overview_of
from advisor.portfolio.insight.pairs import pairs_of
from advisor.portfolio.insight.reasons import rare_words, reasons
from advisor.portfolio.insight.similar import Answers, similar_units
from advisor.portfolio.insight.told import Told
from advisor.portfolio.insight.unusual import UNUSUAL, listed_units, looked_at
from advisor.portfolio.journal import Journal
from advisor.portfolio.results import FINDING
from advisor.portfolio.run import run
from advisor.portfolio.sameness import sameness, untelling
from advisor.portfolio.sources.find import find, open_all
from advisor.portfolio.summary import NOT_YET
from advisor.portfolio.words import Words
from advisor.profile.model import UNNAMED_UNIT
from advisor.rulebook import Rulebook
from tests.portfolio.parted import TOO_LARGE
from tests.shipped.answers import ADVISER, RULEBOOK, STRONG_QUALITY, profile_of

EVALUATOR = Evaluator(RULEBOOK)
WORDS, GERMAN = Words(RULEBOOK), Words(RULEBOOK.in_language("de"))
PREPARED = {f"{name}_{view}": 80 for name in ("clarity", "authority", "recognition") for view in ("mgr", "staff")}
USUAL = {**STRONG_QUALITY, **PREPARED, "staff_respondents": 8}
ODD = {"ai_phase": "live", "months_live": 1, "human_path": "none", "headcount_policy": "reduction_done"}


def table(folder: Path, rows: list[Mapping[str, Any]]) -> Path:
    path = folder / "t.csv"
    frame = pl.DataFrame([{"unit": f"u{place}", **row} for place, row in enumerate(rows)], infer_schema_length=None)
    frame.write_csv(path)
    return path


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., Overview]:
    def at(rows: list[Mapping[str, Any]], most: int = 10_000) -> Overview:
        sources = open_all(find([str(table(tmp_path, rows))], tmp_path), RULEBOOK, (), None)
        with Journal(tmp_path / "parts", {"rows": repr(rows)}) as journal:
            done = run(sources, EVALUATOR, journal, with_answers=True)
            assert done.rejected == 0, list(done.rejects())
            return overview_of(done, most)

    return at


def test_the_one_that_is_advised_otherwise_stands_out_with_reasons_of_the_default_engine(look: Callable[..., Overview]):
    found = look([USUAL] * 12 + [ODD] + [USUAL] * 12)
    (outlier,) = found.outliers
    assert found.listed["unit"][outlier.place] == "u12"
    assert outlier.unit.verdict == ADVISER.advise(profile_of(**ODD)).document.units[0].verdict
    assert outlier.advice.document.made_with.checked_by is not None
    assert set(outlier.rare) == {
        name for name in looked_at(RULEBOOK) if found.listed[name][12] != found.listed[name][0]
    }
    assert all("(the only one of 25)" in words for words in rare_words(outlier, found, WORDS))
    verdict = next(rule.id for rule in RULEBOOK.rules.values() if rule.verdict == outlier.unit.verdict)
    assert verdict in {finding.id for finding, _ in reasons(outlier)}
    assert found.listed[UNUSUAL][12] == found.listed[UNUSUAL].max()


def test_one_stands_for_those_with_the_same_outcomes(look: Callable[..., Overview]):
    found = look([USUAL] * 40 + [ODD] * 2 + [{**ODD, "months_live": 12}])
    assert [(found.listed["unit"][each.place], each.others) for each in found.outliers] == [("u42", 0), ("u40", 1)]
    assert "one more unit with the same outcomes" in rare_words(found.outliers[1], found, WORDS)


def test_none_stands_out_where_all_are_alike_or_there_are_few(look: Callable[..., Overview]):
    assert look([USUAL] * 9).outliers == []
    assert look([USUAL, ODD]).outliers == []


def test_a_difference_between_columns_and_the_default_engine_is_no_advice(
    look: Callable[..., Overview], monkeypatch: pytest.MonkeyPatch
):
    def spoiled(*arguments: Any) -> pl.DataFrame:
        return listed_units(*arguments).with_columns(erosion=pl.lit("none"))

    monkeypatch.setattr("advisor.portfolio.insight.overview.listed_units", spoiled)
    with pytest.raises(Disagreement, match="u6"):
        look([USUAL] * 6 + [ODD])


def test_of_too_many_units_the_most_unusual_are_listed(look: Callable[..., Overview]):
    found = look([USUAL] * 12 + [ODD] + [USUAL] * 12, most=3)
    assert found.listed["unit"].to_list() == ["u0", "u1", "u12"]
    assert not found.is_complete
    assert found.summary.units == 25
    assert len(found.similar) == 3


def test_sameness_says_what_tells_no_unit_apart(look: Callable[..., Overview]):
    same = list(sameness(look([USUAL] * 4).summary, WORDS))
    assert same[0] == "All units get one and the same advice."
    assert any(line.startswith("The same for all units: What to do next; ") for line in same)
    heads = dict(untelling(look([USUAL] * 4).summary, WORDS))
    assert RULEBOOK.rules["quality-gap"].title in heads["Rules that hold for all units"]
    assert len(heads["Rules that hold for no unit"]) + len(heads["Rules that hold for all units"]) == len(
        RULEBOOK.rules
    )
    mixed = list(sameness(look([USUAL] * 3 + [ODD]).summary, WORDS))
    assert mixed[0].startswith("75% of the units get the same advice: ")
    assert "2 different combinations" in mixed[1]
    assert list(sameness(look([USUAL]).summary, WORDS)) == []
    assert next(sameness(look([USUAL, ODD]).summary, WORDS)) == "No two units get the same advice."
    assert next(sameness(look([USUAL, ODD]).summary, GERMAN)) == (
        "Keine zwei Einheiten erhalten dieselbe Empfehlung mit denselben Verwendungen."
    )


def test_a_unit_without_an_answer_is_named_apart(
    look: Callable[..., Overview],
):
    found = look([USUAL, {"ai_phase": "live"}, {"ai_phase": None}, {"unit": UNNAMED_UNIT}, TOO_LARGE])
    assert (found.summary.units, found.summary.blank, found.blank) == (5, 2, [("u2", "t"), (UNNAMED_UNIT, "t")])
    assert found.listed["hints"].to_list()[:4] == [None, None, None, "P063 (unit)"]
    assert ("Without any answer", f"u2 and {UNNAMED_UNIT}") in list(about(found, WORDS))


def test_growing_units_without_a_figure_are_ranked_last(look: Callable[..., Overview]):
    same = {"failure_demand_share_pct": 5, "failure_demand_share_prev_pct": 5}
    ranged = {"volume_growth_12m_pct.low": 9, "volume_growth_12m_pct.high": 40}
    found = look([{**same, **ranged}, {**same, "volume_growth_12m_pct": 12}])
    assert [(each.unit, each.figure) for each in found.growing] == [("u1", 12), ("u0", None)]
    assert [WORDS.figure(each.figure) for each in found.growing] == ["12", "no figure"]


def test_erosion_of_a_planned_step_is_what_its_memo_says(look: Callable[..., Overview]):
    found = look([USUAL, {"ai_phase": "planned"}, *[{"ai_phase": "live"}] * 4])
    told = found.summary.frequencies.words_of(EROSION)
    assert (told[NOT_YET], told["not_assessed"]) == (1, 5)
    assert [row["erosion"] for row in found.listed.to_dicts()][1] == NOT_YET
    outlier = next(each for each in found.outliers if each.place == 1)
    assert "Erosion: cannot show before go-live (the only one of 6)" in rare_words(outlier, found, WORDS)


def test_erosion_does_not_wait_for_a_finding_that_an_answer_may_withdraw(tmp_path: Path):
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "house.yaml").write_text(
        "layer: diagnosis\nrules:\n  - {id: house-early, title: The house waits, severity: info,"
        " concludes: before_golive, when: ai_phase == live and not known(months_live), says: Too early.,"
        " because: So it is., sources: [judgement]}\n"
    )
    house = Rulebook.load(overlays=[tmp_path / "house"])
    early = {"ai_phase": "live", "months_live": None}
    sources = open_all(
        find([str(table(tmp_path, [early, {"ai_phase": "planned"}, *[USUAL] * 6]))], tmp_path), house, (), None
    )
    with Journal(tmp_path / "parts", {}) as journal:
        found = overview_of(run(sources, Evaluator(house), journal, with_answers=True))
    assert found.listed[f"{FINDING}house-early"].to_list()[:2] == [True, False]
    assert found.listed["erosion"].to_list()[:2] == ["not_assessed", NOT_YET]
    assert {each.place for each in found.outliers} == {0, 1}


def test_the_title_says_how_many_are_told_something_else(look: Callable[..., Overview]):
    rows = [USUAL, ODD, {"ai_phase": "planned"}, {"ai_phase": "live"}, {"ai_phase": "live"}]
    summary = look(rows).summary
    assert headline(summary, WORDS).startswith("Of 5 units, 2 must answer more questions first, 1 ")
    assert headline(summary, WORDS).endswith(" and 1 is told something else")
    assert headline(summary, GERMAN).endswith(" und 1 erhält eine andere Empfehlung")


def distance(one: Mapping[str, Any], other: Mapping[str, Any], spans: Mapping[str, tuple[float, float]]) -> float:
    """The distance as it is described, question by question."""
    squares, either = [], 0
    for name in RULEBOOK.questions:
        kind = RULEBOOK.scope[name].kind
        if kind == "table":
            continue
        column = f"{name}.low" if kind == "number" else name
        here, there = one[column], other[column]
        either += here is not None or there is not None
        if here is None or there is None:
            continue
        if kind == "number":
            low, high = spans[name]
            ends = [sum(row[f"{name}.{end}"] for end in ("low", "high")) / 2 for row in (one, other)]
            scaled = [min(1, max(0, (end - low) / (high - low))) if high > low else 0 for end in ends]
            squares.append((scaled[0] - scaled[1]) ** 2)
        elif kind == "choices":
            words = RULEBOOK.scope[name].choices
            differ = sum(one[f"{name}.has.{word}"] != other[f"{name}.has.{word}"] for word in words)
            squares.append(differ / len(words))
        else:
            squares.append(float(here != there))
    if not squares or len(squares) < either / 2:
        return float("inf")
    return sqrt(sum(squares) / len(squares))


def test_distances_are_those_described():
    engine = ColumnsEngine(RULEBOOK)
    frame = engine.frame(random_units(RULEBOOK, 60, seed=4))
    rows = frame.to_dicts()
    spans = {}
    for name in RULEBOOK.questions:
        if RULEBOOK.scope[name].kind == "number":
            ends = [(row[f"{name}.low"] + row[f"{name}.high"]) / 2 for row in rows if row[f"{name}.low"] is not None]
            low, high = np.percentile(ends, [5, 95])
            spans[name] = (low, high) if low < high else (min(ends), max(ends))
    random = Random(2)
    verdicts = [random.choice("ab") for _ in rows]
    compared = 0
    for place, similar in enumerate(similar_units(Answers(engine.layout, frame), verdicts)):
        away = [distance(rows[place], row, spans) if other != place else float("inf") for other, row in enumerate(rows)]
        order = sorted(away)
        for wanted, near in zip(order, similar.nearest, strict=False):
            assert near.distance == pytest.approx(wanted, abs=2e-3)
            assert away[near.place] == pytest.approx(wanted, abs=2e-3)
            compared += 1
        others = [each for other, each in enumerate(away) if verdicts[other] != verdicts[place] and each < 2]
        assert (similar.other is None) == (not others)
        if similar.other:
            assert similar.other.distance == pytest.approx(min(others), abs=2e-3)
            assert verdicts[similar.other.place] != verdicts[place]
    assert compared > 40


def test_the_questions_that_differ_most_are_named(look: Callable[..., Overview]):
    found = look([USUAL, {**USUAL, "error_rate_pct": 2, "decision_stakes": "low"}, *[USUAL] * 3])
    (near, *_) = found.similar[1].nearest
    assert near.place == 0
    assert set(near.differs) == {"error_rate_pct", "decision_stakes"}


def test_units_that_answer_alike_and_are_told_otherwise_are_paired(look: Callable[..., Overview]):
    pairs = pairs_of(look([USUAL, {**USUAL, "months_live": 1}, USUAL]), WORDS)
    assert "u0 (" in pairs[0].lead
    assert "u1 (Stabilise first)" in pairs[0].lead
    assert "Months in use (12 months here, 1 month there)" in pairs[0].differences


def test_what_only_one_of_them_answers_is_a_difference_and_what_decides_comes_first(look: Callable[..., Overview]):
    """Overtime of 12% is an overload; the error rates differ more, but no verdict of the two reads them itself."""
    asked = {"volume_growth_12m_pct": 2, "backlog_weeks": 0}
    strained = {**USUAL, **asked, "error_rate_pct": 9, "overtime_pct": 12}
    found = look([strained, {**USUAL, **asked}, *[{**USUAL, **asked, "error_rate_pct": 4}] * 2])
    (pair,) = [each for each in pairs_of(found, WORDS) if {each.place, each.other} == {0, 1}]
    assert pair.differences.startswith("Different are: Overtime (12% here, no answer there); ")
    german = Told(GERMAN.rulebook)
    assert [found.answer(german, "overtime_pct", place) for place in (0, 1)] == [
        "12\N{NO-BREAK SPACE}%",
        "keine Antwort",
    ]


def test_what_only_one_of_them_answers_comes_last_where_it_does_not_decide(look: Callable[..., Overview]):
    found = look([USUAL, {**USUAL, "error_rate_pct": 5, "recontact_rate_pct": 38, "routine_time_share_pct": 3}])
    (near,) = found.similar[1].nearest
    assert near.differs == ("error_rate_pct", "recontact_rate_pct", "routine_time_share_pct")


@pytest.mark.parametrize(
    ("value", "wanted", "german"),
    [
        (0, "0", "0"),
        (22.94, "22.9", "22,9"),
        (22.0, "22", "22"),
        (1234.5, "1,234", "1.234"),
        (-3.25, "−3.2", "−3,2"),
    ],
)
def test_numbers_for_people(value: float, wanted: str, german: str):
    assert (WORDS.number(value), GERMAN.number(value)) == (wanted, german)


@pytest.mark.parametrize(
    ("share", "wanted", "german"),
    [
        (0, "0%", "0\xa0%"),
        (0.2, "<1%", "<1\xa0%"),
        (99.8, "99%", "99\xa0%"),
        (100, "100%", "100\xa0%"),
        (50.4, "50%", "50\xa0%"),
    ],
)
def test_shares_for_people(share: float, wanted: str, german: str):
    assert (WORDS.percent(share), GERMAN.percent(share)) == (wanted, german)
