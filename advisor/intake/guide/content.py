"""What stands in a printed interview guide, before it has a format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from advisor.engines.checked import CheckedEngine
from advisor.intake.questionnaire import Questionnaire
from advisor.interview.engine import Interview, Scope, State
from advisor.interview.targets import Part
from advisor.profile import Profile
from advisor.rulebook import Column, Question


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its number in the guide, and what its answer can still change (nothing where all are asked)."""

    number: int
    question: Question
    matters: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of one section."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The questions about one unit, or about any (without a name)."""

    unit: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole guide in the language of `asked`; `about` says whose it is, such as the organisation."""

    asked: Questionnaire
    title: str
    about: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    def hint(self, item: Item) -> str:
        """What stands small below a question: when it applies, whom it is for, why it is asked."""
        texts, question = self.asked.texts, item.question
        whose = "" if self.asked.who else texts.asked_of.format(who=self.asked.wording.who[question.who])
        return " · ".join(each for each in (self.asked.only_if(question), whose, item.matters) if each)

    def options(self, question: Question) -> tuple[str, ...]:
        """What can be ticked, unknown apart; nothing for numbers and tables."""
        wording, texts = self.asked.wording, self.asked.texts
        match question.type:
            case "yes_no":
                return wording.yes_word, wording.no_word
            case "choice":
                return tuple(choice.label for choice in question.choices)
            case "choices":
                return (*(choice.label for choice in question.choices), texts.none_of_these)
            case _:
                return ()

    def head(self, column: Column) -> str:
        """The heading of a column of a table, with its unit, or with yes and no."""
        if column.type == "yes_no":
            return f"{column.label}: {self.asked.wording.yes_word} / {self.asked.wording.no_word}"
        unit = self.asked.general_unit(column) if column.type == "number" else ""
        return f"{column.label} ({unit})" if unit else column.label

    def offered(self, question: Question) -> str:
        """What can be chosen in the columns of a table."""
        columns = [column for column in question.columns if column.choices]
        return "; ".join(f"{each.label}: {' / '.join(choice.label for choice in each.choices)}" for each in columns)


def guide_of(asked: Questionnaire) -> Guide:
    """The guide with every question."""
    return _guide(asked, asked.texts.guide_title, (), [("", None)])


def minimal_guide(asked: Questionnaire, profile: Profile) -> Guide:
    """The guide with what can still change the advice on the units of a profile, and nothing else.

    It is what an interview would go on asking: open questions that the verdict, the patterns, preparations, erosion,
    figures or findings still wait for; of a verdict that is proven to be settled, nothing.
    """
    rulebook = asked.rulebook
    interview = Interview(rulebook, CheckedEngine(rulebook), Scope(asked.who))
    units = [(unit.name, interview.mattering(interview.view(State(unit)))) for unit in profile.units]
    return _guide(asked, asked.texts.guide_minimal, (profile.organisation.name,), units)


def _guide(
    asked: Questionnaire, title: str, about: Sequence[str], units: Sequence[tuple[str, Mapping[str, Part] | None]]
) -> Guide:
    whose = [asked.texts.for_whom[asked.who]] if asked.who else []
    chapters = tuple(Chapter(unit, tuple(_topics(asked, wanted))) for unit, wanted in units)
    return Guide(asked, title, (*about, *whose), chapters)


def _topics(asked: Questionnaire, wanted: Mapping[str, Part] | None) -> Iterator[Topic]:
    """The sections with the wanted questions, all of them for None, numbered through."""
    number = 0
    for section, questions in asked.sections():
        chosen = [each for each in questions if wanted is None or each.name in wanted]
        matters = [asked.texts.matters[wanted[each.name]] if wanted else "" for each in chosen]
        if chosen:
            yield Topic(section.title, tuple(map(Item, count(number + 1), chosen, matters)))
            number += len(chosen)
