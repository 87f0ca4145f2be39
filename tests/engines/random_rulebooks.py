"""Random rulebooks and random facts: everything the language has, with constants near the values that facts take.

Every rulebook that is written here is valid: a finding or group is named only after all rules that conclude it were
written, and what verdicts and exclusions read never rests on `default`.
"""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path
from random import Random
from typing import Any

from advisor.rulebook import LAYERS, Rulebook

NUMBERS = [f"n{i}" for i in range(6)]
TRUTHS = [f"b{i}" for i in range(4)]
CHOICES = ("red", "green", "blue")
PARAMETERS = {"p0": 0, "p1": 3, "p2": "12.5", "p3": -4}
PATTERNS = ("north", "east", "south")
PLAIN_CONSTANTS = ("0", "3", "5", "12.5", "2.99", "3.005", "-4", "10")
CONSTANTS = (*PLAIN_CONSTANTS, "p1", "p2", "p3")
"""Near the values that facts take, on both sides of them and between two that can be written."""
SCALED = (0, 100, 300, 500, 1250, -400, 299, 301, 1000, 50, 10**20, -(10**20))
OPERATORS = ("<", "<=", ">", ">=", "==", "!=")


def rule_entry(name: str, when: str, **more: Any) -> dict[str, Any]:
    """A rule as a file has it; `more` are its other keys."""
    texts = {"title": "x", "severity": "info", "says": "x", "because": "x"}
    return {"id": name, "when": when, **texts, "sources": ["judgement"], **more}


