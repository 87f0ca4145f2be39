"""The profile on disk during an interview: one interview at a time, every answer written before the next question.

The file is read again before each write, so that what was edited by hand in between is kept.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from advisor.interview.engine import State
from advisor.profile import Answer, Frozen, Profile, Unit, check_profile, read_profile, write_answers
from advisor.profile.aside import answers_aside, write_aside
from advisor.profile.extend import write_voice
from advisor.profile.speaker import Speaker, speakers
from advisor.reading import InvalidInput, Place, Problem, read_text, write_atomically
from advisor.rulebook import Rulebook

Changes = dict[str, Answer | None]


@contextmanager
def finished_first() -> Iterator[None]:
    """A block that Ctrl-C does not interrupt; it counts once the block has ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


@dataclass(slots=True)
class ProfileFile:
    """The file of one profile, held for one interview; to be used in a `with` block.

    What is answered is recorded, or is what the `speaker` says: then it is written into that person's entry among the
    respondents, which begins with the first answer.
    """

    path: Path
    rulebook: Rulebook
    speaker: Speaker | None = None
    text: str = field(default="", init=False)
    _begun: bool = field(default=False, init=False)
    _lock: FileLock = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the lock, a hidden file beside the profile: the profile itself is replaced with every answer."""
        path = self.path.resolve()
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)

    def __enter__(self) -> Self:
        """Take the file; `InvalidInput` where another interview has it."""
        try:
            # By itself the lock would create missing folders, and take a folder that it cannot write to for a held one.
            Path(self._lock.lock_file).touch()
            self._lock.acquire()
        except Timeout:
            raise self._refusal("I001", "another interview has this file open; end that one first") from None
        except OSError as error:
            message = f"the folder cannot be written to ({error.strerror}); create it or choose another"
            raise self._refusal("I002", message) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the file free."""
        self._lock.release()

    def create(self, text: str) -> None:
        """Begin a new file."""
        write_atomically(self.path, text)

    def read(self) -> Profile:
        """Read the file as it is now."""
        self.text = read_text(self.path)
        profile = read_profile(self.text, self.rulebook.questions, str(self.path))
        check_profile(profile, self.rulebook)
        return profile

    def state(self, unit: Unit) -> State:
        """Where an interview about this unit begins. Raises `NoSuchSpeaker`."""
        aside = answers_aside(self.text, unit.name, self.rulebook.questions, self.speaker)
        if self.speaker is None:
            return State(unit, aside=aside)
        place = self.speaker.place(unit)
        self._begun = place < len(unit.respondents)
        return State(self.speaker.beginning(unit, date.today()), place, aside)

    def save(self, before: State, after: State) -> State:
        """Write what a step changed; gives the state with what was edited by hand meanwhile.

        Raises `InvalidInput` where the file can be neither read nor written; then it is as it was.
        """
        answers = _changes(before.answers, after.answers)
        aside = _changes(before.aside, after.aside)
        text = read_text(self.path)
        by_hand = text != self.text
        if by_hand:
            self._check_entry(before, text)
        if not answers and not aside:
            return self._with_hand_edits(after, text) if by_hand else after
        new = self._with_answers(text, after, answers) if answers else text
        if aside:
            new = write_aside(new, after.unit.name, aside, self.rulebook.questions, self.speaker)
        write_atomically(self.path, new)
        self.text = new
        self._begun = self._begun or bool(answers)
        return self._with_hand_edits(after, new) if by_hand else after

    def _with_answers(self, text: str, state: State, changes: Changes) -> str:
        unit, questions, file = state.unit, self.rulebook.questions, str(self.path)
        if self.speaker is None:
            return write_answers(text, unit.name, changes, questions, file)
        there = self._unit(unit.name, text)
        if self._begun:
            return write_answers(text, unit.name, changes, questions, file, self.speaker.place(there))
        (*_, voice) = self.speaker.beginning(there, date.today()).respondents
        said = {name: answer for name, answer in changes.items() if answer is not None}
        return write_voice(text, unit.name, replace(voice, answers=Frozen(said)), questions, file)

    def _check_entry(self, state: State, text: str) -> None:
        """Refuse a file in which, since it was read, the entry that is written into has become another person's."""
        if self.speaker is None or state.speaker is None:
            return
        mine, there = state.unit.respondents[state.speaker], self._unit(state.unit.name, text)
        heard = [who for who in speakers(there) if who and who.role == self.speaker.role]
        if self._begun:
            same = self.speaker in heard and there.respondents[self.speaker.place(there)].date == mine.date
        else:
            same = len(heard) == self.speaker.number - 1
        if same:
            return
        message = f"the entry of {self.speaker} is not what it was; put the respondents back, or end and begin again"
        raise self._refusal("I003", message)

    def _with_hand_edits(self, state: State, text: str) -> State:
        self.text = text
        now = self.state(self._unit(state.unit.name, text))
        return replace(state, unit=now.unit, speaker=now.speaker, aside=now.aside)

    def _unit(self, name: str, text: str) -> Unit:
        unit = read_profile(text, self.rulebook.questions, str(self.path)).unit(name)
        if unit is None:
            raise self._refusal("P040", f"the unit '{name}' is no longer in the file; put it back")
        return unit

    def _refusal(self, code: str, message: str) -> InvalidInput:
        return InvalidInput([Problem(Place(str(self.path)), code, message)])


def _changes(before: Frozen[Answer], after: Frozen[Answer]) -> Changes:
    changed: Changes = {name: answer for name, answer in after.items() if before.get(name) != answer}
    return changed | dict.fromkeys(name for name in before if name not in after)
