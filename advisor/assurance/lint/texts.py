"""L006, L007, L011, L012: what nobody vouches for, what is said twice, what a language lacks, what has no label."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assurance.lint.remarks import Kind, Remark
from advisor.rulebook import Rulebook
from advisor.rulebook.languages import untranslated


def missing_sources(rulebook: Rulebook) -> Iterator[Remark]:
    """Questions, measures and score terms without a source; rules and parameters are held to theirs by the loader."""
    for name, question in rulebook.questions.items():
        if not question.sources:
            yield Remark("L006", "questions", name, _unsourced(f"the question '{name}'"))
    for name, measure in rulebook.measures.items():
        if not measure.sources:
            yield Remark("L006", "measures", name, _unsourced(f"the measure '{name}'"))
    for pattern, score in rulebook.scores.items():
        for term in score.terms:
            if not term.sources:
                yield Remark("L006", "scores", pattern, _unsourced(f"the term '{term.label}' of {pattern}"))


def _unsourced(what: str) -> str:
    return f"{what} has no source; cite a claim or a publication, or write judgement"


def missing_labels(rulebook: Rulebook) -> Iterator[Remark]:
    """Parameters for which results have nothing but the name."""
    for name, parameter in rulebook.parameters.items():
        if parameter.label is None:
            message = f"the parameter '{name}' has no label; say in a few words what a reader calls it"
            yield Remark("L012", "parameters", name, message)


def duplicate_texts(rulebook: Rulebook) -> Iterator[Remark]:
    """Titles, statements, wordings and labels that stand in two places: a reader cannot tell them apart."""
    first: dict[tuple[str, str], str] = {}
    for kind, name, field, text in _texts(rulebook):
        before = first.setdefault((f"{kind} {field}", text.casefold()), name)
        if before != name:
            yield Remark("L007", kind, name, f"'{name}' has the same {field} as '{before}': {text}")


def _texts(rulebook: Rulebook) -> Iterator[tuple[Kind, str, str, str]]:
    for rule in rulebook.rules.values():
        yield "rules", rule.id, "title", rule.title
        yield "rules", rule.id, "says", rule.says
    for invariant in rulebook.invariants.values():
        yield "invariants", invariant.id, "title", invariant.title
    for question in rulebook.questions.values():
        yield "questions", question.name, "wording", question.ask
    for measure in rulebook.measures.values():
        yield "measures", measure.name, "label", measure.label
    for parameter in rulebook.parameters.values():
        yield "parameters", parameter.name, "why", parameter.why
        if parameter.label:
            yield "parameters", parameter.name, "label", parameter.label


_LISTED: tuple[Kind, ...] = (
    "questions",
    "checks",
    "measures",
    "parameters",
    "rules",
    "scores",
    "sections",
    "sources",
    "claims",
)


def missing_translations(rulebook: Rulebook, code: str) -> Iterator[Remark]:
    """Texts that one of the rulebook's languages lacks; what stands in no list of its own counts for the rulebook."""
    for list_name, name, texts in untranslated(rulebook.languages[code], rulebook):
        kind: Kind = next((each for each in _LISTED if each == list_name), "rulebook")
        which = f" ({', '.join(texts)})" if texts else ""
        what = f"of {list_name.removesuffix('s')} '{name}'" if list_name != "units" else f"for the unit '{name}'"
        message = f"the language '{code}' has no text {what}{which}; add it under language: {list_name}:"
        yield Remark("L011", kind, name if kind != "rulebook" else "rulebook", message)
