"""Two rulebooks beside each other: whose advice changes, by what, and whether they differ for anybody at all."""

from advisor.assurance.diff.compare import Diff, compare
from advisor.assurance.diff.report import as_json, lines

__all__ = ["Diff", "as_json", "compare", "lines"]
