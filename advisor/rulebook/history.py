"""Whether what a rulebook says of its earlier questionnaires is clear: old names, removed questions, versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from advisor.reading import Collector, Place
from advisor.rulebook.model import Choice, Question
from advisor.rulebook.questionnaire import is_before
from advisor.rulebook.sheet import Sheet


def check_history(sheet: Sheet, problems: Collector) -> None:
    """Note every old name that does not say what it means today, and every version that has not come yet."""
    asked, places, version = sheet.questions, sheet.places, sheet.frame.version
    names = _Names(problems, dict.fromkeys(asked, "is a question of today"))
    for name in asked.removed:
        names.claim(name, "is listed as removed", places["removed"][name])
    for name, gone in asked.removed.items():
        names.claim_all(gone.was, f"is given as an old name of '{name}'", places["removed"][name])
        _check_version(gone.version, name, version, places["removed"][name], problems)
    for name, question in asked.items():
        place = places["questions"][name]
        names.claim_all(question.was, f"is given as an old name of '{name}'", place)
        _check_parts(question, place, problems)
        for stated in filter(None, (question.since, *(each.version for each in question.changed))):
            _check_version(stated, name, version, place, problems)


class _Names:
    """What every name says of itself; a second claim to it is noted."""

    def __init__(self, problems: Collector, taken: dict[str, str]) -> None:
        self.problems = problems
        self.taken = taken

    def claim(self, name: str, what: str, place: Place) -> None:
        if name in self.taken:
            message = f"'{name}' {what}, but it {self.taken[name]}; a name has one meaning in all versions"
            self.problems.add(place, "R004", message)
        self.taken.setdefault(name, what)

    def claim_all(self, names: Iterable[str], what: str, place: Place) -> None:
        for name in names:
            self.claim(name, what, place)


def _check_parts(question: Question, place: Place, problems: Collector) -> None:
    """The same within a question: values of its choices, names of its columns, values of their choices."""
    columns = {column.name: "is a column of today" for column in question.columns}
    names = _Names(problems, columns)
    for column in question.columns:
        names.claim_all(column.was, f"is given as an old name of '{question.name}.{column.name}'", place)
    for choices in _lists_of_choices(question):
        values = _Names(problems, {choice.value: "is a choice of today" for choice in choices})
        for choice in choices:
            what = f"is given as an old value of '{choice.value}' in '{question.name}'"
            values.claim_all(choice.was, what, place)


def _lists_of_choices(question: Question) -> Iterator[tuple[Choice, ...]]:
    return chain([question.choices], (column.choices for column in question.columns))


def _check_version(stated: str, name: str, version: str, place: Place, problems: Collector) -> None:
    if is_before(version, stated):
        message = f"'{name}' names version {stated}, but the rulebook is {version}; correct one of the two"
        problems.add(place, "R015", message)
