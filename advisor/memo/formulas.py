"""A formula with this client's values in it, from the typed expression itself: no measure is named here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeGuard

from advisor.advice.wording import with_unit
from advisor.language import Node, intervals, nodes
from advisor.language.intervals import Interval
from advisor.language.values import is_known_fact
from advisor.memo.view import View
from advisor.phrases.writing import MINUS

_RANGE, _SUM, _PRODUCT, _ATOM = -1, 0, 1, 2
_PERCENT = ("%", "pts")
_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A written part: how firmly it binds, and its dimension in percent: 1 for a percentage, 2 for a product of two."""

    text: str
    binds: int = _ATOM
    percents: int = 0

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.percents > 0

    def inside(self, binds: int) -> str:
        """The text, in brackets where the operation around it binds more firmly."""
        alone = self.binds >= binds and not (self.binds == _ATOM and self.text[0] == MINUS)
        return self.text if alone else f"({self.text})"


class Formulas:
    """Writes formulas for one unit."""

    def __init__(self, view: View) -> None:
        """Write for the unit of `view`."""
        self._view = view

    def written(self, node: Node, result: str = "") -> str:
        """The formula with values; where it only takes over another figure, that figure by its name.

        A constant stands as its `result`. What a condition chose is followed by what it was chosen for; where an
        answer does not apply, that is the calculation.
        """
        effective = self._effective(node)
        if isinstance(effective, nodes.Name):
            return self._view.say("arithmetic.same", label=self._view.label(effective.signature.name))
        outside = list(dict.fromkeys(self._inapplicable(effective)))
        if outside:
            return self._view.say.in_row([self._view.fact(name) for name in outside])
        constant = isinstance(effective, nodes.Number | nodes.Parameter) and result
        chosen = self._chosen_for(node)
        text = result if constant else self._piece(node).text
        return text + (self._view.say("arithmetic.chosen_for", condition=chosen) if chosen else "")

    def _inapplicable(self, node: Node) -> Iterator[str]:
        """The names that do not apply and that no default stands in for."""
        if isinstance(node, nodes.Name) and not self._view.applies(node.signature.name):
            yield node.signature.name
        for child in () if isinstance(node, nodes.Default) else nodes.children(node):
            yield from self._inapplicable(child)

    def takes_over(self, node: Node) -> bool:
        """Whether a formula only takes over another figure."""
        return isinstance(self._effective(node), nodes.Name)

    def _chosen_for(self, node: Node) -> str:
        """The condition under which the branch in effect was taken; none where it is what is left of all."""
        if not isinstance(node, nodes.If) or isinstance(node.condition, nodes.Name):
            return ""
        truth = self._view.known.value(node.condition)
        return condition(node.condition, self._view, "") if truth is True else self._chosen_for(node.other)

    def is_calculation(self, node: Node) -> bool:
        """Whether a formula puts figures together, rather than taking one over."""
        return isinstance(self._effective(node), nodes.Arithmetic)

    def _effective(self, node: Node) -> Node:
        """The part of a formula that gave its value."""
        chosen = self._chosen(node)
        return node if chosen is None else self._effective(chosen)

    def _chosen(self, node: Node) -> Node | None:
        match node:
            case nodes.If(condition, then, other):
                truth = self._view.known.value(condition)
                return then if truth is True else other if truth is False else None
            case nodes.FirstKnown(operands):
                return next((each for each in operands if self._is_known(each)), None)
            case nodes.Default(operand, _) if self._view.is_known(operand.signature.name):
                return operand
            case nodes.Extreme(operands=operands) | nodes.Clamp(operands=operands):
                value = self._value(node)
                equal = [each for each in operands if self._is_known(each) and self._value(each) == value]
                return equal[0] if equal else None
            case _:
                return None

    def _piece(self, node: Node) -> _Piece:
        chosen = self._chosen(node)
        if chosen is not None:
            others = node.operands if isinstance(node, nodes.Extreme) else ()
            piece, percents = self._piece(chosen), max((self._piece(each).percents for each in others), default=0)
            return _Piece(self._side(piece, percents > 0), piece.binds, max(percents, piece.percents))
        match node:
            case nodes.Number(value):
                return _Piece(self._view.say.decimal(value, 4))
            case nodes.Parameter() | nodes.Name():
                return self._named(node)
            case nodes.Default(operand, fallback):
                return self._assumed(operand, self._fallback(operand, fallback))
            case nodes.Arithmetic() if self._is_known(node):
                return self._arithmetic(node)
            case nodes.Ramp(operand, start, end) if self._is_between(operand, start, end):
                way, whole = nodes.Arithmetic("-", operand, start), nodes.Arithmetic("-", end, start)
                return self._piece(nodes.Arithmetic("/", way, whole))
            case nodes.Extreme(which, operands):
                parts = [self._piece(each) for each in operands]
                text = self._view.say(f"arithmetic.{which}", items="; ".join(part.text for part in parts))
                return _Piece(text, percents=max(part.percents for part in parts))
            case _:
                return self._computed(node)

    def _is_between(self, operand: Node, start: Node, end: Node) -> bool:
        """Whether a value lies within a ramp, so that how far it has come can be written out."""
        value, low, high = (self._value(each) for each in (operand, start, end))
        return self._is_known(operand) and low[1] < value[0] and value[1] < high[0]

    def _assumed(self, operand: nodes.Name, piece: _Piece) -> _Piece:
        """A fallback marked as assumed, unless what it stands for does not apply: then nothing was assumed."""
        if not self._view.applies(operand.signature.name):
            return piece
        return _Piece(self._view.say("arithmetic.assumed", value=piece.text), piece.binds, piece.percents)

    def _fallback(self, operand: nodes.Name, fallback: Node) -> _Piece:
        """What stands in; a bare number takes the unit of what it stands for."""
        if not isinstance(fallback, nodes.Number):
            return self._piece(fallback)
        unit = self._unit(operand.signature.name)
        words = with_unit(self._view.say.decimal(fallback.value, 4), unit, self._view.rulebook, self._view.currency)
        return _Piece(words, percents=int(unit in _PERCENT))

    def _unit(self, name: str) -> str:
        rulebook = self._view.rulebook
        if name in rulebook.parameters:
            return rulebook.parameters[name].unit
        return rulebook.questions[name].unit if name in rulebook.questions else rulebook.measures[name].unit

    def _named(self, node: nodes.Parameter | nodes.Name) -> _Piece:
        name = node.signature.name
        if not self._view.is_known(name):
            text = self._view.say("arithmetic.whatever", label=self._view.label(name))
            return _Piece(text, percents=int(self._unit(name) in _PERCENT))
        binds = _ATOM if self._view.is_settled(name) else _RANGE
        return _Piece(self._view.exact(name).removeprefix("+"), binds, int(self._unit(name) in _PERCENT))

    def _arithmetic(self, node: nodes.Arithmetic) -> _Piece:
        left, right = self._piece(node.left), self._piece(node.right)
        if node.op == "/" and left.percent and node.right == nodes.Number(Fraction(100)):
            return _Piece(left.text, left.binds, left.percents - 1)
        if node.op in "+-":
            percent = left.percent or right.percent
            text = f"{self._side(left, percent)} {self._sign(node)} {self._right(right, node.op, percent)}"
            return _Piece(text, _SUM, max(left.percents, right.percents))
        percents = left.percents + (right.percents if node.op == "*" else -right.percents)
        return _Piece(f"{left.inside(_PRODUCT)} {self._sign(node)} {right.inside(_ATOM)}", _PRODUCT, percents)

    def _sign(self, node: nodes.Arithmetic) -> str:
        return self._view.say(f"arithmetic.{_SIGNS[node.op]}")

    def _side(self, piece: _Piece, percent: bool) -> str:
        bare = piece.text.replace(",", "").replace(".", "").isdigit()
        return self._view.say.percent(piece.text) if percent and bare else piece.text

    def _right(self, piece: _Piece, op: str, percent: bool) -> str:
        text = self._side(piece, percent)
        return f"({text})" if text[0] == MINUS or (piece.binds == _SUM and op == "-") else text

    def _computed(self, node: Node) -> _Piece:
        """A part that has no short way of writing: its value alone."""
        value = self._value(node)
        if not intervals.is_known(value):
            return _Piece(self._view.say("arithmetic.open"))
        low, high = (self._view.say.decimal(Fraction(end), 2) for end in value)
        return _Piece(low) if low == high else _Piece(self._view.say("word.range", low=low, high=high), _RANGE)

    def _is_known(self, node: Node) -> bool:
        return is_known_fact(self._value(node))

    def _value(self, node: Node) -> Interval:
        value: Interval = self._view.known.value(node)
        return value


