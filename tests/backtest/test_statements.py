"""What rows say of dates and outcomes: read strictly, and never taken for a no."""

from __future__ import annotations

import polars as pl
import pytest

from advisor.backtest.statements import (
    DATE,
    DIFFERS,
    OBSERVED,
    OCCURRED,
    YES,
    agreed,
    contradictions,
    read_statements,
)
from advisor.backtest.terms import Terms

TERMS = Terms()
Cells = tuple[str | None, str | None, str | None, str | None]


def rows_of(*cells: Cells, unit: str = "u") -> pl.DataFrame:
    rows = [("f", number, "o", unit, *each) for number, each in enumerate(cells, 2)]
    schema = {"file": pl.String(), "row": pl.Int64()}
    schema |= dict.fromkeys(("organisation", "unit", *TERMS.columns), pl.String())
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("2024-01-31", "yes", "2024-12-01", None), (True, "2024-12-01", None)),
        (("2024-01-31", "JA", "2024-12-01 00:00:00.000000", "2025-01-01"), (True, "2024-12-01", "2025-01-01")),
        (("2024-01-31T00:00", "0", None, "2025-01-01"), (False, None, "2025-01-01")),
        (("2024-01-31", "Unknown", None, "2025-01-01"), (None, None, "2025-01-01")),
        (("2024-01-31", None, None, None), (None, None, None)),
    ],
)
def test_what_can_be_read(cells: Cells, said: tuple[bool | None, str | None, str | None]) -> None:
    read, rejects = read_statements(rows_of(cells), TERMS, dated=True)
    assert rejects == []
    row = read.row(0, named=True)
    assert str(row[DATE]) == "2024-01-31"
    assert (row[YES], *(row[name] and str(row[name]) for name in (OCCURRED, OBSERVED))) == said


@pytest.mark.parametrize(
    ("cells", "column", "code", "why"),
    [
        ((None, "no", None, None), "date", "B001", "no date"),
        (("31.01.2024", "no", None, None), "date", "B001", "'31.01.2024' is not a date; write year-month-day"),
        (("2024-02-30", "no", None, None), "date", "B001", "not a date"),
        (("2024-01-31 12:00", "no", None, None), "date", "B001", "not a date"),
        (("2024-01-31", "perhaps", None, None), "outcome", "B002", "write yes, no or unknown"),
        (("2024-01-31", "yes", None, None), "outcome_date", "B003", "no lead time can be told"),
        (("2024-01-31", "no", "2024-12-01", None), "outcome_date", "B003", "the outcome is 'no', but it has a date"),
        (("2024-01-31", None, "2024-12-01", None), "outcome_date", "B003", "there is no outcome, but it has a date"),
        (("2024-01-31", "yes", "soon", None), "outcome_date", "B003", "'soon' is not a date"),
        (("2024-01-31", "no", None, "2025"), "observed_until", "B003", "not a date"),
        (("2024-01-31", "yes", "2024-12-01", "2024-11-30"), "observed_until", "B003", "before the outcome"),
        (("x", "perhaps", None, None), "date; outcome", "B001; B002", "; outcome: 'perhaps'"),
    ],
)
def test_what_is_wrong_with_a_row(cells: Cells, column: str, code: str, why: str) -> None:
    read, (reject,) = read_statements(rows_of(("2024-01-31", "no", None, None), cells), TERMS, dated=True)
    assert read.height == 1
    assert (reject.file, reject.row, reject.unit) == ("f", 3, "u")
    assert ("; ".join(each.column for each in reject.faults), "; ".join(reject.codes)) == (column, code)
    reasons = "; ".join(each.message for each in reject.faults)
    assert why in reasons
    assert reasons.startswith(column.split(";", maxsplit=1)[0])


def test_a_unit_says_its_outcome_once_or_in_every_row() -> None:
    said, _ = read_statements(
        rows_of(
            ("2024-01-31", "yes", "2024-12-01", None),
            ("2024-02-29", None, None, None),
            ("2024-03-31", "yes", "2024-12-01", "2025-06-30"),
            ("2024-04-30", "unknown", None, None),
        ),
        TERMS,
        dated=True,
    )
    (unit,) = agreed(said).iter_rows(named=True)
    assert (unit[YES], str(unit[OCCURRED]), str(unit[OBSERVED]), unit[DIFFERS]) == (
        True,
        "2024-12-01",
        "2025-06-30",
        False,
    )
    assert contradictions(said, TERMS) == {}


@pytest.mark.parametrize(
    "other",
    [
        ("2024-02-29", "no", None, None),
        ("2024-02-29", "yes", "2024-12-02", None),
        ("2024-02-29", "unknown", None, "2024-06-30"),
    ],
)
def test_rows_of_a_unit_that_contradict_each_other_are_named(other: Cells) -> None:
    said, rejects = read_statements(rows_of(("2024-01-31", "yes", "2024-12-01", None), other), TERMS, dated=True)
    assert rejects == []
    ((key, why),) = contradictions(said, TERMS).items()
    assert key == ("o", "u")
    assert "f row 2: yes on 2024-12-01" in why
    assert "f row 3:" in why
