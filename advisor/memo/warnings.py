"""Warnings, governance and neutral notices."""

from __future__ import annotations

from advisor.advice.model import FindingResult
from advisor.memo.blocks import Block, Bullets
from advisor.memo.view import View


def warnings_part(view: View, shown: FindingResult | None) -> list[Block]:
    """The warnings that are not on the first page."""
    found = [each for each in view.findings("warnings", least="advice") if shown is None or each.id != shown.id]
    return _part(view, "warnings.heading", found)


def governance_part(view: View) -> list[Block]:
    """What is found on how the freed time is governed."""
    return _part(view, "governance.heading", view.findings("governance"))


def notices_part(view: View) -> list[Block]:
    """Neutral notices: what neither warns nor advises."""
    found = [each for each in view.findings("warnings") if each.severity == "info"]
    return _part(view, "notices.heading", found)


def _part(view: View, key: str, findings: list[FindingResult]) -> list[Block]:
    items = tuple(view.told(findings, lambda each: (view.says(each), each.because)))
    if not items:
        return [view.heading(view.say.count(key, 0))] if view.say.has(f"{key}.none") else []
    return [view.heading(view.say.count(key, len(items))), Bullets(items)]
