"""Processes that decide obligations beside each other; one that runs away is killed and replaced."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from advisor.assurance.verify.obligations import Obligation
from advisor.assurance.verify.proof import Decider, Decision
from advisor.engines.proof.worker import BUSY, OVERDUE, end_after, limits_processor_time
from advisor.rulebook import Rulebook

WORKERS = 2
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    task: int | None = None
    until: float = field(default=0.0)


class Workers:
    """Decides obligations.

    `work` is the solver's limit for one question, `seconds` of processor time the last resort for a whole obligation.
    """

    def __init__(self, rulebook: Rulebook, work: int, seconds: float) -> None:
        self.rulebook = rulebook
        self.work = work
        self.seconds = seconds

    def decide(self, obligations: Sequence[Obligation]) -> Generator[tuple[int, Decision]]:
        """The decisions with their places in `obligations`, in the order in which they come."""
        waiting = list(range(len(obligations)))[::-1]
        workers = [self._started() for _ in range(min(WORKERS, len(waiting)))]
        try:
            for worker in workers:
                self._give(worker, waiting, obligations)
            while busy := [worker for worker in workers if worker.task is not None]:
                patience = max(0.0, min(worker.until for worker in busy) - time.monotonic())
                wait([worker.connection for worker in busy], patience)
                for place, worker in enumerate(workers):
                    task, decision = worker.task, self._heard(worker)
                    if task is None or decision is None:
                        continue
                    if not worker.process.is_alive():
                        workers[place] = self._started()
                    worker.task = None
                    self._give(workers[place], waiting, obligations)
                    yield task, decision
        finally:
            for worker in workers:
                _end(worker)

    def _started(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs, self.rulebook, self.work, self.seconds), daemon=True)
        with _interruption_kept_back():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker, waiting: list[int], obligations: Sequence[Obligation]) -> None:
        if waiting:
            worker.task = waiting.pop()
            worker.until = time.monotonic() + self.seconds * (BUSY if limits_processor_time() else 1)
            with suppress(OSError):  # one that has died is heard of as broken down
                worker.connection.send(obligations[worker.task])

    def _heard(self, worker: _Worker) -> Decision | None:
        """What a worker has decided; None while it is still at it. One that is late or has died is ended."""
        if worker.task is None:
            return None
        try:
            if worker.connection.poll():
                decision: Decision = worker.connection.recv()
                return decision
        except (EOFError, OSError):
            _end(worker)
            overdue = limits_processor_time() and worker.process.exitcode == -signal.SIGPROF
            return self._stopped() if overdue else Decision("undecided", how="the solver broke down")
        if time.monotonic() < worker.until:
            return None
        _end(worker)
        return self._stopped()

    def _stopped(self) -> Decision:
        return Decision("undecided", how=OVERDUE.format(f"{self.seconds:g}"))


@contextmanager
def _interruption_kept_back() -> Iterator[None]:
    """An interruption waits until this is over; what is started here never hears of one: its parent ends it."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # which lets interruptions through again where it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _work(connection: Connection, rulebook: Rulebook, work: int, seconds: float) -> None:
    """Decide what is sent until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    decider = Decider(rulebook, work, seconds)
    while True:
        try:
            obligation = connection.recv()
        except EOFError:
            return
        if limits_processor_time():
            end_after(seconds)
        connection.send(decider.decide(obligation))
