"""The whole way: tried, proven, confirmed, shrunk, written; and what cannot be decided is said."""

from __future__ import annotations

import json
from math import inf
from pathlib import Path
from random import Random

import pytest

from tests.verify.small import invariant, rule, small

pytest.importorskip("z3")
from advisor.assurance import read_cases, run_cases
from advisor.assurance.verify import Report, verify
from advisor.assurance.verify.counterexample import answers_of, file_name
from advisor.assurance.verify.obligations import obligations
from advisor.assurance.verify.proof import Decision
from advisor.assurance.verify.report import report_json, report_lines
from advisor.assurance.verify.run import Search
from advisor.assurance.verify.workers import Workers
from advisor.language import Fact
from advisor.language.values import is_inapplicable_fact
from advisor.profile import Frozen, Unit
from advisor.profile.facts import facts_of
from tests.shipped.answers import RULEBOOK, Some, facts_at_random


def violations(report: Report) -> dict[str, str]:
    """What is violated, each with its case file."""
    return {
        result.obligation.says: result.counterexample.text if result.counterexample else ""
        for result in report.results
        if result.says == "violated"
    }


def test_a_sound_rulebook_passes(tmp_path: Path):
    report = verify(small(tmp_path, invariants=(invariant("dark", never="first_pattern == move and light < 1"),)))
    assert report.passed
    assert list(report_lines(report))[-1] == f"all {len(report.results)} hold, for every valid profile"


def test_counterexamples_are_small_and_run_as_cases(tmp_path: Path):
    invariants = (
        invariant("limp-and-dark", never="wilted == true and light < 1 and soil != peat"),
        invariant("drier-is-never-better", moves={"dryness": "up"}, never_falls="erosion", order=[
            "not_assessed", "fine", "bad"]),
        invariant("dry-or-dark", opposite=["dry", "no-sun"]),
    )  # fmt: skip
    rulebook = small(tmp_path, rule("dead", "dryness > 8 and dryness < 5"), invariants=invariants)
    report = verify(rulebook)
    found = violations(report)
    assert set(found) == {
        "dead can fire",
        "limp-and-dark",
        "drier-is-never-better: dryness up",
        "dry-or-dark: dry and no-sun",
    }
    assert found.pop("dead can fire") == ""
    cases = []
    for number, text in enumerate(found.values()):
        path = tmp_path / f"{number}.cases.yaml"
        path.write_text(text)
        cases += read_cases([path], rulebook)
    assert [len(case.answers) for case in cases] == [3, 2, 2, 2]
    assert all(result.passed for result in run_cases(cases, rulebook))
    before, after = (dict(case.answers) for case in cases[1:3])
    assert [name for name in before if before[name] != after[name]] == ["dryness"]


def test_the_same_rulebook_gives_the_same_report(tmp_path: Path):
    rulebook = small(tmp_path, invariants=(invariant("dry", never="is_dry and light < 5"),))
    assert report_json(verify(rulebook), rulebook) == report_json(verify(rulebook), rulebook)


def test_what_the_solver_cannot_decide_is_undecided_and_fails(tmp_path: Path):
    rulebook = small(tmp_path, invariants=(invariant("hot", never="thirst * thirst * thirst == 3.5 and is_dry"),))
    report = verify(rulebook, work=1000)
    assert not report.passed
    assert {result.says for result in report.results} == {"holds", "undecided"}
    assert any("UNDECIDED: hot" in line for line in report_lines(report))
    document = json.loads(report_json(report, rulebook))
    assert document["passed"] is False


def test_what_was_found_loosely_is_a_place_to_look(tmp_path: Path):
    rulebook = small(tmp_path, invariants=(invariant("sandy", never="soil == sand and dryness == 3.3"),))
    (wanted,) = (each for each in obligations(rulebook) if each.name == "sandy")
    search = Search(rulebook, ())
    loosely = {"dryness": (33, 33), "soil": "sand", "light": (-inf, inf), "wilted": None}
    assert search.decided(wanted, Decision("undecided", (loosely,), "timeout")).says == "violated"
    assert search.decided(wanted, Decision("undecided", (), "timeout")).says == "undecided"


def test_a_worker_that_runs_away_is_killed(tmp_path: Path):
    rulebook = small(tmp_path)
    wanted = obligations(rulebook)
    decided = dict(Workers(rulebook, 10**9, 0.0).decide(wanted[:3]))
    assert sorted(decided) == [0, 1, 2]
    assert {decision.how for decision in decided.values()} == {"stopped after 0 seconds"}


def _with_plain_cells(fact: Fact) -> Fact:
    """Rows without ranges, which a profile cannot hold in a cell."""
    if not isinstance(fact, tuple) or not all(isinstance(row, dict) for row in fact):
        return fact
    return tuple({name: (cell[1],) * 2 if _is_range(cell) else cell for name, cell in row.items()} for row in fact)


def _is_range(cell: object) -> bool:
    return isinstance(cell, tuple) and -inf < cell[0] < cell[1] < inf


@pytest.mark.parametrize("share", Some)
def test_facts_become_the_answers_that_they_came_from(share: Some):
    facts = {name: _with_plain_cells(fact) for name, fact in facts_at_random(Random(3), share).items()}
    again = facts_of(Unit("case", Frozen(answers_of(facts, RULEBOOK))), RULEBOOK)
    refused = {name for name, fact in facts.items() if is_inapplicable_fact(fact)}
    assert {name for name, fact in again.items() if is_inapplicable_fact(fact)} == refused
    assert all(again[name] == fact for name, fact in facts.items() if name not in refused)


@pytest.mark.slow
def test_the_shipped_rulebook_passes():
    from advisor.rulebook import shipped_folder

    report = verify(RULEBOOK, read_cases([shipped_folder()], RULEBOOK))
    assert [result.obligation.says for result in report.results if result.says != "holds"] == []


def test_every_counterexample_has_a_file_of_its_own() -> None:
    names = [file_name(obligation) for obligation in obligations(RULEBOOK)]
    assert len(names) == len(set(names))
