"""Leading completions towards outcomes that drawing has not come to.

A few answers are drawn anew, most often among those behind what is still missing; the completion is kept where it is no
farther from the outcome than before. Answers drawn independently nearly always hold something that leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from advisor.advice.nearest import Failed, Nearest
from advisor.advice.waits import Dependencies
from advisor.engines.evaluation import Evaluation
from advisor.engines.exploration import Exploration, Tried
from advisor.engines.outcomes import FIRST, NO_PATTERN, PATTERN, RECOMMENDED, Outcomes
from advisor.engines.quick import keys_behind
from advisor.language import nodes
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import keys_read

PATIENCE = 40
"""After so many draws that brought it no nearer a completion is left."""
_ANYWHERE = 0.2
_MOST_REDRAWN = 3


class Guide:
    """Leads completions of one rulebook's profiles."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes) -> None:
        self.rulebook, self.outcomes = rulebook, outcomes
        self._questions: dict[tuple[str, ...], frozenset[str]] = {}

    def lead(self, exploration: Exploration, name: str, word: str) -> None:
        """Try completions nearer and nearer to an outcome; what they come to is kept in the exploration."""
        here = min(exploration.kept(), key=lambda tried: _distance(self.missing(tried.evaluation, name, word)))
        parts, fruitless = self.missing(here.evaluation, name, word), 0
        while fruitless < PATIENCE and (name, word) not in exploration.led_to:
            tried = self._beside(here, parts, exploration)
            missing = self.missing(tried.evaluation, name, word)
            fruitless = 0 if _distance(missing) < _distance(parts) else fruitless + 1
            if _distance(missing) <= _distance(parts):
                here, parts = tried, missing

    def missing(self, evaluation: Evaluation, name: str, word: str) -> list[Failed]:
        """The parts of conditions that keep an outcome from being `word`; none where it is."""
        nearest = Nearest(Dependencies(self.rulebook, evaluation))
        return list(self._missing(nearest, evaluation, name, word))

    def _missing(self, nearest: Nearest, evaluation: Evaluation, name: str, word: str) -> Iterator[Failed]:
        conditions = self.rulebook.conditions
        if name in self.outcomes.ladders:
            for step, rules in self.outcomes.ladders[name].steps:
                if step == word:
                    yield from min((nearest.failed(conditions[rule]) for rule in rules), key=_distance)
                    return
                for rule in rules:
                    yield from nearest.failed(conditions[rule], wanted=False) if evaluation.truth[rule] is True else ()
            return
        chosen = {NO_PATTERN: "any", **{each: each for each in self.outcomes.patterns}}
        pattern = chosen[word] if name == FIRST else name.removeprefix(PATTERN)
        asked = nodes.Name(self.rulebook.scope[f"recommends_{pattern}"])
        for part in nearest.failed(asked, wanted=word != NO_PATTERN if name == FIRST else word == RECOMMENDED):
            yield part
            if part.against is not None:
                yield from nearest.failed(conditions[part.against], wanted=False)

    def _beside(self, here: Tried, parts: Sequence[Failed], exploration: Exploration) -> Tried:
        random, answers = exploration.random, exploration.answers_of(here.raw)
        reached = frozenset().union(*(self._behind(part.node) for part in parts))
        behind = [name for name in answers if name in reached]
        names = list(answers) if not behind or random.random() < _ANYWHERE else behind
        for name in random.sample(names, min(len(names), 1 + random.randrange(_MOST_REDRAWN))):
            del answers[name]
        return exploration.take(exploration.completions.draw(random, answers), here)

    def _behind(self, node: nodes.Node) -> frozenset[str]:
        keys = tuple(keys_read([node]))
        if keys not in self._questions:
            self._questions[keys] = frozenset(keys_behind(self.rulebook, keys))
        return self._questions[keys]


def _distance(parts: Sequence[Failed]) -> tuple[int, Fraction]:
    return len(parts), sum((min(part.share, Fraction(1)) for part in parts), Fraction(0))
