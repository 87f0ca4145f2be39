"""What holds for the text of every memo."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest

from advisor.advice.wording import rounded_off, shown, significant
from advisor.memo import MemoOptions, memo_blocks, memo_of, render_markdown
from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Decision,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Steps,
    Table,
    texts,
)
from advisor.phrases import phrases_in
from advisor.profile.try_answers import with_answers
from tests.memo.samples import PROFILES, ROOT, advice, adviser, bare_advice, profile, rulebook

ENGLISH = phrases_in("en")
every_profile = pytest.mark.parametrize("name", PROFILES)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")


def _body(blocks: tuple[Block, ...]) -> list[Block]:
    end = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.words == "Appendix")
    return list(blocks[:end])


def _units(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """The body, or each unit's part of it."""
    parts: list[list[Block]] = [[]]
    several = sum(isinstance(b, Heading) and b.words.endswith("The answer on one page") for b in blocks) > 1
    for block in _body(blocks):
        if several and isinstance(block, Heading) and block.level == 2:
            parts.append([])
        parts[-1].append(block)
    return parts


def _words(block: Block) -> list[str]:
    words = [f"{text.lead} {text.words}" for text in texts(block)]
    match block:
        case Heading(line, _):
            words.append(line)
        case KeyFigures(figures):
            words += [f"{figure.label} {figure.value}" for figure in figures]
        case Table(columns, _):
            words += [column.head for column in columns]
        case Decision(fields=fields):
            words += [value for _, value in fields]
    if hasattr(block, "words") and not isinstance(block, Heading):
        words.append(block.words)
    return words


@every_profile
def test_no_sentence_stands_twice(name):
    for part in _units(memo_blocks(advice(name))):
        prose = [block for block in part if isinstance(block, Paragraph | Bullets | Callout | Decision)]
        sentences = Counter(s for block in prose for text in texts(block) for s in _SENTENCE.split(text.words) if s)
        named = re.compile(r"(Excluded|May still|Held)\b.*“")  # what holds a use down may hold two of them down
        assert [each for each, times in sentences.items() if times > 1 and not named.match(each)] == []


@every_profile
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_sentence_says_a_title_again(name, language):
    """A lead and the sentence behind it are read together."""
    made = advice(name, language)
    leads = {f"{finding.title}." for unit in made.document.units for finding in unit.findings}
    for block in memo_blocks(made):
        for text in texts(block) if isinstance(block, Bullets | Callout) else ():
            assert text.lead == "" or leads.isdisjoint(_SENTENCE.split(text.words)), text


@every_profile
def test_no_name_of_the_program_is_shown(name):
    """A name may stand in what the client wrote, and in an address of a source."""
    blocks = memo_blocks(advice(name))
    appendix = blocks[len(_body(blocks)) :]
    sources = [text.words for block in appendix if isinstance(block, Paragraph | Bullets) for text in texts(block)]
    quoted = " ".join([_written(name), *(words for words in sources if "Where: " in words)])
    memo = render_markdown(memo_of(advice(name), MemoOptions(embeds=False))).replace("\\_", "_")
    names = set(re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", memo))
    assert {each for each in names if each not in quoted} == set()


def _written(name: str) -> str:
    """All free texts of a profile."""
    answers = [answer for unit in advice(name).profile.units for answer in unit.answers.values()]
    texts_ = [text for each in answers for text in (each.reason, each.note, each.source)]
    texts_ += [advice(name).profile.about, *(unit.about for unit in advice(name).profile.units)]
    return " ".join(text for text in texts_ if text)


@every_profile
def test_no_rule_id_or_placeholder_is_shown(name):
    memo = render_markdown(memo_of(advice(name), MemoOptions(embeds=False)))
    ids = [rule for rule in rulebook().rules if rule.count("-") > 1]
    assert [rule for rule in ids if rule in memo] == []
    assert "{" not in memo
    assert "AI failed" not in memo


@every_profile
def test_every_number_comes_from_profile_rulebook_or_result(name):
    allowed = _numbers_behind(name)
    for block in _body(memo_blocks(advice(name))):
        for words in _words(block):
            unknown = [number for number in _NUMBER.findall(words) if number.strip(",") not in allowed]
            assert unknown == [], words


def _numbers_behind(name: str) -> set[str]:
    made = advice(name)
    sources = [made.to_json(), (ROOT / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")]
    sources += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "rules").rglob("*.yaml"))]
    for known in made.units:
        facts, currency = known.evaluation.facts, made.profile.organisation.currency
        sources += [
            shown(each, made.rulebook, facts, currency) for each in [*made.rulebook.questions, *made.rulebook.measures]
        ]
    numbers = {number for source in sources for number in re.findall(r"\d[\d,]*(?:\.\d+)?", source)}
    numbers |= {f"{float(number.replace(',', '')):,.2f}".rstrip("0").rstrip(".") for number in numbers}
    plain = [Fraction(number.replace(",", "")) for number in numbers]
    numbers |= {ENGLISH.decimal(significant(number, digits), 2) for number in plain for digits in (2, 3)}
    numbers |= {ENGLISH.decimal(rounded_off(number, 1), 1) for number in plain}
    held = (
        (each.change.question, each.held[0])
        for unit in made.watched or ()
        for watched in unit
        for each in watched.tripwires
        if isinstance(each.held, tuple)
    )
    numbers |= {ENGLISH.decimal(Fraction(value, made.rulebook.scope[name].scale), 2) for name, value in held}
    for unit in made.document.units:
        scores = [end for each in unit.patterns for end in (each.low, each.high) if end is not None]
        numbers |= {str(rounding(end)) for end in scores for rounding in (floor, ceil)}
        numbers |= {
            str(abs(round(each.manager - each.staff)))
            for each in unit.preparations
            if each.manager is not None and each.staff is not None
        }
        steps = {finding.remedy.action for finding in unit.findings if finding.remedy}
        counted = [len(unit.open_questions), len(unit.open_questions) - 10, len(unit.findings), len(steps)]
        counted += [len(unit.assumptions), *range(13)]
        counted += [sum(step.code is not None for step in made.rulebook.measures.values()) - each for each in range(40)]
        numbers |= {str(number) for number in counted}
    return numbers


