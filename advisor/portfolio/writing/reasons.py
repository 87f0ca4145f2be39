"""What is wrong with a row, in the language of the results."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from advisor.interview.problems import meant, sentence_on
from advisor.interview.typed import Reader
from advisor.interview.wording import wording_of
from advisor.phrases import phrases_in
from advisor.portfolio.rejects import Fault, Reject
from advisor.profile.digest import plain_number
from advisor.profile.values import two_readings
from advisor.rulebook import Question, Rulebook

_QUOTED = re.compile(r"'([^']*)'")
_NOT_PLAIN, _DECIMALS, _BEYOND = "P022", "P023", "P024"
_OF_NUMBERS = (_NOT_PLAIN, _DECIMALS, _BEYOND)


class Reasons:
    """Says faults as the rulebook's language does: in English by their messages, else by their codes and questions."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook, self.say = rulebook, phrases_in(rulebook.spoken)
        self._wording = wording_of(rulebook.spoken)
        self._reader = Reader(rulebook.languages[rulebook.spoken], self._wording)

    def place(self, fault: Fault) -> str:
        """The column, or the line of a profile; nothing where it is the whole row or file."""
        return self.say("rejects.line", line=fault.line) if fault.line else fault.column

    def all(self, reject: Reject) -> str:
        """Everything that is wrong with a row and what to do, each once."""
        if not self._wording.problems:
            return "; ".join(dict.fromkeys(each.message for each in reject.faults))
        return " ".join(dict.fromkeys(map(self._said, reject.faults)))

    def _said(self, fault: Fault) -> str:
        question = self.rulebook.questions.get(fault.message.partition(":")[0].partition(" ")[0])
        either = self._either(fault, question) if question else ""
        if either:
            return either
        sentence, words = sentence_on(fault.code, fault.message, self._wording)
        if question and question.type == "number" and fault.code in _OF_NUMBERS:
            words = [word.replace(".", fault.mark) for word in words]
            sentence = self._plain(fault) if fault.code == _NOT_PLAIN and not fault.line else sentence
        about = [word if word in self.rulebook.questions else self.say("rejects.word", word=word) for word in words]
        more = self._more(fault, question) if question else ""
        said = filter(None, (sentence, meant(fault.code, fault.message, self._wording), more))
        return f"{' '.join(about)}: {' '.join(said)}".removeprefix(": ")

    def _plain(self, fault: Fault) -> str:
        """How a number is written in a table."""
        return self.say("rejects.plain", mark=self.say("rejects.comma" if fault.mark == "," else "rejects.point"))

    def _more(self, fault: Fault, question: Question) -> str:
        """What the sentence on a code cannot know: the bounds or the choices of this question."""
        if fault.code == "P027" and question.choices:
            return self.say("rejects.choices", choices=", ".join(each.value for each in question.choices))
        if fault.code == _DECIMALS:
            return self.say("rejects.decimals", most=question.decimals)
        if fault.code in _OF_NUMBERS and question.type == "number":
            bounds = self._reader.allowed(question, whole=fault.code == _BEYOND)
            allowed = f"{bounds} {self._reader.unit_after(question)}".rstrip()
            return f"{allowed[0].upper()}{allowed[1:]}."
        return ""

    def _either(self, fault: Fault, question: Question) -> str:
        text = next(iter(_QUOTED.findall(fault.message)), "")
        either = two_readings(text, question) if fault.code == "P045" else None
        if either is None:
            return ""
        both: dict[str, Any] = {
            "thousands": _written(either.thousands, fault),
            "decimals": _written(either.decimals, fault),
        }
        key = "rejects.either" if fault.line else "rejects.either_in_column"
        return self.say(key, text=text, name=question.name, column=fault.column, **both)


def _written(number: Decimal, fault: Fault) -> str:
    """A number without thousands, with the sign before decimals that stands in the file."""
    return plain_number(number).replace(".", fault.mark)
