"""What the writers of a memo look at: one unit's advice with everything behind it, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from advisor.advice import Advice
from advisor.advice.model import FindingResult, Number, UnitAdvice
from advisor.advice.waits import Dependencies
from advisor.advice.wording import NOT_KNOWN, decimal, filled, shown
from advisor.language.trace import is_settled
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.memo.blocks import Block, Heading, Origin, Paragraph, Text
from advisor.memo.citations import Citations
from advisor.memo.phrases import Phrases
from advisor.profile import Unit
from advisor.rulebook import SEVERITIES, Rulebook, Severity
from advisor.rulebook.model import PLACEHOLDER

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")


@dataclass(frozen=True, slots=True)
class View:
    """One unit and how to speak of it.

    `level` is the level of its parts' headings, `said` what was said of it already, `once` what the memo explained.
    """

    advice: Advice
    unit: UnitAdvice
    answers: Unit
    known: Dependencies
    say: Phrases
    cite: Citations
    level: int
    once: set[str]
    said: set[str] = field(default_factory=set)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the advice was made with."""
        return self.advice.rulebook

    @property
    def currency(self) -> str | None:
        """The client's currency."""
        return self.advice.profile.organisation.currency

    def label(self, name: str) -> str:
        """A question or measure by its short name."""
        question = self.rulebook.questions.get(name)
        if question is not None:
            return question.label or question.ask.rstrip("?")
        measure = self.rulebook.measures.get(name)
        return measure.label if measure else name.replace("_", " ")

    def value(self, name: str) -> str:
        """A value in words with its unit; of a choice the words before its explanation."""
        fact = self.known.evaluation.facts.get(name)
        if isinstance(fact, str | frozenset) and name in self.rulebook.questions and not is_inapplicable_fact(fact):
            return self.chosen(name, [fact] if isinstance(fact, str) else fact)
        return shown(name, self.rulebook, self.known.evaluation.facts, self.currency)

    def chosen(self, name: str, words: Iterable[str], key: str = "list.comma") -> str:
        """Choices of a question by the short form of their labels."""
        chosen = set(words)
        labels = [short(each.label) for each in self.rulebook.questions[name].choices if each.value in chosen]
        return self.say(key).join(labels) or self.say("word.none")

    def fact(self, name: str) -> str:
        """A value with its label."""
        return self.say("finding.fact", label=self.label(name), value=self.value(name))

    def is_known(self, name: str) -> bool:
        """Whether a name has a value."""
        return name in self.rulebook.parameters or is_known_fact(self.known.evaluation.facts[name])

    def is_settled(self, name: str) -> bool:
        """Whether a name has one value, not a range."""
        return self.is_known(name) and is_settled(self.known.evaluation.facts[name])

    def applies(self, name: str) -> bool:
        """Whether a name is not marked not applicable."""
        return not is_inapplicable_fact(self.known.evaluation.facts[name])

    def filled(self, text: str, **own: str) -> str:
        """A sentence of the rulebook with values, and what only the memo knows, put in."""
        return PLACEHOLDER.sub(lambda m: own[m.group(1)] if m.group(1) in own else self.value(m.group(1)), text)

    def tells(self, text: str) -> bool:
        """Whether all values that a sentence names are known."""
        return all(self.is_known(name) for name in PLACEHOLDER.findall(text))

    def says(self, finding: FindingResult) -> str:
        """What a finding says, without the sentences whose values nobody knows."""
        rule, facts = self.rulebook.rules[finding.id], self.known.evaluation.facts
        sentences = [filled(each, self.rulebook, facts, self.currency) for each in _SENTENCE.split(rule.says)]
        return " ".join(each for each in sentences if NOT_KNOWN not in each) or finding.says

    def facts(self, finding: FindingResult) -> list[str]:
        """The known facts behind a finding, each with its label."""
        return [self.fact(name) for name in finding.facts if self.is_known(name)]

    def fresh(self, *texts: str) -> str:
        """The sentences of the texts that were not said of this unit before; from now on they are."""
        kept = []
        for sentence in (each for text in texts for each in _SENTENCE.split(text.strip()) if each):
            if sentence not in self.said:
                self.said.add(sentence)
                kept.append(sentence)
        return " ".join(kept)

    def first_time(self, key: str, **values: object) -> list[Block]:
        """A paragraph that explains something, the first time that the memo needs it."""
        if key in self.once:
            return []
        self.once.add(key)
        return [Paragraph(Text(self.say(key, **values)))]

    def heading(self, words: str, below: int = 0) -> Heading:
        """A heading of this unit."""
        return Heading(words, self.level + below)

    def lead(self, finding: FindingResult) -> str:
        """The title of a finding as a lead, which says where it is provisional."""
        return self.say("finding.provisional" if finding.provisional else "finding.lead", title=finding.title)

    def origin(self, *findings: FindingResult) -> Origin:
        """What findings rest on."""
        rules = tuple(f"{each.code or ''} {each.title}".strip() for each in findings)
        names = tuple(dict.fromkeys(name for each in findings for name in each.rests_on))
        sources = self.cite.all(source for each in findings for source in each.sources)
        return self._origin(
            rules, names, sources, self.say.count("origin.rule", len(rules), rules=self.say.in_row(rules))
        )

    def origin_of(self, names: Iterable[str], sources: Iterable[str], why: str = "") -> Origin:
        """What a figure rests on."""
        return self._origin((), tuple(dict.fromkeys(names)), self.cite.all(sources), why)

    def _origin(self, rules: tuple[str, ...], names: tuple[str, ...], sources: tuple[str, ...], start: str) -> Origin:
        answers = tuple(self.answered(name) for name in names)
        parts = [start]
        if answers:
            parts.append(self.say("origin.answers", answers=self.say.in_row(answers)))
        if sources:
            parts.append(self.say("origin.sources", sources=self.say.in_row(sources)))
        return Origin(" ".join(part for part in parts if part), rules, names, sources)

    def answered(self, name: str) -> str:
        """An answer by its label, with its evidence."""
        answer = self.answers.answers.get(name)
        state = answer.evidence if answer and answer.state == "answered" else answer.state if answer else "derived"
        return self.say("origin.answer", label=self.label(name), evidence=self.say(f"evidence.{state}"))

    def findings(self, *layers: str, least: Severity = "info") -> list[FindingResult]:
        """The findings of some layers of at least a severity, the most severe first."""
        floor = SEVERITIES.index(least)
        found = [each for each in self.unit.findings if each.layer in layers and _rank(each) >= floor]
        return sorted(found, key=lambda each: -_rank(each))

    def told(
        self, findings: Sequence[FindingResult], tell: Callable[[FindingResult], tuple[str, ...]]
    ) -> Iterator[Text]:
        """Findings with what is new in them."""
        for each in findings:
            words = self.fresh(*tell(each))
            if words:
                yield Text(words, self.lead(each), self.origin(each))

    def money(self, amount: Number) -> str:
        """An amount of money a year."""
        return self.say("unit.money_year", currency=self.currency or self.say("unit.money"), amount=figure(amount))


def _rank(finding: FindingResult) -> int:
    return SEVERITIES.index(finding.severity)


def short(label: str) -> str:
    """A choice without the explanation that follows a colon or comma in its label."""
    return re.split(r"[:,] ", label, maxsplit=1)[0]


def figure(number: Number | None) -> str:
    """A number of the advice as a person writes it."""
    return NOT_KNOWN if number is None else decimal(Fraction(str(number)), 2)


def span(low: Number | None, high: Number | None) -> str:
    """A range of the advice, or the one number that it is."""
    return figure(low) if low == high else f"{figure(low)}–{figure(high)}"
