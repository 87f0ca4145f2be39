"""The rulebook as the program reads it: one immutable, typed value.

Every field is described for authors in ``docs/rulebook.md``. Formulas stay texts here; `advisor.rulebook.rulebook`
holds them parsed and checked.
"""

from __future__ import annotations

import re
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Literal

from advisor.rulebook.field_types import NOT_EMPTY, ClaimId, Days, Decimals, RuleId, Text, Value, Version, Word, part

Layer = Literal["diagnosis", "patterns", "preparations", "warnings", "governance", "verdict"]
LAYERS: tuple[Layer, ...] = ("diagnosis", "patterns", "preparations", "warnings", "governance", "verdict")
Severity = Literal["info", "advice", "warning", "critical", "stop"]
SEVERITIES: tuple[Severity, ...] = ("info", "advice", "warning", "critical", "stop")
PreparationStatus = Literal["missing", "in_place", "partial"]
PREPARATION_STATUSES: tuple[PreparationStatus, ...] = ("missing", "in_place", "partial")
"""In the order in which they are tried: the first with a rule that holds is the status."""
NOT_ASSESSED: Literal["not_assessed"] = "not_assessed"
"""The status of a preparation, and the level of erosion, where no rule holds."""
JUDGEMENT = "judgement"
"""What an entry cites where its author vouches for it alone."""
Respondent = Literal["manager", "staff", "data_owner"]
DRAWN: Literal["respondents"] = "respondents"
"""In the place of who is asked: nobody is, the table is drawn from what the respondents say."""
Evidence = Literal["measured", "documented", "stated", "estimated", "inferred"]
"""What an answer is known from, from the strongest to the weakest."""
Combination = Literal["lowest", "highest", "data_owner_first", "mean_of_staff", "agree"]
COMBINATIONS: dict[str, Combination] = {"manager": "agree", "data_owner": "data_owner_first", "staff": "mean_of_staff"}
"""How several voices on a question become one where the question does not say, by who is asked."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""A name in a text, in whose place its value is shown."""


@part
class Parameter:
    """A threshold, weight or default: its value, unit, status and source.

    `assumes` names what the value stands for where a figure takes it because nobody answered: a listed assumption.
    """

    name: Word
    value: Value
    unit: str
    status: Literal["published", "judgement", "article", "definition"]
    sources: tuple[str, ...] = ()
    plausible: tuple[Decimal, Decimal] | None = None
    why: Text
    assumes: Text | None = None


@part
class Choice:
    """One of the answers that a question offers; `was` are its values in earlier versions."""

    value: Word
    label: Text
    was: tuple[Word, ...] = ()


@part
class Column:
    """A column of a table; `was` are its names in earlier versions."""

    name: Word
    label: Text
    type: Literal["number", "yes_no", "choice", "text"]
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: Decimals = 2
    choices: tuple[Choice, ...] = ()
    was: tuple[Word, ...] = ()


@part
class Section:
    """A part of the questionnaire."""

    name: Word
    title: Text


@part
class Revision:
    """What is otherwise about a question from `version` on; answers of before stand, or have to be given again."""

    version: Version
    says: Text
    old_answers: Literal["stand", "ask_again"] = "stand"


