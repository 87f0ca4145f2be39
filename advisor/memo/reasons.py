"""Why the advice is as it is: the three reasons that carry it, and the other findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice.model import FindingResult, PatternResult, TermResult
from advisor.language import names_in
from advisor.memo.answer import pattern_of, result_of, verdict
from advisor.memo.blocks import Block, Bullets, Origin, Paragraph, Text
from advisor.memo.formulas import Formulas
from advisor.memo.patterns import origin_of_support
from advisor.memo.view import View
from advisor.rulebook import SEVERITIES
from advisor.rulebook.model import PLACEHOLDER

MOST = 3
_TERMS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a title, what it says with figures, why that matters, the facts; `rules` it comes from."""

    title: str
    says: str
    because: str
    facts: tuple[str, ...]
    origin: Origin | None
    rules: tuple[str, ...] = ()
    shows: frozenset[str] = frozenset()


def three_reasons(view: View) -> list[Reason]:
    """The reasons in order of what they carry; one that shows no figures or facts but earlier ones is left out."""
    chosen: list[Reason] = []
    for each in _candidates(view):
        if len(chosen) < MOST and not _repeats(each, chosen, view):
            chosen.append(each)
    return chosen


def told(view: View, reasons: list[Reason]) -> list[str]:
    """The rules of the reasons, and of what is none only because these or the answer show all that it shows."""
    repeated = [each for each in _candidates(view) if _repeats(each, reasons, view)]
    return [rule for each in [*reasons, *repeated] for rule in each.rules]


def _repeats(reason: Reason, chosen: list[Reason], view: View) -> bool:
    """Whether it shows no figures or facts but those of the answer and of the reasons already chosen."""
    said = [_shows(each, view) for each in view.unit.findings if _leads(each, view)]
    same_figures = reason.shows and any(reason.shows <= shows for shows in [*said, *(one.shows for one in chosen)])
    same_facts = reason.facts and {*reason.facts} <= {fact for one in chosen for fact in one.facts}
    return bool(same_figures or same_facts)


def _candidates(view: View) -> Iterator[Reason]:
    """What the verdict rests on, what carries the first use, findings on the same answers, what rules others out."""
    leading = [each for each in view.unit.findings if _leads(each, view)]
    used = _used(leading, view)
    yield from (_from(each, view) for each in used)
    rests = {name for each in [*leading, *used] for name in each.rests_on}
    looks_at = {name for each in [*leading, *used] for name in each.facts}
    if _chooses(view) and view.unit.recommended:
        first = result_of(view.unit.recommended[0], view)
        yield _support(first, view)
        terms = view.rulebook.terms[first.pattern]
        rests = {name for answers in view.known.rests_of_terms(first.pattern) for name in answers}
        looks_at |= {name for node in terms for name in names_in(node)}
    for each in leading:
        yield from _sums(each, view)
    found = [each for each in _eligible(view) if each not in used]
    for_it = sorted(found, key=lambda each: (bool(view.rulebook.rules[each.id].excludes), _order(each)))
    yield from (_from(each, view) for each in for_it if _supports(each, rests, looks_at, view))
    yield from _prepared(view)


def _used(findings: list[FindingResult], view: View) -> list[FindingResult]:
    """The findings that others name in their conditions, the most severe first."""
    rules = {rule for each in findings for name in each.uses for rule in view.rulebook.findings.get(name, ())}
    return sorted((each for each in view.unit.findings if each.id in rules), key=_order)


def _leads(finding: FindingResult, view: View) -> bool:
    return view.rulebook.rules[finding.id].verdict == view.unit.verdict is not None


def _shows(finding: FindingResult, view: View) -> frozenset[str]:
    """The values that a finding's sentences show."""
    return frozenset(PLACEHOLDER.findall(view.rulebook.rules[finding.id].says))


def _chooses(view: View) -> bool:
    """Whether the verdict leaves room for a choice of patterns."""
    return any(each.shares != "no" for each in view.rulebook.frame.verdicts if each.name == view.unit.verdict)


def _eligible(view: View) -> list[FindingResult]:
    rules, red = view.rulebook.rules, view.rulebook.frame.erosion.red
    layers = ("diagnosis", "patterns") if _chooses(view) else ("diagnosis",)
    return [
        each
        for each in view.unit.findings
        if each.layer in layers
        and ((indicator := rules[each.id].indicator) is None or indicator.group == red)
        and rules[each.id].level is None
    ]


def _order(finding: FindingResult) -> int:
    return -SEVERITIES.index(finding.severity)


def _supports(finding: FindingResult, rests: set[str], looks_at: set[str], view: View) -> bool:
    """Whether a finding looks at what the verdict looks at, rests on nothing else, or leaves fewer uses to choose from.

    That it shares an answer with it is not enough: nearly every figure rests on the cases a day. Nothing supports a
    verdict that only says that too little is known.
    """
    if not _chooses(view) and any(_leads(each, view) and each.provisional for each in view.unit.findings):
        return False
    excludes = bool(view.rulebook.rules[finding.id].excludes) and _chooses(view)
    rests_alike = bool(finding.rests_on) and set(finding.rests_on) <= rests
    return excludes or rests_alike or not looks_at.isdisjoint(finding.facts)


