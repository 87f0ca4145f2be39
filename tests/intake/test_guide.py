"""The printed guide: every question once, room for its answer, and with `--minimal` what can still matter."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from random import Random

import pytest
from docx import Document
from markdown_it import MarkdownIt

from advisor.engines.completions import Completions
from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Outcomes
from advisor.engines.plain import PlainEngine
from advisor.intake.guide import FORMATS, Guide, guide_of, minimal_guide, renderer_of
from advisor.intake.questionnaire import questionnaire
from advisor.interview.engine import Interview, Scope, State
from advisor.language.trace import is_settled
from advisor.profile import Organisation, Profile, Unit
from advisor.rulebook.model import Respondent
from tests.intake.books import SHIPPED, SMALL
from tests.shipped.answers import PROFILES, profile_of

LANGUAGES = ["en", "de"]
PLAIN = PlainEngine(SHIPPED)


def guide(language: str = "en", who: Respondent | None = None) -> Guide:
    return guide_of(questionnaire(SHIPPED, language, who, "EUR"))


def names_in(given: Guide) -> list[str]:
    return [item.question.name for chapter in given.chapters for topic in chapter.topics for item in topic.items]


def rendered(given: Guide, format_: str) -> str | bytes:
    return renderer_of(format_, "guide")(given)


# ---------------------------------------------------------------------- what is in it


@pytest.mark.parametrize("who", [None, "manager", "staff", "data_owner"])
def test_everybody_finds_their_questions_in_order_and_numbered(who: Respondent | None) -> None:
    given = guide("de", who)
    assert names_in(given) == [name for name, each in SHIPPED.asked.items() if who in (None, each.who)]
    numbers = [item.number for topic in given.chapters[0].topics for item in topic.items]
    assert numbers == list(range(1, len(numbers) + 1))


def test_hints_say_when_and_for_whom() -> None:
    hints = {item.question.name: guide().hint(item) for topic in guide().chapters[0].topics for item in topic.items}
    assert hints["ai_phase"] == "for the manager"
    assert hints["months_live"] == "Only if – Stage of the AI step: Pilot or Live · for the manager"
    of_managers = guide("en", "manager")
    assert of_managers.hint(of_managers.chapters[0].topics[0].items[0]) == ""


# ---------------------------------------------------------------------- formats


def plainly(text: str) -> str:
    """A text as lines of plain text show it, whose spaces may all break."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_shows_every_text_as_text_and_boxes_to_tick(language: str) -> None:
    text = rendered(guide(language), "markdown")
    assert isinstance(text, str)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inline = [token for token in tokens if token.type == "inline"]
    shown = ["".join(child.content for child in token.children or []) for token in inline]
    spoken = SHIPPED.in_language(language).questions
    for name in SHIPPED.asked:
        said = spoken[name]
        assert any(line.endswith(plainly(said.ask)) for line in shown), name
        assert plainly(said.help) in shown, name
        for choice in said.choices:
            assert f"[ ] {plainly(choice.label)}" in shown, name
    emphasised = {child.tag for token in inline for child in token.children or [] if child.nesting == 1}
    assert emphasised == {"strong", "em"}
    assert not [token for token in tokens if token.type in ("hr", "html_block", "code_block", "blockquote_open")]
    assert len([token for token in tokens if token.type == "table_open"]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_has_every_question_with_its_room(language: str) -> None:
    given = guide(language)
    data = rendered(given, "docx")
    assert isinstance(data, bytes)
    document = Document(io.BytesIO(data))
    asked = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.style.name == "Guide Question"
    ]
    items = [item for topic in given.chapters[0].topics for item in topic.items]
    assert asked == [f"{item.number}. {item.question.ask}" for item in items]
    rooms = [table for table in document.tables if given.asked.texts.guide_known in table.rows[0].cells[-1].text]
    assert len(rooms) == len(items)
    for item, room in zip(items, rooms, strict=True):
        text = room.rows[0].cells[0].text
        assert all(f"☐ {option}" in text for option in given.options(item.question))
        assert f"☐ {given.asked.wording.unknown_word}" in text
    assert len(document.tables) == len(items) + 2  # the particulars, and the rows of the one table


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_guide_gives_the_same_bytes(format_: str) -> None:
    assert rendered(guide(), format_) == rendered(guide(), format_)


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_has_a_row_for_each_question(language: str) -> None:
    text = rendered(guide(language), "csv")
    assert isinstance(text, str)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if language == "de" else ","))
    heads = guide(language).asked.texts
    assert [row[heads.guide_heads["name"]] for row in rows] == list(SHIPPED.asked)
    assert all(row[heads.heads[2]] == "" for row in rows)
    phase = rows[0]
    label = SHIPPED.in_language(language).questions["ai_phase"].choices[2].label
    assert label in phase[heads.guide_heads["choices"]]
    assert None not in phase


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_a_csv_file_can_become_a_formula(begins: str) -> None:
    question = replace(SMALL.questions["harm_incident"], ask=f"{begins}HYPERLINK(1)", help=f"{begins}1+1")
    rulebook = replace(SMALL, questions=replace(SMALL.questions, questions={"harm_incident": question}))
    text = rendered(guide_of(questionnaire(rulebook, "en")), "csv")
    assert isinstance(text, str)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["Question"] == f"'{begins}HYPERLINK(1)"
    assert row["Help"] == f"'{begins}1+1"
    assert not any((cell or "").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


# ---------------------------------------------------------------------- only what can still matter


def outcomes(evaluation: Evaluation) -> tuple[object, ...]:
    """What the advice comes to; conclusions that a new answer may withdraw are not promised."""
    found = Outcomes(SHIPPED).of(evaluation)
    truths = {rule: truth for rule, truth in evaluation.truth.items() if rule not in evaluation.firm_truth}
    figures = {name: evaluation.facts[name] for name in SHIPPED.frame.capacity.values()}
    return found, truths, figures, evaluation.selection.recommended


@pytest.mark.parametrize("path", PROFILES[::3], ids=lambda path: path.stem)
def test_what_is_left_out_can_change_nothing(path) -> None:
    """Any answers to the open questions that the minimal guide leaves out, and the advice is the same."""
    interview = Interview(SHIPPED, PLAIN, Scope())
    for unit in Profile.load(path, SHIPPED).units:
        view = interview.view(State(unit))
        left_out = [name for name in view.open if name not in interview.mattering(view)]
        before = outcomes(PLAIN.evaluate(view.facts))
        completions, random = Completions(SHIPPED, view.facts, left_out), Random(7)
        for _ in range(12 if left_out else 0):
            assert outcomes(PLAIN.evaluate(completions.draw(random))) == before


def test_of_a_blank_profile_nearly_everything_matters_and_of_a_settled_one_less() -> None:
    asked = questionnaire(SHIPPED, "en")
    blank = Profile(Organisation("Example"), (Unit("Claims"),))
    answered = profile_of(ai_phase="live", ai_minutes_saved_per_case=0, months_live=12)
    whole, settled = (names_in(minimal_guide(asked, profile)) for profile in (blank, answered))
    assert len(whole) > 100
    assert {*settled} < {*whole}
    assert not {*settled} & {"ai_phase", "ai_minutes_saved_per_case", "saving_checking"}


def test_a_minimal_guide_says_what_each_answer_decides_and_goes_by_unit() -> None:
    asked = questionnaire(SHIPPED, "de", "manager", "EUR")
    profile = Profile(
        Organisation("Example"),
        (Unit("Claims"), Unit("Sales", profile_of(ai_phase="planned").units[0].answers)),
    )
    given = minimal_guide(asked, profile)
    assert [chapter.unit for chapter in given.chapters] == ["Claims", "Sales"]
    first = given.chapters[0].topics[0].items[0]
    assert first.question.name == "ai_phase"
    assert first.matters == "entscheidet, wie die Empfehlung lautet"
    assert "ai_phase" not in [item.question.name for topic in given.chapters[1].topics for item in topic.items]
    assert {item.question.who for chapter in given.chapters for topic in chapter.topics for item in topic.items} == {
        "manager"
    }
    text = rendered(given, "csv")
    assert isinstance(text, str)
    assert text.startswith("Team;Thema;Nr.;Frage;Name;Gefragt;Nur wenn;Warum;")


def test_where_nothing_matters_any_more_that_is_said() -> None:
    asked = questionnaire(SHIPPED, "en", "staff")
    given = minimal_guide(asked, profile_of(team_headcount=3))
    assert names_in(given) == []
    text = rendered(given, "markdown")
    assert "No open question can change the advice on this unit any more." in str(text)


def test_open_questions_are_those_that_are_not_settled() -> None:
    interview = Interview(SHIPPED, PLAIN, Scope())
    view = interview.view(State(profile_of(ai_phase="live").units[0]))
    assert all(not is_settled(view.evaluation.facts[name]) for name in interview.mattering(view))
