"""What a client said: answers, their state and evidence; reading, writing, trying."""

from __future__ import annotations

from advisor.profile.blank import blank_profile
from advisor.profile.blank_texts import blank_texts
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
    Unit,
    Value,
)
from advisor.profile.read import read_answers, read_profile
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
    "Unit",
    "Value",
    "blank_profile",
    "blank_texts",
    "digest",
    "profile_as_yaml",
    "profile_schema",
    "read_answers",
    "read_profile",
    "with_answers",
    "write_answers",
]
