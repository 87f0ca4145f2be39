"""One function on many arguments in several processes; what goes wrong with one leaves the others alone."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Generic, TypeVar

from advisor.reading import InvalidInput

_Argument = TypeVar("_Argument")
_Result = TypeVar("_Result")
ONE_THREAD = {"RAYON_NUM_THREADS": "1"}
"""For libraries with threads of their own, such as Typst: each process has a core to itself."""
_DIED = "the process that wrote it ended without a word; is there memory enough?"


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no result: what a person is told, and whether that is an error of the program."""

    why: str
    internal: bool = False


@dataclass(frozen=True, slots=True)
class _Task(Generic[_Argument, _Result]):
    """What the processes do: `prepare` once in each of them, `work` for each argument."""

    prepare: Callable[..., None]
    given: tuple[object, ...]
    work: Callable[[_Argument], _Result]

    def pool(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            processes, get_context("spawn"), initializer=_begin, initargs=(self.prepare, self.given)
        )


def run_all(
    arguments: Sequence[_Argument],
    work: Callable[[_Argument], _Result],
    prepare: Callable[..., None],
    given: tuple[object, ...],
) -> Generator[tuple[_Argument, _Result | Failed]]:
    """Each argument with its result as it comes, in as many processes as there are cores to use.

    Where a process dies, what was not done is done one by one, each in a process of its own, so that only what kills
    its process fails. When the iterator is closed, what has not begun is not begun any more.
    """
    task = _Task(prepare, given, work)
    left = list(range(len(arguments)))
    for place, result in _round(task, arguments, tuple(left), min(_cores(), len(arguments))):
        left.remove(place)
        yield arguments[place], result
    for place in left:
        died: tuple[int, _Result | Failed] = place, Failed(_DIED)
        alone = _round(task, arguments, [place], 1)
        yield arguments[place], next(alone, died)[1]


def _round(
    task: _Task[_Argument, _Result], arguments: Sequence[_Argument], places: Sequence[int], processes: int
) -> Iterator[tuple[int, _Result | Failed]]:
    """What came to an end in one pool, which ends early where a process dies."""
    if not places:
        return
    pool = task.pool(processes)
    waiting: dict[Future[_Result], int] = {}
    try:
        with _undisturbed():  # the processes begin with the first submission
            waiting = {pool.submit(task.work, arguments[place]): place for place in places}
        for future in as_completed(list(waiting)):
            if (result := _result(future)) is not None:
                yield waiting.pop(future), result
    except KeyboardInterrupt:
        # What was in hand is finished, and must not be done again next time.
        pool.shutdown(cancel_futures=True)
        finished = [future for future in waiting if future.done() and not future.cancelled()]
        for future in finished:
            if (result := _result(future)) is not None:
                yield waiting[future], result
        raise
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)


def _result(future: Future[_Result]) -> _Result | Failed | None:
    """What came of an argument; nothing where its process died, so that nobody knows whose fault that was."""
    try:
        return future.result()
    except BrokenProcessPool:
        return None
    except InvalidInput as error:
        return Failed(str(error))
    except (RecursionError, MemoryError):
        return Failed("the input is too large or too deeply nested")
    except Exception as error:
        return Failed(f"{type(error).__name__}: {error}", internal=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold an interruption back, also from processes that begin meanwhile: it would end them while they are loading."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(prepare: Callable[..., None], given: tuple[object, ...]) -> None:
    """An interruption is the business of the process that gives out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(ONE_THREAD)
    prepare(*given)
    # What was prepared stays until the end; looking through it for what can go takes one to two milliseconds a memo.
    gc.freeze()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
