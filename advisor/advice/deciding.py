"""Which open questions decide an outcome: how often it changes when that one answer changes.

Counted on completions that stand for every outcome that is possible, so that what is rare counts as much as what is
common. Unlike a correlation over all completions this names no question that merely went along with another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from advisor.engines.exploration import Exploration, Tried
from advisor.engines.outcomes import FIRST, PATTERN
from advisor.engines.quick import keys_behind
from advisor.engines.stand_ins import spared
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import SELECTION

MOST_TRIED, FEW_TRIED = 24, 8
"""So many completions stand for all outcomes."""
_TIMES = 2


def deciding_questions(
    rulebook: Rulebook,
    exploration: Exploration,
    outcomes: Iterable[str],
    most_tried: int = MOST_TRIED,
    unknown: Collection[str] = (),
) -> dict[str, tuple[str, ...]]:
    """For each outcome the open questions that change it, most often first; ties in the rulebook's order.

    Without those that stand in for others which can be answered; of the `unknown` ones nobody knows the answer.
    """
    wanted = list(outcomes)
    behind = {name: _behind(name, rulebook, exploration) for name in wanted}
    left_out = spared(rulebook, exploration.completions.raw, unknown)
    open_names = [name for name in exploration.completions.open_names if name not in left_out]
    asked = [name for name in open_names if any(name in keys for keys in behind.values())]
    changes: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    for start in _starts(exploration, wanted)[:most_tried]:
        for question in asked:
            for _ in range(_TIMES):
                found = _with_another_answer(start, question, exploration)
                for name in wanted:
                    changes[name][question] += found[name] != start.found[name]
    return {name: _most_first(asked, changes[name], behind[name]) for name in wanted}


def _most_first(asked: Iterable[str], changes: Counter[str], behind: set[str]) -> tuple[str, ...]:
    telling = [question for question in asked if changes[question] and question in behind]
    return tuple(sorted(telling, key=lambda question: -changes[question]))


def _behind(name: str, rulebook: Rulebook, exploration: Exploration) -> set[str]:
    """The questions that an outcome can read at all."""
    if name == FIRST or name.startswith(PATTERN):
        return keys_behind(rulebook, [SELECTION])
    rules = (rule for _, rules in exploration.outcomes.ladders[name].steps for rule in rules)
    return keys_behind(rulebook, [f"rule:{rule}" for rule in rules])


def _starts(exploration: Exploration, outcomes: list[str]) -> list[Tried]:
    """One completion for each word of each outcome."""
    examples = {id(tried): tried for (name, _), tried in exploration.led_to.items() if name in outcomes}
    return list(examples.values())


def _with_another_answer(start: Tried, question: str, exploration: Exploration) -> Mapping[str, str]:
    answers = exploration.answers_of(start.raw)
    answers.pop(question, None)
    return exploration.of(exploration.completions.draw(exploration.random, answers), start).found
