"""What several respondents say about a unit, and what counts of it; single answers do not leave this package."""

from advisor.profile.voices.alike import only_said
from advisor.profile.voices.combine import Outcome
from advisor.profile.voices.hearing import Counts, Heard, HeardQuestion, hear, other_than_counts
from advisor.profile.voices.view import Standing, View

__all__ = ["Counts", "Heard", "HeardQuestion", "Outcome", "Standing", "View", "hear", "only_said", "other_than_counts"]
