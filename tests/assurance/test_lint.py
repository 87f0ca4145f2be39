"""Lint: every code has a page, whose bad example calls for the remark and whose good example does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.assurance.lint import LINTS, lint, overlay_warnings
from advisor.rulebook import Rulebook, shipped_folder
from tests.assurance.rulebooks import SHIPPED
from tests.cli.command import PROFILES, run

PAGES = Path(__file__).parents[2] / "docs" / "lint"
EXAMPLE = re.compile(r"## (Bad|Good)\n+```yaml\n(.*?)```", re.DOTALL)


def example(code: str, which: str) -> str:
    found = EXAMPLE.finditer((PAGES / f"{code}.md").read_text(encoding="utf-8"))
    return {match[1]: match[2] for match in found}[which]


def remarks_on(folder: Path, text: str) -> list[str]:
    """The codes of the remarks on the shipped rulebook with one file laid over it."""
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    found = lint(Rulebook.load(overlays=[folder]), [shipped_folder(), folder])
    assert all(each.place.file == str(folder / "house.yaml") for each in found)
    return [each.remark.code for each in found]


def rule(condition: str, more: str = "") -> str:
    return f"""\
layer: warnings
rules:
  - id: house-rule
    title: A rule of the house
    when: {condition}
    severity: info
    says: Said only here.
    because: It is so.
    sources: [judgement]
{more}"""


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted(LINTS)
    for code in LINTS:
        assert (PAGES / f"{code}.md").read_text(encoding="utf-8").startswith(f"# {code}: ")


@pytest.mark.parametrize("code", LINTS)
def test_the_bad_example_calls_for_the_remark(tmp_path: Path, code: str) -> None:
    assert code in remarks_on(tmp_path, example(code, "Bad"))


@pytest.mark.parametrize("code", LINTS)
def test_the_good_example_calls_for_none(tmp_path: Path, code: str) -> None:
    assert remarks_on(tmp_path, example(code, "Good")) == []


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("work_mode in (pooled_queue, own_caseload, mixed)", ["L004"]),
        ("100 - ai_use_share_pct < 0", ["L004"]),
        ("100 - fcr_pct >= 0 or overtime_pct > overtime_severe", ["L004"]),
        ("highest(ai_use_share_pct, overtime_pct) >= 0", ["L004"]),
        ("red_count >= 100", ["L004"]),
        ("ai_use_share_pct >= 100", []),
        ("default(overtime_pct, 0) > overtime_severe", []),
        ("known(backlog_weeks)", []),
        ("not severe_overload", []),
        ("not (gov_owner == true)", ["L009"]),
        ("not (gov_owner == true and gov_ledger == true)", []),
        ("backlog_weeks * 2 > 1", ["L008"]),
    ],
)
def test_what_is_objected_to_in_conditions(tmp_path: Path, condition: str, codes: list[str]) -> None:
    assert remarks_on(tmp_path, rule(condition)) == codes


def test_an_explained_question_must_exist(tmp_path: Path) -> None:
    text = example("L001", "Good").replace("explains: backlog_weeks", "explains: backlog_week")
    (tmp_path / "house.yaml").write_text(text)
    done = run("rules", "check", tmp_path)
    assert done.returncode == 2
    assert "did you mean 'backlog_weeks'?" in done.stderr


def test_a_value_outside_the_plausible_range_gives_a_warning_and_the_advice(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(example("L010", "Bad"))
    done = run("assess", PROFILES / "healthy-insurer.yaml", "--rules", tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        f"warning: {tmp_path}/house.yaml:2:5 L010 'growth_noticeable' is 30 %, outside the plausible range 2 to 5 %; "
        "correct it, or give the range and the reason that hold here\n"
    )
    (tmp_path / "house.yaml").write_text(example("L010", "Good"))
    assert run("assess", PROFILES / "healthy-insurer.yaml", "--rules", tmp_path).stderr == ""


def test_the_last_of_several_overlays_is_the_one_that_is_named(tmp_path: Path) -> None:
    for name, value in (("first", 30), ("second", 40)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.yaml").write_text(f"parameters:\n  - {{name: growth_noticeable, value: {value}}}\n")
    folders = [tmp_path / "first", tmp_path / "second"]
    (warning,) = overlay_warnings(Rulebook.load(overlays=folders), folders)
    assert str(warning).startswith(f"{tmp_path}/second/p.yaml:2:5 L010 'growth_noticeable' is 40 %")


def test_the_shipped_rulebook_is_clean() -> None:
    assert lint(SHIPPED, [shipped_folder()]) == []


def test_the_command_names_place_code_and_page_and_gives_one(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(example("L008", "Bad"))
    done = run("rules", "check", tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path}/house.yaml:3:5 L008 'hopeless-queue' compares with 12" in done.stdout
    assert "docs/lint/" in done.stdout
    assert run("rules", "check").returncode == 0


def test_a_remark_names_the_texts_that_a_language_lacks(tmp_path: Path) -> None:
    german = (
        "language:\n  code: de\n  name: Deutsch\n  rules:\n    house-rule: {title: Eine Hausregel, says: Nur hier.}\n"
    )
    (tmp_path / "house.yaml").write_text(rule("backlog_weeks > backlog_severe", german))
    (found,) = lint(Rulebook.load(overlays=[tmp_path]), [shipped_folder(), tmp_path])
    assert found.remark.message == (
        "the language 'de' has no text of rule 'house-rule' (because); add it under language: rules:"
    )


def test_two_parameters_must_not_be_called_the_same(tmp_path: Path) -> None:
    label = SHIPPED.parameters["backlog_severe"].label
    text = f"parameters:\n  - {{name: backlog_healthy, label: {label}}}\n"
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    found = [each.remark for each in lint(Rulebook.load(overlays=[tmp_path]), [shipped_folder(), tmp_path])]
    assert [each.code for each in found if "'backlog_healthy'" in each.message] == ["L007"]
    assert f"has the same label as 'backlog_healthy': {label}" in found[0].message


def invariant(condition: str) -> str:
    return f"""\
invariants:
  - id: house-promise
    title: A promise of the house
    never: {condition}
    because: It is so.
    sources: [judgement]
"""


def test_an_invariant_reads_what_it_names(tmp_path: Path) -> None:
    parameter = "parameters:\n  - {name: house_mark, label: Mark, value: 3, unit: week, status: judgement, why: So.}\n"
    concluded = rule("backlog_weeks > house_mark", "    concludes: house_finding\n")
    assert remarks_on(tmp_path, parameter + concluded) == ["L005"]
    read = invariant("house_finding and verdict == redeploy and backlog_weeks < house_mark")
    assert remarks_on(tmp_path, parameter + concluded + read) == []


def test_an_invariant_is_held_to_the_same_language(tmp_path: Path) -> None:
    assert remarks_on(tmp_path, invariant("verdict == redeploy and backlog_weeks > 17")) == ["L008"]
    assert remarks_on(tmp_path, invariant("share_of_volume > 0 and 100 - fcr_pct >= 0")) == ["L004"]
