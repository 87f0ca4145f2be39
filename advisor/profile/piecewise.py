"""Changing many units of a profile's text, each by itself: the work grows with the text, not with its square."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import yaml

from advisor.profile import layout
from advisor.profile.edit import set_version
from advisor.profile.layout import NotEditable
from advisor.profile.texts import one_line

Edit = Callable[[str], str]
_UNITS = "\nunits:\n"


def edit_units(text: str, edits: Mapping[str, Sequence[Edit]]) -> str:
    """The text after the edits of each unit, by its name; each is given a profile that holds that unit alone.

    Where an edit states another version of the questionnaire, the text does so afterwards. `NotEditable` where the
    units are no list in lines.
    """
    root = yaml.compose(text, Loader=layout.LOADER)
    units = layout.get(root, "units")
    if not isinstance(units, yaml.SequenceNode) or units.flow_style:
        raise NotEditable
    version = newest = _version(root)
    parts, done = [], 0
    for name, start, end in _pieces(text, units):
        if edits.get(name):
            alone = _head(version) + text[start:end]
            for edit in edits[name]:
                alone = edit(alone)
            head, _, piece = alone.partition(_UNITS)
            newest = newest if newest != version else _version(yaml.compose(head, Loader=layout.LOADER))
            parts += [text[done:start], piece]
            done = end
    whole = "".join([*parts, text[done:]])
    return whole if newest in (None, version) else set_version(whole, newest)


def _head(version: str | None) -> str:
    stated = [f"questionnaire: {version}"] if version else []
    return "\n".join(["advisor_profile: 1", *stated, "organisation: {name: any}"]) + _UNITS


def _version(root: yaml.Node | None) -> str | None:
    node = layout.get(root, "questionnaire")
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _pieces(text: str, units: yaml.SequenceNode) -> Iterator[tuple[str, int, int]]:
    """Each unit with where its lines begin and end, behind the comments that follow it."""
    begins = [layout.line_start(text, text.rfind("-", 0, layout.start(unit))) for unit in units.value]
    last = layout.mark_after(units)
    ends = [*begins[1:], layout.line_start(text, last) if last < len(text) else last]
    for unit, begin, end in zip(units.value, begins, ends, strict=True):
        name = layout.get(unit, "name")
        if isinstance(name, yaml.ScalarNode):
            yield one_line(name.value), begin, end
