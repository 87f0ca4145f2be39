"""Whether an earlier verdict ended because it was followed. In doubt it was not, and only ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.language.values import is_known_fact
from advisor.recheck.replay import Fate, Moved
from advisor.rulebook import Rulebook


def is_followed(verdict: Fate, step: Fate, before: Evaluation, now: Evaluation, rulebook: Rulebook) -> bool:
    """Whether a verdict ended because a step, reported as done, took away what it rested on, and nothing else came up.

    `before` is what the earlier answers come to, `now` what the newer ones do. The answer that ended the step has to be
    the one that ended the verdict; the verdict read what the step's rule concluded, which is certainly false now, as
    are all its own rules; and what is the answer now is less grave and held before already.
    """
    return (
        verdict.by is not None
        and verdict.by == step.by
        and _is_known(verdict.by)
        and any(_is_taken_away(name, now, rulebook) for name in _read(verdict, step, before, rulebook))
        and _nothing_came_up(verdict.recommendation.name, before, now, rulebook)
    )


def _is_known(move: Moved) -> bool:
    """Whether the answer was known before and is now: what somebody only found out, nobody brought about."""
    return is_known_fact(move.before) and is_known_fact(move.after)


def _read(verdict: Fate, step: Fate, before: Evaluation, rulebook: Rulebook) -> Iterator[str]:
    """What the step's rules concluded that the rules behind the verdict read; a verdict's own step is none of these."""
    rules = [each for each in rulebook.rules.values() if each.verdict == verdict.recommendation.name]
    read = {name for each in rules if before.truth[each.id] is True for name in rulebook.names_of_conditions[each.id]}
    for rule in step.recommendation.rules:
        asks = rulebook.rules.get(rule)
        if asks and asks.verdict is None and before.truth[rule] is True and asks.concludes in read:
            yield asks.concludes


def _is_taken_away(finding: str, now: Evaluation, rulebook: Rulebook) -> bool:
    return _all_false(rulebook.findings[finding], now)


def _nothing_came_up(verdict: str, before: Evaluation, now: Evaluation, rulebook: Rulebook) -> bool:
    ladder = Outcomes(rulebook).ladders[VERDICT]
    rules, new = dict(ladder.steps), ladder.value(now.truth)
    order = [*rules, ladder.otherwise]
    is_less_grave = order.index(new) > order.index(verdict) and _all_false(rules[verdict], now)
    return is_less_grave and any(before.truth[rule] is True and now.truth[rule] is True for rule in rules.get(new, ()))


def _all_false(rules: Sequence[str], now: Evaluation) -> bool:
    return all(now.truth[rule] is False for rule in rules)
