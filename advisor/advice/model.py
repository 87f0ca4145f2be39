"""The advice as data: what `--format json` prints, by contract (design §5). Unknown is null."""

from __future__ import annotations

from typing import Any, Literal

from advisor.rulebook import Severity
from advisor.rulebook.field_types import part

Number = int | float
Role = Literal["manager", "staff", "data_owner"]
State = Literal["unknown", "not_asked", "range", "withheld"]
Status = Literal["missing", "partial", "in_place", "not_assessed"]


@part
class RulebookUsed:
    """Which rulebook was read, and the parameters that an overlay changed."""

    name: str
    version: str
    digest: str


@part
class MadeWith:
    """What made the advice: the same versions, rulebook, profile and language of the texts give the same bytes."""

    advisor: str
    engine: Literal["rete", "plain"]
    checked_by: Literal["rete", "plain"] | None
    note: str | None = None
    language: str
    rulebook: RulebookUsed


@part
class ProfileUsed:
    """Which profile was read; `date` is that of the engagement."""

    organisation: str
    digest: str
    date: str | None = None


@part
class TriedAnswer:
    """An answer on trial (`--set`), as it was typed: it stands in the result, not in the client's profile."""

    unit: str
    question: str
    value: str


@part
class TermResult:
    """One term of a score: points between `low` and `high` out of `weight`; null where it does not apply."""

    of: str
    label: str
    weight: Number
    low: Number | None
    high: Number | None
    facts: dict[str, Any]
    waits: list[str]


@part
class CapResult:
    """A rule that holds a score down, and at what."""

    rule: str
    at: Number
    open: bool = False


@part
class PatternResult:
    """One pattern: support (`low`) and what is still possible (`high`), 0 to 100; null where it cannot be assessed.

    `money_per_year` is the worth of the hours that it gets by `share_pct`; null where it gets none.
    """

    pattern: str
    title: str
    low: Number | None
    high: Number | None
    excluded_by: list[str]
    open_exclusions: list[str]
    share_pct: Number | None
    money_per_year: Number | None
    terms: list[TermResult]
    caps: list[CapResult]


@part
class PreparationResult:
    """One preparation: the lower of the manager's and the staff's view decides."""

    preparation: str
    title: str
    status: Status
    score: Number | None
    manager: Number | None
    staff: Number | None
    one_sided: bool
    provisional: bool
    rules: list[str]


@part
class ErosionResult:
    """The erosion level ("at least") and the rules behind it; `blind` are red indicators that nobody knows."""

    level: str
    provisional: bool
    structural: list[str]
    red: list[str]
    blind: list[str]


@part
class RemedyResult:
    """What is to be done, by whom and within how many days."""

    action: str
    owner: str
    within_days: int


@part
class FindingResult:
    """A rule that fired: what it says, on which facts, and the answers and sources behind it."""

    id: str
    code: str | None
    layer: str
    title: str
    provisional: bool
    severity: Severity
    says: str
    because: str
    facts: dict[str, Any]
    uses: list[str]
    rests_on: list[str]
    sources: list[str]
    remedy: RemedyResult | None


@part
class OpenQuestion:
    """A question without answer, and what waits for it: rules, and points of pattern scores.

    `withheld`: an answer of the unit's staff is not used, because so few people could be recognised by it.
    """

    question: str
    state: State
    who: str
    waits: list[str]
    points: dict[str, Number]


@part
class ChangedAnswer:
    """An answer that would be another; `unit` is that of the question."""

    question: str
    from_: Any
    to: Any
    unit: str


@part
class FlipResult:
    """Answers which, changed together, would turn the outcome `target` from `now` to `then`; tried with the engine."""

    target: str
    now: str
    then: str
    answers: list[ChangedAnswer]


@part
class VoiceView:
    """What one role says to a question, all its people together.

    `said`: a `value`, and of words how many of the staff said them where at least two did (`tally`). `divided`: nothing
    that they agree on. `withheld`: staff, so few that a person could be recognised; nothing of it is used or shown.
    """

    role: Role
    people: int
    standing: Literal["said", "divided", "withheld"]
    value: Any
    tally: dict[str, int] | None


@part
class VoicedQuestion:
    """A question that respondents answered: what each role says, and what counts.

    What was `recorded` prevails; otherwise the views of the roles in `behind` become one by the question's rule
    `combine` (`combined`). Nothing counts where they are `contradictory` or `withheld`, or where the rule admits none
    of those who spoke (`not_counted`). `differs`: the views, or what was recorded, are not all the same.
    """

    question: str
    combine: Literal["lowest", "highest", "data_owner_first", "mean_of_staff", "agree"]
    counts: Literal["combined", "recorded", "contradictory", "withheld", "not_counted"]
    value: Any
    behind: list[Role]
    differs: bool
    views: list[VoiceView]


@part
class ChangedOutcome:
    """An outcome that would be another."""

    outcome: str
    now: str
    then: str


@part
class VoiceAdvice:
    """What the advice would be if, on these `questions`, what `role` says counted alone.

    `changes` are the outcomes that would be others; null where its answers cannot be true beside the rest.
    """

    role: Role
    questions: list[str]
    changes: list[ChangedOutcome] | None


@part
class HeadlineShare:
    """A verdict, with the first pattern where hours are shared out under it, and how often it came out.

    `share_pct` is in per cent of the draws, null where none counts.
    """

    verdict: str
    first_pattern: str | None
    share_pct: Number | None


