"""What time alone ends: at the day that is told and not before, told of each date that answers may have."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advice, Adviser
from advisor.advice.expiry import day_before, expiry
from advisor.advice.model import EndsByTime
from advisor.advice.recommendations import recommendations
from advisor.advice.schema import advice_schema
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.engines.random_units import random_units
from advisor.language.values import is_known_fact
from advisor.profile import Engagement, Frozen, Organisation, Profile, Unit, read_profile
from advisor.profile.facts import answer_of, facts_of
from advisor.profile.months import months_after, whole_months
from advisor.rulebook import Rulebook
from tests.cli.command import run
from tests.memo.samples import adviser, rulebook
from tests.shipped.answers import profile_of

TODAY = date(2026, 11, 16)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def aged(day: date | None = TODAY, **answers: object) -> Advice:
    """The advice on a step that settles, with until when it stands."""
    settling = {"ai_phase": "live", "cases_per_day": 200, "ai_minutes_saved_per_case": 4} | answers
    made = replace(profile_of(**settling), engagement=Engagement(date=day))
    return adviser().with_expiry(adviser().advise(made))


def told(advice: Advice) -> tuple[str | None, list[tuple[str, str | None, object]]]:
    """Until when it stands, and what ends when at which months in use."""
    (unit,) = advice.document.units
    assert unit.ends_by_time is not None
    return unit.expires, [(each.name, each.on, each.answers[0].to) for each in unit.ends_by_time]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 16), 2, date(2027, 1, 16)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(9999, 11, 30), 2, date.max),
    ],
)
def test_the_same_day_some_months_later(day, months, then):
    assert months_after(day, months) == then


@given(DAYS, st.integers(0, 200))
def test_a_month_has_passed_on_its_last_day_and_not_before(day, months):
    then = months_after(day, months)
    assert whole_months(day, then) == months
    assert whole_months(day, then - timedelta(days=1)) == max(0, months - 1)


def test_no_day_lies_before_the_calendar_and_no_months_before_their_start():
    assert day_before(date.min) == date.min
    assert whole_months(date(2026, 5, 1), date(2026, 4, 1)) == 0


@pytest.mark.parametrize(
    ("answer", "last", "on"),
    [
        (1, "2027-01-15", "2027-01-16"),
        (2, "2026-12-15", "2026-12-16"),
        ({"value": 2, "as_of": "2026-11-01"}, "2026-11-30", "2026-12-01"),
        ({"value": 1, "as_of": "2026-10-31"}, "2026-12-30", "2026-12-31"),
        ({"low": 1, "high": 2}, "2026-12-15", "2026-12-16"),
        (2.9, "2026-11-17", "2026-11-18"),
        (2.99, "2026-11-16", "2026-11-17"),
        (1.5, "2026-12-29", "2026-12-30"),
        ({"low": 0.2, "high": 1.9}, "2026-12-17", "2026-12-18"),
        ({"value": 2.5, "as_of": "2026-11-10"}, "2026-11-23", "2026-11-24"),
    ],
)
def test_a_step_that_settles_is_to_be_looked_at_again_after_three_months(answer, last, on):
    advice = aged(months_live=answer)
    assert advice.document.units[0].verdict == "stabilise_first"
    expires, [(name, day, _)] = told(advice)
    assert (expires, name, day) == (last, "stabilise_first", on)


@pytest.mark.parametrize("answer", [3, "unknown", {"not_applicable": "it has no end"}])
def test_where_time_ends_nothing_the_advice_stands_as_long_as_every_other(answer):
    assert told(aged(months_live=answer)) == ("2027-05-15", [])


def test_an_answer_that_was_old_already_has_grown_by_the_date_of_the_engagement():
    expires, ends = told(aged(months_live={"value": 1, "as_of": "2026-06-30"}))
    assert (expires, ends) == ("2026-11-15", [("stabilise_first", "2026-11-16", 5)])


def test_without_a_date_months_are_told_and_no_day():
    assert told(aged(None, months_live=1)) == (None, [("stabilise_first", None, 3)])
    assert told(aged(None, months_live=2.9)) == (None, [("stabilise_first", None, 3)])
    dated = aged(None, months_live={"value": 1, "as_of": "2026-06-30"})
    assert told(dated) == ("2026-08-29", [("stabilise_first", "2026-08-30", 3)])


_TOGETHER = {
    "sum": "months_live + months_trained < 8",
    "first": "months_live < 5 and months_trained < 2",
    "last": "months_live < 4 or months_trained < 1",
    "both": "months_live < 4 and months_trained < 2",
    "never": "months_live < 9",
    "new": "months_live < months_until_stable",
}
"""When a step is asked for, by the rule that asks for it."""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The shipped rulebook with rules that ask for a step while answers are small, and another answer that grows."""
    rules = [
        {
            "id": name,
            "title": name,
            "when": when,
            "severity": "advice",
            "says": "It is new.",
            "because": "x",
            "remedy": {"action": f"Look at {name}", "owner": "unit manager", "within_days": 30},
            "sources": ["judgement"],
        }
        for name, when in _TOGETHER.items()
    ]
    asked = {"name": "months_trained", "section": "workforce", "ask": "For how long?", "help": "x", "who": "manager"}
    number = {"type": "number", "unit": "month", "minimum": 0, "maximum": 900, "decimals": 0, "grows_monthly": True}
    folder = tmp_path_factory.mktemp("own")
    (folder / "rules.yaml").write_text(yaml.safe_dump({"layer": "warnings", "rules": rules}))
    (folder / "asked.yaml").write_text(yaml.safe_dump({"questions": [asked | number]}))
    return Adviser(Rulebook.load(overlays=[folder]), "plain")


