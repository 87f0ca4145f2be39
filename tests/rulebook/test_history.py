"""What a rulebook says of its earlier questionnaires has one meaning, or is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook, shipped_folder
from advisor.rulebook.model import Question
from advisor.rulebook.questionnaire import Questionnaire, is_before
from advisor.rulebook.typing_parts import part_from
from tests.rulebook.test_loading import rule, with_overlay


def asked(name: str, more: str, kind: str = "yes_no") -> str:
    """A file with one question."""
    return (
        f"questions:\n  - name: {name}\n    section: demand\n    ask: x\n    help: x\n    who: manager\n"
        f"    type: {kind}\n    {more}\n"
    )


CHOICES = "choices: [{value: a, label: A}, {value: b, label: B, was: [%s]}]"
COLUMNS = "columns: [{name: a, label: A, type: text}, {name: b, label: B, type: text, was: [%s]}]"
BAD = {
    "an old name that is asked": (
        asked("mine", "was: [cases_per_day]"),
        "R004 'cases_per_day' is given as an old name of 'mine', but it is a question of today",
    ),
    "its own name": (asked("mine", "was: [mine]"), "R004 'mine' is given as an old name of 'mine'"),
    "an old name of two": (
        asked("mine", "was: [before]") + asked("yours", "was: [before]").removeprefix("questions:\n"),
        "R004 'before' is given as an old name of 'yours', but it is given as an old name of 'mine'",
    ),
    "removed and asked": (
        "removed:\n  - {name: cases_per_day, version: 1.0.0, why: x}\n",
        "R004 'cases_per_day' is listed as removed, but it is a question of today",
    ),
    "removed and renamed": (
        asked("mine", "was: [before]") + "removed:\n  - {name: before, version: 1.0.0, why: x}\n",
        "R004 'before' is given as an old name of 'mine', but it is listed as removed",
    ),
    "removed twice": (
        "removed:\n  - {name: before, version: 1.0.0, why: x}\n  - {name: before, version: 1.0.0, why: x}\n",
        "R004 'before' is already in",
    ),
    "an old name of what is removed": (
        "removed:\n  - {name: before, version: 1.0.0, why: x, was: [cases_per_day]}\n",
        "R004 'cases_per_day' is given as an old name of 'before', but it is a question of today",
    ),
    "a choice": (asked("mine", CHOICES % "a", "choice"), "R004 'a' is given as an old value of 'b' in 'mine'"),
    "a choice twice": (asked("mine", CHOICES % "c, c", "choice"), "R004 'c' is given as an old value of 'b' in 'mine'"),
    "a column": (asked("mine", COLUMNS % "a", "table"), "R004 'a' is given as an old name of 'mine.b'"),
    "a later version": (
        asked("mine", "since: 99.0"),
        "R015 'mine' names version 99.0, but the rulebook is 1.0.0; correct one of the two",
    ),
    "a later removal": ("removed:\n  - {name: before, version: '2', why: x}\n", "R015 'before' names version 2,"),
    "a later change": (asked("mine", "changed: [{version: '1.1', says: x}]"), "R015 'mine' names version 1.1,"),
    "no version": (asked("mine", "since: soon"), "R003 'since'"),
    "no reason": ("removed:\n  - {name: before, version: 1.0.0}\n", "R003 the field 'why' is missing"),
    "what becomes of old answers": (
        asked("mine", "changed: [{version: 1.0.0, says: x, old_answers: drop}]"),
        "R003 'changed.0.old_answers'",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_what_is_not_clear_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (line,) = with_overlay(tmp_path, text)
    assert message in line
    assert "mine.yaml:" in line


def test_a_rule_that_reads_an_old_name_is_told_the_new_one(tmp_path: Path) -> None:
    text = asked("mine", "was: [before]") + rule("before == true")
    (line,) = with_overlay(tmp_path, text)
    assert "E011 mine: unknown name «before»" in line
    assert line.endswith("; 'before' is called 'mine' today")


def test_a_house_removes_and_renames_its_own_questions(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        asked("mine", "was: [middle, first]") + "removed:\n  - {name: gone, version: 1.0.0, why: x, was: [went]}\n"
    )
    read = Rulebook.load(overlays=[tmp_path]).questions
    assert read.names("mine") == ("mine", "middle", "first")
    assert {**read.renamed} == {"middle": "mine", "first": "mine"}
    assert {name: each.name for name, each in read.not_asked.items()} == {"gone": "gone", "went": "gone"}
    assert "gone" not in read


def test_history_is_part_of_what_the_digest_is_of(tmp_path: Path) -> None:
    digests = set()
    for number, more in enumerate(("was: []", "was: [before]", "since: 1.0.0", "changed: [{version: 1.0, says: x}]")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "mine.yaml").write_text(asked("mine", more))
        digests.add(Rulebook.load(overlays=[folder]).digest)
    folder = tmp_path / "removed"
    folder.mkdir()
    (folder / "mine.yaml").write_text("removed:\n  - {name: before, version: 1.0.0, why: x}\n")
    assert len({*digests, Rulebook.load(overlays=[folder]).digest, Rulebook.load().digest}) == 6


@pytest.mark.parametrize(
    ("version", "other", "before"),
    [
        ("1.0.0", "1.0.1", True),
        ("1.9", "1.10", True),
        ("1.10", "1.9", False),
        ("1", "1.0.0", False),
        ("1.0.0", "1", False),
        ("0.9.9", "1", True),
        (None, "0.1", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str | None, other: str, before: bool) -> None:
    assert is_before(version, other) is before


def test_a_questionnaire_is_kept_between_runs_as_it_is() -> None:
    question = {"name": "a", "section": "s", "ask": "x", "help": "x", "who": "manager", "type": "yes_no", "was": ["b"]}
    kept = Questionnaire({"a": part_from(Question, question)}, "1.0")
    assert kept.renamed == {"b": "a"}
    again = pickle.loads(pickle.dumps(kept))
    assert (again.version, [*again], again.renamed) == ("1.0", ["a"], {"b": "a"})


def test_the_version_of_a_rulebook_is_numbers(tmp_path: Path) -> None:
    frame = (shipped_folder() / "rulebook.yaml").read_text()
    (tmp_path / "rulebook.yaml").write_text(frame.replace("version: 1.0.0", "version: spring"))
    with pytest.raises(InvalidInput, match="'version'"):
        Rulebook.load(tmp_path)
