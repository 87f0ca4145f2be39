"""On a real terminal: nothing that was answered is ever lost."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from random import Random

import pytest

from advisor.profile import Answer, read_profile
from advisor.rulebook import Question, Rulebook

pytest.importorskip("pty")
resource = pytest.importorskip("resource")
from tests.cli.command import run  # noqa: E402 - after the question whether there are terminals at all
from tests.interview.terminal import Terminal  # noqa: E402

RULEBOOK = Rulebook.load()
PROMPT = "> "
ANSWERS = {"number": "5", "yes_no": "1", "choice": "2", "choices": "1, 2", "text": "Handle time"}


def begun(path: Path) -> Path:
    done = run("profile", "new", path, "--organisation", "Example", "--unit", "Claims")
    assert done.returncode == 0, done.stderr
    return path


def answers(path: Path) -> dict[str, Answer]:
    """What is recorded, or what the first respondent says if there is one."""
    unit = read_profile(path, RULEBOOK.questions).units[0]
    return dict(unit.said_by(0 if unit.respondents else None))


def asked(shown: str) -> str:
    """The question at the last prompt, by its name."""
    names = [name for name in RULEBOOK.questions if f"; {name})" in " ".join(shown.split())]
    assert len(names) == 1, shown
    return names[0]


@pytest.mark.parametrize(
    ("options", "term"),
    [
        (("--section", "demand"), "dumb"),
        (("--section", "incentives"), "xterm"),
        (("--section", "incentives", "--as", "manager"), "xterm"),
        pytest.param((), "xterm", marks=pytest.mark.slow, id="whole"),
    ],
)
def test_killed_at_every_question_nothing_is_lost(tmp_path: Path, options: tuple[str, ...], term: str) -> None:
    """Each run answers one question and is killed at the next prompt; the next run goes on from there.

    In the end the file is, byte for byte, that of one sitting without an interruption.
    """
    path = begun(tmp_path / "client.yaml")
    arguments = ("--all", *options)
    given: list[str] = []
    going_on = True
    while going_on:
        with Terminal("interview", path, *arguments, TERM=term) as terminal:
            name = asked(terminal.wait_for(PROMPT))
            assert name not in given
            given.append(name)
            going_on = answered(terminal, RULEBOOK.questions[name])
            terminal.kill()
        assert list(answers(path)) == given
    other = begun(tmp_path / "other.yaml")
    lines = [line for name in given for line in typed(RULEBOOK.questions[name])]
    assert run("interview", other, *arguments, stdin="\n".join(lines) + "\n").returncode == 0
    assert path.read_bytes() == other.read_bytes()
    if not options:
        assert {RULEBOOK.questions[name].section for name in given} == {each.name for each in RULEBOOK.sections}


def typed(question: Question) -> list[str]:
    """The lines that answer a question; a table gets one row and the empty line that ends it."""
    return (
        [*(ANSWERS[column.type] for column in question.columns), ""] if question.columns else [ANSWERS[question.type]]
    )


def answered(terminal: Terminal, question: Question) -> bool:
    """Answer a question, of a table one row; whether another prompt follows."""
    first, *others = question.columns or (None,)
    terminal.type(ANSWERS[first.type if first else question.type])
    for column in others:
        terminal.wait_for(f"{column.label}: ")
        terminal.type(ANSWERS[column.type])
    try:
        terminal.wait_for("(an empty line ends the table): " if first else PROMPT)
    except AssertionError:
        assert terminal.process.wait() == 0
        return False
    return True


def test_killed_while_it_writes_the_file_is_whole(tmp_path: Path) -> None:
    path, random = begun(tmp_path / "client.yaml"), Random(1)
    for _ in range(6):
        before = answers(path)
        with Terminal("interview", path) as terminal:
            name = asked(terminal.wait_for(PROMPT))
            terminal.type(ANSWERS[RULEBOOK.questions[name].type])
            time.sleep(random.random() * 0.05)
            terminal.kill()
        assert {**answers(path)} in (before, {**before, name: answers(path).get(name)})


@pytest.mark.parametrize("how", ["interrupt", "end of file", "stop", "hang up", "hang up, ignored"])
def test_stopped_at_a_prompt_it_goes_on_from_there(tmp_path: Path, how: str) -> None:
    path = begun(tmp_path / "client.yaml")
    ignored = how == "hang up, ignored"
    with Terminal("interview", path, hang_up=signal.SIG_IGN if ignored else signal.SIG_DFL) as terminal:
        first = asked(terminal.wait_for(PROMPT))
        terminal.type("4")
        second = asked(terminal.wait_for(PROMPT))
        if how.startswith("hang up"):
            assert terminal.hang_up() == (3 if ignored else -signal.SIGHUP)
        else:
            terminal.press({"interrupt": "\x03", "end of file": "\x04", "stop": "stop\n"}[how])
            code, shown = terminal.end()
            assert code == 3
            assert f"advisor interview {path}" in " ".join(shown.split())
    assert list(answers(path)) == [first]
    with Terminal("interview", path) as terminal:
        assert asked(terminal.wait_for(PROMPT)) == second


def test_interrupted_inside_a_note_nothing_is_half_written(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    with Terminal("interview", path) as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("note")
        terminal.wait_for("inferred ")
        terminal.press("\x03")
        assert terminal.end()[0] == 3
    assert answers(path) == {}


def test_a_second_interview_on_the_same_file_is_refused(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    with Terminal("interview", path) as terminal:
        terminal.wait_for(PROMPT)
        second = run("interview", path)
        assert second.returncode == 2
        assert "I001 another interview has this file open" in second.stderr
        terminal.kill()
    assert run("interview", path).returncode == 3


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux changes limits of another process")
def test_a_full_disk_is_said_and_the_answer_kept_until_there_is_room(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    before = path.read_bytes()
    too_small = len(before) // 2

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (too_small, resource.RLIM_INFINITY))

    with Terminal("interview", path, before=no_room) as terminal:
        name = asked(terminal.wait_for(PROMPT))
        terminal.type("4")
        assert "is not saved" in terminal.wait_for("kept): ")
        assert path.read_bytes() == before
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        terminal.type("")
        terminal.wait_for(PROMPT)
        terminal.kill()
    assert list(answers(path)) == [name]
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".tmp"] == []


def test_a_full_disk_and_then_no_patience_is_never_said_to_be_saved(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    before = path.read_bytes()

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, resource.RLIM_INFINITY))

    with Terminal("interview", path, before=no_room) as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("4")
        terminal.wait_for("kept): ")
        terminal.press("\x03")
        code, shown = terminal.end()
    assert code == 2
    assert "Y017 it cannot be written" in shown
    assert "every answer is in" not in shown
    assert path.read_bytes() == before


def test_a_line_without_its_end_is_an_answer_when_the_input_ends(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    with Terminal("interview", path) as terminal:
        name = asked(terminal.wait_for(PROMPT))
        terminal.press("4\x04")
        time.sleep(0.2)  # a second one at once would be taken for the same
        terminal.press("\x04")
        terminal.wait_for(PROMPT)
        terminal.press("\x04")
        assert terminal.end()[0] == 3
    assert list(answers(path)) == [name]


def test_more_than_a_line_can_hold_is_refused_and_nothing_of_it_is_taken_for_an_answer(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    with Terminal("interview", path) as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("n/a " + "1" * 10_000)
        assert "that is too long" in terminal.wait_for(f"\n{PROMPT}")
        terminal.type("n/a \x01\x02 \u202e")
        assert "characters that cannot be stored" in terminal.wait_for(f"\n{PROMPT}")
        terminal.kill()
    assert answers(path) == {}


def test_after_the_window_was_resized_lines_fit_it(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    with Terminal("interview", path) as terminal:
        assert max(map(len, terminal.wait_for(PROMPT).splitlines())) > 40
        terminal.resize(40)
        terminal.type("4")
        assert max(map(len, terminal.wait_for(PROMPT).splitlines())) <= 40


def test_a_narrow_terminal_wraps_between_words(tmp_path: Path) -> None:
    path = begun(tmp_path / "client.yaml")
    with Terminal("interview", path, COLUMNS="40") as terminal:
        shown = terminal.wait_for(PROMPT)
    assert max(map(len, shown.splitlines())) <= 40
    assert "\x1b" not in shown
