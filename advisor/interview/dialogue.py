"""The front for lines: shows the question that the engine gives, reads a line, hands the answer over, saves it.

It knows no rule: what is asked, in which order and what it means comes from the engine and the rulebook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from advisor.interview.engine import Interview, State
from advisor.interview.lines import Ended, Lines
from advisor.interview.order import Proposal
from advisor.interview.problems import in_words_of
from advisor.interview.storage import ProfileFile, finished_first
from advisor.interview.telling import Telling
from advisor.interview.titles import Titles
from advisor.interview.typed import NotUnderstood
from advisor.interview.wording import Wording
from advisor.profile import EVIDENCES, Answer, Cell, Frozen, Row
from advisor.reading import InvalidInput, did_you_mean
from advisor.rulebook import Column, Question
from advisor.rulebook.model import Choice

T = TypeVar("T")
_BY_NAME = re.compile(r"([a-z][a-z0-9_]*)\s*([=:])\s*(.+)")


class Stopped(Exception):
    """The person stopped; everything is saved."""


@dataclass(slots=True)
class Dialogue:
    """One sitting about one unit; `again` is the command with which the next one begins."""

    interview: Interview
    file: ProfileFile
    state: State
    titles: Titles
    telling: Telling
    lines: Lines
    again: str
    _notes: Mapping[str, Any] = field(default_factory=dict, init=False)

    @property
    def _wording(self) -> Wording:
        return self.titles.wording

    def run(self) -> bool:
        """Ask until nothing is left or the person stops; gives whether this sitting is done.

        It is where the headline of the advice is settled, or nothing was left out. Every answer is on disk before the
        next question. Raises `InvalidInput` where it cannot be.
        """
        view = self.interview.view(self.state)
        self.telling.begin(self.state, view)
        try:
            while view.next is not None:
                self.telling.settled(view)
                asked = view.next
                self.telling.question(self.state, view, asked)
                self._move(self._step(asked))
                view = self.interview.view(self.state)
                self.telling.changed(self.state, view)
                self.telling.left_open(asked, self.state, view)
        except (Stopped, Ended, KeyboardInterrupt):
            self.lines.say()
            self.lines.say(self._wording.stopped.format(path=self.file.path, again=self.again))
            return self.interview.is_settled(view)
        self.telling.end(self.state, view)
        return self.interview.is_settled(view) or not self.state.skipped

    # ------------------------------------------------------------------ what is typed

    def _step(self, proposal: Proposal) -> State:
        """Read lines until one of them leads on."""
        self._notes = {}
        while True:
            text = self.lines.ask(self._wording.prompt)
            try:
                step = self._from_line(text, self.titles.question(proposal.question))
            except NotUnderstood as error:
                self.lines.say(str(error), indent="  ")
            else:
                if step is not None:
                    return step

    def _from_line(self, text: str, question: Question) -> State | None:
        word, _, rest = text.partition(" ")
        command = self._wording.command(text.casefold()) or self._wording.command(word.casefold())
        match command:
            case "stop" if not rest:
                raise Stopped
            case "help" if not rest:
                self.telling.help(question)
                return None
            case "help" if question.type != "table":  # whose first cell may be any text
                self.telling.help(self.titles.question(self._known(rest.strip())), asked=question)
                return None
            case "skip" if not rest:
                return self.interview.skipped(self.state, question.name)
            case "note" if not rest:
                self._notes = self._ask_notes()
                self.lines.say(self._wording.note_kept, indent="  ")
                return None
            case "back":
                return self._back(rest.strip())
        named = _BY_NAME.fullmatch(text)
        name = self._today(named[1]) if named else ""
        if named and name in self.titles.rulebook.asked:
            return self._by_name(self.titles.question(name), named[3], asked=question)
        if named and question.type != "table":  # whose first cell may be any text
            hint = self._did_you_mean(name)
            if hint or named[2] == "=":
                raise NotUnderstood(self._wording.no_such_question.format(name=name) + hint)
        return self._answered(question, text)

    def _by_name(self, question: Question, text: str, asked: Question) -> State | None:
        """Another question than the one `asked`: nobody has seen its choices, so they are shown where needed."""
        if self._wording.command(text.casefold()) == "help":
            self.telling.help(question, asked)
            return None
        self._check_applies(question.name)
        try:
            return self._answered(question, text)
        except NotUnderstood as error:
            if not question.choices or question == asked:
                raise
            self.lines.say(str(error), indent="  ")
            self.telling.form(question)
            return None

    def _did_you_mean(self, name: str) -> str:
        hint = did_you_mean(name, self.titles.rulebook.asked)
        return self._wording.did_you_mean.format(word=hint.split("'")[1]) if hint else ""

    def _today(self, name: str) -> str:
        """The name that a question has today; one that is not asked any more is refused."""
        asked = self.titles.rulebook.questions
        if name in asked.not_asked:
            raise NotUnderstood(self._wording.not_asked.format(name=name, version=asked.not_asked[name].version))
        return asked.renamed.get(name, name)

    def _known(self, name: str) -> str:
        """The name that a question has today; refuses what is no question."""
        name = self._today(name)
        if name not in self.titles.rulebook.asked:
            raise NotUnderstood(self._wording.no_such_question.format(name=name) + self._did_you_mean(name))
        return name

    def _back(self, name: str) -> State:
        if not name and not self.state.passed:
            raise NotUnderstood(self._wording.nothing_before)
        name = self._known(name) if name else ""
        self._check_applies(name)
        return self.interview.back(self.state, name or None)

    def _check_applies(self, name: str) -> None:
        """Refuse a question that somebody names although it does not apply: its answer would count all the same."""
        obstacles = self.interview.obstacles(self.state, name) if name else []
        if obstacles and name not in self.state.answers:
            names = ", ".join(f"{self.titles.label(other)} ({other})" for other in obstacles)
            raise NotUnderstood(self._wording.does_not_apply.format(names=names))

    def _answered(self, question: Question, text: str) -> State | None:
        answer = self._answer(question, text)
        if answer is None:
            return None
        answer = replace(answer, **self._notes) if answer.state == "answered" else self._with_note_only(answer)
        if text and answer.state == "answered" and question.type != "table":
            self._understood(text, self.titles.answer(answer, question), question)
        step = self.interview.answered(self.state, question.name, answer)
        self._check_together(step)
        return step

    def _understood(self, text: str, answer: str, asked: Question | Column) -> None:
        """Say how what was typed was taken, where it was not just digits or these very words."""
        as_typed = text.isdecimal() if asked.type == "number" else text.casefold() == answer.casefold()
        if not as_typed:
            self.lines.say(self._wording.understood.format(answer=answer), indent="  ")

    def _check_together(self, step: State) -> None:
        """Refuse an answer that cannot be true together with the others."""
        before = self.titles.broken_checks(self.state.told_here(), "error")
        for message in self.titles.broken_checks(step.told_here(), "error"):
            if message not in before:
                raise NotUnderstood(message)
        if step.speaker is not None:
            against = set(self.titles.contradicting(step.unit)).difference(self.titles.contradicting(self.state.unit))
            if against:
                raise NotUnderstood(self._wording.not_with_others.format(names="; ".join(sorted(against))))

    def _with_note_only(self, answer: Answer) -> Answer:
        note = self._notes.get("note")
        return replace(answer, note=note) if note and answer.state == "unknown" else answer

    def _answer(self, question: Question, text: str) -> Answer | None:
        word, _, rest = text.partition(" ")
        if not text:
            before = self.state.before(question.name)
            if before is None and question.type != "table":
                raise NotUnderstood(self._wording.nothing_to_keep)
            return before if before is not None else self._table(question)
        if self._wording.command(text.casefold()) == "unknown":
            return Answer("unknown")
        if self._wording.command(word.casefold()) == "not_applicable":
            reason = self.titles.reader.text(rest) or self.titles.reader.text(self.lines.ask(self._wording.ask_reason))
            if not reason:
                raise NotUnderstood(self._wording.reason_needed)
            return Answer("not_applicable", reason=reason)
        if question.type == "table":
            return self._table(question, text)
        return self.titles.reader.answer(text, question)

    # ------------------------------------------------------------------ tables and notes

    def _table(self, question: Question, first: str = "") -> Answer:
        """Ask for rows, cell by cell; each is saved before the next, unless rows from before would be lost by that."""
        rows: list[Row] = []
        is_first = self.state.before(question.name) is None
        while True:
            row = self._row(question, len(rows) + 1, first)
            if row is None:
                return Answer("answered", tuple(rows))
            first = ""
            held = self.interview.held(self.state, question.name, Answer("answered", (*rows, row)))
            try:
                self._check_together(held)
            except NotUnderstood as error:
                self.lines.say(str(error), indent="  ")
                continue
            rows.append(row)
            if is_first:
                self._move(held)

    def _row(self, question: Question, number: int, first: str) -> Row | None:
        cells: dict[str, Cell] = {}
        for column in question.columns:
            ends = "" if cells else f" {self._wording.row_ends}"
            prompt = self._wording.row.format(number=number, label=column.label)
            self.telling.offered(column)
            while column.name not in cells:
                text = first or self.lines.ask(f"{prompt}{ends}: ")
                first = ""
                if not text and not cells:
                    return None
                try:
                    cells[column.name] = cell = self._cell(text, question, column)
                except NotUnderstood as error:
                    self.lines.say(str(error), indent="  ")
                else:
                    if cell is not None and column.type in ("choice", "yes_no"):
                        self._understood(text, self.titles.cell(cell, column), column)
        return Frozen(cells)

    def _cell(self, text: str, question: Question, column: Column) -> Cell:
        """The value of a cell; a command is never stored as one, even where the column holds texts."""
        match self._wording.command(text.casefold()):
            case "stop":
                raise Stopped
            case "unknown":
                return None
            case "help":
                self.lines.say(question.help, indent="  ")
                self.telling.offered(column)
                raise NotUnderstood(self._wording.in_a_table)
            case None if self._wording.command(text.partition(" ")[0].casefold()) != "not_applicable":
                return self.titles.reader.cell(text, column) if text else None
        raise NotUnderstood(self._wording.in_a_table)

    def _ask_notes(self) -> dict[str, Any]:
        wording, reader = self._wording, self.titles.reader
        evidences = [Choice(value=each, label=wording.evidence[each]) for each in EVIDENCES]
        shown = ", ".join(f"{number} {each.label}" for number, each in enumerate(evidences, 1))

        def evidence(text: str) -> str | None:
            try:
                return reader.choice(reader.text(text), evidences) if text else None
            except NotUnderstood:
                raise NotUnderstood(wording.no_such_evidence.format(choices=shown)) from None

        notes: dict[str, Any] = {
            "evidence": self._ask_until(wording.ask_evidence.format(choices=shown), evidence),
            "source": self._ask_until(wording.ask_source, reader.text),
            "as_of": self._ask_until(wording.ask_date, lambda text: reader.day(text) if text else None),
            "note": self._ask_until(wording.ask_note, reader.text),
        }
        return {name: each for name, each in notes.items() if each}

    def _ask_until(self, prompt: str, read: Callable[[str], T]) -> T:
        """Ask until the line is understood: what was said before it is not lost by a slip."""
        while True:
            try:
                return read(self.lines.ask(prompt))
            except NotUnderstood as error:
                self.lines.say(str(error), indent="  ")

    # ------------------------------------------------------------------ the file

    def _move(self, step: State) -> None:
        """Save a step, go there and tell what moved."""
        before, self.state = self.state, self._saved(step)
        self.telling.moved(before, self.state)

    def _saved(self, step: State) -> State:
        """Write a step; where that fails, a person can put it right and try again."""
        while True:
            try:
                with finished_first():
                    saved = self.file.save(self.state, step)
            except InvalidInput as error:
                if not self.lines.is_terminal:
                    raise
                problem = in_words_of(self._wording, error)
                self.lines.say(self._wording.cannot_save.format(problem=problem))
                try:
                    said = self.lines.ask(self._wording.try_again)
                except (Ended, KeyboardInterrupt):
                    raise error from None
                if self._wording.command(said.casefold()) == "stop":
                    raise
            else:
                return saved
