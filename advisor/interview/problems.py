"""What is wrong with the profile's file, in the language of the interview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from advisor.interview.wording import Wording
from advisor.reading import InvalidInput, Problem

_NAMED = re.compile(r"'([^']*)'|\b([a-z]+(?:_[a-z0-9]+)+)\b")
"""What a message quotes, and names of questions."""
_CHECKS = ("P060", "P061")
"""Their texts are the rulebook's, which speaks the language already."""


@contextmanager
def told_in(wording: Wording) -> Iterator[None]:
    """A block in which `InvalidInput` is told in a language."""
    try:
        yield
    except InvalidInput as error:
        raise in_words_of(wording, error) from None


def in_words_of(wording: Wording, error: InvalidInput) -> InvalidInput:
    """The same problems at the same places, said as the language says them; as they are where it says nothing."""
    return InvalidInput([problem._replace(message=_said(problem, wording)) for problem in error.problems])


def _said(problem: Problem, wording: Wording) -> str:
    """The sentence on this kind of problem, with the names and words that the message quotes."""
    if problem.code in _CHECKS:
        names, _, text = problem.message.partition(": ")
        return f"{wording.listed(_named(names))}: {text}"
    sentence = wording.problems.get(problem.code)
    if sentence is None:
        return problem.message
    words = [word for word in _named(problem.message) if word not in sentence]
    return f"{sentence} ({', '.join(words)})" if words else sentence


def _named(message: str) -> list[str]:
    found = (each[1] if each[1] is not None else each[2] for each in _NAMED.finditer(message))
    return [word for word in dict.fromkeys(found) if word]
