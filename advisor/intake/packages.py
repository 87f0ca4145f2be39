"""Loading what needs a package of the extra ``workbook`` only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from advisor.reading import InvalidInput, Place, Problem

_PACKAGES = {"xlsxwriter": "XlsxWriter", "openpyxl": "openpyxl"}


def loaded(module: str, name: str, file: str) -> Any:
    """What `module` calls `name`; `InvalidInput` on `file` where a package is not installed."""
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        package = _PACKAGES.get(str(error.name).partition(".")[0])
        if package is None:
            raise
        message = f"workbooks need a package that is not installed here; install it: pip install {package}"
        raise InvalidInput([Problem(Place(file), "W018", message)]) from error
