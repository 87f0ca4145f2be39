"""From earlier to newer answers, one at a time: who broke it is who it holds before and not after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.advice.recommendations import Recommendation, recommendations
from advisor.engines.checked import CheckedEngine
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.engines.random_units import random_units
from advisor.language import Fact
from advisor.profile import Frozen, Organisation, Profile, Unit
from advisor.profile.facts import answer_of, facts_of
from advisor.recheck.replay import Replay, moved
from tests.memo.samples import adviser, rulebook

PLAIN = PlainEngine(rulebook())


def _unit(facts: dict[str, Fact]) -> Unit:
    answers = {name: answer for name, fact in facts.items() if (answer := answer_of(fact, rulebook().scope[name]))}
    return Unit("u", Frozen(answers))


def _advised(unit: Unit) -> list[Recommendation]:
    (found,) = adviser().advise(Profile(Organisation("x"), (unit,))).document.units
    return recommendations(found, rulebook())


def _holds(recommendation: Recommendation, facts: dict[str, Fact]) -> bool:
    return recommendation.holds(PLAIN.evaluate(facts), Outcomes(rulebook()))


@pytest.mark.parametrize("seed", range(12))
def test_who_broke_it(seed):
    first, second = random_units(rulebook(), 2, seed)
    mixed = {name: second[name] if place % 3 == 0 else fact for place, (name, fact) in enumerate(first.items())}
    old, new = _unit(first), _unit(mixed)
    before, after = facts_of(old, rulebook()), facts_of(new, rulebook())
    moves = moved(before, new, after, rulebook())
    replay = Replay(rulebook(), CheckedEngine(rulebook(), "plain"))
    for fate in replay.fates(_advised(old), before, after, moves, "unknown"):
        assert fate.stands is _holds(fate.recommendation, after)
        if not fate.stands:
            assert fate.by is not None
            place = moves.index(fate.by)
            until = {**before, **{move.question: move.after for move in moves[:place]}}
            assert _holds(fate.recommendation, until)
            for later in range(place, len(moves)):
                so_far = {**before, **{move.question: move.after for move in moves[: later + 1]}}
                assert not _holds(fate.recommendation, so_far)


def test_nothing_moved():
    (facts,) = random_units(rulebook(), 1, 3)
    unit = _unit(facts)
    before = facts_of(unit, rulebook())
    assert moved(before, unit, before, rulebook()) == []


def test_dated_answers_come_before_those_without_a_date():
    before = facts_of(_unit({}), rulebook())
    (facts,) = random_units(rulebook(), 1, 5)
    unit = _unit(facts)
    names = list(unit.answers)
    days = {names[-1]: date(2026, 1, 1), names[-2]: date(2026, 2, 1)}
    dated = Unit("u", Frozen({name: replace(a, as_of=days.get(name)) for name, a in unit.answers.items()}))
    moves = [move.question for move in moved(before, dated, facts_of(dated, rulebook()), rulebook())]
    assert moves[:2] == [names[-1], names[-2]]
    assert moves[2:] == [name for name in rulebook().questions if name in moves[2:]]


def test_what_never_held_is_put_on_nobody():
    (facts,) = random_units(rulebook(), 1, 7)
    unit = _unit(facts)
    before = facts_of(unit, rulebook())
    replay = Replay(rulebook(), CheckedEngine(rulebook(), "plain"))
    (fate,) = replay.fates([Recommendation("verdict", "a_verdict_of_old")], before, before, [], "rulebook")
    assert (fate.stands, fate.cause, fate.by) == (False, "rulebook", None)
