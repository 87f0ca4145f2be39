"""Answers that stand in for others: what counts while a question is not answered, and is replaced by its answer.

That is what `first_known` and `follows_from` do. Leaving an answer open therefore says something else than that it may
be anything, unless what stands in for it is left open as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from advisor.engines.quick import keys_behind
from advisor.language import Fact, Node, nodes
from advisor.language.nodes import walk
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import QuestionStep, expressions_of, keys_read


def stand_ins(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """For each question for which others stand in, all of these, also those that stand in for them in turn."""
    direct: dict[str, set[str]] = {}
    for names, others in _pairs(rulebook):
        for name in names:
            direct.setdefault(name, set()).update(others)
    return {name: _reached(name, direct) for name in direct}


def spared(rulebook: Rulebook, facts: Mapping[str, Fact], unknown: Collection[str] = ()) -> frozenset[str]:
    """The questions that nobody need answer as long as one of those can be answered for which they only stand in.

    A total that is given where single questions are not answered is such a question. To the `unknown` ones somebody
    answered that nobody knows, so that they cannot be answered.
    """

    def can_be_answered(name: str) -> bool:
        return name not in unknown and not is_known_fact(facts[name]) and not is_inapplicable_fact(facts[name])

    return frozenset(
        other
        for names, others in _first_known(rulebook)
        if any(map(can_be_answered, names))
        for other in others
        if other not in names
    )


def _pairs(rulebook: Rulebook) -> Iterator[tuple[Iterable[str], Iterable[str]]]:
    """Questions, and those that stand in for them."""
    yield from _first_known(rulebook)
    for step in rulebook.steps:
        if isinstance(step, QuestionStep) and step.follows_from is not None:
            yield [step.name], _questions(rulebook, [step.follows_from])


def _first_known(rulebook: Rulebook) -> Iterator[tuple[list[str], list[str]]]:
    """The same of `first_known` alone."""
    every = [node for step in rulebook.steps for node in expressions_of(step)]
    every += [node for terms in rulebook.terms.values() for node in terms]
    for node in (part for each in every for part in walk(each) if isinstance(part, nodes.FirstKnown)):
        yield from pairwise(_questions(rulebook, [operand]) for operand in node.operands)


def _questions(rulebook: Rulebook, expressions: Sequence[Node]) -> list[str]:
    behind = keys_behind(rulebook, keys_read(expressions))
    return [name for name in rulebook.questions if name in behind]


def _reached(name: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = direct.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found - {name})
