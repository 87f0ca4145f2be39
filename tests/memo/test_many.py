"""Many memos into one folder: safe names, nothing current written again, one bad profile leaves the others alone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.memo.many import Failed, Journal, digest_of, file_names, key_of, run_all
from advisor.reading import InvalidInput, Place, Problem
from tests.cli.command import PROFILES, run

_HOSTILE = [
    "../../etc/passwd", "a/b", "a\\b", "..", ".", "", "CON", "nul.txt", "Straße", "STRASSE", "strasse", "x" * 500,
    "é", "e\u0301", "العربية", "中文", "a:b*c?", " a ", "a ", "-", "unit", "\u202ea",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_HOSTILE), st.text(max_size=30)), max_size=12))
@example(_HOSTILE)
def test_names_are_safe_and_no_two_are_one_file(names):
    files = file_names(names)
    assert len(files) == len(names)
    assert len({file.casefold() for file in files}) == len(files)
    for file in files:
        assert re.fullmatch(r"[\w.\-]+", file)
        assert file not in (".", "..")
        assert not file.startswith((".", "-"))
        assert len(file.encode()) <= 100
        assert file.split(".")[0].casefold() not in ("con", "nul", "aux", "prn", "com1", "lpt9")


def test_a_name_stays_what_it_can_stay():
    assert file_names(["Claims handling", "Bücher & Co.", "claims handling"]) == [
        "Claims-handling",
        "Bücher-Co",
        "claims-handling-2",
    ]


def test_a_number_takes_no_name_that_comes_later():
    assert file_names(["a", "a", "a-2"]) == ["a", "a-2", "a-2-2"]


def test_current_is_what_was_written_under_the_same_key_and_is_there(tmp_path: Path):
    first, second = key_of({"profile": "1"}), key_of({"profile": "2"})
    with Journal(tmp_path / "new" / "folder") as journal:
        (journal.folder / "a.md").write_text("memo")
        journal.keep("a", first, {"a.md": digest_of(journal.folder / "a.md")})
    with Journal(journal.folder) as again:
        assert again.is_done("a", first)
        assert not again.is_done("a", second)
        assert not again.is_done("b", first)
        (journal.folder / "a.md").write_text("edited by hand")
        assert not again.is_done("a", first)
        (journal.folder / "a.md").unlink()
        assert not again.is_done("a", first)


def test_a_line_that_a_crash_cut_counts_for_nothing(tmp_path: Path):
    with Journal(tmp_path) as journal:
        (tmp_path / "a.md").write_text("memo")
        journal.keep("a", "k", {"a.md": digest_of(tmp_path / "a.md")})
    file = tmp_path / ".advisor-memos.jsonl"
    file.write_text(file.read_text() + '{"profile": "b", "key')
    with Journal(tmp_path) as again:
        assert again.is_done("a", "k")
        assert not again.is_done("b", "k")


@pytest.mark.parametrize("name", ["a\u2028b", "a\x85b", "a\nb", os.fsdecode(b"a\xffb")])
def test_names_of_every_kind_are_found_again(tmp_path: Path, name):
    with Journal(tmp_path) as journal:
        (tmp_path / "a.md").write_text("memo")
        journal.keep(name, "k", {"a.md": digest_of(tmp_path / "a.md")})
    with Journal(tmp_path) as again:
        assert again.is_done(name, "k")


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path):
    with Journal(tmp_path), pytest.raises(InvalidInput, match="another run"):
        Journal(tmp_path).__enter__()


def _prepare(word: str) -> None:
    os.environ["WORD"] = word


def _work(argument: str) -> str:
    if argument == "die":
        os._exit(1)
    if argument == "invalid":
        raise InvalidInput([Problem(Place("f"), "Y001", "bad")])
    if argument == "bug":
        raise KeyError(argument)
    return f"{os.environ['WORD']} {argument}"


def test_what_fails_leaves_the_others_alone():
    done = dict(run_all(["a", "invalid", "die", "bug", "b", "c"], _work, _prepare, ("ready",)))
    assert {name: done[name] for name in "abc"} == {"a": "ready a", "b": "ready b", "c": "ready c"}
    assert done["invalid"] == Failed("f Y001 bad")
    assert isinstance(done["die"], Failed)
    assert "ended without a word" in done["die"].why
    assert done["bug"] == Failed("KeyError: 'bug'", internal=True)


_INTERRUPTED_WHILE_LOADING = """
import os, signal
from advisor.memo.many import run_all

if __name__ == "__mp_main__":
    os.killpg(0, signal.SIGINT)

def prepare():
    pass

def work(argument):
    return argument

if __name__ == "__main__":
    try:
        for argument, result in run_all(["in hand"], work, prepare, ()):
            print(argument, result)
    except KeyboardInterrupt:
        print("interrupted")
