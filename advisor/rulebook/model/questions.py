"""The questionnaire: questions with choices and tables, what has changed about them, what answers must not say."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from advisor.rulebook.field_types import Decimals, RuleId, Text, Version, Word, part

Respondent = Literal["manager", "staff", "data_owner"]
DRAWN: Literal["respondents"] = "respondents"
"""In the place of who is asked: nobody is, the table is drawn from what the respondents say."""
Combination = Literal["lowest", "highest", "data_owner_first", "mean_of_staff", "agree"]
COMBINATIONS: dict[str, Combination] = {"manager": "agree", "data_owner": "data_owner_first", "staff": "mean_of_staff"}
"""How several voices on a question become one where the question does not say, by who is asked."""


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
    in earlier versions, `changed` is what has been asked otherwise. `least_changed` is the least number to which a
    change of the answer may go where it is asked what would turn the advice: below it nothing is left to advise on.
    `grows_monthly` says of a number of months that it grows by itself: by one with each month that passes.
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
    least_changed: Decimal | None = None
    grows_monthly: bool = False
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

    With `of` it holds for each of those questions, with `of_unit` for each of that unit, which it calls `answer`; those
    of the check `but_for`, which has `of` or `of_unit` and no `but_for`, are left to that one.
    """

    id: RuleId
    when: Text
    severity: Literal["error", "hint"]
    of: tuple[Word, ...] = ()
    of_unit: str | None = None
    but_for: RuleId | None = None
    says: Text
    remedy: Text
