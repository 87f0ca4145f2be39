"""The rulebook, read and checked: what every other part of the program works from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from advisor.language import Fact, Node, Signature, names_in
from advisor.rulebook.cache import fingerprint, kept
from advisor.rulebook.constraint import Constraint
from advisor.rulebook.languages import Language, spoken
from advisor.rulebook.model import PREPARATION_STATUSES, Parameter, PreparationStatus, Question, Rule
from advisor.rulebook.plan import FindingStep, GroupStep, MeasureStep, QuestionStep, RuleStep, SelectionStep, Step
from advisor.rulebook.sheet import Contents


@dataclass(frozen=True, eq=False)
class Rulebook(Contents):
    """One immutable rulebook. `steps` is the order of evaluation.

    `assumed` are the names whose value differs between the two readings (see docs/rulebook.md): what rests on
    `default`, `known` or `mean_of_known`, directly or through other names. `overridden` are the parameters that an
    overlay changed, `replaced` those as they were before. `constraints` are the checks between answers, `never` the
    conditions of invariants, `languages` the texts in other languages, by code, and `spoken` the code of the language
    that its texts are in. `translated` is the rulebook that this one was translated from.
    """

    constraints: tuple[Constraint, ...]
    steps: tuple[Step, ...]
    terms: Mapping[str, tuple[Node, ...]]
    never: Mapping[str, Node]
    assumed: frozenset[str]
    overridden: tuple[str, ...]
    replaced: Mapping[str, Parameter]
    digest: str
    languages: Mapping[str, Language]
    fingerprint: str = ""
    spoken: str = "en"
    translated: Rulebook | None = None

    @classmethod
    def load(cls, folder: Path | None = None, overlays: Iterable[Path] = ()) -> Rulebook:
        """Read the rulebook in `folder` (the shipped one if None) with `overlays` laid over it, in order.

        What was made from the shipped one is kept for the next time (see `advisor.rulebook.cache`).
        Raises `InvalidInput` with every problem that was found.
        """
        overlays = tuple(overlays)
        if folder is not None:
            return _loaded(folder, overlays)
        folder = shipped_folder()
        key = fingerprint((folder, *overlays))
        return kept(f"rulebook-{key}", lambda: replace(_loaded(folder, overlays), fingerprint=key))

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        """The questions that somebody is asked: all but the table that is drawn from the respondents."""
        return {name: question for name, question in self.questions.items() if question.is_asked}

    @cached_property
    def drawn(self) -> Question | None:
        """The table that is drawn from the respondents, if there is one."""
        return next((question for question in self.questions.values() if not question.is_asked), None)

    @cached_property
    def conditions(self) -> Mapping[str, Node]:
        """The condition of each rule."""
        return {step.rule: step.condition for step in self.steps if isinstance(step, RuleStep)}

    @cached_property
    def names_of_conditions(self) -> Mapping[str, Mapping[str, Signature]]:
        """The names that the condition of each rule mentions."""
        return {rule: names_in(condition) for rule, condition in self.conditions.items()}

    @cached_property
    def formulas(self) -> Mapping[str, Node]:
        """The formula of each measure."""
        return {step.name: step.formula for step in self.steps if isinstance(step, MeasureStep)}

    @cached_property
    def question_steps(self) -> Mapping[str, QuestionStep]:
        """What follows for each question that is not answered."""
        return {step.name: step for step in self.steps if isinstance(step, QuestionStep)}

    @cached_property
    def findings(self) -> Mapping[str, tuple[str, ...]]:
        """The rules that conclude each finding."""
        return {step.name: step.rules for step in self.steps if isinstance(step, FindingStep)}

    @cached_property
    def groups(self) -> Mapping[str, GroupStep]:
        """The indicator groups."""
        return {step.group: step for step in self.steps if isinstance(step, GroupStep)}

    @cached_property
    def preparing(self) -> Mapping[str, Mapping[PreparationStatus, tuple[str, ...]]]:
        """For each preparation the rules that give it a status, in the order in which statuses are tried."""
        given = [(rule.id, rule.preparation) for rule in self.rules.values() if rule.preparation]
        return {
            preparation.name: {
                status: tuple(rule for rule, on in given if (on.name, on.status) == (preparation.name, status))
                for status in PREPARATION_STATUSES
            }
            for preparation in self.frame.preparations
        }

    @cached_property
    def before_selection(self) -> tuple[Step, ...]:
        """The steps that the choice of patterns rests on, or that stand before it."""
        return self.steps[: self._selection_place]

    @cached_property
    def after_selection(self) -> tuple[Step, ...]:
        """The steps that may read the choice of patterns."""
        return self.steps[self._selection_place + 1 :]

    @cached_property
    def impossible(self) -> tuple[Constraint, ...]:
        """What no valid profile says."""
        return tuple(each for each in self.constraints if each.check.severity == "error")

    def permits(self, facts: Mapping[str, Fact]) -> bool:
        """Whether the answers of a unit can be true together, as far as the checks tell."""
        return not any(each.is_broken(facts) for each in self.impossible)

    @cached_property
    def _selection_place(self) -> int:
        return next(place for place, step in enumerate(self.steps) if isinstance(step, SelectionStep))

    def in_language(self, code: str) -> Rulebook:
        """The same rulebook with its texts in one of `languages`; what that one lacks stays as it is."""
        return spoken(self.as_written, code)

    @property
    def as_written(self) -> Rulebook:
        """The same rulebook with the texts that stand in its files."""
        return self.translated or self

    def rules_in_order(self) -> list[Rule]:
        """All rules, by layer and then in the order of the files."""
        return list(self.rules.values())


def _loaded(folder: Path, overlays: tuple[Path, ...]) -> Rulebook:
    from advisor.rulebook.load import load

    return load(folder, overlays)


def shipped_folder() -> Path:
    """The folder of the shipped rulebook: in a wheel inside the package, in a checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped_rules"
    return inside if inside.is_dir() else package.parent / "rules"
