"""Nothing that a result says is left in another language: found with a language in which every letter is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from click import unstyle

from advisor.advice import Advice, Adviser
from advisor.advice.explain import Line, explain
from advisor.advice.flip_lines import flip_lines
from advisor.backtest.assess import Assessed, Reader
from advisor.backtest.run import backtest
from advisor.backtest.terms import Terms
from advisor.backtest.writing.markdown import markdown
from advisor.backtest.writing.table import table as table_of_backtest
from advisor.backtest.writing.told import told_of
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.engines.checked import CheckedEngine
from advisor.engines.outcomes import FIRST, VERDICT
from advisor.language.syntax import RESERVED
from advisor.memo import memo_of
from advisor.phrases import books, phrases_in
from advisor.portfolio.sources.find import find
from advisor.profile import Answer, Profile, Row, with_answers
from advisor.rulebook import Rulebook
from tests.memo.samples import PROFILES, profile, rulebook
from tests.phrases.marked import marked_rulebook, unmarked, words_of, write_marked_phrases

BACKTEST = Path(__file__).parents[2] / "docs" / "backtest-example.csv"
FUNCTIONS = "ramp known default count lowest highest clamp applicable first_known points mean_of_known sum leader"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rulebook]:
    """The rulebook in the marked language, while the phrase books speak it too."""
    folder = tmp_path_factory.mktemp("phrases")
    write_marked_phrases(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "FOLDER", folder)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        phrases_in.cache_clear()
        yield marked_rulebook(rulebook())
    phrases_in.cache_clear()


@cache
def adviser(spoken: Rulebook) -> Adviser:
    return Adviser(spoken, "plain")


def written_by_the_client(given: Profile) -> list[str]:
    """Every free text of a profile, and its currency."""
    engagement, organisation = given.engagement, given.organisation
    texts = [given.about, organisation.name, organisation.currency, engagement.prepared_for, engagement.prepared_by]
    texts += [engagement.reference]
    for unit in given.units:
        texts += [unit.name, unit.about]
        for answer in unit.answers.values():
            texts += [answer.reason, answer.note, answer.source]
            texts += [cell for row in rows(answer) for cell in row.values() if isinstance(cell, str)]
    return [text for text in texts if text]


def rows(answer: Answer) -> list[Row]:
    return [each for each in answer.value if not isinstance(each, str)] if isinstance(answer.value, tuple) else []


def names(made: Advice) -> list[str]:
    """What is a name and no text: codes, engines, versions, digests."""
    document = made.document
    codes = [rule.code for rule in made.rulebook.rules.values()]
    codes += [measure.code for measure in made.rulebook.measures.values()]
    record = [document.made_with.rulebook.name, document.made_with.rulebook.digest, document.profile.digest]
    engines = ["rete", "plain", "advisor"]
    cited = [*made.rulebook.claims, *made.rulebook.sources]
    publications = [f"S{number}" for number in range(1, 60)]
    return [each for each in (*codes, *record, *engines, *cited, *publications) if each]


@pytest.mark.parametrize("name", PROFILES)
def test_no_memo_says_anything_in_another_language(name: str, spoken: Rulebook) -> None:
    made = adviser(spoken).advise(profile(name))
    check_memo(made)


@pytest.mark.parametrize("name", ["klarna-2024", "ikea"])
def test_no_memo_with_all_that_can_be_asked_for_does(name: str, spoken: Rulebook) -> None:
    pytest.importorskip("z3")
    maker = adviser(spoken)
    tried = with_answers(profile(name), {"human_path": "none", "cases_per_day": "250"}, spoken.questions)
    check_memo(maker.with_outlook(maker.with_flips(maker.advise(tried), (VERDICT, FIRST))))


def check_memo(made: Advice) -> None:
    memo = memo_of(made)
    allowed = [*written_by_the_client(made.profile), *names(made)]
    tried = [f"{each.unit}: {each.question}={each.value}" for each in made.document.tried]
    words = [*words_of(memo.blocks), *words_of(replace(memo.furniture, language=""))]
    assert [left for each in words if (left := unmarked(each, [*allowed, *tried]))] == []


@pytest.mark.parametrize("name", ["klarna-2024", "ikea", "no-net-saving", "healthy-insurer", "blank"])
def test_no_table_does(name: str, spoken: Rulebook) -> None:
    """What the table shows besides texts are names: of questions, as `--set` takes them, and of versions."""
    made = adviser(spoken).advise(profile(name))
    allowed = [*written_by_the_client(made.profile), *names(made), *made.rulebook.questions, "--format json", "json"]
    for words in (unstyle(table(made, width=10_000)), summary(made)):
        assert unmarked(re.sub(r"sha256:[0-9a-f]*", "", words), allowed) == []


def test_nothing_on_robustness_does(spoken: Rulebook) -> None:
    pytest.importorskip("numpy")
    pytest.importorskip("polars")
    maker = adviser(spoken)
    made = maker.with_robustness(maker.advise(profile("masai-mammography")))
    allowed = [*written_by_the_client(made.profile), *names(made), *made.rulebook.questions, *made.rulebook.parameters]
    allowed += ["--format json", "json"]
    shown = [*words_of(memo_of(made).blocks), unstyle(table(made, width=10_000))]
    shown.append(summary(made).replace("\\_", "_"))
    assert [left for each in shown if (left := unmarked(re.sub(r"sha256:[0-9a-f]*", "", each), allowed))] == []


@pytest.mark.parametrize(
    "subject", ["verdict", "quality", "clarity", "erosion", "WRN-01", "fte_equivalent", "saving_measured_by"]
)
def test_no_explanation_does(subject: str, spoken: Rulebook) -> None:
    made = adviser(spoken).advise(profile("klarna-2024"))
    check_lines(explain(made, subject, steps=True), made)


def test_no_flip_does(spoken: Rulebook) -> None:
    made = adviser(spoken).advise(profile("klarna-2024"))
    check_lines(flip_lines(made, "verdict", CheckedEngine(spoken, "plain")), made)


def check_lines(lines: list[Line], made: Advice) -> None:
    """Conditions are written in the language of expressions: their names and words are no texts."""
    questions = made.rulebook.questions.values()
    columns = [column for question in questions for column in question.columns]
    choices = [choice.value for question in questions for choice in question.choices]
    choices += [word for column in columns for word in (column.name, *(choice.value for choice in column.choices))]
    words = {*made.rulebook.scope, *made.rulebook.rules, *RESERVED, *FUNCTIONS.split(), *choices, *names(made)}
    text = "\n".join(line.text for line in flat(lines))
    for each in sorted(written_by_the_client(made.profile), key=len, reverse=True):
        text = text.replace(each, "")
    assert [each for each in re.findall(r"[A-Za-z][\w-]*", text) if each not in words] == []


def flat(lines: list[Line] | tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from flat(line.below)


def test_no_backtest_does(spoken: Rulebook, tmp_path: Path) -> None:
    terms = Terms(horizon=365)
    reader = Reader(terms, (), None, tmp_path)
    sources = reader.open(find([str(BACKTEST)], tmp_path), spoken)
    assessed = reader.assessments(sources, spoken)
    told = told_of(backtest(assessed, assessed.rows.clear(), terms, against=other_than(assessed)))
    codes = sorted({rule.code for rule in spoken.rules.values() if rule.code}, key=len, reverse=True)
    shown = [each.warning for each in told.found.warnings if not each.code]
    allowed = [*codes, *shown, spoken.frame.name, "advisor"]
    for words in ("\n".join(table_of_backtest(told, 10_000)), unescape(markdown(told).replace("\\", ""))):
        assert unmarked(re.sub(r"sha256:[0-9a-f]*|house-\w+|Team \d+|---:?", "", words), allowed) == []


def other_than(assessed: Assessed) -> Assessed:
    """The same rows under a rulebook that warns where this one does not, and lacks one of its rules."""
    _, *rest = assessed.rulebook.rules
    rules = {rule: assessed.rulebook.rules[rule] for rule in rest}
    turned = [(~pl.col(f"finding.{rule}").fill_null(False)).alias(f"finding.{rule}") for rule in rest[::2]]
    return replace(assessed, rulebook=replace(assessed.rulebook, rules=rules), rows=assessed.rows.with_columns(turned))
