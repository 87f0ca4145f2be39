"""What every form of the result says: who comes first and why, conditions, what was overridden, what made it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import PROFILES, run

FORMS = ("table", "markdown")
CLOSE = """advisor_profile: 1
organisation: {name: Close, currency: EUR}
units:
  - name: one
    answers:
      ai_minutes_saved_per_case: 4
      cases_per_day: 200
      saving_measured_by: system
      work_mode: pooled_queue
      conversation_min: 30
      advice_value_money: 60
      cost_per_error: 40
      error_rate_pct: 6
      error_rate_target_pct: 2
      decision_stakes: high
      advisory_unmet_pct: 10
      advice_value: medium
"""
"""Quality has support of 35, advice of 37: within five points."""


def said(*arguments: object, stdin: str | None = None) -> str:
    """Standard output as one line."""
    done = run("assess", "--no-outlook", *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("form", FORMS)
def test_a_tie_that_money_decides_is_said(form: str) -> None:
    words = "More advice, less mechanics. More quality, same cases lies within 5 points, so money decides."
    assert words in said("-", "--format", form, stdin=CLOSE)


@pytest.mark.parametrize("form", FORMS)
def test_a_tie_without_money_follows_the_rulebook_and_says_so(form: str) -> None:
    words = said("-", "--format", form, "--set", "cost_per_error=unknown", stdin=CLOSE)
    assert "More quality, same cases. More advice, less mechanics lies within 5 points" in words
    assert "so the order of the rulebook decides" in words


@pytest.mark.parametrize("form", FORMS)
def test_a_broken_deadline_that_puts_volume_first_is_said(form: str) -> None:
    settings = ("statutory_deadline_breach=true", "backlog_weeks=5", "unmet_demand_pct=15", "sla_gap_pts=15")
    words = said("-", "--format", form, *(part for each in settings for part in ("--set", each)), stdin=CLOSE)
    assert "More volume, same team. A statutory deadline is broken, so volume comes first" in words


@pytest.mark.parametrize("form", FORMS)
def test_where_support_alone_decides_nothing_is_said_of_a_tie(form: str) -> None:
    assert "within 5 points" not in said(PROFILES / "healthy-insurer.yaml", "--format", form)


@pytest.mark.parametrize("form", FORMS)
def test_conditions_hours_and_worth_are_said(form: str) -> None:
    words = said("-", "--format", form, stdin=CLOSE)
    assert "Clarity, Authority, Recognition still to be assessed" in words
    assert "Hours that can be used about 11 h a day" in words
    assert "about EUR 130,000 a year, if every hour goes to such conversations" in words


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("scope", "holds"),
    [("repair_only", " (cost of one error: “Only the repair”)"), ("unknown", "")],
)
def test_what_better_quality_is_worth_is_no_ceiling_and_names_what_it_hangs_on(form, scope, holds) -> None:
    """Where the cost of one error is a lower end, more may be avoided; where the hours do not suffice, less."""
    settings = ("advice_value_money=unknown", "error_rate_pct=9", f"cost_per_error_scope={scope}")
    words = said("-", "--format", form, *(part for each in settings for part in ("--set", each)), stdin=CLOSE)
    assert f"a year, if all the hours together just close the gap{holds}" in words
    assert "it is less where they do not suffice, and more where fewer do or the cost of one error leaves out" in words
    assert "up to about EUR" not in words


CALM = ("csat_change_pts=0", "csat_complex_change_pts=0", "recontact_change_pct=0", "complaint_change_pct=0")
WATCHED = ("error_change_pct=0", "engagement_change_pts=0", "quality_decline_reported=no")
SOUND = (
    "ai_metrics_quality=yes", "headcount_policy=cap", "human_path=always", "quality_segmented=yes",
    "invisible_work_mapped=yes", "rubber_stamp_share_pct=0", "planned_fte_reduction=0",
)  # fmt: skip
HELD = ("ai_metrics_quality=no", "human_path=limited")
SEEN = "No erosion of quality has been seen (open answers may still show some)"
EXPOSED = "The set-up is exposed to quality erosion (open answers may still show more)"


@pytest.mark.parametrize(
    ("settings", "erosion"),
    [
        ((*CALM, *SOUND), f"{SEEN}; no red indicator known, no exposure known, 4 indicators not known"),
        ((*CALM, *WATCHED, *SOUND), f"{SEEN}; no red indicator known, no exposure known, 1 indicator not known"),
        (HELD, f"{EXPOSED}; no red indicator known, 2 exposures, 8 indicators not known"),
        (("harm_incident=yes",), "Erosion of quality is under way; no red indicator known"),
        (("error_change_pct=40", "csat_change_pts=-9"), "Erosion of quality is under way; 2 red indicators"),
    ],
)
def test_erosion_is_counted_as_a_person_would_and_says_what_open_answers_may_add(settings, erosion) -> None:
    live = ("ai_phase=live", *settings)
    assert f"Erosion {erosion}" in said("-", *(part for each in live for part in ("--set", each)), stdin=CLOSE)


def test_every_form_lists_what_a_house_view_overrides(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("parameters:\n  - {name: growth_noticeable, value: 4}\n")
    for form in FORMS:
        words = said("-", "--format", form, "--rules", tmp_path, stdin=CLOSE).replace("\\_", "_")
        assert (
            "verridden parameters: Least growth of volume that is noticeable (growth_noticeable) 4% instead of 3%"
            in words
        )
    memo = run("memo", "-", "-o", "-", "--no-outlook", "--rules", tmp_path, stdin=CLOSE).stdout.replace("\\_", "_")
    assert "Parameters that were changed | Least growth of volume that is noticeable (growth_noticeable): 4%." in memo


def test_a_house_parameter_without_a_label_stands_by_its_name(tmp_path: Path) -> None:
    new = "{name: house_mark, value: 3, unit: week, status: judgement, why: So.}"
    (tmp_path / "new.yaml").write_text(f"parameters:\n  - {new}\n")
    told = run("explain", PROFILES / "klarna-2024.yaml", "house_mark", "--rules", tmp_path)
    assert told.returncode == 0, told.stderr
    assert "  house_mark: 3 weeks (judgement). So.\n" in told.stdout


def test_an_explanation_has_label_and_name(tmp_path: Path) -> None:
    for language, words in (
        ("en", "Fewest points for a recommendation (support_floor): 25 of 100 (judgement)."),
        ("de", "Mindestpunkte für eine Empfehlung (support_floor): 25 von 100 (Urteil)."),
    ):
        told = run("explain", PROFILES / "klarna-2024.yaml", "support_floor", "--language", language)
        assert words in " ".join(told.stdout.split())


def test_every_form_names_engines_rulebook_and_profile() -> None:
    made = json.loads(run("assess", "-", "--format", "json", stdin=CLOSE).stdout)
    digest, profile = made["made_with"]["rulebook"]["digest"], made["profile"]["digest"]
    for form in FORMS:
        words = said("-", "--format", form, stdin=CLOSE)
        assert "rete, checked by plain" in words
        assert digest[:20] in words
        assert profile[:20] in words


def test_markdown_says_what_was_asked_for_and_looks_across_units() -> None:
    words = said("-", "--format", "markdown", "--flips", "--outlook", stdin=CLOSE)
    assert "**Outlook**" in words
    assert "What would change it" in words
    assert "- Demand grows: Policy administration about +14%" in said(
        PROFILES / "healthy-insurer.yaml", "--format", "markdown"
    )
