"""Other rule engines on the same decisions, each in the fastest form that its documentation shows."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

_CLASSES = {"zen": ("Engine", "Simple", "Packed"), "business_rules": ("Engine",), "clips": ("Engine",)}


def peers() -> Iterator[type[Any]]:
    """The engines that are installed; says which one is not."""
    for module, classes in _CLASSES.items():
        try:
            found = import_module(f"benchmarks.peers.{module}")
        except ImportError as error:
            print(f"left out: {error} (`pip install 'advisor[bench]'`)")
            continue
        yield from (getattr(found, name) for name in classes)
