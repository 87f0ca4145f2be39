"""What entries of the rulebook are called in the language of the interview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from advisor.engines.outcomes import PATTERN, PREPARATION
from advisor.interview.typed import Reader
from advisor.interview.wording import Wording
from advisor.language import Fact, intervals
from advisor.language.intervals import Exact
from advisor.profile import Answer, Cell
from advisor.rulebook import Column, Question, Rulebook
from advisor.rulebook.model import Pattern, Preparation, Verdict


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of one rulebook, in the language that its texts are in, and values in words."""

    rulebook: Rulebook
    reader: Reader

    @property
    def wording(self) -> Wording:
        """What the interview says of its own."""
        return self.reader.wording

    def question(self, name: str) -> Question:
        """A question with its texts."""
        return self.rulebook.questions[name]

    def section(self, name: str) -> str:
        """The title of a section."""
        return next(each.title for each in self.rulebook.sections if each.name == name)

    def label(self, name: str) -> str:
        """The label of a question or measure."""
        if name in self.rulebook.questions:
            return self.question(name).label or name
        return self.rulebook.measures[name].label

    def rule(self, rule: str) -> str:
        """The title of a rule."""
        return self.rulebook.rules[rule].title

    def verdict(self, word: str) -> str:
        """The title of a verdict."""
        return _titled(word, self.rulebook.frame.verdicts)

    def pattern(self, word: str) -> str:
        """The title of a pattern, with or without the outcome's prefix."""
        return _titled(word.removeprefix(PATTERN), self.rulebook.frame.patterns)

    def preparation(self, name: str) -> str:
        """The title of a preparation, with or without the outcome's prefix."""
        return _titled(name.removeprefix(PREPARATION), self.rulebook.frame.preparations)

    def erosion(self, level: str) -> str:
        """The sentence on an erosion level."""
        return self.rulebook.frame.erosion.titles.get(level, level)

    def figure(self, name: str, fact: Fact) -> str | None:
        """A measure in words, such as "8 to 13.5 hours a day"; None where nothing is known of it."""
        if not intervals.is_known(fact) or intervals.is_not_applicable(fact):
            return None
        measure, (low, high) = self.rulebook.measures[name], fact
        ends = [self._end(end, self.rulebook.scope[name].scale) for end in (low, high)]
        unit = self.reader.language.says(measure.unit)
        return f"{ends[0] if low == high else ' – '.join(ends)} {unit}".rstrip()

    def _end(self, end: Exact, scale: int) -> str:
        return "…" if isinstance(end, float) else self.reader.shown(Decimal(int(end)) / scale)

    def answer(self, answer: Answer, question: Question) -> str:
        """An answer in words."""
        if answer.state == "unknown":
            return self.wording.unknown_word
        if answer.state == "not_applicable":
            return self.wording.not_applicable_word.format(reason=answer.reason)
        if isinstance(answer.value, tuple):
            if question.type == "table":
                return self.wording.rows.format(number=len(answer.value))
            words = [self.cell(word, question) for word in answer.value if isinstance(word, str)]
            return ", ".join(words) or self.wording.none_of_them[0]
        unit = f" {self.reader.unit(question)}" if question.type == "number" and question.unit else ""
        if answer.low is None or answer.high is None:
            return f"{self.cell(answer.value, question)}{unit}"
        ends = f"{self.reader.shown(answer.low)}..{self.reader.shown(answer.high)}"
        return f"{ends}{unit}" if answer.value is None else f"{self.cell(answer.value, question)} ({ends}){unit}"

    def cell(self, value: Cell, asked: Question | Column) -> str:
        """A single value in words."""
        if isinstance(value, bool):
            return self.wording.yes_word if value else self.wording.no_word
        if isinstance(value, Decimal):
            return self.reader.shown(value)
        return next((choice.label for choice in asked.choices if choice.value == value), str(value))


def _titled(name: str, parts: Iterable[Pattern | Preparation | Verdict]) -> str:
    return next((each.title for each in parts if each.name == name), name)
