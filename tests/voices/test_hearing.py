"""How several answers become one: first those of one role, then those of several."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice.wording import in_words
from advisor.profile import Answer, Frozen, Unit, Voice
from advisor.profile.facts import facts_of
from advisor.profile.voices import hear, other_than_counts
from tests.voices.samples import RULEBOOK, heard, only, units

STAFF = "staff 8"


def counts(*voices: tuple[str, str], answers: str = "") -> tuple[str, object]:
    """How the only question is settled, and with what."""
    question = only(heard(answers, *voices))
    answer = question.answer
    if answer is None or answer.state != "answered":
        return question.counts, answer and answer.state
    return question.counts, answer.value if answer.value is not None else (answer.low, answer.high)


def test_a_unit_without_respondents_is_left_alone() -> None:
    unit = Unit("Claims", Frozen({"gov_owner": Answer("answered", True)}))
    assert hear(unit, RULEBOOK).unit is unit
    assert facts_of(unit, RULEBOOK)["voices"] == ()


@pytest.mark.parametrize(
    ("voices", "wanted"),
    [
        # preparations: the lower view
        ([("manager", "clarity_hours_assigned: yes"), (STAFF, "clarity_hours_assigned: no")], ("combined", "no")),
        (
            [("manager", "authority_rights_count: 4"), (STAFF, "authority_rights_count: 1.5")],
            ("combined", Decimal("1.5")),
        ),
        ([("manager", "authority_rights_count: 1"), (STAFF, "authority_rights_count: 4")], ("combined", Decimal(1))),
        ([("manager", "authority_mgr: 60"), ("manager", "authority_mgr: 45")], ("combined", Decimal(45))),
        (
            [("manager", "authority_mgr: {low: 30, high: 60}"), ("manager", "authority_mgr: 50")],
            ("combined", (Decimal(30), Decimal(50))),
        ),
        # where more is worse: the higher one
        (
            [("manager", "individual_volume_target: false"), (STAFF, "individual_volume_target: true")],
            ("combined", True),
        ),
        # figures: the data owner first, without one all have to agree
        ([("manager", "cases_per_day: 90"), ("data_owner", "cases_per_day: 80")], ("combined", Decimal(80))),
        ([("manager", "cases_per_day: 90"), (STAFF, "cases_per_day: 90")], ("combined", Decimal(90))),
        ([("manager", "cases_per_day: 90"), (STAFF, "cases_per_day: 80")], ("contradictory", None)),
        ([("data_owner", "cases_per_day: 90"), ("data_owner", "cases_per_day: 80")], ("contradictory", None)),
        # staff questions: the mean of staff
        ([("staff 6", "clarity_staff: 40"), ("staff 2", "clarity_staff: 60")], ("combined", Decimal(45))),
        ([("staff 4", "clarity_staff: 10"), ("staff 3", "clarity_staff: 11")], ("combined", Decimal("10.43"))),
        ([(STAFF, "clarity_staff: {low: 20, high: 40}")], ("combined", (Decimal(20), Decimal(40)))),
        ([(STAFF, "clarity_staff: 40"), ("manager", "clarity_staff: 90")], ("combined", Decimal(40))),
        ([("manager", "clarity_staff: 90")], ("not_counted", None)),
        # everything else: all have to agree
        ([("manager", "gov_owner: true"), ("data_owner", "gov_owner: true")], ("combined", True)),
        ([("manager", "gov_owner: true"), ("data_owner", "gov_owner: false")], ("contradictory", None)),
        ([("manager", "gov_owner: true"), ("manager", "gov_owner: false")], ("contradictory", None)),
        (
            [("manager", "rework_kind: [reopened, resubmitted]"), (STAFF, "rework_kind: [resubmitted, reopened]")],
            ("combined", None),
        ),
        # who does not know does not speak
        ([("manager", "gov_owner: unknown"), ("data_owner", "gov_owner: true")], ("combined", True)),
        # not applicable is an answer like others
        (
            [("manager", "gov_owner: {not_applicable: x}"), ("data_owner", "gov_owner: {not_applicable: y}")],
            ("combined", "not_applicable"),
        ),
        ([("manager", "gov_owner: {not_applicable: x}"), ("data_owner", "gov_owner: true")], ("contradictory", None)),
        ([("manager", "authority_mgr: {not_applicable: x}"), ("manager", "authority_mgr: 3")], ("contradictory", None)),
    ],
)
def test_each_question_says_how(voices: list[tuple[str, str]], wanted: tuple[str, object]) -> None:
    found = counts(*voices)
    assert found[0] == wanted[0]
    if wanted[1] is not None or wanted[0] != "combined":
        assert found == wanted


@pytest.mark.parametrize(
    ("tally", "wanted"),
    [
        ("{true: 6, false: 4}", True),
        ("{true: 4, false: 6}", False),
        ("{true: 59, false: 41}", None),
        ("{true: 41, false: 59}", None),
        ("{true: 5, false: 5}", None),
        ("{false: 8}", False),
    ],
)
def test_of_words_counts_what_three_in_five_say(tally: str, wanted: bool | None) -> None:
    answer = only(heard("", ("staff 100", f"gov_owner: {{tally: {tally}}}"))).answer
    assert (answer and answer.value) == wanted


def test_people_who_said_something_else_count_among_all() -> None:
    assert counts((STAFF, "authority_decision_limit: {tally: {none: 5}, people: 8}")) == ("combined", "none")
    assert counts((STAFF, "authority_decision_limit: {tally: {none: 4}, people: 8}")) == ("contradictory", None)


def test_of_several_choices_count_those_that_three_in_five_chose() -> None:
    tally = "rework_kind: {tally: {reopened: 6, resubmitted: 5, handed_over: 4}, people: 8}"
    assert counts((STAFF, tally)) == ("combined", ("reopened", "resubmitted"))


def test_tallies_and_single_answers_add_up() -> None:
    found = heard("", ("staff 4", "gov_owner: {tally: {true: 1, false: 3}}"), *[("staff", "gov_owner: false")] * 3)
    (view,) = only(found).views
    assert (view.people, view.tally, view.answer and view.answer.value) == (7, Frozen({"false": 6}), False)


@pytest.mark.parametrize(("people", "wanted"), [(4, ("withheld", None)), (5, ("combined", Decimal(42)))])
def test_staff_count_from_five_people_upward_for_each_question(people: int, wanted: tuple[str, object]) -> None:
    assert counts((f"staff {people}", "clarity_staff: 42")) == wanted
    assert counts(*[("staff", "clarity_staff: 42")] * people) == wanted
    assert counts((STAFF, f"clarity_staff: {{value: 42, people: {people}}}")) == wanted
    assert counts(("staff", f"clarity_staff: {{value: 42, people: {people}}}")) == wanted


def test_who_does_not_know_is_none_of_the_five() -> None:
    assert counts(("staff 4", "clarity_staff: 42"), ("staff 4", "clarity_staff: unknown")) == ("withheld", None)


def test_staff_of_a_team_under_five_are_not_heard_however_many_they_say_they_are() -> None:
    found = heard("team_headcount: 4", (STAFF, "clarity_staff: 42"))
    assert only(found).counts == "withheld"
    found = heard("", (STAFF, "clarity_staff: 42"), ("data_owner", "team_headcount: {low: 4, high: 9}"))
    assert [each.counts for each in found.questions] == ["combined", "withheld"]


def test_staff_that_are_withheld_have_no_say_and_others_count() -> None:
    voices = ("staff 4", "authority_rights_count: 1"), ("manager", "authority_rights_count: 4")
    question = only(heard("", *voices))
    assert (question.counts, question.behind, question.differs) == ("combined", ("manager",), False)
    assert [view.standing for view in question.views] == ["said", "withheld"]


@pytest.mark.parametrize("recorded", ["7", "unknown", "{not_applicable: why}"])
def test_what_is_on_record_prevails_and_a_difference_shows(recorded: str) -> None:
    found = heard(f"error_rate_pct: {recorded}", ("data_owner", "error_rate_pct: 3"))
    question = only(found)
    assert (question.counts, question.answer) == ("recorded", found.unit.answers["error_rate_pct"])
    assert question.differs
    assert not only(
        heard("error_rate_pct: 3", ("data_owner", "error_rate_pct: {value: 3, evidence: measured}"))
    ).differs


def test_an_answer_has_the_weakest_evidence_and_the_source_of_the_only_one_behind_it() -> None:
    owner = ("data_owner", "error_rate_pct: {value: 3, evidence: measured, source: log, as_of: 2026-09-30, note: mine}")
    answer = only(heard("", owner, ("manager", "error_rate_pct: {value: 9, evidence: inferred}"))).answer
    assert answer is not None
    assert (answer.evidence, answer.source, str(answer.as_of), answer.note) == ("measured", "log", "2026-09-30", None)
    two = ("manager", "gov_owner: {value: true, evidence: documented, source: s}"), ("data_owner", "gov_owner: true")
    answer = only(heard("", *two)).answer
    assert answer is not None
    assert (answer.evidence, answer.source) == ("stated", None)
    staff = only(heard("", (STAFF, "clarity_staff: {value: 3, source: Jane, evidence: estimated, note: mine}"))).answer
    assert staff is not None
    assert (staff.evidence, staff.source, staff.note) == ("estimated", None, None)


def test_why_something_does_not_apply_is_told_in_the_words_of_one_manager_but_of_nobody_else() -> None:
    def reason(*voices: tuple[str, str]) -> str | None:
        answer = only(heard("", *voices)).answer
        assert answer is not None
        assert answer.state == "not_applicable"
        return answer.reason

    mine, other = "gov_owner: {not_applicable: mine}", "gov_owner: {not_applicable: other}"
    assert reason(("manager", mine)) == "mine"
    assert reason(("manager", mine), ("manager", other)) == "does not apply"
    assert reason(("manager", mine), ("data_owner", other)) == "does not apply"
    assert reason((STAFF, "clarity_staff: {not_applicable: mine}")) == "does not apply"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "rework_kind: [reopened, handed_over]",
            "rework_kind: []",
            ("rework_kind.reopened+handed_over", "rework_kind."),
        ),
        ("gov_owner: true", "gov_owner: {not_applicable: x}", ("gov_owner.true", "gov_owner.not_applicable")),
        (
            "incentive_measures: []",
            "incentive_measures: [{name: x}]",
            ("incentive_measures.0 rows", "incentive_measures.1 rows"),
        ),
        (
            "error_rate_pct: 1.50",
            "error_rate_pct: {low: 4, high: 5.5}",
            ("error_rate_pct.1.5", "error_rate_pct.4..5.5"),
        ),
    ],
)
def test_what_sides_say_is_written_for_whoever_puts_it_into_words(one: str, other: str, words: tuple[str, str]) -> None:
    ((*_, said, says, _, _),) = rows("", ("manager", one), ("data_owner", other))
    assert (said, says) == words


def test_what_sides_say_is_put_into_words() -> None:
    def shown(text: str) -> str:
        return in_words(text, "authority_managers_say", RULEBOOK)

    assert shown("rework_kind.reopened+handed_over").startswith("Reopened")
    assert shown("rework_kind.") == "none"
    assert shown("gov_owner.true, gov_owner.true, gov_owner.not_applicable") == "yes, not applicable"
    assert shown("incentive_measures.1 rows") == "1 rows"
    assert shown("error_rate_pct.4..5.5") == "4 to 5.5%"
    assert shown("gov_owner, gov_owner, error_rate_pct") == "Named owner of the freed time, Error rate"
    assert shown("Calls, Calls per day") == "Calls, Calls per day", "a client's own words stay as they are"


def rows(answers: str, *voices: tuple[str, str]) -> list[tuple[object, ...]]:
    table = heard(answers, *voices).unit.answers["voices"].value
    assert isinstance(table, tuple)
    keys = ("one", "other", "one_says", "other_says", "apart_pct", "settled")
    return [tuple(row[key] for key in keys) for row in table if not isinstance(row, str)]


def test_the_table_tells_how_many_of_the_staff_say_otherwise() -> None:
    tally = "authority_decision_limit: {tally: {none: 6, own: 2}}"
    assert rows("", ("manager", "authority_decision_limit: own"), (STAFF, tally)) == [
        ("manager", "staff", "authority_decision_limit.own", "authority_decision_limit.none", Decimal(75), True)
    ]
    one_alone = "authority_decision_limit: {tally: {none: 7, own: 1}}"
    ((*_, apart, _),) = rows("", ("manager", "authority_decision_limit: own"), (STAFF, one_alone))
    assert apart == Decimal("87.5")


def test_the_table_tells_by_how_much_figures_differ() -> None:
    voices = ("manager", "error_rate_pct: 4"), (STAFF, "error_rate_pct: 5"), ("data_owner", "error_rate_pct: 2")
    assert rows("error_rate_pct: 4", *voices) == [
        ("recorded", "data_owner", "error_rate_pct.4", "error_rate_pct.2", Decimal(50), True),
        ("recorded", "staff", "error_rate_pct.4", "error_rate_pct.5", Decimal(20), True),
        ("manager", "data_owner", "error_rate_pct.4", "error_rate_pct.2", Decimal(50), True),
        ("manager", "staff", "error_rate_pct.4", "error_rate_pct.5", Decimal(20), True),
        ("data_owner", "staff", "error_rate_pct.2", "error_rate_pct.5", Decimal(60), True),
    ]
    signed = ("manager", "csat_change_pts: -3"), ("data_owner", "csat_change_pts: {low: 1, high: 2}")
    ((*_, said, apart, _),) = rows("", *signed)
    assert (said, apart) == ("csat_change_pts.1..2", Decimal(100))


def test_a_range_that_holds_the_other_answer_does_not_contradict_it() -> None:
    zero = "manager", "error_rate_pct: 0"
    assert rows("", zero, ("data_owner", "error_rate_pct: {low: 0, high: 4}")) == []
    assert [row[4:] for row in rows("", zero, (STAFF, "error_rate_pct: {low: 0, high: 4}"))] == [(Decimal(0), False)]


def test_people_of_one_role_who_do_not_agree_are_both_sides() -> None:
    managers = [("manager", "gov_owner: true"), ("manager", "gov_owner: false")]
    assert rows("", *managers) == [("manager", "manager", None, None, Decimal(100), False)]
    staff = (STAFF, "gov_owner: {tally: {true: 3, false: 5}}")
    assert rows("", ("staff 8", "gov_owner: {tally: {true: 4, false: 4}}")) == [
        ("staff", "staff", None, None, Decimal(50), False)
    ]
    assert rows("", ("manager", "gov_owner: true"), staff)[0][:2] == ("manager", "staff")


def test_figures_of_single_people_who_differ_are_not_told() -> None:
    two = [("manager", "advisory_unmet_pct: 13.37"), ("manager", "advisory_unmet_pct: 73.31")]
    assert rows("", *two) == [("manager", "manager", None, None, Decimal(100), False)]
    assert "13.37" not in repr(heard("", *two))


def test_sides_that_agree_and_those_that_are_withheld_have_no_row() -> None:
    assert rows("gov_owner: true", ("manager", "gov_owner: true"), ("staff 4", "gov_owner: false")) == []


def test_what_a_role_alone_would_say() -> None:
    found = heard(
        "error_rate_pct: 3",
        ("manager", "error_rate_pct: 3\nauthority_rights_count: 4\nclarity_staff: 90\ngov_owner: true"),
        (STAFF, "error_rate_pct: 5\nauthority_rights_count: 1\nclarity_staff: 40\ngov_owner: false"),
    )

    def values(role: str) -> dict[str, object]:
        said = other_than_counts(found.questions, role, RULEBOOK)  # type: ignore[arg-type]
        return {name: answer.value for name, answer in said.items()}

    assert values("manager") == {"authority_rights_count": Decimal(4), "gov_owner": True}
    assert values("staff") == {"error_rate_pct": Decimal(5), "gov_owner": False}
    assert values("data_owner") == {}


@given(units, st.randoms())
def test_the_order_of_respondents_does_not_matter(unit: Unit, random: Random) -> None:
    shuffled = replace(unit, respondents=tuple(random.sample(unit.respondents, len(unit.respondents))))
    one, other = hear(unit, RULEBOOK), hear(shuffled, RULEBOOK)
    assert facts_of(one.unit, RULEBOOK) == facts_of(other.unit, RULEBOOK)
    assert [(each.question, each.counts, each.behind) for each in one.questions] == [
        (each.question, each.counts, each.behind) for each in other.questions
    ]


@given(units)
def test_nothing_of_respondents_is_left_but_what_counts(unit: Unit) -> None:
    found = hear(unit, RULEBOOK)
    assert found.unit.respondents == ()
    assert unit.answers.items() <= found.unit.answers.items()
    assert facts_of(unit, RULEBOOK) == facts_of(found.unit, RULEBOOK)
    for question in found.questions:
        for view in question.views:
            assert (view.answer is not None) == (view.standing == "said")
            assert view.standing != "withheld" or (view.role == "staff" and view.tally is None)
            assert view.role != "staff" or view.people >= 5 or view.standing == "withheld"
            assert all(said > 1 for said in (view.tally or {}).values())


@given(units)
def test_an_entry_of_several_people_is_as_many_entries_of_one(unit: Unit) -> None:
    def of_one(voice: Voice) -> list[Voice]:
        alone = {name: replace(answer, people=None) for name, answer in voice.answers.items()}
        plain = all(answer.people is None and answer.tally is None for answer in voice.answers.values())
        return [replace(voice, people=1, answers=Frozen(alone))] * voice.people if plain else [voice]

    split = replace(unit, respondents=tuple(each for voice in unit.respondents for each in of_one(voice)))
    assert facts_of(split, RULEBOOK) == facts_of(unit, RULEBOOK)
