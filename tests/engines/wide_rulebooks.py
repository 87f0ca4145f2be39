"""Rulebooks that go to the limits of durable_rules: many rules over many questions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from advisor.rulebook import Rulebook
from tests.engines.random_rulebooks import rule_entry

_SELECTION = {"floor": 25, "mix_window": 15, "tie_window": 5, "reach": 55, "share_step": 5, "reserve": 10}
_COMMON = {"section": "s", "ask": "x", "help": "x", "who": "manager"}


def wide_rulebook(
    folder: Path, conditions: Sequence[str], concluding: Mapping[int, str] = {}, questions: int = 1
) -> Rulebook:
    """A rulebook with one rule for each condition over the numbers ``q0 …``; `concluding` gives some a finding."""
    rules = [
        rule_entry(f"rule-{place}", condition, **({"concludes": concluding[place]} if place in concluding else {}))
        for place, condition in enumerate(conditions)
    ]
    rules.append({**rules[0], "id": "grows", "when": "q0 > 1000", "concludes": "grown"})
    document = {
        "rulebook": {
            "name": "wide",
            "title": "x",
            "version": "1",
            "patterns": [{"name": "only", "title": "x", "means": "x"}],
            "selection": {name: name for name in _SELECTION} | {"hours": "m"},
            "preparations": [],
            "verdicts": [],
            "erosion": {"levels": [], "structural": "none", "red": "none"},
            "capacity": {},
            "across_units": {"free_hours": "m", "later_hours": "m", "growing_when": "grown", "growth": "m"},
        },
        "sections": [{"name": "s", "title": "x"}],
        "questions": [
            {"name": f"q{number}", **_COMMON, "type": "number", "decimals": 0} for number in range(questions)
        ],
        "parameters": [
            {"name": name, "value": value, "unit": "", "status": "judgement", "why": "x"}
            for name, value in {**_SELECTION, "all": 100}.items()
        ],
        "measures": [{"name": "m", "label": "x", "formula": "q0"}],
        "score": {"pattern": "only", "terms": [{"label": "x", "weight": "all", "of": "ramp(q0, 0, 1)"}]},
        "layer": "diagnosis",
        "rules": rules,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.yaml").write_text(json.dumps(document))
    return Rulebook.load(folder)