class Author:
    """Writes random expressions over the names that exist so far; `assuming` also over those that rest on `default`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: dict[str, list[str]] = {"number": [*NUMBERS], "truth": [*TRUTHS], "group": []}
        self.soft: dict[str, list[str]] = {"number": [], "truth": [], "group": []}
        self.assuming = False

    def add(self, kind: str, name: str) -> None:
        """Let later expressions use a name."""
        (self.soft if self.assuming else self.names)[kind].append(name)

    def name(self, kind: str) -> str:
        return self.random.choice(self.names[kind] + (self.soft[kind] if self.assuming else []))

    def one_of(self, *texts: str) -> str:
        return self.random.choice(texts)

    def number(self, depth: int = 2) -> str:
        a, b, name = (lambda: self.number(depth - 1)), (lambda: self.number(depth - 1)), self.name("number")
        if depth <= 0:
            return self.one_of(name, name, self.one_of(*CONSTANTS))
        match self.random.randrange(11):
            case 0 | 1:
                return self.number(0)
            case 2 | 3:
                return f"({a()} {self.one_of('+', '-', '*')} {b()})"
            case 4:
                return f"{name} / {self.one_of(self.name('number'), '3', 'p1', '(n0 - 1)')}"
            case 5:
                return f"{self.one_of('lowest', 'highest')}({a()}, {b()}, {name})"
            case 6:
                return f"ramp({a()}, p0, p2)"
            case 7:
                return f"clamp({a()}, {self.one_of('p3', name)}, p1)"
            case 8:
                return f"({a()} if {self.condition(depth - 1)} else {b()})"
            case 9:
                return self._of_several(depth)
            case _:
                return self._table()

    def _of_several(self, depth: int) -> str:
        names = [self.name("number") for _ in range(3)]
        kinds = [
            f"mean_of_known({self.random.randrange(1, 4)}, {', '.join(names)})",
            f"first_known({', '.join(names)})",
            f"count({self.condition(depth - 2)}, {self.condition(depth - 2)})",
            f"-{names[0]}",
        ]
        if self.assuming:
            kinds += [f"default({names[0]}, {self.number(0)})"] * 3
        return self.one_of(*kinds)

    def _table(self) -> str:
        where = self.one_of(
            "", " where kind == red", " where kind in (red, green) and flag == true", " where weight > 3"
        )
        return self.one_of(
            f"sum(weight of rows{where})",
            f"largest(weight of rows{where})",
            f"count(rows{where or ' where weight >= 0'})",
        )

    def condition(self, depth: int = 3) -> str:
        a, b = (lambda: self.condition(depth - 1)), (lambda: self.condition(depth - 1))
        if depth <= 0:
            return self._test()
        match self.random.randrange(9):
            case 0 | 1:
                return f"({a()} and {b()})"
            case 2 | 3:
                return f"({a()} or {b()})"
            case 4:
                return f"not {a()}"
            case 5:
                return f"count({self._test()}, {self._test()}, {self._test()}) >= {self.random.randrange(1, 4)}"
            case 6:
                return f"({self.number(1)} + {self.name('number')}) {self.one_of(*OPERATORS)} {self.number(1)}"
            case 7:
                return f"({a()} if {self._test()} else {b()})"
            case _:
                return self._test()

    def _test(self) -> str:
        if self.names["group"] and self.random.random() < 0.25:
            return f"{self.name('group')} {self.one_of('>=', '<', '==', '>')} {self.random.randrange(4)}"
        match self.random.randrange(8):
            case 0 | 1:
                return f"{self.name('number')} {self.one_of(*OPERATORS)} {self.one_of(*CONSTANTS)}"
            case 2 | 3:
                return self.name("truth") + self.one_of("", "", " == false", " != true")
            case 4:
                tests = ["colour == red", "colour in (red, blue)", "colour != green", "red in tags", "blue not in tags"]
                return self.one_of(
                    *tests, *(["default(colour, blue) == blue", "default(b1, true)"] if self.assuming else [])
                )
            case 5:
                function = self.one_of("known", "applicable")
                return f"{function}({self.one_of(self.name('number'), *TRUTHS, 'colour', 'tags', 'rows')})"
            case 6:
                low = f"{self.one_of('p3', '0')} {self.one_of('<', '<=')}"
                return f"{low} {self.name('number')} {self.one_of('<', '<=')} {self.one_of('p1', '12.5')}"
            case _:
                return f"{self.name('number')} {self.one_of('in', 'not in')} (3, p2, -4)"


class _Book:
    """The parts of one random rulebook, written so that each names only what is complete."""

    def __init__(self, random: Random) -> None:
        self.author = Author(random)
        self.random = random
        self.measures: list[dict[str, Any]] = []
        self.rules: list[dict[str, Any]] = []

    def write(self) -> None:
        self._measures("m", 3, assuming=False)
        self._measures("d", 2, assuming=True)
        for name in ("hot", "cold", "grown"):
            self._concluded("diagnosis", name, self.random.randrange(1, 4), assuming=False)
        self._concluded("diagnosis", "soft", 2, assuming=True)
        for group in ("alarm", "sign"):
            for _ in range(self.random.randrange(1, 4)):
                self._rule("diagnosis", assuming=False, indicator={"group": group, "of": self.random.choice(NUMBERS)})
        self.author.assuming = False
        for name in ("alarm_count", "alarm_known", "sign_count"):
            self.author.add("group", name)
        self._measures("k", 2, assuming=False)
        self._concluded("diagnosis", "wet", 2, assuming=False)
        so_far = {kind: [*names] for kind, names in self.author.names.items()}
        for _ in range(3):
            self._rule("patterns", assuming=False, excludes=self.random.sample(PATTERNS, self.random.randrange(1, 3)))
            self._rule("patterns", assuming=True, caps={"pattern": self.random.choice(PATTERNS), "at": "cap"})
        self._concluded("patterns", "late", 2, assuming=False)
        terms = {pattern: [self._term(place) for place in range(3)] for pattern in PATTERNS}
        for name in ("recommends_any", "recommends_north", "recommends_south", "could_reach_any", "supports_any"):
            self.author.add("truth", name)
        self._concluded("preparations", "ready", 2, assuming=False)
        for layer in ("warnings", "governance"):
            for _ in range(3):
                self._rule(layer, assuming=True)
        for _ in range(4):
            self._rule("verdict", assuming=False, verdict=self.random.choice(("go", "wait")))
        self.terms = terms
        self._rarer(so_far)

    def _rarer(self, names: dict[str, list[str]]) -> None:
        """What the author does not write, over the names of the diagnosis: points, leaders, levels, statuses."""
        author = Author(Random(f"rarer {len(self.rules)} {self.measures[0]['formula']}"))
        author.names = names
        one_of, number, condition = author.one_of, author.number, author.condition
        points = ", ".join(f"{choice}, {one_of(*PLAIN_CONSTANTS)}" for choice in CHOICES)
        formulas = {
            "pointed": f"points(colour, {points})",
            "unsaid": f"(unknown if {condition(1)} else {number(1)})",
            "absurd": f"(not_applicable if {condition(1)} else {number(1)})",
        }
        for name, formula in formulas.items():
            self.measures.append({"name": name, "label": "x", "unit": "", "decimals": 1, "formula": formula})
            author.add("number", name)
        where = one_of("", " where flag == true", " where kind in (red, blue)")
        leader = f"leader(title of rows by weight{where})"
        self.measures.append({"name": "leading", "label": "x", "type": "text", "formula": leader})
        for name in formulas:
            self._add("warnings", f"{name} {one_of(*OPERATORS)} {one_of(*CONSTANTS)}")
        self._add("warnings", f"{one_of('known', 'applicable')}(leading)")
        for level in ("bad", "none"):
            self._add("diagnosis", condition(2), level=level)
        for status in ("missing", "partial", "in_place"):
            self._add("preparations", condition(2), preparation={"name": "tools", "status": status})

    def _add(self, layer: str, when: str, **conclusion: Any) -> None:
        self.rules.append(rule_entry(f"{layer}-{len(self.rules)}", when, layer=layer, **conclusion))

    def _measures(self, prefix: str, count: int, *, assuming: bool) -> None:
        self.author.assuming = assuming
        for index in range(count):
            name = f"{prefix}{index}"
            decimals = self.random.choice((0, 1, 2))
            self.measures.append(
                {"name": name, "label": "x", "unit": "", "decimals": decimals, "formula": self.author.number()}
            )
            self.author.add("number", name)
        self.measures.append(
            {"name": f"{prefix}_so", "label": "x", "type": "yes_no", "formula": self.author.condition(2)}
        )
        self.author.add("truth", f"{prefix}_so")

    def _concluded(self, layer: str, name: str, count: int, *, assuming: bool) -> None:
        for _ in range(count):
            self._rule(layer, assuming=assuming, concludes=name)
        self.author.assuming = assuming
        self.author.add("truth", name)

    def _rule(self, layer: str, *, assuming: bool, **conclusion: Any) -> None:
        self.author.assuming = assuming
        name = f"{layer}-{len(self.rules)}"
        self.rules.append(rule_entry(name, self.author.condition(), layer=layer, **conclusion))

    def _term(self, place: int) -> dict[str, Any]:
        self.author.assuming = True
        return {
            "label": f"t{place}",
            "weight": ("w40", "w35", "w25")[place],
            "of": f"ramp({self.author.number(1)}, p0, p2)",
        }

    def documents(self) -> list[dict[str, Any]]:
        """The files, shuffled, with shuffled parts: the order must not matter."""
        self.random.shuffle(self.rules)
        self.random.shuffle(self.measures)
        documents: list[dict[str, Any]] = [_frame(), {"measures": self.measures}]
        documents += [{"score": {"pattern": pattern, "terms": terms}} for pattern, terms in self.terms.items()]
        for layer in LAYERS:
            rules = [
                {key: value for key, value in rule.items() if key != "layer"}
                for rule in self.rules
                if rule["layer"] == layer
            ]
            documents.append({"layer": layer, "rules": rules})
        self.random.shuffle(documents)
        return documents


def random_documents(seed: int, order: int = 0) -> list[dict[str, Any]]:
    """The files of a random rulebook; `order` shuffles them and their parts, and must not matter."""
    book = _Book(Random(seed))
    book.write()
    book.random.seed(order)
    return book.documents()


def random_rulebook(seed: int, folder: Path) -> Rulebook:
    """Write a random rulebook into `folder` and load it."""
    for number, document in enumerate(random_documents(seed, seed)):
        (folder / f"r{number}.yaml").write_text(json.dumps(document))
    return Rulebook.load(folder)


def _frame() -> dict[str, Any]:
    number = {
        "section": "s",
        "ask": "x",
        "help": "x",
        "who": "manager",
        "type": "number",
        "minimum": -1000,
        "maximum": 1000,
    }
    choice = [{"value": word, "label": word} for word in CHOICES]
    other = {"section": "s", "ask": "x", "help": "x", "who": "manager"}
    columns = [
        {"name": "weight", "label": "x", "type": "number"},
        {"name": "kind", "label": "x", "type": "choice", "choices": choice},
        {"name": "flag", "label": "x", "type": "yes_no"},
        {"name": "title", "label": "x", "type": "text"},
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
    weights = {
        "w40": 40,
        "w35": 35,
        "w25": 25,
        "cap": 45,
        "floor": 25,
        "window": 15,
        "tie": 5,
        "reach": 55,
        "step": 5,
        "reserve": 10,
    }
    return {
        "rulebook": {
            "name": "random",
            "title": "x",
            "version": "1",
            "patterns": [
                {"name": pattern, "title": "x", "means": "x", "worth": f"m{place}"}
                for place, pattern in enumerate(PATTERNS)
            ],
            "selection": {
                "floor": "floor",
                "mix_window": "window",
                "tie_window": "tie",
                "reach": "reach",
                "share_step": "step",
                "reserve": "reserve",
                "hours": "m1",
                "first": {"pattern": "south", "when": "hot", "says": "x"},
            },
            "preparations": [
                {
                    "name": "tools",
                    "title": "x",
                    "question": "x",
                    "score": "m0",
                    "manager_view": "m1",
                    "staff_view": "m2",
                }
            ],
            "verdicts": [
                {"name": name, "title": "x", "shares": share} for name, share in (("go", "yes"), ("wait", "no"))
            ],
            "erosion": {"levels": ["bad", "none"], "structural": "sign", "red": "alarm"},
            "capacity": {},
            "across_units": {"free_hours": "m0", "later_hours": "m2", "growing_when": "grown", "growth": "m1"},
        },
        "sections": [{"name": "s", "title": "x"}],
        "questions": questions,
        "parameters": [
            {"name": name, "value": value, "unit": "", "status": "judgement", "why": "x"}
            for name, value in {**PARAMETERS, **weights}.items()
        ],
    }


def random_facts(seed: int) -> dict[str, Any]:
    """Facts with unknowns, ranges and things that do not apply."""
    random = Random(seed)
    facts: dict[str, Any] = {name: _random_number(random) for name in NUMBERS}
    facts |= {name: random.choice((True, False, None, "n/a")) for name in TRUTHS}
    facts["colour"] = random.choice((*CHOICES, None, "n/a"))
    facts["tags"] = random.choice((frozenset(), frozenset({"red"}), frozenset({"red", "blue"}), None, "n/a"))
    rows = tuple(
        {
            "weight": _random_number(random, inapplicable=False),
            "kind": random.choice((*CHOICES, None)),
            "flag": random.choice((True, False, None)),
            "title": "AB"[place % 2],
        }
        for place in range(random.randrange(4))
    )
    facts["rows"] = random.choice((rows, rows, None, "n/a"))
    return facts


def _random_number(random: Random, *, inapplicable: bool = True) -> tuple[float, float]:
    pick = random.randrange(10)
    if pick < 2:
        return (-inf, inf)
    if pick == 2 and inapplicable:
        return (nan, nan)
    value = random.choice((*SCALED, random.randrange(-2000, 2000)))
    return (value, value + random.choice((100, 250))) if pick == 3 else (value, value)