@every_profile
def test_every_rule_that_fired_stands_in_the_appendix(name):
    made = advice(name)
    rows = [
        row for block in memo_blocks(made) if isinstance(block, Table) and len(block.columns) == 5 for row in block.rows
    ]
    titles = {row[1].words.removesuffix(" (provisional)") for row in rows}
    assert {finding.title for unit in made.document.units for finding in unit.findings} <= titles


@every_profile
def test_every_answer_stands_in_the_appendix(name):
    made = advice(name)
    memo = [row[0].words for block in memo_blocks(made) if isinstance(block, Table) for row in block.rows]
    for unit in made.profile.units:
        labels = {made.rulebook.questions[each].label for each in unit.answers}
        assert labels <= set(memo)


@every_profile
def test_no_table_has_a_short_row_and_no_heading_stands_empty(name):
    blocks = memo_blocks(advice(name))
    for block in blocks:
        if isinstance(block, Table):
            assert block.rows
            assert all(len(row) == len(block.columns) for row in block.rows)
        if isinstance(block, Steps):
            assert all(step.action.words for step in block.steps)
    for block, after in pairwise(blocks):
        if isinstance(block, Heading) and isinstance(after, Heading) and after.level <= block.level:
            alone = ("no gap", "Nothing is known on governing", "assumed", "no open question")
            assert any(words in block.words for words in alone), block.words


def test_an_action_of_several_rules_is_one_step_that_cites_them_all():
    steps = [step for block in memo_blocks(advice("klarna-2024")) if isinstance(block, Steps) for step in block.steps]
    (questions,) = [each for each in steps if each.action.words.startswith("Answer the questions on")]
    assert (
        questions.action.words == "Answer the questions on clarity, authority and recognition with managers and staff"
    )
    assert questions.action.origin is not None
    assert [rule.split()[0] for rule in questions.action.origin.rules] == ["PRE-05"] * 3


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Of these steps 4 fall into the first 30 days. Begin with the first 3 of the table, those on the gravest",
        ),
        (
            "de",
            "Von diesen Schritten fallen 4 in die ersten 30 Tage. Beginnen Sie mit den ersten 3 der Tabelle, denen",
        ),
    ],
)
def test_where_more_steps_are_due_at_first_than_a_unit_can_carry_it_is_said_with_which_to_begin(language, said):
    made = bare_advice("klarna-2024", language)
    parameters = made.rulebook.parameters
    name, texts = "steps_to_begin_with", []
    for most in (3, 4):
        fewer = {**parameters, name: replace(parameters[name], value=Decimal(most))}
        blocks = memo_blocks(replace(made, rulebook=replace(made.rulebook, parameters=fewer)))
        texts.append([block.text.words for block in blocks if isinstance(block, Paragraph)])
    assert sum(said in words for words in texts[0]) == 1
    assert not any(said[:20] in words for words in texts[1])


def test_a_verdict_that_is_not_part_of_the_advice_asks_for_no_step():
    """Recovery leads; that some use has support is true, but nobody is to take that decision now."""
    made = advice("hmrc-helplines")
    assert made.units[0].evaluation.truth["verdict-redeploy"] is True
    steps = [step.action.words for block in memo_blocks(made) if isinstance(block, Steps) for step in block.steps]
    assert [each for each in steps if each.startswith("Take the decision")] == []


def test_reasons_are_fewer_rather_than_weak():
    """Too little is known: no count of open questions stands in for a reason."""
    one, *_ = (block for block in memo_blocks(advice("article-example")) if isinstance(block, Bullets))
    assert not one.numbered
    assert "carry this answer" not in " ".join(
        block.words for block in memo_blocks(advice("blank")) if isinstance(block, Heading)
    )


