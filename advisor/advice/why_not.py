"""Why no other verdict leads: of each the nearest condition that failed and by how much, or what it waits for."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.nearest import Nearest, in_words
from advisor.advice.waits import Dependencies
from advisor.phrases import phrases_in
from advisor.rulebook import Rule

_MOST_QUESTIONS = 3


def other_verdicts(known: Dependencies, led: str | None, currency: str | None) -> Iterator[str]:
    """One line for each verdict but the one that leads, in the order of the rulebook."""
    rulebook, say = known.rulebook, phrases_in(known.rulebook.spoken)
    for verdict in rulebook.frame.verdicts:
        rules = [rule for rule in rulebook.rules_in_order() if rule.verdict == verdict.name]
        if verdict.name == led or not rules:
            continue
        held = [known.evaluation.truth[rule.id] for rule in rules]
        if True in held:
            yield say("explain.stands_after", title=verdict.title)
        elif None in held:
            yield say("explain.waits", title=verdict.title, questions=_waits(rules[held.index(None)], known))
        else:
            nearest = min((Nearest(known).failed(rulebook.conditions[rule.id]) for rule in rules), key=len)
            words = say.in_row(list(in_words(nearest, rulebook, currency)))
            yield say("explain.of_outcome", title=verdict.title, words=say("explain.not_so", words=words))


def _waits(rule: Rule, known: Dependencies) -> str:
    say, questions = phrases_in(known.rulebook.spoken), sorted(known.waits_of_rule(rule.id))
    shown = say("list.comma").join(questions[:_MOST_QUESTIONS])
    more = len(questions) - _MOST_QUESTIONS
    return say("explain.waits_more", questions=shown, number=more) if more > 0 else shown
