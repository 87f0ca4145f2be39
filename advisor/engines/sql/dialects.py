"""The dialects of SQL in which the rulebook can be written, and what is not the same in all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect, by the name that SQLGlot has for it.

    `wide` is its type for whole numbers of up to 38 digits. Where `divides_in_64_bits`, a quotient of such numbers is
    one of 64 bits. Where `types_by_hand`, every constant is given its type: Spark goes over the whole query once more
    for each layer in which it has to find a common type itself, and gives up after a hundred times. The tests run the
    shipped rulebook on it if `is_tested`.
    """

    name: str
    wide: str
    is_tested: bool
    divides_in_64_bits: bool = False
    types_by_hand: bool = False


DIALECTS = {
    each.name: each
    for each in (
        Dialect("duckdb", "INT128", is_tested=True),
        Dialect("spark", "DECIMAL(38, 0)", is_tested=True, divides_in_64_bits=True, types_by_hand=True),
        Dialect("databricks", "DECIMAL(38, 0)", is_tested=False, divides_in_64_bits=True, types_by_hand=True),
    )
}
TESTED = tuple(name for name, each in DIALECTS.items() if each.is_tested)
UNTESTED = tuple(name for name, each in DIALECTS.items() if not each.is_tested)