def test_a_reason_speaks_for_the_use_that_is_recommended():
    """What closing the error gap is worth is no reason for advice, though both rest on the cases a day."""
    titles = [block.words for block in memo_blocks(advice("healthy-insurer")) if isinstance(block, Heading)]
    start = next(place for place, words in enumerate(titles) if words.startswith("Life and pensions service"))
    reasons = [words for words in titles[start:] if re.match(r"\d\\?\. ", words)]
    assert [words.split(". ", 1)[1] for words in reasons] == [
        "“More advice, less mechanics” has the most support of the uses that nothing rules out",
        "Professional depth lies idle",
        "Needed conversations do not happen",
    ]


def test_both_marks_on_scores_are_explained_beside_each_other_where_scores_are_first_shown_and_once():
    """What carries a recommendation, and what makes asking on worth it: two parameters of the rulebook."""
    words = [block.text.words for block in memo_blocks(advice("healthy-insurer")) if isinstance(block, Paragraph)]
    (explained,) = (each for each in words if "of 100 upward" in each)
    assert explained.startswith("Points from low to high")
    assert "carry a recommendation from 25 of 100 upward; where no use gets that far, asking on" in explained
    assert "for those that open answers could still bring to 55 of 100." in explained


def test_nothing_known_on_governing_is_no_all_clear():
    titles = [block.words for block in memo_blocks(advice("article-example")) if isinstance(block, Heading)]
    assert "Nothing is known on governing the time that comes free" in titles
    titles = [block.words for block in memo_blocks(advice("klarna-2024")) if isinstance(block, Heading)]
    assert "2 findings on governing the time that comes free; 14 of 18 points are not known" in titles


@every_profile
def test_the_situation_names_the_answers_behind_it(name):
    made = advice(name)
    found = [block for block in memo_blocks(made) if isinstance(block, Paragraph) and block.text.lead == "Situation."]
    for block, unit in zip(found, made.profile.units, strict=True):
        assert block.text.origin is not None or not unit.answers
        assert block.text.origin is None or set(block.text.origin.answers) <= set(unit.answers)


@every_profile
def test_weak_evidence_is_said_on_the_page_that_stands_alone(name):
    made = advice(name)
    pages = [block.text.words for block in memo_blocks(made) if isinstance(block, Paragraph)]
    guessed = [each.weakest_evidence in ("estimated", "inferred") for each in made.document.units]
    said = [words for words in pages if "Some of the answers behind this advice are only" in words]
    assert len(said) == sum(guessed)


def test_no_warning_is_no_all_clear():
    (callout,) = [block for block in memo_blocks(advice("blank")) if isinstance(block, Callout)]
    assert callout.text.words == "The answers given raise none. But none of the 8 indicators of erosion is known."


@every_profile
def test_no_cut_is_recommended(name):
    made = advice(name)
    asked = [block.text.words for block in memo_blocks(made) if isinstance(block, Decision)]
    steps = [step.action.words for block in memo_blocks(made) if isinstance(block, Steps) for step in block.steps]
    for words in [*asked, *steps]:
        assert not re.search(r"\b(cut|lay off|dismiss|remove posts?)\b", words) or "Suspend" in words, words


def test_the_title_is_as_firm_as_the_advice():
    titles = {name: memo_blocks(advice(name))[0] for name in ("ikea", "healthy-insurer", "article-example")}
    assert "On what is known so far" in str(titles["ikea"])
    assert "known so far" not in str(titles["healthy-insurer"])
    assert "cannot be said yet" in str(titles["article-example"])


def test_the_worked_example_stands_line_by_line():
    memo = render_markdown(memo_of(advice("article-example")))
    assert "4 min per case × 200 cases a day × 100% ÷ 60 min per h | 13.33 h a day" in memo


def test_the_same_advice_gives_the_same_memo():
    made = advice("healthy-insurer")
    assert memo_blocks(made) == memo_blocks(made)
    assert render_markdown(memo_of(made)) == render_markdown(memo_of(made))


@every_profile
def test_something_stands_under_every_heading(name):
    for language in ("en", "de"):
        for block, following in pairwise((*memo_blocks(advice(name, language)), None)):
            if isinstance(block, Heading):
                assert following is not None, block
                assert not isinstance(following, PageBreak), block
                assert not isinstance(following, Heading) or following.level > block.level, block


def test_what_is_governed_well_has_something_under_its_heading():
    whole = profile("healthy-insurer")
    unit = replace(whole, units=whole.units[:1])
    tried = with_answers(unit, {"booked_hours_per_day": "27"}, rulebook().questions)
    blocks = memo_blocks(adviser().advise(tried))
    under = {block.words: following for block, following in pairwise(blocks) if isinstance(block, Heading)}
    assert isinstance(under["What is known shows no gap in governing the time that comes free"], Paragraph)
