"""Whatever stands in a table: every row comes out, with advice or with a reason."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.journal import Journal
from advisor.portfolio.run import run
from advisor.portfolio.sources.text import TextTable
from tests.portfolio.rows import cells_of, columns_of, spoiled
from tests.shipped.answers import RULEBOOK, Some, facts_at_random

EVALUATOR = Evaluator(RULEBOOK)
COLUMNS = columns_of(RULEBOOK)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=max(5, settings().max_examples // 40), deadline=None)
def test_rows_in_are_rows_out_and_rejects(seed: int):
    random = Random(seed)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for number in range(25):
        cells = cells_of(facts_at_random(random, random.choice(list(Some))), RULEBOOK)
        cells = spoiled({**cells, "unit": f"Unit {number}"}, COLUMNS, random)
        writer.writerow({column: cells.get(column, "") for column in COLUMNS})
    lines = stream.getvalue().splitlines(keepends=True)
    for _ in range(random.randint(0, 3)):
        lines.insert(random.randint(1, len(lines)), random.choice(['"open,1,2\n', "a,b\n", '"x"y,1\n', "\n"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("".join(lines), encoding="utf-8", newline="")
        table = TextTable.open(path, "t.csv", RULEBOOK, ())
        small = TextTable(path, table.table, table.dialect, table.size, part_rows=13)
        with Journal(Path(folder) / "parts", {}) as journal:
            done = run([small], EVALUATOR, journal)
            out = done.rows().collect()
            rejects = list(done.rejects())
    filled = [line for line in lines[1:] if line.strip()]
    assert done.units == len(filled)
    assert out.height + len(rejects) == done.units
    numbers = sorted([*out["row"], *(reject.row for reject in rejects)])
    assert numbers == [place for place, line in enumerate(lines, 1) if place > 1 and line.strip()]
    assert all(fault.message and fault.code for reject in rejects for fault in reject.faults)
    assert all(reject.faults for reject in rejects)
