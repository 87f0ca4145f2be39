"""Writing a memo to a file."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from docx import Document

from advisor.memo import memo_of, render_markdown, write_memo
from advisor.reading import InvalidInput
from tests.cli.command import run
from tests.memo.samples import ROOT, advice
from tests.reread.memos import with_part


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


_IKEA = (ROOT / "profiles" / "ikea.yaml", "--no-outlook")


@pytest.mark.parametrize("more", [("--one-page",), ("--deck",), ()])
def test_a_memo_that_nobody_edited_is_replaced_and_an_edited_one_only_when_forced(tmp_path, more):
    path = tmp_path / ("steering.pptx" if more == ("--deck",) else "memo.docx")
    written = [run("memo", *_IKEA, *more, "--language", language, "-o", path) for language in ("en", "de")]
    assert [each.returncode for each in written] == [0, 0], written[1].stderr
    part = "ppt/slides/slide1.xml" if path.suffix == ".pptx" else "word/document.xml"
    edited = with_part(path.read_bytes(), part, lambda content: content.replace(b"IKEA", b"IKEA Retail", 1))
    path.write_bytes(edited)
    refused = run("memo", *_IKEA, *more, "-o", path)
    assert (refused.returncode, path.read_bytes() == edited) == (2, True)
    why = "was changed by hand since advisor wrote it: 1 passage; give another name, or --force to replace it"
    assert f"Error: Invalid value for --output: '{path}' {why}\n" in refused.stderr
    assert run("memo", *_IKEA, *more, "-o", path, "--force").returncode == 0
    assert b"IKEA Retail" not in path.read_bytes()


@pytest.mark.parametrize(
    ("there", "why"),
    [
        (b"# Notes of the meeting\n", "has no record"),
        (b"\0\1\2", "is not a memo that advisor wrote"),
        (b"PK\x03\x04 cut off", "cannot be read as a memo of advisor (it is no sound Word file"),
        (b"%PDF-1.7 cut off", "cannot be read as a memo of advisor (it is no sound PDF"),
    ],
)
def test_what_is_no_memo_is_not_replaced(tmp_path, there, why):
    path = tmp_path / "memo.md"
    path.write_bytes(there)
    refused = run("memo", *_IKEA, "-o", path)
    assert (refused.returncode, path.read_bytes()) == (2, there)
    assert f"'{path}' {why}" in refused.stderr
    assert "or --force to replace it" in refused.stderr


def test_an_empty_file_holds_nothing_to_lose(tmp_path):
    path = tmp_path / "memo.md"
    path.touch()
    assert run("memo", *_IKEA, "-o", path).returncode == 0
    assert path.stat().st_size


def test_a_memo_of_which_only_the_looks_were_changed_is_kept_too(tmp_path):
    """Its words are the same: whoever compares nothing else would lose a mark, a picture or a hidden passage."""
    path = tmp_path / "memo.docx"
    assert run("memo", *_IKEA, "-o", path).returncode == 0
    document = Document(path)
    run_of_text = next(run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip())
    run_of_text.font.hidden = True
    document.save(path)
    refused = run("memo", *_IKEA, "-o", path)
    assert refused.returncode == 2
    assert "was changed since advisor wrote it: not its words, but perhaps pictures or how they look" in refused.stderr
    verified = run("verify-memo", path)
    assert verified.returncode == 0
    assert "not the one that advisor wrote, byte for byte" in verified.stdout + verified.stderr
