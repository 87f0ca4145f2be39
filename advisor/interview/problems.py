"""What is wrong with a profile's file or a row of a table, in the language of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from advisor.interview.wording import Wording
from advisor.reading import InvalidInput

_NAMED = re.compile(r"'([^']*)'|\b([a-z]+(?:_[a-z0-9]+)+)\b")
"""What a message quotes, and names of questions."""
_OFFERED = re.compile(r" \(did you mean '([^']*)'\?\)|; choices are [^']*$")
"""What a message offers beside what is wrong."""
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
    return InvalidInput([each._replace(message=said_as(each.code, each.message, wording)) for each in error.problems])


def said_as(code: str, message: str, wording: Wording) -> str:
    """The sentence on this kind of problem, with the names and words that the message quotes behind it."""
    sentence, words = sentence_on(code, message, wording)
    concerned = f"({', '.join(words)})" if words else ""
    return " ".join(filter(None, (sentence, concerned, meant(code, message, wording))))


def sentence_on(code: str, message: str, wording: Wording) -> tuple[str, list[str]]:
    """The sentence on this kind of problem, and the names and words that the message quotes beside it."""
    if code in _CHECKS:
        names, _, text = message.partition(": ")
        return f"{wording.listed(_named(names))}: {text}", []
    sentence = wording.problems.get(code)
    if sentence is None:
        return message, []
    return sentence, [word for word in _named(_OFFERED.sub("", message)) if word not in sentence]


def meant(code: str, message: str, wording: Wording) -> str:
    """The question whether a word was meant that the message offers; nothing where the message is said as it is."""
    offered = _OFFERED.search(message)
    if not offered or not offered[1] or code not in wording.problems:
        return ""
    asked = wording.did_you_mean.format(word=offered[1]).strip(" ()")
    return asked[0].upper() + asked[1:]


def _named(message: str) -> list[str]:
    found = (each[1] if each[1] is not None else each[2] for each in _NAMED.finditer(message))
    return [word for word in dict.fromkeys(found) if word]
