"""One number is written one way: on page one, in tables, charts and headings, at the terminal, in explain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from advisor.advice import Advice
from advisor.advice.explain import explain
from advisor.advice.figures import apart
from advisor.advice.wording import score_between
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.memo import memo_blocks
from advisor.memo.blocks import Block, Chart, Heading, KeyFigures, Table
from advisor.profile import read_profile
from tests.memo.samples import adviser, rulebook

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A memo takes so long that making a failure smaller would take minutes."""
ANSWERED = {
    "ai_phase": "live",
    "months_live": 14,
    "saving_measured_by": "system",
    "saving_checking": "net",
    "work_mode": "own_caseload",
    "team_headcount": 30,
    "decision_stakes": "high",
    "rework_share_pct": 12,
    "failure_demand_share_pct": 30,
    "recontact_rate_pct": 31,
    "cost_per_error": 187,
}
EVIDENCE = st.sampled_from(["measured", "stated", "estimated"])
SCORES = st.decimals(0, 100, places=1).map(float)
NUMBERS = st.fixed_dictionaries(
    {
        "ai_minutes_saved_per_case": st.decimals("0.5", 12, places=1).map(float),
        "cases_per_day": st.integers(10, 900),
        "error_rate_pct": st.decimals(0, 9, places=1).map(float),
        "error_rate_target_pct": st.decimals(1, 4, places=1).map(float),
    },
    optional={f"{each}_{who}": SCORES for each in ("clarity", "authority", "recognition") for who in ("mgr", "staff")},
)


def _advice(numbers: dict[str, float], evidence: str) -> Advice:
    answers = ANSWERED | {name: {"value": value, "evidence": evidence} for name, value in numbers.items()}
    text = f"advisor_profile: 1\norganisation: {{name: Nord, currency: EUR}}\nunits: {json.dumps([_unit(answers)])}\n"
    return adviser().advise(read_profile(text, rulebook().questions))


def _unit(answers: dict[str, object]) -> dict[str, object]:
    return {"name": "Motor", "answers": answers}


def _cells(blocks: tuple[Block, ...], row: str) -> list[list[str]]:
    """The cells of every table row that begins so."""
    rows = [cells for block in blocks if isinstance(block, Table) for cells in block.rows]
    return [[cell.words for cell in cells[1:]] for cells in rows if cells[0].words == row]


def _bars(blocks: tuple[Block, ...], label: str) -> list[str]:
    return [bar.shown for block in blocks if isinstance(block, Chart) for bar in block.bars if bar.label == label]


def _lines(text: str, begins: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.startswith(begins))


