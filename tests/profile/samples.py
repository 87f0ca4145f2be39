"""A few questions of every type, and profiles that answer them at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from advisor.profile import EVIDENCES, Answer, Engagement, Frozen, Organisation, Profile, StepReport, Unit, Voice
from advisor.profile.model import STEP_STATES
from advisor.profile.speaker import ROLES
from advisor.profile.tally import TALLIED
from advisor.profile.texts import one_line
from advisor.reading.text_file import unwanted_character
from advisor.rulebook.model import Question, Section
from advisor.rulebook.questionnaire import Questionnaire
from advisor.rulebook.typing_parts import part_from

SECTIONS = [Section(name="automation", title="The automation step"), Section(name="targets", title="Targets")]
KINDS = [{"value": "cost", "label": "Cost"}, {"value": "quality", "label": "Quality"}]


def _question(name: str, type: str, **more: Any) -> Question:
    common = {"section": "automation", "ask": f"What about {name}?", "help": f"Help on {name}.", "who": "manager"}
    return part_from(Question, {"name": name, "type": type, **common, **more})


_QUESTIONS = [
    _question("cases_per_day", "number", unit="cases/day", minimum=0, maximum=10000000),
    _question("error_rate_pct", "number", unit="%", minimum=0, maximum=100),
    _question("csat_change_pts", "number", unit="pts", minimum=-100, maximum=100, signed=True),
    _question("staff_respondents", "number", unit="people", minimum=0, maximum=10000, decimals=0),
    _question("harm_running", "yes_no"),
    _question(
        "ai_phase",
        "choice",
        choices=[{"value": word, "label": word.title()} for word in ("planned", "pilot", "live")],
    ),
    _question(
        "clarity_hours_assigned",
        "choice",
        choices=[{"value": word, "label": word.title()} for word in ("no", "partly", "yes")],
        applies_when="ai_phase == live",
    ),
    _question(
        "ai_stop_measures",
        "choices",
        section="targets",
        choices=[{"value": word, "label": word.title()} for word in ("cost", "speed", "complaints")],
    ),
    _question(
        "incentive_measures",
        "table",
        section="targets",
        columns=[
            {"name": "name", "label": "Measure", "type": "text"},
            {"name": "kind", "label": "Kind", "type": "choice", "choices": KINDS},
            {"name": "weight_pct", "label": "Weight", "type": "number", "unit": "%", "minimum": 0, "maximum": 100},
            {"name": "has_target", "label": "Target", "type": "yes_no"},
        ],
    ),
]
QUESTIONS = Questionnaire({question.name: question for question in _QUESTIONS})

texts = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=25)
    .map(one_line)
    .filter(lambda text: bool(text) and unwanted_character(text) is None)
)


def _numbers(question: Question) -> st.SearchStrategy[Decimal]:
    assert question.minimum is not None
    assert question.maximum is not None
    scale = 10**question.decimals
    return st.integers(int(question.minimum * scale), int(question.maximum * scale)).map(lambda n: Decimal(n) / scale)


_rows = st.fixed_dictionaries(
    {
        "name": st.none() | texts.filter(lambda text: text != "unknown"),
        "kind": st.sampled_from([None, "cost", "quality"]),
        "weight_pct": st.none() | st.integers(0, 100).map(Decimal),
        "has_target": st.sampled_from([None, True, False]),
    }
).map(Frozen)


def _values(question: Question) -> st.SearchStrategy[Any]:
    words = [choice.value for choice in question.choices]
    if question.type == "number":
        return _numbers(question)
    if question.type == "yes_no":
        return st.booleans()
    if question.type == "choice":
        return st.sampled_from(words)
    if question.type == "choices":
        return st.lists(st.sampled_from(words), unique=True).map(tuple)
    return st.lists(_rows, max_size=3).map(tuple)


@st.composite
def answers_to(draw: st.DrawFn, question: Question) -> Answer:
    """Draw an answer in any of its states."""
    state = draw(st.sampled_from(["bare", "answered", "unknown", "not_applicable"]))
    if state == "unknown":
        return Answer("unknown", note=draw(st.none() | texts))
    if state == "not_applicable":
        return Answer("not_applicable", reason=draw(texts))
    value = draw(_values(question))
    if state == "bare":
        return Answer("answered", value)
    low = high = None
    if question.type == "number" and draw(st.booleans()):
        low, value, high = sorted([value, draw(_numbers(question)), draw(_numbers(question))])
        value = draw(st.sampled_from([value, None]))
    return Answer(
        "answered",
        value,
        low,
        high,
        evidence=draw(st.sampled_from(EVIDENCES)),
        source=draw(st.none() | texts),
        as_of=draw(st.none() | st.dates(date(1900, 1, 1))),
        note=draw(st.none() | texts | st.just("two\nlines: # and 'more'")),
    )


named_answers = st.sampled_from(sorted(QUESTIONS)).flatmap(
    lambda name: st.tuples(st.just(name), answers_to(QUESTIONS[name]))
)


@st.composite
def spoken_answers(draw: st.DrawFn, question: Question) -> Answer:
    """Draw an answer of several people: as one person gives it, with a number of people, or as a tally."""
    words = [choice.value for choice in question.choices] or ["true", "false"]
    answer = draw(answers_to(question))
    if question.type in TALLIED and draw(st.booleans()):
        tally = draw(
            st.dictionaries(st.sampled_from(words), st.integers(0, 9), min_size=1).filter(
                lambda each: any(each.values())
            )
        )
        least = max(tally.values()) if question.type == "choices" else sum(tally.values())
        people = draw(st.integers(least, max(least, 40)))
        kept = replace(answer, state="answered", value=None, low=None, high=None, reason=None)
        return replace(kept, tally=Frozen(tally), people=draw(st.sampled_from([None, people])))
    return answer if answer.state == "unknown" else replace(answer, people=draw(st.none() | st.integers(1, 20)))


spoken = st.sampled_from(sorted(QUESTIONS)).flatmap(
    lambda name: st.tuples(st.just(name), spoken_answers(QUESTIONS[name]))
)
voices = st.builds(
    Voice,
    role=st.sampled_from(ROLES),
    people=st.sampled_from([1, 100]),
    date=st.none() | st.dates(date(1900, 1, 1)),
    note=st.none() | texts,
    answers=st.lists(spoken, max_size=3).map(dict).map(Frozen),
)
_optional = st.none() | texts
_steps = st.none() | st.dictionaries(
    st.sampled_from(["no-ledger", "GOV-02", "load-only-shifts"]),
    st.builds(StepReport, st.sampled_from(STEP_STATES), st.none() | st.dates(date(1900, 1, 1)), st.none() | texts),
    min_size=1,
).map(Frozen)
profiles = st.builds(
    Profile,
    organisation=st.builds(
        Organisation, name=texts, sector=_optional, country=st.sampled_from([None, "NO"]), about=_optional
    ),
    engagement=st.builds(Engagement, prepared_for=_optional, date=st.none() | st.dates(date(1900, 1, 1))),
    about=_optional,
    units=st.lists(
        st.builds(
            Unit,
            name=texts,
            answers=st.lists(named_answers, max_size=5).map(dict).map(Frozen),
            about=_optional,
            respondents=st.lists(voices, max_size=2).map(tuple),
            steps=_steps,
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda unit: unit.name.casefold(),
    ).map(tuple),
)