"""


def test_an_interruption_while_processes_are_loading_is_no_end_of_theirs(tmp_path: Path):
    """A terminal sends it to all of them: what is in hand comes to its end, and only the first process says so."""
    script = tmp_path / "script.py"
    script.write_text(_INTERRUPTED_WHILE_LOADING)
    environment = {**os.environ, "PYTHONPATH": str(PROFILES.parent)}
    command = [sys.executable, str(script)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, start_new_session=True, timeout=600, check=False
    )
    assert (done.stdout, done.stderr) == ("in hand in hand\ninterrupted\n", "")


def _memo(*arguments: object):
    return run("memo", *arguments, "--no-outlook")


def test_profiles_go_to_a_folder_and_what_is_current_stays(tmp_path: Path):
    out = tmp_path / "out"
    bad = tmp_path / "bad.yaml"
    bad.write_text("organisation: [")
    profiles = [PROFILES / "ikea.yaml", bad, PROFILES / "blank.yaml"]
    done = _memo(*profiles, "-o", out, "--format", "md")
    assert done.returncode == 2
    assert "bad.yaml:2:1 Y009" in done.stderr
    assert "wrote 2 to " in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in out.glob("*.md")) == ["blank.md", "ikea.md"]
    before = (out / "ikea.md").stat().st_mtime_ns
    bad.unlink()
    again = _memo(*profiles[::2], "-o", out, "--format", "md")
    assert again.returncode == 0
    assert "wrote 0 to" in again.stderr
    assert "2 there already and current" in again.stderr
    assert (out / "ikea.md").stat().st_mtime_ns == before
    german = _memo(PROFILES / "ikea.yaml", "-o", out, "--format", "md", "--language", "de")
    assert "wrote 1 to" in german.stderr
    assert "Die Antwort auf einer Seite" in (out / "ikea.md").read_text(encoding="utf-8")


def _edit(path: Path) -> str:
    text = path.read_text(encoding="utf-8").replace("# ", "# As we agreed: ", 1)
    path.write_text(text, encoding="utf-8")
    return text


def test_what_somebody_edited_is_left_and_named_and_the_others_are_written(tmp_path: Path):
    order = (PROFILES / "healthy-insurer.yaml", "--per-unit", "-o", tmp_path, "--format", "md")
    _memo(*order)
    edited = tmp_path / "Claims-handling.md"
    text = _edit(edited)
    again = _memo(*order)
    assert (again.returncode, edited.read_text(encoding="utf-8")) == (2, text)
    assert "2 there already and current; 1 left unchanged, see above" in again.stderr
    said = f"'{edited}' was changed by hand since advisor wrote it: 1 passage; it is left as it is; move it away, or"
    assert said in again.stderr
    german = _memo(*order, "--language", "de")
    assert (german.returncode, edited.read_text(encoding="utf-8")) == (2, text)
    assert "wrote 2 to" in german.stderr
    assert "1 left unchanged" in german.stderr
    assert "1 left unchanged" in _memo(*order, "--language", "de").stderr
    forced = _memo(*order, "--language", "de", "--force")
    assert (forced.returncode, "wrote 1 to" in forced.stderr) == (0, True)
    assert "Die Antwort auf einer Seite" in edited.read_text(encoding="utf-8")


def test_what_the_journal_knows_as_untouched_is_replaced_without_a_record_too(tmp_path: Path):
    order = (PROFILES / "blank.yaml", "-o", tmp_path, "--format", "md", "--no-embed")
    _memo(*order)
    german = _memo(*order, "--language", "de")
    assert (german.returncode, "wrote 1 to" in german.stderr) == (0, True)
    text = _edit(tmp_path / "blank.md")
    refused = _memo(*order)
    assert (refused.returncode, (tmp_path / "blank.md").read_text(encoding="utf-8")) == (2, text)
    assert "has no record" in refused.stderr


def test_the_same_memo_as_alone(tmp_path: Path):
    _memo(PROFILES / "ikea.yaml", PROFILES / "blank.yaml", "-o", tmp_path / "out", "--format", "md")
    _memo(PROFILES / "ikea.yaml", "-o", tmp_path / "ikea.md")
    assert (tmp_path / "out" / "ikea.md").read_bytes() == (tmp_path / "ikea.md").read_bytes()


def test_each_unit_gets_a_memo_of_its_own(tmp_path: Path):
    done = _memo(PROFILES / "healthy-insurer.yaml", "--per-unit", "-o", tmp_path, "--format", "md")
    assert done.returncode == 0, done.stderr
    names = ["Claims-handling.md", "Life-and-pensions-service.md", "Policy-administration.md"]
    assert sorted(path.name for path in tmp_path.glob("*.md")) == names
    memo = (tmp_path / "Claims-handling.md").read_text(encoding="utf-8")
    assert "**Unit** Claims handling" in memo
    assert "Policy administration" not in memo


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ikea.yaml", "blank.yaml", "-o", "x"], "--format docx"),
        (["ikea.yaml", "blank.yaml", "-o", "-", "--format", "md"], "'-' is none"),
        (["ikea.yaml", "--one-page", "--deck", "-o", "x.pptx"], "leave out --one-page or --deck"),
        (["ikea.yaml", "--deck", "-o", "x.docx"], r"\.pptx"),
        (["ikea.yaml", "--deck", "--format", "pdf", "-o", "x"], "leave out --format"),
        (["ikea.yaml", "--per-unit", "--unit", "a", "--format", "md", "-o", "x"], "leave out one"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, arguments, said):
    given = [PROFILES / each if each.endswith(".yaml") else each for each in arguments]
    done = run("memo", *given, cwd=tmp_path)
    assert done.returncode == 2
    assert re.search(said, done.stderr), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path):
    names = ["blank", "ikea", "no-net-saving", "article-example", "klarna-2024", "klarna-2025", "duolingo-2025"]
    command = [sys.executable, "-m", "advisor", "memo", *(str(PROFILES / f"{name}.yaml") for name in names)]
    command += ["-o", str(tmp_path), "--format", "docx", "--no-outlook"]
    environment = {**os.environ, "PYTHONPATH": str(PROFILES.parent)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and not list(tmp_path.glob("*.docx")):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate(timeout=600)[1]
    assert process.returncode == 130
    assert "stopped; the same command goes on from there" in told
    written = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.docx")}
    assert 0 < len(written) < len(names)
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert f"wrote {len(names) - len(written)} to" in again.stderr
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in written} == written
    assert len(list(tmp_path.glob("*.docx"))) == len(names)
