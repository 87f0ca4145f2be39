"""The documented cases come out as expected; what each key means stands at the top of tests/cases/expected.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.advice.model import AdviceDocument, UnitAdvice
from advisor.profile import read_profile
from tests.shipped.answers import ADVISER, PROFILES, RULEBOOK

EXPECTED = yaml.safe_load((Path(__file__).parents[1] / "cases" / "expected.yaml").read_text())["profiles"]
UNITS = [(case["file"], unit) for case in EXPECTED for unit in case["units"]]
ADVICE: dict[str, AdviceDocument] = {
    path.name: ADVISER.advise(read_profile(path, RULEBOOK.questions)).document for path in PROFILES
}


def what_the_rules_give(expected: dict[str, Any]) -> dict[str, Any]:
    """The case table's values, replaced key by key where rulebook and documented outcome disagree."""
    return {**expected, **expected.get("instead", {})}


def advice_on(file: str, unit: str) -> UnitAdvice:
    (found,) = (each for each in ADVICE[file].units if each.unit == unit)
    return found


@pytest.fixture(params=UNITS, ids=lambda pair: f"{pair[0].removesuffix('.yaml')}: {pair[1]['unit']}")
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], UnitAdvice]:
    file, expected = request.param
    return what_the_rules_give(expected), advice_on(file, expected["unit"])


def test_verdict(case):
    expected, advice = case
    if "verdict" in expected:
        assert advice.verdict == expected["verdict"]
    assert set(expected.get("also", ())) <= set(advice.also)


def test_patterns(case):
    expected, advice = case
    if "recommended" in expected:
        assert list(advice.recommended) == expected["recommended"]
    excluded = {each.pattern for each in advice.patterns if each.excluded_by}
    assert set(expected.get("excluded", ())) <= excluded
    if "firm" in expected:
        assert advice.firm is expected["firm"]


def test_preparations(case):
    expected, advice = case
    found = {each.preparation: each.status for each in advice.preparations}
    assert found | expected.get("preparations", {}) == found


def test_erosion(case):
    expected, advice = case
    if "erosion" in expected:
        assert advice.erosion.level == expected["erosion"]


def test_capacity(case):
    expected, advice = case
    found = {key: advice.capacity[key] for key in expected.get("capacity", {})}
    assert found == expected.get("capacity", {})


def test_findings(case):
    expected, advice = case
    codes = {finding.code for finding in advice.findings}
    wanted = expected.get("findings", {})
    assert not set(wanted.get("present", ())) - codes
    assert not set(wanted.get("absent", ())) & codes


@pytest.mark.parametrize("expected", [case for case in EXPECTED if "growing" in case], ids=lambda case: case["file"])
def test_units_that_grow_are_named_across_units(expected):
    assert [each.unit for each in ADVICE[expected["file"]].across_units.growing] == expected["growing"]


def test_every_profile_and_every_unit_has_an_expectation():
    assert {case["file"] for case in EXPECTED} == set(ADVICE)
    named = {(file, unit["unit"]) for file, unit in UNITS}
    assert named == {(file, unit.unit) for file, document in ADVICE.items() for unit in document.units}


def test_where_rulebook_and_case_disagree_the_reason_stands_beside_it():
    for _, expected in UNITS:
        assert ("instead" in expected) <= ("disagrees" in expected)
        assert all(key in expected or key in ("findings", "firm") for key in expected.get("instead", {}))


def test_nothing_recommends_a_cut():
    for document in ADVICE.values():
        for unit in document.units:
            for finding in unit.findings:
                texts = f"{finding.says} {finding.remedy.action if finding.remedy else ''}".casefold()
                assert not any(
                    word in texts
                    for word in ("lay off", "dismiss", "cut the team", "reduce headcount", "reduce the team")
                )


@pytest.mark.parametrize("file", [case["file"] for case in EXPECTED if "case" in case])
def test_every_answer_of_a_documented_case_says_where_it_is_from(file: str):
    """Documented: with a source and its date, or that none is stated; inferred: with what from."""
    profile = read_profile(Path(__file__).parents[2] / "profiles" / file, RULEBOOK.questions)
    for unit in profile.units:
        for name, answer in unit.answers.items():
            if answer.state != "answered":
                continue
            assert answer.evidence in ("documented", "inferred"), name
            if answer.evidence == "inferred":
                assert answer.note, name
            else:
                dated = re.search(r"\b20\d\d\b|date not stated", answer.source or "")
                assert answer.source, name
                assert answer.as_of or dated, (name, answer.source)
