"""Why the advice is as it is: the three reasons that carry it, and the other findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice.model import FindingResult, PatternResult
from advisor.memo.answer import pattern_of, result_of
from advisor.memo.blocks import Block, Bullets, Origin, Paragraph, Text
from advisor.memo.formulas import Formulas
from advisor.memo.view import View, figure
from advisor.rulebook import SEVERITIES
from advisor.rulebook.model import PLACEHOLDER

MOST = 3


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
    """The reasons in order of what they carry; one that shows no other figures than an earlier one is left out."""
    chosen: list[Reason] = []
    said = [_shows(each, view) for each in view.unit.findings if _leads(each, view)]
    for each in _candidates(view):
        repeats = each.shows and any(each.shows <= shows for shows in [*said, *(earlier.shows for earlier in chosen)])
        if not repeats and len(chosen) < MOST:
            chosen.append(each)
    return chosen


def _candidates(view: View) -> Iterator[Reason]:
    leading = [each for each in view.unit.findings if _leads(each, view)]
    if _chooses(view) and view.unit.recommended:
        yield _support(result_of(view.unit.recommended[0], view), view)
    for each in leading:
        yield from _sums(each, view)
    rests = {name for each in leading for name in each.rests_on}
    yield from (_from(each, view) for each in sorted(_eligible(view), key=lambda each: _order(each, rests, view)))
    yield from _fallback(view)


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
        and (rules[each.id].level is None or each.severity != "info")
    ]


def _order(finding: FindingResult, rests: set[str], view: View) -> tuple[bool, bool, int]:
    rule = view.rulebook.rules[finding.id]
    related = bool(rests & set(finding.rests_on)) and rule.indicator is None
    return not related, not rule.excludes, -SEVERITIES.index(finding.severity)


def _from(finding: FindingResult, view: View) -> Reason:
    said, shows = view.says(finding), _shows(finding, view)
    says = view.say("finding.so_far", says=said) if finding.provisional else said
    facts = (*view.facts(finding), *(_counts(view) if view.rulebook.rules[finding.id].level else ()))
    return Reason(finding.title, says, finding.because, facts, view.origin(finding), (finding.id,), shows)


def _counts(view: View) -> Iterator[str]:
    """How many indicators of each group are true, which an erosion level rests on."""
    frame = view.rulebook.frame.erosion
    for key, group in (("red", frame.red), ("structural", frame.structural)):
        rules = view.rulebook.groups[group].rules if group in view.rulebook.groups else ()
        holding = sum(view.known.evaluation.truth[rule] is True for rule in rules)
        yield view.say(f"reasons.{key}_count", number=holding, all=len(rules))


def _support(result: PatternResult, view: View) -> Reason:
    """What carries the first pattern: its strongest terms."""
    title = pattern_of(result.pattern, view).title
    terms = sorted((each for each in result.terms if each.low), key=lambda each: -(each.low or 0))
    best = [
        view.say("reasons.term", label=each.label, points=figure(each.low), weight=figure(each.weight))
        for each in terms
    ]
    facts = [view.fact(name) for each in terms for name in each.facts if view.is_known(name)]
    says = view.say("reasons.support", pattern=title, low=figure(result.low), terms=view.say.listed(best[:2]))
    score = view.rulebook.scores[result.pattern]
    names = sorted({name for node in view.rulebook.terms[result.pattern] for name in view.known.rests_on(node)})
    origin = view.origin_of(names, (source for term in score.terms for source in term.sources))
    heading = view.say("reasons.support_heading", pattern=title)
    return Reason(heading, says, pattern_of(result.pattern, view).means, tuple(dict.fromkeys(facts)), origin)


def _sums(leading: FindingResult, view: View) -> Iterator[Reason]:
    """The figures that the verdict rests on, each worked out."""
    formulas, measures = Formulas(view), view.rulebook.measures
    for name in leading.facts:
        node = view.rulebook.formulas.get(name)
        if node is not None and view.is_settled(name) and formulas.is_calculation(node):
            label, value = view.label(name), view.value(name)
            says = view.say("reasons.sum", label=label, calculation=formulas.written(node), result=value)
            origin = view.origin_of(sorted(view.known.rests_on(node)), measures[name].sources)
            yield Reason(label, says, measures[name].because or "", (), origin)


def _fallback(view: View) -> Iterator[Reason]:
    """What can always be said: what stands and what is open."""
    unit = view.unit
    in_place = sum(each.status == "in_place" for each in unit.preparations)
    says = view.say("reasons.prepared", number=in_place, all=len(unit.preparations))
    rules = [each for each in unit.findings if each.layer == "preparations"]
    standing = tuple(
        view.say("finding.fact", label=p.title, value=view.say(f"status.{p.status}")) for p in unit.preparations
    )
    why = view.say("reasons.prepared_why")
    yield Reason(view.say("reasons.prepared_heading"), says, why, standing, view.origin(*rules) if rules else None)
    if unit.open_questions:
        first = view.label(unit.open_questions[0].question)
        says = view.say("reasons.open", number=len(unit.open_questions), first=first)
        why = view.say("reasons.open_why")
        asked = tuple(view.label(each.question) for each in unit.open_questions[:MOST])
        yield Reason(view.say("reasons.open_heading"), says, why, asked, None)


def reasons_part(view: View, reasons: list[Reason]) -> list[Block]:
    """The three reasons with their figures, then the findings that are not among them."""
    blocks: list[Block] = [view.heading(view.say.count("reasons.heading", len(reasons)))]
    for number, each in enumerate(reasons, 1):
        blocks += _reason(number, each, view)
    taken = {rule for each in reasons for rule in each.rules}
    others = [each for each in view.findings("diagnosis", "patterns") if each.id not in taken and _is_plain(each, view)]
    items = tuple(view.told(others, lambda each: (view.says(each), each.because)))
    if items:
        blocks += [view.heading(view.say("reasons.others"), 1), Bullets(items)]
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
