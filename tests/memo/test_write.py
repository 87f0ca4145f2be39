"""Writing a memo to a file."""

from __future__ import annotations

import pytest

from advisor.memo import memo_blocks, render_markdown, write_memo
from advisor.reading import InvalidInput
from tests.memo.samples import advice


def test_the_ending_names_the_format(tmp_path):
    write_memo(advice("ikea"), tmp_path / "memo.md")
    assert (tmp_path / "memo.md").read_text(encoding="utf-8") == render_markdown(memo_blocks(advice("ikea")))


@pytest.mark.parametrize("name", ["memo.pdf", "memo"])
def test_another_ending_is_refused_with_those_that_work(tmp_path, name):
    with pytest.raises(InvalidInput, match=r"these work: \.md"):
        write_memo(advice("ikea"), tmp_path / name)
    assert list(tmp_path.iterdir()) == []
