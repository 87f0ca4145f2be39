"""Memos by format: milliseconds and memory for blocks and rendering, and the whole command into a folder.

Every measurement is a process of its own. Each memo is on another random profile, so no chart is drawn from memory.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from advisor.advice import Advice, Adviser
from advisor.memo import MemoOptions, memo_of, renderer_for
from advisor.memo.many.pool import ONE_THREAD
from advisor.profile import Frozen, Organisation, Profile, Unit
from advisor.profile.facts import answer_of
from advisor.rulebook import Rulebook
from benchmarks.cases import random_units
from benchmarks.columns import peak

FORMS = ("md", "html", "docx", "pdf", "page", "pptx")
"""Endings; `page` is page one alone as PDF, `pptx` the slides."""
SAMPLES = Path(__file__).resolve().parent.parent / "profiles"
"""Profiles for the whole command, which also searches what would change and what would break each advice."""


def main(counts: list[int]) -> None:
    print("one memo after the other, without advising: CPU milliseconds of the first and the others (median); by the")
    print("clock as many in all in two processes at once, as a folder is written, for each memo but the first (median)")
    print(f"{'format':8}{'memos':>8}{'first ms':>11}{'others ms':>11}{'two at once':>13}{'peak MB':>10}")
    for form in FORMS:
        for count in counts:
            (alone,) = _processes(form, count, 1)
            shown = f"{'':24}"
            if count > 1:
                by_clock = [each["clock"] for each in _processes(form, count // 2, 2)]
                shown = f"{alone['others']:11.1f}{sum(by_clock) / len(by_clock) / 2:13.1f}"
            print(f"{form:8}{count:8,}{alone['first']:11.1f}{shown}{alone['peak']:10.0f}", flush=True)
    _whole_command()


def _processes(form: str, count: int, processes: int) -> list[dict[str, float]]:
    """What so many processes at once measured, each on so many memos."""
    command = [sys.executable, "-m", "benchmarks.memos", form, str(count)]
    environment = {**os.environ, **(ONE_THREAD if processes > 1 else {})}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(processes)]
    written = [each.communicate()[0] for each in running]
    if any(each.returncode for each in running):
        raise SystemExit(f"{' '.join(command)} failed")
    return [json.loads(each.splitlines()[-1]) for each in written]


def _whole_command() -> None:
    """`advisor memo … --format docx` over the sample profiles: anew, and once more when all memos are current."""
    paths = [str(path) for path in sorted(SAMPLES.glob("*.yaml"))]
    command = [sys.executable, "-m", "advisor", "memo", *paths, "--format", "docx", "--no-outlook"]
    print(f"\nadvisor memo profiles/*.yaml --format docx --no-outlook, {len(paths)} profiles, milliseconds for each")
    with tempfile.TemporaryDirectory() as folder:
        for what in ("anew", "all current"):
            started, cpu = time.perf_counter(), _of_children()
            subprocess.run([*command, "-o", folder], check=True, capture_output=True)
            taken, used = time.perf_counter() - started, _of_children() - cpu
            print(
                f"{what:12}{1_000 * taken / len(paths):8.0f} by the clock{1_000 * used / len(paths):8.0f} of CPU",
                flush=True,
            )


def _of_children() -> float:
    """Seconds of CPU of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _profiles(rulebook: Rulebook, count: int) -> Iterator[Profile]:
    units = [facts for facts in random_units(rulebook, 2 * count + 20) if rulebook.permits(facts)]
    for number, facts in enumerate(units[:count]):
        answers = {name: answer for name, fact in facts.items() if (answer := answer_of(fact, rulebook.scope[name]))}
        yield Profile(Organisation("Example"), (Unit(f"Unit {number}", Frozen(answers)),))


def _measure(form: str, count: int) -> None:
    rulebook = Rulebook.load()
    adviser = Adviser(rulebook, "plain")
    cpu, clock = [], []
    for profile in _profiles(rulebook, count):
        advice = adviser.advise(profile)
        started = time.process_time(), time.perf_counter()
        _write(advice, form)
        cpu.append((time.process_time() - started[0]) * 1_000)
        clock.append((time.perf_counter() - started[1]) * 1_000)
    measured = {"first": cpu[0], "others": median(cpu[1:] or [0]), "clock": median(clock[1:] or [0]), "peak": peak()}
    print(json.dumps(measured))


def _write(advice: Advice, form: str) -> object:
    if form == "pptx":
        from advisor.memo.deck import deck_of, render_deck

        return render_deck(deck_of(advice))
    ending = "pdf" if form == "page" else form
    return renderer_for(Path(f"memo.{ending}"))(memo_of(advice, MemoOptions(one_page=form == "page")))


if __name__ == "__main__":
    _measure(sys.argv[1], int(sys.argv[2]))
