"""Leading completions towards outcomes that drawing has not come to.

A few answers are drawn anew, most often among those behind what is still missing; the completion is kept where it is no
farther from the outcome than before. Answers drawn independently nearly always hold something that leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from advisor.advice.nearest import Failed, Nearest
from advisor.advice.waits import Dependencies
from advisor.engines.evaluation import Evaluation
from advisor.engines.exploration import Exploration, Tried
from advisor.engines.outcomes import FIRST, NO_PATTERN, PATTERN, RECOMMENDED, Outcomes
from advisor.engines.quick import keys_behind
from advisor.engines.scoring import FULL
from advisor.engines.selection import Selection
from advisor.language import nodes
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import keys_read

PATIENCE, BRIEF_PATIENCE = 80, 40
"""After so many draws that brought it no nearer a completion is left."""
_ANYWHERE = 0.2
_MOST_REDRAWN = 3


class Guide:
    """Leads completions of one rulebook's profiles."""

    def __init__(self, rulebook: Rulebook, outcomes: Outcomes) -> None:
        self.rulebook, self.outcomes = rulebook, outcomes
        self._questions: dict[tuple[str, ...], frozenset[str]] = {}

    def lead(
        self, exploration: Exploration, name: str, word: str, patience: int = PATIENCE, start: Tried | None = None
    ) -> None:
        """Try completions nearer and nearer to an outcome; what they come to is kept in the exploration.

        Begins with `start`, or else with the nearest that was kept.
        """
        here = start or min(exploration.kept(), key=lambda tried: _distance(self.missing(tried.evaluation, name, word)))
        parts, fruitless = self.missing(here.evaluation, name, word), 0
        while fruitless < patience and (name, word) not in exploration.led_to:
            tried = self._beside(here, parts, exploration)
            missing = self.missing(tried.evaluation, name, word)
            fruitless = 0 if _distance(missing) < _distance(parts) else fruitless + 1
            if _distance(missing) <= _distance(parts):
                here, parts = tried, missing

    def missing(self, evaluation: Evaluation, name: str, word: str) -> list[Failed]:
        """The parts of conditions that keep an outcome from being `word`, exclusions followed; none where it is."""
        nearest, conditions = Nearest(Dependencies(self.rulebook, evaluation)), self.rulebook.conditions
        found: list[Failed] = []
        for part in self._missing(nearest, evaluation, name, word):
            found.append(part)
            for rule in _excluding(part, evaluation):
                found += nearest.failed(conditions[rule], wanted=False)
        return found

    def _missing(self, nearest: Nearest, evaluation: Evaluation, name: str, word: str) -> Iterator[Failed]:
        conditions, selection = self.rulebook.conditions, evaluation.selection
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
        yield from nearest.failed(asked, wanted=word != NO_PATTERN if name == FIRST else word == RECOMMENDED)
        if name == FIRST and word in selection.recommended[1:]:
            yield _ahead(asked, word, selection)

    def _beside(self, here: Tried, parts: Sequence[Failed], exploration: Exploration) -> Tried:
        random, answers = exploration.random, exploration.answers_of(here.raw)
        reached = self._behind(random.choice(parts)) if parts else ()
        behind = [name for name in answers if name in reached]
        names = list(answers) if not behind or random.random() < _ANYWHERE else behind
        for name in random.sample(names, min(len(names), 1 + random.randrange(_MOST_REDRAWN))):
            del answers[name]
        return exploration.take(exploration.completions.draw(random, answers), here)

    def _behind(self, part: Failed) -> frozenset[str]:
        """The questions behind a part: of a pattern those behind what excludes it, else those behind its terms."""
        behind: Iterable[nodes.Node] = [part.node]
        if part.against is not None:
            behind = [self.rulebook.conditions[part.against]]
        elif part.pattern is not None:
            behind = self.rulebook.terms[part.pattern]
        keys = tuple(keys_read(behind))
        if keys not in self._questions:
            self._questions[keys] = frozenset(keys_behind(self.rulebook, keys))
        return self._questions[keys]


def _excluding(part: Failed, evaluation: Evaluation) -> Iterable[str]:
    """The rules that exclude the pattern of a part, where one of them keeps it from being as wanted."""
    patterns = evaluation.selection.patterns if part.against is not None else ()
    return next((each.excluded_by for each in patterns if each.pattern == part.pattern), ())


def _ahead(asked: nodes.Node, pattern: str, selection: Selection) -> Failed:
    """That another pattern is recommended before this one."""
    first = selection.recommended[0]
    support = {each.pattern: each.low or Fraction(0) for each in selection.patterns}
    gap = abs(support[first] - support[pattern])
    return Failed(asked, gap, gap / FULL, pattern=first, too_much=True)


def _distance(parts: Sequence[Failed]) -> tuple[int, Fraction]:
    return len(parts), sum((part.share / (1 + part.share) for part in parts), Fraction(0))
