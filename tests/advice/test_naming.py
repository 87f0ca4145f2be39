"""Everything that a result shows can be asked about by the words it is shown with."""

from __future__ import annotations

import re

import pytest

from advisor import Rulebook
from advisor.advice.naming import NothingToExplain, Subject, named

RULEBOOK = Rulebook.load()


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("quality", Subject("pattern", "quality")),
        ("More volume, same team", Subject("pattern", "volume")),
        ("clarity", Subject("preparation", "clarity")),
        ("Prepare first", Subject("verdict", "prepare_first")),
        ("verdict", Subject("verdict", "")),
        ("erosion", Subject("erosion", "")),
        ("Early warning of quality erosion", Subject("erosion", "")),
        ("DIA-06", Subject("rule", "load-only-shifts")),
        ("dia-06", Subject("rule", "load-only-shifts")),
        ("load-only-shifts", Subject("rule", "load-only-shifts")),
        ("The load only shifts", Subject("rule", "load-only-shifts")),
        ("the load  only shifts.", Subject("rule", "load-only-shifts")),
        ("statutory_backlog", Subject("finding", "statutory_backlog")),
        ("cases_per_day", Subject("name", "cases_per_day")),
        ("Cases per day", Subject("name", "cases_per_day")),
        ("How many cases does the whole unit handle on a working day?", Subject("name", "cases_per_day")),
        ("Net hours", Subject("name", "net_hours_day")),
        ("F1", Subject("name", "gross_hours_day")),
        ("growth_noticeable", Subject("name", "growth_noticeable")),
        ("fewest points for a recommendation", Subject("name", "support_floor")),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(name: str, subject: Subject) -> None:
    assert subject in (found := named(name, RULEBOOK))
    assert len(found) == 1


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Die Last verlagert sich nur", Subject("rule", "load-only-shifts")),
        ("die last verlagert sich nur.", Subject("rule", "load-only-shifts")),
        ("The load only shifts", Subject("rule", "load-only-shifts")),
        ("Klarheit", Subject("preparation", "clarity")),
        ("Prepare first", Subject("verdict", "prepare_first")),
        ("Net hours", Subject("name", "net_hours_day")),
    ],
)
def test_a_title_is_found_in_any_language(language: str, name: str, subject: Subject) -> None:
    assert named(name, RULEBOOK.in_language(language)) == (subject,)


def test_every_title_of_another_language_means_what_it_means_there() -> None:
    german = RULEBOOK.in_language("de")
    for rule in german.rules.values():
        assert _meant(rule.title, RULEBOOK) == _meant(rule.title, german)


def _meant(name: str, rulebook: Rulebook) -> object:
    try:
        return named(name, rulebook)
    except NothingToExplain as error:
        return str(error)


def test_a_code_of_several_rules_names_them_all() -> None:
    codes = [rule.code for rule in RULEBOOK.rules.values() if rule.code]
    shared = next(code for code in codes if codes.count(code) > 1)
    assert len(named(shared, RULEBOOK)) == codes.count(shared)


def test_every_title_and_label_is_found_or_lists_what_it_may_mean() -> None:
    titles = {rule.title: rule.id for rule in RULEBOOK.rules.values()}
    titles |= {question.ask: name for name, question in RULEBOOK.questions.items()}
    titles |= {question.label: name for name, question in RULEBOOK.questions.items() if question.label}
    titles |= {measure.label: name for name, measure in RULEBOOK.measures.items()}
    titles |= {parameter.label: name for name, parameter in RULEBOOK.parameters.items() if parameter.label}
    frame = RULEBOOK.frame
    outcomes = {pattern.title for pattern in frame.patterns}
    outcomes |= {each.title for each in frame.preparations} | {each.title for each in frame.verdicts}
    for title, name in titles.items():
        try:
            found = [subject.name for subject in named(title, RULEBOOK)]
        except NothingToExplain as error:
            assert name in str(error)
        else:
            assert found == [name] or title in outcomes


def test_an_ambiguous_label_lists_the_names_to_choose_from() -> None:
    with pytest.raises(NothingToExplain, match=r"several things.*clarity_work_list"):
        named("List of work left undone", RULEBOOK)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("The lode only shifts", "The load only shifts"),
        ("load-only-shift", "load-only-shifts"),
        ("DIA-99", "DIA-"),
        ("cases_per_dya", "cases_per_day"),
        ("clarty", "Clarity"),
        ("Die Last verlgert sich nur", "Die Last verlagert sich nur"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest_name(wrong: str, meant: str) -> None:
    with pytest.raises(NothingToExplain, match=f"did you mean '{meant}"):
        named(wrong, RULEBOOK)


def test_what_resembles_nothing_gets_the_kinds_of_names() -> None:
    with pytest.raises(NothingToExplain, match="quality"):
        named("qqqq zzzz", RULEBOOK)


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("fte", r"did you mean one of these: fte_equivalent \(FTE equivalent of hours to redeploy\), "),
        ("realisable", r"realisable_hours_day \(Hours that can be used\)"),
        ("Vollzeit", r"fte_equivalent \(FTE equivalent of hours to redeploy\), "),
        ("gross", r"gross_hours_day \(Gross hours\)"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_word_of_a_name_or_label_in_any_language_lists_what_has_it(word: str, offered: str, language: str) -> None:
    spoken = RULEBOOK.in_language(language)
    names = re.findall(r"\w+_\w+", offered)
    with pytest.raises(NothingToExplain, match=offered if language == "en" else names[0]):
        named(word, spoken)
