"""Loading: what is wrong with a rulebook is said with its place; how it is laid out does not matter."""

from __future__ import annotations

import random
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook, shipped_folder
from advisor.rulebook.codes import CODES


def rule(
    when: str = "cases_per_day > 3",
    layer: str = "warnings",
    more: str | None = None,
    source: str = "judgement",
    name: str = "mine",
) -> str:
    """A file with one rule."""
    return f"layer: {layer}\nrules:\n" + entry(when, more, source, name)


def entry(when: str, more: str | None = None, source: str = "judgement", name: str = "mine") -> str:
    """One rule of a file."""
    lines = [
        f"id: {name}",
        "title: x",
        f'when: "{when}"',
        "severity: info",
        "says: x",
        "because: x",
        f"sources: [{source}]",
    ]
    lines += [more] if more else []
    return "  - " + "\n    ".join(lines) + "\n"


def score(pattern: str) -> str:
    """A file with the score of a pattern."""
    term = "{label: x, weight: quality_weight_errors, of: 'ramp(backlog_weeks, 0, 1)'}"
    return f"score:\n  pattern: {pattern}\n  terms: [{term}]\n"


def measure(name: str, formula: str) -> str:
    """One measure."""
    return f"measures:\n  - {{name: {name}, label: x, unit: count, decimals: 0, formula: '{formula}'}}\n"


def problems(folder: Path, *overlays: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        Rulebook.load(folder, overlays)
    return str(caught.value).splitlines()


def with_overlay(tmp_path: Path, text: str) -> list[str]:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "mine.yaml").write_text(text)
    return problems(shipped_folder(), overlay)


