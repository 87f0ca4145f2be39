"""L001, L002, L003, L005: what is written and never read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from advisor.assurance.lint.remarks import Remark
from advisor.rulebook import Rulebook
from advisor.rulebook.model import PLACEHOLDER

_WORD = re.compile(r"[a-z_][a-z0-9_]*")


def unused_questions(rulebook: Rulebook) -> Iterator[Remark]:
    """Questions that no expression reads, no text shows and no setting names, and that explain no other question."""
    used = _used(rulebook)
    for name, question in rulebook.questions.items():
        if name not in used and (question.explains is None or question.explains not in used):
            message = f"nothing reads or shows the question '{name}'; use it, say what it explains, or do not ask it"
            yield Remark("L001", "questions", name, message)


def unused_measures(rulebook: Rulebook) -> Iterator[Remark]:
    """Measures that no expression reads, no text shows and no setting names."""
    used = _used(rulebook)
    for name in rulebook.measures:
        if name not in used:
            yield Remark("L002", "measures", name, f"nothing reads or shows the measure '{name}'; use it or remove it")


def unused_parameters(rulebook: Rulebook) -> Iterator[Remark]:
    """Parameters that no expression reads, no text shows and no setting names."""
    used = _used(rulebook).union(*(_words(check.when) for check in rulebook.checks.values()))
    for name in rulebook.parameters:
        if name not in used:
            message = f"nothing reads or shows the parameter '{name}'; use it or remove it"
            yield Remark("L003", "parameters", name, message)


def unread_findings(rulebook: Rulebook) -> Iterator[Remark]:
    """Findings that rules conclude and nothing reads."""
    used = _used(rulebook)
    for name, rules in rulebook.findings.items():
        if name not in used:
            message = f"no condition reads the finding '{name}'; use it or remove 'concludes'"
            yield from (Remark("L005", "rules", rule, message) for rule in rules)


def _used(rulebook: Rulebook) -> set[str]:
    """Every name that an expression, a text in braces or a setting mentions."""
    used = set(_strings(rulebook.frame)) | _shown(rulebook.frame)
    for rule in rulebook.rules.values():
        used |= _words(rule.when) | _shown(rule)
        used |= {rule.caps.at} if rule.caps else set()
        used |= {rule.indicator.of} if rule.indicator else set()
    for measure in rulebook.measures.values():
        used |= _words(measure.formula)
    for invariant in rulebook.invariants.values():
        used |= _words(invariant.never or "") | {*invariant.moves}
    for question in rulebook.questions.values():
        used |= _words(question.applies_when or "") | _words(question.follows_from or "")
    for score in rulebook.scores.values():
        used |= {word for term in score.terms for word in (term.weight, *_words(term.of))}
    return used


def _words(expression: str) -> set[str]:
    return set(_WORD.findall(expression))


def _shown(part: Any) -> set[str]:
    return {name for text in _strings(part) for name in PLACEHOLDER.findall(text)}


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    else:
        for each in _within(part):
            yield from _strings(each)


def _within(part: Any) -> Iterable[Any]:
    if is_dataclass(part):
        return [getattr(part, each.name) for each in fields(part)]
    if isinstance(part, dict):
        return part.values()
    return part if isinstance(part, tuple | list) else ()
