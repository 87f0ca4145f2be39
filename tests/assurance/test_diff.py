"""Two rulebooks compared: the cause is named, an example differs, a proof of equality is never contradicted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from advisor.assurance.diff import compare, lines
from advisor.assurance.diff import everywhere as everywhere_module
from advisor.assurance.diff.everywhere import Everywhere, compared_everywhere
from advisor.assurance.diff.revision import Edit
from advisor.assurance.diff.traits import Reader, changes
from advisor.engines.plain import PlainEngine
from advisor.engines.proof import is_available
from advisor.engines.random_units import random_units
from advisor.language import Fact
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook, shipped_folder
from tests.assurance.rulebooks import SHIPPED, written
from tests.cli.command import PROFILES, run
from tests.engines.random_rulebooks import Author, random_documents
from tests.engines.wide_rulebooks import wide_rulebook
from tests.profile.three_versions import three_versions

needs_z3 = pytest.mark.skipif(not is_available(), reason="z3-solver is not installed")
EXAMPLES = settings().max_examples


def wide(folder: Path, *conditions: str, **more) -> Rulebook:
    return wide_rulebook(folder, conditions, questions=3, **more)


def example_facts(found: Everywhere, rulebook: Rulebook) -> dict[str, Fact]:
    assert found.example is not None
    return facts_of(found.example.units[0], rulebook)


def traits_differ(old: Rulebook, new: Rulebook, facts) -> bool:
    before, after = (Reader(each, PlainEngine(each)).traits(facts) for each in (old, new))
    return bool(changes(before, after))


def test_the_parameter_behind_a_changed_verdict_is_named(tmp_path):
    written(tmp_path, "parameters:\n  - {name: growth_noticeable, value: 6}\n", "house.yaml")
    found = compare("shipped", str(tmp_path), [str(PROFILES)])
    (unit,) = found.units
    (change,) = unit.changes
    assert (unit.unit, change.trait, change.before, change.after) == (
        "Customer service calls",
        "finding.cut-into-rising-demand",
        "critical",
        None,
    )
    assert [[str(edit) for edit in edits] for edits in unit.causes[change.trait]] == [["parameter growth_noticeable"]]
    assert found.everywhere.says == "different"
    assert traits_differ(found.old.rulebook, found.new.rulebook, example_facts(found.everywhere, SHIPPED))


def test_profiles_are_compared_across_versions_of_the_questionnaire(tmp_path):
    """Questions have other names in the new rulebook, one is gone; what changes the advice is the one rule."""
    three_versions(tmp_path)
    old, new = tmp_path / "1.0.0", tmp_path / "3.0.0"
    answers = "{dryness: 2, feed: sticks, mood: 3, draught: true}"
    for each in (old, new):
        (each / "r0.yaml").rename(each / "rulebook.yaml")
    asked = json.loads((old / "rulebook.yaml").read_text())
    asked["questions"].append({**asked["questions"][0], "name": "draught", "type": "yes_no"})
    (old / "rulebook.yaml").write_text(json.dumps(asked))
    text = f"advisor_profile: 1\norganisation: {{name: x}}\nunits:\n  - {{name: u, answers: {answers}}}\n"
    found = compare(str(old), str(new), [str(written(tmp_path, text, "client.yaml"))])
    (unit,) = found.units
    assert [change.trait for change in unit.changes] == ["finding.chill"]
    assert [[str(edit) for edit in edits] for edits in unit.causes["finding.chill"]] == [["rule chill"]]
    assert {"removed mood", "question fertiliser"} <= {str(edit) for edit in found.edits}


def test_of_many_edits_only_those_that_bring_the_change_are_named(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    wide(old, "q0 > 10 and q1 > 10", "q2 > 5")
    wide(new, "q0 > 5 and q1 > 10", "q2 > 7")
    causes = causes_in(old, new, "{q0: 8, q1: 20, q2: 6}", tmp_path)
    assert causes == {"finding.rule-0": [["rule rule-0"]], "finding.rule-1": [["rule rule-1"]]}


def test_edits_that_bring_a_change_only_together_are_named_together(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    named = {0: "high", 1: "wide"}
    wide(old, "q0 > 10", "q1 > 10", "high and wide", "q2 > 5", concluding=named)
    wide(new, "q0 > 5", "q1 > 5", "high and wide", "q2 > 4", concluding=named)
    causes = causes_in(old, new, "{q0: 8, q1: 8, q2: 1}", tmp_path)
    assert causes["finding.rule-2"] == [["rule rule-0", "rule rule-1"]]
    assert causes["finding.rule-0"] == [["rule rule-0"]]


def causes_in(old: Path, new: Path, answers: str, folder: Path) -> dict[str, list[list[str]]]:
    for each in (old, new):
        (each / "book.yaml").rename(each / "rulebook.yaml")
    text = f"advisor_profile: 1\norganisation: {{name: x}}\nunits:\n  - {{name: u, answers: {answers}}}\n"
    found = compare(str(old), str(new), [str(written(folder, text, "client.yaml"))])
    (unit,) = found.units
    return {trait: [[str(edit) for edit in edits] for edits in sets] for trait, sets in unit.causes.items()}


@needs_z3
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("q0 >= 5 and q1 < 3", "q1 < 3 and 5 <= q0"),
        ("q0 > 5", "q0 > 5 or q0 > 9"),
        ("q0 >= 5", "q0 > 4"),
        ("q0 + q1 > 5 and q1 + q0 > 2", "q0 + q1 > 5"),
        ("q0 > 5 and q0 < 2", "q1 > 5 and q1 < 2"),
    ],
)
def test_other_words_for_the_same_are_proven_equal(tmp_path, before, after):
    found = compared_everywhere(wide(tmp_path / "old", before), wide(tmp_path / "new", after))
    assert (found.says, found.why, found.example) == ("equal", (), None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("q0 >= 5", "not q0 < 5"),  # what does not apply is not below five, and not at least five
        ("q0 > 5", "q0 > 5 and known(q1)"),
        ("q0 + q1 == 12345", "q0 + q1 == 12346"),
        ("q0 > 5 and q0 * q1 > 999999", "q0 > 5 and q0 * q1 > 999998"),
    ],
)
def test_what_is_not_the_same_has_an_example_with_few_answers(tmp_path, before, after):
    old, new = wide(tmp_path / "old", before), wide(tmp_path / "new", after)
    found = compared_everywhere(old, new)
    if not is_available() and found.says == "undecided":
        pytest.skip("only the solver finds it")
    assert found.says == "different"
    assert traits_differ(old, new, example_facts(found, old))
    assert found.example is not None
    assert len(found.example.units[0].answers) <= 2


def test_a_verdict_of_equality_is_about_both_readings(tmp_path):
    old = wide(tmp_path / "old", "default(q0, 7) > 5")
    new = wide(tmp_path / "new", "default(q0, 7) > 5 or q0 > 5")
    assert compared_everywhere(old, new).says == ("equal" if is_available() else "undecided")
    assert compared_everywhere(old, wide(tmp_path / "other", "first_known(q0, 7) > 5")).says == "different"


def test_wording_decides_nothing(tmp_path):
    folder = tmp_path / "new"
    wide(folder, "q0 > 5")
    document = json.loads((folder / "book.yaml").read_text())
    document["rules"][0] |= {"says": "in other words", "because": "so"}
    (folder / "book.yaml").write_text(json.dumps(document))
    found = compared_everywhere(wide(tmp_path / "old", "q0 > 5"), Rulebook.load(folder))
    assert (found.says, found.proven) == ("equal", 0)


def test_a_question_that_only_one_of_them_asks_is_a_difference(tmp_path):
    found = compared_everywhere(
        wide_rulebook(tmp_path / "old", ["q0 > 5"], questions=1),
        wide_rulebook(tmp_path / "new", ["q0 > 5"], questions=2),
    )
    assert (found.says, found.apart) == ("equal", ("q1",))


def test_without_the_solver_equality_is_undecided_and_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(everywhere_module, "is_available", lambda: False)
    found = compared_everywhere(wide(tmp_path / "old", "q0 >= 5"), wide(tmp_path / "new", "q0 > 4"))
    assert found.says == "undecided"
    assert "z3-solver is not installed" in found.why[-1]


@needs_z3
def test_what_the_solver_cannot_express_is_undecided_and_named(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, limit in (
        (old, "(q0 * q1 + q2) * q0 >= 7 * q2 * q1 * q0"),
        (
            new,
            "q0 * (q2 + q1 * q0) >= q0 * q1 * q2 * 7 or q1 * q1 * q1 + q2 * q2 * q2 == q0 * q0 * q0 and q1 > 0",
        ),
    ):
        wide(folder, limit)
    found = compared_everywhere(Rulebook.load(old), Rulebook.load(new))
    assert found.says in ("undecided", "different")
    assert found.example or found.why


@needs_z3
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=max(5, EXAMPLES // 20))
def test_no_random_unit_contradicts_a_proof_of_equality(seed: int, tmp_path_factory):
    folder, random = tmp_path_factory.mktemp("pair"), Random(seed)
    old, new = random_pair(seed, random, folder)
    if new is None:
        reject()
    found = compared_everywhere(old, new)
    if found.says == "equal":
        assert not any(traits_differ(old, new, facts) for facts in random_units(old, 60, seed=seed))
    elif found.says == "different":
        assert traits_differ(old, new, example_facts(found, old))


def random_pair(seed: int, random: Random, folder: Path) -> tuple[Rulebook, Rulebook | None]:
    """A random rulebook, and the same with one condition replaced, weakened or said twice."""
    documents = random_documents(seed)
    old = _loaded(documents, folder / "old")
    rules = [rule for document in documents for rule in document.get("rules", ())]
    rule = random.choice(rules)
    other = Author(random).condition(1)
    rule["when"] = random.choice(
        (other, f"{rule['when']} or {other}", f"({rule['when']}) and ({rule['when']})", f"not (not ({rule['when']}))")
    )
    try:
        return old, _loaded(documents, folder / "new")
    except ValueError:
        return old, None


def _loaded(documents, folder: Path) -> Rulebook:
    folder.mkdir()
    for number, document in enumerate(documents):
        (folder / f"r{number}.yaml").write_text(json.dumps(document))
    return Rulebook.load(folder)


def test_the_command_says_whose_advice_changes_and_ends_with_1(tmp_path):
    written(tmp_path, "parameters:\n  - {name: growth_noticeable, value: 6}\n", "house.yaml")
    done = run("rules", "diff", "shipped", tmp_path, "--profiles", PROFILES)
    assert done.returncode == 1, done.stderr
    assert "parameter growth_noticeable (Least growth of volume that is noticeable): value 3 → 6" in done.stdout
    assert "  by parameter growth_noticeable\n" in done.stdout
    assert "Advice changes for 1 of 18 units" in done.stdout
    assert "finding.cut-into-rising-demand: critical → none" in done.stdout
    told = json.loads(run("rules", "diff", "shipped", tmp_path, "--profiles", PROFILES, "--format", "json").stdout)
    assert told["units"][0]["changes"][0]["causes"] == [[{"kind": "parameters", "name": "growth_noticeable"}]]
    assert told["everywhere"]["says"] == "different"


def test_the_command_ends_with_0_where_nothing_differs():
    done = run("rules", "diff", "shipped", "shipped", "--profiles", PROFILES)
    assert done.returncode == 0, done.stderr
    assert "0 entries differ" in done.stdout
    assert "the same advice for every one (proven)" in done.stdout


@pytest.mark.parametrize("arguments", [("shipped", "nowhere"), ("shipped", "shipped", "--profiles", "nowhere")])
def test_a_folder_that_is_not_there_ends_with_2(arguments):
    done = run("rules", "diff", *arguments)
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert done.stdout == ""


def test_a_broken_rulebook_is_told_with_its_place(tmp_path):
    written(tmp_path, "parameters:\n  - {name: growth_noticable, valu: 6}\n", "house.yaml")
    done = run("rules", "diff", "shipped", tmp_path)
    assert done.returncode == 2
    assert "house.yaml:2" in done.stderr


def test_lines_name_the_edits(tmp_path):
    written(tmp_path, "parameters:\n  - {name: growth_noticeable, why: Otherwise.}\n", "house.yaml")
    text = "\n".join(lines(compare("shipped", str(tmp_path))))
    assert "parameter growth_noticeable (Least growth of volume that is noticeable): why" in text
    assert "decides nothing" in text
    assert "the same advice for every one (proven)" in text


def with_checks(folder: Path, *conditions: str, rule: str = "q0 > 5") -> Rulebook:
    wide(folder, rule)
    checks = [
        {"id": f"check-{place}", "when": condition, "severity": "error", "says": "x", "remedy": "x"}
        for place, condition in enumerate(conditions)
    ]
    (folder / "checks.yaml").write_text(json.dumps({"checks": checks}))
    return Rulebook.load(folder)


@needs_z3
@pytest.mark.parametrize(
    ("before", "after", "checks"),
    [
        ([], ["q0 > q1"], ("check-0",)),
        (["q0 > q1"], [], ("check-0",)),
        (["q2 > q1", "q0 > q1"], ["q2 > q1", "q0 > q1 + 1"], ("check-1",)),
        (["q0 > q1"], ["q0 > all"], ("check-0",)),
        (["q0 > q1"], ["q0 > q1"], ()),
    ],
)
def test_a_check_that_refuses_other_answers_is_a_difference(tmp_path, before, after, checks):
    found = compared_everywhere(with_checks(tmp_path / "old", *before), with_checks(tmp_path / "new", *after))
    assert (found.says, found.checks) == ("equal", checks)


def test_a_parameter_in_a_check_is_a_difference_and_ends_with_1(tmp_path):
    written(tmp_path, "parameters:\n  - {name: most_fte_per_person, value: 1.3}\n", "house.yaml")
    done = run("rules", "diff", "shipped", tmp_path)
    assert done.returncode == 1, done.stderr
    assert "The checks refuse other answers: posts-beyond-people." in done.stdout
    assert "All profiles" not in done.stdout


@needs_z3
@pytest.mark.parametrize("check", ["q0 == 5", "q0 == 5 and first_known(q1, 7) > 6"])
def test_an_example_is_valid_for_both(tmp_path, check):
    old = with_checks(tmp_path / "old")
    new = with_checks(tmp_path / "new", check, rule="q0 > 4 and (q0 != 98765 or q1 != 98765)")
    found = compared_everywhere(old, new)
    assert (found.says, found.checks) == ("different", ("check-0",))
    facts = example_facts(found, old)
    assert new.permits(facts)
    assert traits_differ(old, new, facts)


def test_whose_answers_are_withheld_is_not_proven_to_be_the_same(tmp_path):
    house = tmp_path / "house"
    shutil.copytree(shipped_folder(), house)
    questions = house / "questions.yaml"
    before, name, after = questions.read_text().partition("  - name: error_cause\n")
    questions.write_text(before + name + after.replace("who: manager", "who: staff", 1))
    found = compare("shipped", str(house))
    (edit,) = found.edits
    assert edit.fields == {"who": ("manager", "staff")}
    assert edit.may_decide
    assert found.everywhere.says == "undecided"
    assert "staff answers: whether error_cause is one of them" in found.everywhere.why


def test_an_answer_that_grows_may_decide_until_when_an_advice_stands():
    asked = Rulebook.load().questions["months_live"]
    assert Edit("questions", "months_live", "changed", {"grows_monthly": (True, False)}).may_decide
    assert not Edit("questions", asked.name, "changed", {"help": (asked.help, "x")}).may_decide


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "who: manager\n",
            "who: manager\n    combine: lowest\n",
            "respondents: how their answers on gov_owner become one",
        ),
        ("section: governance", "section: clarity", "respondents: to which part a difference on gov_owner belongs"),
    ],
)
def test_how_several_answers_become_one_is_not_proven_to_be_the_same(old, new, said, tmp_path):
    house = tmp_path / "house"
    shutil.copytree(shipped_folder(), house)
    questions = house / "questions.yaml"
    before, name, after = questions.read_text().partition("  - name: gov_owner\n")
    questions.write_text(before + name + after.replace(old, new, 1))
    profile = tmp_path / "client.yaml"
    profile.write_text(
        "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    respondents:\n"
        "      - {role: manager, answers: {gov_owner: true}}\n      - {role: data_owner, answers: {gov_owner: false}}\n"
    )
    found = compare("shipped", str(house), [str(profile)])
    assert found.everywhere.says == "undecided"
    assert said in found.everywhere.why
    (unit,) = found.units
    assert {edit.name for change in unit.changes for edits in unit.causes[change.trait] for edit in edits} == {
        "gov_owner"
    }


def test_which_share_speaks_for_a_role_is_not_proven_to_be_the_same(tmp_path):
    (tmp_path / "mine.yaml").write_text("parameters:\n  - {name: voices_majority, value: 70, why: Strict.}\n")
    found = compare("shipped", str(tmp_path))
    assert "respondents: which share of people speaks for all of their role" in found.everywhere.why


def test_a_condition_decides_beside_another_edit(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    wide(old, "q0 > 10")
    wide(new, "q0 > 5")
    document = json.loads((new / "book.yaml").read_text())
    document["measures"][0]["formula"] = "q0 + q1"
    (new / "book.yaml").write_text(json.dumps(document))
    causes = causes_in(old, new, "{q0: 8, q1: 20}", tmp_path)
    assert causes == {"finding.rule-0": [["rule rule-0"]]}
