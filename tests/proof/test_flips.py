"""Flips: changed answers that a person would say, each of which does what it says; the smallest of their kind."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from advisor.advice.flips import Flipper
from advisor.engines.checked import CheckedEngine
from advisor.profile import read_profile
from advisor.rulebook import Rulebook
from tests.shipped.answers import PLAIN, PROFILES, RULEBOOK, evaluated, facts_in, profile_of

FLIPPER = Flipper(RULEBOOK, CheckedEngine(RULEBOOK))
UNITS = [
    (unit.name, facts_in(unit))
    for path in PROFILES
    if path.stem in ("healthy-insurer", "no-net-saving", "klarna-2024")
    for unit in read_profile(path, RULEBOOK.questions).units
]
OUTCOMES = ("verdict", "pattern.volume", "erosion", "preparation.clarity")


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize(("name", "raw"), UNITS, ids=[name for name, _ in UNITS])
def test_every_flip_does_what_it_says(name, raw, outcome):
    found = FLIPPER.flips(raw, outcome)
    for flip in found.flips:
        changed = raw | {change.question: change.after for change in flip.changes}
        assert FLIPPER.outcomes.of(PLAIN.evaluate(changed))[outcome] == flip.leads_to != found.now
        for change in flip.changes:
            question, signature = RULEBOOK.questions[change.question], RULEBOOK.scope[change.question]
            assert question.changeable
            if question.type == "number" and question.step:
                assert (Fraction(change.after[0], signature.scale) / Fraction(question.step)).denominator == 1


@pytest.mark.parametrize(("name", "raw"), UNITS, ids=[name for name, _ in UNITS])
def test_a_single_number_moved_one_step_less_changes_nothing(name, raw):
    for flip in FLIPPER.flips(raw, "erosion").flips:
        (change,) = flip.changes if len(flip.changes) == 1 else (None,)
        if change and isinstance(change.before, tuple) and change.steps > 1:
            step = FLIPPER._changes.step(change.question)
            back = change.after[0] - step if change.after[0] > change.before[0] else change.after[0] + step
            less = FLIPPER.outcomes.of(PLAIN.evaluate(raw | {change.question: (back, back)}))
            assert less["erosion"] != flip.leads_to


def test_the_threshold_itself_is_found():
    raw = facts_in(profile_of(csat_change_pts=-3, ai_metrics_quality=True).units[0])
    found = FLIPPER.flips(raw, "erosion")
    assert [(flip.changes[0].question, flip.changes[0].after, flip.leads_to) for flip in found.flips] == [
        ("csat_change_pts", (-500, -500), "early")
    ]
    assert evaluated(csat_change_pts=-5).truth["erosion-is-early"] is True


def test_what_cannot_be_changed_is_never_proposed():
    raw = facts_in(profile_of(volume_growth_12m_pct=30, growth_cause="new_business").units[0])
    for outcome in FLIPPER.outcomes.words():
        for flip in FLIPPER.flips(raw, outcome).flips:
            assert "volume_growth_12m_pct" not in [change.question for change in flip.changes]


def test_what_no_valid_profile_says_is_never_proposed(tmp_path):
    """The flip of the test above, refused by a check of the house."""
    check = {"id": "x", "when": "csat_change_pts <= -5", "severity": "error", "says": "No.", "remedy": "Do not."}
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": [check]}))
    rulebook = Rulebook.load(overlays=[tmp_path])
    raw = facts_in(profile_of(csat_change_pts=-3, ai_metrics_quality=True).units[0])
    for flip in Flipper(rulebook, CheckedEngine(rulebook)).flips(raw, "erosion").flips:
        assert "csat_change_pts" not in [change.question for change in flip.changes]


def test_nothing_to_change_is_said():
    found = FLIPPER.flips(facts_in(profile_of().units[0]), "verdict")
    assert found.flips == ()
    assert found.searched == 3
