"""From a profile and a rulebook to the advice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from advisor.advice.assumptions import assumptions, weakest_evidence
from advisor.advice.earlier import earlier_notices
from advisor.advice.figures import Figures
from advisor.advice.findings import fired_findings, open_questions
from advisor.advice.model import (
    AcrossUnits,
    AdviceDocument,
    MadeWith,
    Number,
    ProfileUsed,
    RulebookUsed,
    TriedAnswer,
    UnitAdvice,
    UnitGrowth,
    UnitHours,
)
from advisor.advice.numbers import as_json, end, point
from advisor.advice.patterns import pattern_results
from advisor.advice.preparations import erosion_result, preparation_results
from advisor.advice.verdicts import is_firm, verdicts, verdicts_before
from advisor.advice.voices import Evaluate, said_by_one, voiced_questions
from advisor.advice.waits import Dependencies
from advisor.advice.withheld import Shareable, UsedUnit, shareable, staff_notices
from advisor.engines.checked import CheckedEngine, EngineName
from advisor.engines.outcomes import moving_verdicts, shown_shares
from advisor.language.trace import is_settled
from advisor.language.values import is_known_fact
from advisor.phrases import phrases_in
from advisor.profile import Profile, Unit
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook
from advisor.rulebook.field_types import written_name
from advisor.rulebook.model import NOT_ASSESSED
from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.advice.ageing import Ending
    from advisor.advice.flips import Flipper, Flips
    from advisor.advice.outlook import Allowance, Forecaster, Outlook
    from advisor.advice.tripwires import Watched, Watcher
    from advisor.robustness.readings import Readings


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice on one profile, with everything that documents and explanations are written from.

    `profile` holds the answers that count, without respondents and without what could be traced to a person; `used`
    tells for each unit how they came about.
    """

    document: AdviceDocument
    profile: Profile
    rulebook: Rulebook
    units: tuple[Dependencies, ...]
    used: tuple[UsedUnit, ...]
    outlooks: tuple[Outlook, ...] = ()
    """One for each unit where outlooks were asked for."""
    flips: tuple[tuple[Flips, ...], ...] = ()
    """For each unit what would change its outcomes, those that were asked for."""
    watched: tuple[tuple[Watched, ...], ...] = ()
    """For each unit what is advised with the answers that break it, where that was asked for."""
    endings: tuple[tuple[Ending, ...], ...] | None = None
    """For each unit what time alone ends, where that was asked for."""

    def to_json(self) -> str:
        """The contract of the JSON result; the same bytes on every run."""
        return json.dumps(asdict(self.document, dict_factory=_as_written), indent=2, ensure_ascii=False) + "\n"


