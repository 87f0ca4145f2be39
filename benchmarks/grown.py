"""Rulebooks of any number of rules: the shipped one with more, each over two of its questions."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from advisor.rulebook import Rulebook

FINDING_EVERY = 4
"""One in so many of the added rules reads a finding that an earlier one concludes."""


def grown_rulebook(rules: int, folder: Path, seed: int = 1) -> Rulebook:
    """The shipped rulebook with as many more rules as make `rules`, written into `folder` and laid over it.

    The new rules exclude patterns in turns, so that outcomes rest on them.
    """
    shipped, random = Rulebook.load(), Random(seed)
    numbers = [question for question in shipped.questions.values() if question.type == "number"]
    choices = [question for question in shipped.questions.values() if question.type == "choice"]
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
