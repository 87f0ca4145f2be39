"""What the arithmetic took for granted because nobody said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from advisor.advice.waits import Dependencies
from advisor.advice.wording import filled, in_words, label_of, shown, with_unit
from advisor.language import Node, nodes
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.language.written import written
from advisor.phrases import phrases_in
from advisor.profile import EVIDENCES, Unit
from advisor.rulebook import Rulebook

Assumed = nodes.Default | nodes.Parameter
"""A default that took effect, or a parameter that says what it stands for."""


def assumptions(known: Dependencies, currency: str | None) -> list[str]:
    """One sentence for each `default` that took effect in a value or a fired rule, in the order of evaluation.

    So does a parameter that says what it stands for where nobody answered.
    """
    return list(assumed(known, currency))


def assumed(known: Dependencies, currency: str | None) -> dict[str, tuple[str, ...]]:
    """The same sentences, each with the sources of the parameter that was taken."""
    parts = list(_assumed_in_use(known))
    return {_sentence(part, known, currency): _sources(part, known.rulebook) for part in parts}


def assumed_in(name: str, known: Dependencies, currency: str | None) -> set[str]:
    """The same sentences for one measure."""
    return {_sentence(part, known, currency) for part in _assumed_behind([name], [], known)}


def _sources(part: Assumed, rulebook: Rulebook) -> tuple[str, ...]:
    taken = part.fallback if isinstance(part, nodes.Default) else part
    return rulebook.parameters[taken.signature.name].sources if isinstance(taken, nodes.Parameter) else ()


def is_assumed(name: str, known: Dependencies) -> bool:
    """Whether something was assumed in a measure."""
    return any(True for _ in _assumed_behind([name], [], known))


def _assumed_in_use(known: Dependencies) -> Iterator[Assumed]:
    facts, truth = known.evaluation.facts, known.evaluation.truth
    fired = [rule for rule in known.rulebook.conditions if truth[rule] is True]
    shown_names = [name for name in _shown_measures(known) if is_known_fact(facts[name])]
    yield from _assumed_behind(shown_names, fired, known)


def _assumed_behind(names: Iterable[str], rules: Sequence[str], known: Dependencies) -> Iterator[Assumed]:
    """What was assumed in these measures and the conditions of these rules, in the order of evaluation."""
    facts, conditions = known.evaluation.facts, known.rulebook.conditions
    formulas = map(known.stand_ins, _formulas_behind(names, rules, known))
    for part in chain.from_iterable((*formulas, *(known.live_parts(conditions[rule]) for rule in rules))):
        if isinstance(part, nodes.Default):
            fact = facts[part.operand.signature.name]
            if not is_known_fact(fact) and not is_inapplicable_fact(fact) and _has_effect(part, known):
                yield part
        elif isinstance(part, nodes.Parameter) and known.rulebook.parameters[part.signature.name].assumes:
            yield part


def _has_effect(part: nodes.Default, known: Dependencies) -> bool:
    """Whether something was assumed at all: another name that nobody knows either assumes nothing."""
    fallback = part.fallback
    return not isinstance(fallback, nodes.Name) or is_known_fact(known.evaluation.facts[fallback.signature.name])


def _shown_measures(known: Dependencies) -> list[str]:
    frame = known.rulebook.frame
    return [*frame.capacity.values(), *(pattern.worth for pattern in frame.patterns if pattern.worth)]


def _formulas_behind(names: Iterable[str], rules: Iterable[str], known: Dependencies) -> list[str]:
    """Those of the names that have a formula, and all that they and the rules read, in the order of evaluation."""
    read = known.rulebook.names_of_conditions
    used = known.formulas_behind([*names, *(each for rule in rules for each in read[rule])])
    return [name for name in known.rulebook.formulas if name in used]


def _sentence(part: Assumed, known: Dependencies, currency: str | None) -> str:
    rulebook = known.rulebook
    if isinstance(part, nodes.Parameter):
        stands = rulebook.parameters[part.signature.name]
        value = shown(stands.name, rulebook, known.evaluation.facts, currency)
        return f"{phrases_in(rulebook.spoken)('assumption.of', label=stands.assumes, value=value)} {stands.why}"
    name = part.operand.signature.name
    label = label_of(name, rulebook)
    parameter = part.fallback.signature.name if isinstance(part.fallback, nodes.Parameter) else None
    key = "assumption.of_question" if label.endswith(("?", ".")) else "assumption.of"
    said = phrases_in(rulebook.spoken)(key, label=label, value=fallback_in_words(part.fallback, name, known, currency))
    return f"{said} {rulebook.parameters[parameter].why}" if parameter else said


def fallback_in_words(node: Node, name: str, known: Dependencies, currency: str | None) -> str:
    """What was taken for a name that nobody knows."""
    say = phrases_in(known.rulebook.spoken)
    if isinstance(node, nodes.Parameter):
        return shown(node.signature.name, known.rulebook, known.evaluation.facts, currency)
    if isinstance(node, nodes.Name):
        other = node.signature.name
        value = shown(other, known.rulebook, known.evaluation.facts, currency)
        return say("assumption.other", label=label_of(other, known.rulebook), value=value)
    if isinstance(node, nodes.Text):
        return in_words(node.value, name, known.rulebook)
    if isinstance(node, nodes.Truth):
        return say("word.yes" if node.value else "word.no")
    if isinstance(node, nodes.Number):
        return with_unit(say.decimal(node.value, 4), _unit(name, known.rulebook), known.rulebook, currency)
    return filled(written(node), known.rulebook, known.evaluation.facts, currency)


def _unit(name: str, rulebook: Rulebook) -> str:
    part = rulebook.questions.get(name) or rulebook.measures.get(name)
    return part.unit if part else ""


def weakest_evidence(known: Dependencies, unit: Unit) -> str | None:
    """The weakest evidence among the answers that fired rules and score terms rest on; null where there are none."""
    truth, rulebook = known.evaluation.truth, known.rulebook
    behind = [known.rests_of_rule(rule) for rule in rulebook.conditions if truth[rule] is True]
    behind += [answers for pattern in rulebook.terms for answers in known.rests_of_terms(pattern)]
    names = frozenset().union(*behind)
    ranks = [
        EVIDENCES.index(unit.answers[name].evidence)
        for name in names
        if name in unit.answers and unit.answers[name].state == "answered"
    ]
    return EVIDENCES[max(ranks)] if ranks else None
