"""Problems with what somebody wrote: where, which, and what to do about it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

MOST_PROBLEMS = 500
_LONGEST_WORD = 60


class Place(NamedTuple):
    """A place in a file; lines and columns count from 1, line 0 stands for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Give ``file:line:col``, safe to print."""
        file = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


class Problem(NamedTuple):
    """One thing that is wrong, its place and its code."""

    place: Place
    code: str
    message: str

    def __str__(self) -> str:
        """Give ``file:line:col CODE message``."""
        return f"{self.place} {self.code} {self.message}"


class InvalidInput(Exception):
    """What a person handed in cannot be used; all its problems are listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they are given."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Give one line per problem."""
        return "\n".join(str(problem) for problem in self.problems)


class Collector:
    """Gathers problems, so that all of them are reported at once and in file order."""

    def __init__(self) -> None:
        """Begin without problems."""
        self._problems: list[Problem] = []
        self._notes: list[Problem] = []

    def __len__(self) -> int:
        """Give the number of problems so far."""
        return len(self._problems)

    def add(self, place: Place, code: str, message: str) -> None:
        """Note a problem; a hopeless file is given up after `MOST_PROBLEMS` of them."""
        self._problems.append(Problem(place, code, message))
        if len(self._problems) >= MOST_PROBLEMS:
            raise InvalidInput([*self._sorted(), Problem(Place(place.file), "Y099", _GIVEN_UP)])

    def note(self, place: Place, code: str, message: str) -> None:
        """Keep something that is worth knowing although nothing is wrong."""
        self._notes.append(Problem(place, code, message))

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was noted so far."""
        return tuple(self._notes)

    def say_more(self, first: int, codes: Container[str], more: str) -> None:
        """Put more behind the messages of problems, from number `first` on, that have one of the codes."""
        for number, problem in enumerate(self._problems[first:], first):
            if problem.code in codes:
                self._problems[number] = problem._replace(message=f"{problem.message}; {more}")

    def add_all(self, problems: Iterable[Problem]) -> None:
        """Take over problems that were found elsewhere."""
        self._problems.extend(problems)

    def stop_if_any(self) -> None:
        """Raise what was gathered, if anything was."""
        if self._problems:
            raise InvalidInput(self._sorted())

    def _sorted(self) -> list[Problem]:
        files = list(dict.fromkeys(problem.place.file for problem in self._problems))
        return sorted(self._problems, key=lambda p: (files.index(p.place.file), p.place.line, p.place.column))


_GIVEN_UP = f"{MOST_PROBLEMS} problems or more; the rest is not listed, correct these first"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give `` (did you mean 'x'?)`` for the nearest known word, or nothing."""
    if len(word) > _LONGEST_WORD:
        return ""
    from difflib import get_close_matches

    by_form = {_form(name): name for name in known}
    near = get_close_matches(_form(word), by_form, n=1, cutoff=0.7)
    return f" (did you mean '{by_form[near[0]]}'?)" if near else ""


def _form(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def quote(text: str) -> str:
    """Show somebody's text in a message: quoted, on one line, shortened, nothing in it alive."""
    short = text if len(text) <= _LONGEST_WORD else text[: _LONGEST_WORD - 1] + "…"
    return "'" + "".join(char if char.isprintable() else ascii(char)[1:-1] for char in short) + "'"
