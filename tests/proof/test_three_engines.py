"""rete, plain and proof say the same of every finding and score, also where values lie exactly on a threshold."""

from __future__ import annotations

import json
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("z3")
from advisor.engines import rete
from advisor.engines.evaluation import Evaluation
from advisor.engines.plain import PlainEngine, program
from advisor.engines.proof import algebra, encoding, numbers, products, selection
from advisor.engines.rete import ReteEngine
from advisor.engines.rete.session import EngineFailure
from advisor.language import Fact, intervals
from advisor.rulebook import Rulebook
from tests.engines.compared import COMPARED
from tests.engines.random_rulebooks import OPERATORS, random_documents, random_facts
from tests.engines.same import assert_same
from tests.engines.test_checking import MUTATIONS as OF_RETE
from tests.proof.pinned import compared_with_proof

EXAMPLES = settings().max_examples
MOST_THRESHOLDS = 12


def rulebook_of(documents: list[dict[str, Any]]) -> Rulebook:
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(documents):
            (Path(folder) / f"r{number}.yaml").write_text(json.dumps(document))
        return Rulebook.load(Path(folder))


def on_thresholds(seed: int, facts: dict[str, Fact]) -> Rulebook:
    """A random rulebook with more rules, whose constants are what its numbers come to with these facts."""
    documents = random_documents(seed)
    plain = rulebook_of(documents)
    found = PlainEngine(plain).evaluate(facts)
    rules = next(each for each in documents if each.get("layer") == "warnings")["rules"]
    for place, (name, value) in enumerate(_known_numbers(plain, found)[:MOST_THRESHOLDS]):
        operator = OPERATORS[(seed + place) % len(OPERATORS)]
        rules.append({**rules[0], "id": f"at-{place}", "when": f"{name} {operator} {value}"})
        rules.append({**rules[0], "id": f"near-{place}", "when": f"not ({value} {operator} {name} + 0)"})
    return rulebook_of(documents)


def _known_numbers(rulebook: Rulebook, found: Evaluation) -> list[tuple[str, str]]:
    names = [*rulebook.measures, *rulebook.questions]
    numbers_of = [(name, found.facts[name]) for name in names if rulebook.scope[name].kind == "number"]
    return [
        (name, f"{Decimal(int(fact[0])) / rulebook.scope[name].scale:f}")
        for name, fact in numbers_of
        if intervals.is_known(fact) and abs(fact[0]) < 10**9 and 100 % rulebook.scope[name].scale == 0
    ]


def disagreements(rulebook: Rulebook, facts: dict[str, Fact]) -> list[str]:
    """In what the three differ on one unit."""
    found = PlainEngine(rulebook).evaluate(facts)
    COMPARED["evaluations by three engines"] += 1
    compared = len(found.truth) + len(found.firm_truth) + len(found.selection.patterns)
    COMPARED["findings and scores compared"] += compared
    COMPARED["of them exactly on a threshold"] += sum(rule.startswith("at-") for rule in found.truth)
    told, beyond = compared_with_proof(rulebook, facts, found)
    COMPARED["of them beyond what the solver can express"] += beyond
    if rete.is_available():
        try:
            assert_same(ReteEngine(rulebook).evaluate(facts), found)
        except AssertionError as error:
            told.append(f"rete: {error}")
    return told


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=max(10, EXAMPLES // 6))
def test_three_engines_agree_on_random_rulebooks_with_values_on_thresholds(seed: int):
    facts = random_facts(seed)
    rulebook = on_thresholds(seed, facts)
    COMPARED["random rulebooks"] += 1
    assert disagreements(rulebook, facts) == []
    assert disagreements(rulebook, random_facts(seed + 1)) == []


def _first(flags: Any) -> Any:
    return next(iter(flags), True)


def _down(number: Any, factor: int, divisor: int) -> Any:
    return number if isinstance(number, float) else (number * factor) // divisor


OF_PROOF = {
    "at most taken as below": (numbers, "at_most", numbers.below),
    "and takes its first part only": (algebra, "every", _first),
    "not forgets to negate": (algebra.ProofAlgebra, "negation", lambda self, operand: operand),
    "a sum takes what is larger off": (numbers, "_added", lambda left, right, sign: left),
    "what is unknown counts as known": (products, "first_known", lambda operands: operands[0]),
    "a number is not rounded half to even": (encoding.Encoding, "nearest", lambda self, top, bottom: top),
    "caps do not hold scores down": (selection, "_capped", lambda encoding, pattern, low, high: (low, high)),
}
OF_PLAIN = {
    "what is open counts as false": (program, "_three", lambda rails: f"True if {rails.true} else False"),
    "rules forget that they are negated": (program, "_three", lambda rails: f"True if {rails.true} else None"),
    "what is measured is not rounded": (
        program,
        "_rounded",
        lambda end, scale, divisor: f"({end}) * {scale} // {divisor}",
    ),
}


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Rulebook, dict[str, Fact]]]:
    """Rulebooks and facts on which the engines agree."""
    found = [(on_thresholds(seed, random_facts(seed)), random_facts(seed)) for seed in range(30)]
    assert not any(_seen(rulebook, facts) for rulebook, facts in found)
    return found


@pytest.mark.parametrize("mutation", [*OF_PROOF, *OF_PLAIN, *OF_RETE])
def test_a_mistake_planted_in_one_engine_is_seen(mutation: str, monkeypatch: pytest.MonkeyPatch, pairs: Any):
    if mutation in OF_RETE and not rete.is_available():
        pytest.skip("durable_rules is not built for this Python")
    monkeypatch.setattr(*(OF_PROOF | OF_PLAIN | OF_RETE)[mutation])
    assert any(_seen(rulebook, facts) for rulebook, facts in pairs)


def _seen(rulebook: Rulebook, facts: dict[str, Fact]) -> bool:
    try:
        return bool(disagreements(rulebook, facts))
    except (AssertionError, TypeError, ValueError, EngineFailure):
        return True  # it breaks down: that is seen as well
