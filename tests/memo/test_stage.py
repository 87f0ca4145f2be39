"""A step that is not live is not spoken of as if it were: in the memo, at the terminal, in Markdown, in explain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.advice import Advice
from advisor.advice.explain import explain
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.memo import memo_of, render_markdown
from advisor.memo.blocks import Bullets
from advisor.memo.deck import deck_of
from advisor.profile import read_profile
from tests.memo.samples import adviser, rulebook

HEAD = "advisor_profile: 1\norganisation: {name: Nord, sector: insurance, currency: EUR}\nunits:\n"
PLANNED = """- name: Liability
  answers: {ai_phase: planned, ai_minutes_saved_per_case: 12, saving_measured_by: vendor, cases_per_day: 45}
"""
PILOT = """- name: Property
  answers: {ai_phase: pilot, months_live: 2, ai_minutes_saved_per_case: 4, saving_measured_by: observed,
    cases_per_day: 180}
"""


def _advice(units: str, language: str = "en", *, outlook: bool = False) -> Advice:
    maker = adviser(language)
    made = maker.advise(read_profile(HEAD + units, rulebook().questions))
    return maker.with_outlook(made) if outlook else made


def _memo(units: str, language: str = "en") -> str:
    return render_markdown(memo_of(_advice(units, language)))


@pytest.mark.parametrize(
    ("language", "forecast", "stated", "indicative"),
    [
        (
            "en",
            "would save 12 min per case",
            "The vendor states these 12 min per case; nobody has measured",
            "saves 12",
        ),
        ("de", "soll 12 min je Fall sparen", "Diese 12 min je Fall gibt der Anbieter an; gemessen hat", "spart 12"),
    ],
)
def test_what_a_planned_step_is_to_save_is_told_as_a_forecast_of_who_states_it(language, forecast, stated, indicative):
    memo = _memo(PLANNED, language)
    assert forecast in memo
    assert stated in memo
    assert indicative not in memo


@pytest.mark.parametrize(("language", "saves"), [("en", "saves"), ("de", "spart ")])
def test_a_planned_step_that_leaves_nothing_is_not_said_to_save(language, saves):
    memo = _memo(PLANNED.replace("45", "45, verification_min_per_case: 12"), language)
    assert saves not in memo.partition("\n## ")[0]


@pytest.mark.parametrize(
    ("language", "pilot", "live"),
    [("en", "in a pilot for 2 months", "in use for"), ("de", "2 Monate als Pilot", "im E")],
)
def test_a_pilot_is_called_a_pilot(language, pilot, live):
    memo = _memo(PILOT, language)
    situation = next(line for line in memo.splitlines() if line.startswith(("**Situation.", "**Ausgangslage.")))
    assert pilot in situation
    assert live not in situation
    assert "would save" not in memo


@pytest.mark.parametrize(("language", "title"), [("en", "Erosion cannot show"), ("de", "Vor dem Start kann sich")])
def test_a_planned_step_is_not_judged_on_erosion(language, title):
    memo = _memo(PLANNED, language)
    part = memo.partition(f"\n## {title}")[2].partition("\n## ")[0]
    assert "baseline" in part or "Ausgangswerte" in part
    assert "not applicable" not in part
    assert "entfällt" not in part
    assert part.count("\n### ") == 1, "only the exposures of the set-up"


def test_every_other_form_says_the_same_of_a_planned_step():
    advice = _advice(PLANNED, outlook=True)
    erosion = [line for line in table(advice, 200).splitlines() if line.startswith("Erosion")]
    assert erosion == ["Erosion         Erosion cannot show before go-live"]
    assert "Erosion: open between" not in table(advice, 200)
    assert "Erosion: Erosion cannot show before go-live." in summary(advice)
    assert "Erosion: open between" not in summary(advice)
    assert "Erosion cannot show before go-live" in explain(_advice(PLANNED), "erosion")[0].below[0].text


def test_exposures_of_a_planned_set_up_count_all_the_same():
    exposed = PLANNED.replace("{ai_phase", "{rubber_stamp_share_pct: 60, human_path: none, ai_phase")
    memo = _memo(exposed)
    assert "\n## The set-up is exposed to quality erosion" in memo
    assert "known to be red" not in memo


def test_side_by_side_what_does_not_apply_is_not_counted():
    memo = _memo(PLANNED + PILOT)
    assert "| Liability | Erosion cannot show before go-live | not applicable |" in memo
    assert "In 1 of 2 units: Whether quality is eroding cannot be said yet" in memo


def test_a_row_whose_value_nobody_knows_shows_the_answer_that_settles_it():
    """Whether a cut rests on a claim is settled where the saving is measured, whatever the cut."""
    row = next(line for line in _memo(PILOT).splitlines() if line.startswith("| FTE planned to be removed"))
    assert "| How the saving was established: Observed |" in row
    assert row.endswith("| does not hold |")
    assert "not known" not in row


def test_an_answer_that_is_handed_on_is_written_as_it_was_given():
    live = PLANNED.replace("ai_phase: planned", "ai_phase: live, months_live: 7").replace(
        "per_case: 12", "per_case: {value: 12.75, evidence: estimated}"
    )
    memo = _memo(live)
    assert "saves 12.75 min per case" in memo
    assert "The vendor states these 12.75 min per case" in memo


_DESK = "saving_measured_by: system, work_mode: pooled_queue"
DESKS = (
    PLANNED.replace("vendor", "vendor, work_mode: pooled_queue")
    + f"""- name: Motor
  answers: {{ai_phase: live, months_live: 8, ai_minutes_saved_per_case: 2, cases_per_day: 200, {_DESK},
    volume_growth_12m_pct: 12, failure_demand_share_pct: 5, failure_demand_share_prev_pct: 5}}
