"""Lint: what a careful reader would object to in a rulebook that can be used as it is."""

from advisor.assurance.lint.remarks import LINTS, Remark
from advisor.assurance.lint.run import lint, overlay_warnings

__all__ = ["LINTS", "Remark", "lint", "overlay_warnings"]
