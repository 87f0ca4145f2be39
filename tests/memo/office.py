"""Files of Word and PowerPoint as LibreOffice shows them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
"""Where LibreOffice is, if it is on this machine."""
needs_office = pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")


def as_pdf(files: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Each file as PDF, by its name without the ending; `folder` is written into."""
    for name, file in files.items():
        (folder / f"{name}{ending}").write_bytes(file)
    command = [str(OFFICE), f"-env:UserInstallation={folder.as_uri()}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *folder.glob(f"*{ending}")], check=True, capture_output=True)
    return {file.stem: file.read_bytes() for file in folder.glob("*.pdf")}
