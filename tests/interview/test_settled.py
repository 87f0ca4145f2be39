"""What is said to be settled: by proof, or honestly by sampling alone."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

import advisor.interview.settled as settled_module
from advisor.engines.checked import CheckedEngine
from advisor.engines.completions import Completions
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.engines.quick import QuickEngine
from advisor.interview.engine import Interview, State, View
from advisor.profile import Answer, Profile, Unit
from advisor.rulebook import Rulebook
from tests.cli.command import PROFILES

RULEBOOK = Rulebook.load()
ENGINE = CheckedEngine(RULEBOOK)
(KNOWN,) = [u for u in Profile.load(PROFILES / "healthy-insurer.yaml", RULEBOOK).units if u.name == "Claims handling"]
(UNANIMOUS,) = Profile.load(PROFILES / "verizon-2025.yaml", RULEBOOK).units
"""Where all that is drawn leads to one verdict before logic says that no other is possible."""


def views(known: Unit = KNOWN) -> Iterator[tuple[State, View]]:
    """An interview with somebody who knows what the profile knows, until the headline is settled."""
    interview, state = Interview(RULEBOOK, ENGINE), State(Unit(known.name))
    while True:
        view = interview.view(state)
        yield state, view
        if view.next is None or interview.is_settled(view):
            return
        name = view.next.question
        state = interview.answered(state, name, known.answers.get(name) or Answer("unknown"))


@pytest.fixture(scope="module")
def looks() -> list[tuple[State, View]]:
    return list(views())


def test_it_ends_settled_on_the_verdict_of_the_whole_profile(looks: list[tuple[State, View]]) -> None:
    state, last = looks[-1]
    assert last.headline.is_proven()
    assert (last.headline.verdict, last.headline.first) == ("redeploy", "quality")
    assert len(state.unit.answers) < len(RULEBOOK.questions) / 2


def test_before_that_both_bounds_of_what_is_left_are_told(looks: list[tuple[State, View]]) -> None:
    for place, (_, view) in enumerate(looks[:-1]):
        assert view.left is not None
        assert 1 <= view.left[0] <= view.left[1]
        assert len(looks) - 1 - place <= view.left[1]
    assert looks[-1][1].left is None


def test_what_is_asked_for_is_open_and_what_it_decides_is_told(looks: list[tuple[State, View]]) -> None:
    parts = []
    for state, view in looks:
        if view.next is not None:
            assert view.next.question in view.askable
            assert view.next.question not in state.unit.answers
            assert view.next.target is not None
            parts.append(view.next.target.part)
    assert parts == sorted(parts)


def test_where_the_solver_settles_the_verdict_no_completion_leads_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("z3")
    monkeypatch.setattr(settled_module, "WORK", 1_000_000)
    view = next(view for _, view in views(UNANIMOUS) if view.headline.by == "solver")
    completions, outcomes, random = Completions(RULEBOOK, view.facts, view.open), Outcomes(RULEBOOK), Random(5)
    quick = QuickEngine(RULEBOOK, outcomes)
    found = {outcomes.of(quick.evaluate(completions.draw(random)))[VERDICT] for _ in range(1_000)}
    assert found == {view.headline.verdict}


def test_without_the_solver_sampling_is_said_and_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled_module, "is_available", lambda: False)
    seen = [view.headline for _, view in views(UNANIMOUS)]
    assert {headline.by for headline in seen} <= {None, "logic", "sampling"}
    sampled = [headline for headline in seen if headline.by == "sampling"]
    assert sampled
    assert not any(headline.is_proven() for headline in sampled)
    assert {headline.verdict for headline in sampled} == {"prepare_first"}
    assert seen[-1].by == "logic"
