"""Rulebooks of any number of rules: the shipped one with more, each over two of its questions, or with fewer."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from advisor.reading import compose, plain, read_text
from advisor.rulebook import Rulebook, shipped_folder

CONCLUSIONS = ("concludes", "excludes", "caps", "verdict", "preparation", "level", "indicator")
FINDING_EVERY = 4
"""One in so many of the added rules reads a finding that an earlier one concludes."""


def rulebook_of(rules: int, folder: Path) -> Rulebook:
    """The shipped rulebook with as many rules more or fewer as make `rules`, written into `folder`."""
    shipped = Rulebook.load()
    return _cut(shipped, rules, folder) if rules < len(shipped.rules) else grown_rulebook(rules, folder)


def _cut(shipped: Rulebook, rules: int, folder: Path) -> Rulebook:
    """Without the last of the rules that nothing rests on; outcomes stay as they are."""
    idle = [rule.id for rule in shipped.rules.values() if not any(getattr(rule, each) for each in CONCLUSIONS)]
    dropped = {*idle[rules - len(shipped.rules) :]}
    folder_of_all = shipped_folder()
    for number, file in enumerate(sorted(folder_of_all.rglob("*.yaml"))):
        if "languages" in file.relative_to(folder_of_all).parts or file.name.endswith(".cases.yaml"):
            continue
        document: Any = plain(compose(read_text(file), str(file)))
        if "rules" in document:
            document["rules"] = [rule for rule in document["rules"] if rule["id"] not in dropped]
        name = file.name if file.name == "rulebook.yaml" else f"{number}.yaml"
        (folder / name).write_text(json.dumps(document))
    return Rulebook.load(folder)


def grown_rulebook(rules: int, folder: Path, seed: int = 1) -> Rulebook:
    """The shipped rulebook with as many more rules as make `rules`, written into `folder` and laid over it.

    The new rules exclude patterns in turns, so that outcomes rest on them. They read no answer that an invariant moves
    (a better one never brings worse advice): a rule that excludes a pattern because of it would break that.
    """
    shipped, random = Rulebook.load(), Random(seed)
    moved = {name for invariant in shipped.invariants.values() for name in invariant.moves}
    asked = [question for name, question in shipped.questions.items() if name not in moved]
    numbers = [question for question in asked if question.type == "number"]
    choices = [question for question in asked if question.type == "choice"]
    patterns = [pattern.name for pattern in shipped.frame.patterns]
    added: list[dict[str, object]] = []
    for place in range(rules - len(shipped.rules)):
        number, choice = random.choice(numbers), random.choice(choices)
        low, high = int(number.minimum or 0), int(number.maximum if number.maximum is not None else 100)
        limit = random.randint(low + 9 * (high - low) // 10, high)
        test = f"{number.name} >= {limit} and {choice.name} == {random.choice(choice.choices).value}"
        finding = f"added_{place - 1}"
        reads = place % FINDING_EVERY == FINDING_EVERY - 1
        added.append(
            {
                "id": f"added-{place}",
                "title": "Added",
                "when": f"{test} and not {finding}" if reads else test,
                "severity": "info",
                "says": "Added.",
                "because": "Added.",
                "sources": ["judgement"],
                **({} if reads else {"concludes": f"added_{place}"}),
                **({"excludes": [patterns[place % len(patterns)]]} if place % 10 == 0 else {}),
            }
        )
    if added:
        (folder / "added.yaml").write_text(json.dumps({"layer": "patterns", "rules": added}))
    return Rulebook.load(overlays=[folder] if added else [])
