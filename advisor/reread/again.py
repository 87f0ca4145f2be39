"""A memo made again from its own record, and what comes out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from advisor.advice import Advice, Adviser
from advisor.advice.withheld import Shareable, shareable
from advisor.engines.proof import is_available
from advisor.memo import Memo, MemoOptions, render_markdown
from advisor.memo.record import Record, record_of
from advisor.phrases import phrases_in
from advisor.profile import Profile, read_profile, with_answers
from advisor.reading import InvalidInput, quote
from advisor.reread.derived import advised_again, embedded_profile
from advisor.reread.files import passages_of
from advisor.reread.passages import Edit, Passage, edits
from advisor.reread.profiles import profile_changes
from advisor.reread.rulebooks import RulebookChange
from advisor.rulebook import Rulebook
from advisor.version import __version__

Maker = Callable[[Advice, MemoOptions], Memo]
"""What makes a memo, or slides as one."""


class Again:
    """The memo made again, as far as that is possible with this rulebook."""

    def __init__(
        self, record: Record, written: Memo, rulebook: Rulebook, change: RulebookChange | None, file: str, make: Maker
    ) -> None:
        self._record, self._written, self._rulebook = record, written, rulebook
        self._say, self._make = phrases_in(rulebook.spoken), make
        self._is_same_rulebook = change is None or change.only_parameters
        self._adviser = Adviser(rulebook, record.made_with.engine)
        self._options = MemoOptions(
            written.provenance, unit=record.profile.unit, looks=written.looks, one_page=written.one_page
        )
        self._made: tuple[Shareable, Advice] | None = None
        self._unreadable = ""
        try:
            shared = embedded_profile(record, rulebook, file)
        except InvalidInput as error:
            self._unreadable = str(error.problems[0])
        else:
            self._made = shared, advised_again(record, shared, self._adviser)

    def differences(self) -> list[Edit]:
        """Passages that come out otherwise."""
        if self._made is None:
            return []
        memo = replace(self._make(self._made[1], self._options), record=self._written.record)
        return [] if memo == self._written else edits(_told(self._written), _told(memo))

    def faults(self) -> Iterator[str]:
        """Why the record cannot be followed, or is not as it was written."""
        record = self._record
        if self._made is None:
            which = "verify.unreadable" if self._is_same_rulebook else "verify.unreadable_here"
            yield self._say(which, problem=self._unreadable)
            return
        shared, advice = self._made
        if shared.digest != record.profile.digest:
            yield self._say("verify.other_digest")
        if self._is_same_rulebook and record.made_with.advisor == __version__:
            yield from self._differing_record(advice)

    def _differing_record(self, advice: Advice) -> Iterator[str]:
        record, again = self._record, record_of(advice, self._written, self._options)
        if (again.date, [*map(asdict, again.units)]) != (record.date, [*map(asdict, record.units)]):
            yield self._say("verify.other_advice")
        if self._can_be_proven():
            proven = record_of(self._adviser.with_outlook(advice), self._written, self._options).outlooks
            if [*map(asdict, proven)] != [*map(asdict, record.outlooks)]:
                yield self._say("verify.other_proof")

    def _can_be_proven(self) -> bool:
        return is_available() and bool(self._record.outlooks) and not any(each.note for each in self._record.outlooks)

    def changes_to(self, path: Path) -> Iterator[str]:
        """Which answers of another profile differ from those that the memo was made from."""
        if self._made is None:
            return
        shared, other = self._made[0], shareable(self._as_it_was_read(path), self._rulebook)
        yield from profile_changes(shared, other, self._rulebook)

    def _as_it_was_read(self, path: Path) -> Profile:
        """Another profile cut down to the unit, and with the trials, of the memo."""
        profile, embedded = read_profile(path, self._rulebook.questions), self._record.profile
        if embedded.unit is not None:
            profile = replace(profile, units=tuple(unit for unit in profile.units if unit.name == embedded.unit))
        for each in embedded.tried:
            if each.question not in embedded.withheld.get(each.unit, ()) and profile.unit(each.unit) is not None:
                profile = with_answers(profile, {each.question: each.value}, self._rulebook.questions, each.unit)
        return profile

    def notes(self) -> Iterator[str]:
        """What is worth knowing and no difference."""
        if self._record.made_with.advisor != __version__:
            yield self._say("verify.note_version", then=self._record.made_with.advisor, now=__version__)
        if self._record.made_with.language != self._rulebook.spoken:
            yield self._say("verify.note_language", language=quote(self._record.made_with.language))
        if self._record.outlooks and not is_available():
            yield self._say("verify.note_solver")

    def notes_on_bytes(self, *, same: bool) -> Iterator[str]:
        """What is not looked at, where the words alone are the same in a file that this version wrote."""
        if not same and self._record.made_with.advisor == __version__:
            yield self._say("verify.note_bytes")


def _told(memo: Memo) -> list[Passage]:
    return passages_of(render_markdown(replace(memo, record=None)).encode(), ".md", "the memo")[1]
