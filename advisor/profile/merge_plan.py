"""What one profile adds to another: the profile that both make, and the changes of the text that lead there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from advisor.profile.edit import add_kept
from advisor.profile.extend import add_about, add_field, add_respondents, add_steps
from advisor.profile.model import Answer, Engagement, Frozen, Organisation, Profile, StepReport, Unit, Voice
from advisor.profile.piecewise import Edit
from advisor.profile.render import answer_as_yaml, text_as_yaml
from advisor.profile.steps import steps_as_yaml
from advisor.profile.write import write_answers
from advisor.reading import InvalidInput, Node, Place, Problem, place_of, quote
from advisor.rulebook.questionnaire import Questionnaire

Path = tuple[int | str, ...]
Head = TypeVar("Head", Organisation, Engagement)
Said = TypeVar("Said", str, date)


class Plan:
    """Grows with every profile that is added; `profile` is what all of them make together.

    `head` and `edits` are the changes of the text of the first one: of its head, and of its units by their names.
    `comments` are, by file, the statements that were not taken.
    """

    def __init__(self, profile: Profile, root: Node, questions: Questionnaire) -> None:
        self.profile = profile
        self.conflicts: list[Problem] = []
        self.notes: list[Problem] = []
        self._questions = questions
        self.head: list[Edit] = []
        self.edits: dict[str, list[Edit]] = {unit.name: [] for unit in profile.units}
        self.comments: dict[str, list[str]] = {}
        self._root = root
        self.comments[root.place.file] = []
        self._places: dict[Path, Place] = {}
        for part, there in (("organisation", profile.organisation), ("engagement", profile.engagement)):
            for each in fields(there):
                self._note_place((part, each.name), (part, each.name))
        self._note_place(("about",), ("about",))
        for number, unit in enumerate(profile.units):
            self._note_places_of(unit, ("units", number))

    def add(self, other: Profile, root: Node, unit: str | None) -> None:
        """Add what another profile says; of its units only the one that is named, if any."""
        mine, theirs = self.profile.organisation.name, other.organisation.name
        if mine.casefold() != theirs.casefold():
            message = f"this profile is of {quote(theirs)}, the first one of {quote(mine)}; merge those of one client"
            raise InvalidInput([Problem(place_of(root, ("organisation", "name")), "P042", message)])
        self._root = root
        self.comments[root.place.file] = []
        put = partial(self._put, None, partial(_top, "about"))
        about = self._one(("about",), ("about",), self.profile.about, other.about, put)
        organisation = self._head("organisation", self.profile.organisation, other.organisation)
        engagement = self._head("engagement", self.profile.engagement, other.engagement)
        self.profile = replace(self.profile, about=about, organisation=organisation, engagement=engagement)
        for number, each in enumerate(other.units):
            if unit is None or each.name.casefold() == unit.casefold():
                self._unit(each, ("units", number))

    def unit(self, name: str) -> Unit:
        """A unit of them all, however its name is written."""
        return next(each for each in self.profile.units if each.name.casefold() == name.casefold())

    def new_units(self) -> list[Unit]:
        """The units that the first profile does not have."""
        return [unit for unit in self.profile.units if unit.name not in self.edits]

    def _edit(self, unit: str | None, edit: Edit) -> None:
        """Note a change of the text: of its head (None), or of a unit; a new unit is written as it is in the end."""
        if unit is None:
            self.head.append(edit)
        elif unit in self.edits:
            self.edits[unit].append(edit)

    def _put(self, unit: str | None, edit: Callable[[str, str], str], said: str) -> None:
        """Note an edit that takes a statement first."""
        self._edit(unit, partial(edit, said))

    def _note_place(self, path: Path, key: Path) -> None:
        self._places[key] = place_of(self._root, path)

    def _note_places_of(self, unit: Unit, path: Path) -> None:
        """Note where what has no place of its own stands in a unit."""
        self._note_place((*path, "about"), (unit.name.casefold(), "about"))
        for name in unit.kept:
            self._note_place((*path, "answers", name), self._kept_key(unit.name, name))

    def _head(self, part: str, mine: Head, theirs: Head) -> Head:
        taken: dict[str, Any] = {
            each.name: self._one(
                (part, each.name),
                (part, each.name),
                getattr(mine, each.name),
                getattr(theirs, each.name),
                partial(self._put, None, partial(_in_part, part, each.name)),
            )
            for each in fields(mine)
            if (part, each.name) != ("organisation", "name")
        }
        return replace(mine, **taken)

    def _one(
        self, path: Path, key: Path, mine: Said | None, theirs: Said | None, put: Callable[[str], None]
    ) -> Said | None:
        """The statement that is taken of two; `put` is given what is new."""
        if theirs is None or mine == theirs:
            return mine
        if mine is None:
            put(str(theirs))
            self._note_place(path, key)
            return theirs
        what = " of ".join(str(part) for part in reversed(key))
        self._conflict(what, place_of(self._root, path), self._places[key], f"{what}: {text_as_yaml(str(theirs))}")
        return mine

    def _conflict(self, what: str, place: Place, before: Place, left_out: str) -> None:
        message = f"{what} is not what {before} says; that stays, this becomes a comment at the end"
        self.conflicts.append(Problem(place, "P043", message))
        self.comments[self._root.place.file].append(f"not taken from {text_as_yaml(place.file)}: {left_out}")

    def _note(self, place: Place | None, message: str) -> None:
        self.notes.append(Problem(place or self._root.place, "P044", message))

    def _unit(self, theirs: Unit, path: Path) -> None:
        known = [unit.name.casefold() for unit in self.profile.units]
        if theirs.name.casefold() not in known:
            self._note_places_of(theirs, path)
            self.profile = replace(self.profile, units=(*self.profile.units, theirs))
            return
        number = known.index(theirs.name.casefold())
        units = list(self.profile.units)
        mine = units[number]
        key = (mine.name.casefold(), "about")
        put = partial(self._put, mine.name, partial(_about, mine.name))
        about = self._one((*path, "about"), key, mine.about, theirs.about, put)
        answers, kept = self._answers(mine, theirs), self._kept(mine, theirs, path)
        respondents = (*mine.respondents, *self._voices(mine, theirs))
        steps = self._steps(mine, theirs)
        units[number] = replace(mine, about=about, answers=answers, kept=kept, respondents=respondents, steps=steps)
        self.profile = replace(self.profile, units=tuple(units))

    def _answers(self, mine: Unit, theirs: Unit) -> Frozen[Answer]:
        added: dict[str, Answer] = {}
        for name, answer in theirs.answers.items():
            before = mine.answers.get(name)
            if before is None or (_only_unknown(before) and answer.state != "unknown"):
                added[name] = answer
                if before is not None:
                    self._note(
                        answer.place, f"{mine.name}: {name} is answered here and unknown in {before.place}; taken"
                    )
            elif _only_unknown(answer) and before.state != "unknown":
                self._note(answer.place, f"{mine.name}: {name} is unknown here; the answer in {before.place} stays")
            elif before != answer:
                assert answer.place is not None
                assert before.place is not None
                said = f"{{unit: {text_as_yaml(mine.name)}, question: {name}, answer: {answer_as_yaml(answer)}}}"
                self._conflict(f"{mine.name}: {name}", answer.place, before.place, said)
        if added:
            self._edit(mine.name, partial(_with_answers, mine.name, added, self._questions))
        return Frozen({**mine.answers, **added})

    def _kept(self, mine: Unit, theirs: Unit, path: Path) -> Frozen[str]:
        """Answers to questions that are not asked any more, that both files keep, maybe under different names."""
        removed = self._questions.not_asked
        there = {removed[name].name: said for name, said in mine.kept.items()}
        added: dict[str, str] = {}
        for name, said in theirs.kept.items():
            at, key = (*path, "answers", name), self._kept_key(mine.name, name)
            if removed[name].name not in there:
                added[name] = said
                self._edit(mine.name, partial(_with_kept, mine.name, name, said))
                self._note_place(at, key)
            elif there[removed[name].name] != said:
                left_out = f"{{unit: {text_as_yaml(mine.name)}, question: {name}, answer: {said}}}"
                self._conflict(f"{mine.name}: {name}", place_of(self._root, at), self._places[key], left_out)
        return Frozen({**mine.kept, **added})

    def _kept_key(self, unit: str, name: str) -> Path:
        return unit.casefold(), "kept", self._questions.not_asked[name].name

    def _voices(self, mine: Unit, theirs: Unit) -> list[Voice]:
        """The respondents who are new. The same entry in two files is the same people, once for each time it stands."""
        known, new = list(mine.respondents), []
        for voice in theirs.respondents:
            if voice in known:
                before = known.pop(known.index(voice))
                message = f"these respondents of {mine.name} stand in {before.place} already; they count once"
                self._note(voice.place, f"{message} (if they are others, give them another date or note)")
            else:
                new.append(voice)
        if new:
            self._edit(mine.name, partial(_with_voices, mine.name, new))
        return new

    def _steps(self, mine: Unit, theirs: Unit) -> Frozen[StepReport] | None:
        before, added = mine.steps or Frozen(), dict[str, StepReport]()
        for name, report in (theirs.steps or {}).items():
            if name not in before:
                added[name] = report
            elif before[name] != report:
                assert report.place is not None
                there = before[name].place
                assert there is not None
                (said,) = steps_as_yaml(Frozen({name: report}))
                left_out = f"{{unit: {text_as_yaml(mine.name)}, steps: {{{said}}}}}"
                self._conflict(f"{mine.name}: the step {name}", report.place, there, left_out)
        if added:
            self._edit(mine.name, partial(_with_steps, mine.name, Frozen(added)))
        return Frozen({**before, **added}) or None


def _only_unknown(answer: Answer) -> bool:
    return answer.state == "unknown" and not answer.note


def _top(name: str, value: str, text: str) -> str:
    return add_field(text, None, name, value)


def _in_part(part: str, name: str, value: str, text: str) -> str:
    return add_field(text, part, name, value)


def _about(unit: str, value: str, text: str) -> str:
    return add_about(text, unit, value)


def _with_answers(unit: str, added: dict[str, Answer], questions: Questionnaire, text: str) -> str:
    return write_answers(text, unit, added, questions)


def _with_kept(unit: str, name: str, said: str, text: str) -> str:
    return add_kept(text, unit, name, said)


def _with_steps(unit: str, steps: Frozen[StepReport], text: str) -> str:
    return add_steps(text, unit, steps)


def _with_voices(unit: str, voices: list[Voice], text: str) -> str:
    return add_respondents(text, unit, voices)
