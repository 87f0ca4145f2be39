"""Columns that are computed from columns: named once, laid in layers, dropped after their last use."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from advisor.engines.columns.expression import Expression
from advisor.engines.columns.expression import column as column_called

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Layer:
    """Columns that can be computed side by side, and those that nothing reads once they are there."""

    columns: list[str]
    dropped: list[str]


class Layers(ABC, Generic[E]):
    """Collects columns. `inputs` are there before; each other one is an expression over earlier ones."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self.inputs = tuple(inputs)
        self.columns: dict[str, E] = {}
        self._reads: dict[str, Collection[str]] = {}
        self._layer = dict.fromkeys(self.inputs, 0)
        self._kept: dict[Hashable, str] = {}

    @staticmethod
    @abstractmethod
    def reads_of(expression: E) -> Collection[str]:
        """The names of the columns in an expression, each once."""

    @staticmethod
    @abstractmethod
    def is_column(expression: E) -> bool:
        """Whether an expression is but a column."""

    @staticmethod
    @abstractmethod
    def key_of(expression: E) -> Hashable:
        """The same for the same expression."""

    @staticmethod
    @abstractmethod
    def column_of(name: str) -> E:
        """The expression that is a column."""

    def name(self, column: str, expression: E) -> E:
        """Give an expression a name of its own."""
        assert column not in self._layer, column
        self._reads[column] = reads = self.reads_of(expression)
        self._layer[column] = 1 + max((self._layer[read] for read in reads), default=0)
        self.columns[column] = expression
        return self.column_of(column)

    def keep(self, expression: E) -> E:
        """A column that holds an expression which is read more than once; the same for the same expression."""
        if self.is_column(expression) or not self.reads_of(expression):
            return expression
        key = self.key_of(expression)
        if key not in self._kept:
            self._kept[key] = f"…{len(self._kept)}"
            self.name(self._kept[key], expression)
        return self.column_of(self._kept[key])

    def layers(self, wanted: Iterable[str]) -> Iterator[Layer]:
        """What has to be computed for the `wanted` columns, in order; first what of the inputs goes at once."""
        wanted = list(wanted)
        needed = self.behind(wanted)
        layers: dict[int, list[str]] = {0: []}
        for column in self.columns:
            if column in needed:
                layers.setdefault(self._layer[column], []).append(column)
        last = dict.fromkeys(self.inputs, 0)
        for layer, columns in layers.items():
            for column in columns:
                last[column] = max(last.get(column, 0), layer)
                for read in self._reads[column]:
                    last[read] = max(last.get(read, 0), layer)
        dropped: dict[int, list[str]] = {}
        kept = set(wanted)
        for column, layer in last.items():
            if column not in kept:
                dropped.setdefault(layer, []).append(column)
        for layer in sorted(layers):
            yield Layer(layers[layer], dropped.get(layer, []))

    def behind(self, wanted: Iterable[str]) -> set[str]:
        """The `wanted` columns and every one on which they rest."""
        waiting, found = list(wanted), set[str]()
        while waiting:
            column = waiting.pop()
            if column not in found:
                found.add(column)
                waiting += self._reads.get(column, ())
        return found


class Sheet(Layers[Expression]):
    """The columns of a rulebook, and where a number is too large for the column that should hold it.

    `limits` are inputs that are taken to be no farther from zero than a number, with the guard that tells where one is.
    """

    def __init__(self, inputs: Iterable[str]) -> None:
        super().__init__(inputs)
        self._guards: dict[Expression, str] = {}
        self.limits: dict[str, tuple[int, str]] = {}

    @staticmethod
    def reads_of(expression: Expression) -> Collection[str]:
        """The names of the columns in an expression, each once."""
        return expression.reads

    @staticmethod
    def is_column(expression: Expression) -> bool:
        """Whether an expression is but a column."""
        return expression.operation == "column"

    @staticmethod
    def key_of(expression: Expression) -> Hashable:
        """The same for the same expression."""
        return expression

    @staticmethod
    def column_of(name: str) -> Expression:
        """The expression that is a column."""
        return column_called(name)

    def guard(self, beyond: Expression) -> str:
        """Note where a number is too large for the column that should hold it; gives the name of the note."""
        if beyond not in self._guards:
            self._guards[beyond] = f"…beyond{len(self._guards)}"
            self.name(self._guards[beyond], beyond.fill_null(False))
        return self._guards[beyond]

    def limit(self, name: str, most: int) -> None:
        """Take an input to be no farther from zero than `most`, and note where it is."""
        self.limits[name] = most, self.guard(self.column_of(name).is_beyond(most))

    def guards_behind(self, wanted: Iterable[str]) -> list[str]:
        """The columns that tell where a number is too large on which one of the `wanted` may rest."""
        behind = self.behind(wanted)
        return [name for name in self._guards.values() if behind.issuperset(self._reads[name])]
