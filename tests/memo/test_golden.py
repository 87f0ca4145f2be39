"""Whole memos, to be read. ``UPDATE_GOLDEN=1 pytest tests/memo`` writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from advisor.memo import memo_of, render_markdown
from tests.memo.samples import GOLDEN, advice, advice_with_outlook

WITH_OUTLOOK = ("healthy-insurer", "klarna-2024")
"""Nothing in these is undecided, so no version of the solver changes a word."""
FOLDER = Path(__file__).parent / "golden"


def _without_record(memo: str) -> str:
    """What differs from version to version is not part of the text, nor is what the file carries along."""
    memo = memo.partition("\n## Record for")[0]
    memo = re.sub(r"sha256:[0-9a-f]{64}", "sha256:…", memo)
    return re.sub(r"(?m)^\| (Version of advisor|Engine|Rulebook) \|.*$", r"| \1 | … |", memo)


@pytest.mark.parametrize("name", GOLDEN)
def test_memo_reads_as_it_was_approved(name):
    if name in WITH_OUTLOOK:
        pytest.importorskip("z3")
    made = advice_with_outlook(name) if name in WITH_OUTLOOK else advice(name)
    memo = _without_record(render_markdown(memo_of(made)))
    path = FOLDER / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(memo, encoding="utf-8")
    assert memo == path.read_text(encoding="utf-8")
