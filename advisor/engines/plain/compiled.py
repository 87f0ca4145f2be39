"""Compiled steps of a rulebook, and what they call: all that is needed to run them again."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any, Literal

from advisor.engines.evaluation import Working
from advisor.language.intervals import Exact
from advisor.language.runtime import RUNTIME


def round_ratio(number: Exact, factor: int, divisor: int) -> Exact:
    """``number * factor / divisor`` rounded half to even; without a value it stays so."""
    if isinstance(number, float):
        return number
    # in integers, which is several times as fast as multiplying, dividing and rounding a fraction
    below = number.denominator * divisor
    whole, rest = divmod(number.numerator * factor, below)
    return whole + (2 * rest > below or (2 * rest == below and whole & 1))


FARTHEST = 2**62
"""Stands for an end that is not there, and for values beyond it."""


def _held(number: Exact, absent: int) -> int:
    if number != number:  # noqa: PLR0124 - nan
        return absent
    return int(min(max(number, -FARTHEST), FARTHEST))


End = Literal["low", "high", "top", "bottom"]
"""An end of a number as a comparison looks at it: `top` is `high`, and `bottom` is `low`, wherever there is a value.

Without one, `low` and `top` are the lowest of all numbers, `high` and `bottom` the highest.
"""
_ENDS: dict[str, Callable[[Exact], int]] = {
    "or_lowest": lambda number: _held(number, -FARTHEST),
    "or_highest": lambda number: _held(number, FARTHEST),
}


class Program:
    """A function that takes `Working` through steps; it can be kept between runs.

    It returns the tuples that were asked for. `run` is the bare function.
    """

    def __init__(self, code: CodeType, constants: Mapping[str, Any]) -> None:
        self._code = code
        self._constants = constants
        namespace = {**RUNTIME, **_ENDS, "round_ratio": round_ratio, **constants}
        exec(code, namespace)  # our own source, made from checked trees
        self.run: Callable[[Working], tuple[tuple[int, ...], ...]] = namespace["program"]

    def __call__(self, working: Working) -> tuple[tuple[int, ...], ...]:
        """Take `working` through the steps."""
        return self.run(working)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (marshal.dumps(self._code), self._constants)


def _again(code: bytes, constants: Mapping[str, Any]) -> Program:
    """A program that was kept: by this version of Python, for `marshal` promises nothing to another one."""
    return Program(marshal.loads(code), constants)
