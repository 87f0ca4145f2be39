"""Answers in the columns of the engine, as a person says them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import inf
from typing import Any

from advisor.advice.wording import shown
from advisor.language import Fact
from advisor.language.intervals import NO_NUMBER, UNKNOWN_NUMBER
from advisor.language.values import NOT_APPLICABLE, is_inapplicable_fact
from advisor.memo.view import short_labels
from advisor.phrases import phrases_in
from advisor.rulebook import Rulebook


class Told:
    """Says answers of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._worded = cache(self._word)

    def question(self, name: str) -> str:
        """A question by its short name."""
        question = self.rulebook.questions[name]
        return question.label or question.ask.rstrip("?")

    def answer(self, name: str, cells: Mapping[str, Any], currency: str | None) -> str:
        """The answer to a question that is no table, from a row of answers."""
        return self._worded(name, self._fact(name, cells), currency)

    def _fact(self, name: str, cells: Mapping[str, Any]) -> Fact:
        signature = self.rulebook.scope[name]
        if signature.kind == "choice":
            return cells[name]
        if cells[f"{name}.na"]:
            return NO_NUMBER if signature.kind == "number" else NOT_APPLICABLE
        if signature.kind == "number":
            low, high = cells[f"{name}.low"], cells[f"{name}.high"]
            return (-inf if low is None else low, inf if high is None else high)
        if signature.kind == "choices" and cells[name]:
            return frozenset(word for word in signature.choices if cells[f"{name}.has.{word}"])
        return cells[name]

    def _word(self, name: str, fact: Fact, currency: str | None) -> str:
        question = self.rulebook.questions[name]
        if fact in (None, UNKNOWN_NUMBER):
            return phrases_in(self.rulebook.spoken)("dash.no_answer")
        if isinstance(fact, str | frozenset) and not is_inapplicable_fact(fact):
            words = {fact} if isinstance(fact, str) else fact
            labels = [said for value, said in short_labels(question).items() if value in words]
            return ", ".join(labels) or "–"
        return shown(name, self.rulebook, {name: fact}, currency)