- name: Travel
  answers: {{ai_phase: live, months_live: 1, ai_minutes_saved_per_case: 6, cases_per_day: 100, {_DESK}}}
- name: Property
  answers: {{ai_phase: pilot, months_live: 8, ai_minutes_saved_per_case: 2, cases_per_day: 200, {_DESK}}}
"""
)


def test_hours_are_free_where_the_step_runs_and_the_answer_lets_them_move():
    advice = _advice(DESKS)
    across = advice.document.across_units
    assert ([each.unit for each in across.free], across.held) == (["Motor", "Travel"], ["Travel"])
    assert [each.unit for each in across.later] == ["Liability"]
    memo = _memo(DESKS)
    where = {line.split(".**")[0]: line for line in memo.splitlines() if line.startswith("- **")}
    assert [
        name for name in ("Motor", "Travel", "Liability", "Property") if name in where["- **Where hours are free"]
    ] == ["Motor"]
    assert "Travel about 8.5 h a day, held back by “Stabilise first”" in where["- **Free, but held back"]
    assert "Property about 0 to 5.7 h a day" in where["- **Not known how many are free"]
    assert "Liability about 4.6 h a day" in where["- **Free only after go-live, by forecast"]
    assert "**Motor has hours to redeploy: about 5.7 h a day:**" in memo
    assert "| about 4.6 h a day after go-live |" in memo


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "To redeploy     Motor",
                "Held back       Travel",
                "May be free     Property",
                "After go-live   Liability",
            ],
        ),
        (
            "de",
            [
                "Neu einsetzbar  Motor",
                "Zurückgestellt  Travel",
                "Eventuell frei  Property",
                "Nach dem Start  Liability",
            ],
        ),
    ],
)
def test_a_terminal_and_markdown_tell_hours_apart_as_the_memo_does(language, lines):
    advice = _advice(DESKS, language)
    told, written = table(advice).splitlines(), summary(advice).splitlines()
    for line in lines:
        label, unit = line[:16].strip(), line[16:]
        assert any(each.startswith(line) for each in told)
        assert any(each.startswith(f"- {label}: {unit}") for each in written)


@pytest.mark.parametrize(
    ("language", "none"),
    [("en", "To redeploy     none now"), ("de", "Neu einsetzbar  nach dem, was bekannt ist, derzeit keine")],
)
def test_hours_that_are_held_back_are_not_denied(language, none):
    """They are free, but not to give: the line above does not say that none are free."""
    young = "".join(
        DESKS[DESKS.index("- name: Travel") : DESKS.index("- name: Property")].replace("Travel", n) for n in "AB"
    )
    told = table(_advice(young, language))
    assert none in told
    assert ("Held back       A about" if language == "en" else "Zurückgestellt  A etwa") in told


def test_hours_that_nobody_is_sure_of_are_told_in_every_form():
    """A pilot that does not state in what share of the cases it is used may have freed some hours or none."""
    property_ = DESKS[DESKS.index("- name: Property") :].replace("live: 8", "live: 8, ai_use_share_pct: unknown")
    advice = _advice("".join(property_.replace("Property", name) for name in "ABC"))
    across = advice.document.across_units
    assert (across.free, across.held, across.unsure) == ([], [], ["A", "B", "C"])
    for told in (table(advice), summary(advice)):
        assert "A about 0 to 5.7 h a day" in told
    where = next(block for block in deck_of(advice).slides[1].shown if isinstance(block, Bullets))
    assert "Not known how many are free." in [text.lead for text in where.items]


def test_hours_of_a_unit_without_an_answer_are_held_back_by_none():
    advice = _advice(DESKS)
    (travel,) = [place for place, each in enumerate(advice.document.units) if each.unit == "Travel"]
    units = list(advice.document.units)
    units[travel] = replace(units[travel], verdict=None, verdict_title=None)
    unanswered = replace(advice, document=replace(advice.document, units=units))
    told = [render_markdown(memo_of(unanswered)), table(unanswered)]
    assert "Travel about 8.5 h a day, held back as there is no answer" in told[0]
    assert "None”" not in "".join(told)


def test_the_slide_on_hours_names_those_to_come_where_none_are_free():
    planned = "".join(
        PLANNED.replace("Liability", name).replace("vendor", "vendor, work_mode: pooled_queue") for name in "AB"
    )
    where = next(block for block in deck_of(_advice(planned)).slides[1].shown if isinstance(block, Bullets))
    told = [f"{text.lead} {text.words}" for text in where.items]
    assert told[0] == "Where hours are free. None of the units has hours to redeploy now, on what is known."
    assert told[1] == "Free only after go-live, by forecast. A about 4.6 h a day; B about 4.6 h a day."


@pytest.mark.parametrize(
    ("language", "assumed", "stated"),
    [
        ("en", "of which 100% are assumed to count, since it is not known in what share", "of which 40% count, the"),
        ("de", "Angenommen ist, dass 100 % davon zählen, denn in welchem Anteil KI genutzt", "von denen 40 % zählen"),
    ],
)
@pytest.mark.parametrize("unit", [PLANNED, PILOT])
def test_the_sentence_itself_says_where_the_share_of_cases_is_assumed(unit, language, assumed, stated):
    leads = ("**Situation.**", "**Ausgangslage.**")
    (situation,) = (line for line in _memo(unit, language).splitlines() if line.startswith(leads))
    assert assumed in situation
    known = _memo(unit.replace("cases_per_day: ", "ai_use_share_pct: 40, cases_per_day: "), language)
    assert stated in known
    assert assumed not in known


@pytest.mark.parametrize(("language", "freed"), [("en", "reed "), ("de", "frei gewordene")])
def test_nothing_that_a_planned_step_is_told_says_that_time_is_freed_already(language, freed):
    lacking = "gov_owner: false, gov_ledger: false, headcount_policy: freeze, occupancy_pct: 93, backlog_weeks: 5"
    unit = PLANNED.replace("45", f"45, work_mode: mixed, team_headcount: 40, rubber_stamp_share_pct: 30, {lacking}")
    (advised,) = _advice(unit, language).document.units
    told = {each.code: (each.title, each.says, each.because, each.remedy) for each in advised.findings}
    assert {"GOV-01", "GOV-02", "GOV-08", "DIA-03", "DIA-10", "REC-15"} <= set(told)
    assert not [words for words in told.values() if freed in str(words)]
    assert freed not in (rulebook(language).frame.memo.question or "")
