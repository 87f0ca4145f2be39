"""What a rulebook may say about several voices."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook, shipped_folder

SHIPPED = Rulebook.load()


def question(type: str, who: str, combine: str = "") -> str:
    """A file with one question."""
    more = {
        "choice": ", choices: [{value: a, label: A}]",
        "choices": ", choices: [{value: a, label: A}]",
        "table": ", columns: [{name: c, label: C, type: text}]",
    }
    how = f", combine: {combine}" if combine else ""
    fields = f"name: mine, section: quality, ask: x, help: x, who: {who}, type: {type}{how}{more.get(type, '')}"
    return f"questions:\n  - {{{fields}}}\n"


def load(tmp_path: Path, text: str) -> Rulebook:
    (tmp_path / "mine.yaml").write_text(text)
    return Rulebook.load(shipped_folder(), [tmp_path])


def problem(tmp_path: Path, text: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        load(tmp_path, text)
    lines = str(caught.value).splitlines()
    assert all("mine.yaml:2:" in line for line in lines)
    return lines[0]


@pytest.mark.parametrize(
    ("who", "combined_by"), [("manager", "agree"), ("data_owner", "data_owner_first"), ("staff", "mean_of_staff")]
)
def test_who_is_asked_says_how_voices_become_one_unless_the_question_does(
    who: str, combined_by: str, tmp_path: Path
) -> None:
    assert load(tmp_path, question("yes_no", who)).questions["mine"].combined_by == combined_by
    assert load(tmp_path, question("yes_no", who, "lowest")).questions["mine"].combined_by == "lowest"


@pytest.mark.parametrize("type", ["number", "yes_no", "choice"])
@pytest.mark.parametrize("combine", ["lowest", "highest", "data_owner_first", "mean_of_staff", "agree"])
def test_what_has_an_order_can_be_combined_in_every_way(type: str, combine: str, tmp_path: Path) -> None:
    assert load(tmp_path, question(type, "manager", combine)).questions["mine"].combined_by == combine


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            question("choices", "manager", "lowest"),
            "R014 'mine': there is no lowest answer to a question of type choices",
        ),
        (
            question("table", "manager", "highest"),
            "R014 'mine': there is no highest answer to a question of type table",
        ),
        (question("table", "staff"), "R014 'mine': tables of several people have no mean; write combine: agree"),
        (question("number", "manager", "lower"), "R003"),
        (question("number", "nobody"), "R003"),
        (question("table", "respondents"), "R015 'voices' is drawn from the respondents already; 'mine' cannot be too"),
    ],
)
def test_what_does_not_fit_is_refused(text: str, said: str, tmp_path: Path) -> None:
    assert said in problem(tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("who: respondents\n    type: table", "who: respondents\n    type: yes_no", "write type: table"),
        ("{name: settled, label", "{name: settld, label", "no column 'settld' of type yes_no can be filled"),
        ("label: How far apart, type: number", "label: How far apart, type: text", "'apart_pct' of type text"),
        ("{value: figures, label: A figure}", "{value: figurs, label: x}", "never holds 'figurs'"),
        ("          - {value: figures, label: A figure}\n", "", "may also hold figures; offer it"),
        ("          - {value: elsewhere, label: Any other part}\n", "", "may also hold elsewhere; offer it"),
        ("{value: clarity, label: Clarity}", "{value: claritee, label: Clarity}", "never holds 'claritee'"),
        ("who: respondents\n", "who: respondents\n    changeable: true\n", "nobody is asked it, so it has no combine"),
        ("who: respondents\n", "who: respondents\n    combine: agree\n", "nobody is asked it, so it has no combine"),
    ],
)  # fmt: skip
def test_the_table_of_voices_is_as_the_program_fills_it(old: str, new: str, said: str, tmp_path: Path) -> None:
    folder = shutil.copytree(shipped_folder(), tmp_path / "rules")
    path = folder / "questions.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    for other in ("languages", "measures/voices.yaml", "warnings/voices.yaml"):
        target = folder / other
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    with pytest.raises(InvalidInput) as caught:
        Rulebook.load(folder)
    assert [line for line in str(caught.value).splitlines() if "R015 'voices'" in line and said in line]


@pytest.mark.parametrize("value", [50, 101])
def test_a_majority_is_more_than_half(value: int, tmp_path: Path) -> None:
    text = f"parameters:\n  - {{name: voices_majority, value: {value}, why: x}}\n"
    assert f"R013 'voices_majority' is {value}; it must be 51 to 100" in problem(tmp_path, text)


def test_nobody_is_asked_the_table() -> None:
    assert SHIPPED.drawn is SHIPPED.questions["voices"]
    assert {*SHIPPED.questions} - {*SHIPPED.asked} == {"voices"}
