"""Writing a memo to a file."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from advisor.memo import memo_of, render_markdown, write_memo
from advisor.reading import InvalidInput
from tests.memo.samples import ROOT, advice


def test_the_ending_names_the_format(tmp_path):
    write_memo(advice("ikea"), tmp_path / "memo.md")
    assert (tmp_path / "memo.md").read_text(encoding="utf-8") == render_markdown(memo_of(advice("ikea")))


@pytest.mark.parametrize("name", ["memo.odt", "memo"])
def test_another_ending_is_refused_with_those_that_work(tmp_path, name):
    with pytest.raises(InvalidInput, match=r"these work: \.md, \.html, \.pdf, \.docx"):
        write_memo(advice("ikea"), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "library", "package"),
    [
        ("memo.html", "jinja2", "Jinja2"),
        ("memo.pdf", "typst", "typst font-source-sans-pro"),
        ("memo.docx", "docx", "python-docx"),
    ],
)
def test_a_format_without_its_package_says_what_to_install(tmp_path, name, library, package):
    program = f"import sys; sys.modules[{library!r}] = None; from advisor.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "memo", str(ROOT / "profiles" / "ikea.yaml"), "-o", name]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"({library}); install it: pip install {package}" in done.stderr
    assert list(tmp_path.iterdir()) == []
