"""A solver call that always ends.

What is decided rests on the amount of work (`rlimit`), the same on every machine. Some steps of the solver do not count
their work and do not look at its clock; so the call runs in a process of its own, which the system ends when it has
used up its processor time: on a busy machine it takes longer and decides the same. Where processes cannot be forked,
the solver's own clock has to do.
"""

from __future__ import annotations

import os
import select
import signal
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import z3

AT_MOST_S = 10.0
"""Processor time for one call."""
BUSY = 20
"""So many times as long may it take on a machine that is busy with other work."""
OVERDUE = "stopped after {} seconds"
_MOST_READ = 65536
"""Less than a pipe holds, more than all answers of one process."""


def check(
    solver: z3.Solver, work: int, at_most_s: float = AT_MOST_S, *, own_process: bool = True
) -> tuple[z3.CheckSatResult, str]:
    """What the solver says within `work`, and why where it does not know.

    Without `own_process` only the solver's own clock stops it. A model is looked up in this process: the same solver
    does the same work again, and it is known to end.
    """
    (said,) = check_all([solver], work, at_most_s, own_process=own_process)
    return said


def check_all(
    solvers: Sequence[z3.Solver], work: int, at_most_s: float = AT_MOST_S, *, own_process: bool = True
) -> list[tuple[z3.CheckSatResult, str]]:
    """The same of several solvers, as many at a time as there are processors."""
    for solver in solvers:
        solver.set("rlimit", work)
    if not (own_process and hasattr(os, "fork")):
        for solver in solvers:
            solver.set("timeout", int(at_most_s * 1000 * (BUSY if limits_processor_time() else 1)))
        return [_here(solver) for solver in solvers]
    words = _in_processes([[solver] for solver in solvers], at_most_s)
    return [_meaning(solver, word, at_most_s) for solver, (word,) in zip(solvers, words, strict=True)]


def check_together(
    solvers: Sequence[z3.Solver], work: int, at_most_s: float = AT_MOST_S, *, models: bool = True
) -> list[tuple[z3.CheckSatResult, str]]:
    """The same in a single process, one after the other: starting one takes longer than an easy question.

    Where they are too hard together, the rest is unknown. Without `models` no solver has one afterwards.
    """
    if not hasattr(os, "fork"):
        return check_all(solvers, work, at_most_s)
    for solver in solvers:
        solver.set("rlimit", work)
    (words,) = _in_processes([solvers], at_most_s) if solvers else ([],)
    return [
        (z3.sat, "") if word == b"sat" and not models else _meaning(solver, word, at_most_s)
        for solver, word in zip(solvers, words, strict=True)
    ]


def _meaning(solver: z3.Solver, said: bytes, at_most_s: float) -> tuple[z3.CheckSatResult, str]:
    if said == b"unsat":
        return z3.unsat, ""
    if said == b"sat":
        return _here(solver)
    return z3.unknown, "the limit of work is reached" if said else OVERDUE.format(f"{at_most_s:g}")


def _here(solver: z3.Solver) -> tuple[z3.CheckSatResult, str]:
    said = solver.check()
    return said, solver.reason_unknown() if said == z3.unknown else ""


@dataclass(frozen=True, slots=True)
class _Child:
    """A process that asks solvers: which share of them, where its answers are read, and when it is overdue."""

    place: int
    pid: int
    reading: int
    done: int
    overdue: float

    def end(self) -> bytes:
        """Its answers, as far as it gave any; then it is gone."""
        try:
            ready, _, _ = select.select([self.reading], [], [], 0)
            return os.read(self.reading, _MOST_READ) if ready else b""
        finally:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self.reading)
            os.close(self.done)


def _in_processes(shares: Sequence[Sequence[z3.Solver]], at_most_s: float) -> list[list[bytes]]:
    """What each solver of each share says, as a word; nothing from where its process was stopped or broke down."""
    said = [b""] * len(shares)
    waiting, running = list(enumerate(shares)), list[_Child]()
    try:
        while waiting or running:
            while waiting and len(running) < _processors():
                running.append(_child(*waiting.pop(0), at_most_s))
            left = min(child.overdue for child in running) - time.monotonic()
            ready, _, _ = select.select([child.done for child in running], [], [], max(0.0, left))
            now = time.monotonic()
            for child in [child for child in running if child.done in ready or child.overdue <= now]:
                running.remove(child)
                said[child.place] = child.end()
    finally:
        for child in running:
            child.end()
    return [_words(told, len(share)) for told, share in zip(said, shares, strict=True)]


def _words(told: bytes, number: int) -> list[bytes]:
    words = told.split(b"\n")[:-1]
    return [*words, *[b""] * (number - len(words))]


def _child(place: int, share: Sequence[z3.Solver], at_most_s: float) -> _Child:
    reading, writing = os.pipe()
    done, doing = os.pipe()
    with warnings.catch_warnings():
        # The child calls the solver and ends; it takes no lock that another thread of this process could hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            end_after(at_most_s)
            # Should this process be gone before it can kill its child, the system ends the child.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, at_most_s * BUSY + 1)
            for solver in share:
                os.write(writing, f"{solver.check()}\n".encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.close(doing)
    return _Child(place, pid, reading, done, time.monotonic() + at_most_s * BUSY)


def limits_processor_time() -> bool:
    """Whether the system can end a process by the processor time that it has used."""
    return hasattr(signal, "ITIMER_PROF")


def end_after(seconds: float) -> None:
    """Have the system end this process once it has used that much more processor time; with 0, no more."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
