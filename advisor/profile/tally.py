"""How many people an answer is of, and how many of them said what."""

from __future__ import annotations

import re

from advisor.profile.model import Frozen
from advisor.profile.texts import read_scalar
from advisor.profile.values import read_word
from advisor.reading import Collector, Mapping, Node
from advisor.rulebook.model import Question

TALLIED = ("yes_no", "choice", "choices")
"""The types of question of which it can be counted how many people said what."""
MOST_PEOPLE = 10_000_000
_COUNT = re.compile("0|[1-9][0-9]{0,7}")


def read_people(node: Node, what: str, problems: Collector) -> int | None:
    """Read how many people speak; None where it was reported."""
    return _read_count(node, what, 1, problems)


def read_tally(node: Node, question: Question, problems: Collector) -> Frozen[int] | None:
    """Read ``{word: how many people said it}``; None where it was reported."""
    if question.type not in TALLIED:
        message = f"{question.name} offers no words to choose from, so it has no tally; write value: the mean"
        problems.add(node.place, "P037", message)
        return None
    if not isinstance(node, Mapping) or not node.entries:
        problems.add(node.place, "P005", f"the tally of {question.name} needs words with numbers of people here")
        return None
    counts = [
        (
            read_word(key, question, problems),
            _read_count(value, f"a number in the tally of {question.name}", 0, problems),
        )
        for key, value in node.entries
    ]
    tally = {word: count for word, count in counts if word is not None and count is not None}
    return Frozen(tally) if len(tally) == len(counts) else None


def _read_count(node: Node, what: str, least: int, problems: Collector) -> int | None:
    scalar = read_scalar(node, what, problems)
    if scalar is None:
        return None
    if scalar.quoted or not _COUNT.fullmatch(scalar.text) or not least <= int(scalar.text) <= MOST_PEOPLE:
        message = f"{what} must be a whole number of people, {least} to {MOST_PEOPLE}, without quotes"
        problems.add(scalar.place, "P036", message)
        return None
    return int(scalar.text)
