"""What is asked, and what became of what was asked before: renamed, changed, removed, new."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from advisor.rulebook.model import Choice, Column, Question, Removed, Revision


@dataclass(frozen=True, eq=False)
class Questionnaire(Mapping[str, Question]):
    """The questions by name, of one version of a rulebook; `removed` are those that only earlier versions ask.

    Without a version nothing is older than it.
    """

    questions: Mapping[str, Question]
    version: str | None = None
    removed: Mapping[str, Removed] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Question:
        """Give a question by the name that it has now."""
        return self.questions[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order of the rulebook."""
        return iter(self.questions)

    def __len__(self) -> int:
        """Count the questions."""
        return len(self.questions)

    def __contains__(self, name: object) -> bool:
        """Whether a question has that name now; asking takes a fraction of trying, where many are no questions."""
        return name in self.questions

    def items(self) -> ItemsView[str, Question]:
        """The questions with their names, several times as fast as one by one."""
        return self.questions.items()

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The name of today for every old one."""
        return old_names(self.questions.values())

    @cached_property
    def not_asked(self) -> Mapping[str, Removed]:
        """The questions that are not asked any more, by all the names that they have had."""
        return {name: each for each in self.removed.values() for name in (each.name, *each.was)}

    def names(self, name: str) -> tuple[str, ...]:
        """The names under which a file may hold the answer to a question, that of today first."""
        return (name, *self.questions[name].was) if name in self.questions else (name,)

    def is_older(self, version: str | None) -> bool:
        """Whether the version that a profile states is older than this one; so is one that it does not state."""
        return self.version is not None and is_before(version, self.version)

    def added_since(self, version: str | None) -> list[str]:
        """The questions that were not asked in that version; where it states none, those that the first did not ask."""
        return [name for name, question in self.items() if question.since and is_before(version, question.since)]

    def revisions(self, name: str, version: str | None) -> list[Revision]:
        """What has changed about a question since that version, the latest first."""
        changed = [each for each in self.questions[name].changed if is_before(version, each.version)]
        return sorted(changed, key=lambda each: _parts(each.version), reverse=True)


def is_before(version: str | None, other: str) -> bool:
    """Whether a version is earlier than another; one that nobody states counts as the first."""
    return version is None or _parts(version) < _parts(other)


def _parts(version: str) -> list[int]:
    parts = [int(part) for part in version.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return parts


def old_names(parts: Iterable[Question | Column | Choice]) -> dict[str, str]:
    """The name (of a choice the value) of today for every old one."""
    return {old: part.value if isinstance(part, Choice) else part.name for part in parts for old in part.was}
