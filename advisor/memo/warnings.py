"""Warnings, governance and neutral notices."""

from __future__ import annotations

from advisor.advice.model import FindingResult
from advisor.memo.blocks import Block, Bullets, Paragraph, Text
from advisor.memo.view import View


def warnings_part(view: View, shown: FindingResult | None) -> list[Block]:
    """The warnings that are not on the first page."""
    found = [each for each in view.findings("warnings", least="advice") if shown is None or each.id != shown.id]
    return _part(view, "warnings.heading", found)


def governance_part(view: View, shown: FindingResult | None) -> list[Block]:
    """What is found on how the freed time is governed beyond the first page, and how much of it nobody can say."""
    found = view.findings("governance")
    rules = [rule.id for rule in view.rulebook.rules.values() if rule.layer == "governance"]
    open_ = sum(view.known.evaluation.truth[rule] is None for rule in rules)
    if open_ == len(rules):
        why = view.say("governance.nothing_known_why", all=len(rules))
        return [view.heading(view.say("governance.nothing_known")), Paragraph(Text(why))]
    unknown = view.say.count("governance.unknown", open_, all=len(rules)) if open_ else ""
    left = [each for each in found if shown is None or each.id != shown.id]
    key = "governance.heading" if left == found else "governance.more"
    return _part(view, key, left, unknown) or [
        view.heading(view.say.count(key, 0) + unknown),
        Paragraph(Text(view.say("governance.checked", all=len(rules)))),
    ]


def notices_part(view: View) -> list[Block]:
    """Neutral notices: what neither warns nor advises."""
    found = [each for each in view.findings("warnings") if each.severity == "info"]
    return _part(view, "notices.heading", found)


def _part(view: View, key: str, findings: list[FindingResult], unknown: str = "") -> list[Block]:
    items = tuple(view.told(findings, lambda each: (view.says(each), each.because)))
    return [view.heading(view.say.count(key, len(items)) + unknown), Bullets(items)] if items else []
