"""The first page of a unit: situation, complication, question; answer, three reasons, warning, decision asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from advisor.advice.figures import GUESSED
from advisor.advice.model import FindingResult, OpenQuestion
from advisor.engines.outcomes import FIRST
from advisor.memo.answer import decision, named, result_of, rules_behind, sentence, use, verdict
from advisor.memo.blocks import Block, Bullets, Callout, Decision, Figure, KeyFigures, Kind, Origin, Paragraph, Text
from advisor.memo.reasons import Reason
from advisor.memo.view import View
from advisor.rulebook import SEVERITIES
from advisor.rulebook.model import PLACEHOLDER

_NAMED = 3
_SERIOUS = SEVERITIES.index("warning")


def opening(view: View) -> list[Block]:
    """Situation and complication."""
    blocks = [_situation(view), _with_lead(view, "complication", _complication(view), verdict_origin(view))]
    return [block for block in blocks if block.text.words]


def question(view: View) -> list[Block]:
    """The question that the memo answers."""
    text = view.rulebook.frame.memo.question
    return [_with_lead(view, "question", text)] if text else []


def _with_lead(view: View, key: str, words: str, origin: Origin | None = None) -> Paragraph:
    return Paragraph(Text(words, view.say(f"summary.{key}"), origin))


def _situation(view: View) -> Paragraph:
    groups = view.rulebook.frame.memo.situation
    chosen = [next((text for text in group if view.tells(text)), "") for group in groups]
    origin = view.origin_of_names(*(name for text in chosen for name in PLACEHOLDER.findall(text)))
    return _with_lead(view, "situation", view.fresh(*(view.filled(text) for text in chosen)), origin)


def _complication(view: View) -> str:
    leading = verdict(view)
    parts = [sentence(leading.complication, view)] if leading and leading.complication else []
    for status in ("missing", "not_assessed"):
        words = named(view, status)
        number = sum(each.status == status for each in view.unit.preparations)
        parts += [view.say.count(f"summary.{status}", number, preparations=words)] if words else []
    return view.fresh(*parts)


def summary(view: View, reasons: list[Reason], warning: FindingResult | None) -> list[Block]:
    """The page that stands alone."""
    blocks: list[Block] = [view.heading(view.say("summary.heading"))]
    answer = _answer(view)
    blocks += [Paragraph(answer)] if answer.words else []
    figures = _figures(view)
    blocks += [KeyFigures(figures)] if figures else []
    items = tuple(Text(words, origin=each.origin) for each in reasons if (words := view.fresh(each.says)))
    blocks += [Bullets(items, numbered=True)] if items else []
    blocks += _besides(view, [rule for each in reasons for rule in each.rules])
    return [*blocks, _warning(view, warning), _decision(view)]


def _besides(view: View, taken: list[str]) -> list[Block]:
    """What holds besides the answer: verdicts that come after it, and an erosion of which no reason speaks."""
    verdicts, erosion = _also(view), _erosion(view, taken)
    quoted = [view.say("word.quoted", words=title) for title in verdicts]
    parts = [view.say.count("summary.next", len(quoted), verdicts=view.say.listed(quoted))] if quoted else []
    parts += [view.say("summary.also", title=title) for title in erosion]
    if not parts:
        return []
    origin = view.origin_of_rules(*(rule for rules in (verdicts | erosion).values() for rule in rules))
    return [Paragraph(Text(" ".join(parts), view.say("summary.besides"), origin))]


def _also(view: View) -> dict[str, list[str]]:
    """The other verdicts that hold, by title, with the rules behind each."""
    rules, verdicts = view.rulebook.rules, view.rulebook.frame.verdicts
    behind = {
        name: [each.id for each in view.unit.findings if rules[each.id].verdict == name] for name in view.unit.also
    }
    return {each.title: behind[each.name] for each in verdicts if each.name in behind}


def _erosion(view: View, taken: list[str]) -> dict[str, list[str]]:
    """The erosion level with its rule, where it says that something is wrong and no reason says so."""
    rules, frame = view.rulebook.rules, view.rulebook.frame.erosion
    grave = [each for each in view.unit.findings if rules[each.id].level and _is_serious(each) and each.id not in taken]
    return {frame.titles.get(view.unit.erosion.level, each.title): [each.id] for each in grave[:1]}


def _is_serious(finding: FindingResult) -> bool:
    return SEVERITIES.index(finding.severity) >= _SERIOUS


def _answer(view: View) -> Text:
    """What the leading verdict says and why, the shares, how firm they are, and where the evidence is weak."""
    leading, rule = verdict(view), verdict_finding(view)
    parts = [_said(rule, view), rule.because] if rule else []
    if leading and leading.shares != "no":
        parts += _shares(view) + _firmness(view)
    elif rule and rule.provisional:
        parts += _deciding(view)
    if rule and not rule.provisional:
        parts += _before(view)
    weakest = view.unit.weakest_evidence
    parts += [view.say("summary.evidence", evidence=view.say(f"evidence.{weakest}"))] if weakest in GUESSED else []
    return Text(view.fresh(*parts), origin=verdict_origin(view))


def _said(rule: FindingResult, view: View) -> str:
    said = view.says(rule)
    return view.say("finding.so_far", says=said) if rule.provisional else said


def verdict_finding(view: View) -> FindingResult | None:
    """The finding that led to the leading verdict."""
    rules = view.rulebook.rules
    return next((each for each in view.unit.findings if rules[each.id].verdict == view.unit.verdict is not None), None)


def verdict_origin(view: View) -> Origin | None:
    """What the leading verdict rests on."""
    rule = verdict_finding(view)
    return view.origin(rule) if rule else None


def _shares(view: View) -> list[str]:
    shared = [each for name in view.unit.recommended if (each := result_of(name, view)).share_pct is not None]
    if not shared:
        return []
    parts = [
        view.say("summary.share", share=view.figure(each.share_pct), use=use(each.pattern, view)) for each in shared
    ]
    leading = verdict(view)
    key = "summary.shares" if leading and leading.shares == "yes" else "summary.shares_later"
    return [view.say(key, shares=view.say.listed(parts), reserve=view.figure(view.unit.reserve_pct))]


def _firmness(view: View) -> list[str]:
    if not view.unit.recommended:
        return []
    if view.unit.firm or (view.outlook and FIRST in view.outlook.settled):
        return [view.say("summary.firm")]
    turning = _turning(view)
    first = sorted(view.open_questions, key=lambda each: each.question not in turning)
    return [view.say("summary.provisional", questions=_named(first, view))]


def _before(view: View) -> list[str]:
    """The verdicts that open answers could still put before the leading one."""
    titles = {each.name: each.title for each in view.rulebook.frame.verdicts}
    before = [view.say("word.quoted", words=titles[name]) for name in view.unit.verdicts_before]
    return [view.say("summary.before", verdicts=view.say.listed(before))] if before else []


def _deciding(view: View) -> list[str]:
    """What to ask first, where the verdict is only that too little is known."""
    questions = view.open_questions
    return [view.say("summary.deciding", questions=_named(questions, view))] if questions else []


def _named(questions: list[OpenQuestion], view: View) -> str:
    return view.say.in_row([view.label(each.question) for each in questions[:_NAMED]])


def _turning(view: View) -> Collection[str]:
    """The questions on which the first use turns, or else whose answers could exclude what is recommended."""
    named = view.outlook.deciding.get(FIRST, ())[:_NAMED] if view.outlook else ()
    if named:
        return named
    chosen = [result_of(name, view) for name in view.unit.recommended]
    rules = [rule for each in chosen for rule in each.open_exclusions]
    return {question for rule in rules for question in view.known.waits_of_rule(rule, firm=True)}


def _figures(view: View) -> tuple[Figure, ...]:
    """The key figures, with one note: each of them rests on most of what the one before it rests on."""
    names = [name for name in view.rulebook.frame.capacity.values() if view.is_known(name)]
    together = view.origin_of_names(*names, why=view.say("summary.figures") if len(names) > 1 else "")
    origins = [view.origin_of_names(name) for name in names]
    return tuple(
        Figure(view.label(name), view.value(name), own and together and replace(own, words=together.words))
        for name, own in zip(names, origins, strict=True)
    )


def main_warning(view: View, taken: list[str]) -> FindingResult | None:
    """The gravest finding that is neither behind the answer nor told on its page; of equals a warning, and a firm one.

    `taken` are the rules told as reasons. Preparations and other verdicts have their own sentences.
    """
    rules, behind = view.rulebook.rules, rules_behind(view)
    levels = {rule.id for rule in rules.values() if rule.level}

    def weight(each: FindingResult) -> tuple[int, bool, bool]:
        return SEVERITIES.index(each.severity), each.layer == "warnings" or each.id in levels, not each.provisional

    grave = [
        each
        for each in view.unit.findings
        if _is_serious(each)
        and (each.id not in behind or each.id in levels)
        and not (rules[each.id].preparation or rules[each.id].verdict)
        and each.id not in taken
    ]
    return max(grave, key=weight, default=None)


def no_warning(view: View) -> str:
    """The key of the sentence that no warning is left: at all, or beyond the answer and what is told with it."""
    rules = view.rulebook.rules
    is_grave = any(_is_serious(each) and not rules[each.id].verdict for each in view.unit.findings)
    return "no_more_warning" if is_grave else "no_warning"


def _warning(view: View, finding: FindingResult | None) -> Callout:
    if finding is None:
        words = " ".join(part for part in (view.say(f"summary.{no_warning(view)}"), _unseen(view)) if part)
        return Callout("note", Text(words, view.say("summary.warning"), view.origin_of_indicators()))
    kind: Kind = "warning" if finding.severity == "warning" else "critical"
    lead, words = view.led(finding, view.says(finding), finding.because)
    lead = view.say(f"summary.warning_{finding.severity}", lead=lead)
    return Callout(kind, Text(words, lead, view.origin(finding)))


def _unseen(view: View) -> str:
    """How many indicators nobody knows: no warning is no all-clear."""
    group = view.rulebook.groups.get(view.rulebook.frame.erosion.red)
    blind, every = len(view.unit.erosion.blind), len(group.rules) if group else 0
    if blind == 0:
        return ""
    return (
        view.say("summary.unseen.all", all=every)
        if blind == every
        else view.say.count("summary.unseen", blind, all=every)
    )


def _decision(view: View) -> Decision:
    rule = verdict_finding(view)
    blank = view.say("word.to_be_named")
    role = rule.remedy.owner if rule and rule.remedy else ""
    whom = view.say("summary.role", role=role, name=blank) if role else blank
    fields = ((view.say("summary.by_whom"), whom), (view.say("summary.by_when"), blank))
    return Decision(Text(decision(view), view.say("summary.decision"), verdict_origin(view)), fields)
