"""What a name stands for: ids and codes first, then the titles and labels that a result shows, in any language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from advisor.advice.wording import label_of
from advisor.profile.earlier import not_asked
from advisor.reading import did_you_mean, quote
from advisor.rulebook import Rulebook

_WORDS = re.compile(r"[^\W_]+")
_SHOWN_FIRST = ("measure", "question", "pattern", "preparation", "verdict", "erosion", "rule", "parameter")
_NEAREST = (*_SHOWN_FIRST, "finding", "group", "selection")
"""Kinds of things in the order in which near ones are offered: what a result shows comes first."""
_FEWEST_LISTED, _MOST_LISTED = 2, 6
_LONG = 5
"""Letters from which a word is found inside another one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be explained: the leading verdict and the erosion level have no name."""

    kind: Literal["pattern", "preparation", "verdict", "erosion", "rule", "finding", "name"]
    name: str


class NothingToExplain(LookupError):
    """No thing of that name, or several; the message says which there are."""


def named(name: str, rulebook: Rulebook) -> tuple[Subject, ...]:
    """What is called `name`, exactly or in another spelling; several only where rules share a code.

    Titles and labels are those of the language that the rulebook speaks; where it has none of that name, any other's.
    """
    spellings: tuple[Callable[[str], str], ...] = (str, _form)
    languages = _in_languages(rulebook)
    for spoken, spelled, names in product(languages, spellings, (_outcomes, _ids, _titles)):
        wanted = spelled(name)
        found = dict.fromkeys(subject for each, subject in names(spoken) if spelled(each) == wanted)
        if len(found) > 1 and names is _titles:
            listed = ", ".join(subject.name for subject in found)
            raise NothingToExplain(f"{quote(name)} is the name of several things; give one of these: {listed}")
        if found:
            return tuple(found)
    asked = rulebook.questions
    if name in asked.not_asked:
        raise NothingToExplain(not_asked(name, asked.not_asked[name]))
    near = _near(name, rulebook)
    if near:
        raise NothingToExplain(f"nothing here is called {quote(name)} (did you mean {near}?)")
    hints = (did_you_mean(name, _spelled(spoken)) for spoken in languages)
    patterns = ", ".join(pattern.name for pattern in rulebook.frame.patterns)
    kinds = f"; try verdict, erosion, {patterns}, a rule's code or title, a question, a measure or a parameter"
    raise NothingToExplain(f"nothing here is called {quote(name)}{next(filter(None, hints), kinds)}")


def _spelled(rulebook: Rulebook) -> list[str]:
    return [each for names in (_titles, _ids, _outcomes) for each, _ in names(rulebook)]


def _in_languages(rulebook: Rulebook) -> list[Rulebook]:
    """The rulebook in the language that it speaks, then in all others."""
    return [rulebook, *(rulebook.in_language(code) for code in rulebook.languages if code != rulebook.spoken)]


def _near(name: str, rulebook: Rulebook) -> str:
    """The things with all these words, or longer ones that hold them, in their name or their label in any language.

    Those that have no other words are meant, where there are any.
    """
    words, found = _form(name).split(), dict[Subject, int]()
    for spoken, names in product(_in_languages(rulebook) if words else (), (_ids, _outcomes, _titles)):
        for text, subject in names(spoken):
            those = _form(text).split()
            if all(any(_is_in(word, each) for each in those) for word in words):
                found[subject] = min(found.get(subject, len(those)), len(those))
    nearest = sorted(found, key=lambda each: (_NEAREST.index(_kind(each, rulebook)), found[each]))
    nearest = [each for each in nearest if found[each] == len(words)] or nearest
    if len(nearest) < _FEWEST_LISTED:
        return "".join(quote(each.name) for each in nearest)
    listed = ", ".join(_titled(each, rulebook) for each in nearest[:_MOST_LISTED])
    more = len(nearest) - _MOST_LISTED
    return f"one of these: {listed}" + (f", or one of {more} more" if more > 0 else "")


def _is_in(word: str, longer: str) -> bool:
    """Whether a word is the beginning of another one; a long word may also be a part of it, as in German."""
    return longer.startswith(word) or (len(word) >= _LONG and word in longer)


def _kind(subject: Subject, rulebook: Rulebook) -> str:
    return rulebook.scope[subject.name].origin if subject.kind == "name" else subject.kind


def _titled(subject: Subject, rulebook: Rulebook) -> str:
    """A name with what it is called behind it."""
    if subject.kind == "rule":
        return f"{subject.name} ({rulebook.rules[subject.name].title})"
    label = label_of(subject.name, rulebook) if subject.kind == "name" else subject.name
    return subject.name if label == subject.name else f"{subject.name} ({label})"


def _outcomes(rulebook: Rulebook) -> Iterator[tuple[str, Subject]]:
    frame = rulebook.frame
    for pattern in frame.patterns:
        yield from _both(pattern.name, pattern.title, Subject("pattern", pattern.name))
    for preparation in frame.preparations:
        yield from _both(preparation.name, preparation.title, Subject("preparation", preparation.name))
    yield "verdict", Subject("verdict", "")
    for verdict in frame.verdicts:
        yield from _both(verdict.name, verdict.title, Subject("verdict", verdict.name))
    for name in ("erosion", *frame.erosion.levels, *frame.erosion.titles.values()):
        yield name, Subject("erosion", "")


def _both(name: str, title: str, subject: Subject) -> Iterator[tuple[str, Subject]]:
    yield name, subject
    yield title, subject


def _ids(rulebook: Rulebook) -> Iterator[tuple[str, Subject]]:
    for rule in rulebook.rules.values():
        yield rule.id, Subject("rule", rule.id)
        if rule.code:
            yield rule.code, Subject("rule", rule.id)
    for name in rulebook.scope:
        yield name, Subject("finding" if name in rulebook.findings else "name", name)
    for old, name in rulebook.questions.renamed.items():
        yield old, Subject("name", name)


def _titles(rulebook: Rulebook) -> Iterator[tuple[str, Subject]]:
    for rule in rulebook.rules.values():
        yield rule.title, Subject("rule", rule.id)
    for name, question in rulebook.questions.items():
        yield question.ask, Subject("name", name)
        if question.label:
            yield question.label, Subject("name", name)
    for name, measure in rulebook.measures.items():
        yield measure.label, Subject("name", name)
        if measure.code:
            yield measure.code, Subject("name", name)
    for name, parameter in rulebook.parameters.items():
        if parameter.label:
            yield parameter.label, Subject("name", name)


def _form(name: str) -> str:
    """The words of a name, however they are joined and written."""
    return " ".join(_WORDS.findall(name.casefold()))
