"""Which column of an export is which question: by its name, its wording in any language, or as somebody says."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from advisor.intake.content import Cell
from advisor.intake.questionnaire import in_every_language
from advisor.profile.texts import one_line
from advisor.reading import Collector, Place, did_you_mean, quote
from advisor.rulebook import Rulebook

_NUMBERING = re.compile(r"^(?=[a-z]*\d)[a-z0-9]{1,8}[.):]\s*")
_ALIKE = 0.75
_PERSONAL = frozenset(
    """
    name|first name|last name|full name|surname|vorname|nachname|familienname|e mail|email|mail|e mail address
    |email address|e mail adresse|user|user name|username|login|benutzer|benutzername|nutzername|ip|ip address
    |ip adresse
    |timestamp|zeitstempel|start time|completion time|last modified time|startzeit|fertigstellungszeit|start date
    |end date|submit date|date submitted|submitted at|submission date|recorded date|datum abgeschickt|abgeschickt am
    |date|datum|uhrzeit|time|id|response id|respondent id|antwort id|id der antwort|participant|teilnehmer|token
    |zugangsschluessel|zugangsschlüssel|seed|startstatus|referrer url|location latitude|location longitude|phone|telefon
    |employee|employee id|employee number|staff number|personnel number|personalnummer|mitarbeiter|mitarbeiternummer
    |uhrzeit der letzten änderung|letzte änderung
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Headings, in the form of `_plain`, of columns that tell who a person is, or when somebody answered."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What each column is: a question, something that tells who a person is, or nothing (with the question meant)."""

    questions: Mapping[int, str]
    personal: tuple[str, ...]
    unused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Knows the headings that mean a question; `given` are those that somebody named, by heading."""

    rulebook: Rulebook
    given: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Gather every wording that means one question alone."""
        wordings = [(_form(text), name) for name, text in _wordings(self.rulebook)]
        of_several = Counter(form for form, _ in {*wordings})
        object.__setattr__(self, "_known", {form: name for form, name in wordings if of_several[form] == 1})

    def is_known(self, head: str) -> bool:
        """Whether a heading means a question."""
        return self._question(head) is not None

    def match(self, heads: Mapping[int, Cell], file: str, problems: Collector) -> Matched:
        """Find the question of each column; what contradicts itself is noted."""
        self._check_given(heads, problems)
        texts = {column: one_line(str(cell.content)) for column, cell in heads.items()}
        found = {column: self._question(text) for column, text in texts.items()}
        questions = {column: name for column, name in found.items() if name is not None}
        for name, number in Counter(questions.values()).items():
            if number > 1:
                columns = [column for column, other in questions.items() if other == name]
                message = f"{number} columns are the question {name}; rename all but one, or name it with --map"
                problems.add(heads[columns[1]].place, "F004", message)
        if not questions:
            message = "no column is a question; name them with --map 'COLUMN=QUESTION' ('advisor questions' lists all)"
            problems.add(Place(file), "F005", message)
        others = {column: text for column, text in texts.items() if column not in questions}
        personal = tuple(text for text in others.values() if _is_personal(text))
        unused = {text: "" if self._is_left_out(text) else self._near(text) for text in others.values()}
        for column, text in others.items():
            if unused[text] and text not in personal and unused[text] not in questions.values():
                problems.add(heads[column].place, "F008", _undecided(text, unused[text]))
        return Matched(questions, personal, {text: near for text, near in unused.items() if text not in personal})

    def _is_left_out(self, head: str) -> bool:
        return any(_form(column) == _form(head) and not name for column, name in self.given.items())

    def _question(self, head: str) -> str | None:
        mapped = {_form(column): name for column, name in self.given.items()}
        form = _form(head)
        if self._is_left_out(head):
            return None
        if mapped:
            return mapped.get(form) or (None if self._known.get(form) in mapped.values() else self._known.get(form))
        return self._known.get(form)

    def _check_given(self, heads: Mapping[int, Cell], problems: Collector) -> None:
        texts = {_form(str(cell.content)): one_line(str(cell.content)) for cell in heads.values()}
        for column, name in self.given.items():
            question = self.rulebook.asked.get(name)
            place = Place("--map")
            if question is None and name:
                hint = did_you_mean(name, self.rulebook.asked) or "; 'advisor questions' lists all"
                problems.add(place, "F006", f"there is no question {quote(name)}{hint}")
            elif question is not None and question.type == "table":
                problems.add(place, "F006", f"{name} is a table; no column of a pulse can answer it")
            if _form(column) not in texts:
                # Without any heading of ours the first row may be a person's answers, which are not shown.
                shown = texts.values() if any(map(self.is_known, texts.values())) else ()
                hint = did_you_mean(column, shown) or (f"; there are: {', '.join(map(quote, shown))}" if shown else "")
                problems.add(place, "F006", f"there is no column {quote(column)}{hint}")
            elif _is_personal(column):
                problems.add(place, "F006", f"{quote(column)} tells who a person is; it can be no question")

    def _near(self, head: str) -> str:
        """The question whose wording comes close to a heading, of the staff's if one does; nothing where none does."""
        of_staff = [form for form, name in self._known.items() if self.rulebook.asked[name].who == "staff"]
        for forms in (of_staff, self._known):
            for near in get_close_matches(_form(head), forms, n=1, cutoff=_ALIKE):
                return self._known[near]
        return ""


def _wordings(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    spoken = in_every_language(rulebook)
    for name, question in rulebook.asked.items():
        if question.type != "table":
            said = [asked.titles.question(name) for asked in spoken]
            asked = [each.ask for each in said]
            # form tools show what several statements have in common once, above them
            statements = [statement for _, _, statement in (each.partition(": ") for each in asked) if statement]
            texts = (name, *asked, *statements, *(each.label for each in said if each.label))
            yield from ((name, text) for text in texts)


def _undecided(head: str, near: str) -> str:
    known = f"is near to the question {near}; if it is that one, add --map '{head}={near}'"
    return f"{quote(head)} {known}, and if not, --map '{head}=' leaves it out"


def _is_personal(head: str) -> bool:
    return _plain(head) in _PERSONAL


def _form(text: str) -> str:
    """A heading without numbering, marks around it and differences of case and space."""
    text = _NUMBERING.sub("", unicodedata.normalize("NFKC", one_line(text)).casefold())
    return text.strip(" \t\"'„“”?:*.!…")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", _form(text)).strip()
