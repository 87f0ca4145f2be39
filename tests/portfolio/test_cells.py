"""Cells read at once and rows read one by one say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advice.withheld import are_withheld, used_unit
from advisor.engines.columns.answers import WITHHELD, ChecksOfAnswers, without_traceable_answers
from advisor.engines.columns.frames import frame_of
from advisor.engines.columns.layout import Layout
from advisor.engines.random_units import random_units
from advisor.portfolio.sources.cells import TAKEN, CellReader
from advisor.portfolio.sources.heads import Heads, read_heads
from advisor.portfolio.sources.row import RowReader
from advisor.portfolio.sources.sniff import is_before_decimals
from advisor.profile.facts import answer_of, facts_of
from advisor.profile.model import Frozen, Row, Unit
from advisor.reading import InvalidInput, Place
from tests.portfolio.rows import cells_of, columns_of, spoiled
from tests.shipped.answers import RULEBOOK, Some, facts_at_random

LAYOUT = Layout(RULEBOOK)
COLUMNS = columns_of(RULEBOOK)
EXAMPLES = settings().max_examples


def heads(columns: list[str]) -> Heads:
    return read_heads(columns, Place("t.csv", 1), RULEBOOK.questions)


def at_once(
    columns: list[str], rows: list[dict[str, Any]], comma: bool = False, decimals: tuple[str, ...] = (), **types: Any
) -> pl.DataFrame:
    schema = {column: types.get(column, pl.String()) for column in columns}
    frame = pl.DataFrame(rows, schema=schema)
    return CellReader(LAYOUT, heads(columns), frame.schema, "t", comma, decimals).read(frame)


def one(columns: list[str], cells: Mapping[str, Any], comma: bool = False, decimals: tuple[str, ...] = ()) -> Unit:
    """The unit of a row, or an error."""
    return RowReader(heads(columns), RULEBOOK.questions, "t.csv", "t", comma, decimals).read(2, cells)[1]


def rows_of(unit: Unit) -> list[Row]:
    value = unit.answers["incentive_measures"].value
    assert isinstance(value, tuple)
    return [row for row in value if isinstance(row, Frozen)]


def assert_the_same(columns: list[str], rows: list[dict[str, Any]], comma: bool = False, **types: Any) -> int:
    """What is taken at once is what is read one by one; how many rows are."""
    read = at_once(columns, rows, comma, **types)
    for cells, row in zip(rows, read.to_dicts(), strict=True):
        if row[TAKEN]:
            unit = one(columns, cells, comma)
            assert row["unit"] == unit.name
            wanted = frame_of(LAYOUT, [facts_of(unit, RULEBOOK)]).to_dicts()[0]
            assert {name: row[name] for name in wanted} == wanted
    return int(read[TAKEN].sum())


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=max(10, EXAMPLES // 20))
def test_random_rows(seed: int):
    random = Random(seed)
    rows = []
    for number in range(30):
        cells = cells_of(facts_at_random(random, random.choice(list(Some))), RULEBOOK)
        cells |= {"unit": f"Unit {number}", "organisation": "Example", "currency": "EUR"}
        rows.append({column: spoiled(cells, COLUMNS, random).get(column) for column in COLUMNS})
    assert_the_same(COLUMNS, rows)


def test_rows_as_they_are_mostly_written_are_taken_at_once():
    rows = [
        {"unit": "u", **{column: cells.get(column) for column in COLUMNS if column != "unit"}}
        for cells in (cells_of(facts, RULEBOOK) for facts in random_units(RULEBOOK, 100))
    ]
    assert assert_the_same(COLUMNS, rows) == 100


@pytest.mark.parametrize(
    ("column", "dtype", "value"),
    [
        ("error_rate_pct", pl.Float64, 3.2),
        ("error_rate_pct", pl.Float64, 0.1 + 0.2),
        ("error_rate_pct", pl.Float64, float("nan")),
        ("error_rate_pct", pl.Float64, 1e300),
        *(("error_rate_pct", pl.Float64, hundredths / 100) for hundredths in (7, 29, 57, 1111, 9999)),
        ("error_rate_pct", pl.Int32, 3),
        ("cases_per_day", pl.Int8, 100),
        ("cases_per_day", pl.Int64, 2**62),
        ("error_rate_pct", pl.Boolean, True),
        ("harm_running", pl.Boolean, False),
        ("harm_running", pl.Int64, 1),
        ("harm_running", pl.Int64, 2),
        ("harm_running", pl.Float64, 1.0),
        ("ai_phase", pl.Int64, 1),
        ("rework_kind", pl.List(pl.String), ["reopened", "handed_over"]),
        ("rework_kind", pl.List(pl.String), ["reopened", "reopened"]),
        ("rework_kind", pl.List(pl.String), []),
        ("rework_kind", pl.List(pl.String), ["reopened", None]),
    ],
)
def test_typed_cells(column: str, dtype: Any, value: Any):
    columns = ["unit", column]
    rows = [{"unit": "u", column: value}, {"unit": "v", column: None}]
    taken = at_once(columns, rows, **{column: dtype})[TAKEN].to_list()
    assert taken[1]
    assert taken[0] or value not in (3.2, 0.07, 0.29, 0.57, 11.11, 99.99, 3, 100, False)
    assert_the_same(columns, rows, **{column: dtype})


@pytest.mark.parametrize("comma", [False, True])
def test_what_could_have_thousands_or_decimals_is_no_number(comma: bool):
    columns = ["unit", "cases_per_day"]
    texts = [f"{whole}{mark}{group}" for whole in (1, 12, 999) for group in ("000", "230", "234") for mark in ".,"]
    rows = [{"unit": "u", "cases_per_day": text} for text in texts]
    assert not at_once(columns, rows, comma)[TAKEN].any()
    for cells, text in zip(rows, texts, strict=True):
        with pytest.raises(InvalidInput) as refused:
            one(columns, cells, comma)
        if text.endswith("0"):
            assert f"P045 cases_per_day: '{text}' could be {re.sub('[.,]', '', text)} or " in str(refused.value)


@pytest.mark.parametrize("comma", [False, True])
def test_in_a_column_of_decimals_nothing_could_have_thousands(comma: bool):
    columns, decimals = ["unit", "cases_per_day"], ("cases_per_day",)
    mark, other = ",." if comma else ".,"
    for text, meant in ((f"4{mark}000", "4"), (f"12{mark}500", "12.5"), (f"+1{mark}230", "1.23")):
        row = {"unit": "u", "cases_per_day": text}
        assert at_once(columns, [row], comma, decimals).to_dicts()[0][TAKEN]
        unit = one(columns, row, comma, decimals)
        assert str(unit.answers["cases_per_day"].value) == meant
        (facts,) = frame_of(LAYOUT, [facts_of(unit, RULEBOOK)]).to_dicts()
        assert facts.items() <= at_once(columns, [row], comma, decimals).to_dicts()[0].items()
    row = {"unit": "u", "cases_per_day": f"4{other}000"}
    assert not at_once(columns, [row], comma, decimals)[TAKEN][0]
    with pytest.raises(InvalidInput, match="P045"):
        one(columns, row, comma, decimals)


@pytest.mark.parametrize(
    ("cells", "is_told"),
    [
        ("4.000 0.500", True),
        ("4.000 1234.500", True),
        ("4.000 12.5", True),
        ("4.000 -0.500 1,234", True),
        ("4.000 4.500", False),
        ("4.000 12", False),
        ("4.000 0.500 1.234.500", False),
        ("4.000 0.500 1.234,5", False),
        ("4.000 0.500 12,5", False),
        ("4.000 0.500 1,234.50", True),
    ],
)
def test_one_number_tells_what_stands_before_decimals_in_its_column(cells: str, is_told: bool):
    assert is_before_decimals(".", cells.split()) == is_told
    assert is_before_decimals(",", cells.translate(str.maketrans(".,", ",.")).split()) == is_told


def test_a_share_with_a_separator_has_decimals():
    columns = ["unit", "error_rate_pct"]
    for text, comma in (("3.120", False), ("3,120", True)):
        assert assert_the_same(columns, [{"unit": "u", "error_rate_pct": text}], comma) == 1


@pytest.mark.parametrize("text", ["3,2", "1,234", "1.234", "1.234,5", "3.2", "0,5", "12", "-1,5", ",5"])
def test_a_comma_before_decimals(text: str):
    columns = ["unit", "error_rate_pct"]
    rows = [{"unit": "u", "error_rate_pct": text}]
    assert_the_same(columns, rows, comma=True)
    if "." in text:
        assert not at_once(columns, rows, comma=True)[TAKEN][0]
        with pytest.raises(InvalidInput, match="T007"):
            one(columns, rows[0], comma=True)


def test_a_table_is_written_in_a_cell_as_in_a_profile():
    columns = ["unit", "incentive_measures"]
    text = "[{name: Cost, kind: cost, weight_pct: 60, has_target: true, has_owner: false}, {name: NPS, kind: customer}]"
    first, second = rows_of(one(columns, {"unit": "u", "incentive_measures": text}))
    assert (first["name"], first["has_owner"], second["weight_pct"]) == ("Cost", False, None)
    with pytest.raises(InvalidInput, match=r"P027.*did you mean 'cost'"):
        one(columns, {"unit": "u", "incentive_measures": text.replace("kind: cost", "kind: cots")})


def test_a_table_may_come_as_records():
    columns = ["unit", "incentive_measures"]
    records = [{"name": "Cost", "kind": "cost", "weight_pct": 60.5, "has_target": True, "has_owner": None}]
    (row,) = rows_of(one(columns, {"unit": "u", "incentive_measures": records}))
    assert (str(row["weight_pct"]), row["has_target"], row["has_owner"]) == ("60.5", True, None)


def test_a_decimal_in_a_record_is_never_asked_about_and_a_text_is():
    table = RULEBOOK.questions["incentive_measures"]
    large = [replace(each, maximum=Decimal(100_000)) if each.type == "number" else each for each in table.columns]
    questions = {table.name: replace(table, columns=tuple(large))}
    reader = RowReader(heads(["unit", table.name]), questions, "t.csv", "t", comma=False)
    for weight, meant in ((Decimal("1.200"), "1.2"), (Decimal("1200.000"), "1200"), (Decimal("0E-3"), "0")):
        (row,) = rows_of(reader.read(2, {"unit": "u", table.name: [{"name": "Cost", "weight_pct": weight}]})[1])
        assert str(row["weight_pct"]) == meant
    with pytest.raises(InvalidInput, match="P045"):
        reader.read(2, {"unit": "u", table.name: [{"name": "Cost", "weight_pct": "1.200"}]})


def test_a_range_and_what_is_said_about_an_answer():
    columns = ["unit", "error_rate_pct", "error_rate_pct.low", "error_rate_pct.high", "error_rate_pct.evidence"]
    columns += ["error_rate_pct.source", "error_rate_pct.as_of", "error_rate_pct.note"]
    cells = dict(zip(columns, ["u", "3.2", "2.5", "4", "measured", "QA log", "2026-09-30", "sampled"], strict=True))
    answer = one(columns, cells).answers["error_rate_pct"]
    assert (str(answer.value), str(answer.low), str(answer.high), answer.evidence) == ("3.2", "2.5", "4", "measured")
    assert (answer.source, str(answer.as_of), answer.note) == ("QA log", "2026-09-30", "sampled")
    assert at_once(columns, [cells])[TAKEN][0]
    out = {**dict.fromkeys(columns), "unit": "u", "error_rate_pct": "n/a", "error_rate_pct.note": "no such work"}
    assert one(columns, out).answers["error_rate_pct"].reason == "no such work"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"error_rate_pct": "3", "error_rate_pct.low": "4", "error_rate_pct.high": "5"}, "P025"),
        ({"error_rate_pct.low": "5", "error_rate_pct.high": "4"}, "P025"),
        ({"error_rate_pct.low": "5"}, "P026"),
        ({"error_rate_pct": "unknown", "error_rate_pct.low": "4", "error_rate_pct.high": "5"}, "P031"),
        ({"error_rate_pct": "n/a", "error_rate_pct.low": "4", "error_rate_pct.high": "5"}, "P022"),
        ({"error_rate_pct": "101"}, "P024"),
        ({"error_rate_pct": "3.12345"}, "P023"),
        ({"unit": ""}, "P004"),
        ({"currency": "Euro"}, "P009"),
    ],
)
def test_what_is_wrong_with_a_row_is_named_with_its_column(cells: dict[str, str], code: str):
    columns = ["unit", "currency", "error_rate_pct", "error_rate_pct.low", "error_rate_pct.high"]
    row = {**dict.fromkeys(columns), "unit": "u", **cells}
    assert not at_once(columns, [row])[TAKEN][0]
    with pytest.raises(InvalidInput) as raised:
        one(columns, row)
    assert raised.value.problems[0].code == code
    assert heads(columns).at(raised.value.problems[0].place) in columns


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["unit", "error_rate"], "T002"),
        (["unit", "error_rate_pct.mean"], "T002"),
        (["unit", "unit"], "T003"),
        (["unit", ""], "T003"),
        (["error_rate_pct"], "T004"),
        (["unit", "error_rate_pct.low"], "P026"),
        (["unit", "ai_phase.low", "ai_phase.high"], "P026"),
    ],
)
def test_columns_that_say_nothing_known(columns: list[str], code: str):
    with pytest.raises(InvalidInput) as raised:
        heads(columns)
    assert raised.value.problems[0].code == code
    assert raised.value.problems[0].message


def test_checks_and_withheld_answers_are_those_of_a_profile():
    random = Random(3)
    facts = [facts_at_random(random, Some.MOST) for _ in range(300)]
    for each in facts[::3]:
        each["staff_respondents"] = (random.randint(1, 8),) * 2
    units = [
        Unit("u", Frozen({name: a for name, fact in each.items() if (a := answer_of(fact, RULEBOOK.scope[name]))}))
        for each in facts
    ]
    facts = [facts_of(unit, RULEBOOK) for unit in units]
    frame = frame_of(LAYOUT, facts)
    checks = ChecksOfAnswers(LAYOUT)
    broken = checks.evaluate(frame.lazy()).collect()
    for column, constraint in zip(checks.columns, RULEBOOK.constraints, strict=True):
        assert broken[column].to_list() == [constraint.is_broken(each) for each in facts]
    assert any(broken[column].any() for column in checks.columns)
    wanted = frame_of(LAYOUT, [facts_of(used_unit(unit, RULEBOOK).unit, RULEBOOK) for unit in units])
    kept = frame.with_columns(without_traceable_answers(LAYOUT))
    assert kept.select(wanted.columns).equals(wanted)
    staff = [name for name, question in RULEBOOK.questions.items() if question.who == "staff"]
    said = [
        are_withheld(unit, RULEBOOK) and any(n in unit.answers and unit.answers[n].state == "answered" for n in staff)
        for unit in units
    ]
    assert kept[WITHHELD].to_list() == said
    assert 10 < sum(said) < 290
