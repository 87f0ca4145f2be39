"""Memos by format: milliseconds and memory for blocks and rendering, and the whole command into a folder.

Every measurement is a process of its own. Each memo is on another random profile, so no chart is drawn from memory.
"""

from __future__ import annotations

import json
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
    print("one memo after the other, without advising: CPU milliseconds of the first and the others (median)")
    print(f"{'format':8}{'memos':>8}{'first ms':>11}{'others ms':>11}{'peak MB':>10}")
    for form in FORMS:
        for count in counts:
            command = [sys.executable, "-m", "benchmarks.memos", form, str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            first, others, most = json.loads(done.stdout.splitlines()[-1])
            shown = f"{others:11.1f}" if count > 1 else f"{'':11}"
            print(f"{form:8}{count:8,}{first:11.1f}{shown}{most:10.0f}", flush=True)
    _whole_command()


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
    taken = []
    for profile in _profiles(rulebook, count):
        advice = adviser.advise(profile)
        started = time.process_time()
        _write(advice, form)
        taken.append((time.process_time() - started) * 1_000)
    print(json.dumps([taken[0], median(taken[1:] or [0]), peak()]))


def _write(advice: Advice, form: str) -> object:
    if form == "pptx":
        from advisor.memo.deck import deck_of, render_deck

        return render_deck(deck_of(advice))
    ending = "pdf" if form == "page" else form
    return renderer_for(Path(f"memo.{ending}"))(memo_of(advice, MemoOptions(one_page=form == "page")))


if __name__ == "__main__":
    _measure(sys.argv[1], int(sys.argv[2]))
