"""The rulebook as the program reads it: one immutable, typed value.

Every field is described for authors in ``docs/rulebook.md``. Texts of formulas stay texts here; `advisor.rulebook.rulebook`
holds them parsed and checked.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Layer = Literal["diagnosis", "patterns", "preparations", "warnings", "governance", "verdict"]
LAYERS: tuple[Layer, ...] = ("diagnosis", "patterns", "preparations", "warnings", "governance", "verdict")
Severity = Literal["info", "advice", "warning", "critical", "stop"]
SEVERITIES: tuple[Severity, ...] = ("info", "advice", "warning", "critical", "stop")
PreparationStatus = Literal["missing", "in_place", "partial"]
Respondent = Literal["manager", "staff", "data_owner"]


def _one_line(text: object) -> object:
    return " ".join(text.split()) if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(_one_line), Field(min_length=1)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(Part):
    name: Word
    value: Decimal
    unit: str
    status: Literal["published", "judgement", "article", "definition"]
    sources: tuple[str, ...] = ()
    plausible: tuple[Decimal, Decimal] | None = None
    why: Text


class Choice(Part):
    value: Word
    label: Text


class Column(Part):
    name: Word
    label: Text
    type: Literal["number", "yes_no", "choice", "text"]
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 2
    choices: tuple[Choice, ...] = ()


class Section(Part):
    name: Word
    title: Text


class Question(Part):
    name: Word
    section: Word
    label: Text | None = None
    ask: Text
    help: Text
    who: Respondent
    type: Literal["number", "yes_no", "choice", "choices", "table"]
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 2
    step: Decimal | None = None
    changeable: bool = False
    signed: bool = False
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    applies_when: Text | None = None
    follows_from: Text | None = None
    sources: tuple[str, ...] = ()


class Measure(Part):
    name: Word
    label: Text
    type: Literal["number", "yes_no", "text"] = "number"
    unit: str = ""
    decimals: int = 2
    signed: bool = False
    formula: Text
    because: Text | None = None
    code: str | None = None
    sources: tuple[str, ...] = ()


class Term(Part):
    label: Text
    weight: Word
    of: Text
    decimals: int = 2
    sources: tuple[str, ...] = ()


class Score(Part):
    pattern: Word
    terms: tuple[Term, ...] = Field(min_length=1)


class Cap(Part):
    pattern: Word
    at: Word


class StatusConclusion(Part):
    name: Word
    status: PreparationStatus


class Indicator(Part):
    group: Word
    of: Word


class Remedy(Part):
    action: Text
    owner: Text
    within_days: int = Field(gt=0)


class Rule(Part):
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
    sources: tuple[str, ...] = Field(min_length=1)


class Source(Part):
    id: str
    title: Text
    where: Text
    who: Text = "not stated in our copy"
    when: Text = "not stated in our copy"
    seen: Literal["at the source", "second-hand", "from memory"]
    quote: Text = "paraphrase only"
    note: Text | None = None


class Claim(Part):
    id: Annotated[str, Field(pattern=r"^[A-Z]\d+$")]
    source: str
    says: Text
    kind: Literal["fact", "observation", "mechanism", "norm", "question", "context"]


class Pattern(Part):
    name: Word
    title: Text
    means: Text
    use: Text | None = None
    worth: Word | None = None


class FirstPlace(Part):
    pattern: Word
    when: Word
    says: Text


class Selection(Part):
    """Names of the parameters that steer the selection, and who takes first place when."""

    floor: Word
    mix_window: Word
    tie_window: Word
    reach: Word
    share_step: Word
    reserve: Word
    first: FirstPlace | None = None


class Preparation(Part):
    name: Word
    title: Text
    word: Text | None = None
    question: Text
    score: Word
    manager_view: Word
    staff_view: Word


class Headline(Part):
    """The answer in one sentence: where it is firm, where an open answer could overturn it, where no pattern is chosen."""

    firm: Text
    provisional: Text | None = None
    open: Text | None = None


class Across(Part):
    """What a unit does, after its name, in a sentence on several units; `many` follows their number."""

    one: Text
    many: Text | None = None


class Verdict(Part):
    """One answer; the last four fields are its sentences in the memo."""

    name: Word
    title: Text
    shares: Literal["yes", "later", "no"]
    only_alone: bool = False
    headline: Headline | None = None
    across: Across | None = None
    complication: Text | None = None
    decision: Text | None = None


class Erosion(Part):
    levels: tuple[Word, ...]
    titles: dict[Word, Text] = Field(default_factory=dict)
    structural: Word
    red: Word


class AcrossUnits(Part):
    free_hours: Word
    growing_when: Word
    growth: Word


class MemoTexts(Part):
    """Sentences of the memo that are about the domain: of each group in `situation` the first whose values are all known."""

    question: Text | None = None
    situation: tuple[tuple[Text, ...], ...] = ()
    caveats: tuple[Text, ...] = ()


class StaffAnswers(Part):
    """When staff answers are withheld: fewer than `minimum` respondents or, where these are not stated, people in the team."""

    respondents: Word
    team: Word
    minimum: Word
    note: Text


class Frame(Part):
    name: str
    title: Text
    version: str
    patterns: tuple[Pattern, ...]
    selection: Selection
    preparations: tuple[Preparation, ...]
    verdicts: tuple[Verdict, ...]
    erosion: Erosion
    capacity: dict[Word, Word]
    units: dict[str, str] = Field(default_factory=dict)
    across_units: AcrossUnits
    staff_answers: StaffAnswers | None = None
    memo: MemoTexts = MemoTexts()
