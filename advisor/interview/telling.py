"""What the front for lines tells: the question and why it is asked, what changed, what is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from advisor.engines.outcomes import EROSION
from advisor.interview.engine import Interview, State, View
from advisor.interview.lines import Lines
from advisor.interview.live import Live, Standing
from advisor.interview.order import Proposal
from advisor.interview.settled import Headline
from advisor.interview.targets import Part
from advisor.interview.titles import Titles
from advisor.interview.wording import Wording
from advisor.profile.speaker import Speaker
from advisor.rulebook import Column, Question

_SUMMED_UP_AFTER = 3


@dataclass(slots=True)
class Telling:
    """Tells about one sitting; it remembers what it has told."""

    interview: Interview
    titles: Titles
    live: Live
    lines: Lines
    path: Path
    version: str | None
    """Of the questionnaire for which the file was written, where it says so."""
    speaker: Speaker | None = None
    """The person who is heard; without one answers are recorded."""
    _from_before: State | None = field(default=None, init=False)
    _standing: Standing | None = field(default=None, init=False)
    _since_summary: int = field(default=0, init=False)
    _settled: Headline | None = field(default=None, init=False)

    @property
    def _wording(self) -> Wording:
        return self.titles.wording

    def begin(self, state: State, view: View) -> None:
        """Say how it works and where it goes on."""
        self._standing, self._from_before = self.live.standing(view.standing), state
        self.lines.say(self._wording.welcome.format(unit=state.unit.name, how_to=self._wording.how_to))
        if self.speaker:
            self.lines.say(
                self._wording.heard_as.format(speaker=self.speaker, who=self._wording.who[self.speaker.role])
            )
        if state.answers:
            self.lines.say(self._wording.resumed.format(answered=len(state.answers)))
        self._since_then(state)
        stale = self.interview.stale(state)
        if stale:
            self.lines.say(self._wording.stale.format(names=self._labels(stale)))

    def _since_then(self, state: State) -> None:
        """Say what is asked otherwise since the file was written."""
        asked = self.titles.rulebook.questions
        kept = state.unit.kept if state.speaker is None else state.unit.respondents[state.speaker].kept
        if kept:
            names = ", ".join(asked.not_asked[name].label or name for name in kept)
            self.lines.say(self._wording.kept.format(names=names))
        here = [name for name in asked.added_since(self.version) if self.interview.in_scope(name)]
        new = [name for name in here if name not in state.answers]
        if self.version and new:
            self.lines.say(self._wording.new_since.format(version=self.version, names=self._labels(new)))

    def settled(self, view: View) -> None:
        """Say once that the headline is settled, or that no sampled completion changes it."""
        headline = view.headline
        whole = self.interview.is_settled(view)
        told = headline if whole or headline.by == "sampling" else None
        if told is None or self._settled == told:
            self._settled = told
            return
        self._settled = told
        title = self.titles.verdict(headline.verdict or "")
        if whole:
            self.lines.say(self._wording.settled_proven.format(title=title))
            self.lines.say(self._wording.may_stop)
        else:
            self.lines.say(self._wording.settled_sampled.format(draws=headline.draws, title=title))

    def moved(self, before: State, after: State) -> None:
        """Say which answers look mistaken, which were set aside and which questions come back."""
        known = self.titles.broken_checks(before.told_here(), "hint")
        for hint in self.titles.broken_checks(after.told_here(), "hint"):
            if hint not in known:
                self.lines.say(hint, indent="  ")
        aside = [name for name in after.aside if name not in before.aside]
        if aside:
            self.lines.say(self._wording.set_aside.format(names=self._labels(aside)), indent="  ")
        returned = [name for name in after.returned if name not in before.returned]
        if returned:
            self.lines.say(self._wording.returned.format(names=self._labels(returned)), indent="  ")

    def changed(self, state: State, view: View) -> None:
        """Say what now holds and what no longer does; after a section, or some answers of it, all that holds."""
        now = self.live.standing(view.standing)
        if self._standing is not None:
            for line in self.live.changes(self._standing, now):
                self.lines.say(line, indent="  ")
        self._standing = now
        self._since_summary += 1
        questions = self.titles.rulebook.questions
        section = questions[state.passed[-1]].section if state.passed else None
        following = questions[view.next.question].section if view.next else None
        if section and section != following and self._since_summary >= _SUMMED_UP_AFTER:
            self._since_summary = 0
            self.lines.say()
            self.lines.say(self._wording.so_far_heading.format(section=self.titles.section(section)))
            for line in self.live.so_far(now, view.standing):
                self.lines.say(line, indent="  ", hanging="  ")

    def left_open(self, asked: Proposal, state: State, view: View) -> None:
        """Say that the question that was asked is open and not the next one: another was answered, by its name."""
        if view.next and view.next.question != asked.question in view.askable and state.wanted is None:
            self.lines.say(self._wording.left_open.format(names=self._labels([asked.question])), indent="  ")

    def end(self, state: State, view: View) -> None:
        """Say that nothing is left to ask."""
        self.lines.say()
        if self.interview.scope.is_whole() and not state.skipped:
            self.lines.say(self._wording.settled_all)
        elif view.askable:
            self.lines.say(self._wording.settled_rest)
        elif not state.passed:
            self.lines.say(self._wording.nothing_here)
        if view.askable:
            self.lines.say(self._wording.unasked.format(number=len(view.askable)))
        if state.skipped:
            self.lines.say(self._wording.skipped_left.format(number=len(state.skipped)))
        self.lines.say(self._wording.finished.format(path=self.path))

    def _labels(self, names: Iterable[str]) -> str:
        return ", ".join(f"{self.titles.label(name)} ({name})" for name in names)

    def question(self, state: State, view: View, proposal: Proposal) -> None:
        """Show a question: why it is asked, how much is left, how it is answered, what was said before."""
        question = self.titles.question(proposal.question)
        wording, lines = self._wording, self.lines
        lines.say()
        lines.say(f"{question.ask} ({wording.asked_of.format(who=wording.who[question.who])}; {question.name})")
        reasons = [self._why(state, proposal), self._left(view)]
        if any(reasons):
            lines.say("; ".join(reason for reason in reasons if reason), indent="  ")
        self.form(question)
        before = state.before(question.name)
        if before is not None:
            may_show = self.speaker is None or before != (self._from_before or state).before(question.name)
            answer = self.titles.answer(before, question) if may_show else wording.said_before
            lines.say(wording.so_far.format(answer=answer), indent="  ")
            lines.say(wording.keep_with_enter, indent="  ")

    def help(self, question: Question, asked: Question | None = None) -> None:
        """Say what a question means and how it is answered, and its text where another one was `asked`."""
        if asked is not None and asked != question:
            self.lines.say(f"{question.ask} ({question.name})", indent="  ")
        self.lines.say(question.help, indent="  ")
        self.form(question)
        self.lines.say(self._wording.how_to, indent="  ")

    def form(self, question: Question) -> None:
        """Say how a question is answered: in which unit and bounds, by which choices."""
        wording, reader = self._wording, self.titles.reader
        if question.type == "number":
            unit, allowed = reader.unit(question), reader.allowed(question)
            said = wording.number_in if unit else wording.number
            self.lines.say(said.format(unit=unit, allowed=allowed), indent="  ")
        elif question.type in ("choice", "choices"):
            self.lines.say(wording.one_of if question.type == "choice" else wording.any_of, indent="  ")
        self.offered(question, "    " if question.choices else "  ")

    def offered(self, asked: Question | Column, indent: str = "    ") -> None:
        """The choices of a question or of a column of a table, by their numbers."""
        if asked.type == "yes_no":
            self.lines.say(self._wording.yes_or_no, indent=indent)
        for number, choice in enumerate(asked.choices, 1):
            self.lines.say(f"{number} {choice.label}", indent=indent, hanging="  ")

    def _why(self, state: State, proposal: Proposal) -> str:
        wording, titles, target = self._wording, self.titles, proposal.target
        if proposal.question in state.returned:
            return wording.why_returned
        if target is None:
            return ""
        if target.part is Part.VERDICT:
            return wording.why_verdict.format(word=titles.verdict(target.word))
        if target.part is Part.FIRST_PATTERN:
            names = [f"“{titles.pattern(word)}”" for word in proposal.between]
            return wording.why_between.format(patterns=wording.listed(names)) if len(names) > 1 else wording.why_first
        if target.part is Part.PREPARATIONS_AND_EROSION:
            name = titles.preparation(target.outcome)
            return wording.why_erosion if target.outcome == EROSION else wording.why_preparation.format(name=name)
        if target.part is Part.FIGURES:
            return wording.why_figure.format(name=titles.label(target.outcome))
        return wording.why_finding.format(name=titles.rule(target.rule)) if target.rule else wording.why_first

    def _left(self, view: View) -> str:
        if view.left is None:
            return ""
        least, most = view.left
        if least == most:
            return self._wording.left_one if most == 1 else self._wording.left_at_most.format(most=most)
        return self._wording.left.format(least=least, most=most)
