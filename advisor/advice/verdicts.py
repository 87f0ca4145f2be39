"""Which verdict leads, which others hold, and whether open answers could still make it another."""

from __future__ import annotations

from itertools import takewhile

from advisor.advice.waits import Dependencies
from advisor.rulebook.model import Verdict


def verdicts(known: Dependencies) -> tuple[Verdict | None, list[Verdict]]:
    """The leading verdict and the others that hold, in the rulebook's order."""
    truth = known.evaluation.truth
    holding = {rule.verdict for rule in known.rulebook.rules.values() if rule.verdict and truth[rule.id] is True}
    true = [verdict for verdict in known.rulebook.frame.verdicts if verdict.name in holding]
    return (true[0] if true else None), [verdict for verdict in true[1:] if not verdict.only_alone]


def verdicts_before(leading: Verdict | None, known: Dependencies) -> list[str]:
    """The verdicts that open answers could still put before the leading one; any of them where none leads."""
    earlier = takewhile(lambda verdict: verdict != leading, known.rulebook.frame.verdicts)
    excluded = known.evaluation.is_excluded
    return [verdict.name for verdict in earlier if not all(map(excluded, _rules_of(verdict, known)))]


def is_firm(leading: Verdict | None, known: Dependencies) -> bool:
    """Whether no open answer can withdraw the leading verdict or put another before it."""
    if leading is None or verdicts_before(leading, known):
        return False
    truth, provisional = known.evaluation.truth, known.evaluation.is_provisional
    return any(truth[rule] is True and not provisional(rule) for rule in _rules_of(leading, known))


def _rules_of(verdict: Verdict, known: Dependencies) -> list[str]:
    return [rule.id for rule in known.rulebook.rules.values() if rule.verdict == verdict.name]
