"""Truth values and whole numbers that may be known already: Python's own where they are, Z3's where they are not.

Everything that is known folds at once, so that of a profile with few open answers only few terms are left for the
solver.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import z3

Flag: TypeAlias = bool | z3.BoolRef
Term: TypeAlias = int | z3.ArithRef


def negated(flag: Flag) -> Flag:
    """Not."""
    if isinstance(flag, bool):
        return not flag
    return flag.arg(0) if z3.is_not(flag) else z3.Not(flag)


def every(flags: Iterable[Flag]) -> Flag:
    """And, over any number."""
    rest: list[z3.BoolRef] = []
    for flag in flags:
        if isinstance(flag, bool):
            if not flag:
                return False
        elif not any(flag.eq(other) for other in rest):
            rest.append(flag)
    return True if not rest else rest[0] if len(rest) == 1 else z3.And(rest)


def some(flags: Iterable[Flag]) -> Flag:
    """Or, over any number."""
    rest: list[z3.BoolRef] = []
    for flag in flags:
        if isinstance(flag, bool):
            if flag:
                return True
        elif not any(flag.eq(other) for other in rest):
            rest.append(flag)
    return False if not rest else rest[0] if len(rest) == 1 else z3.Or(rest)


def term_if(test: Flag, then: Term, other: Term) -> Term:
    """`then` or `other`, by `test`."""
    if isinstance(test, bool):
        return then if test else other
    if then is other or (isinstance(then, int) and isinstance(other, int) and then == other):
        return then
    return z3.If(test, then, other)


def times(left: Term, right: Term) -> Term:
    """A product."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and one in (0, 1):
            return other if one else 0
    return left * right


def plus(left: Term, right: Term) -> Term:
    """A sum."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and one == 0:
            return other
    return left + right


def total(terms: Iterable[Term]) -> Term:
    """The sum of any number of terms."""
    known, rest = 0, []
    for term in terms:
        if isinstance(term, int):
            known += term
        else:
            rest.append(term)
    return plus(z3.Sum(rest), known) if rest else known


def number_of(flags: Iterable[Flag]) -> Term:
    """How many of the flags are true."""
    return total(int(flag) if isinstance(flag, bool) else z3.If(flag, 1, 0) for flag in flags)
