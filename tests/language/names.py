"""A few names of every kind, and expressions over them evaluated in both forms of the language."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import inf, nan
from typing import Any

from advisor.language import Fact, Kind, Node, Signature, ValueAlgebra, lower
from advisor.language.check import check
from advisor.language.runtime import RUNTIME
from advisor.language.source import Ends, Rails, SourceAlgebra
from advisor.language.units import dimension

UNKNOWN = (-inf, inf)
NONE = (nan, nan)
"""A number that is not known, and one that does not apply."""


def _number(name: str, unit: str = "", decimals: int = 2) -> Signature:
    return Signature(name, "number", "question", dimension(unit), decimals, Fraction(-1000), Fraction(1000))


def _parameter(name: str, value: str, unit: str = "") -> Signature:
    return Signature(name, "number", "parameter", dimension(unit), value=Fraction(value))


_COLUMNS = {
    "weight": Signature("weight", "number", "column", decimals=2),
    "kind": Signature("kind", "choice", "column", choices=("red", "green", "blue")),
    "flag": Signature("flag", "truth", "column"),
    "title": Signature("title", "text", "column"),
}
SCOPE: dict[str, Signature] = {
    signature.name: signature
    for signature in (
        *(_number(name) for name in ("n0", "n1", "n2", "n3", "n4", "n5")),
        *(Signature(f"b{number}", "truth", "question") for number in range(4)),
        _number("minutes", "min/case"), _number("hours", "h/day"), _number("cases", "case/day"),
        _number("share_pct", "%"), _number("change_pts", "pts"), _number("steps", decimals=0),
        _parameter("p0", "0"), _parameter("p1", "3"), _parameter("p2", "12.5"), _parameter("p3", "-4"),
        _parameter("minutes_per_hour", "60", "min/h"),
        Signature("colour", "choice", "question", choices=("red", "green", "blue")),
        Signature("tags", "choices", "question", choices=("red", "green", "blue")),
        Signature("rows", "table", "question", columns=_COLUMNS),
        Signature("found", "truth", "finding"),
        Signature("leading", "text", "measure"),
    )
}  # fmt: skip


def facts(**given: Any) -> dict[str, Fact]:
    """Facts for every name: those given, a number as itself, all others unknown."""
    known = {name: _fact(given[name], signature) for name, signature in SCOPE.items() if name in given}
    unknown = {name: UNKNOWN if signature.kind == "number" else None for name, signature in SCOPE.items()}
    return {**unknown, **known}


def _fact(value: Any, signature: Signature) -> Fact:
    if signature.kind == "number" and not isinstance(value, tuple):
        return (int(Fraction(str(value)) * signature.scale),) * 2
    if signature.kind == "number" and value not in (UNKNOWN, NONE) and value[0] == value[0]:
        return tuple(int(Fraction(str(end)) * signature.scale) for end in value)
    return tuple(value) if signature.kind == "table" and not isinstance(value, str | None) else value


def row(
    weight: Any = UNKNOWN, kind: str | None = None, flag: bool | None = None, title: str | None = None
) -> dict[str, Fact]:
    """A row of the table."""
    ends = weight if isinstance(weight, tuple) else (int(Fraction(str(weight)) * 100),) * 2
    return {"weight": ends, "kind": kind, "flag": flag, "title": title}


def checked(text: str, kind: Kind = "number") -> Node:
    return check(text, SCOPE, kind)


def truth(text: str, firm: bool = False, **given: Any) -> bool | None:
    """A condition, by the meaning."""
    found: bool | None = lower(checked(text, "truth"), ValueAlgebra(facts(**given), firm))
    return found


def number(text: str, firm: bool = False, **given: Any) -> Any:
    """A number, by the meaning: a value, a pair of ends, `UNKNOWN` or `NONE`."""
    low, high = lower(checked(text), ValueAlgebra(facts(**given), firm))
    if low != low:
        return NONE
    return low if low == high else (low, high)


def compiled(node: Node, known: Mapping[str, Fact], firm: bool) -> Any:
    """The same by the compiled form: three values or a pair of exact ends."""
    algebra = SourceAlgebra(lambda signature: f"v_{signature.name}", firm)
    lowered = lower(node, algebra)
    lines = [*_given(known), *algebra.statements, f"return {_result(lowered)}"]
    namespace = {**RUNTIME, **algebra.constants, "facts": known}
    exec("def program():\n" + "\n".join(f"    {line}" for line in lines), namespace)
    found = namespace["program"]()
    return tuple(_exact(end, lowered.scale) for end in found) if isinstance(lowered, Ends) else found


def _given(known: Mapping[str, Fact]) -> list[str]:
    return [
        f"v_{name}_l, v_{name}_h = facts[{name!r}]" if SCOPE[name].kind == "number" else f"v_{name} = facts[{name!r}]"
        for name in known
    ]


def _result(lowered: Any) -> str:
    if isinstance(lowered, Ends):
        return f"{lowered.low}, {lowered.high}"
    return (
        f"True if {lowered.true} else False if {lowered.false} else None"
        if isinstance(lowered, Rails)
        else str(lowered)
    )


def _exact(end: Any, scale: int) -> Any:
    return end if isinstance(end, float) else Fraction(end) / scale