@given(NUMBERS, EVIDENCE)
@settings(max_examples=6, phases=UNSHRUNK)
def test_a_number_is_written_alike_wherever_it_stands(numbers, evidence):
    advice = _advice(numbers, evidence)
    blocks, screen, mail = memo_blocks(advice), table(advice, 300), summary(advice)
    for place, pattern in enumerate(advice.document.units[0].patterns):
        said = {_cells(blocks, "Support")[0][place].removesuffix(" of 100")}
        said |= {shown.split(" of 100")[0] for shown in _bars(blocks, pattern.title)[:1] if "of 100" in shown}
        headings = [block.words for block in blocks if isinstance(block, Heading)]
        said |= {re.split(": | of 100", each)[1] for each in headings if each.startswith(f"{pattern.title}: ")}
        rows = [each for each in mail.splitlines() if re.match(rf"\| (\*\*)?{pattern.title}", each)]
        said |= {each.split("| ")[2].strip() for each in rows}
        lines = [each for line in _lines(screen, "") if (each := line[2:]).startswith(f"{pattern.title} ")]
        said |= {found[0] for line in lines if (found := re.search(r"[\d–]+(?=( +\d+%)?$)", line))}
        told = explain(advice, pattern.pattern)[0].below
        said |= {each.text.removeprefix("score, of 100: ") for each in told if each.text.startswith("score")}
        said = {words for words in said if words not in ("cannot be assessed", "no score")}
        assert len(said) <= 1, said
        if pattern.money_per_year is not None:
            amounts = {_cells(blocks, "Worth a year of these hours")[0][place]}
            amounts |= {each.split(" | ")[3].removesuffix(" |") for each in _lines(mail, f"| **{pattern.title}")}
            amounts |= {each.strip().removeprefix("worth ").split(". ")[0] for each in _lines(screen, "    worth")}
            amounts |= {each.text.removeprefix("worth: ") for each in told if each.text.startswith("worth")}
            assert len(amounts) == 1, amounts
    for name in advice.rulebook.frame.capacity.values():
        label = advice.rulebook.measures[name].label
        figures = [each for block in blocks if isinstance(block, KeyFigures) for each in block.figures]
        shown = {each.value for each in figures if each.label == label} | set(_bars(blocks, label))
        shown |= set(re.findall(rf"{label} (.*?)(?:;|\.$)", mail, re.M)[:1])
        assert len(shown) <= 1, shown

    for preparation in advice.document.units[0].preparations:
        if preparation.score is None:
            continue
        score = Fraction(str(preparation.score))
        lower = str(score_between(score, score)[0])
        assert re.search(rf"{preparation.title} [a-z ]+ \({lower}\)", screen)
        assert next(_lines(mail, f"| {preparation.title} |")).endswith(f"| {lower} |")
        managers, staff = (cells.removesuffix(" of 100") for cells in _cells(blocks, preparation.title)[0][2:4])
        assert lower in (managers, staff)
        if preparation.manager is not None and preparation.staff is not None:
            assert set(_bars(blocks, preparation.title)) <= {f"managers {managers}, staff {staff}"}
            gap = Fraction(_cells(blocks, preparation.title)[0][4].split()[0].replace("−", "-"))
            exact = Fraction(str(preparation.manager)) - Fraction(str(preparation.staff))
            whole = int(managers) - int(staff)
            assert gap == whole if abs(whole) <= abs(exact) else abs(exact) - Fraction(1, 10) < abs(gap) <= abs(exact)


@given(st.fractions(0, 100, max_denominator=400), st.fractions(0, 100, max_denominator=400), st.integers(1, 100))
def test_a_written_gap_of_scores_meets_a_threshold_where_the_gap_does(one, other, threshold):
    assert (apart(one, other) >= threshold) == (one - other >= threshold)


def test_a_gap_that_falls_short_is_not_written_as_if_it_did_not():
    """24.5 points between 75.0 and 50.5 would read as 75 and 50; the rule asks for 25."""
    views = {"clarity_mgr": 75, "clarity_staff": 50.5, "authority_mgr": 75.5, "authority_staff": 50.1}
    advice = _advice({"ai_minutes_saved_per_case": 4, "cases_per_day": 300, **views}, "stated")
    rows = {each: _cells(memo_blocks(advice), each)[0][2:5] for each in ("Clarity", "Authority")}
    assert rows == {
        "Clarity": ["75 of 100", "50 of 100", "24.5 points"],
        "Authority": ["75 of 100", "50 of 100", "25 points"],
    }
    (finding,) = (each for each in advice.document.units[0].findings if "authority_gap" in each.facts)
    assert "(clarity +24.5 points, authority +25 points)" in finding.says


@given(st.fractions(0, 100, max_denominator=400), st.fractions(0, 100, max_denominator=400), st.integers(0, 100))
def test_a_written_score_meets_a_threshold_where_the_score_does(one, other, threshold):
    low, high = sorted((one, other))
    least, most = score_between(low, high)
    assert (least >= threshold) == (low >= threshold)
    assert most >= high or low == high


@pytest.mark.parametrize(
    ("evidence", "amount"), [("measured", "EUR 133,000 a year, if"), ("estimated", "about EUR 130,000 a year, if")]
)
def test_what_hours_are_worth_has_no_more_digits_than_it_can_have_and_its_assumption_beside_it(evidence, amount):
    numbers = {"ai_minutes_saved_per_case": 4, "cases_per_day": 300, "error_rate_pct": 3.2, "error_rate_target_pct": 2}
    numbers["working_days_year"] = 220
    advice = _advice(numbers, evidence)
    assumed = "All the hours together would just close the gap to the target"
    for text in (table(advice, 400), summary(advice)):
        assert amount in text
        assert "up to" not in text[text.index(amount) - 10 : text.index(amount)]
        assert assumed in text
        assert "“Failure cost avoided by closing the gap”, " in text
    assert not re.search(r"EUR \d{3},\d\d[1-9]", table(advice, 400))
