"""The questionnaire on paper or in a workbook: one rulebook, in one language, for one respondent or for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.intake.conditions import only_if
from advisor.intake.texts import Texts, texts_of
from advisor.interview.titles import Titles
from advisor.interview.typed import Reader
from advisor.interview.wording import Wording, wording_of
from advisor.rulebook import Column, Question, Rulebook
from advisor.rulebook.languages import CURRENCY, UnitWords
from advisor.rulebook.model import Respondent, Section


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is asked, in the words of one language."""

    titles: Titles
    who: Respondent | None = None

    @property
    def rulebook(self) -> Rulebook:
        """Where the questions come from."""
        return self.titles.rulebook

    @property
    def language(self) -> str:
        """The code of the language."""
        return self.rulebook.spoken

    @property
    def wording(self) -> Wording:
        """The words of the interview: yes, no, unknown, kinds of evidence."""
        return self.titles.wording

    @property
    def texts(self) -> Texts:
        """What workbooks and guides say of their own."""
        return texts_of(self.language)

    def sections(self) -> Iterator[tuple[Section, tuple[Question, ...]]]:
        """The sections in which this respondent is asked something, with the questions; all texts translated."""
        for section in self.rulebook.sections:
            asked = [each for each in self.rulebook.asked.values() if each.section == section.name]
            questions = [self.titles.question(each.name) for each in asked if self.who in (None, each.who)]
            if questions:
                yield section, tuple(questions)

    def condition(self, question: Question) -> str:
        """When a question applies, in words; nothing where it always does."""
        return only_if(question.name, self.titles, self.texts)

    def only_if(self, question: Question) -> str:
        """The same as it stands below the question."""
        condition = self.condition(question)
        return self.texts.only_if.format(condition=condition) if condition else ""

    def unit(self, asked: Question | Column) -> str:
        """The unit of a number as it stands beside a cell, money in the currency of the client."""
        known, currency = self._words(asked), self.titles.reader.currency
        if known is None or currency is None or CURRENCY not in known.words[0]:
            return self.general_unit(asked)
        return known.words[0].replace(CURRENCY, currency)

    def general_unit(self, asked: Question | Column) -> str:
        """The same whoever the client is."""
        known = self._words(asked)
        if known is None:
            return asked.unit
        return known.says if CURRENCY in known.words[0] else known.words[0]

    def _words(self, asked: Question | Column) -> UnitWords | None:
        return self.titles.reader.language.units.get(asked.unit)

    def allowed(self, asked: Question | Column) -> str:
        """Which numbers are allowed, as a sentence with the unit."""
        reader, wording = self.titles.reader, self.wording
        unit = reader.unit(asked)
        return (wording.number_in if unit else wording.number).format(unit=unit, allowed=reader.allowed(asked))


def questionnaire(
    rulebook: Rulebook, language: str, who: Respondent | None = None, currency: str | None = None
) -> Questionnaire:
    """The questionnaire in a language of the rulebook; `currency` is that of the client, for sums of money."""
    spoken = rulebook.in_language(language)
    return Questionnaire(Titles(spoken, Reader(spoken.languages[language], wording_of(language), currency)), who)


def in_every_language(rulebook: Rulebook) -> list[Questionnaire]:
    """The questionnaire in each language of the rulebook."""
    return [questionnaire(rulebook, code) for code in rulebook.languages]
