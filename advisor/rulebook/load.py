"""Loading a rulebook: read, type, check every expression and reference, and order the steps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisor.language import Kind, Node, Scope, Signature
from advisor.language.check import check
from advisor.language.syntax import RESERVED, ExpressionError
from advisor.language.units import ANY, DIMENSIONLESS, Dimension
from advisor.reading import Collector, Place, Scalar
from advisor.reading import Mapping as YamlMapping
from advisor.reading import Node as YamlNode
from advisor.rulebook import files
from advisor.rulebook.checks import read_constraints
from advisor.rulebook.constants import settled_parts
from advisor.rulebook.history import check_history
from advisor.rulebook.invariants import Invariant, outcome_signatures
from advisor.rulebook.model import (
    LAYERS,
    Check,
    Claim,
    Frame,
    Measure,
    Parameter,
    Question,
    Removed,
    Rule,
    Score,
    Section,
    Source,
)
from advisor.rulebook.order import assumed_names, order_steps
from advisor.rulebook.questionnaire import Questionnaire
from advisor.rulebook.read_languages import languages_of
from advisor.rulebook.references import check_references
from advisor.rulebook.rulebook import Rulebook
from advisor.rulebook.scope_of import given_names, measure_signature, parameter_signature, question_signature
from advisor.rulebook.sheet import Expressions, Sheet
from advisor.rulebook.spans import Spans
from advisor.rulebook.typing_parts import P, typed


def load(folder: Path, overlays: tuple[Path, ...]) -> Rulebook:
    """Read the rulebook in `folder` with `overlays` laid over it; raise `InvalidInput` with all that is wrong."""
    problems = Collector()
    parts = files.read_parts((folder, *overlays), problems)
    if parts.frame is None:
        problems.stop_if_any()
        raise files.missing(folder)
    return of_parts(parts, problems)


def of_parts(parts: files.Parts, problems: Collector) -> Rulebook:
    """The rulebook that the parts make, with its frame; raise `InvalidInput` with all that is wrong."""
    sheet = _typed_sheet(parts, problems)
    problems.stop_if_any()
    assert sheet is not None
    check_references(sheet, problems)
    check_history(sheet, problems)
    languages = languages_of(parts.languages, parts.restated, sheet, problems)
    constraints = read_constraints(sheet, problems)
    expressions = _Checked(sheet, problems).expressions()
    problems.stop_if_any()
    steps = order_steps(sheet, expressions, problems)
    problems.stop_if_any()
    spans = Spans(sheet.scope)
    steps = tuple(map(spans.in_step, steps))
    return Rulebook(
        frame=sheet.frame,
        parameters=sheet.parameters,
        sections=sheet.sections,
        questions=sheet.questions,
        checks=sheet.checks,
        constraints=constraints,
        measures=sheet.measures,
        scores=sheet.scores,
        rules=sheet.rules,
        invariants=sheet.invariants,
        sources=sheet.sources,
        claims=sheet.claims,
        context_only=sheet.context_only,
        scope=sheet.scope,
        steps=steps,
        terms={pattern: tuple(map(spans.filled, terms)) for pattern, terms in expressions.terms.items()},
        never={name: spans.filled(node) for name, node in expressions.invariants.items()},
        assumed=assumed_names(steps),
        overridden=tuple(sorted(parts.overridden)),
        replaced=_replaced(parts),
        languages=languages,
        spoken=next((code for code, language in languages.items() if not language.texts), "en"),
        digest=_digest(sheet),
    )


def _replaced(parts: files.Parts) -> dict[str, Parameter]:
    """The parameters that overlays changed, as they were; one that was never sound on its own is left out."""
    found = ((name, typed(Parameter, node, Collector())) for name, node in parts.replaced.items())
    return {name: parameter for name, parameter in found if parameter is not None}


def _typed_sheet(parts: files.Parts, problems: Collector) -> Sheet | None:
    assert parts.frame is not None
    frame = typed(Frame, parts.frame, problems)

    def every(key: str, model: type[P]) -> dict[str, P]:
        found = ((name, typed(model, node, problems)) for name, node in parts.items[key].items())
        return {name: part for name, part in found if part is not None}

    parameters, questions = every("parameters", Parameter), every("questions", Question)
    measures, sections = every("measures", Measure), every("sections", Section)
    removed, checks = every("removed", Removed), every("checks", Check)
    rules = _rules(parts, problems)
    scores, score_places = _scores(parts, problems)
    sources, claims = every("sources", Source), every("claims", Claim)
    invariants = every("invariants", Invariant)
    context = {name: _why(node, problems) for name, node in parts.items["context_only"].items()}
    if frame is None:
        return None
    signatures = {
        "parameters": {name: parameter_signature(parameter) for name, parameter in parameters.items()},
        "questions": {name: question_signature(question) for name, question in questions.items()},
        "measures": {name: measure_signature(measure) for name, measure in measures.items()},
    }
    scope = _scope(signatures, given_names(frame, rules.values()), parts, problems)
    for name in set(outcome_signatures(frame)).intersection(scope):
        problems.add(parts.frame.place, "R004", f"'{name}' is what invariants call an outcome; give it another name")
    places = {key: {name: node.place for name, node in items.items()} for key, items in parts.items.items()}
    places["scores"] = score_places
    return Sheet(
        frame,
        parameters,
        tuple(sections.values()),
        Questionnaire(questions, frame.version, removed),
        checks,
        measures,
        scores,
        rules,
        invariants,
        sources,
        claims,
        context,
        scope,
        places,
        parts.frame.place,
    )


def _scores(parts: files.Parts, problems: Collector) -> tuple[dict[str, Score], dict[str, Place]]:
    scores: dict[str, Score] = {}
    places: dict[str, Place] = {}
    for node in parts.scores:
        score = typed(Score, node, problems)
        if score is not None and score.pattern in scores:
            before = places[score.pattern]
            problems.add(node.place, "R004", f"the pattern '{score.pattern}' already has a score in {before}")
        elif score is not None:
            scores[score.pattern], places[score.pattern] = score, node.place
    return scores, places


def _rules(parts: files.Parts, problems: Collector) -> dict[str, Rule]:
    rules = (typed(Rule, node, problems, layer=parts.layers.get(name)) for name, node in parts.items["rules"].items())
    found = [rule for rule in rules if rule is not None]
    return {rule.id: rule for layer in LAYERS for rule in found if rule.layer == layer}


def _why(node: YamlNode, problems: Collector) -> str:
    why = node.get("why") if isinstance(node, YamlMapping) else None
    if not isinstance(why, Scalar):
        problems.add(node.place, "R003", "a claim that is context only says why")
        return ""
    return why.text


def _scope(
    signatures: Mapping[str, Mapping[str, Signature]],
    given: Mapping[str, Signature],
    parts: files.Parts,
    problems: Collector,
) -> dict[str, Signature]:
    """Every name with its signature: `signatures` by list, and the `given` ones that exist without being written."""
    scope: dict[str, Signature] = {}
    for key, names in signatures.items():
        for name, signature in names.items():
            place = parts.items[key][name].place
            if name in RESERVED:
                problems.add(place, "R004", f"'{name}' is a word of the expression language; give it another name")
            if name in scope:
                problems.add(place, "R004", f"'{name}' already names a {scope[name].origin}")
            scope[name] = signature
    for name, signature in given.items():
        if name in scope:
            place = parts.frame.place if parts.frame else Place("")
            problems.add(place, "R004", f"the finding or result '{name}' already names a {scope[name].origin}")
        scope[name] = signature
    return scope


class _Checked:
    """Checks every expression of a sheet, noting each problem at its place."""

    def __init__(self, sheet: Sheet, problems: Collector) -> None:
        self.sheet = sheet
        self.problems = problems

    def expressions(self) -> Expressions:
        sheet, found = self.sheet, Expressions()
        for name, question in sheet.questions.items():
            found.applies[name] = self._optional(question.applies_when, sheet.places["questions"][name], "applies_when")
            follows = question.follows_from
            found.follows[name] = self._optional(
                follows,
                sheet.places["questions"][name],
                "follows_from",
                sheet.scope[name].kind,
                sheet.scope[name].dimension,
            )
        for name, measure in sheet.measures.items():
            signature = sheet.scope[name]
            node = self._checked(
                measure.formula, sheet.places["measures"][name], name, signature.kind, signature.dimension
            )
            found.formulas[name] = node
        for name, rule in sheet.rules.items():
            found.conditions[name] = self._checked(rule.when, sheet.places["rules"][name], name, "truth")
        outcomes = {**sheet.scope, **outcome_signatures(sheet.frame)}
        for name, invariant in sheet.invariants.items():
            if invariant.never is not None:
                place = sheet.places["invariants"][name]
                found.invariants[name] = self._checked(invariant.never, place, name, "truth", scope=outcomes)
        for pattern, score in sheet.scores.items():
            place = sheet.places["scores"][pattern]
            found.terms[pattern] = tuple(
                self._checked(term.of, place, f"{pattern}, {term.label}", "number", DIMENSIONLESS)
                for term in score.terms
            )
        return found

    def _optional(
        self, text: str | None, place: Place, what: str, kind: Kind = "truth", unit: Dimension = ANY
    ) -> Node | None:
        return None if text is None else self._checked(text, place, what, kind, unit)

    def _checked(
        self, text: str, place: Place, what: str, kind: Kind, unit: Dimension = ANY, scope: Scope | None = None
    ) -> Node:
        try:
            node = check(text, scope or self.sheet.scope, kind, unit)
            for settled in settled_parts(node) if kind == "truth" else ():
                self.problems.add(place, "R012", f"{what}: {settled}")
            return node
        except ExpressionError as error:
            today = self.sheet.questions.renamed.get(error.part)
            renamed = f"; '{error.part}' is called '{today}' today" if today else ""
            self.problems.add(place, error.code, f"{what}: {error.message}{renamed}")
            return check("true", {}, "truth")


def _digest(sheet: Sheet) -> str:
    def dumped(parts: Mapping[str, Any]) -> list[object]:
        return [asdict(parts[name]) for name in sorted(parts)]

    content = {
        "frame": asdict(sheet.frame),
        "sections": [asdict(section) for section in sheet.sections],
        "removed": dumped(sheet.questions.removed),
        "context_only": dict(sorted(sheet.context_only.items())),
        **{
            key: dumped(getattr(sheet, key))
            for key in ("parameters", "questions", "checks", "measures", "scores", "rules", "sources", "claims")
        },
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
