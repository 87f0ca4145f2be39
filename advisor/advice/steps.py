"""The steps that an advice asks for: the remedies of its findings, each once, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.advice.model import FindingResult, UnitAdvice
from advisor.phrases import Phrases
from advisor.rulebook import SEVERITIES, Rulebook
from advisor.rulebook.model import Remedy


@dataclass(frozen=True, slots=True)
class MergedStep:
    """One step with the findings that ask for it; the shortest time counts.

    `about` is what the action is about, as many things as its findings name.
    """

    remedy: Remedy
    about: tuple[str, ...]
    findings: tuple[FindingResult, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that ask for it."""
        return tuple(each.id for each in self.findings)

    def said(self, say: Phrases) -> str:
        """The action with all that it is about; values are still to be filled in."""
        return self.remedy.said_of(say.listed(self.about))


def merged_steps(unit: UnitAdvice, rulebook: Rulebook) -> list[MergedStep]:
    """Each action once; remedies that differ only in what they are about are one."""
    merged: dict[str, list[FindingResult]] = {}
    for each in sorted(unit.findings, key=lambda each: -SEVERITIES.index(each.severity)):
        if each.remedy and _stands(each, unit, rulebook):
            merged.setdefault(_remedy(each, rulebook).action, []).append(each)
    return [_step(findings, rulebook) for findings in merged.values()]


def _stands(finding: FindingResult, unit: UnitAdvice, rulebook: Rulebook) -> bool:
    """Whether what a finding asks for is part of the advice: a verdict that neither leads nor holds besides is not."""
    named = rulebook.rules[finding.id].verdict
    return named is None or named == unit.verdict or named in unit.also


def _step(findings: list[FindingResult], rulebook: Rulebook) -> MergedStep:
    remedies = [_remedy(each, rulebook) for each in findings]
    about = tuple(dict.fromkeys(each.about for each in remedies if each.about))
    return MergedStep(min(remedies, key=lambda remedy: remedy.within_days), about, tuple(findings))


def _remedy(finding: FindingResult, rulebook: Rulebook) -> Remedy:
    remedy = rulebook.rules[finding.id].remedy
    assert remedy is not None
    return remedy
