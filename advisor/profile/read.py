"""Reading a profile strictly: all problems at once, each with its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from advisor.profile.answers import read_answer
from advisor.profile.model import Answer, Engagement, Frozen, Organisation, Profile, Unit
from advisor.profile.steps import read_steps
from advisor.profile.texts import (
    read_date,
    read_fields,
    read_items,
    read_paragraphs,
    read_required_text,
    read_text_field,
)
from advisor.reading import Collector, Node, Place, Scalar, compose, decode, did_you_mean, quote, read_text
from advisor.reading import Mapping as MappingNode
from advisor.reading.text_file import LARGEST_FILE
from advisor.rulebook.model import Question

VERSION = "1"
MOST_UNITS = 500
TOP = ("advisor_profile", "organisation", "engagement", "units", "about")
ORGANISATION = ("name", "sector", "country", "currency", "about")
ENGAGEMENT = ("prepared_for", "prepared_by", "date", "reference")
UNIT = ("name", "about", "answers", "steps")
_CODES = {
    "country": (re.compile("[A-Z]{2}"), "two capital letters, such as DE"),
    "currency": (re.compile("[A-Z]{3}"), "three capital letters, such as EUR"),
}


def read_profile(source: Path | str, questions: Mapping[str, Question], file: str = "<text>") -> Profile:
    """Read a profile from a path (``Path("-")`` is standard input) or from a text, which ``file`` then names.

    Raises `InvalidInput` with every problem, in the order of the file.
    """
    if isinstance(source, str):
        text = source
    elif str(source) == "-":
        file = "<stdin>"
        text = decode(sys.stdin.buffer.read(LARGEST_FILE + 1), file)
    else:
        file = str(source)
        text = read_text(source)
    return _Reader(questions).profile(compose(text, file))


def read_answers(node: Node | None, questions: Mapping[str, Question], problems: Collector) -> Frozen[Answer]:
    """Read the answers of one unit; what is wrong with them goes to `problems`."""
    return _Reader(questions, problems).answers(node)


class _Reader:
    """Keeps the questions and the problems while it goes through a file."""

    def __init__(self, questions: Mapping[str, Question], problems: Collector | None = None) -> None:
        self.questions = questions
        self.problems = Collector() if problems is None else problems

    def profile(self, root: Node) -> Profile:
        self.check_marker(root)
        fields = read_fields(root, TOP, "a profile", self.problems)
        profile = Profile(
            organisation=self.organisation(fields.get("organisation"), root.place),
            engagement=self.engagement(fields.get("engagement")),
            about=read_paragraphs(fields.get("about"), "about", self.problems),
            units=self.units(fields.get("units"), root.place),
        )
        self.problems.stop_if_any()
        return profile

    def check_marker(self, root: Node) -> None:
        marker = root.get("advisor_profile") if isinstance(root, MappingNode) else None
        if marker is None:
            message = "this is not a profile; its first line must be 'advisor_profile: 1'"
            self.problems.add(root.place, "P001", message)
        elif not isinstance(marker, Scalar) or marker.quoted or marker.text != VERSION:
            said = quote(marker.text) if isinstance(marker, Scalar) else "something else"
            message = f"the format's version is {said}, this program reads 'advisor_profile: {VERSION}' (no quotes)"
            self.problems.add(marker.place, "P002", message)
        if not isinstance(root, MappingNode) or (isinstance(marker, Scalar) and marker.text != VERSION):
            # Nothing else that could be said about another kind of file would help.
            self.problems.stop_if_any()

    def organisation(self, node: Node | None, parent: Place) -> Organisation:
        if node is None:
            self.problems.add(parent, "P004", "organisation is missing; write organisation: {name: …}")
            return Organisation("")
        fields = read_fields(node, ORGANISATION, "organisation", self.problems)
        return Organisation(
            name=self.name(node, "the organisation's name"),
            sector=read_text_field(fields.get("sector"), "sector", self.problems),
            country=self.code(fields.get("country"), "country"),
            currency=self.code(fields.get("currency"), "currency"),
            about=read_paragraphs(fields.get("about"), "about", self.problems),
        )

    def code(self, node: Node | None, what: str) -> str | None:
        text = read_text_field(node, what, self.problems)
        form, described = _CODES[what]
        if node and text and not form.fullmatch(text):
            self.problems.add(node.place, "P009", f"{what} {quote(text)} is not a code; write {described}")
        return text

    def engagement(self, node: Node | None) -> Engagement:
        if node is None or (isinstance(node, Scalar) and node.empty):
            return Engagement()
        fields = read_fields(node, ENGAGEMENT, "engagement", self.problems)
        return Engagement(
            prepared_for=read_text_field(fields.get("prepared_for"), "prepared_for", self.problems),
            prepared_by=read_text_field(fields.get("prepared_by"), "prepared_by", self.problems),
            date=read_date(fields.get("date"), "date", self.problems),
            reference=read_text_field(fields.get("reference"), "reference", self.problems),
        )

    def units(self, node: Node | None, parent: Place) -> tuple[Unit, ...]:
        empty = node is None or (isinstance(node, Scalar) and node.empty)
        items = () if node is None or empty else read_items(node, "units", self.problems)
        if not items and (empty or not isinstance(node, Scalar | MappingNode)):
            message = "there is no unit; list at least one under units:, each with '- name: …'"
            self.problems.add(node.place if node else parent, "P012", message)
        if len(items) > MOST_UNITS:
            message = f"there are {len(items)} units, at most {MOST_UNITS} are read; split the profile"
            self.problems.add(items[MOST_UNITS].place, "P010", message)
        units = tuple(self.unit(item) for item in items[:MOST_UNITS])
        self.check_names(units, items)
        return units

    def unit(self, node: Node) -> Unit:
        fields = read_fields(node, UNIT, "a unit", self.problems)
        about = read_paragraphs(fields.get("about"), "about", self.problems)
        answers, steps = self.answers(fields.get("answers")), read_steps(fields.get("steps"), self.problems)
        return Unit(self.name(node, "the unit's name"), answers, about, steps)

    def name(self, node: Node, what: str) -> str:
        if not isinstance(node, MappingNode):
            return ""
        return read_required_text(node.get("name"), node.place, what, self.problems)

    def check_names(self, units: tuple[Unit, ...], items: tuple[Node, ...]) -> None:
        seen: set[str] = set()
        for unit, item in zip(units, items, strict=False):
            if unit.name and unit.name.casefold() in seen:
                message = f"another unit is also called {quote(unit.name)}; give each its own name"
                self.problems.add(_name_place(item), "P011", message)
            seen.add(unit.name.casefold())

    def answers(self, node: Node | None) -> Frozen[Answer]:
        if node is None or (isinstance(node, Scalar) and node.empty):
            return Frozen()
        if not isinstance(node, MappingNode):
            self.problems.add(node.place, "P005", "answers needs lines of the form 'question: answer' here")
            return Frozen()
        answers = {key.text: self.answer(key, value) for key, value in node.entries}
        return Frozen({name: answer for name, answer in answers.items() if answer})

    def answer(self, key: Scalar, value: Node) -> Answer | None:
        question = self.questions.get(key.text)
        if question is None:
            hint = did_you_mean(key.text, self.questions) or "; 'advisor profile new' lists all questions"
            self.problems.add(key.place, "P020", f"there is no question {quote(key.text)}{hint}")
            return None
        return read_answer(value, question, self.problems)


def _name_place(item: Node) -> Place:
    name = item.get("name") if isinstance(item, MappingNode) else None
    return name.place if name else item.place
