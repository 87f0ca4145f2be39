"""`--language` of assess, explain and memo, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import PROFILES, run

IKEA = PROFILES / "ikea.yaml"
HEALTHY = PROFILES / "healthy-insurer.yaml"


def test_the_table_in_german():
    shown = run("assess", IKEA, "--language", "de").stdout
    for line in ("Empfehlung      Stunden neu einsetzen", "Fest            nein, offene Antworten", "Befunde ("):
        assert line in shown
    assert "> Mehr Beratung, weniger Mechanik" in shown
    assert "45–100" in shown
    assert "90\u00a0%" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_summary_in_german():
    shown = run("assess", HEALTHY, "--unit", "Claims handling", "--format", "markdown", "--language", "de").stdout
    assert "**Stunden neu einsetzen.** Fest: ja." in shown
    assert "| Verwendung | Rückhalt von 100 | Anteil der Stunden |" in shown
    assert "63,0" not in shown
    assert "| **Mehr Qualität bei gleicher Fallzahl** | 63 | 90\u00a0% |" in shown


def test_the_json_keeps_its_keys_and_says_its_language():
    english, german = (
        json.loads(run("assess", IKEA, "--format", "json", "--language", code).stdout) for code in ("en", "de")
    )
    assert [each["made_with"]["language"] for each in (english, german)] == ["en", "de"]
    assert german["made_with"]["rulebook"] == english["made_with"]["rulebook"]
    assert german["profile"] == english["profile"]
    assert without_texts(german) == without_texts(english)
    assert german["units"][0]["verdict"] == "redeploy"
    assert german["units"][0]["verdict_title"] == "Stunden neu einsetzen"


def without_texts(part: object) -> object:
    """What is no text: names, numbers, truths."""
    texts = (
        "title",
        "verdict_title",
        "says",
        "because",
        "label",
        "action",
        "owner",
        "assumptions",
        "notices",
        "language",
    )
    if isinstance(part, dict):
        return {key: without_texts(value) for key, value in part.items() if key not in texts}
    return [without_texts(each) for each in part] if isinstance(part, list) else part


def test_an_explanation_in_german_by_a_german_title():
    done = run("explain", IKEA, "Mehr Beratung, weniger Mechanik", "--language", "de")
    assert done.returncode == 0, done.stderr
    assert "zuerst empfohlen, vorläufig" in done.stdout
    assert "Punkte von 100: 45–100" in done.stdout
    flips = run("explain", HEALTHY, "volume", "--flips", "--unit", "Claims handling", "--language", "de").stdout
    assert "ist jetzt: nicht empfohlen" in flips
    assert "statt" in flips


def test_the_memo_in_german(tmp_path):
    done = run("memo", IKEA, "--no-outlook", "--language", "de", "-o", "memo.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '<html lang="de-DE">' in (tmp_path / "memo.html").read_text(encoding="utf-8")


def test_an_answer_on_trial_is_said_in_german():
    memo = run("memo", IKEA, "--no-outlook", "--set", "human_path=none", "--language", "de", "-o", "-").stdout
    assert "Weg zu einem Menschen: Gar nicht (" in memo


@pytest.mark.parametrize("command", [("assess", IKEA), ("memo", IKEA, "-o", "-"), ("explain", IKEA, "verdict")])
def test_an_unknown_language_is_refused_with_those_that_there_are(command):
    done = run(*command, "--language", "dee")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "'dee' is not known (did you mean 'de'?)" in done.stderr


def test_a_language_that_only_the_rulebook_speaks_writes_no_results(tmp_path: Path):
    (tmp_path / "fr.yaml").write_text("language:\n  code: fr\n  name: Français\n  rules: {no-ledger: Rien}\n")
    done = run("assess", IKEA, "--rules", tmp_path, "--language", "fr")
    assert done.returncode == 2
    assert "results cannot be written in 'fr'; there are: de, en" in done.stderr


def test_what_a_house_view_leaves_untranslated_is_named(tmp_path: Path):
    (tmp_path / "house.yaml").write_text(
        "parameters:\n  - {name: growth_real, value: 6, why: Our own noise is larger than elsewhere.}\n"
    )
    done = run("assess", IKEA, "--no-outlook", "--rules", tmp_path, "--language", "de")
    assert done.returncode == 0
    assert "warning: not translated into 'de', so shown as it stands: growth_real" in done.stderr
    assert "not translated" not in run("assess", IKEA, "--no-outlook", "--rules", tmp_path).stderr
