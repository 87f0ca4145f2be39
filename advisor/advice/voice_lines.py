"""What roles say, as lines for people: who says what, what counts of it, and whose view would change the advice."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advice.model import ChangedOutcome, VoiceAdvice
from advisor.advice.outcome_words import outcome_title, outcome_word
from advisor.advice.wording import in_words, label_of, shown
from advisor.language import Fact
from advisor.phrases import phrases_in
from advisor.profile import Answer
from advisor.profile.facts import fact_of
from advisor.profile.voices import HeardQuestion, View
from advisor.rulebook import Rulebook


class VoiceLines:
    """Writes about the voices of one rulebook's questions; money is in `currency`."""

    def __init__(self, rulebook: Rulebook, currency: str | None) -> None:
        self.rulebook = rulebook
        self.currency = currency
        self.say = phrases_in(rulebook.spoken)

    def question(self, heard: HeardQuestion) -> str:
        """One question: its label, every view, and what counts."""
        views = self.say.in_row([self.view(heard.question, view) for view in heard.views])
        label = label_of(heard.question, self.rulebook)
        return self.say("voice.question", label=label, views=views, counts=self.counts(heard))

    def view(self, name: str, view: View) -> str:
        """Who says what: ``managers yes``, ``staff no (6 of 8)``."""
        role = self.say(f"who.{view.role}")
        if view.standing == "withheld":
            return self.say("voice.withheld", role=role)
        words = self.say("voice.divided") if view.answer is None else self._said(name, view.answer)
        return self.say("voice.view", role=role, words=words) + self._of_people(name, view)

    def counts(self, heard: HeardQuestion) -> str:
        """What counts, and by which rule."""
        rule = self.say(f"combine_rule.{self.rulebook.questions[heard.question].combined_by}")
        if heard.answer is not None and heard.counts in ("recorded", "combined"):
            return self.say(f"voice.is_{heard.counts}", words=self._said(heard.question, heard.answer), rule=rule)
        counts = heard.counts if heard.counts in ("contradictory", "withheld") else "nothing"
        return self.say(f"voice.counts_{counts}", rule=rule)

    def alone(self, voice: VoiceAdvice) -> str:
        """What would change if the view of one role counted."""
        role = self.say(f"who.{voice.role}")
        if voice.changes is None:
            return self.say("voice.impossible", role=role)
        if not voice.changes:
            return self.say("voice.same", role=role)
        return self.say(
            "voice.alone", role=role, changes=self.say.in_row([self._change(each) for each in voice.changes])
        )

    def _said(self, name: str, answer: Answer) -> str:
        signature = self.rulebook.scope[name]
        facts: Mapping[str, Fact] = {name: fact_of(answer, signature)}
        words = shown(name, self.rulebook, facts, self.currency)
        quoted = signature.kind in ("choice", "choices") and answer.state == "answered"
        return self.say("word.quoted", words=words) if quoted else words

    def _of_people(self, name: str, view: View) -> str:
        if view.role != "staff":
            return ""
        if not view.tally:
            return self.say("voice.people", people=view.people)
        most = sorted(view.tally.items(), key=lambda each: -each[1])
        if view.answer is not None:
            return self.say("voice.most_of", most=most[0][1], people=view.people)
        said = [self.say("voice.so_many", number=number, word=self._word(name, word)) for word, number in most]
        return self.say("voice.parts_of", people=view.people, parts=self.say("list.comma").join(said))

    def _word(self, name: str, word: str) -> str:
        truth = {"true": True, "false": False}.get(word) if self.rulebook.scope[name].kind == "truth" else None
        if truth is not None:
            return in_words(truth, name, self.rulebook)
        return self.say("word.quoted", words=in_words(word, name, self.rulebook))

    def _change(self, change: ChangedOutcome) -> str:
        now, then = (outcome_word(change.outcome, word, self.rulebook) for word in (change.now, change.then))
        return self.say("voice.change", outcome=outcome_title(change.outcome, self.rulebook), then=then, now=now)
