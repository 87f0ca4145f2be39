"""`--robust` of the real command: the sentence, JSON, Markdown and the memo, in both languages, always the same."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from advisor.advice.model import DriverResult, HeadlineShare, RobustnessResult
from advisor.advice.robustness_lines import RobustnessLines
from advisor.advice.schema import advice_schema
from advisor.advice.wording import label_of
from advisor.memo import memo_of
from advisor.memo.blocks import Chart
from tests.cli.command import PROFILES, run
from tests.memo.samples import adviser, profile, rulebook
from tests.phrases.marked import words_of

pytest.importorskip("numpy")
pytest.importorskip("polars")

BORDER = PROFILES / "octopus-energy-2023.yaml"


def robust(*more: object, seed: str = "0") -> str:
    done = run("assess", BORDER, "--robust", *more, PYTHONHASHSEED=seed, POLARS_MAX_THREADS=str(1 + int(seed)))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_result_keeps_to_its_contract_and_is_the_same_every_time() -> None:
    once, again = (robust("--format", "json", seed=seed) for seed in ("0", "1"))
    assert once == again
    document = json.loads(once)
    jsonschema.validate(document, advice_schema())
    found = document["units"][0]["robustness"]
    assert found["draws"] == 100_000
    assert found["headline"]["verdict"] == document["units"][0]["verdict"]
    assert sum(each["share_pct"] for each in found["headlines"]) == pytest.approx(100)
    for words in found["outcomes"].values():
        assert sum(words.values()) == pytest.approx(100)
    assert found["drivers"][0]["name"] == "months_until_stable"
    explained = [each["explains_pct"] for each in found["drivers"]]
    assert explained == sorted(explained, reverse=True)


def test_not_asked_for_it_is_null() -> None:
    assert json.loads(run("assess", BORDER, "--format", "json").stdout)["units"][0]["robustness"] is None


def test_table_and_markdown_say_it_in_one_sentence() -> None:
    table = " ".join(robust().split())
    said = re.search(r"“Redeploy” with “More volume, same team” first in (\d+) of 100 plausible readings; .*?\.", table)
    assert said is not None
    assert "the threshold “Months in use before figures are a baseline” decides most of the difference" in said[0]
    assert "not probabilities" in table
    assert "“Months in use before figures are a baseline” (months_until_stable): near 2 months in" in table
    markdown = robust("--format", "markdown")
    assert said[0] in markdown
    assert r"“Months in use before figures are a baseline” (months\_until\_stable): near 2 months in" in markdown


def test_it_is_said_in_german() -> None:
    table = " ".join(robust("--language", "de").split())
    threshold = "der Schwellenwert „Monate im Einsatz bis zu einem Ausgangswert“"
    assert f"von 100 plausiblen Lesarten; den größten Unterschied macht {threshold}." in table
    assert f"{threshold} (months_until_stable): nahe 2 Monate in" in table


def test_without_its_packages_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError(\"No module named 'numpy'\", name='numpy')\n")
    done = run("assess", BORDER, "--robust", PYTHONPATH=os.pathsep.join((str(tmp_path), str(PROFILES.parent))))
    assert (done.returncode, done.stdout) == (2, "")
    assert "U001" in done.stderr
    assert "pip install numpy polars" in done.stderr


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_memo_has_a_tornado(language: str) -> None:
    maker = adviser(language)
    advice = maker.with_robustness(maker.advise(profile("masai-mammography")))
    found = advice.document.units[0].robustness
    assert found is not None
    charts = [block for block in memo_of(advice).blocks if isinstance(block, Chart)]
    (tornado,) = [chart for chart in charts if len(chart.bars) == min(len(found.drivers), 8)]
    for bar, driver in zip(tornado.bars, found.drivers, strict=False):
        assert {bar.ends[0], round(bar.ends[-1], 6)} == {
            float(end) for end in sorted((driver.at_low_pct, driver.at_high_pct))
        }
    assert tornado.lines[0].at == found.headline.share_pct
    assert [bar.label for bar in tornado.bars] == [label_of(each.name, maker.rulebook) for each in found.drivers[:8]]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_client_reads_no_name_of_a_threshold(language: str) -> None:
    maker = adviser(language)
    advice = maker.with_robustness(maker.advise(profile("masai-mammography")))
    found = advice.document.units[0].robustness
    assert found is not None
    thresholds = [each.name for each in found.drivers if each.kind == "threshold"]
    assert thresholds
    words = " ".join(words_of(memo_of(advice).blocks))
    assert [name for name in thresholds if name in words] == []


def test_a_memo_is_written_with_it(tmp_path: Path) -> None:
    done = run("memo", BORDER, "--robust", "--no-outlook", "-o", tmp_path / "memo.md")
    assert done.returncode == 0
    assert "plausible readings the advice stays as it is" in (tmp_path / "memo.md").read_text()


def result(share: float | None, *explained: float, varied: int = 3, why: str | None = None) -> RobustnessResult:
    """A result with a headline that came out so often, and drivers."""
    return RobustnessResult(
        says="",
        draws=1000,
        contradicting=0,
        too_large=0,
        answers=varied,
        thresholds=0,
        headline=HeadlineShare(verdict="redeploy", first_pattern=None, share_pct=share),
        headlines=[],
        outcomes={},
        drivers=[
            DriverResult(
                name=name,
                kind="answer",
                basis="stated",
                unit="%",
                low=1,
                high=2,
                explains_pct=each,
                at_low_pct=0,
                at_high_pct=100,
            )
            for name, each in zip("ab", explained, strict=False)
        ],
        not_computed=why,
    )


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (result(92.4, 61), "“Redeploy” in 92 of 100 plausible readings; a decides most of the rest."),
        (result(92.4, 30, 20), "“Redeploy” in 92 of 100 plausible readings; a and b matter most to the rest."),
        (result(92.4, 30), "“Redeploy” in 92 of 100 plausible readings; a matters most to the rest."),
        (result(40, 61), "“Redeploy” in 40 of 100 plausible readings; a decides most of the difference."),
        (
            result(92.4, 4),
            "“Redeploy” in 92 of 100 plausible readings; no single answer or threshold decides the rest.",
        ),
        (result(99.9, 61), "“Redeploy” in more than 99 of 100 plausible readings; a decides most of the rest."),
        (result(0.1, 61), "“Redeploy” in fewer than 1 of 100 plausible readings; a decides most of the difference."),
        (result(0, 61), "“Redeploy” in none of 100 plausible readings; a decides most of the difference."),
        (result(100), "“Redeploy” in 100 of 100 plausible readings: nothing that varies changes it."),
        (
            result(100, varied=0),
            "“Redeploy” in 100 of 100 plausible readings: nothing varies, since nothing has a range.",
        ),
        (
            result(None),
            "How robust this is could not be computed: every draw had to be left out.",
        ),
        (result(None, why="x is too large"), "How robust this is could not be computed: x is too large."),
    ],
)
def test_one_sentence_says_how_often_and_what_decides(found: RobustnessResult, says: str) -> None:
    assert RobustnessLines(rulebook(), None).sentence(found) == says
