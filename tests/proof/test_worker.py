"""A solver call ends: by the amount of work, and where that does not help by being killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("z3")
import z3

from advisor.engines.proof import worker
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.prover import WORK, ask
from advisor.engines.proof.space import Space

ENDLESS = 2**31
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


def solver_for(*conditions: Any, context: Any) -> Any:
    solver = z3.Solver(ctx=context)
    solver.add(*conditions)
    return solver


def hard() -> Any:
    """Three cubes whose sum is 114: whether there are such numbers nobody knows."""
    context = z3.Context()
    x, y, z = (z3.Int(name, context) for name in "xyz")
    return solver_for(x * x * x + y * y * y + z * z * z == 114, context=context)


def easy(says: Any) -> Any:
    context = z3.Context()
    x = z3.Int("x", context)
    return solver_for(x > 3, x < (5 if says == z3.sat else 4), context=context)


def children() -> list[str]:
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/stat") if f") Z {os.getpid()} " in _read(path)]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


@needs_fork
def test_a_runaway_call_is_killed_and_undecided():
    assert worker.check(hard(), ENDLESS, at_most_s=0.3) == (z3.unknown, "stopped after 0.3 seconds")
    assert children() == []


def test_too_much_work_is_undecided_the_same_way_each_time():
    assert [worker.check(hard(), 50_000, at_most_s=60) for _ in range(2)] == [(z3.unknown, _limit())] * 2


def _limit() -> str:
    return "the limit of work is reached" if hasattr(os, "fork") else "max. resource limit exceeded"


@pytest.mark.parametrize("says", [z3.sat, z3.unsat])
def test_what_is_decided_is_told_with_its_model(says):
    solver = easy(says)
    assert worker.check(solver, WORK) == (says, "")
    if says == z3.sat:
        assert str(solver.model()[z3.Int("x", solver.ctx)]) == "4"


@needs_fork
def test_several_are_asked_beside_each_other_and_answered_in_their_order():
    solvers = [easy(z3.sat), hard(), easy(z3.unsat), easy(z3.sat), easy(z3.unsat)]
    said = worker.check_all(solvers, ENDLESS, at_most_s=0.3)
    assert [each for each, _ in said] == [z3.sat, z3.unknown, z3.unsat, z3.sat, z3.unsat]
    assert said[1][1] == "stopped after 0.3 seconds"
    assert children() == []
    assert worker.check_all([], WORK) == []


@needs_fork
def test_easy_questions_share_a_process_and_what_stands_behind_a_runaway_is_unknown():
    solvers = [easy(z3.sat), easy(z3.unsat), hard(), easy(z3.unsat)]
    said = worker.check_together(solvers, ENDLESS, at_most_s=0.5)
    assert [each for each, _ in said] == [z3.sat, z3.unsat, z3.unknown, z3.unknown]
    assert said[2][1] == "stopped after 0.5 seconds"
    assert str(solvers[0].model()[z3.Int("x", solvers[0].ctx)]) == "4"
    assert children() == []
    assert worker.check_together([], WORK) == []


@needs_fork
def test_without_models_what_fits_is_not_asked_again():
    solver = easy(z3.sat)
    assert worker.check_together([solver], WORK, models=False) == [(z3.sat, "")]
    with pytest.raises(z3.Z3Exception):
        solver.model()


@needs_fork
def test_waiting_for_a_busy_machine_is_no_work():
    class Slow(z3.Solver):  # type: ignore[misc]
        def check(self, *assumptions):
            time.sleep(0.5)
            return super().check(*assumptions)

    context = z3.Context()
    solver = Slow(ctx=context)
    solver.add(z3.Int("x", context) > 3)
    assert worker.check(solver, WORK, at_most_s=0.3) == (z3.sat, "")


@needs_fork
def test_a_worker_that_breaks_down_decides_nothing():
    class Broken(z3.Solver):  # type: ignore[misc]
        def check(self, *_):
            os.kill(os.getpid(), signal.SIGKILL)

    assert worker.check(Broken(ctx=z3.Context()), WORK)[0] == z3.unknown


@needs_fork
def test_the_prover_says_undecided_where_a_call_was_killed(tmp_path):
    from tests.engines.wide_rulebooks import wide_rulebook

    rulebook = wide_rulebook(tmp_path, ["q0 * q0 * q0 + q1 * q1 * q1 + q2 * q2 * q2 == 114 and q0 > q1"], questions=3)
    unknown = (float("-inf"), float("inf"))
    encoding = Encoding(rulebook, Space(rulebook, {f"q{n}": unknown for n in range(3)}, ["q0", "q1", "q2"]))
    found = ask(encoding, [encoding.rule("rule-0").true], ENDLESS, at_most_s=0.3)
    assert (found.says, found.why) == ("undecided", "stopped after 0.3 seconds")
