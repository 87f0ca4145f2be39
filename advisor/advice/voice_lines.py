"""What roles say, as lines for people: who says what, what counts of it, and whose view would change the advice."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advice.model import ChangedOutcome, VoiceAdvice
from advisor.advice.wording import in_words, shown
from advisor.engines.outcomes import EROSION, FIRST, PREPARATION, VERDICT
from advisor.language import Fact
from advisor.profile import Answer
from advisor.profile.facts import fact_of
from advisor.profile.voices import HeardQuestion, View
from advisor.rulebook import Rulebook

ROLES = {"manager": "managers", "staff": "staff", "data_owner": "data owner"}
_RULES = {
    "lowest": "the lowest view counts",
    "highest": "the highest view counts",
    "data_owner_first": "the data owner comes first, the others have to agree",
    "mean_of_staff": "staff's own view counts",
    "agree": "they have to agree",
}


class VoiceLines:
    """Writes about the voices of one rulebook's questions; money is in `currency`."""

    def __init__(self, rulebook: Rulebook, currency: str | None) -> None:
        self.rulebook = rulebook
        self.currency = currency

    def question(self, heard: HeardQuestion) -> str:
        """One question: its label, every view, and what counts."""
        question = self.rulebook.questions[heard.question]
        views = "; ".join(self.view(heard.question, view) for view in heard.views)
        return f"{question.label or question.ask}: {views}. {self.counts(heard)}"

    def view(self, name: str, view: View) -> str:
        """Who says what: ``managers yes``, ``staff no (6 of 8)``."""
        role = ROLES[view.role]
        if view.standing == "withheld":
            return f"{role} withheld (too few people)"
        if view.answer is not None:
            return f"{role} {self._said(name, view.answer)}{self._of_people(name, view)}"
        return f"{role} divided{self._of_people(name, view)}"

    def counts(self, heard: HeardQuestion) -> str:
        """What counts, and by which rule."""
        rule = _RULES[self.rulebook.questions[heard.question].combined_by]
        match heard.counts:
            case "recorded" if heard.answer:
                return f"On record: {self._said(heard.question, heard.answer)}; that counts."
            case "combined" if heard.answer:
                return f"Counts: {self._said(heard.question, heard.answer)} ({rule})."
            case "contradictory":
                return f"Contradictory, so it counts as unknown ({rule})."
            case "withheld":
                return "Withheld, so it counts as unknown."
        return f"Nothing counts ({rule})."

    def alone(self, voice: VoiceAdvice) -> str:
        """What would change if the view of one role counted."""
        role = ROLES[voice.role]
        if voice.changes is None:
            return f"On the view of the {role} alone nothing can be said: it cannot be true beside the other answers."
        if not voice.changes:
            return f"On the view of the {role} alone the advice would be the same."
        changes = "; ".join(self._change(change) for change in voice.changes)
        return f"On the view of the {role} alone: {changes}."

    def _said(self, name: str, answer: Answer) -> str:
        signature = self.rulebook.scope[name]
        facts: Mapping[str, Fact] = {name: fact_of(answer, signature)}
        words = shown(name, self.rulebook, facts, self.currency)
        return f"“{words}”" if signature.kind in ("choice", "choices") and answer.state == "answered" else words

    def _of_people(self, name: str, view: View) -> str:
        if view.role != "staff":
            return ""
        if not view.tally:
            return f" ({view.people} people)"
        most = sorted(view.tally.items(), key=lambda each: -each[1])
        if view.answer is not None:
            return f" ({most[0][1]} of {view.people})"
        return f" (of {view.people}, {', '.join(f'{said} {self._word(name, word)}' for word, said in most)})"

    def _word(self, name: str, word: str) -> str:
        truth = {"true": True, "false": False}.get(word) if self.rulebook.scope[name].kind == "truth" else None
        return f"“{in_words(word, name, self.rulebook)}”" if truth is None else in_words(truth, name, self.rulebook)

    def _change(self, change: ChangedOutcome) -> str:
        named, words = self._outcome(change.outcome)
        now, then = (words.get(word, word.replace("_", " ")) for word in (change.now, change.then))
        return f"{named} would be {then} instead of {now}"

    def _outcome(self, outcome: str) -> tuple[str, dict[str, str]]:
        """What an outcome is called, and how its words are said."""
        frame = self.rulebook.frame
        if outcome == VERDICT:
            return "the verdict", {each.name: f"“{each.title}”" for each in frame.verdicts}
        if outcome == FIRST:
            return "the first pattern", {each.name: f"“{each.title}”" for each in frame.patterns}
        if outcome == EROSION:
            return "erosion", {}
        titles = {PREPARATION + each.name: each.title for each in frame.preparations}
        return titles[outcome], {}
