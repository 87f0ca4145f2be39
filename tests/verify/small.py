"""A small sound rulebook about watering plants, and parts that make it unsound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from advisor.rulebook import Rulebook

Part = dict[str, Any]
_ASKED = {"section": "s", "help": "x", "who": "manager", "sources": ["judgement"]}
_PARAMETERS = {
    "dry_from": 7,
    "full": 100,
    "cap": 45,
    "floor": 25,
    "window": 15,
    "tie": 5,
    "reach": 55,
    "step": 5,
    "reserve": 10,
}
QUESTIONS: list[Part] = [
    {"name": "dryness", "type": "number", "minimum": 0, "maximum": 10, "decimals": 1},
    {"name": "light", "type": "number", "minimum": 0, "maximum": 10, "decimals": 1},
    {"name": "wilted", "type": "yes_no"},
    {
        "name": "soil",
        "type": "choice",
        "choices": [{"value": word, "label": word} for word in ("sand", "loam", "peat")],
    },
]


def rule(name: str, when: str, layer: str = "diagnosis", **conclusion: Any) -> Part:
    """One rule."""
    texts = {"title": name, "severity": "info", "says": name, "because": "x", "sources": ["judgement"]}
    return {"id": name, "layer": layer, "when": when, **texts, **conclusion}


def invariant(name: str, **kind: Any) -> Part:
    """One invariant."""
    return {"id": name, "title": name, "because": "x", "sources": ["judgement"], **kind}


RULES: tuple[Part, ...] = (
    rule("dry", "dryness >= dry_from", concludes="is_dry"),
    rule("limp", "wilted == true", level="bad"),
    rule("fresh", "wilted == false and dryness < dry_from", level="fine"),
    rule("no-sun", "light < 1", "patterns", excludes=["move"]),
    rule("stop", "wilted == true and light < 1", "verdict", verdict="rescue"),
    rule("use", "recommends_any", "verdict", verdict="act"),
    rule("idle", "not recommends_any", "verdict", verdict="wait"),
)


def written(
    folder: Path,
    *more: Part,
    without: tuple[str, ...] = (),
    invariants: tuple[Part, ...] = (),
    questions: tuple[Part, ...] = (),
) -> Path:
    """The rulebook with more rules, without some, with invariants and more questions."""
    rules = [each for each in (*RULES, *more) if each["id"] not in without]
    by_layer = {each["layer"]: [r for r in rules if r["layer"] == each["layer"]] for each in rules}
    documents = [_frame(questions), {"invariants": list(invariants)}]
    for layer, group in by_layer.items():
        documents.append({"layer": layer, "rules": [{k: v for k, v in r.items() if k != "layer"} for r in group]})
    for pattern, of in (("water", "ramp(dryness, 0, 10)"), ("move", "ramp(light, 0, 10)")):
        term = {"label": "x", "weight": "full", "of": of, "sources": ["judgement"]}
        documents.append({"score": {"pattern": pattern, "terms": [term]}})
    for number, document in enumerate(documents):
        (folder / f"r{number}.yaml").write_text(json.dumps(document))
    return folder


def small(folder: Path, *more: Part, **others: Any) -> Rulebook:
    """The same, loaded."""
    return Rulebook.load(written(folder, *more, **others))


def _frame(more: tuple[Part, ...]) -> Part:
    selection = {"floor": "floor", "mix_window": "window", "tie_window": "tie", "reach": "reach"}
    selection |= {"share_step": "step", "reserve": "reserve", "hours": "thirst"}
    shares = {"rescue": "no", "act": "yes", "wait": "no"}
    measure = {"label": "x", "unit": "", "sources": ["judgement"]}
    return {
        "rulebook": {
            "name": "plants",
            "title": "x",
            "version": "1",
            "patterns": [{"name": name, "title": "x", "means": "x"} for name in ("water", "move")],
            "selection": selection,
            "preparations": [],
            "verdicts": [{"name": name, "title": name, "shares": share} for name, share in shares.items()],
            "erosion": {"levels": ["bad", "fine"], "structural": "s", "red": "r"},
            "capacity": {},
            "across_units": {
                "free_hours": "thirst",
                "later_hours": "thirst",
                "growing_when": "is_dry",
                "growth": "thirst",
            },
        },
        "sections": [{"name": "s", "title": "x"}],
        "questions": [{**_ASKED, "ask": each["name"], **each} for each in (*QUESTIONS, *more)],
        "measures": [{"name": "thirst", "formula": "dryness * (10 - light)", **measure}],
        "parameters": [
            {"name": name, "value": value, "unit": "", "status": "judgement", "why": name}
            for name, value in _PARAMETERS.items()
        ],
    }
