"""The comparison of the engines can see: planted mistakes are found, and one engine alone says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from advisor.engines import checked, rete
from advisor.engines.checked import Alone, CheckedEngine, Disagreement
from advisor.engines.evaluation import Working, choose
from advisor.engines.plain import PlainEngine
from advisor.engines.rete import conditions, engine, network
from advisor.engines.rete.conditions import NEVER, Rails
from advisor.engines.rete.session import EngineFailure
from advisor.engines.selection import Selection
from advisor.language.intervals import Interval
from advisor.rulebook import Rulebook
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.engines.same import assert_same
from tests.engines.wide_rulebooks import wide_rulebook

pytestmark = pytest.mark.skipif(not rete.is_available(), reason="durable_rules is not built for this Python")


def _too_inclusive(field: str, op: str, limit: Any) -> Any:
    return conditions.Test(field, "$gte", round(limit))


def _mirrored_wrongly() -> dict[str, str]:
    return {**conditions._MIRRORED, "<": "<"}


def _forgetful_conjunction(parts: list[Any]) -> Any:
    return parts[0]


def _never(node: Any, fields: Any) -> Rails:
    return Rails(NEVER, NEVER)


MUTATIONS = {
    "> taken as >=": (conditions, "_above", _too_inclusive),
    "3 < x taken as x < 3": (conditions, "_MIRRORED", _mirrored_wrongly()),
    "and takes its first part only": (conditions, "_conjunction", _forgetful_conjunction),
    "what is compound is never certain": (conditions, "_symbol", _never),
    "an unknown low end passes every test": (network, "_value", lambda *given: "0"),
    "findings are never told": (engine._Decider, "_derived", lambda *given: []),
}


def evaluate_many(both: CheckedEngine) -> None:
    for seed in range(200):
        both.evaluate(random_facts(seed))


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_planted_mistake_is_found(mutation: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    rulebook = random_rulebook(7, tmp_path)
    sound = CheckedEngine(rulebook)
    evaluate_many(sound)
    monkeypatch.setattr(*MUTATIONS[mutation])
    mistaken = CheckedEngine(rulebook)
    with pytest.raises((Disagreement, EngineFailure)):
        evaluate_many(mistaken)


def test_a_disagreement_names_the_rule_and_what_each_engine_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    rulebook = wide_rulebook(tmp_path, ["q0 > 3"])
    monkeypatch.setattr(conditions, "_above", lambda field, op, limit: conditions.Test(field, "$gt", round(limit) + 1))
    with pytest.raises(Disagreement, match=r"'rule-0' rete says .None, None. and plain says .True, None."):
        CheckedEngine(rulebook).evaluate({"q0": (4, 4)})


def test_a_different_choice_of_patterns_is_a_disagreement(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    rulebook = wide_rulebook(tmp_path, ["q0 > 3"])

    def without_lower_bounds(book: Rulebook, working: Working) -> Selection:
        terms: dict[str, tuple[Interval, ...]] = {
            name: tuple((0, high) for _, high in each) for name, each in working.terms.items()
        }
        return choose(book, replace(working, terms=terms))

    monkeypatch.setattr(engine, "choose", without_lower_bounds)
    with pytest.raises(Disagreement, match="choose different patterns"):
        CheckedEngine(rulebook).evaluate({"q0": (1, 1)})


@pytest.mark.parametrize(("shown", "checked_by"), [("rete", "plain"), ("plain", "rete")])
def test_either_engine_is_checked_by_the_other(shown: Any, checked_by: str, tmp_path: Path):
    found = CheckedEngine(wide_rulebook(tmp_path, ["q0 > 3"]), shown)
    assert (found.name, found.checked_by, found.alone) == (shown, checked_by, None)


def test_without_durable_rules_plain_runs_alone_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(rete, "is_available", lambda: False)
    rulebook = wide_rulebook(tmp_path, ["q0 > 3"])
    alone = checked.CheckedEngine(rulebook)
    assert (alone.name, alone.checked_by, alone.alone) == ("plain", None, Alone("without_rete"))
    assert_same(alone.evaluate({"q0": (4, 4)}), PlainEngine(rulebook).evaluate({"q0": (4, 4)}))
