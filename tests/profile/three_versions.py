"""A small questionnaire about watering plants, in three versions; and what each of them calls what.

version 1.0.0    2.0.0                    3.0.0
feed             feeding                  fertiliser       (a choice; `sticks` > `slow` > `long_term`)
pests            pests                    pests            (a table; the column `count` is `number` in 3.0.0)
mood             not asked any more
                 repotted                 not asked any more
                                          draught
cups             cups                     cups             (in cups; from 3.0.0 on in millilitres)
pot              pot, at most 60          pot
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from advisor.rulebook import Rulebook
from tests.verify.small import rule, written

Part = dict[str, Any]
VERSIONS = ("1.0.0", "2.0.0", "3.0.0")
NAMES = {
    "feed": ("feed", "feeding", "fertiliser"),
    "pests": ("pests", "pests", "pests"),
    "mood": ("mood", None, None),
    "repotted": (None, "repotted", None),
    "draught": (None, None, "draught"),
    "cups": ("cups", "cups", "cups"),
    "pot": ("pot", "pot", "pot"),
}
"""What each version calls a question; None where it does not ask it."""
STICKS = ("sticks", "slow", "long_term")
COUNT = ("count", "count", "number")
SMALLER = {"version": "2.0.0", "says": "At most 60; before, at most 100."}
IN_MILLILITRES = {"version": "3.0.0", "says": "In millilitres; before, in cups.", "old_answers": "ask_again"}
CHILL = rule("chill", "draught == true and dryness < 3")
"""Reads what is new in the last version."""
REMOVED = [
    {"name": "mood", "label": "Mood", "version": "2.0.0", "why": "Nobody could tell."},
    {"name": "repotted", "version": "3.0.0", "why": "It changed nothing."},
]


def three_versions(folder: Path) -> list[Rulebook]:
    """The rulebook of each version."""
    return [_version(folder / version, place) for place, version in enumerate(VERSIONS)]


def _version(folder: Path, place: int) -> Rulebook:
    folder.mkdir()
    written(folder, *[CHILL][: place // 2], questions=tuple(_questions(place)))
    frame = json.loads((folder / "r0.yaml").read_text())
    frame["rulebook"]["version"] = VERSIONS[place]
    frame["removed"] = [each for each in REMOVED if each["name"] not in _asked(place)][:place]
    (folder / "r0.yaml").write_text(json.dumps(frame))
    return Rulebook.load(folder)


def _asked(place: int) -> list[str]:
    return [name for named in NAMES.values() if (name := named[place]) is not None]


def _questions(place: int) -> list[Part]:
    sticks: Part = {"value": STICKS[place], "label": "x", "was": list(STICKS[:place][::-1])}
    count: Part = {"name": COUNT[place], "label": "x", "type": "number", "decimals": 0, "minimum": 0}
    count["was"] = ["count"] if place == 2 else []
    parts: list[Part] = [
        {
            "name": NAMES["feed"][place],
            "type": "choice",
            "was": list(NAMES["feed"][:place][::-1]),
            "choices": [{"value": "none", "label": "x"}, sticks],
        },
        {"name": "pests", "type": "table", "columns": [{"name": "name", "label": "x", "type": "text"}, count]},
        {"name": "mood", "type": "number", "minimum": 0, "maximum": 10},
        {"name": "repotted", "type": "yes_no", "since": "2.0.0"},
        {"name": "draught", "type": "yes_no", "since": "3.0.0"},
        {"name": "cups", "type": "number", "minimum": 0, "maximum": 1000, "changed": [IN_MILLILITRES][: place // 2]},
        {"name": "pot", "type": "number", "minimum": 0, "maximum": 60 if place else 100},
    ]
    parts[-1]["changed"] = [SMALLER] if place else []
    return [each for each in parts if each["name"] in _asked(place)]
