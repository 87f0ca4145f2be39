"""The answer in one sentence, and what a verdict's sentences may name besides values."""

from __future__ import annotations

from advisor.advice.model import PatternResult, stands_firm
from advisor.engines.quick import keys_behind
from advisor.memo.view import View
from advisor.rulebook.model import Pattern, Preparation, Verdict
from advisor.rulebook.plan import SELECTION


def verdict(view: View) -> Verdict | None:
    """The leading verdict as the rulebook has it."""
    return next((each for each in view.rulebook.frame.verdicts if each.name == view.unit.verdict), None)


def rules_behind(view: View) -> set[str]:
    """The rules that the answer follows from: all that the leading verdict and the choice of uses read."""
    rules = view.rulebook.rules
    leading = [each.id for each in view.unit.findings if rules[each.id].verdict == view.unit.verdict is not None]
    keys = keys_behind(view.rulebook, [*(f"rule:{rule}" for rule in leading), SELECTION])
    return {rule for rule in rules if f"rule:{rule}" in keys}


def headline(view: View) -> str:
    """The answer as one full sentence, as firm as it is."""
    leading = verdict(view)
    if leading is None:
        return view.say("answer.none")
    texts = leading.headline
    if texts is None:
        return view.say("answer.plain", verdict=leading.title)
    if leading.shares != "no" and not view.unit.recommended:
        chosen = texts.open or texts.firm
    else:
        chosen = texts.firm if stands_firm(view.unit) else texts.provisional or texts.firm
    return sentence(chosen, view)


def decision(view: View) -> str:
    """What is asked of the reader."""
    leading = verdict(view)
    return sentence(leading.decision, view) if leading and leading.decision else view.say("summary.decide")


def sentence(text: str, view: View) -> str:
    """A sentence of a verdict with everything put in."""
    return view.filled(text, uses=uses(view), missing=missing(view), condition=condition(view))


def uses(view: View) -> str:
    """The recommended patterns, best first, as a sentence names them."""
    return view.say.listed([use(name, view) for name in view.unit.recommended])


def use(name: str, view: View) -> str:
    """A pattern as a sentence names it."""
    pattern = pattern_of(name, view)
    return pattern.use or pattern.title


def pattern_of(name: str, view: View) -> Pattern:
    """A pattern as the rulebook has it."""
    return next(each for each in view.rulebook.frame.patterns if each.name == name)


def result_of(name: str, view: View) -> PatternResult:
    """What came out for a pattern."""
    return next(each for each in view.unit.patterns if each.pattern == name)


def missing(view: View) -> str:
    """The missing preparations as a sentence names them."""
    return named(view, "missing")


def named(view: View, status: str) -> str:
    """The preparations of a status as a sentence names them."""
    names = [each.preparation for each in view.unit.preparations if each.status == status]
    return view.say.listed([_word(each) for each in view.rulebook.frame.preparations if each.name in names])


def _word(preparation: Preparation) -> str:
    return preparation.word or preparation.title


def condition(view: View) -> str:
    """What redeploying depends on, to be put after the answer."""
    if not view.unit.conditional_on:
        return ""
    words = [_word(each) for each in view.rulebook.frame.preparations if each.name in view.unit.conditional_on]
    return view.say("answer.condition", preparations=view.say.listed(words))
