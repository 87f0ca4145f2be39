"""Profiles to try before anything is proven: most statements about "some profile" need no more than one of them.

Half are the rulebook's cases with a few answers changed, which lie at its thresholds; half are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from advisor.engines.completions import Drawer, columns_of, thresholds
from advisor.language import Fact
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.rulebook import Rulebook

Facts = Mapping[str, Fact]
_INAPPLICABLE = 0.03
_ANSWERED = (0.1, 0.4, 0.8, 0.97)


class Draw:
    """Draws answers to the questions of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        marks = thresholds(rulebook)
        self.rulebook = rulebook
        self.kinds = {name: rulebook.scope[name].kind for name in rulebook.questions}
        self._drawers = {
            name: Drawer(
                rulebook.scope[name],
                marks.get(name, ()),
                columns=columns_of(rulebook, name) if kind == "table" else (),
            )
            for name, kind in self.kinds.items()
        }

    def answer(self, name: str, random: Random) -> Fact:
        """A value, at times not applicable."""
        return inapplicable_fact(self.kinds[name]) if random.random() < _INAPPLICABLE else self.value(name, random)

    def value(self, name: str, random: Random) -> Fact:
        """A valid value."""
        return self._drawers[name](random)

    def unknown(self, name: str) -> Fact:
        """No answer."""
        return unknown_fact(self.kinds[name])

    def known(self, facts: Facts) -> dict[str, Fact]:
        """The answers among facts."""
        return {name: facts[name] for name in self.kinds if facts[name] != self.unknown(name)}

    def profile(self, random: Random) -> dict[str, Fact]:
        """Answers to some of the questions."""
        share = random.choice(_ANSWERED)
        return {
            name: self.answer(name, random) if random.random() < share else self.unknown(name) for name in self.kinds
        }

    def changed(self, facts: Facts, random: Random) -> dict[str, Fact]:
        """The same profile with a few other answers, or without them."""
        changed = dict(facts)
        for name in random.sample(list(self.kinds), random.choice((1, 2, 5, 12))):
            changed[name] = self.unknown(name) if random.random() < 0.3 else self.answer(name, random)
        return changed

    def pool(self, cases: Iterable[Facts], size: int, random: Random) -> Iterator[dict[str, Fact]]:
        """The cases, then up to `size` profiles more: those among so many drawn that can be true."""
        given = [dict(case) for case in cases]
        yield from given
        for number in range(size):
            from_case = given and number % 2
            drawn = self.changed(random.choice(given), random) if from_case else self.profile(random)
            if self.rulebook.permits(drawn):
                yield drawn
