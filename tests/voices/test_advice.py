"""The advice on a unit with respondents: what it rests on, what is told, and whose view would change it."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
from hypothesis import HealthCheck, assume, given, settings

from advisor import Profile, advise
from advisor.advice import Advice
from advisor.advice.explain import explain
from advisor.advice.model import UnitAdvice
from advisor.advice.schema import advice_schema
from advisor.advice.withheld import used_unit
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.memo import memo_of, render_markdown
from advisor.profile import Frozen, Organisation, Unit
from advisor.profile.facts import facts_of
from advisor.profile.voices import other_than_counts
from tests.voices.samples import RULEBOOK, is_valid, profile, units

EXAMPLES = settings().max_examples
STAFF = "staff 8"
LIMIT = ("manager", "authority_decision_limit: own"), (STAFF, "authority_decision_limit: {tally: {none: 6, own: 2}}")


def advice(answers: str, *voices: tuple[str, str]) -> Advice:
    return advise(profile(answers, *voices), RULEBOOK, "plain")


def unit(given: Advice) -> UnitAdvice:
    return given.document.units[0]


def says(given: Advice, code: str) -> list[str]:
    return [finding.says for finding in unit(given).findings if finding.code == code]


def everywhere(given: Advice) -> dict[str, str]:
    document = json.loads(given.to_json())
    jsonschema.validate(document, advice_schema())
    texts = {"table": table(given), "markdown": summary(given), "memo": render_markdown(memo_of(given))}
    return {form: " ".join(text.split()) for form, text in texts.items()}


def test_a_difference_between_managers_and_staff_is_a_finding() -> None:
    (said,) = says(advice("", *LIMIT), "PRE-15")
    assert "They are farthest apart on “Own decision limit”, by 75%." in said
    assert "There managers say “Yes, by themselves up to a limit”, and staff “No”." in said


def test_a_small_difference_is_none() -> None:
    few = LIMIT[0], (STAFF, "authority_decision_limit: {tally: {none: 3, own: 5}}")
    assert says(advice("", *few), "PRE-15") == []


def test_what_counts_reaches_the_rules_and_its_voices_are_in_the_json() -> None:
    given = advice("", *LIMIT)
    (voiced,) = unit(given).voices
    assert (voiced.combine, voiced.counts, voiced.value, voiced.behind) == ("lowest", "combined", "none", ["staff"])
    assert [(view.role, view.people, view.value, view.tally) for view in voiced.views] == [
        ("manager", 1, "own", None),
        ("staff", 8, "none", {"none": 6, "own": 2}),
    ]
    facts = given.units[0].evaluation.facts
    assert facts["authority_decision_limit"] == "none"


def test_it_is_told_in_every_form() -> None:
    for form, text in everywhere(advice("", *LIMIT)).items():
        assert "6 of 8" in text, form
        assert "Own decision limit" in text, form
        assert "lowest view" in text, form
    (lines,) = explain(advice("", *LIMIT), "authority_decision_limit")
    assert [line.text for line in lines.below[0].below] == [
        "managers “Yes, by themselves up to a limit”",
        "staff “No” (6 of 8)",
        "Counts: “No” (the lowest view counts).",
    ]


def test_a_unit_without_respondents_says_nothing_of_voices() -> None:
    given = advise(replace(profile(), units=(Unit("Claims"),)), RULEBOOK, "plain")
    assert (unit(given).voices, unit(given).by_voice) == ([], [])
    for form, text in everywhere(given).items():
        assert "Voices" not in text, form
        assert "respondents answered" not in text, form


CONTRADICTORY = ("manager", "gov_owner: true"), ("data_owner", "gov_owner: false")


def test_contradictory_answers_are_unknown_and_listed() -> None:
    given = advice("", *CONTRADICTORY)
    assert given.units[0].evaluation.facts["gov_owner"] is None
    assert "gov_owner" in {each.question for each in unit(given).open_questions}
    assert unit(given).voices[0].counts == "contradictory"
    assert "“Named owner of the freed time”" in says(given, "WRN-26")[0]
    for form, text in everywhere(given).items():
        assert "contradict" in text.lower(), form
    (lines,) = explain(given, "gov_owner")
    assert "contradict each other, so it counts as unknown" in lines.below[0].text


def test_the_record_settles_a_contradiction_and_a_voice_against_it_is_listed() -> None:
    given = advice("gov_owner: false", *CONTRADICTORY)
    assert given.units[0].evaluation.facts["gov_owner"] is False
    assert says(given, "WRN-26") == []
    assert "most of all on “Named owner of the freed time”" in says(given, "WRN-27")[0]
    assert says(advice("gov_owner: true", CONTRADICTORY[0]), "WRN-27") == []


def test_too_few_staff_are_said_to_be_withheld_and_not_to_be_open() -> None:
    given = advice("", ("staff 4", "clarity_staff: 17.31"))
    assert unit(given).withheld == ["clarity_staff"]
    assert "fewer than 5 people answered" in unit(given).notices[0]
    assert {each.question: each.state for each in unit(given).open_questions}["clarity_staff"] == "withheld"
    assert unit(given).voices[0].views[0].value is None
    for form, text in everywhere(given).items():
        assert "fewer than 5 people" in text, form
        assert "17.31" not in text, form


def test_enough_staff_need_no_word_on_how_many_they_are() -> None:
    assert unit(advice("", (STAFF, "clarity_staff: 42"))).notices == []
    assert "not known whether 5 people" in unit(advice("clarity_staff: 42", (STAFF, "gov_owner: true"))).notices[0]


def test_staff_who_speak_replace_a_recorded_answer_of_too_few() -> None:
    given = advice("clarity_staff: 17.31\nstaff_respondents: 3", (STAFF, "clarity_staff: 42"))
    assert given.units[0].evaluation.facts["clarity_staff"] == (4200, 4200)
    assert unit(given).withheld == []
    assert "17.31" not in given.to_json() + table(given)


def test_whose_view_changes_the_preparation() -> None:
    items = "clarity_work_list: %s\nclarity_value_estimated: %s\nclarity_hours_assigned: %s"
    given = advice(
        "clarity_staff: 80\nstaff_respondents: 9",
        ("manager", items % ("ranked", "yes", "yes")),
        (STAFF, items % ("verbal", "no", "no")),
    )
    status = {each.preparation: each.status for each in unit(given).preparations}
    assert status["clarity"] == "missing"
    (manager,) = unit(given).by_voice
    assert manager.role == "manager"
    assert ("preparation.clarity", "missing", "in_place") in [
        (change.outcome, change.now, change.then) for change in manager.changes or ()
    ]
    for form, text in everywhere(given).items():
        assert "On the view of the managers alone" in text, form
    (lines,) = explain(given, "clarity")
    assert "On the view of the managers alone: Clarity would be in place instead of missing." in [
        line.text for line in lines.below
    ]


def test_a_view_that_cannot_be_true_beside_the_rest_is_said_to_be_impossible() -> None:
    share = "failure_demand_share_pct: %s\ntransferred_in_pct: %s"
    given = advice("", ("data_owner", share % (20, 60)), ("manager", share % (90, 60)))
    (manager,) = unit(given).by_voice
    assert (manager.role, manager.changes) == ("manager", None)
    for form, text in everywhere(given).items():
        assert "true beside the other answers" in text, form


def test_an_answer_on_trial_is_compared_with_nobody() -> None:
    from advisor.profile import with_answers

    tried = with_answers(profile("", *LIMIT), {"authority_decision_limit": "own"}, RULEBOOK.questions)
    assert unit(advise(tried, RULEBOOK, "plain")).by_voice == []


def of(unit: Unit) -> Profile:
    return Profile(Organisation("Client"), (unit,))


@settings(max_examples=EXAMPLES // 3, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(units)
def test_both_engines_agree_on_every_unit_with_respondents_and_its_forms_can_be_written(unit: Unit) -> None:
    assume(is_valid(unit))
    given = advise(of(unit), RULEBOOK, "rete")
    everywhere(given)
    assert given.profile.units[0].respondents == ()


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(units)
def test_the_view_of_one_role_is_the_advice_on_its_answers(unit: Unit) -> None:
    assume(is_valid(unit))
    used, outcomes, engine = used_unit(unit, RULEBOOK), Outcomes(RULEBOOK), PlainEngine(RULEBOOK)
    now = outcomes.of(engine.evaluate(facts_of(used.unit, RULEBOOK)))
    for voice in advise(of(unit), RULEBOOK, "plain").document.units[0].by_voice:
        alone = other_than_counts(used.voices, voice.role, RULEBOOK)
        assert [*alone] == voice.questions
        facts = facts_of(replace(used.unit, answers=Frozen({**used.unit.answers, **alone})), RULEBOOK)
        if voice.changes is None:
            assert not RULEBOOK.permits(facts)
            continue
        then = outcomes.of(engine.evaluate(facts))
        changed = {name for name in now if now[name] != then[name] and not name.startswith("pattern.")}
        assert {change.outcome: change.then for change in voice.changes} == {name: then[name] for name in changed}