def ends_of(made_by: Adviser, **answers: object) -> dict[str, EndsByTime]:
    """What time ends of the advice on these answers, by name."""
    unit = {"name": "u", "answers": answers}
    text = json.dumps({"advisor_profile": 1, "organisation": {"name": "x"}, "units": [unit]})
    dated = replace(read_profile(text, made_by.rulebook.questions), engagement=Engagement(date=TODAY))
    (advised,) = made_by.with_expiry(made_by.advise(dated)).document.units
    assert {"new", "never"} <= {each.id for each in advised.findings}
    return {each.name: each for each in advised.ends_by_time or ()}


def test_only_a_step_that_is_used_comes_to_be_used_for_longer(own):
    assert set(ends_of(own, ai_phase="planned", months_live=0)) == set()
    assert {"stabilise_first", "new"} <= set(ends_of(own, ai_phase="live", months_live=0))


@pytest.mark.parametrize(
    ("trained_on", "rule", "day", "behind"),
    [
        ("2026-11-10", "sum", "2027-02-16", {"months_live": 5, "months_trained": 3}),
        ("2026-11-10", "first", "2027-01-10", {"months_trained": 2}),
        ("2026-11-10", "last", "2027-01-16", {"months_live": 4, "months_trained": 2}),
        ("2026-11-16", "both", "2027-01-16", {"months_live": 4, "months_trained": 2}),
    ],
)
def test_several_answers_grow_together_each_from_its_own_day(own, trained_on, rule, day, behind):
    """In use for 2 months on 16 November; trained for none on that day or a few days before."""
    ends = ends_of(own, ai_phase="live", months_live=2, months_trained={"value": 0, "as_of": trained_on})
    assert "never" not in ends
    assert ends[rule].on == day
    assert {answer.question: answer.to for answer in ends[rule].answers} == behind


def test_a_step_that_ends_by_time_leaves_the_advice_standing():
    """The running harm leads; that the step settles holds besides, and its step is over after three months."""
    expires, [(name, on, to)] = told(aged(months_live=1, harm_incident=True, harm_since_months=2))
    assert (expires, name, on, to) == ("2027-05-15", "verdict-stabilise-first", "2027-01-16", 3)


