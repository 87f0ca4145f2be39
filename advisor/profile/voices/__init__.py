"""What several respondents say about a unit, and what counts of it; single answers do not leave this package."""

from advisor.profile.voices.combine import Outcome
from advisor.profile.voices.hearing import Heard, HeardQuestion, hear, other_than_counts
from advisor.profile.voices.view import View

__all__ = ["Heard", "HeardQuestion", "Outcome", "View", "hear", "other_than_counts"]
