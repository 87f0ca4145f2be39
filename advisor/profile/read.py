"""Reading a profile strictly: all problems at once, each with its place."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

from advisor.profile.answers import read_answers_of
from advisor.profile.earlier import read_kept, read_version
from advisor.profile.model import UNNAMED_ORGANISATION, UNNAMED_UNIT, Engagement, Organisation, Profile, Unit
from advisor.profile.respondents import read_respondents
from advisor.profile.steps import read_steps
from advisor.profile.texts import (
    read_date,
    read_fields,
    read_items,
    read_paragraphs,
    read_required_text,
    read_text_field,
)
from advisor.reading import (
    Collector,
    InvalidInput,
    Node,
    Place,
    Problem,
    Scalar,
    compose,
    decode,
    quote,
    read_text,
)
from advisor.reading import Mapping as MappingNode
from advisor.reading.text_file import LARGEST_FILE
from advisor.rulebook.questionnaire import Questionnaire

VERSION = "1"
MOST_UNITS = 500
TOP = ("advisor_profile", "questionnaire", "organisation", "engagement", "units", "about")
ORGANISATION = ("name", "sector", "country", "currency", "about")
ENGAGEMENT = ("prepared_for", "prepared_by", "date", "reference")
UNIT = ("name", "about", "answers", "respondents", "steps")
CODE_FORMS = {
    "country": (re.compile("[A-Z]{2}"), "two capital letters, such as DE"),
    "currency": (re.compile("[A-Z]{3}"), "three capital letters, such as EUR"),
}


def read_profile(source: Path | str, questions: Questionnaire, file: str = "<text>") -> Profile:
    """Read a profile from a path (``Path("-")`` is standard input) or from a text, which ``file`` then names.

    One of an earlier questionnaire is read as one of today: renamed questions and choices under their new names, the
    answers to removed questions kept aside.

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
    problems = Collector()
    return read_tree(compose(text, file, problems), questions, problems)


def read_tree(root: Node, questions: Questionnaire, problems: Collector) -> Profile:
    """Read a profile from the tree of what somebody wrote, wherever it stood; ``problems`` holds what is wrong already.

    Raises `InvalidInput` with every problem.
    """
    return _Reader(questions, problems).profile(root)


def read_units(
    text: str, questions: Questionnaire, file: str = "<text>"
) -> tuple[Organisation, Engagement, list[Unit | InvalidInput]]:
    """Read every unit of a profile by itself: each as it is, or with all that is wrong with it.

    Raises `InvalidInput` where what stands around the units is wrong.
    """
    return _Reader(questions).units_apart(compose(text, file))


