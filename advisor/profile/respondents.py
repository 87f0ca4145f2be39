"""What several people say: an entry for each of them, or for people of one role together.

An entry may hold the answers of a single person. What is wrong with them is therefore said without repeating them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from advisor.profile.answers import read_answer, read_answers_of
from advisor.profile.codes import CODES
from advisor.profile.earlier import read_kept
from advisor.profile.model import Answer, Voice
from advisor.profile.speaker import ROLES
from advisor.profile.tally import read_people
from advisor.profile.texts import read_date, read_fields, read_items, read_paragraphs, read_scalar
from advisor.profile.values import bounds
from advisor.reading import Collector, Mapping, Node, Place, Scalar, did_you_mean, quote
from advisor.rulebook.model import Question, Respondent
from advisor.rulebook.questionnaire import Questionnaire

ENTRY = ("role", "people", "date", "note", "answers")
MOST_RESPONDENTS = 500
_NAMES = ("name", "person", "who", "email", "id", "employee")
_REPEATS_NO_ANSWER = ("P004", "P005", "P006", "P026", "P031", "P036", "P037")


def read_respondents(
    node: Node | None, asked: Questionnaire, version: str | None, problems: Collector
) -> tuple[Voice, ...]:
    """Read the respondents of one unit, of a profile for this version; what is wrong goes to `problems`."""
    if node is None or (isinstance(node, Scalar) and node.empty):
        return ()
    asked = replace(asked, questions={name: question for name, question in asked.items() if question.is_asked})
    items = read_items(node, "respondents", problems)
    if len(items) > MOST_RESPONDENTS:
        message = f"there are {len(items)} respondents, at most {MOST_RESPONDENTS} are read; {_TOGETHER}"
        problems.add(items[MOST_RESPONDENTS].place, "P034", message)
    voices = (_read_voice(item, asked, version, problems) for item in items[:MOST_RESPONDENTS])
    return tuple(voice for voice in voices if voice)


_TOGETHER = "put people of one role into one entry, with people: how many"


def _read_voice(node: Node, asked: Questionnaire, version: str | None, problems: Collector) -> Voice | None:
    if isinstance(node, Mapping) and any(_names_somebody(key, problems) for key, _ in node.entries):
        return None
    fields = read_fields(node, ENTRY, "a respondent", problems)
    if not fields:
        return None
    role = _read_role(fields.get("role"), node.place, problems)
    people = read_people(fields["people"], "people", problems) if "people" in fields else None

    def read(value: Node, question: Question, found: Collector) -> Answer | None:
        answer = read_answer(value, question, _Discreet(found, question), spoken=True)
        if answer:
            _check_people(answer, value.place, question, people, found)
        return answer

    return Voice(
        role=role,
        people=people or 1,
        date=read_date(fields.get("date"), "date", problems),
        note=read_paragraphs(fields.get("note"), "the note on a respondent", problems),
        answers=read_answers_of(fields.get("answers"), asked, version, problems, read),
        kept=read_kept(fields.get("answers"), asked, problems),
        place=node.place,
    )


def _names_somebody(key: Scalar, problems: Collector) -> bool:
    if key.text not in _NAMES:
        return False
    message = f"a respondent has no {quote(key.text)}: a profile names nobody, the role is enough; remove the line"
    problems.add(key.place, "P033", message)
    return True


def _read_role(node: Node | None, parent: Place, problems: Collector) -> Respondent:
    if node is None:
        problems.add(parent, "P004", f"the role of a respondent is missing; known are {', '.join(ROLES)}")
    scalar = read_scalar(node, "the role of a respondent", problems) if node else None
    if scalar and scalar.text not in ROLES:
        hint = f"{did_you_mean(scalar.text, ROLES)}; known are {', '.join(ROLES)}"
        problems.add(scalar.place, "P035", f"{quote(scalar.text)} is no role{hint}")
    return cast(Respondent, scalar.text) if scalar else ROLES[0]


def _check_people(answer: Answer, place: Place, question: Question, among: int | None, problems: Collector) -> None:
    """Note where an answer is of more people than speak, as far as the entry says how many do."""
    said = _most_people(answer, question)
    people = answer.people or said
    if among and people > among:
        message = f"{question.name} is answered by more people than the {among} who speak here; correct one of the two"
        problems.add(place, "P036", message)
    if answer.tally and answer.people and said > answer.people:
        message = f"the tally of {question.name} adds up to more than its people; correct one of the two"
        problems.add(place, "P037", message)
    elif answer.tally and not said:
        problems.add(place, "P037", f"nobody speaks in the tally of {question.name}; write unknown, or remove the line")


def _most_people(answer: Answer, question: Question) -> int:
    """How many people a tally is of, at least: where several words can be chosen, as many as chose the same."""
    if answer.tally is None:
        return 0
    return max(answer.tally.values()) if question.type == "choices" else sum(answer.tally.values())


class _Discreet(Collector):
    """Says what is wrong with an answer without repeating the answer."""

    def __init__(self, problems: Collector, question: Question) -> None:
        super().__init__()
        self._outer = problems
        self._question = question

    def add(self, place: Place, code: str, message: str) -> None:
        """Note a problem, as `Collector.add`, in words that hold no answer."""
        if code not in _REPEATS_NO_ANSWER:
            message = f"{self._question.name}: {CODES[code]} {_wanted(self._question)}"
        self._outer.add(place, code, message)


def _wanted(question: Question) -> str:
    if question.type == "number":
        most = f", at most {question.decimals} decimals" if question.decimals else ", a whole number"
        return f"Write a plain number, {bounds(question)}{most}, or unknown."
    if question.type == "yes_no":
        return "Write true, false or unknown."
    words = [choice.value for choice in question.choices]
    return f"Choices are {', '.join(words)}." if words else "Correct it, or write unknown."
