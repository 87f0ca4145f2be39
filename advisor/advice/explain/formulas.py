"""A formula or condition in the words of the rulebook, and what went into it for one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from advisor.advice.explain.setting import Setting
from advisor.advice.wording import label_of
from advisor.language import Node, nodes
from advisor.language.nodes import children
from advisor.phrases import Phrases

_OPERATORS = {"+": "plus", "-": "minus", "*": "times", "/": "divided"}
_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}
_BRACKETED = nodes.All | nodes.Some | nodes.Arithmetic | nodes.If | nodes.Default | nodes.Clamp | nodes.Ramp


class Input(NamedTuple):
    """A name that went into a value; `fallback` is what was taken for it, where nobody knows it."""

    name: str
    fallback: Node | None = None


def inputs(node: Node, setting: Setting) -> list[Input]:
    """What went into a value, in the order in which it is written; of alternatives only what decided and was taken."""
    found: dict[str, Input] = {}
    for each in _inputs(node, setting):
        if each.name not in found or each.fallback is not None:
            found[each.name] = each
    return list(found.values())


def _inputs(node: Node, setting: Setting) -> Iterator[Input]:
    match node:
        case nodes.Name() | nodes.Parameter():
            if node.signature.origin != "column":
                yield Input(node.signature.name)
        case nodes.Default(operand, fallback):
            name = operand.signature.name
            taken = not setting.is_known(name) and setting.applies(name)
            yield Input(name, fallback if taken else None)
            if not setting.is_known(name):
                yield from _inputs(fallback, setting)
        case nodes.If(condition, then, other) if (truth := setting.known.value(condition)) is not None:
            yield from _inputs(condition, setting)
            yield from _inputs(then if truth else other, setting)
        case _:
            for each in children(node):
                yield from _inputs(each, setting)


def _joined(kind: type[nodes.All] | type[nodes.Some], parts: list[Node], whole: Node) -> Node:
    """What is left of operands; all of it where nothing is."""
    return whole if not parts else parts[0] if len(parts) == 1 else kind(tuple(parts))


class FormulaWords:
    """Writes expressions with labels in place of names, of alternatives only what was taken for this unit."""

    def __init__(self, setting: Setting) -> None:
        """Write for the unit of `setting`."""
        self._setting = setting
        self._rulebook = setting.rulebook
        self._say = setting.say
        self._writers = self._writers_of(setting.say)

    def formula(self, node: Node) -> str:
        """A formula; behind it the condition for which it was chosen."""
        words, reason = self.written(self._taken(node)), self._reason(node)
        return self._say("formula.chosen", formula=words, condition=reason) if reason else words

    def _taken(self, node: Node) -> Node:
        """What of a formula gives its value: without branches not taken, and without tests of what is known."""
        match node:
            case nodes.If(condition, then, other) if (truth := self._setting.known.value(condition)) is not None:
                return self._taken(then if truth else other)
            case nodes.Default(operand, _) if self._setting.is_known(operand.signature.name):
                return operand
            case nodes.All(operands):
                return _joined(nodes.All, [each for each in operands if self._guards(each) is not True], node)
            case nodes.Some(operands):
                left = [self._taken(each) for each in operands if not self._is_ruled_out(each)]
                return _joined(nodes.Some, left, node)
            case _:
                return node

    def _guards(self, node: Node) -> bool | None:
        """Whether a test of what is known holds; nothing for any other expression."""
        tested = node.operand if isinstance(node, nodes.Not) else node
        truth: bool | None = self._setting.known.value(node) if isinstance(tested, nodes.Known) else None
        return truth

    def _is_ruled_out(self, node: Node) -> bool:
        parts = node.operands if isinstance(node, nodes.All) else (node,)
        return any(self._guards(each) is False for each in parts)

    def _reason(self, node: Node) -> str:
        if not isinstance(node, nodes.If):
            return ""
        truth = self._setting.known.value(node.condition)
        if truth is None:
            return ""
        return self.written(node.condition) if truth else self._reason(node.other)

    def written(self, node: Node) -> str:
        """An expression."""
        node = self._taken(node)
        return self._writers[type(node)](node)

    def _writers_of(self, say: Phrases) -> dict[type, Callable[[Any], str]]:
        written, label, items = self.written, self._label, self._items
        return {
            nodes.Number: lambda n: say.decimal(n.value, 4),
            nodes.Truth: lambda n: say("word.yes" if n.value else "word.no"),
            nodes.Text: lambda n: n.value,
            nodes.Nothing: lambda n: say("word.not_known" if n.applicable else "word.not_applicable"),
            nodes.Name: label,
            nodes.Parameter: label,
            nodes.Not: lambda n: say("formula.not", words=self._bracketed(n.operand)),
            nodes.All: lambda n: say("formula.all").join(map(self._bracketed, n.operands)),
            nodes.Some: lambda n: say("formula.some").join(map(self._bracketed, n.operands)),
            nodes.Compare: self._compared,
            nodes.Arithmetic: self._arithmetic,
            nodes.If: self._either,
            nodes.Aggregate: self._aggregate,
            nodes.TruthIs: lambda n: say(
                "formula.is", label=label(n.name), words=say("word.yes" if n.value else "word.no")
            ),
            nodes.ChoiceIn: lambda n: say(
                "formula.is", label=written(n.operand), words=self._choices(n.operand, n.choices)
            ),
            nodes.Contains: self._contains,
            nodes.Known: lambda n: say("formula.known", label=label(n.name)),
            nodes.Applicable: lambda n: say("formula.applies", label=label(n.name)),
            nodes.Default: self._default,
            nodes.Ramp: lambda n: say("formula.ramp", of=written(n.operand), low=written(n.start), high=written(n.end)),
            nodes.Clamp: lambda n: say(
                "formula.clamp", of=written(n.operand), low=written(n.low), high=written(n.high)
            ),
            nodes.Points: lambda n: say("formula.points", label=label(n.name)),
            nodes.Extreme: lambda n: say(f"formula.{n.which}", items=items(n.operands)),
            nodes.MeanOfKnown: lambda n: say("formula.mean_of_known", items=items(n.operands), number=n.at_least),
            nodes.FirstKnown: lambda n: say("formula.first_known", items=items(n.operands)),
            nodes.Count: lambda n: say("formula.count", items=items(n.conditions)),
        }

    def _compared(self, node: nodes.Compare) -> str:
        return f"{self._bracketed(node.left)} {_SIGNS.get(node.op, node.op)} {self._bracketed(node.right)}"

    def _either(self, node: nodes.If) -> str:
        then, condition, other = map(self._bracketed, (node.then, node.condition, node.other))
        return self._say("formula.either", then=then, condition=condition, other=other)

    def _contains(self, node: nodes.Contains) -> str:
        key = "formula.holds_not" if node.negated else "formula.holds"
        return self._say(key, label=self._label(node.name), words=self._choices(node.name, [node.choice]))

    def _default(self, node: nodes.Default) -> str:
        words = self._fallback(node.operand, node.fallback)
        return self._say("formula.default", label=self._label(node.operand), words=words)

    def _fallback(self, operand: nodes.Name, fallback: Node) -> str:
        return self._choices(operand, [fallback.value]) if isinstance(fallback, nodes.Text) else self.written(fallback)

    def _arithmetic(self, node: nodes.Arithmetic) -> str:
        sign = self._say(f"arithmetic.{_OPERATORS[node.op]}")
        return f"{self._operand(node, node.left)} {sign} {self._operand(node, node.right, right=True)}"

    def _operand(self, node: nodes.Arithmetic, part: Node, right: bool = False) -> str:
        """An operand, in brackets only where they are needed."""
        part = self._taken(part)
        if isinstance(part, nodes.Arithmetic):
            looser = node.op in "*/" and part.op in "+-"
            return f"({self.written(part)})" if looser or (right and node.op in "-/") else self.written(part)
        return self._bracketed(part)

    def _bracketed(self, node: Node) -> str:
        words = self.written(node)
        return f"({words})" if isinstance(self._taken(node), _BRACKETED) else words

    def _aggregate(self, node: nodes.Aggregate) -> str:
        table = node.table.signature.name
        columns = {each.name: each.label for each in self._rulebook.questions[table].columns}
        rows = _Rows(self._setting, columns, table)
        key = "count" if node.function == "count" and node.column is None else node.function
        column, by = (rows.written(each) if each else "" for each in (node.column, node.by))
        words = self._say(f"formula.rows_{key}", column=column, by=by, table=self._label(node.table))
        where = rows.written(node.where) if node.where else ""
        return self._say("formula.where", words=words, condition=where) if where else words

    def _items(self, parts: Iterable[Node]) -> str:
        return self._say.in_row([self.written(each) for each in parts])

    def _label(self, node: nodes.Name | nodes.Parameter) -> str:
        name = node.signature.name
        rules = self._rulebook.findings.get(name, ())
        return self._rulebook.rules[rules[0]].title if len(rules) == 1 else label_of(name, self._rulebook)

    def _choices(self, operand: Node, words: Iterable[str]) -> str:
        while isinstance(operand, nodes.Default):
            operand = operand.operand
        labels = self._labels_of_choices(operand.signature.name if isinstance(operand, nodes.Name) else "")
        chosen = set(words)
        known = [label for value, label in labels.items() if value in chosen]
        said = known + sorted(chosen - labels.keys())
        return self._say("formula.some").join(self._say("word.quoted", words=each) for each in said)

    def _labels_of_choices(self, name: str) -> dict[str, str]:
        question = self._rulebook.questions.get(name)
        return {each.value: each.label for each in question.choices} if question else {}


class _Rows(FormulaWords):
    """The same about the columns of a table."""

    def __init__(self, setting: Setting, columns: dict[str, str], table: str) -> None:
        super().__init__(setting)
        self._columns = columns
        self._table = table

    def _label(self, node: nodes.Name | nodes.Parameter) -> str:
        return self._columns.get(node.signature.name) or super()._label(node)

    def _labels_of_choices(self, name: str) -> dict[str, str]:
        columns = self._rulebook.questions[self._table].columns
        return {each.value: each.label for column in columns if column.name == name for each in column.choices}