@part
class DriverResult:
    """An answer or a threshold that varied, and what it does to the headline of the advice.

    `low` and `high` are the ends of its range in its own `unit`; `basis` says where the range is from: stated in the
    profile, left by the evidence, plausible for the parameter. `explains_pct` is its first-order Sobol index,
    `at_low_pct` and `at_high_pct` are how often the headline stays while it is at the low and the high end.
    """

    name: str
    kind: Literal["answer", "threshold"]
    basis: Literal["stated", "evidence", "plausible"]
    unit: str
    low: Number
    high: Number
    explains_pct: Number
    at_low_pct: Number
    at_high_pct: Number


@part
class RobustnessResult:
    """How often the advice comes out as it does while inputs and thresholds vary within their ranges.

    `draws` are those that count; `contradicting` and `too_large` were left out. `answers` and `thresholds` say how
    many varied. `headline` is that of the advice, `headlines` are all that came out, the most frequent first,
    `outcomes` how often each word of each outcome did, in per cent of the draws. `drivers` are those that explain most,
    first. All are empty where it was `not_computed`, which says why.
    """

    says: str
    draws: int
    contradicting: int
    too_large: int
    answers: int
    thresholds: int
    headline: HeadlineShare
    headlines: list[HeadlineShare]
    outcomes: dict[str, dict[str, Number]]
    drivers: list[DriverResult]
    not_computed: str | None


@part
class EndsByTime:
    """A verdict, a use of the hours or a step that ends by itself, when answers that grow with the calendar have grown.

    `name` is that of the verdict or the pattern, or of the first rule that asks for the step. `on` is the first day on
    which it does not hold any more, or the date of the engagement where it has come to that already; null where neither
    the engagement nor the answers have a date. `answers` are those behind it as they are by then, in months.
    Where one of them is a range, `on` is the first day on which it is no longer certain that it holds.
    """

    kind: Literal["verdict", "pattern", "step"]
    name: str
    on: str | None
    answers: list[ChangedAnswer]


@part
class UnitAdvice:
    """The advice for one unit.

    `withheld` are the staff answers that were taken out, `notices` what a reader has to know about the answers used,
    `voices` the questions that respondents answered, and `by_voice` what the advice would be on the view of one role
    alone, for each that says otherwise than what counts.
    `verdicts_before` are those that open answers could still put before the leading verdict; `verdict_firm` says that
    there is none and that no open answer can withdraw it, `firm` that none can overturn the choice of patterns.
    `outlook` to `deciding_questions` are null where the outlook was not worked out; a brief one leaves undecided what
    takes longer. They say by outcome (`verdict`,
    `first_pattern`, `erosion`, `pattern.<name>`, `preparation.<name>`) what is proven whatever the open answers are,
    what some answers lead to, what could be neither shown nor excluded, and the open questions that change it, those
    that do so most often first. A settled outcome has no deciding questions. `flips` and `flips_searched` are null
    unless flips were asked for: for each outcome the smallest sets of changeable answers that would change it, and the
    size of the sets of which all were tried. `robustness` is null unless it was asked for. `ends_by_time` is what
    time alone ends while the advice stands, null where that was not worked out; `expires` is then the last day on which
    the advice stands, the day before time ends its verdict or a use where that is earlier than by the rulebook's days,
    and null where no day can be named. `answers` are those that were used, as `facts` of findings are written.
    """

    unit: str
    verdict: str | None
    verdict_title: str | None
    verdict_firm: bool
    verdicts_before: list[str]
    also: list[str]
    patterns: list[PatternResult]
    recommended: list[str]
    reserve_pct: Number | None
    firm: bool
    decided_by: str | None
    conditional_on: list[str]
    preparations: list[PreparationResult]
    erosion: ErosionResult
    findings: list[FindingResult]
    capacity: dict[str, Number | None]
    capacity_ranges: dict[str, list[Number | None]]
    money: dict[str, Number | None]
    open_questions: list[OpenQuestion]
    assumptions: list[str]
    withheld: list[str]
    notices: list[str]
    voices: list[VoicedQuestion]
    by_voice: list[VoiceAdvice]
    weakest_evidence: str | None
    outlook: Literal["brief", "full"] | None = None
    settled: dict[str, str] | None = None
    possible: dict[str, list[str]] | None = None
    undecided: dict[str, list[str]] | None = None
    deciding_questions: dict[str, list[str]] | None = None
    flips: list[FlipResult] | None = None
    flips_searched: dict[str, int] | None = None
    robustness: RobustnessResult | None = None
    expires: str | None = None
    ends_by_time: list[EndsByTime] | None = None
    answers: dict[str, Any] | None = None


def stands_firm(unit: UnitAdvice) -> bool:
    """Whether no open answer can overturn the verdict, nor the choice of patterns where hours are shared out."""
    return unit.verdict_firm and (unit.firm or unit.reserve_pct is None)


@part
class UnitHours:
    """Hours of one unit."""

    unit: str
    hours_per_day: Number


@part
class UnitGrowth:
    """Growing demand of one unit."""

    unit: str
    growth_pct: Number | None


@part
class AcrossUnits:
    """Where hours are free, where they come free later, and where demand grows; units are never averaged.

    `held` are the units among the `free` ones whose answer lets no hours move yet; `unsure` are units whose free hours
    are known as a range only, and may be none; `later` are forecasts of steps that are not yet in use, and never a part
    of what is free.
    """

    free: list[UnitHours]
    held: list[str]
    unsure: list[str]
    later: list[UnitHours]
    growing: list[UnitGrowth]


@part
class AdviceDocument:
    """The advice on one profile."""

    advisor_advice: Literal[1] = 1
    made_with: MadeWith
    overridden: list[str]
    profile: ProfileUsed
    tried: list[TriedAnswer]
    units: list[UnitAdvice]
    across_units: AcrossUnits
