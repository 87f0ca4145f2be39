"""Faults planted in a small rulebook are found, by the solver alone; without them everything is proven."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.rulebook import Rulebook
from tests.verify.small import Part, invariant, rule, small

pytest.importorskip("z3")
from advisor.assurance.verify.obligations import Growth, Move, obligations
from advisor.assurance.verify.proof import Decider, Decision
from advisor.assurance.verify.trial import Trial
from advisor.engines.plain import PlainEngine

FALLS = {"never_falls": "erosion", "order": ["not_assessed", "fine", "bad"]}
SOUND = (
    invariant("no-moving-in-the-dark", never="first_pattern == move and light < 1"),
    invariant("shares-add-up", never="verdict == act and share_of_water + share_of_move + reserve_kept != 100"),
    invariant("reserve-is-kept", never="verdict == act and reserve_kept < reserve"),
    invariant("wait-gets-nothing", never="verdict == wait and share_of_water > 0"),
    invariant("limp-or-fresh", opposite=["limp", "fresh"]),
    invariant("wilting-is-never-better", moves={"wilted": "up"}, **FALLS),
    invariant("soil-does-not-matter", moves={"soil": "down"}, **FALLS),
)


def broken(rulebook: Rulebook) -> list[str]:
    """What does not hold; every profile that the solver names is confirmed by the plain engine."""
    decider, trial = Decider(rulebook, 20_000_000, 30), Trial(rulebook, PlainEngine(rulebook).evaluate)
    found = []
    for obligation in obligations(rulebook):
        decision = decider.decide(obligation)
        assert decision.says != "undecided", (obligation.says, decision.how)
        if decision.says == "possible":
            assert _confirmed(trial, obligation.about, decision), obligation.says
        if (decision.says == "possible") != obligation.exists:
            found.append(obligation.says)
    return found


def _confirmed(trial: Trial, about: object, decision: Decision) -> bool:
    if isinstance(about, Move):
        return trial.falls(about, *decision.profiles)
    if isinstance(about, Growth):
        return trial.contradicts(about, decision.profiles)
    return trial.is_met(about, *decision.profiles)  # type: ignore[arg-type]


def test_a_sound_rulebook_is_proven(tmp_path: Path):
    assert broken(small(tmp_path, invariants=SOUND)) == []


RULES: dict[str, tuple[tuple[Part, ...], tuple[str, ...], list[str]]] = {
    "a rule that can never fire": (
        (rule("never", "dryness >= dry_from and thirst < 0"),),
        (),
        ["never can fire"],
    ),
    "a rule that an earlier layer makes dead": (
        (rule("dead", "is_dry and dryness < 6", "warnings"),),
        (),
        ["dead can fire"],
    ),
    "a rule implied by one with the same conclusion": (
        (rule("drier", "dryness >= 9", concludes="is_dry"),),
        (),
        ["drier adds something to dry"],
    ),
    "two rules that say the same": (
        (rule("thirsty", "dryness * 2 >= dry_from * 2", concludes="is_dry"),),
        (),
        ["thirsty adds something to dry", "dry adds something to thirsty"],
    ),
    "a gap between the verdicts": (
        (rule("idle-in-the-light", "not recommends_any and light >= 1", "verdict", verdict="wait"),),
        ("idle",),
        ["no profile is without a verdict", "no profile is without a pattern and without a reason why none"],
    ),
    "no pattern and no reason": (
        (rule("act-on", "not recommends_any", "verdict", verdict="act"),),
        ("idle",),
        ["no profile is without a pattern and without a reason why none"],
    ),
}


@pytest.mark.parametrize("fault", RULES)
def test_a_planted_rule_is_found(tmp_path: Path, fault: str):
    more, without, expected = RULES[fault]
    assert sorted(broken(small(tmp_path, *more, without=without))) == sorted(expected)


def test_an_indicator_adds_to_its_group_even_where_another_implies_it(tmp_path: Path):
    group = {"group": "r", "of": "dryness"}
    more = rule("red", "dryness > 5", indicator=group), rule("deep-red", "dryness > 6", indicator=group)
    assert broken(small(tmp_path, *more)) == []


def test_a_rule_that_keeps_a_finding_open_adds_something(tmp_path: Path):
    # Where it is true the other is too; but while the soil is unknown the other may be false and it is open.
    formula = "lowest(dryness, 3 if known(soil) and soil == sand else 10) < 5"
    more = rule("moist", formula, concludes="is_moist"), rule("sandy", "soil == sand", concludes="is_moist")
    assert broken(small(tmp_path, *more)) == []


INVARIANTS = {
    "never": (invariant("dry-is-watered", never="is_dry and share_of_water == 0"), ()),
    "never, with open answers": (invariant("known", never="verdict == act and not known(soil)"), ()),
    "never, on a measure": (invariant("thirst", never="thirst >= 80 and first_pattern == water"), ()),
    "opposite": (invariant("dry-or-dark", opposite=["dry", "no-sun"]), ()),
    "moves up": (invariant("drier-is-never-better", moves={"dryness": "up"}, **FALLS), ()),
    "moves down": (invariant("light", moves={"light": "down"}, never_falls="verdict", order=[
        "no_verdict", "rescue", "wait", "act"]), ()),
    "moves a choice": (
        invariant("soil", moves={"soil": "up"}, **FALLS),
        (rule("peat-is-fine", "soil == sand", level="bad"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", INVARIANTS)
def test_a_broken_invariant_of_each_kind_is_found(tmp_path: Path, kind: str):
    planted, more = INVARIANTS[kind]
    (found,) = broken(small(tmp_path, *more, invariants=(planted,)))
    assert found.startswith(planted["id"])


def test_an_added_answer_that_contradicts_what_was_settled_is_found(tmp_path: Path):
    # Nothing times an open answer is nothing; a second answer then says that it does not apply.
    question = {"name": "pots", "type": "number", "minimum": 0, "maximum": 9, "applies_when": "wilted == true"}
    more = rule("nothing-to-do", "dryness * pots <= 0")
    assert broken(small(tmp_path, more, questions=(question,))) == ["what settles nothing-to-do settles it for good"]
