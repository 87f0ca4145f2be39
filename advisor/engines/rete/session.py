"""The C extension of durable_rules behind the few calls that are safe.

It trusts its input, so only this module and `parts` reach it. A sentinel fires first in every session, without which
deleting a session in which nothing fired ends the process; the session is deleted whatever happens.
"""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Iterator, Mapping
from itertools import count
from types import ModuleType
from typing import Any, Self

_SENTINEL = "sentinel"
_MOST_FIRINGS = 20_000
_SESSION = "0"
_numbers = count()


class EngineFailure(RuntimeError):
    """durable_rules did something that it should not; never the client's fault."""


def extension() -> ModuleType:
    """The C extension; `ImportError` where it was not built."""
    import durable_rules_engine

    module: ModuleType = durable_rules_engine
    return module


class Ruleset:
    """One compiled ruleset. One session at a time, guarded by a lock; not to be used after `close`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._engine = extension()
        definition = {**rules, _SENTINEL: {"all": [{"m": {"sentinel": 1}}]}}
        self._handle = self._engine.create_ruleset(f"advisor{next(_numbers)}", json.dumps(definition))
        self._lock = threading.Lock()
        self._finalizer = weakref.finalize(self, self._engine.delete_ruleset, self._handle)
        self._finalizer.atexit = False

    def session(self) -> Session:
        """A fresh session, deleted when its `with` block ends."""
        return Session(self._engine, self._handle, self._lock)

    def close(self) -> None:
        """Give the ruleset's memory back; happens by itself when nothing refers to the ruleset any more."""
        self._finalizer()


class Session:
    """Facts in, names of fired rules out."""

    __slots__ = ("_engine", "_handle", "_lock", "_offset")

    def __init__(self, engine: ModuleType, handle: int, lock: threading.Lock) -> None:
        self._engine = engine
        self._handle = handle
        self._lock = lock

    def __enter__(self) -> Self:
        self._lock.acquire()
        try:
            _, self._offset = self._engine.assert_fact(self._handle, '{"sentinel":1}')
            self._engine.start_action_for_state(self._handle, self._offset)
            self._engine.complete_and_start_action(self._handle, self._offset)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._engine.delete_state(self._handle, _SESSION)
        finally:
            self._lock.release()

    def tell(self, fact: str) -> None:
        """Assert one fact, given as a JSON object of integers and words of our own."""
        self._engine.assert_fact(self._handle, fact)

    def fired(self) -> Iterator[str]:
        """The rules that fire, in order, a rule once for each way in which it matches; facts may be told in between."""
        handle, offset, complete_and_start = self._handle, self._offset, self._engine.complete_and_start_action
        started = self._engine.start_action_for_state(handle, offset)
        message = started[1] if started else None
        for _ in range(_MOST_FIRINGS):
            if message is None:
                return
            yield message[2 : message.index('"', 2)]
            message = complete_and_start(handle, offset)
        raise EngineFailure("more rules fired than the rulebook can account for")
