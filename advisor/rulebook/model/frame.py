"""The rulebook's own head: what there is to choose from, how it is chosen, and how answers are taken."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from advisor.rulebook.field_types import Text, Version, Word, part
from advisor.rulebook.model.questions import Question

Evidence = Literal["measured", "documented", "stated", "estimated", "inferred"]
"""What an answer is known from, from the strongest to the weakest."""


@part
class Pattern:
    """A way of using the freed time.

    `worth` names what it would be worth a year with all the hours, `worth_if` says beside a part of it on what that
    hangs, and `assumes` what it takes for granted and which way it may be off.
    """

    name: Word
    title: Text
    means: Text
    use: Text | None = None
    worth: Word | None = None
    worth_if: Text | None = None
    assumes: Text | None = None


@part
class FirstPlace:
    """The finding under which a pattern comes first."""

    pattern: Word
    when: Word
    says: Text


@part
class Selection:
    """The parameters that steer the selection, the measure of the hours that are shared out, who comes first when."""

    floor: Word
    mix_window: Word
    tie_window: Word
    reach: Word
    share_step: Word
    reserve: Word
    hours: Word
    first: FirstPlace | None = None


@part
class Preparation:
    """What managers have to put in place, and the measures that score it."""

    name: Word
    title: Text
    word: Text | None = None
    question: Text
    score: Word
    manager_view: Word
    staff_view: Word


@part
class Headline:
    """The answer in one sentence: firm, open to be overturned, or without a pattern."""

    firm: Text
    provisional: Text | None = None
    open: Text | None = None


@part
class Across:
    """What a unit does, after its name, in a sentence on several units; `many` follows their number."""

    one: Text
    many: Text | None = None


@part
class Verdict:
    """One answer; the last four fields are its sentences in the memo.

    With `offers_hours` hours are offered to others, though no use in the unit gets a share.
    """

    name: Word
    title: Text
    shares: Literal["yes", "later", "no"]
    only_alone: bool = False
    offers_hours: bool = False
    headline: Headline | None = None
    across: Across | None = None
    complication: Text | None = None
    decision: Text | None = None

    @property
    def moves_hours(self) -> bool:
        """Whether free hours may be put to another use now; under every other answer they are held back."""
        return self.shares == "yes" or self.offers_hours


@part
class Erosion:
    """The erosion levels, strongest first, and the indicator groups behind them.

    `not_before` is the finding under which none can show yet.
    """

    levels: tuple[Word, ...]
    titles: dict[Word, Text] = field(default_factory=dict)
    structural: Word
    red: Word
    not_before: Word | None = None


@part
class AcrossUnits:
    """The names that are compared across units; `later_hours` are those of steps that are not yet in use."""

    free_hours: Word
    later_hours: Word
    growing_when: Word
    growth: Word


@part
class MemoTexts:
    """Domain sentences of the memo; of each group in `situation` the first whose values are all known.

    `valid_for` names the parameter that says for how many days an advice stands, `first_steps` the one that says with
    how many steps to begin.
    """

    question: Text | None = None
    situation: tuple[tuple[Text, ...], ...] = ()
    caveats: tuple[Text, ...] = ()
    valid_for: Word | None = None
    first_steps: Word | None = None


@part
class StaffAnswers:
    """When staff answers are withheld: fewer than `minimum` respondents or people in the team.

    `note` says of one answer that it is withheld, `notice` of a unit that some are, and `unsure` that staff answers
    are used although neither number is stated. The texts may name parameters.
    """

    respondents: Word
    team: Word
    minimum: Word
    note: Text
    notice: Text
    unsure: Text


@part
class Voices:
    """How voices are told apart: `majority` is the parameter with the share of people who speak for all of their role.

    `contradictory` says of one answer that the voices contradict each other, so that it counts as unknown.
    """

    majority: Word
    contradictory: Text


@part
class Spread:
    """How far the truth may lie from an answer that states no range: of the `questions` named and of those in `units`.

    `by` names the parameter for each kind of evidence; where there is none, the answer stays as it is. The parameter
    holds per cent `of` the value, or of how far the value is from the nearer of its bounds (a share from 0 or 100 %),
    or it is in the question's own unit. With `whole` only whole numbers are meant.
    """

    name: Word
    units: tuple[str, ...] = ()
    questions: tuple[Word, ...] = ()
    of: Literal["value", "nearer_bound", "unit"]
    whole: bool = False
    by: dict[Evidence, Word]


@part
class Robustness:
    """How far inputs vary where it is asked how robust an advice is; the first spread that fits a question counts."""

    spreads: tuple[Spread, ...]

    def spread_of(self, question: Question) -> Spread | None:
        """The spread of a question."""
        fits = (each for each in self.spreads if question.name in each.questions or question.unit in each.units)
        return next(fits, None)


@part
class Frame:
    """The rulebook's own head: what there is to choose from, in which order.

    `earliest_year` names the parameter before which a date in a profile is doubted.
    """

    name: str
    title: Text
    version: Version
    earliest_year: Word | None = None
    patterns: tuple[Pattern, ...]
    selection: Selection
    preparations: tuple[Preparation, ...]
    verdicts: tuple[Verdict, ...]
    erosion: Erosion
    capacity: dict[Word, Word]
    units: dict[str, str] = field(default_factory=dict)
    across_units: AcrossUnits
    staff_answers: StaffAnswers | None = None
    voices: Voices | None = None
    robustness: Robustness | None = None
    memo: MemoTexts = MemoTexts()
