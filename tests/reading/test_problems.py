"""Problems say where, what and what next."""

from __future__ import annotations

import pickle

import pytest

from advisor.reading import Collector, InvalidInput, Place, Problem, did_you_mean, quote


def test_a_problem_is_one_line() -> None:
    assert str(Problem(Place("a.yaml", 3, 7), "Y012", "twice")) == "a.yaml:3:7 Y012 twice"
    assert str(Problem(Place("a.yaml"), "Y001", "gone")) == "a.yaml Y001 gone"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("cases_per_dya", " (did you mean 'cases_per_day'?)"),
        ("Cases-Per-Day", " (did you mean 'cases_per_day'?)"),
        ("zzz", ""),
        ("cases_per_day" * 10, ""),
    ],
)
def test_the_nearest_word_is_offered(word: str, said: str) -> None:
    assert did_you_mean(word, ["cases_per_day", "csat_change_pts"]) == said


def test_a_collector_sorts_by_place_and_raises_only_if_it_must() -> None:
    collector = Collector()
    collector.stop_if_any()
    collector.add(Place("b", 2, 1), "Y001", "second")
    collector.add_all([Problem(Place("a", 1, 1), "Y001", "other file"), Problem(Place("b", 1, 9), "Y001", "first")])
    assert len(collector) == 3
    with pytest.raises(InvalidInput) as caught:
        collector.stop_if_any()
    assert [problem.message for problem in caught.value.problems] == ["first", "second", "other file"]


def test_invalid_input_travels_between_processes() -> None:
    problem = InvalidInput([Problem(Place("a", 1, 2), "Y001", "x")])
    copy = pickle.loads(pickle.dumps(problem))
    assert copy.problems == problem.problems
    assert str(copy) == "a:1:2 Y001 x"


def test_quoted_text_is_short_and_harmless() -> None:
    assert quote("a\x1b\nb") == r"'a\x1b\nb'"
    assert quote("x" * 100) == "'" + "x" * 59 + "…'"
