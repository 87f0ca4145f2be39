"""What a client said: answers, their state and evidence; reading, writing, trying.

What only writing, trying and describing need is loaded when it is asked for: most runs only read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from advisor.profile.check import check_profile, unit_errors, unit_hints
from advisor.profile.codes import CODES
from advisor.profile.digest import digest
from advisor.profile.model import (
    EVIDENCES,
    Answer,
    Cell,
    Engagement,
    Evidence,
    Frozen,
    Organisation,
    Profile,
    Row,
    State,
    StepReport,
    Unit,
    Value,
)
from advisor.profile.read import read_answers, read_profile

if TYPE_CHECKING:
    from advisor.profile.blank import blank_profile
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
    "blank_profile",
    "check_profile",
    "digest",
    "profile_as_yaml",
    "profile_schema",
    "read_answers",
    "read_profile",
    "unit_errors",
    "unit_hints",
    "with_answers",
    "write_answers",
]

_SELDOM_NEEDED = {
    "blank_profile": "advisor.profile.blank",
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
