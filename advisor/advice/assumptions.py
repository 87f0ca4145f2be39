"""What the arithmetic took for granted because nobody said otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.waits import Dependencies
from advisor.advice.wording import filled, in_words, shown
from advisor.language import Node, nodes
from advisor.language.nodes import walk
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.language.written import written
from advisor.profile import EVIDENCES, Unit


def assumptions(known: Dependencies, currency: str | None) -> list[str]:
    """One sentence for each `default` that took effect in a value or a rule that came out, in the order of evaluation."""
    return list(dict.fromkeys(_sentence(part, known, currency) for part in _defaults_in_use(known)))


def _defaults_in_use(known: Dependencies) -> Iterator[nodes.Default]:
    facts, truth = known.evaluation.facts, known.evaluation.truth
    in_use = [node for name, node in known.rulebook.formulas.items() if is_known_fact(facts[name])]
    in_use += [node for rule, node in known.rulebook.conditions.items() if truth[rule] is True]
    for node in in_use:
        for part in walk(node):
            if isinstance(part, nodes.Default):
                fact = facts[part.operand.signature.name]
                if not is_known_fact(fact) and not is_inapplicable_fact(fact):
                    yield part


def _sentence(part: nodes.Default, known: Dependencies, currency: str | None) -> str:
    rulebook, name = known.rulebook, part.operand.signature.name
    question, measure = rulebook.questions.get(name), rulebook.measures.get(name)
    label = question.ask if question else measure.label if measure else name
    parameter = part.fallback.signature.name if isinstance(part.fallback, nodes.Parameter) else None
    why = f" {rulebook.parameters[parameter].why}" if parameter else ""
    return f"{label} Not answered; assumed: {_fallback(part.fallback, name, known, currency)}.{why}"


def _fallback(node: Node, name: str, known: Dependencies, currency: str | None) -> str:
    if isinstance(node, nodes.Parameter):
        return shown(node.signature.name, known.rulebook, known.evaluation.facts, currency)
    if isinstance(node, nodes.Text):
        return in_words(node.value, name, known.rulebook)
    if isinstance(node, nodes.Truth):
        return "yes" if node.value else "no"
    return filled(written(node), known.rulebook, known.evaluation.facts, currency)


def weakest_evidence(known: Dependencies, unit: Unit) -> str | None:
    """The weakest evidence among the answers that fired rules and score terms rest on; null where there are none."""
    truth = known.evaluation.truth
    read = [node for rule, node in known.rulebook.conditions.items() if truth[rule] is True]
    read += [term for terms in known.rulebook.terms.values() for term in terms]
    names = {name for node in read for name in known.rests_on(node)}
    ranks = [EVIDENCES.index(unit.answers[name].evidence) for name in names
             if name in unit.answers and unit.answers[name].state == "answered"]
    return EVIDENCES[max(ranks)] if ranks else None