def _from(finding: FindingResult, view: View) -> Reason:
    said, shows = view.says(finding), _shows(finding, view)
    says = view.say("finding.so_far", says=said) if finding.provisional else said
    facts = tuple(view.facts(finding))
    return Reason(finding.title, says, finding.because, facts, view.origin(finding), (finding.id,), shows)


def _support(result: PatternResult, view: View) -> Reason:
    """What carries the first pattern: its strongest terms with the client's figures."""
    title = pattern_of(result.pattern, view).title
    facts = [view.fact(name) for each in _carrying(result) for name in each.facts if view.is_known(name)]
    points, terms = view.support(result.low, result.low), carried_by(result, view)
    says = view.say("reasons.support", pattern=title, low=points, terms=terms)
    origin = origin_of_support(result, view)
    heading = view.say("reasons.support_heading", pattern=title)
    return Reason(heading, says, pattern_of(result.pattern, view).means, tuple(dict.fromkeys(facts)), origin)


def carried_by(result: PatternResult, view: View) -> str:
    """The strongest terms of a pattern, as a sentence names them."""
    return view.say.listed([_term(each, view) for each in _carrying(result)[:_TERMS]])


def _carrying(result: PatternResult) -> list[TermResult]:
    return sorted((each for each in result.terms if each.low), key=lambda each: -(each.low or 0))


def _term(term: TermResult, view: View) -> str:
    """A term with the first figure behind it and its points."""
    value = next((view.speaking(name) for name in term.facts if view.is_known(name)), "")
    key = "reasons.term" if value else "reasons.term_alone"
    points = view.figure(term.low)
    return view.say(key, label=term.label, value=value, points=points, weight=view.figure(term.weight))


def _sums(leading: FindingResult, view: View) -> Iterator[Reason]:
    """The figures that the verdict rests on, each worked out."""
    formulas, measures = Formulas(view), view.rulebook.measures
    for name in leading.facts:
        node = view.rulebook.formulas.get(name)
        if node is not None and view.is_settled(name) and formulas.is_calculation(node):
            label, value = view.label(name), view.exact(name)
            says = view.say("reasons.sum", label=label, calculation=formulas.written(node), result=value)
            origin = view.origin_of(sorted(view.known.rests_of(name)), measures[name].sources)
            title = view.say("reasons.sum_heading", label=label, result=value)
            yield Reason(title, says, measures[name].because or "", (), origin)


def _prepared(view: View) -> Iterator[Reason]:
    """That people are prepared, where hours may move and all of it is in place."""
    results = view.unit.preparations
    leading = verdict(view)
    if leading is None or leading.shares != "yes" or any(each.status != "in_place" for each in results):
        return
    score = {each.name: each.score for each in view.rulebook.frame.preparations}
    facts = tuple(
        view.say("finding.fact", label=each.title, value=view.value(score[each.preparation])) for each in results
    )
    rules = [each for each in view.unit.findings if any(each.id in result.rules for result in results)]
    says = view.say("reasons.prepared", all=len(results), facts=view.say.in_row(facts))
    says = view.say("finding.so_far", says=says) if any(each.provisional for each in results) else says
    why = view.say("reasons.prepared_why")
    yield Reason(view.say("reasons.prepared_heading"), says, why, (), view.origin(*rules))


def reasons_part(view: View, reasons: list[Reason]) -> list[Block]:
    """The three reasons with their figures, then the findings that are not among them."""
    blocks: list[Block] = []
    for number, each in enumerate(reasons, 1):
        blocks += _reason(number, each, view)
    if blocks:
        blocks.insert(0, view.heading(view.say.count("reasons.heading", len(reasons))))
    taken = {rule for each in reasons for rule in each.rules}
    others = [each for each in view.findings("diagnosis", "patterns") if each.id not in taken and _is_plain(each, view)]
    items = tuple(view.told(others, lambda each: (view.says(each), each.because)))
    if items:
        alone = view.heading(view.say("reasons.others.alone"))
        beside = view.heading(view.say.count("reasons.others", len(items)), 1)
        blocks += [beside if blocks else alone, Bullets(items)]
    return blocks


def _is_plain(finding: FindingResult, view: View) -> bool:
    rule = view.rulebook.rules[finding.id]
    return rule.indicator is None and rule.level is None


def _reason(number: int, reason: Reason, view: View) -> list[Block]:
    words = view.fresh(reason.because)
    facts = view.say("reasons.facts", facts=view.say.in_row(reason.facts)) if reason.facts else ""
    body = " ".join(part for part in (words, facts) if part)
    if not body:
        return []
    heading = view.heading(view.say("reasons.numbered", number=number, title=reason.title), 1)
    return [heading, Paragraph(Text(body, origin=reason.origin))]