def _as_written(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {written_name(name): value for name, value in fields}


class Adviser:
    """Advises on any number of profiles with one rulebook; compiling the rulebook is done once."""

    def __init__(self, rulebook: Rulebook, engine: EngineName = "rete") -> None:
        self.rulebook = rulebook
        self._engine = CheckedEngine(rulebook, engine)

    @property
    def engine(self) -> CheckedEngine:
        """What evaluates a unit, checked by the second engine."""
        return self._engine

    def advise(self, profile: Profile) -> Advice:
        """Evaluate every unit, check it with the second engine, and put the findings together."""
        return self.advise_on(shareable(profile, self.rulebook))

    def advise_on(self, shared: Shareable) -> Advice:
        """The same where only the answers that count are left."""
        profile = shared.profile
        known = tuple(
            Dependencies(self.rulebook, self._engine.evaluate(facts_of(unit, self.rulebook))) for unit in profile.units
        )
        units = [
            unit_advice(each, used, profile, self._engine.evaluate)
            for each, used in zip(known, shared.units, strict=True)
        ]
        document = AdviceDocument(
            made_with=self._made_with(),
            overridden=list(self.rulebook.overridden),
            profile=_used(shared),
            tried=_tried(profile),
            units=units,
            across_units=_across(self.rulebook, units, known),
        )
        return Advice(document, profile, self.rulebook, known, shared.units)

    def with_outlook(self, advice: Advice) -> Advice:
        """The same advice with what is settled and what is still possible; takes seconds where much is open."""
        from advisor.advice.outlook import with_outlooks

        outlooks = tuple(
            self._forecaster.outlook(facts_of(unit, self.rulebook), unit.unknown) for unit in advice.profile.units
        )
        return replace(advice, document=with_outlooks(advice.document, outlooks), outlooks=outlooks)

    def with_brief_outlook(self, advice: Advice, allowance: Allowance) -> Advice:
        """The same as far as a fixed amount of work goes, which all advice with one `allowance` shares.

        Without the solver nothing is added: what cannot be settled is not worth the wait.
        """
        from advisor.advice.outlook import with_outlooks
        from advisor.engines.proof import is_available

        if not is_available():
            return advice
        outlooks = tuple(
            self._forecaster.brief_outlook(facts_of(unit, self.rulebook), known.evaluation, allowance, unit.unknown)
            for unit, known in zip(advice.profile.units, advice.units, strict=True)
        )
        return replace(advice, document=with_outlooks(advice.document, outlooks), outlooks=outlooks)

    @cached_property
    def _forecaster(self) -> Forecaster:
        from advisor.advice.outlook import Forecaster

        return Forecaster(self.rulebook, self._engine)

    def with_flips(self, advice: Advice, outcomes: Sequence[str] | None = None) -> Advice:
        """The same advice with the few changed answers that would turn each of `outcomes`, or every outcome there is.

        Every outcome takes seconds where much is answered.
        """
        from advisor.advice.flips_result import with_flips

        raw = [facts_of(unit, self.rulebook) for unit in advice.profile.units]
        flips = tuple(self._flipper.of_outcomes(facts, outcomes) for facts in raw)
        return replace(advice, document=with_flips(advice.document, flips, self.rulebook), flips=flips)

    @cached_property
    def _flipper(self) -> Flipper:
        from advisor.advice.flips import Flipper

        return Flipper(self.rulebook, self._engine)

    def with_robustness(self, advice: Advice) -> Advice:
        """The same advice with how robust it is; takes a second for each unit.

        Raises `InvalidInput` where the extra `robust` is not installed.
        """
        from advisor.advice.robustness_result import with_robustness

        document = with_robustness(advice.document, advice.profile.units, advice.units, self._readings)
        return replace(advice, document=document)

    @cached_property
    def _readings(self) -> Readings:
        from advisor.advice.robustness_result import readings_of

        return readings_of(self.rulebook)

    def with_expiry(self, advice: Advice) -> Advice:
        """The same advice with what time alone ends, and until when it stands."""
        from advisor.advice.ageing import Ageing
        from advisor.advice.ageing_result import with_endings

        if advice.endings is not None:
            return advice
        ageing, today = Ageing(self.rulebook, self._engine), advice.profile.engagement.date
        units = zip(advice.profile.units, advice.document.units, advice.units, strict=True)
        endings = tuple(ageing.endings(*unit, today) for unit in units)
        return replace(advice, document=with_endings(advice.document, endings, today, self.rulebook), endings=endings)

    def with_tripwires(self, advice: Advice) -> Advice:
        """The same advice with the answers that break each recommendation, and what `with_expiry` adds.

        Takes seconds where much is answered.
        """
        advice = self.with_expiry(advice)
        pairs = zip(advice.profile.units, advice.document.units, strict=True)
        return replace(advice, watched=tuple(self._watcher.watched(unit, advised) for unit, advised in pairs))

    @cached_property
    def _watcher(self) -> Watcher:
        from advisor.advice.tripwires import Watcher

        return Watcher(self.rulebook, self._engine)

    def _made_with(self) -> MadeWith:
        frame = self.rulebook.frame
        used = RulebookUsed(name=frame.name, version=frame.version, digest=self.rulebook.digest)
        engine, alone = self._engine, self._engine.alone
        note = phrases_in(self.rulebook.spoken)(f"engine.{alone.why}", detail=alone.detail) if alone else None
        return MadeWith(
            advisor=__version__,
            engine=engine.name,
            checked_by=engine.checked_by,
            note=note,
            language=self.rulebook.spoken,
            rulebook=used,
        )


def advise(profile: Profile, rulebook: Rulebook, engine: EngineName = "rete") -> Advice:
    """The advice on one profile."""
    return Adviser(rulebook, engine).advise(profile)


def unit_advice(known: Dependencies, used: UsedUnit, profile: Profile, evaluate: Evaluate) -> UnitAdvice:
    """The advice for one unit from its evaluation; other facts are evaluated where voices differ."""
    currency = profile.organisation.currency
    figures = Figures(known, used.unit, currency)
    still_open = open_questions(known, used.unit, used.withheld)
    earlier = earlier_notices(used.unit, profile.questionnaire, still_open, known.rulebook)
    selection = known.evaluation.selection
    verdict, also = verdicts(known)
    given_verdicts = [each.name for each in (verdict, *also) if each]
    preparations = preparation_results(known)
    shares = verdict is not None and bool(shown_shares(known.rulebook, verdict.name, selection))
    patterns = pattern_results(known, with_shares=shares)
    erosion = erosion_result(known)
    open_preparations = [each.preparation for each in preparations if each.status == NOT_ASSESSED]
    return UnitAdvice(
        unit=used.unit.name,
        verdict=verdict.name if verdict else None,
        verdict_title=verdict.title if verdict else None,
        verdict_firm=is_firm(verdict, known),
        verdicts_before=verdicts_before(verdict, known),
        also=[each.name for each in also],
        patterns=patterns,
        recommended=list(selection.recommended),
        reserve_pct=selection.reserve if shares else None,
        firm=selection.firm,
        decided_by=selection.decided_by or None,
        conditional_on=open_preparations if verdict and verdict.shares == "yes" else [],
        preparations=preparations,
        erosion=erosion,
        findings=fired_findings(known, preparations, erosion.level, given_verdicts, figures),
        capacity={key: _point(known, name) for key, name in known.rulebook.frame.capacity.items()},
        capacity_ranges=_ranges(known),
        money={each.pattern: each.money_per_year for each in patterns},
        open_questions=still_open,
        assumptions=assumptions(known, currency),
        withheld=list(used.withheld),
        notices=[*staff_notices(used.staff, known.rulebook), *earlier],
        voices=voiced_questions(used.voices, known.rulebook),
        by_voice=said_by_one(used, known, evaluate),
        weakest_evidence=weakest_evidence(known, used.unit),
        answers=_answers(known, used.unit),
    )


def _answers(known: Dependencies, unit: Unit) -> dict[str, object]:
    """The answers of a unit in the order of the questionnaire; what nobody knows is left out."""
    facts, rulebook = facts_of(unit, known.rulebook), known.rulebook
    told = {name: as_json(facts[name], rulebook.scope[name]) for name in rulebook.asked if name in unit.answers}
    return {name: value for name, value in told.items() if value is not None}


def _used(shared: Shareable) -> ProfileUsed:
    day = shared.profile.engagement.date
    name = shared.profile.organisation.name
    return ProfileUsed(organisation=name, digest=shared.digest, date=None if day is None else day.isoformat())


def _tried(profile: Profile) -> list[TriedAnswer]:
    return [
        TriedAnswer(unit=unit.name, question=name, value=answer.tried)
        for unit in profile.units
        for name, answer in unit.answers.items()
        if answer.tried is not None
    ]


def _point(known: Dependencies, name: str) -> Number | None:
    return point(known.evaluation.facts[name], known.rulebook.scope[name].scale)


def _ranges(known: Dependencies) -> dict[str, list[Number | None]]:
    """Low and high of the capacity figures that are known as a range only."""
    ranges = {}
    for key, name in known.rulebook.frame.capacity.items():
        low, high = known.evaluation.facts[name]
        scale = known.rulebook.scope[name].scale
        ends = [end(low, scale), end(high, scale)]
        if low < high and ends != [None, None]:
            ranges[key] = ends
    return ranges


def _across(rulebook: Rulebook, units: Sequence[UnitAdvice], known: Sequence[Dependencies]) -> AcrossUnits:
    names = rulebook.frame.across_units
    growing = [
        UnitGrowth(unit=unit.unit, growth_pct=_point(each, names.growth))
        for unit, each in zip(units, known, strict=True)
        if each.evaluation.facts[names.growing_when] is True
    ]
    free, later = (_hours(name, units, known) for name in (names.free_hours, names.later_hours))
    waiting = {unit.unit for unit in units if unit.verdict not in moving_verdicts(rulebook)}
    held = [each.unit for each in free if each.unit in waiting]
    hours = zip(units, (each.evaluation.facts[names.free_hours] for each in known), strict=True)
    unsure = [unit.unit for unit, fact in hours if is_known_fact(fact) and not is_settled(fact)]
    return AcrossUnits(free=free, held=held, unsure=unsure, later=later, growing=growing)


def _hours(name: str, units: Iterable[UnitAdvice], known: Iterable[Dependencies]) -> list[UnitHours]:
    """The units with a known number of such hours."""
    found = ((unit.unit, _point(each, name)) for unit, each in zip(units, known, strict=True))
    return [UnitHours(unit=unit, hours_per_day=hours) for unit, hours in found if hours]
