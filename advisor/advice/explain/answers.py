"""What was answered to a question, how that is known, and who said it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.explain.line import Line
from advisor.advice.explain.setting import Setting
from advisor.advice.voice_lines import VoiceLines


class Answers:
    """Tells the answers of one unit."""

    def __init__(self, setting: Setting) -> None:
        """Tell those of `setting`."""
        self._setting = setting
        self._say = setting.say
        self._voice_lines = VoiceLines(setting.rulebook, setting.currency)

    def follows(self, name: str) -> bool:
        """Whether nobody answered a question, and the answer follows from others."""
        return name not in self._setting.unit.answers and self._setting.is_known(name)

    def words(self, name: str) -> str:
        """An answer with its evidence and source; or that there is none, and why."""
        answer, say = self._setting.unit.answers.get(name), self._say
        if answer is None:
            return (
                say("explain.follows", value=self._setting.shown(name)) if self.follows(name) else self._unasked(name)
            )
        if name in self._setting.document.withheld or (answer.state == "unknown" and self._contradicted(name)):
            return answer.note or say("explain.nobody_knows")
        tried = answer.tried is not None
        if answer.state == "unknown":
            return say("explain.nobody_knows_tried" if tried else "explain.nobody_knows")
        if answer.state == "not_applicable":
            key = "explain.does_not_apply" if answer.reason else "explain.does_not_apply_unsaid"
            return say(key, reason=answer.reason)
        known = say("explain.tried") if tried else say(f"evidence.{answer.evidence}")
        as_of = say.date(answer.as_of, "medium") if answer.as_of else None
        details = say("list.comma").join(part for part in (known, answer.source, as_of) if part)
        return say("explain.answer", value=self._setting.shown(name), details=details)

    def _unasked(self, name: str) -> str:
        return self._say("explain.not_asked" if self._setting.applies(name) else "explain.does_not_apply_unsaid")

    def voices(self, name: str) -> Iterator[Line]:
        """The voices behind an answer, and what counts of them."""
        heard = self._setting.voices.get(name)
        if heard is not None:
            yield from (Line(self._voice_lines.view(name, view)) for view in heard.views)
            yield Line(self._voice_lines.counts(heard))

    def _contradicted(self, name: str) -> bool:
        heard = self._setting.voices.get(name)
        return heard is not None and heard.counts == "contradictory"
