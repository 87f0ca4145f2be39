"""What a name is to the solver, by its kind, and the conditions over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from advisor.engines.proof.numbers import INAPPLICABLE, Number, number_if, of_interval
from advisor.engines.proof.terms import Flag, every, negated, some
from advisor.language import NOT_APPLICABLE, UNKNOWN, Fact, Signature


@dataclass(frozen=True, slots=True)
class Rails:
    """A condition: certainly true, certainly false; open where it is neither."""

    true: Flag
    false: Flag

    @property
    def is_open(self) -> Flag:
        """Whether it is neither."""
        return every((negated(self.true), negated(self.false)))


def certain(flag: Flag) -> Rails:
    """A condition that is never open."""
    return Rails(flag, negated(flag))


@dataclass(frozen=True, slots=True)
class Truth:
    """A yes/no name: true, false, neither; or not applicable."""

    true: Flag
    false: Flag
    inapplicable: Flag = False

    @property
    def known(self) -> Flag:
        """Whether it is true or false."""
        return some((self.true, self.false))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several words: at most one holds, none where it is unknown or does not apply."""

    words: Mapping[str, Flag]
    known: Flag
    inapplicable: Flag = False


@dataclass(frozen=True, slots=True)
class Several:
    """Any of several words, where they are known."""

    words: Mapping[str, Flag]
    known: Flag
    inapplicable: Flag = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows: those given, or rows that are themselves open and may be absent."""

    rows: tuple[Mapping[str, Fact], ...] = ()
    known: Flag = True
    inapplicable: Flag = False
    open_rows: tuple[tuple[Flag, Mapping[str, Any]], ...] | None = None
    is_free: bool = False


Value: TypeAlias = Number | Truth | Choice | Several | Table


def of_fact(fact: Fact, signature: Signature) -> Value:
    """The value of a fact that is there now."""
    if signature.kind == "number":
        return of_interval(fact, signature.scale)
    inapplicable, known = isinstance(fact, str) and fact == NOT_APPLICABLE, fact is not UNKNOWN
    known = known and not inapplicable
    match signature.kind:
        case "truth":
            return Truth(fact is True, fact is False, inapplicable)
        case "choices":
            return Several({word: known and word in fact for word in signature.choices}, known, inapplicable)
        case "table":
            return Table(fact if known else (), known, inapplicable)
        case _:
            words = signature.choices or ((fact,) if known else ())
            return Choice({word: known and word == fact for word in words}, known, inapplicable)


def nothing(signature: Signature) -> Value:
    """What a name of this kind is where it does not apply."""
    if signature.kind == "number":
        return INAPPLICABLE
    return of_fact(NOT_APPLICABLE, signature)


def without(value: Value, inapplicable: Flag) -> Value:
    """A value that does not apply where `inapplicable` holds."""
    applies = negated(inapplicable)
    match value:
        case Number():
            return number_if(inapplicable, INAPPLICABLE, value)
        case Truth():
            false = every((applies, value.false))
            return Truth(every((applies, value.true)), false, some((inapplicable, value.inapplicable)))
        case Choice() | Several():
            words = {word: every((applies, flag)) for word, flag in value.words.items()}
            known = every((applies, value.known))
            return type(value)(words, known, some((inapplicable, value.inapplicable)))
        case Table():
            known, none = every((applies, value.known)), some((inapplicable, value.inapplicable))
            return Table(value.rows, known, none, value.open_rows, value.is_free)


def chosen(test: Flag, then: Value, other: Value) -> Value:
    """`then` or `other`, by `test`; two values of the same kind."""
    if isinstance(test, bool):
        return then if test else other
    first, second = without(then, negated(test)), without(other, test)
    if isinstance(then, Number) and isinstance(other, Number):
        return number_if(test, then, other)
    inapplicable = some((every((test, then.inapplicable)), every((negated(test), other.inapplicable))))
    if isinstance(first, Truth) and isinstance(second, Truth):
        return Truth(some((first.true, second.true)), some((first.false, second.false)), inapplicable)
    if isinstance(first, Choice | Several) and isinstance(second, Choice | Several):
        names = {**first.words, **second.words}
        words = {word: some((first.words.get(word, False), second.words.get(word, False))) for word in names}
        return type(first)(words, some((first.known, second.known)), inapplicable)
    assert isinstance(first, Table) and isinstance(second, Table)
    base = first if first.open_rows is not None or first.is_free or first.rows else second
    known = some((first.known, second.known))
    return Table(base.rows, known, inapplicable, base.open_rows, base.is_free)
