"""The font that comes with advisor for PDF; the others that PDF uses are part of Typst."""

from __future__ import annotations

from pathlib import Path

import font_source_sans_pro

OWN_FONTS = Path(font_source_sans_pro.__file__).with_name("files")
"""The folder with the files of Source Sans Pro."""
