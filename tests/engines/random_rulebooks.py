"""Random rulebooks and random facts: everything the language has, with constants near the values that facts take."""

from __future__ import annotations

import json
from fractions import Fraction
from math import inf, nan
from pathlib import Path
from random import Random
from typing import Any

from advisor.rulebook import Rulebook

NUMBERS = [f"n{i}" for i in range(6)]
TRUTHS = [f"b{i}" for i in range(4)]
CHOICES = ("red", "green", "blue")
PARAMETERS = {"p0": 0, "p1": 3, "p2": "12.5", "p3": -4}
PATTERNS = ("north", "east", "south")


class Author:
    """Writes random expressions over the names that exist so far."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.numbers = [*NUMBERS]
        self.findings: list[str] = []
        self.groups: list[str] = []
        self.defaults = True

    def number(self, depth: int = 2) -> str:
        pick = self.random.randrange(12 if depth else 3)
        if pick == 0:
            return self.random.choice(list(PARAMETERS))
        if pick == 1:
            return str(self.random.choice((0, 1, 2, 5, 10, "0.5", 100)))
        if pick == 2:
            return self.random.choice(self.numbers)
        if pick in (3, 4, 5):
            return f"({self.number(depth - 1)} {self.random.choice('+-*')} {self.number(depth - 1)})"
        if pick == 6:
            return f"{self.random.choice(self.numbers)} / {self.random.choice((*self.numbers, '3', 'p1'))}"
        if pick == 7:
            return f"{self.random.choice(('lowest', 'highest'))}({self.number(depth - 1)}, {self.number(depth - 1)})"
        if pick == 8:
            return f"ramp({self.number(depth - 1)}, p0, p2)"
        if pick == 9:
            return f"clamp({self.number(depth - 1)}, p3, p1)"
        if pick == 10:
            return f"({self.number(depth - 1)} if {self.condition(depth - 1)} else {self.number(depth - 1)})"
        return self.random.choice((self._assumption, self._table))(depth)

    def _assumption(self, depth: int) -> str:
        names = [self.random.choice(self.numbers) for _ in range(3)]
        if not self.defaults:
            return f"mean_of_known(2, {', '.join(names)})"
        return self.random.choice(
            (f"default({names[0]}, {self.number(0)})", f"mean_of_known(2, {', '.join(names)})", f"first_known({', '.join(names)})")
        )

    def _table(self, depth: int) -> str:
        where = self.random.choice(("", " where kind == red", " where kind in (red, green) and flag == true", " where weight > 3"))
        return self.random.choice((f"sum(weight of rows{where})", f"largest(weight of rows{where})", f"count(rows{where or ' where weight >= 0'})"))

    def condition(self, depth: int = 3) -> str:
        pick = self.random.randrange(14 if depth > 0 else 7)
        if pick in (0, 1):
            op = self.random.choice(("<", "<=", ">", ">=", "==", "!="))
            return f"{self.random.choice(self.numbers)} {op} {self.random.choice((0, 3, 5, '12.5', 'p1', 'p3'))}"
        if pick == 2:
            return self.random.choice((f"{self.random.choice(TRUTHS)}", f"{self.random.choice(TRUTHS)} == false"))
        if pick == 3:
            return self.random.choice(("colour == red", "colour in (red, blue)", "colour != green", "red in tags", "blue not in tags"))
        if pick == 4:
            return f"known({self.random.choice([*self.numbers, *TRUTHS, 'colour', 'tags'])})"
        if pick == 5 and self.findings:
            return self.random.choice(self.findings)
        if pick == 6 and self.groups:
            return f"{self.random.choice(self.groups)} {self.random.choice(('>=', '<', '=='))} {self.random.randrange(4)}"
        if pick in (7, 8):
            return f"({self.condition(depth - 1)} and {self.condition(depth - 1)})"
        if pick in (9, 10):
            return f"({self.condition(depth - 1)} or {self.condition(depth - 1)})"
        if pick == 11:
            return f"not {self.condition(depth - 1)}"
        if pick == 12:
            return f"count({self.condition(0)}, {self.condition(0)}, {self.condition(0)}) >= {self.random.randrange(1, 4)}"
        return f"{self.number(1)} {self.random.choice(('<', '<=', '>', '>=', '=='))} {self.number(1)}"


def random_rulebook(seed: int, folder: Path) -> Rulebook:
    """Write a random rulebook into `folder` and load it."""
    author = Author(Random(seed))
    measures = []
    for index in range(4):
        measures.append({"name": f"m{index}", "label": "x", "unit": "", "decimals": author.random.choice((0, 1, 2)), "formula": author.number()})
        author.numbers.append(f"m{index}")
    rules: list[dict[str, Any]] = []
    for layer, count in (("diagnosis", 7), ("patterns", 5)):
        rules += [_rule(author, layer, index) for index in range(count)]
    rules.append({**_rule(author, "preparations", 9), "layer": "diagnosis", "concludes": "grown"})
    author.findings += ["recommends_any", "recommends_north", "could_reach_any"]
    for layer, count in (("preparations", 3), ("warnings", 4), ("verdict", 4)):
        rules += [_rule(author, layer, index) for index in range(count)]
    documents = [
        _frame(author),
        *({"layer": layer, "rules": [{k: v for k, v in rule.items() if k != "layer"} for rule in rules if rule["layer"] == layer]}
          for layer in ("diagnosis", "patterns", "preparations", "warnings", "verdict")),
        *({"score": {"pattern": pattern, "terms": [_term(author, place) for place in range(3)]}} for pattern in PATTERNS),
        {"measures": measures},
    ]
    for number, document in enumerate(documents):
        (folder / f"r{number}.yaml").write_text(json.dumps(document))
    return Rulebook.load(folder)


def _rule(author: Author, layer: str, index: int) -> dict[str, Any]:
    random = author.random
    author.defaults = layer not in ("patterns", "verdict", "diagnosis")
    rule: dict[str, Any] = {
        "id": f"{layer}-{index}", "layer": layer, "title": "x", "when": author.condition(), "severity": "info", "says": "x",
        "because": "x", "sources": ["judgement"],
    }
    if layer == "diagnosis" and random.random() < 0.5:
        name = random.choice(("hot", "cold", "wet"))
        rule["concludes"] = name
        if name not in author.findings:
            author.findings.append(name)
    elif layer == "diagnosis":
        rule["indicator"] = {"group": random.choice(("alarm", "sign")), "of": random.choice(author.numbers[:6])}
    if layer == "patterns":
        kind = random.randrange(3)
        if kind == 0:
            rule["excludes"] = [random.choice(PATTERNS)]
        elif kind == 1:
            rule["caps"] = {"pattern": random.choice(PATTERNS), "at": "cap"}
        else:
            rule["concludes"] = f"late_{index}"
            author.findings.append(f"late_{index}")
    if layer == "verdict":
        rule["verdict"] = random.choice(("go", "wait"))
    return rule


def _term(author: Author, place: int) -> dict[str, Any]:
    return {"label": f"t{place}", "weight": ("w40", "w35", "w25")[place], "of": f"ramp({author.number(1)}, p0, p2)"}


def _frame(author: Author) -> dict[str, Any]:
    number = {"section": "s", "ask": "x", "help": "x", "who": "manager", "type": "number", "minimum": -1000, "maximum": 1000}
    choice = [{"value": word, "label": word} for word in CHOICES]
    other = {"section": "s", "ask": "x", "help": "x", "who": "manager"}
    columns = [
        {"name": "weight", "label": "x", "type": "number"},
        {"name": "kind", "label": "x", "type": "choice", "choices": choice},
        {"name": "flag", "label": "x", "type": "yes_no"},
    ]
    questions: list[dict[str, Any]] = [{"name": name, **number} for name in NUMBERS]
    questions += [{"name": name, **other, "type": "yes_no"} for name in TRUTHS]
    questions += [
        {"name": "colour", **other, "type": "choice", "choices": choice},
        {"name": "tags", **other, "type": "choices", "choices": choice},
        {"name": "rows", **other, "type": "table", "columns": columns},
    ]
    questions[1]["applies_when"] = "b0 == true"
    questions[2]["follows_from"] = "n0 + sum(weight of rows)"
    weights = {"w40": 40, "w35": 35, "w25": 25, "cap": 45, "floor": 25, "window": 15, "tie": 5, "reach": 55, "step": 5, "reserve": 10}
    return {
        "rulebook": {
            "name": "random", "title": "x", "version": "1",
            "patterns": [{"name": pattern, "title": "x", "means": "x", "worth": "m0"} for pattern in PATTERNS],
            "selection": {"floor": "floor", "mix_window": "window", "tie_window": "tie", "reach": "reach", "share_step": "step", "reserve": "reserve"},
            "preparations": [], "verdicts": [{"name": name, "title": "x", "shares": "no"} for name in ("go", "wait")],
            "erosion": {"levels": ["bad", "none"], "structural": "sign", "red": "alarm"},
            "capacity": {}, "across_units": {"free_hours": "m0", "growing_when": "grown", "growth": "m1"},
        },
        "sections": [{"name": "s", "title": "x"}],
        "questions": questions,
        "parameters": [{"name": name, "value": value, "unit": "", "status": "judgement", "why": "x"} for name, value in {**PARAMETERS, **weights}.items()],
    }


def random_facts(seed: int) -> dict[str, Any]:
    """Facts with unknowns, ranges and things that do not apply."""
    random = Random(seed)
    facts: dict[str, Any] = {name: _random_number(random) for name in NUMBERS}
    facts |= {name: random.choice((True, False, None, "n/a")) for name in TRUTHS}
    facts["colour"] = random.choice((*CHOICES, None, "n/a"))
    facts["tags"] = random.choice((frozenset(), frozenset({"red"}), frozenset({"red", "blue"}), None, "n/a"))
    rows = tuple(
        {"weight": _random_number(random, inapplicable=False), "kind": random.choice((*CHOICES, None)), "flag": random.choice((True, False, None))}
        for _ in range(random.randrange(4))
    )
    facts["rows"] = random.choice((rows, rows, None, "n/a"))
    return facts


def _random_number(random: Random, *, inapplicable: bool = True) -> tuple[float, float]:
    pick = random.randrange(10)
    if pick < 2:
        return (-inf, inf)
    if pick == 2 and inapplicable:
        return (nan, nan)
    value = random.choice((0, 100, 300, 500, 1250, -400, 299, 301, 1000, random.randrange(-2000, 2000)))
    return (value, value + random.choice((100, 250))) if pick == 3 else (value, value)


def same(left: Any, right: Any) -> bool:
    """Equality in which what does not apply equals itself."""
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right) == 2:
        return all(x == y or (x != x and y != y) for x, y in zip(left, right, strict=True))
    return bool(left == right) and not (isinstance(left, Fraction) and isinstance(right, float))
