"""What a name stands for: ids and codes first, then the titles and labels that a result shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from advisor.profile.earlier import not_asked
from advisor.reading import did_you_mean, quote
from advisor.rulebook import Rulebook

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be explained: the leading verdict and the erosion level have no name."""

    kind: Literal["pattern", "preparation", "verdict", "erosion", "rule", "finding", "name"]
    name: str


class NothingToExplain(LookupError):
    """No thing of that name, or several; the message says which there are."""


def named(name: str, rulebook: Rulebook) -> tuple[Subject, ...]:
    """What is called `name`, exactly or in another spelling; several only where rules share a code."""
    spellings: tuple[Callable[[str], str], ...] = (str, _form)
    for spelled, names in product(spellings, (_outcomes, _ids, _titles)):
        wanted = spelled(name)
        found = dict.fromkeys(subject for each, subject in names(rulebook) if spelled(each) == wanted)
        if len(found) > 1 and names is _titles:
            listed = ", ".join(subject.name for subject in found)
            raise NothingToExplain(f"{quote(name)} is the name of several things; give one of these: {listed}")
        if found:
            return tuple(found)
    asked = rulebook.questions
    if name in asked.not_asked:
        raise NothingToExplain(not_asked(name, asked.not_asked[name]))
    spoken = [each for names in (_titles, _ids, _outcomes) for each, _ in names(rulebook)]
    patterns = ", ".join(pattern.name for pattern in rulebook.frame.patterns)
    kinds = f"; try verdict, erosion, {patterns}, a rule's code or title, a question, a measure or a parameter"
    raise NothingToExplain(f"nothing here is called {quote(name)}{did_you_mean(name, spoken) or kinds}")


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
