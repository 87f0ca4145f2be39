"""How a number of the advice is written, one way for each kind of number, in every form of the result.

A score (support, a preparation) has whole points: never more than is certain, never less than is possible. How far two
scores are apart is what a reader takes from both, unless that is more than they are apart: then it has a decimal. The
points of one term, a share and a weight have one decimal at most. Hours, money and any other computed figure have three
significant digits, or two and an "about" where they rest on an estimate or an assumption. An answer stays as it was
given, and arithmetic that is worked out line by line keeps its decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import trunc

from advisor.advice.assumptions import is_assumed
from advisor.advice.model import Number, PatternResult
from advisor.advice.waits import Dependencies
from advisor.advice.wording import (
    at_least,
    filled_with,
    is_score,
    label_of,
    rounded,
    rounded_off,
    score_between,
    shown,
    significant,
)
from advisor.language import Fact, nodes
from advisor.language.intervals import Exact
from advisor.language.values import is_known_fact
from advisor.phrases import Phrases, phrases_in
from advisor.phrases.writing import as_written
from advisor.profile import Unit
from advisor.rulebook import Rulebook

_KNOWN, _ESTIMATED = 3, 2
"""Significant digits of a computed figure: from what is known, from what was estimated."""
GUESSED = ("estimated", "inferred")
"""Evidence that is no more than a guess."""


def figure(number: Number | None, say: Phrases) -> str:
    """A share in per cent, a weight or the points of a term."""
    return say("word.not_known") if number is None else say.decimal(rounded_off(as_written(number), 1), 1)


def span(low: Number | None, high: Number | None, say: Phrases) -> str:
    """The points of a term from low to high, or the one number that they are."""
    ends = figure(low, say), figure(high, say)
    return ends[0] if low == high else say("word.span", low=ends[0], high=ends[1])


def score(low: Number | None, high: Number | None, say: Phrases) -> str:
    """A score from low to high in whole points, or the one number that it is."""
    if low is None or high is None:
        return say("word.not_known")
    least, most = score_between(as_written(low), as_written(high))
    return str(least) if low == high else say("word.span", low=least, high=most)


def apart(high: Fraction, low: Fraction) -> Fraction:
    """How far one score is above another, in points: as both are written, but never farther than they are.

    So a threshold of whole points above 0 is met as it is written exactly where it is met.
    """
    whole, exact = score_between(high, high)[0] - score_between(low, low)[0], high - low
    return Fraction(whole) if abs(whole) <= abs(exact) else Fraction(trunc(exact * 10), 10)


def worth(result: PatternResult, figures: Figures) -> str:
    """What the hours of a pattern are worth a year and what that hangs on; empty where it gets none or nobody knows."""
    pattern = next(each for each in figures.rulebook.frame.patterns if each.name == result.pattern)
    if pattern.worth is None or result.money_per_year is None:
        return ""
    amount = figures.money(result.money_per_year, pattern.worth)
    if pattern.worth_if is None:
        return amount
    return figures.say("patterns.worth_if", amount=amount, condition=figures.filled(pattern.worth_if))


def worth_notes(result: PatternResult, figures: Figures) -> tuple[str, str]:
    """How the worth of a pattern's share was computed, and what that takes for granted; empty where there is none."""
    pattern = next(each for each in figures.rulebook.frame.patterns if each.name == result.pattern)
    if pattern.worth is None or result.money_per_year is None:
        return "", ""
    label, worth = label_of(pattern.worth, figures.rulebook), figures.value(pattern.worth)
    share = figure(result.share_pct, figures.say)
    computed = figures.say("patterns.worth", pattern=result.title, share=share, worth=worth, label=label)
    return computed, pattern.assumes or ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes the values of one unit: what its `answers` are `known` to come to, in a client's `currency`."""

    known: Dependencies
    answers: Unit
    currency: str | None

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the values are from."""
        return self.known.rulebook

    @property
    def say(self) -> Phrases:
        """The fixed sentences in its language."""
        return phrases_in(self.rulebook.spoken)

    def value(self, name: str) -> str:
        """A value as a person says it: an answer as it was given, a computed figure rounded by what it rests on."""
        if name not in self.rulebook.measures or not is_known_fact(self.known.evaluation.facts[name]):
            return shown(name, self.rulebook, self.known.evaluation.facts, self.currency)
        gap = self._gap(name)
        if gap is not None:
            return shown(name, self.rulebook, {name: (gap, gap)}, self.currency)
        answer = self.known.answer_of(name)
        if answer is not None:
            return shown(answer, self.rulebook, self.known.evaluation.facts, self.currency)
        low, high = self.known.evaluation.facts[name] if self.rulebook.scope[name].kind == "number" else (0, 0)
        if low < high and self._is_open_above(name, high):
            words = rounded(name, _KNOWN, self.rulebook, {name: (low, low)}, self.currency)
            return at_least(words, low, self.say)
        return self._about(name, self.known.evaluation.facts[name])

    def _gap(self, name: str) -> int | None:
        """How far two scores are apart, scaled, of a measure that is their difference and nothing else."""
        match self.rulebook.formulas[name]:
            case nodes.Arithmetic("-", nodes.Name(high), nodes.Name(low)):
                ends = [self.known.evaluation.facts[each.name] for each in (high, low)]
                if is_score(high.name, self.rulebook) and all(end[0] == end[1] for end in ends):
                    scores = (Fraction(end[0], each.scale) for end, each in zip(ends, (high, low), strict=True))
                    return int(apart(*scores) * self.rulebook.scope[name].scale)
        return None

    def filled(self, text: str) -> str:
        """A text of the rulebook with its `{names}` replaced by values."""
        return filled_with(text, self.value, self.say)

    def money(self, amount: Number, name: str) -> str:
        """A part of what a measure is worth a year, as firm as the measure."""
        number = significant(as_written(amount), self._digits(name))
        currency = self.currency or self.say("unit.money")
        words = self.say("unit.money_year", currency=currency, amount=self.say.decimal(number, 0))
        return self.say("word.about", value=words) if self.is_estimate(name) else words

    def part_of(self, name: str, percent: Number) -> str:
        """So many percent of a measure with its unit, as firm as the measure."""
        low, high = self.known.evaluation.facts[name]
        return self._about(name, tuple(end * as_written(percent) / 100 for end in (low, high)))

    def is_estimate(self, name: str) -> bool:
        """Whether a number is computed from an estimate, an inference or an assumption.

        Zero is zero all the same; scores in whole points and counts say no more than is known.
        """
        signature = self.rulebook.scope[name]
        whole = signature.kind != "number" or signature.decimals == 0 or is_score(name, self.rulebook)
        if whole or self.known.evaluation.facts[name] == (0, 0):
            return False
        answers = [self.answers.answers.get(each) for each in self.known.rests_of(name)]
        guessed = any(each and each.state == "answered" and each.evidence in GUESSED for each in answers)
        return guessed or is_assumed(name, self.known)

    def _about(self, name: str, fact: Fact) -> str:
        words = rounded(name, self._digits(name), self.rulebook, {name: fact}, self.currency)
        return self.say("word.about", value=words) if self.is_estimate(name) else words

    def _digits(self, name: str) -> int:
        return _ESTIMATED if self.is_estimate(name) else _KNOWN

    def _is_open_above(self, name: str, high: Exact) -> bool:
        """Whether a range ends where a question allows no more: it takes over an answer of "this or more"."""
        assert not isinstance(high, float)
        end = Fraction(high, self.rulebook.scope[name].scale)
        return any(self._allows_no_more(each, end) for each in self.known.rests_of(name))

    def _allows_no_more(self, question: str, end: Fraction) -> bool:
        asked, fact = self.rulebook.scope[question], self.known.evaluation.facts[question]
        is_range = asked.kind == "number" and fact[0] < fact[1]
        return is_range and asked.high == end == Fraction(fact[1], asked.scale)
