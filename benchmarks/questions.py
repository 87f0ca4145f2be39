"""How many questions a settled verdict takes in three orders, and how long the next question takes.

Random complete profiles: completions of the empty profile, and as many for each verdict that some completion of a
sample profile, or a few changes to it, leads to. The verdict counts as settled when three-valued logic says so, for
all orders alike; questions that do not apply, or follow from others, are not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from statistics import mean, median

from advisor import Profile, Rulebook
from advisor.engines.checked import CheckedEngine
from advisor.engines.completions import Completions, open_questions
from advisor.engines.exploration import Exploration
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.engines.quick import QuickEngine
from advisor.interview.engine import Interview, View
from advisor.interview.order import Order
from advisor.interview.targets import Targets
from advisor.language import Fact
from advisor.language.values import inapplicable_fact, unknown_fact
from advisor.profile import Unit
from advisor.profile.facts import facts_of

Facts = Mapping[str, Fact]
Pick = Callable[[Facts, list[str], str | None], str | None]
_PROFILES = Path(__file__).parents[1] / "profiles"
ANY = "(any)"


class Trial:
    """The shipped rulebook, and interviews simulated on its facts."""

    def __init__(self) -> None:
        self.rulebook = Rulebook.load()
        self.outcomes = Outcomes(self.rulebook)
        self.engine = CheckedEngine(self.rulebook)
        self.quick = QuickEngine(self.rulebook, self.outcomes)
        self.order = Order(self.rulebook)
        self.targets = Targets(self.rulebook, self.outcomes)
        self.empty = facts_of(Unit("empty"), self.rulebook)

    def profiles(self, each: int) -> dict[str, list[Facts]]:
        """Complete answers, by verdict."""
        random = Random(1)
        blank = Completions(self.rulebook, self.empty, open_questions(self.rulebook, self.empty, self.empty))
        found: dict[str, list[Facts]] = {ANY: [blank.draw(random) for _ in range(2 * each)]}
        exploration = Exploration(blank, self.quick, self.outcomes, random)
        for path in sorted(_PROFILES.glob("*.yaml")):
            for unit in Profile.load(path, self.rulebook).units:
                raw = facts_of(unit, self.rulebook)
                known = open_questions(self.rulebook, raw, self.engine.evaluate(raw).facts)
                for _ in range(3):
                    exploration.take(blank.draw(random, Completions(self.rulebook, raw, known).draw(random)))
        exploration.run(4000)
        by_verdict: dict[str, list[Facts]] = {}
        for tried in exploration.kept():
            by_verdict.setdefault(tried.found[VERDICT], []).append(tried.raw)
        found |= {word: random.sample(raws, min(each, len(raws))) for word, raws in by_verdict.items()}
        return {word: [self._complete(raw) for raw in raws] for word, raws in found.items()}

    def _complete(self, raw: Facts) -> Facts:
        """A question that a completion leaves out does not apply; whoever is asked it too early says so."""
        scope = self.rulebook.scope
        return {
            name: inapplicable_fact(scope[name].kind) if fact == unknown_fact(scope[name].kind) else fact
            for name, fact in raw.items()
        }

    def questions(self, complete: Facts, pick: Pick) -> int:
        """How many answers settle the verdict, if `pick` chooses the questions."""
        raw, last = dict(self.empty), None
        for number in range(len(self.rulebook.questions) + 1):
            evaluation = self.quick.evaluate(raw)
            if self.targets.settled(VERDICT, evaluation) is not None:
                return number
            known = self.engine.evaluate(raw)
            last = pick(raw, open_questions(self.rulebook, raw, known.facts), last)
            if last is None:
                return number
            raw[last] = complete[last]
        raise AssertionError("more questions than there are")

    def adaptive(self, raw: Facts, open_names: list[str], last: str | None) -> str | None:
        """The order of the interview."""
        proposal = self.order.propose(
            raw, self.targets.headline(self.engine.evaluate(raw)), open_names, {*open_names}, last
        )
        return proposal.question if proposal else None

    def in_file_order(self, raw: Facts, open_names: list[str], last: str | None) -> str | None:
        """The order of the rulebook."""
        return open_names[0] if open_names else None

    def at_random(self, random: Random) -> Pick:
        """Any order."""
        return lambda raw, open_names, last: random.choice(open_names) if open_names else None

    def views(self, complete: Facts) -> Iterator[tuple[float, View]]:
        """An interview by the engine itself until the headline is settled: the time of each look, and the look.

        Processor time: on a machine that does nothing else it is what a person waits.
        """
        interview = Interview(self.rulebook, self.engine)
        raw, answered = dict(self.empty), list[str]()
        while True:
            started = time.process_time()
            view = interview.view_of(raw, answered, (), answered[-1] if answered else None)
            yield time.process_time() - started, view
            if view.next is None or interview.is_settled(view):
                return
            answered.append(view.next.question)
            raw[answered[-1]] = complete[answered[-1]]


def main(each: int) -> None:
    trial, random = Trial(), Random(2)
    profiles = trial.profiles(each)
    orders: dict[str, Pick] = {
        "this order": trial.adaptive,
        "file order": trial.in_file_order,
        "random order": trial.at_random(random),
    }
    print(f"{'verdict':26}{'profiles':>9}" + "".join(f"{name:>14}" for name in orders) + f"{'of file':>9}")
    means: dict[str, list[float]] = {name: [] for name in orders}
    for verdict, complete in profiles.items():
        row = {name: mean(trial.questions(facts, pick) for facts in complete) for name, pick in orders.items()}
        for name, value in row.items():
            means[name].append(value)
        _row(verdict, len(complete), row)
    _row("mean of the rows", sum(map(len, profiles.values())), {name: mean(values) for name, values in means.items()})
    _timings(trial, [facts for complete in profiles.values() for facts in complete[: max(1, each // 4)]])


def _row(name: str, number: int, row: Mapping[str, float]) -> None:
    share = row["this order"] / row["file order"]
    print(f"{name:26}{number:9}" + "".join(f"{value:14.1f}" for value in row.values()) + f"{share:9.0%}", flush=True)


def _timings(trial: Trial, profiles: list[Facts]) -> None:
    times, inside, looks = [], 0, 0
    for complete in profiles:
        views = list(trial.views(complete))
        times += [seconds * 1000 for seconds, _ in views]
        for place, (_, view) in enumerate(views):
            if view.left is not None:
                looks += 1
                inside += view.left[0] <= len(views) - 1 - place <= view.left[1]
    times.sort()
    print(f"\nfrom an answer to the next question, {len(times)} questions, processor time:")
    print(f"median {median(times):.0f} ms, ", end="")
    print(f"95 % under {times[int(0.95 * len(times))]:.0f} ms, longest {times[-1]:.0f} ms")
    print(f"questions that were left, within the bounds that were told: {inside} of {looks}")