def test_a_silent_rulebook_looks_a_year_ahead_and_names_no_other_day():
    book = rulebook()
    silent = replace(book, frame=replace(book.frame, memo=replace(book.frame.memo, valid_for=None)))
    made = replace(profile_of(ai_phase="live", months_live=1), engagement=Engagement(date=TODAY))
    quiet = Adviser(silent, "plain")
    assert told(quiet.with_expiry(quiet.advise(made))) == ("2027-01-15", [("stabilise_first", "2027-01-16", 3)])


def test_in_the_json_of_assess(tmp_path):
    answers = "{ai_phase: live, months_live: 1}"
    (tmp_path / "p.yaml").write_text(
        "advisor_profile: 1\norganisation: {name: x}\nengagement: {date: 2026-11-16}\n"
        f"units: [{{name: u, answers: {answers}}}]\n"
    )
    document = json.loads(run("assess", "p.yaml", "--no-outlook", "--format", "json", cwd=tmp_path).stdout)
    jsonschema.validate(document, advice_schema())
    (unit,) = document["units"]
    grown = {"question": "months_live", "from": 1, "to": 3, "unit": "month"}
    assert unit["expires"] == "2027-01-15"
    assert {"kind": "verdict", "name": "stabilise_first", "on": "2027-01-16", "answers": [grown]} in unit[
        "ends_by_time"
    ]


@cache
def _engine() -> tuple[PlainEngine, Outcomes]:
    return PlainEngine(Rulebook.load()), Outcomes(rulebook())


def _random(seed: int) -> Unit:
    """A unit whose step has been in use for few months, since another day; of every second one little else is known."""
    (facts,) = random_units(rulebook(), 1, seed)
    answers = {name: answer for name, fact in facts.items() if (answer := answer_of(fact, rulebook().scope[name]))}
    since = TODAY - timedelta(days=17 * (seed % 5))
    months = {"value": seed % 3, "as_of": since.isoformat()}
    harmed = {"harm_incident": True, "harm_since_months": seed} if seed % 2 else {}
    kept = (*rulebook().questions,) if seed % 2 else ("volume_growth_12m_pct", "gov_ledger", "clarity_mgr")
    answers = {name: answer for name, answer in answers.items() if name in kept}
    few = profile_of(ai_phase="live", months_live=months, **harmed)
    return Unit("u", Frozen({**answers, **few.units[0].answers}))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_told_is_where_it_ends_when_the_months_are_moved_on(seed):
    """Day by day to the expiry, all answers that grow moved on by hand, with the specification."""
    unit, (engine, outcomes) = _random(seed), _engine()
    advice = adviser().with_expiry(
        adviser().advise(Profile(Organisation("x"), (unit,), engagement=Engagement(date=TODAY)))
    )
    assert advice.endings is not None
    ends = {each.recommendation: each.day for each in advice.endings[0]}
    assert ends
    raw, last = facts_of(unit, rulebook()), expiry(TODAY, rulebook())
    assert last is not None
    growing = [name for name, each in rulebook().questions.items() if each.grows_monthly and is_known_fact(raw[name])]
    assert "months_live" in growing
    waiting, seen = set(recommendations(advice.document.units[0], rulebook())), {}
    for day in (TODAY + timedelta(days=days) for days in range((last - TODAY).days + 1)):
        passed = tuple(whole_months(unit.answers[name].as_of or TODAY, day) for name in growing)
        if passed not in seen:
            grown = zip(growing, passed, strict=True)
            moved = {
                name: tuple(end + months * rulebook().scope[name].scale for end in raw[name]) for name, months in grown
            }
            seen[passed] = engine.evaluate({**raw, **moved})
        for each in [each for each in waiting if not each.holds(seen[passed], outcomes)]:
            assert ends[each] == day
            waiting.remove(each)
    assert waiting.isdisjoint(ends)
