"""The questionnaire as a printed interview guide, with room for answers: as Markdown, Word or CSV."""

from __future__ import annotations

from advisor.intake.guide.content import Chapter, Guide, Item, Topic, guide_of, minimal_guide
from advisor.intake.guide.renderers import FORMATS, renderer_of

__all__ = ["FORMATS", "Chapter", "Guide", "Item", "Topic", "guide_of", "minimal_guide", "renderer_of"]