BAD = {
    "R002 unknown key": ("hello: world\n", "R002", "hello"),
    "R002 no layer": ("rules:\n  - {id: a}\n", "R002", "layer"),
    "R003 missing field": ("layer: warnings\nrules:\n  - {id: a, title: x}\n", "R003", "severity"),
    "R003 unknown field": (rule(more="severty: info"), "R003", "did you mean 'severity'"),
    "R003 wrong layer": (rule(layer="warning"), "R003", "layer"),
    "R004 twice": ("sections:\n  - {name: demand, title: x}\n", "R004", "demand"),
    "R004 a second score": (
        score("volume"),
        "R004",
        "already has a score",
    ),
    "R004 a word of the language": (
        "questions:\n  - {name: where, section: demand, ask: x, help: x, who: manager, type: yes_no}\n",
        "R004",
        "word of the expression language",
    ),
    "R005 score": (
        score("volum"),
        "R005",
        "volume",
    ),
    "R012 always false": (
        rule("error_rate_pct > 100"),
        "R012",
        "«error_rate_pct > 100» is always false: error_rate_pct lies between 0 and 100",
    ),
    "R012 always true": (rule("cases_per_day > 3 and error_rate_pct >= 0"), "R012", "always true"),
    "R012 constant": (rule("growth_noticeable > 2"), "R012", "always true"),
    "R012 no answer": (rule("true"), "R012", "looks at no answer"),
    "R005 verdict": (rule(layer="verdict", more="verdict: prepare_frist"), "R005", "prepare_first"),
    "R005 pattern": (rule(layer="patterns", more="excludes: [volum]"), "R005", "volume"),
    "R005 cap": (rule(layer="patterns", more="caps: {pattern: volume, at: nothing_here}"), "R005", "nothing_here"),
    "R005 preparation": (rule(more="preparation: {name: clarty, status: missing}"), "R005", "clarity"),
    "R007 later layer": (
        rule("clarity_missing", layer="diagnosis"),
        "R007",
        "'mine' of layer diagnosis reads 'clarity_missing' of the later layer preparations",
    ),
    "R007 through a measure": (
        rule("gaps >= 2", layer="diagnosis") + measure("gaps", "count(clarity_missing, authority_missing)"),
        "R007",
        "'mine' of layer diagnosis reads 'gaps' and through it 'authority_missing' of the later layer preparations",
    ),
    "R007 through two measures": (
        rule("twice >= 2", layer="diagnosis")
        + measure("gaps", "count(clarity_missing)")
        + measure("twice", "2 * gaps").removeprefix("measures:\n"),
        "R007",
        "reads 'twice' and through it 'gaps', 'clarity_missing' of the later layer preparations",
    ),
    "R007 through the choice of patterns": (
        rule("recommends_any", layer="diagnosis"),
        "R007",
        "'mine' of layer diagnosis reads the choice of patterns",
    ),
    "R008 default": (
        rule("default(cases_per_day, 3) > 2", layer="verdict", more="verdict: redeploy"),
        "R008",
        "default",
    ),
    "R008 through a measure": (
        rule("net_hours_day > 2", layer="patterns", more="excludes: [volume]"),
        "R008",
        "net_hours_day",
    ),
    "R009 source": (rule(source="B99"), "R009", "B99"),
    "R010 placeholder": (rule(more="limits: 'see {cases_per_dy}'"), "R010", "cases_per_day"),
    "R010 about what": (
        rule(more="remedy: {action: 'Ask for {about}', owner: unit manager, within_days: 30}"),
        "R010",
        "{about}",
    ),
    "R003 parameter to override": (
        "parameters:\n  - {name: growth_noticable, value: 4}\n",
        "R003",
        "there is no parameter 'growth_noticable' to override (did you mean 'growth_noticeable'?)",
    ),
    "E011 name": (rule("cases_per_dy > 3"), "E011", "cases_per_day"),
    "E016 choice": (rule("ai_phase == life"), "E016", "live"),
    "E021 units": (rule("aht_min > net_hours_day"), "E021", "mixes units"),
    "E020 declared unit": (
        "measures:\n  - {name: mine, label: x, unit: h/day, formula: cases_per_day * aht_min}\n",
        "E020",
        "h/day",
    ),
    "E030 zero": (rule("cases_per_day / (3 - 3) > 1"), "E030", "zero"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_its_place(name: str, tmp_path: Path) -> None:
    text, code, said = BAD[name]
    lines = with_overlay(tmp_path, text)
    matching = [line for line in lines if code in line and said in line]
    assert matching, lines
    assert re.match(r".*mine\.yaml:\d+:\d+ ", matching[0]), matching[0]


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    text = rule("cases_per_dy > 3") + entry("ai_phase == life", name="other")
    assert len(with_overlay(tmp_path, text)) == 2


def test_a_circle_names_all_of_it(tmp_path: Path) -> None:
    first = rule("second", layer="diagnosis", more="concludes: first")
    second = entry("first", more="concludes: second", name="other")
    (line,) = with_overlay(tmp_path, first + second)
    assert "R006" in line
    assert all(name in line for name in ("first", "second", "mine", "other"))


def test_a_folder_that_is_not_there_and_an_empty_one(tmp_path: Path) -> None:
    assert "R001" in problems(tmp_path / "nowhere")[0]
    assert "R001" in problems(tmp_path)[0]
    (tmp_path / "a.yaml").write_text("parameters: []\n")
    assert "R011" in problems(tmp_path)[0]


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("parameters: []\n")
    assert "is not a folder" in problems(tmp_path / "a.yaml")[0]


def test_the_frame_stands_in_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(shipped_folder(), copy)
    shutil.copy(copy / "rulebook.yaml", copy / "second.yaml")
    (line,) = problems(copy)
    assert "R004" in line
    assert "second.yaml" in line


def test_an_overlay_changes_a_parameter_in_part_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("parameters:\n  - {name: growth_noticeable, value: 4}\n")
    before, after = Rulebook.load(shipped_folder()), Rulebook.load(shipped_folder(), [tmp_path])
    assert after.overridden == ("growth_noticeable",)
    changed, old = after.parameters["growth_noticeable"], before.parameters["growth_noticeable"]
    assert (changed.value, changed.unit, changed.status) == (Decimal(4), old.unit, old.status)
    assert after.digest != before.digest


def test_an_overlay_adds_a_question_a_measure_and_a_rule(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(
        "questions:\n  - {name: desks, section: capacity, ask: How many desks?, help: x, who: manager, type: number, "
        "unit: desk, minimum: 0, maximum: 1000}\n"
        "measures:\n  - {name: desks_per_person, label: x, unit: desk/person, formula: desks / team_headcount}\n"
        + rule("desks_per_person > 1")
    )
    house = Rulebook.load(shipped_folder(), [tmp_path])
    assert {"desks", "desks_per_person", "mine"} <= {*house.questions, *house.measures, *house.rules}


def test_the_digest_is_of_the_content_and_not_of_files_and_their_order(tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(shipped_folder(), copy)
    (copy / "parameters.yaml").rename(copy / "zz-parameters.yaml")
    text = (copy / "zz-parameters.yaml").read_text()
    head, *items = text.split("\n  - name: ")
    random.Random(1).shuffle(items)
    (copy / "zz-parameters.yaml").write_text("\n  - name: ".join([head, *items]) + "\n# a comment\n")
    assert Rulebook.load(copy).digest == Rulebook.load(shipped_folder()).digest
    (copy / "zz-parameters.yaml").write_text(text.replace("value: 25\n", "value: 26\n", 1))
    assert Rulebook.load(copy).digest != Rulebook.load(shipped_folder()).digest


def test_every_code_is_documented() -> None:
    used = {
        code for path in Path("advisor/rulebook").glob("*.py") for code in re.findall(r'"(R\d{3})"', path.read_text())
    }
    assert used == {code for code in CODES if code.startswith("R0")}


def invariant(kind: str) -> str:
    """A file with one invariant."""
    return f"invariants:\n  - id: mine\n    title: x\n    {kind}\n    because: x\n    sources: [judgement]\n"


BAD_INVARIANTS = {
    "none of the kinds": ("limits: x", "R003", "'never', 'opposite' or 'moves'"),
    "two kinds": ("never: erosion == active\n    opposite: [no-net-saving, demand-grows]", "R003", "one of 'never'"),
    "a name": ("never: errosion == active", "E011", "did you mean erosion"),
    "a word": ("never: erosion == actve", "E016", "did you mean active"),
    "no condition": ("never: erosion", "E010", "condition"),
    "always so": ("never: 1 > 2", "R012", "always false"),
    "a rule": ("opposite: [no-net-saving, demand-grow]", "R005", "did you mean 'demand-grows'"),
    "one rule": ("opposite: [no-net-saving]", "R003", "two or more"),
    "a question": ("moves: {error_rate: up}\n    never_falls: erosion\n    order: [none]", "R005", "error_rate_pct"),
    "a table": ("moves: {incentive_measures: up}\n    never_falls: erosion\n    order: [none]", "R005", "no question"),
    "a direction": ("moves: {error_rate_pct: higher}\n    never_falls: erosion\n    order: [none]", "R003", "'up'"),
    "an outcome": ("moves: {error_rate_pct: up}\n    never_falls: reserve_kept\n    order: [none]", "R005", "outcome"),
    "an order": (
        "moves: {error_rate_pct: up}\n    never_falls: erosion\n    order: [none]",
        "R003",
        "must hold active",
    ),
    "no order": ("moves: {error_rate_pct: up}\n    never_falls: erosion", "R003", "in which 'order'"),
}


@pytest.mark.parametrize(("kind", "code", "hint"), BAD_INVARIANTS.values(), ids=BAD_INVARIANTS)
def test_what_is_wrong_with_an_invariant(tmp_path: Path, kind: str, code: str, hint: str):
    found = with_overlay(tmp_path, invariant(kind))
    assert any(f" {code} " in line and hint in line for line in found), found
    assert all("mine.yaml:" in line for line in found)


def test_a_house_view_adds_an_invariant_and_the_digest_stays(tmp_path: Path):
    (tmp_path / "mine.yaml").write_text(invariant("never: verdict == redeploy and erosion == active"))
    rulebook = Rulebook.load(shipped_folder(), [tmp_path])
    assert set(rulebook.invariants) - set(Rulebook.load().invariants) == {"mine"}
    assert rulebook.digest == Rulebook.load().digest


def test_a_name_that_invariants_use_is_taken(tmp_path: Path):
    parameter = "parameters:\n  - {name: verdict, value: 1, unit: '', status: judgement, why: x}\n"
    (line,) = with_overlay(tmp_path, parameter)
    assert " R004 'verdict' is what invariants call an outcome" in line


def test_patterns_need_some_support(tmp_path: Path):
    (line,) = with_overlay(tmp_path, "parameters:\n  - {name: support_floor, value: 0, why: x}\n")
    assert "R013 'support_floor' is 0; it must be 1 to 100" in line


def test_an_advice_stands_for_at_least_a_day(tmp_path: Path):
    (line,) = with_overlay(tmp_path, "parameters:\n  - {name: advice_valid_days, value: 0, why: x}\n")
    assert "R013 'advice_valid_days' is 0; it must be 1 to 3650" in line


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("type: yes_no, least_changed: 1", "least_changed 1 is for numbers only; remove it"),
        ("type: number, unit: desk, minimum: 0, maximum: 9, least_changed: 10", "least_changed 10 is out of the quest"),
        ("type: number, unit: desk, minimum: 1, maximum: 9, least_changed: 0", "least_changed 0 is out of the quest"),
        ("type: number, unit: desk, decimals: 0, least_changed: 0.5", "least_changed 0.5 has more decimals than the 0"),
        ("type: number, unit: desk, step: 0", "step 0 is not above 0; correct it"),
        ("type: choice, step: 1, choices: [{value: a, label: A}]", "step 1 is for numbers only"),
        (
            "type: number, unit: desk, grows_monthly: true",
            "grows_monthly is for numbers in the unit 'month' only; remo",
        ),
        ("type: yes_no, grows_monthly: true", "grows_monthly is for numbers in the unit 'month' only; remove it"),
    ],
)
def test_an_answer_can_change_by_its_step_and_down_to_its_least_change(tmp_path: Path, asked: str, said: str) -> None:
    question = f"{{name: desks, section: capacity, ask: How many?, help: x, who: manager, {asked}}}"
    (line,) = with_overlay(tmp_path, f"questions:\n  - {question}\n")
    assert f" R018 'desks': {said}" in line
