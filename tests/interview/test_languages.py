"""Two languages: complete, and nothing stored depends on them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from advisor.backtest.codes import CODES as OF_BACKTESTS
from advisor.interview.codes import CODES as OF_INTERVIEWS
from advisor.interview.english import ENGLISH
from advisor.interview.german import GERMAN
from advisor.interview.problems import said_as
from advisor.interview.wording import ENGLISH_COMMANDS, Wording
from advisor.profile import CODES as OF_PROFILES
from advisor.profile import read_profile
from advisor.reading import CODES as OF_FILES
from advisor.rulebook import Rulebook
from tests.cli.command import PROFILES, run

RULEBOOK = Rulebook.load()


def test_the_interviews_own_texts_fill_in_the_same_names() -> None:
    for field in Wording.__dataclass_fields__:
        english, german = getattr(ENGLISH, field), getattr(GERMAN, field)
        if isinstance(english, str):
            assert places(english) == places(german), field
        elif not isinstance(english, bool | tuple) and field not in ("commands", "problems"):
            assert {key: places(text) for key, text in english.items()} == {
                key: places(text) for key, text in german.items()
            }, field


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_a_check_names_questions_and_numbers_in_the_language_of_the_interview(tmp_path: Path) -> None:
    run("profile", "new", tmp_path / "p.yaml")
    lines = "recontact_rate_pct = 0,3\nfailure_demand_share_pct = 70,5\ntransferred_in_pct = 40\n"
    done = run("interview", tmp_path / "p.yaml", "--language", "de", stdin=lines)
    said = " ".join(done.stdout.split())
    assert "(recontact_rate_pct): 0,3 " in said
    assert "(failure_demand_share_pct) und Von anderswo übergebene Menge (transferred_in_pct): " in said
    assert " 110,5 % " in said


def test_every_command_has_a_german_word_and_no_choice_has_its_name() -> None:
    assert {*GERMAN.commands.values()} == {*ENGLISH_COMMANDS.values()}
    words = {*GERMAN.commands, *ENGLISH_COMMANDS}
    for question in RULEBOOK.questions.values():
        assert not words & {choice.value for choice in question.choices}, question.name


def test_an_interview_in_german_stores_what_one_in_english_does(tmp_path: Path) -> None:
    lines = "{name} = 4 {minutes}\nai_phase = 3\nharm_incident = 2\nerror_rate_pct = 1 {of} 20\nrework_kind = {none}\n"
    spoken = {
        "en": {"minutes": "minutes", "of": "of", "none": "none"},
        "de": {"minutes": "Minuten", "of": "von", "none": "keine"},
    }
    stored = []
    for language, words in spoken.items():
        path = tmp_path / f"{language}.yaml"
        run("profile", "new", path, "--organisation", "Example", "--unit", "Claims")
        done = run(
            "interview",
            path,
            "--language",
            language,
            stdin=lines.format(name="ai_minutes_saved_per_case", **words),
        )
        assert done.returncode == 3, done.stderr
        stored.append(read_profile(path, RULEBOOK.questions))
    assert stored[0] == stored[1]
    assert len(stored[0].units[0].answers) == 5


def test_a_file_begun_in_german_has_german_comments(tmp_path: Path) -> None:
    path = tmp_path / "client.yaml"
    done = run("interview", path, "--language", "de", stdin="Beispiel AG\nSchaden\n4 Minuten\n")
    assert done.returncode == 3
    assert "Wie viele Minuten Arbeit spart der KI-Schritt je Fall?" in done.stdout
    text = path.read_text(encoding="utf-8")
    assert "# Wie weit ist der KI-Schritt in dieser Einheit?" in text
    assert not [line for line in text.splitlines() if re.search(r"asked of|allowed is|one of|applies when", line)]


def test_a_blank_profile_in_german_reads_as_the_english_one(tmp_path: Path) -> None:
    read = []
    for language in ("en", "de"):
        done = run("profile", "new", tmp_path / language, "--language", language)
        assert done.returncode == 0, done.stderr
        text = (tmp_path / language).read_text(encoding="utf-8")
        read.append(read_profile(text, RULEBOOK.questions))
        names = re.findall(r"^ {6}# ([a-z][a-z0-9_]*):$", text, re.MULTILINE)
        assert names == list(RULEBOOK.asked)
    assert read[0] == read[1]
    assert run("profile", "new", tmp_path / "x", "--language", "dee").returncode == 2


def test_a_hint_is_given_in_the_language_of_the_interview(tmp_path: Path) -> None:
    file = tmp_path / "client.yaml"
    shutil.copy(PROFILES / "klarna-2024.yaml", file)
    done = run("interview", file, "--language", "de", stdin="recontact_rate_pct = 0,3\nende\n")
    assert "Meinten Sie 30?" in done.stdout + done.stderr
    assert "Did you mean" not in done.stdout + done.stderr


def test_everything_that_can_be_wrong_with_the_file_has_german_words() -> None:
    of_rows = {"T005", "T007", "T009", "T011", *(code for code in OF_BACKTESTS if code not in ("B005", "B006"))}
    assert {*GERMAN.problems} == {*OF_INTERVIEWS, *OF_PROFILES, *OF_FILES, *of_rows}
    assert all(text.endswith((".", "?")) for text in GERMAN.problems.values())


HEAD = "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    answers:\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}      ai_phase: Live\n", "p.yaml:6:17 P027 Diese Antwort steht nicht zur Wahl; nehmen Sie eine der "),
        (f"{HEAD}      error_rate_pct: 120\n", "P024 Die Zahl liegt außerhalb der Grenzen; berichtigen Sie sie oder "),
        ("units: [", "Y009 Das ist kein gültiges YAML; prüfen Sie Einrückung"),
        ("a: 1\n", "p.yaml:1:1 P001 Das ist kein Profil; die erste Zeile muss „advisor_profile: 1“ lauten."),
        (f"{HEAD}      team_headcount: 3\n      team_fte: 9\n", "P060 team_fte und team_headcount: 3 Menschen können"),
    ],
)
def test_a_german_interview_says_in_german_what_is_wrong_with_the_file(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(text)
    done = run("interview", "p.yaml", "--language", "de", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert not re.search(r"\b(the|is|not|and|line)\b", done.stderr)


def test_a_german_date_and_german_units_are_german(tmp_path: Path) -> None:
    typed = "Beispiel AG\nSchaden\nnotiz\n1\n\n31.2.2026\n30.9.2026\n\n4\n"
    done = run("interview", "p.yaml", "--language", "de", stdin=typed, cwd=tmp_path)
    assert "bitte ein Datum" in done.stdout
    text = (tmp_path / "p.yaml").read_text(encoding="utf-8")
    assert "ai_minutes_saved_per_case: {value: 4, evidence: measured, as_of: 2026-09-30}" in text
    forms = re.findall(r"erlaubt ist [^;)]*", text)
    assert not [form for form in forms if re.search(r"\b(month|min|cases|year|points|pts|hours)\b", form)]


def test_a_wrong_choice_in_german_is_named_alone_with_the_one_that_was_meant() -> None:
    message = (
        "work_mode has no choice 'own_caselod' (did you mean 'own_caseload'?); choices are own_caseload, shared_queue"
    )
    said = said_as("P027", message, GERMAN)
    assert said.endswith(" (work_mode, own_caselod) Meinten Sie „own_caseload“?")
    assert said_as("P027", message, ENGLISH) == message
