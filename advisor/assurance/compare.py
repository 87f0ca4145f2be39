"""The advice on a case beside what the case expects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from advisor.advice import Advice
from advisor.advice.model import Number
from advisor.advice.numbers import as_json
from advisor.assurance.cases import ABSENT, OPEN, PRESENT, Bounds, Case, CaseResult, Difference, Expected, Wanted
from advisor.assurance.deciding import deciding
from advisor.assurance.read_expected import NO_VERDICT, NOT_APPLICABLE, UNKNOWN
from advisor.language import Fact, intervals
from advisor.language.values import disjunction, is_inapplicable_fact

_STATES = {True: PRESENT, False: ABSENT, None: OPEN}


def compared(case: Case, advice: Advice) -> CaseResult:
    """Everything in which the advice on the case's profile differs from what the case names."""
    found = (_difference(expected, advice) for expected in case.expected)
    return CaseResult(case, tuple(difference for difference in found if difference))


def _difference(expected: Expected, advice: Advice) -> Difference | None:
    same, came = _CHECKS[expected.about](expected, advice)
    if same:
        return None
    return Difference(expected, _title(expected), came, deciding(expected, advice))


def _title(expected: Expected) -> str:
    name = "" if expected.name == expected.about else f" {expected.name}"
    return f"{expected.about}{name}: expected {_written(expected.wanted)}"


def _finding(expected: Expected, advice: Advice) -> tuple[bool, str]:
    evaluation, rulebook = advice.units[0].evaluation, advice.rulebook
    rules = rulebook.findings.get(expected.name, (expected.name,))
    state = _STATES[disjunction([evaluation.truth[rule] for rule in rules])]
    return state == expected.wanted or (expected.wanted == ABSENT and state == OPEN), state


def _verdict(expected: Expected, advice: Advice) -> tuple[bool, str]:
    came = advice.document.units[0].verdict or NO_VERDICT
    return came == expected.wanted, came


def _listed(
    of: Callable[[Advice], Sequence[str]], *, exactly: bool = False
) -> Callable[[Expected, Advice], tuple[bool, str]]:
    def check(expected: Expected, advice: Advice) -> tuple[bool, str]:
        came = tuple(of(advice))
        assert isinstance(expected.wanted, tuple)
        same = came == expected.wanted if exactly else set(expected.wanted) <= set(came)
        return same, _written(came)

    return check


def _excluded(advice: Advice) -> list[str]:
    return [each.pattern for each in advice.document.units[0].patterns if each.excluded_by]


def _preparation(expected: Expected, advice: Advice) -> tuple[bool, str]:
    came = {each.preparation: each.status for each in advice.document.units[0].preparations}[expected.name]
    return came == expected.wanted, came


def _erosion(expected: Expected, advice: Advice) -> tuple[bool, str]:
    came = advice.document.units[0].erosion.level
    return came == expected.wanted, came


def _pattern(expected: Expected, advice: Advice) -> tuple[bool, str]:
    pattern = next(each for each in advice.document.units[0].patterns if each.pattern == expected.name)
    assert isinstance(expected.wanted, Bounds)
    ends = ((expected.wanted.low, pattern.low), (expected.wanted.high, pattern.high))
    same = all(wanted is None or _same(wanted, came) for wanted, came in ends)
    return same, f"low {pattern.low}, high {pattern.high}"


def _same(wanted: Decimal, came: Number | None) -> bool:
    return came is not None and wanted == Decimal(str(came))


def _measure(expected: Expected, advice: Advice) -> tuple[bool, str]:
    signature = advice.rulebook.scope[expected.name]
    fact = advice.units[0].evaluation.facts[expected.name]
    came = as_json(fact, signature)
    return _is(fact, expected.wanted, signature.scale), _json_written(came)


def _is(fact: Fact, wanted: Wanted, scale: int) -> bool:
    if wanted == NOT_APPLICABLE:
        return is_inapplicable_fact(fact)
    if not isinstance(fact, tuple):
        return bool(fact == wanted)
    if wanted is None:
        return not intervals.is_known(fact) and not intervals.is_not_applicable(fact)
    ends = (wanted.low, wanted.high) if isinstance(wanted, Bounds) else (wanted, wanted)
    return all(
        end is None or (isinstance(end, Decimal) and Fraction(end) * scale == each)
        for end, each in zip(ends, fact, strict=True)
    )


def _json_written(came: object) -> str:
    return UNKNOWN if came is None else str(came).lower() if isinstance(came, bool) else str(came)


def _written(wanted: Wanted) -> str:
    match wanted:
        case None:
            return UNKNOWN
        case bool():
            return str(wanted).lower()
        case Bounds():
            ends = (("low", wanted.low), ("high", wanted.high))
            return ", ".join(f"{name} {end}" for name, end in ends if end is not None)
        case tuple():
            return ", ".join(wanted) or "none"
    return str(wanted)


_CHECKS: dict[str, Callable[[Expected, Advice], tuple[bool, str]]] = {
    "finding": _finding,
    "verdict": _verdict,
    "also": _listed(lambda advice: advice.document.units[0].also),
    "recommended": _listed(lambda advice: advice.document.units[0].recommended, exactly=True),
    "excluded": _listed(_excluded),
    "preparation": _preparation,
    "erosion": _erosion,
    "pattern": _pattern,
    "measure": _measure,
}
