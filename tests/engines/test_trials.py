"""What logic rules out of changed answers never happens; what stands in for an answer is known."""

from __future__ import annotations

from random import Random

from advisor.advice.flip_search import Search
from advisor.engines.changes import Change, Changes
from advisor.engines.outcomes import Outcomes
from advisor.engines.quick import QuickEngine
from advisor.engines.random_units import random_units
from advisor.engines.stand_ins import stand_ins
from advisor.engines.trials import Cones, Trials
from advisor.language import Fact
from tests.shipped.answers import RULEBOOK, facts_in, profile_of

OUTCOMES = Outcomes(RULEBOOK)
QUICK = QuickEngine(RULEBOOK, OUTCOMES)
CHANGES = Changes(RULEBOOK)
CONES = Cones(RULEBOOK, OUTCOMES)
NEAR, FAR = 30, 3000


def trials_of(raw: dict[str, Fact]) -> Trials:
    return Trials(QUICK, OUTCOMES, raw, CHANGES)


def any_change(name: str, fact: Fact, random: Random) -> Change:
    """A change to any place within the bounds, worth trying or not."""
    if RULEBOOK.questions[name].type != "number":
        return random.choice([*CHANGES.of({name: fact}, [name])] or [Change(name, fact, fact, 0)])  # type: ignore[arg-type]
    (low, high), here = CHANGES.bounds(name), fact[0] // CHANGES.step(name)
    reach = random.choice((NEAR, FAR))
    return CHANGES.number(name, fact, random.randint(max(low, here - reach), max(low, min(high, here + reach))))


def test_what_logic_rules_out_never_happens():
    random, ruled_out = Random(5), 0
    for raw in random_units(RULEBOOK, 12, seed=3):
        trials, names = trials_of(raw), CHANGES.changeable(raw)
        searches = [Search(trials, outcome, CONES) for outcome in OUTCOMES.words()]
        for _ in range(60 if len(names) > 2 else 0):
            chosen = random.sample(names, random.choice((1, 2, 2, 3)))
            settled = [each for each in searches if not each.may_change(frozenset(chosen))]
            for _ in range(3):
                found = trials.found([any_change(name, raw[name], random) for name in chosen])
                assert all(found[each.outcome] == each.now for each in settled), chosen
                ruled_out += len(settled)
    assert ruled_out > 5000


def test_an_answer_is_known_with_what_stands_in_for_it():
    found = stand_ins(RULEBOOK)
    assert "clarity_staff" in found["clarity_staff_agree"]
    assert found["clarity_work_list"] == {"clarity_mgr"}
    assert "incentive_measures" in found["sales_quota_incentive"]
    assert "csat_change_pts" not in found


def test_a_direct_score_below_items_is_not_taken_for_all_that_the_items_allow():
    """With the items left open alone, the direct score would count and seem to settle that clarity is missing."""
    raw = facts_in(profile_of(clarity_mgr=0, clarity_work_list="none", clarity_hours_assigned="yes").units[0])
    search = Search(trials_of(raw), "preparation.clarity", CONES)
    assert search.now == "missing"
    assert search.may_change(frozenset({"clarity_work_list"}))


def test_no_change_leaves_nothing_to_advise_on() -> None:
    """Without cases, people, working days or a case in which the step is used there is no question left."""
    for name, least in (("cases_per_day", 10), ("ai_use_share_pct", 5), ("team_headcount", 1), ("team_fte", 0.5)):
        scale = RULEBOOK.scope[name].scale
        tried = [change.after[0] / scale for change in CHANGES.of_one(name, (40 * scale, 40 * scale))]
        assert min(tried) == least
    scale = RULEBOOK.scope["ai_minutes_saved_per_case"].scale
    assert 0 in {change.after[0] for change in CHANGES.of_one("ai_minutes_saved_per_case", (4 * scale, 4 * scale))}