@part
class Question:
    """What is asked: wording, who knows it, which answers are valid, how those of several voices become one.

    `since` is the version of the rulebook in which it is first asked (None: from the first one on), `was` are its names
    in earlier versions, `changed` is what has been asked otherwise.
    """

    name: Word
    section: Word
    label: Text | None = None
    ask: Text
    help: Text
    who: Respondent | Literal["respondents"]
    combine: Combination | None = None
    type: Literal["number", "yes_no", "choice", "choices", "table"]
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: Decimals = 2
    step: Decimal | None = None
    changeable: bool = False
    signed: bool = False
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    applies_when: Text | None = None
    follows_from: Text | None = None
    explains: Word | None = None
    since: Version | None = None
    was: tuple[Word, ...] = ()
    changed: tuple[Revision, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether somebody is asked it; otherwise it is the table that is drawn from the respondents."""
        return self.who != DRAWN

    @property
    def combined_by(self) -> Combination:
        """How several voices become one answer."""
        return self.combine or COMBINATIONS.get(self.who, "agree")


@part
class Removed:
    """A question that is not asked any more from `version` on; `was` are the names that it had before its last one."""

    name: Word
    label: Text | None = None
    version: Version
    why: Text
    was: tuple[Word, ...] = ()


@part
class Check:
    """What answers must not say: `error` refuses the profile, `hint` asks to look again.

    With `of_unit` it holds for each question of that unit, which the check calls `answer`.
    """

    id: RuleId
    when: Text
    severity: Literal["error", "hint"]
    of_unit: str | None = None
    says: Text
    remedy: Text


@part
class Measure:
    """What is computed from answers."""

    name: Word
    label: Text
    type: Literal["number", "yes_no", "text"] = "number"
    unit: str = ""
    decimals: Decimals = 2
    signed: bool = False
    formula: Text
    because: Text | None = None
    code: str | None = None
    sources: tuple[str, ...] = ()


@part
class Term:
    """A weighted part of a score."""

    label: Text
    weight: Word
    of: Text
    decimals: Decimals = 2
    sources: tuple[str, ...] = ()


@part
class Score:
    """The score of one pattern."""

    pattern: Word
    terms: Annotated[tuple[Term, ...], NOT_EMPTY]


@part
class Cap:
    """A pattern's score is at most the parameter `at`."""

    pattern: Word
    at: Word


@part
class StatusConclusion:
    """A rule's word on a preparation."""

    name: Word
    status: PreparationStatus


@part
class Indicator:
    """A rule that is counted in a group, and the quantity it looks at."""

    group: Word
    of: Word


@part
class Remedy:
    """What is to be done, by whom, within how many days.

    `about` stands for `{about}` in the action; remedies that differ in nothing else are one step for a reader.
    """

    action: Text
    owner: Text
    within_days: Days
    about: Text | None = None

    def said_of(self, about: str) -> str:
        """The action with what it is about put in."""
        return self.action.replace("{about}", about)


@part
class Rule:
    """A condition and what follows where it is certainly true."""

    id: RuleId
    layer: Layer
    title: Text
    when: Text
    code: str | None = None
    concludes: Word | None = None
    excludes: tuple[Word, ...] = ()
    caps: Cap | None = None
    verdict: Word | None = None
    preparation: StatusConclusion | None = None
    level: Word | None = None
    indicator: Indicator | None = None
    severity: Severity
    says: Text
    because: Text
    limits: Text | None = None
    remedy: Remedy | None = None
    sources: Annotated[tuple[str, ...], NOT_EMPTY]


@part
class Source:
    """A publication and how it was seen. `quote` says how it may be quoted; without it, in other words only."""

    id: str
    title: Text
    where: Text
    who: Text | None = None
    when: Text | None = None
    seen: Literal["at the source", "second-hand", "from memory"]
    quote: Text | None = None
    note: Text | None = None


@part
class Claim:
    """A statement of a source article, in our words."""

    id: ClaimId
    source: str
    says: Text
    kind: Literal["fact", "observation", "mechanism", "norm", "question", "context"]


@part
class Pattern:
    """A way of using the freed time.

    `worth` names what it would be worth a year with all the hours, `assumes` says what that takes for granted.
    """

    name: Word
    title: Text
    means: Text
    use: Text | None = None
    worth: Word | None = None
    assumes: Text | None = None


@part
class FirstPlace:
    """The finding under which a pattern comes first."""

    pattern: Word
    when: Word
    says: Text


@part
class Selection:
    """Names of the parameters that steer the selection, and who takes first place when."""

    floor: Word
    mix_window: Word
    tie_window: Word
    reach: Word
    share_step: Word
    reserve: Word
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
    """One answer; the last four fields are its sentences in the memo."""

    name: Word
    title: Text
    shares: Literal["yes", "later", "no"]
    only_alone: bool = False
    headline: Headline | None = None
    across: Across | None = None
    complication: Text | None = None
    decision: Text | None = None


@part
class Erosion:
    """The erosion levels, strongest first, and the indicator groups behind them."""

    levels: tuple[Word, ...]
    titles: dict[Word, Text] = field(default_factory=dict)
    structural: Word
    red: Word


@part
class AcrossUnits:
    """The names that are compared across units."""

    free_hours: Word
    growing_when: Word
    growth: Word


@part
class MemoTexts:
    """Domain sentences of the memo; of each group in `situation` the first whose values are all known.

    `valid_for` names the parameter that says for how many days an advice stands.
    """

    question: Text | None = None
    situation: tuple[tuple[Text, ...], ...] = ()
    caveats: tuple[Text, ...] = ()
    valid_for: Word | None = None


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
    """The rulebook's own head: what there is to choose from, in which order."""

    name: str
    title: Text
    version: Version
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
