"""What would change the advice, as the memo says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from advisor.advice import Advice
from advisor.advice.outlook import Outlook
from advisor.engines.proof import WITHOUT_Z3
from advisor.memo import memo_blocks
from advisor.memo.blocks import Block, Bullets, Heading, Paragraph, Table
from advisor.memo.view import short_labels
from tests.memo.samples import advice, advice_with_outlook, adviser, profile, rulebook


def part(made: Advice) -> list[Block]:
    """The blocks of the first unit's part, with its heading."""

    def found() -> Iterator[Block]:
        inside = False
        for block in memo_blocks(made):
            if isinstance(block, Heading):
                inside = block.words.endswith(("turn this advice", "turns this advice"))
            if inside:
                yield block

    return list(found())


def words(made: Advice) -> str:
    return " ".join(block.text.words for block in part(made) if isinstance(block, Paragraph))


def rows(made: Advice) -> list[list[str]]:
    return [[cell.words for cell in row] for block in part(made) if isinstance(block, Table) for row in block.rows]


def test_a_flip_says_now_then_and_what_follows():
    assert [
        "Failure demand", "76%", "59%", "no use of the hours is recommended",
    ] in rows(advice("hmrc-helplines"))  # fmt: skip


def test_one_change_with_two_effects_is_one_row():
    (*_, follows), *_ = rows(advice("masai-mammography"))
    assert follows == "the advice becomes “Not enough is known to advise”; no use of the hours is recommended"


def test_where_nothing_turns_it_the_memo_says_what_was_tried():
    heading, *_ = part(advice("neda-2023"))
    assert isinstance(heading, Heading)
    assert heading.words == "No change of the given answers was found that turns this advice"
    assert "Changes of up to 3 answers that the client can change were tried." in words(advice("neda-2023"))


def test_what_was_not_computed_is_said_to_be_so():
    plain = words(adviser().advise(profile("ikea")))
    assert "It was not computed whether open answers could still turn this advice." in plain
    assert "It was not computed which changed answers would turn it." in plain


def test_the_case_for_the_runner_up_names_what_stands_against_it():
    said = words(advice("hmrc-helplines"))
    assert "“More volume, same team” has 30 of 100 points of support from known answers" in said
    assert "Against it speaks: “Only quality while erosion is active”." in said


def test_a_settled_answer_is_said_to_hold_whatever_comes():
    pytest.importorskip("z3")
    said = words(advice_with_outlook("healthy-insurer"))
    assert "Settled, whatever the open answers are: the advice “Redeploy” and the first use" in said


def test_what_was_neither_shown_nor_excluded_is_said():
    outlook = Outlook(
        open_questions=("cases_per_day", "human_path"),
        settled={"first_pattern": "quality"},
        possible={"verdict": ("redeploy", "prepare_first"), "first_pattern": ("quality",)},
        undecided={"verdict": ("collect_data",)},
        deciding={"verdict": ("human_path",)},
        note=WITHOUT_Z3,
    )
    said = words(replace(advice("hmrc-helplines"), outlooks=(outlook,)))
    assert "Settled, whatever the open answers are: the first use “better quality in the same cases”." in said
    assert "open between “Redeploy” and “Prepare first”; it turns most often on: Way to a person." in said
    assert "It could not be decided whether this is possible too: “Collect the deciding answers first”." in said
    assert "Nothing of this is proven" in said


def test_what_it_turns_on_is_asked_first_on_page_one_and_in_the_list():
    made = advice_with_outlook("klarna-2024")
    (outlook,) = made.outlooks
    turning = dict.fromkeys(name for each in ("verdict", "first_pattern") for name in outlook.deciding[each][:3])
    asks = [rulebook().questions[name].ask for name in turning]
    (table,) = (
        each
        for each in memo_blocks(made)
        if isinstance(each, Table) and each.columns[0].head == "Question" and len(each.columns) == 3
    )
    assert [row[0].words for row in table.rows[: len(asks)]] == asks
    said = [each.text.words for each in memo_blocks(made) if isinstance(each, Paragraph)]
    assert any(each.startswith("First come the questions on which the advice and the first use turn") for each in said)


def test_many_undecided_outcomes_are_not_listed():
    words_ = tuple(verdict.name for verdict in rulebook().frame.verdicts)
    outlook = Outlook(
        (), {"first_pattern": "quality"}, {"verdict": words_[:1]}, {"verdict": words_[1:]}, {"verdict": ()}
    )
    said = words(replace(advice("hmrc-helplines"), outlooks=(outlook,)))
    assert (
        "As far as was seen, the advice stays “Fix the AI step first”. What else is possible could not be decided."
        in said
    )


def test_every_other_outcome_has_its_smallest_change_in_the_memo():
    told = {row[0]: row[1:] for row in rows(advice("no-net-saving")) if len(row) == 4}
    assert told["More quality, same cases"] == [
        "not recommended", "recommended", "Error rate: 5.5% instead of 2.6%",
    ]  # fmt: skip
    assert "More advice, less mechanics" not in told
    stays = "No change of up to 2 answers that the client can change turns this: More advice, less mechanics"
    assert f"{stays} (not recommended)." in words(advice("no-net-saving"))
    assert told["Erosion"][0] == "“Whether quality is eroding cannot be said yet”"
    assert "Clarity" not in told  # nothing about it is answered


def test_a_missing_preparation_has_its_smallest_change_in_the_memo():
    told = {row[0]: row[1:] for row in rows(advice("verizon-2025")) if len(row) == 4}
    assert told["Recognition"][0] == "missing"
    assert "instead of" in told["Recognition"][2]


def test_preparations_and_erosion_are_settled_or_open_in_the_memo():
    pytest.importorskip("z3")
    listed, *_ = [block for block in part(advice_with_outlook("healthy-insurer")) if isinstance(block, Bullets)]
    said = " ".join(item.words for item in listed.items)
    assert "Also settled: More quality, same cases: not recommended;" in said
    assert "erosion: “No erosion of quality has been seen”; Clarity: in place" in said


@pytest.mark.parametrize("language", [None, "de"])
def test_choices_are_told_apart_when_what_follows_a_comma_is_left_out(language):
    book = rulebook().in_language(language) if language else rulebook()
    for question in book.questions.values():
        labels = short_labels(question)
        assert len(set(labels.values())) == len(question.choices)
    assert short_labels(rulebook().questions["authority_decision_limit"])["own"].startswith("Yes, by themselves")
    assert short_labels(rulebook().questions["clarity_work_list"])["verbal"] == "By word of mouth"
