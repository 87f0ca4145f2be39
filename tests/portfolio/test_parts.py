"""One part of a folder: the same rows as in one run, written once, and refused where it is not like the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.portfolio.parts.digest import digest_of, together
from advisor.portfolio.parts.folder import REJECTS, held, parts_in
from advisor.portfolio.parts.looks import common_columns
from advisor.portfolio.parts.part import Order, advise_part
from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook
from tests.portfolio.parted import as_written, at_once, rejects_in, results_in, rows_at_random, split
from tests.shipped.answers import RULEBOOK

ROWS = rows_at_random(60)


@pytest.fixture
def order(tmp_path: Path) -> Order:
    advice = tmp_path / "advice"
    (advice / REJECTS).mkdir(parents=True)
    return Order(RULEBOOK, advice, "answers", tuple(ROWS.columns))


def problems_of(part: Path, order: Order) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        advise_part(part, order)
    return [str(problem) for problem in raised.value.problems]


def test_parts_come_to_what_one_run_comes_to(tmp_path: Path, order: Order):
    expected = at_once(ROWS, "answers")
    made = [advise_part(part, order) for part in reversed(split(ROWS, tmp_path / "answers", 3))]
    assert together(each.digest for each in made) == expected.digest == digest_of([results_in(order.advice)])
    assert results_in(order.advice).drop("file", "row").rows() == expected.rows.drop("file", "row").rows()
    assert rejects_in(order.advice) == as_written(expected.rejects)
    assert (sum(each.units for each in made), sum(each.rejected for each in made)) == (60, len(expected.rejects))
    assert expected.rejects
    assert sum(each.flags["plain"] for each in made) == expected.rows.filter(evaluated_by="plain").height > 0


def test_a_part_is_done_once_until_something_changes(tmp_path: Path, order: Order):
    (part,) = split(ROWS, tmp_path / "answers", 1)
    rows = order.advice / part.name
    first = advise_part(part, order)
    written = rows.stat().st_mtime_ns

    def again(wanted: Order = order) -> bool:
        made = advise_part(part, wanted)
        assert (made.units, made.rejected) == (first.units, first.rejected)
        return not made.before

    assert not again()
    assert rows.stat().st_mtime_ns == written
    assert advise_part(part, order) == replace(first, before=True)

    (order.advice / REJECTS / f"{part.name}.csv").unlink()
    assert again()
    assert again(replace(order, findings=True))
    assert again(replace(order, rulebook=RULEBOOK.in_language("de")))
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "house.yaml").write_text("parameters:\n  - {name: growth_noticeable, value: 4}\n")
    house = Rulebook.load(overlays=[tmp_path / "house"])
    assert house.digest != RULEBOOK.digest
    assert again(replace(order, rulebook=house))
    assert again()
    rows.write_bytes(rows.read_bytes()[:-20])
    assert again()
    ROWS.reverse().write_parquet(part)
    assert again()
    assert not again()


def test_rejects_of_an_earlier_run_do_not_stay(tmp_path: Path, order: Order):
    (part,) = split(ROWS, tmp_path / "answers", 1)
    rejects = order.advice / REJECTS / f"{part.name}.csv"
    assert advise_part(part, order).rejected
    assert rejects.exists()
    good = ROWS.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ROWS.columns if name != "unit")
    good.write_parquet(part)
    assert not advise_part(part, order).rejected
    assert not rejects.exists()


def test_a_part_that_is_not_like_the_others_is_refused_by_name(tmp_path: Path, order: Order):
    (part,) = split(ROWS, tmp_path / "answers", 1)
    whole = part.read_bytes()

    part.write_bytes(whole[: len(whole) // 2])
    (said,) = problems_of(part, order)
    assert said.startswith("part-000.parquet T010 it cannot be read as Parquet")
    assert said.endswith("; write it anew")

    part.unlink()
    assert problems_of(part, order) == ["part-000.parquet Y003 it cannot be read (No such file or directory)"]

    ROWS.drop("cases_per_day").with_columns(months_live=True, harm_running=pl.lit(b"1")).write_parquet(part)
    missing, *wrong = problems_of(part, order)
    assert missing.startswith("part-000.parquet T018 the column 'cases_per_day' is missing")
    assert {said.split()[2] for said in wrong} == {"months_live", "harm_running"}
    assert all(" T019 " in said and "write the column anew as" in said for said in wrong)

    few = replace(order, columns=tuple(name for name in ROWS.columns if name != "cases_per_day"))
    ROWS.write_parquet(part)
    (said,) = problems_of(part, few)
    assert "T018 the column 'cases_per_day' is not in the other parts" in said

    older = replace(order, versions={"advisor": "0.0.1", "polars": "1.0"})
    (said,) = problems_of(part, older)
    assert "T021" in said
    assert "advisor 0.0.1 and polars 1.0; install the same on both" in said
    assert not list(order.advice.glob("*.parquet"))
    assert not list(order.advice.glob(".*"))


def test_typed_columns_are_no_wrong_types(tmp_path: Path, order: Order):
    typed = pl.DataFrame(
        {
            "unit": ["a", "b"],
            "cases_per_day": [120, None],
            "error_rate_pct": [3.2, None],
            "months_live": pl.Series([None, None], dtype=pl.Null),
            "harm_running": [True, None],
            "rework_kind": [["reopened"], None],
            "work_mode": pl.Series(["own_caseload", None], dtype=pl.Categorical),
            "incentive_measures": [[{"name": "AHT", "kind": "speed", "weight_pct": 40}], None],
        }
    )
    path = tmp_path / "typed.parquet"
    typed.write_parquet(path)
    made = advise_part(path, replace(order, columns=tuple(typed.columns)))
    assert (made.units, made.rejected) == (2, 0)


def test_the_columns_of_most_parts_count(tmp_path: Path):
    parts = split(ROWS, tmp_path / "answers", 4)
    ROWS.drop("months_live").write_parquet(parts[0])
    parts[1].write_bytes(b"nothing")
    assert common_columns(parts) == tuple(ROWS.columns)
    assert common_columns(parts[1:2]) == ()


def test_a_folder_holds_parts_and_nothing_else(tmp_path: Path):
    parts = split(ROWS, tmp_path / "answers", 2)
    (parts[0].parent / "_SUCCESS").touch()
    (parts[0].parent / ".part-000.parquet.crc").touch()
    assert parts_in(parts[0].parent) == parts
    (parts[0].parent / "more.csv").touch()
    with pytest.raises(InvalidInput, match=r"more\.csv T001 only Parquet"):
        parts_in(parts[0].parent)
    with pytest.raises(InvalidInput, match="T001"):
        parts_in(tmp_path)


def test_a_folder_of_results_is_for_one_run_and_one_folder_of_parts(tmp_path: Path):
    parts, advice = split(ROWS, tmp_path / "answers", 2), tmp_path / "advice"
    with held(advice, parts), pytest.raises(InvalidInput, match="T014"), held(advice, parts):
        pass
    with pytest.raises(InvalidInput, match="T015"), held(parts[0].parent, parts):
        pass
    (advice / "part-of-last-month.parquet").touch()
    with pytest.raises(InvalidInput, match=r"part-of-last-month\.parquet T022 .*remove the file"), held(advice, parts):
        pass


def test_what_a_crash_left_is_removed(tmp_path: Path):
    parts, advice = split(ROWS, tmp_path / "answers", 1), tmp_path / "advice"
    advice.mkdir()
    (advice / ".part-000.parquet.1a2b.tmp").mkdir()
    (advice / ".part-000.parquet.1a2b.tmp" / "000000.rows").touch()
    with held(advice, parts):
        (advice / ".part-000.parquet.3c4d.tmp").touch()
    assert {path.name for path in advice.iterdir()} <= {".lock", REJECTS}


CELLS = st.tuples(st.text(max_size=3), st.none() | st.integers(-9, 9), st.none() | st.booleans())


@given(st.lists(CELLS, min_size=1, max_size=12), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_the_digest_is_of_the_rows_and_not_of_their_order(cells: list[tuple[str, int | None, bool | None]], seed: int):
    random = Random(seed)
    rows = pl.DataFrame(cells, schema={"unit": pl.String, "n": pl.Int64, "b": pl.Boolean}, orient="row")
    digest = digest_of([rows])
    mixed = rows[random.sample(range(rows.height), rows.height)].with_row_index("row")
    at = random.randint(0, rows.height)
    assert digest_of([mixed[:at], mixed[at:]]) == digest
    assert together([digest_of([mixed[:at]]), digest_of([mixed[at:]])]) == digest
    assert digest_of([mixed[1:]]) != digest
    assert digest_of([mixed, mixed[:1]]) != digest
    assert digest_of([mixed.with_columns(n=pl.col("n").fill_null(100) + 1)]) != digest
