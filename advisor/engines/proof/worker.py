"""A solver call that always ends.

What is decided rests on the amount of work (`rlimit`), the same on every machine. Some steps of the solver do not count
their work and do not look at its clock; so the call runs in a process of its own, which is killed when it is overdue.
Where processes cannot be forked, the solver's own clock has to do.
"""

from __future__ import annotations

import os
import select
import signal
import warnings

import z3

AT_MOST_S = 10.0
OVERDUE = "stopped after {} seconds"
_LONGEST = len("unknown")


def check(
    solver: z3.Solver, work: int, at_most_s: float = AT_MOST_S, *, own_process: bool = True
) -> tuple[z3.CheckSatResult, str]:
    """What the solver says within `work`, and why where it does not know.

    Without `own_process` only the solver's own clock stops it. A model is looked up in this process: the same solver
    does the same work again, and it is known to end.
    """
    solver.set("rlimit", work)
    if not (own_process and hasattr(os, "fork")):
        solver.set("timeout", int(at_most_s * 1000))
        return _here(solver)
    said = _in_a_process(solver, at_most_s)
    if said == b"unsat":
        return z3.unsat, ""
    if said == b"sat":
        return _here(solver)
    return z3.unknown, "the limit of work is reached" if said else OVERDUE.format(f"{at_most_s:g}")


def _here(solver: z3.Solver) -> tuple[z3.CheckSatResult, str]:
    said = solver.check()
    return said, solver.reason_unknown() if said == z3.unknown else ""


def _in_a_process(solver: z3.Solver, at_most_s: float) -> bytes:
    """What the solver says, as a word; nothing where it was stopped or broke down."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The child calls the solver and ends; it takes no lock that another thread of this process could hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            # Should this process be gone before it can kill its child, the system ends the child.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, at_most_s + 1)
            os.write(writing, str(solver.check()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], at_most_s)
        return os.read(reading, _LONGEST) if ready else b""
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
