"""What a profile of an earlier questionnaire says, in the names of today; and what has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Names

from advisor.profile.model import Answer, Frozen, Profile
from advisor.profile.render import node_as_yaml
from advisor.profile.texts import read_text_field
from advisor.reading import Collector, Mapping, Node, Place, Problem, Scalar, quote
from advisor.rulebook.model import Question, Removed, Revision
from advisor.rulebook.questionnaire import Questionnaire, is_before

_VERSION = re.compile(r"[0-9]+(\.[0-9]+){0,3}")
OF_VALUES = frozenset({"P003", "P005", "P021", "P022", "P023", "P024", "P025", "P026", "P027"})
"""What may be wrong with a value because the question was another one when it was answered."""


def read_version(node: Node | None, asked: Questionnaire, problems: Collector) -> str | None:
    """Read which version of the questionnaire a profile was written for."""
    text = read_text_field(node, "questionnaire", problems)
    if node is None or text is None:
        return None
    if not _VERSION.fullmatch(text):
        known = asked.version or "1.0.0"
        message = f"questionnaire: {quote(text)} is no version; write that of the rulebook, such as {known}"
        problems.add(node.place, "P013", message)
        return None
    if asked.version is not None and is_before(asked.version, text):
        message = f"the profile was written for version {text}, later than this rulebook ({asked.version})"
        problems.note(node.place, "P073", f"{message}; a newer advisor may know more of it")
    return text


def in_todays_names(node: Mapping, renamed: Names[str, str], problems: Collector) -> Mapping:
    """The entries under the names of today; two for the same thing are reported, and the first of them holds."""
    entries: list[tuple[Scalar, Node]] = []
    said: dict[str, str] = {}
    for key, value in node.entries:
        name = renamed.get(key.text, key.text)
        if name in said:
            message = f"{quote(said[name])} and {quote(key.text)} are one, called '{name}' today; keep one of the two"
            problems.add(key.place, "P039", message)
            continue
        if name != key.text:
            problems.note(key.place, "P070", f"'{key.text}' is called '{name}' today; the answer is carried over")
        said[name] = key.text
        entries.append((key._replace(text=name), value))
    return Mapping(tuple(entries), node.place)


def read_kept(node: Node | None, asked: Questionnaire, problems: Collector) -> Frozen[str]:
    """Keep what was answered to questions that are not asked any more, as YAML on one line, and note it."""
    entries = node.entries if isinstance(node, Mapping) else ()
    kept = [(key, value) for key, value in entries if key.text in asked.not_asked]
    for key, _ in kept:
        words = not_asked(key.text, asked.not_asked[key.text])
        problems.note(key.place, "P071", f"{words}; the answer is kept and counts for nothing")
    return Frozen({key.text: node_as_yaml(value) for key, value in kept})


def not_asked(name: str, removed: Removed) -> str:
    """Since when a question is not asked any more, and why."""
    return f"'{name}' is not asked any more since version {removed.version} ({removed.why.rstrip('.')})"


def in_words(revisions: list[Revision]) -> str:
    """What has changed about a question."""
    return ", ".join(f"changed in version {each.version} ({each.says.rstrip('.')})" for each in revisions)


def check_still_holds(
    answer: Answer, place: Place, question: Question, asked: Questionnaire, version: str | None, problems: Collector
) -> None:
    """Report an answer that was given when something else was asked; *unknown* and *not applicable* still hold."""
    revised = [each for each in asked.revisions(question.name, version) if each.old_answers == "ask_again"]
    if answer.state == "answered" and revised:
        written = f"was written for version {version}" if version else "does not say for which version it was written"
        remedy = f"give the answer anew or remove it, then write 'questionnaire: {asked.version}' at the top"
        problems.add(place, "P038", f"{question.name} is {in_words(revised)}, and this profile {written}; {remedy}")


def changes_since(profile: Profile, asked: Questionnaire, file: str) -> Iterator[Problem]:
    """What has become of a profile that was written for an earlier questionnaire, none of it a mistake."""
    yield from profile.notes
    version = profile.questionnaire
    added = asked.added_since(version)
    for unit in profile.units:
        new = [name for name in added if name not in unit.answers]
        if new:
            since = f"version {version}" if version else "the first version, as the profile states none"
            yield Problem(Place(file), "P072", f"{unit.name}: new since {since}, and not answered: {', '.join(new)}")
