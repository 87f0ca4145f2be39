"""The brand of a memo: a file with colours, fonts, logo and lines for every page becomes the memo's looks."""

from __future__ import annotations

from advisor.memo.brand.codes import CODES
from advisor.memo.brand.read import Brand, read_brand
from advisor.memo.brand.schema import brand_schema

__all__ = ["CODES", "Brand", "brand_schema", "read_brand"]