class _Reader:
    """Keeps the questions and the problems while it goes through a file."""

    def __init__(self, questions: Questionnaire, problems: Collector | None = None, version: str | None = None) -> None:
        self.questions = questions
        self.problems = Collector() if problems is None else problems
        self.version = version
        self.unnamed: list[Problem] = []

    def profile(self, root: Node) -> Profile:
        self.check_marker(root)
        fields = read_fields(root, TOP, "a profile", self.problems)
        self.version = read_version(fields.get("questionnaire"), self.questions, self.problems)
        profile = Profile(
            questionnaire=self.version,
            organisation=self.organisation(fields.get("organisation"), root.place),
            engagement=self.engagement(fields.get("engagement")),
            about=read_paragraphs(fields.get("about"), "about", self.problems),
            units=self.units(fields.get("units"), root.place),
        )
        if len(self.problems):  # that the file is of a later version may be why
            self.problems.add_all(note for note in self.problems.notes if note.code == "P073")
        self.problems.stop_if_any()
        return replace(profile, notes=self.problems.notes, unnamed=tuple(self.unnamed), dated=_date_place(fields))

    def units_apart(self, root: Node) -> tuple[Organisation, Engagement, list[Unit | InvalidInput]]:
        self.check_marker(root)
        fields = read_fields(root, TOP, "a profile", self.problems)
        self.version = read_version(fields.get("questionnaire"), self.questions, self.problems)
        organisation = self.organisation(fields.get("organisation"), root.place)
        engagement = self.engagement(fields.get("engagement"))
        read_paragraphs(fields.get("about"), "about", self.problems)
        items = self.unit_items(fields.get("units"), root.place)
        self.problems.stop_if_any()
        names: set[str] = set()
        return organisation, engagement, [self.unit_apart(item, names) for item in items]

    def unit_apart(self, item: Node, names: set[str]) -> Unit | InvalidInput:
        reader = _Reader(self.questions, version=self.version)
        try:
            unit = reader.unit(item)
            reader.check_name(unit, item, names)
            reader.problems.stop_if_any()
        except InvalidInput as error:
            return error
        return unit

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
            name=self.name(node, "the organisation's name", UNNAMED_ORGANISATION),
            sector=read_text_field(fields.get("sector"), "sector", self.problems),
            country=read_code(fields.get("country"), "country", self.problems),
            currency=read_code(fields.get("currency"), "currency", self.problems),
            about=read_paragraphs(fields.get("about"), "about", self.problems),
        )

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
        items = self.unit_items(node, parent)
        units = tuple(self.unit(item) for item in items)
        names: set[str] = set()
        for unit, item in zip(units, items, strict=True):
            self.check_name(unit, item, names)
        return units

    def unit_items(self, node: Node | None, parent: Place) -> tuple[Node, ...]:
        empty = node is None or (isinstance(node, Scalar) and node.empty)
        items = () if node is None or empty else read_items(node, "units", self.problems)
        if not items and (empty or not isinstance(node, Scalar | MappingNode)):
            message = "there is no unit; list at least one under units:, each with '- name: …'"
            self.problems.add(node.place if node else parent, "P012", message)
        if len(items) > MOST_UNITS:
            message = f"there are {len(items)} units, at most {MOST_UNITS} are read; split the profile"
            self.problems.add(items[MOST_UNITS].place, "P010", message)
        return items[:MOST_UNITS]

    def unit(self, node: Node) -> Unit:
        fields = read_fields(node, UNIT, "a unit", self.problems)
        answers = fields.get("answers")
        return Unit(
            name=self.name(node, "the unit's name", UNNAMED_UNIT),
            about=read_paragraphs(fields.get("about"), "about", self.problems),
            answers=read_answers_of(answers, self.questions, self.version, self.problems),
            kept=read_kept(answers, self.questions, self.problems),
            respondents=read_respondents(fields.get("respondents"), self.questions, self.version, self.problems),
            steps=read_steps(fields.get("steps"), self.problems),
        )

    def name(self, node: Node, what: str, blank: str) -> str:
        """A name; noted where it is still the one of a `blank` profile."""
        if not isinstance(node, MappingNode):
            return ""
        name = read_required_text(node.get("name"), node.place, what, self.problems)
        if name == blank:
            message = f"{what} is still {quote(blank)}, as in a blank profile; put the real one in its place"
            self.unnamed.append(Problem(_name_place(node), "P063", message))
        return name

    def check_name(self, unit: Unit, item: Node, names: set[str]) -> None:
        """See to it that no unit before, of those in `names`, has this name; note it there."""
        if unit.name and unit.name.casefold() in names:
            message = f"another unit is also called {quote(unit.name)}; give each its own name"
            self.problems.add(_name_place(item), "P011", message)
        names.add(unit.name.casefold())


def read_code(node: Node | None, what: str, problems: Collector) -> str | None:
    """Read a country or a currency, written as its code."""
    text = read_text_field(node, what, problems)
    form, described = CODE_FORMS[what]
    if node and text and not form.fullmatch(text):
        problems.add(node.place, "P009", f"{what} {quote(text)} is not a code; write {described}")
    return text


def _date_place(fields: dict[str, Node]) -> Place | None:
    engagement = fields.get("engagement")
    day = engagement.get("date") if isinstance(engagement, MappingNode) else None
    return day.place if day else None


def _name_place(item: Node) -> Place:
    name = item.get("name") if isinstance(item, MappingNode) else None
    return name.place if name else item.place