def condition(node: Node, view: View, about: str) -> str:
    """A condition in words, for a reader who already sees which quantity `about` it looks at."""
    match node:
        case nodes.All(operands) if any(isinstance(each, nodes.Known) for each in operands):
            said = tuple(each for each in operands if not isinstance(each, nodes.Known))
            return condition(said[0] if len(said) == 1 else nodes.All(said), view, about)
        case nodes.All(operands):
            return view.say("condition.all").join(condition(each, view, about) for each in operands)
        case nodes.Some(operands):
            return view.say("condition.some").join(condition(each, view, about) for each in operands)
        case nodes.Compare(op, left, right):
            sign = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}.get(op, op)
            value = view.exact(right.signature.name) if _is_name(right) else Formulas(view).written(right)
            return f"{_named(left, view, about)}{sign} {value}"
        case nodes.ChoiceIn(nodes.Name() as name, choices):
            return _named(name, view, about) + view.chosen(name.signature.name, choices, "condition.some")
        case nodes.TruthIs(name, value):
            return _named(name, view, about) + view.say("word.yes" if value else "word.no")
        case nodes.Name():
            return _named(node, view, about) + view.say("word.yes")
        case _:
            return view.say("condition.other")


def _is_name(node: Node) -> TypeGuard[nodes.Name | nodes.Parameter]:
    return isinstance(node, nodes.Name | nodes.Parameter)


def _named(node: Node, view: View, about: str) -> str:
    name = node.signature.name if isinstance(node, nodes.Name) else ""
    return "" if not name or name == about else view.say("condition.of", label=view.label(name))
