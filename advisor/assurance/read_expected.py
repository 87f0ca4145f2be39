"""What a case expects: each name is looked up in the rulebook, each value read as what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import get_args

from advisor.advice.model import Status
from advisor.assurance.cases import ABSENT, OPEN, PRESENT, About, Bounds, Expected, Wanted
from advisor.profile.texts import read_fields, read_items, read_scalar
from advisor.reading import Collector, Mapping, Node, Scalar, did_you_mean, quote
from advisor.rulebook import Rulebook
from advisor.rulebook.model import NOT_ASSESSED

NOT_APPLICABLE, UNKNOWN, NO_VERDICT = "not_applicable", "unknown", "none"
STATUSES: tuple[str, ...] = get_args(Status)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
Reader = Callable[[Node], Iterator[Expected]]


class Expectations:
    """Reads the mapping under `expect:`."""

    def __init__(self, rulebook: Rulebook, problems: Collector) -> None:
        """Keep what names are looked up in."""
        frame = rulebook.frame
        self.rulebook = rulebook
        self.problems = problems
        self.findings = (*rulebook.rules, *rulebook.findings)
        self.verdicts = tuple(verdict.name for verdict in frame.verdicts)
        self.patterns = tuple(pattern.name for pattern in frame.patterns)
        self.preparations = tuple(each.name for each in frame.preparations)
        self.levels = (*frame.erosion.levels, NOT_ASSESSED)
        self.values = (*rulebook.measures, *rulebook.questions)
        self.readers: dict[str, Reader] = {
            "findings": self._findings,
            "verdict": lambda node: self._word("verdict", node, (*self.verdicts, NO_VERDICT)),
            "also": lambda node: self._words("also", node, self.verdicts),
            "recommended": lambda node: self._words("recommended", node, self.patterns),
            "excluded": lambda node: self._words("excluded", node, self.patterns),
            "preparations": self._preparations,
            "erosion": lambda node: self._word("erosion", node, self.levels),
            "patterns": self._patterns,
            "measures": self._measures,
        }

    def read(self, node: Node) -> Iterator[Expected]:
        """Each thing that the case expects."""
        for key, value in read_fields(node, self.readers, "expect", self.problems).items():
            yield from self.readers[key](value)

    def _findings(self, node: Node) -> Iterator[Expected]:
        for state, names in read_fields(node, (PRESENT, ABSENT, OPEN), "findings", self.problems).items():
            for item in read_items(names, state, self.problems):
                name = self._known(item, self.findings, "rule or finding")
                if name:
                    yield Expected("finding", name, state, item.place)

    def _word(self, about: About, node: Node, known: Collection[str]) -> Iterator[Expected]:
        word = self._known(node, known, about)
        if word:
            yield Expected(about, about, word, node.place)

    def _words(self, about: About, node: Node, known: Collection[str]) -> Iterator[Expected]:
        words = [self._known(item, known, about) for item in read_items(node, about, self.problems)]
        yield Expected(about, about, tuple(word for word in words if word), node.place)

    def _preparations(self, node: Node) -> Iterator[Expected]:
        for name, value in read_fields(node, self.preparations, "preparations", self.problems).items():
            status = self._known(value, STATUSES, "status of a preparation")
            if status:
                yield Expected("preparation", name, status, value.place)

    def _patterns(self, node: Node) -> Iterator[Expected]:
        for name, value in read_fields(node, self.patterns, "patterns", self.problems).items():
            yield Expected("pattern", name, self._bounds(value), value.place)

    def _measures(self, node: Node) -> Iterator[Expected]:
        for name, value in read_fields(node, self.values, "measures", self.problems).items():
            signature = self.rulebook.scope[name]
            if isinstance(value, Mapping):
                yield Expected("measure", name, self._bounds(value), value.place)
            elif (scalar := read_scalar(value, name, self.problems)) is not None:
                yield Expected("measure", name, self._value(scalar, signature.kind), value.place)

    def _value(self, scalar: Scalar, kind: str) -> Wanted:
        if scalar.text == UNKNOWN:
            return None
        if scalar.text == NOT_APPLICABLE or kind in ("text", "choice"):
            return scalar.text
        if kind == "truth" and scalar.text in ("true", "false"):
            return scalar.text == "true"
        return self._number(scalar, "true or false" if kind == "truth" else "a number", ok=kind == "number")

    def _bounds(self, node: Node) -> Bounds:
        fields = read_fields(node, ("low", "high"), "a score or range", self.problems)
        ends = {key: self._number(value, "a number") for key, value in fields.items()}
        return Bounds(ends.get("low"), ends.get("high"))

    def _number(self, node: Node, wanted: str, *, ok: bool = True) -> Decimal | None:
        scalar = read_scalar(node, wanted, self.problems)
        if scalar and ok and not scalar.quoted and _NUMBER.fullmatch(scalar.text):
            return Decimal(scalar.text)
        if scalar:
            hint = f"write {wanted}, {UNKNOWN} or {NOT_APPLICABLE}"
            self.problems.add(node.place, "X003", f"{quote(scalar.text)} cannot be expected here; {hint}")
        return None

    def _known(self, node: Node, known: Collection[str], what: str) -> str | None:
        scalar = read_scalar(node, what, self.problems)
        if scalar is None or scalar.text in known:
            return scalar.text if scalar else None
        hint = did_you_mean(scalar.text, known)
        if not hint and len(known) <= 12:
            hint = f"; there are {', '.join(known)}"
        self.problems.add(node.place, "X002", f"there is no {what} {quote(scalar.text)}{hint}")
        return None
