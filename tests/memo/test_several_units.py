"""The memo of several units: the first page stands alone, and heat maps show every unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from advisor.advice import Advice
from advisor.memo import memo_blocks, memo_of, render_markdown
from advisor.memo.blocks import Block, Bullets, Callout, Decision, Heading, HeatMap, PageBreak, Table, Text, Title
from advisor.memo.deck import deck_of
from advisor.memo.html import render_html
from advisor.profile.model import Answer, Frozen
from tests.memo.samples import adviser, profile, several

THREE = ("klarna-2024", "hmrc-helplines", "commonwealth-bank-2025")
EIGHT = (*THREE, "ikea", "duolingo-2025", "neda-2023", "verizon-2025", "octopus-energy-2023")


@cache
def blocks(names: tuple[str, ...], language: str = "en") -> tuple[Block, ...]:
    return memo_blocks(adviser(language).advise(several(*names)))


def _first_page(names: tuple[str, ...]) -> list[Block]:
    every = blocks(names)
    return list(every[: next(place for place, block in enumerate(every) if isinstance(block, PageBreak))])


def _only(kind: type, page: list[Block]) -> Block:
    (block,) = [each for each in page if isinstance(each, kind)]
    return block


@pytest.mark.parametrize("names", [THREE, EIGHT])
def test_the_first_page_has_answer_reasons_warning_and_decision(names):
    page = _first_page(names)
    assert isinstance(page[0], Title)
    reasons, warning = _only(Bullets, page), _only(Callout, page)
    assert isinstance(reasons, Bullets)
    assert len(reasons.items) == 3
    assert all(re.search(r"\d", item.words) and item.origin for item in reasons.items)
    assert isinstance(warning, Callout)
    assert warning.kind == "critical"
    assert warning.text.lead.startswith("Serious warning: Customer service chats: ")
    assert isinstance(_only(Decision, page), Decision)


def test_the_warning_says_which_other_units_have_one():
    page = _first_page(THREE)
    warning = _only(Callout, page)
    assert isinstance(warning, Callout)
    assert "2 more units have warnings of their own: Helplines; Customer service calls." in warning.text.words


def test_where_no_unit_is_warned_the_page_says_what_nobody_knows():
    warning = _only(Callout, _first_page(("healthy-insurer", "blank")))
    assert isinstance(warning, Callout)
    assert warning.kind == "note"
    assert warning.text.words == (
        "The answers given raise none. But in one of the 2 units not all indicators of erosion are known."
    )


def _of_healthy_units(**answers: Decimal | bool | str) -> Advice:
    """Three sound units, but for these answers of the first."""
    sound = profile("healthy-insurer")
    first, *others = sound.units
    said = {name: Answer("answered", value) for name, value in answers.items()}
    changed = first.with_answers(Frozen(dict(first.answers) | said))
    return adviser().advise(replace(sound, units=(changed, *others)))


def test_a_critical_gap_in_governance_is_the_warning_of_page_one():
    every = memo_blocks(_of_healthy_units(gov_owner=False))
    of_all, first, *others = [block for block in every if isinstance(block, Callout)]
    assert (of_all.kind, of_all.text.lead) == (
        "critical",
        "Serious warning: Policy administration: Nobody owns the time that comes free.",
    )
    assert not of_all.text.words.startswith("Nobody owns the time that comes free")
    assert (first.kind, first.text.lead) == ("critical", "Serious warning: Nobody owns the time that comes free.")
    assert {each.text.words for each in others} == {"The answers given raise none."}
    headings = [block.words for block in every if isinstance(block, Heading)]
    assert "One more finding on governing the time that comes free" in headings


def test_what_stands_behind_the_answer_is_not_called_no_warning():
    made = _of_healthy_units(occupancy_pct=Decimal(95))
    assert made.document.units[0].verdict == "relieve_overload_first"
    of_all, first, *_ = [block for block in memo_blocks(made) if isinstance(block, Callout)]
    beyond = "beyond the units' answers, what these rest on and the preparations"
    assert of_all.text.words == f"The answers given raise none {beyond}."
    assert first.text.words == "The answers given raise none beyond the answer, what it rests on and the preparations."
    assert deck_of(made).slides[-1].title == f"The answers given raise no warning {beyond}"


def test_a_diagnosis_that_the_answer_does_not_rest_on_is_a_warning_of_page_one():
    made = _of_healthy_units(released_fte_claimed=Decimal(40), released_fte_scope="ai_step_alone")
    assert (made.document.units[0].verdict, made.document.units[0].firm) == ("redeploy", True)
    of_all, first, *_ = [block for block in memo_blocks(made) if isinstance(block, Callout)]
    assert of_all.text.lead == "Warning: Policy administration: FTE reported and FTE computed differ."
    assert first.text.lead == "Warning: FTE reported and FTE computed differ."
    assert deck_of(made).slides[-1].title == of_all.text.lead.removesuffix(".")


def test_a_unit_says_on_its_own_pages_what_the_first_page_said():
    every = blocks(THREE)
    reason = "The step has run on real cases for 1 month."
    assert sum(reason in text.words for block in every if isinstance(block, Bullets) for text in block.items) >= 1
    assert render_markdown(memo_of(adviser().advise(several(*THREE)))).count(reason) >= 2


def test_units_of_one_verdict_are_counted_in_the_number_that_they_are():
    title = blocks(EIGHT, "de")[0]
    assert isinstance(title, Title)
    assert "1 muss zuerst das Team entlasten" in title.words
    assert "2 müssen zuerst die Qualität zurückholen" in title.words


def test_heat_maps_have_every_unit_and_agree_with_the_advice():
    advice = adviser().advise(several(*EIGHT))
    preparations, erosion = [block for block in blocks(EIGHT) if isinstance(block, HeatMap)]
    assert [row.label for row in preparations.rows] == [unit.unit for unit in advice.document.units]
    words = {"missing": "full", "partly in place": "high", "in place": "none", "not assessed": "open"}
    assert {cell for row in preparations.rows for cell in row.cells} <= set(words.items())
    assert preparations.title == "Missing in 1 of 8 units: Recognition"
    assert erosion.title == "In 2 of 8 units: Erosion of quality is under way"
    helplines = next(row for row in erosion.rows if row.label == "Helplines")
    assert helplines.cells == (
        ("Erosion of quality is under way", "full"),
        ("1 of 8", "low"),
        ("2 of 9", "low"),
        ("14 of 17", "open"),
    )


def test_what_nobody_knows_is_no_zero():
    _, erosion = [block for block in blocks(THREE) if isinstance(block, HeatMap)]
    assert erosion.rows[2].cells[1] == ("not known", "open")


def test_one_unit_has_no_heat_map():
    assert not [block for block in blocks(("ikea",)) if isinstance(block, HeatMap)]


def test_every_cell_of_a_heat_map_says_its_value_in_words():
    page = render_html(memo_of(adviser().advise(several(*THREE))))
    cells = re.findall(r'<td role="cell" class="heat (\w+)" data-head="[^"]+">([^<]*)</td>', page)
    assert len(cells) == 3 * 3 + 3 * 4
    assert all(words.strip() for _, words in cells)


def test_the_table_of_units_names_answer_use_and_hours():
    table = next(block for block in blocks(THREE) if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [
        Text("Customer service chats"),
        Text("Helplines"),
        Text("Customer service calls"),
    ]
