"""What a client said: answers, their state and evidence; reading, writing, trying.

What only writing, trying and describing need is loaded when it is asked for: most runs only read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.profile.answers import read_answers
from advisor.profile.check import check_profile, unit_errors
from advisor.profile.codes import CODES
from advisor.profile.digest import digest
from advisor.profile.earlier import changes_since
from advisor.profile.model import (
    EVIDENCES,
    Answer,
    Cell,
    Engagement,
    Frozen,
    Organisation,
    Profile,
    Row,
    State,
    StepReport,
    Unit,
    Value,
    Voice,
)
from advisor.profile.read import read_profile
from advisor.rulebook.model import Evidence

if TYPE_CHECKING:
    from advisor.profile.blank import blank_profile
    from advisor.profile.merging import merge
    from advisor.profile.schema import profile_schema
    from advisor.profile.try_answers import with_answers
    from advisor.profile.write import profile_as_yaml, write_answers

__all__ = [
    "CODES",
    "EVIDENCES",
    "Answer",
    "Cell",
    "Engagement",
    "Evidence",
    "Frozen",
    "Organisation",
    "Profile",
    "Row",
    "State",
    "StepReport",
    "Unit",
    "Value",
    "Voice",
    "blank_profile",
    "changes_since",
    "check_profile",
    "digest",
    "merge",
    "profile_as_yaml",
    "profile_schema",
    "read_answers",
    "read_profile",
    "unit_errors",
    "with_answers",
    "write_answers",
]

_SELDOM_NEEDED = {
    "blank_profile": "advisor.profile.blank",
    "merge": "advisor.profile.merging",
    "profile_as_yaml": "advisor.profile.write",
    "profile_schema": "advisor.profile.schema",
    "with_answers": "advisor.profile.try_answers",
    "write_answers": "advisor.profile.write",
}


def __getattr__(name: str) -> Any:
    if name not in _SELDOM_NEEDED:
        raise AttributeError(f"module 'advisor.profile' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_SELDOM_NEEDED[name]), name)
