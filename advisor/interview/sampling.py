"""How much each open answer tells about one target: mutual information over completions drawn at random.

Only the steps behind the target are evaluated, so that hundreds of completions take a few milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import log
from random import Random

from advisor.engines.completions import Completions, thresholds
from advisor.engines.outcomes import FIRST
from advisor.engines.quick import PartEngine
from advisor.interview.targets import Target
from advisor.language import Fact
from advisor.language.values import is_known_fact
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION

DRAWS = 80
NO_PATTERN = "no_pattern"


class Sampler:
    """Draws completions and measures what answers tell; the same for the same unit."""

    def __init__(self, rulebook: Rulebook, draws: int = DRAWS) -> None:
        self.rulebook = rulebook
        self.draws = draws
        self._engines: dict[str, PartEngine] = {}
        self._marks = {
            name: sorted(_plain(mark * rulebook.scope[name].scale) for mark in marks)
            for name, marks in thresholds(rulebook).items()
        }

    def information(
        self, target: Target, facts: Mapping[str, Fact], open_names: Iterable[str], candidates: Sequence[str]
    ) -> tuple[dict[str, float], Counter[Hashable]]:
        """What each candidate tells about the target, in nats, and how often each result came up."""
        engine = self._engine(target)
        completions = Completions(self.rulebook, facts, [name for name in open_names if name in engine.reads])
        random = Random(1)
        rows: list[tuple[Mapping[str, Fact], Hashable]] = []
        for _ in range(self.draws):
            drawn = completions.draw(random)
            rows.append((drawn, self._result(target, engine, drawn)))
        results = [result for _, result in rows]
        told = {
            name: mutual_information([self._cell(name, drawn[name]) for drawn, _ in rows], results)
            for name in candidates
        }
        return told, Counter(results)

    def _engine(self, target: Target) -> PartEngine:
        key = f"rule:{target.rule}" if target.rule else SELECTION
        if key not in self._engines:
            self._engines[key] = PartEngine(self.rulebook, [key])
        return self._engines[key]

    @staticmethod
    def _result(target: Target, engine: PartEngine, facts: Mapping[str, Fact]) -> Hashable:
        working, selection = engine.run(facts)
        if target.rule:
            return working.truth[target.rule]
        assert selection is not None
        first = selection.recommended[0] if selection.recommended else NO_PATTERN
        return first if target.outcome == FIRST else selection.recommended

    def _cell(self, name: str, fact: Fact) -> Hashable:
        """The answer as coarsely as the thresholds of the rulebook look at it; None where it does not apply."""
        if not is_known_fact(fact):
            return None
        if self.rulebook.scope[name].kind == "number":
            marks = self._marks.get(name, [])
            return bisect_left(marks, fact[0]), bisect_right(marks, fact[0])
        return len(fact) if isinstance(fact, tuple) else fact


def _plain(number: Fraction) -> Fraction | int:
    """Whole numbers as such: they are compared often."""
    return number.numerator if number.denominator == 1 else number


def mutual_information(left: Sequence[Hashable], right: Sequence[Hashable]) -> float:
    """The mutual information of two columns in nats, less what chance alone gives so many cells on average."""
    number = len(left)
    one, other, both = Counter(left), Counter(right), Counter(zip(left, right, strict=True))
    told = sum(count / number * log(count * number / (one[a] * other[b])) for (a, b), count in both.items())
    return max(0.0, told - (len(one) - 1) * (len(other) - 1) / (2 * number))
