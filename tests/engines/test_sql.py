"""The rulebook as SQL gives in DuckDB and in Spark what the column engine gives, cell by cell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.plain import PlainEngine
from advisor.language import Fact
from tests.cli.command import run
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.engines.test_columns import (
    FARTHEST,
    SHIPPED,
    _some_facts,
    _with_measure,
    every_second_wild,
    some_units,
    within_bounds,
)
from tests.shipped.answers import RULEBOOK, Some, facts_at_random

pytest.importorskip("polars")
pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")
import duckdb
import polars as pl

from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.columns.layout import LARGEST, BeyondLimits
from advisor.engines.sql.dialects import DIALECTS
from advisor.engines.sql.write import Selection, sql_of

KEY = "unit"
Rows = list[tuple[Any, ...]]
Runs = Callable[[str, Path], Rows]
"""Runs a query where `units` are the rows of a Parquet file."""
seeds = st.integers(0, 2**32 - 1)


def table_of(engine: ColumnsEngine, units: Sequence[dict[str, Fact]]) -> Any:
    """The answers as a database has them: words are texts."""
    frame = engine.frame(units).with_columns(pl.int_range(pl.len()).alias(KEY))
    return frame.with_columns(pl.col(name).cast(pl.String) for name, kind in frame.schema.items() if kind == pl.Enum)


def in_duckdb(query: str, path: Path) -> Rows:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW units AS SELECT * FROM '{path}'")
        rows: Rows = connection.execute(query).fetchall()
    return rows


def assert_agrees(
    engine: ColumnsEngine, units: Sequence[dict[str, Fact]], selection: Selection, dialect: str, runs: Runs
) -> int:
    """Compare every cell of every row that is exact; how many are not."""
    query = sql_of(engine.rulebook, DIALECTS[dialect], "units", [KEY], selection)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.parquet"
        table_of(engine, units).write_parquet(path)
        found = sorted(runs(query, path))
    wanted = _names(query)
    frame = engine.evaluate(engine.frame(units).lazy(), wanted).collect().select(*wanted, BEYOND)
    expected = [(number, *row) for number, row in enumerate(frame.rows())]
    assert [row[-1] for row in found] == [row[-1] for row in expected]
    columns = [KEY, *wanted, BEYOND]
    for left, right in zip(found, expected, strict=True):
        if not right[-1]:
            assert {n: (a, b) for n, a, b in zip(columns, left, right, strict=True) if a != b} == {}
    return sum(row[-1] for row in expected)


def _names(query: str) -> list[str]:
    """The columns of the result between the key and `BEYOND`."""
    last = query.partition("  SELECT\n")[2].partition("  FROM ")[0]
    return [line.strip().strip(',"`') for line in last.splitlines()[1:-1]]


@given(seeds)
@settings(max_examples=max(4, settings().max_examples // 20))
def test_random_rulebooks_in_duckdb(seed: int):
    with tempfile.TemporaryDirectory() as folder:
        rulebook = random_rulebook(seed, Path(folder))
    units = [{name: within_bounds(fact) for name, fact in random_facts(seed + n).items()} for n in range(40)]
    assert assert_agrees(ColumnsEngine(rulebook), units, "all", "duckdb", in_duckdb) == 0


def random_units(number: int) -> list[dict[str, Fact]]:
    random = Random(11)
    return [facts_at_random(random, answered) for answered in Some for _ in range(number // len(Some))]


@pytest.mark.slow
def test_the_shipped_rulebook_in_duckdb():
    assert 0 < assert_agrees(SHIPPED, random_units(3_000), "all", "duckdb", in_duckdb) < 300


def test_wild_numbers_do_not_stop_the_other_rows():
    assert assert_agrees(SHIPPED, every_second_wild(), "findings", "duckdb", in_duckdb) == 20


def test_a_row_with_a_number_too_large_to_be_exact_says_so(tmp_path: Path):
    rulebook = _with_measure("n0 * n3 * 1000000 * n4 * 1000000000", tmp_path)
    units = [{**_some_facts(), "n0": (n, n), "n3": (n, n), "n4": (n, n)} for n in (1, FARTHEST)]
    assert PlainEngine(rulebook).evaluate(units[1]).facts["vast"][0] > LARGEST
    assert assert_agrees(ColumnsEngine(rulebook), units, "all", "duckdb", in_duckdb) == 1


def changed_rows(tmp_path: Path, **cells: Any) -> Rows:
    """The verdict and `BEYOND` of a unit, and of the same one with cells that a frame would not hold."""
    query = sql_of(RULEBOOK, DIALECTS["duckdb"], "units", [KEY], "verdict")
    table = table_of(SHIPPED, some_units(1) * 2)
    row = pl.col(KEY) == 1
    table.with_columns(
        pl.when(row).then(pl.lit(cell, table.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, cell in cells.items()
    ).write_parquet(tmp_path / "units.parquet")
    return [row[1:] for row in sorted(in_duckdb(query, tmp_path / "units.parquet"))]


def test_a_word_that_is_none_of_the_choices_makes_the_row_unusable(tmp_path: Path):
    (_, usable), (_, spoiled) = changed_rows(tmp_path, ai_phase="Live")
    assert (usable, spoiled) == (False, True)


def test_a_question_applies_where_nothing_says_otherwise(tmp_path: Path):
    query = sql_of(RULEBOOK, DIALECTS["duckdb"], "units", [KEY], "verdict")
    flags = [name for name in SHIPPED.layout.answers if name.endswith(".na") and f'"{name}"' in query]
    units = some_units(1)
    asked = [name for name in flags if not SHIPPED.frame(units)[name][0]]
    first, second = changed_rows(tmp_path, **dict.fromkeys(asked))
    assert asked
    assert first == second


@pytest.fixture(scope="module")
def in_spark() -> Iterator[Runs]:
    """Spark in this process, with two threads and arithmetic that stops at what is too large."""
    if shutil.which("java") is None:
        pytest.skip("there is no java here, which Spark needs")
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.ansi.enabled", "true").config("spark.log.level", "ERROR")
    # to compile layers as one takes longer than to run a few rows through each
    builder = builder.config("spark.sql.codegen.wholeStage", "false")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()

    def runs(query: str, path: Path) -> Rows:
        session.read.parquet(str(path)).createOrReplaceTempView("units")
        return [tuple(row) for row in session.sql(query).collect()]

    yield runs
    session.stop()


@pytest.mark.slow
def test_the_shipped_rulebook_in_spark(in_spark: Runs):
    assert_agrees(SHIPPED, random_units(400), "outcomes", "spark", in_spark)


@pytest.mark.slow
def test_a_number_too_large_does_not_stop_spark(in_spark: Runs, tmp_path: Path):
    rulebook = _with_measure("n0 * n3 * 1000000 * n4 * 1000000000", tmp_path)
    units = [{**_some_facts(), "n0": (n, n), "n3": (n, n), "n4": (n, n)} for n in (1, FARTHEST)]
    assert assert_agrees(ColumnsEngine(rulebook), units, "all", "spark", in_spark) == 1


def test_the_command_writes_a_query_that_runs(tmp_path: Path):
    path, file = tmp_path / "units.parquet", tmp_path / "advice.sql"
    units = some_units(30)
    table_of(SHIPPED, units).write_parquet(path)
    done = run("rules", "sql", "--keep", KEY, "--select", "verdict", "-o", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"written: {file}\n")
    query = file.read_text()
    assert query.startswith(f"-- {RULEBOOK.frame.name} {RULEBOOK.frame.version} as SQL for duckdb")
    assert RULEBOOK.digest in query
    expected = SHIPPED.evaluate(SHIPPED.frame(units).lazy(), ["outcome.verdict"]).collect()
    assert sorted(row[1] for row in in_duckdb(query, path)) == sorted(expected["outcome.verdict"].to_list())


def test_the_comment_names_every_column_that_the_query_reads(tmp_path: Path):
    query = run("rules", "sql", "--keep", KEY, "--select", "verdict").stdout
    named = {line.removeprefix("--   ").split(":")[0] for line in query.splitlines() if line.startswith("--   ")}
    assert named < {*SHIPPED.layout.answers}
    table_of(SHIPPED, some_units(2)).select(KEY, *named).write_parquet(tmp_path / "units.parquet")
    assert len(in_duckdb(query, tmp_path / "units.parquet")) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--dialect", "oracle"), "Tested: duckdb, spark. Written by SQLGlot, but never run: databricks."),
        (("--table", "units; drop table units"), "is no name of a table"),
        (("--keep", "outcome.verdict"), "cannot be kept"),
        (("--keep", KEY, "--keep", KEY), "cannot be kept"),
    ],
)
def test_what_cannot_be_written_is_refused(arguments: tuple[str, ...], said: str):
    done = run("rules", "sql", *arguments)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_untested_dialects_and_rows_without_a_key_are_warned_of():
    done = run("rules", "sql", "--dialect", "databricks", "--select", "verdict", "--table", "shop.units")
    assert done.returncode == 0
    assert "nobody has run this in databricks" in done.stderr
    assert "no key" in done.stderr
    assert "FROM shop.units" in done.stdout


def in_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_a_missing_package_is_named_with_the_remedy():
    done = in_python(
        "import sys, importlib.util as util; find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'sqlglot' else find(name, *more)\n"
        "from advisor.cli import main; sys.argv = ['advisor', 'rules', 'sql']; sys.exit(main())"
    )
    assert done.returncode == 2
    assert "pip install sqlglot" in done.stderr
    assert done.stdout == ""


def test_polars_is_not_needed():
    done = in_python("import sys, advisor.engines.sql.write; sys.exit('polars' in sys.modules)")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_rulebook_that_columns_cannot_express_is_refused(tmp_path: Path):
    rulebook = _with_measure("sum(3 / weight of rows)", tmp_path)
    with pytest.raises(BeyondLimits, match="divides by what differs"):
        sql_of(rulebook, DIALECTS["duckdb"], "units", [], "all")
