"""What a rulebook means does not depend on the order of its files, rules and measures."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.evaluation import Evaluation
from advisor.engines.plain import PlainEngine
from advisor.rulebook import Rulebook, shipped_folder
from tests.engines.random_rulebooks import random_documents, random_facts
from tests.engines.same import same
from tests.shipped.answers import PLAIN, Some, facts_at_random


def assert_alike(first: Evaluation, second: Evaluation) -> None:
    """All values and the choice; lists of rules, such as the caps on a pattern, stand in the order of the files."""
    for what in ("facts", "firm", "truth", "firm_truth", "terms"):
        assert same(getattr(first, what), getattr(second, what)), what
    for what in (
        "recommended",
        "shares",
        "reserve",
        "firm",
        "supports_any",
        "could_reach_any",
        "decided_by",
        "settled",
    ):
        assert getattr(first.selection, what) == getattr(second.selection, what), what
    for one, other in zip(first.selection.patterns, second.selection.patterns, strict=True):
        assert (one.low, one.high, sorted(one.caps), sorted(one.excluded_by)) == (
            other.low,
            other.high,
            sorted(other.caps),
            sorted(other.excluded_by),
        )


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=max(10, settings().max_examples // 10))
def test_shuffled_files_rules_and_measures_say_the_same(tmp_path_factory: pytest.TempPathFactory, seed: int):
    books = []
    for order in (1, 2):
        folder = tmp_path_factory.mktemp("rules")
        for number, document in enumerate(random_documents(seed, order)):
            (folder / f"{number}.yaml").write_text(json.dumps(document))
        books.append(Rulebook.load(folder))
    assert books[0].digest == books[1].digest
    first, second = map(PlainEngine, books)
    for number in range(10):
        facts = random_facts(seed + number)
        assert_alike(first.evaluate(facts), second.evaluate(facts))


def test_the_shipped_rulebook_in_another_order(tmp_path: Path):
    """The files under other names, so that they are read in another order, and the rules in each turned round."""
    for number, path in enumerate(sorted(shipped_folder().rglob("*.yaml"), reverse=True)):
        if path.name.endswith(".cases.yaml"):
            continue
        head, *rules = path.read_text().split("\n  - id: ")
        if "\nrules:" in head:
            rules = [rule.rstrip() for rule in reversed(rules)]
        (tmp_path / f"{number:03}.yaml").write_text("\n  - id: ".join([head, *rules]) + "\n")
    turned = Rulebook.load(tmp_path)
    assert list(turned.rules) != list(PLAIN.rulebook.rules)
    assert turned.digest == PLAIN.rulebook.digest
    engine = PlainEngine(turned)
    for seed in range(30):
        facts = facts_at_random(random.Random(seed), Some.MOST)
        assert_alike(PLAIN.evaluate(facts), engine.evaluate(facts))
