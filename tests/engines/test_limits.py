"""The limits of durable_rules: a right result or plain alone with a note, never a crash, a hang or a silent mistake.

The catalogue is in the engineering notes; what once could end the process runs in a process of its own.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from math import inf
from pathlib import Path

import pytest

from advisor.engines import rete
from advisor.engines.checked import CheckedEngine
from advisor.engines.rete import BeyondLimits, ReteEngine
from advisor.engines.rete.session import Ruleset, extension
from tests.engines.random_rulebooks import random_facts, random_rulebook
from tests.engines.same import assert_same
from tests.engines.wide_rulebooks import wide_rulebook

pytestmark = pytest.mark.skipif(not rete.is_available(), reason="durable_rules is not built for this Python")

CHECKOUT = Path(__file__).parents[2]
Layout = tuple[list[str], dict[int, str], int]
"""What a rulebook looks like: its conditions, which of them conclude a finding, how many questions there are."""


def looked_at(number: int) -> Layout:
    """Results, and as many rules that each look at one of them."""
    conditions = [f"q{i} > 3" for i in range(number)] + [f"f{i} or q0 > 9" for i in range(number)]
    return conditions, {i: f"f{i}" for i in range(number)}, number


def conjunction(number: int) -> Layout:
    """Results, and one rule that looks at all of them."""
    conditions = [f"q{i} > 3" for i in range(number)] + [" and ".join(f"f{i}" for i in range(number))]
    return conditions, {i: f"f{i}" for i in range(number)}, number


CASES: dict[str, Layout] = {
    "200 rules with the same sole condition": (["q0 > 3"] * 199, {}, 1),
    "300 rules with the same sole condition": (["q0 > 3"] * 300, {}, 1),
    "257 rules with the same sole condition": (["q0 > 3"] * 257, {}, 1),
    "257 rules that share one of their conditions": (
        ["q0 > 3"] + [f"(hot and q{i} > 5) or q{i + 257} > 7" for i in range(257)],
        {0: "hot"},
        514,
    ),
    "50 thresholds on one question": ([f"q0 > {i}" for i in range(50)], {}, 1),
    "100 thresholds on one question": ([f"q0 > {i}" for i in range(100)], {}, 1),
    "600 distinct conditions": ([f"q{i} > 3" for i in range(600)], {}, 600),
    "600 distinct sums": ([f"q{i} + q{(i + 1) % 600} > 3" for i in range(600)], {}, 600),
    "6000 ways to hold": ([f"q{i} > 3" for i in range(3000)], {}, 3000),
    "400 results that other rules look at": looked_at(200),
    "520 results that other rules look at": looked_at(260),
    "a conjunction of 120 questions": ([" and ".join(f"q{i} > 3" for i in range(120))], {}, 120),
    "a conjunction of 16 facts": conjunction(16),
    "a conjunction of 17 facts": conjunction(17),
    "a condition with more ways than can be spelled out": (
        [" and ".join(f"(q{i} > 3 or q{i + 20} > 5)" for i in range(20))],
        {},
        40,
    ),
    "constants beyond 64 bits": (
        [
            "q0 > 2305843009213 * 1000000",
            "q0 >= 4611686018428 * 1000000",
            "q0 < -9223372036855 * 1000000",
            "q0 <= 35184372088832",
            "q0 == 1099511627776",
            "q0 < 999999999999999 * 999999999999999",
            "q0 > 5",
        ],
        {},
        1,
    ),
    "no rule that can fire": (["q0 > 3"], {}, 1),
}
FALL_BACK = {"a conjunction of 17 facts"}
VALUES = ((0, 0), (4, 4), (10**6, 10**6), (-inf, inf), (2**62, 2**62), (2**64, 2**64), (-(2**64), -(2**64)), (3, 2**66))
SCRIPT = f"""
import sys
from math import inf
from pathlib import Path
from advisor.engines.checked import CheckedEngine
from advisor.engines.plain import PlainEngine
from tests.engines.same import assert_same
from tests.engines.wide_rulebooks import wide_rulebook
conditions, concluding, questions = {{case!r}}
rulebook = wide_rulebook(Path(sys.argv[1]), conditions, concluding, questions)
engine, plain = CheckedEngine(rulebook), PlainEngine(rulebook)
for value in {VALUES!r}:
    facts = dict.fromkeys(rulebook.questions, value)
    assert_same(engine.evaluate(facts), plain.evaluate(facts))
print(engine.name, engine.alone or '')
"""


@pytest.mark.parametrize("case", CASES)
def test_a_rulebook_at_the_limit_is_read_rightly_or_by_plain_alone(case: str, tmp_path: Path):
    script = SCRIPT.format(case=CASES[case])
    done = subprocess.run(  # a crash or a hang must not take the tests with it
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        cwd=CHECKOUT,
    )
    assert done.returncode == 0, f"{done.returncode}: {done.stderr[-2000:]}"
    engine, _, note = done.stdout.strip().partition(" ")
    if case in FALL_BACK:
        assert engine == "plain"
        assert note.startswith("Alone(why='beyond_limits', detail=")
    else:
        assert (engine, note) == ("rete", "")


def test_what_is_beyond_the_limits_names_the_rule(tmp_path: Path):
    rulebook = wide_rulebook(tmp_path, *conjunction(17))
    with pytest.raises(BeyondLimits, match="'rule-17'"):
        ReteEngine(rulebook)


def test_many_units_leave_no_memory_behind(tmp_path: Path):
    engine = CheckedEngine(wide_rulebook(tmp_path, [f"q0 > {number}" for number in range(10)]))

    def evaluate(times: int) -> int:
        for number in range(times):
            engine.evaluate({"q0": (number % 20, number % 20)})
        gc.collect()
        return resident_kilobytes()

    before = evaluate(1_000)
    assert evaluate(10_000) - before < 8_000


def test_many_rulebooks_leave_no_memory_behind(tmp_path: Path):
    rulebook = wide_rulebook(tmp_path, ["q0 > 3"])

    def compile_often(times: int) -> int:
        for _ in range(times):
            ReteEngine(rulebook).evaluate({"q0": (4, 4)})
        gc.collect()
        return resident_kilobytes()

    before = compile_often(50)  # a ruleset is about 700 kB
    assert compile_often(150) - before < 20_000


def resident_kilobytes() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("the memory of a process is read from /proc")
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])


def test_a_closed_ruleset_gives_its_memory_back_once():
    ruleset = Ruleset({})
    ruleset.close()
    ruleset.close()
    assert not ruleset._finalizer.alive


def test_a_session_in_which_nothing_fires_ends_well():
    ruleset = Ruleset({"a": {"all": [{"m": {"$and": [{"kind": "s0"}, {"$gt": {"f0": 5}}]}}]}})
    for number in range(20):
        with ruleset.session() as session:
            if number % 2:
                session.tell('{"kind":"s0","f0":9}')
            assert list(session.fired()) == (["a"] if number % 2 else [])


def fail_inside(ruleset: Ruleset) -> None:
    with ruleset.session() as session:
        session.tell('{"kind":"s0","f0":9}')
        raise RuntimeError


def test_a_failure_inside_a_session_leaves_a_clean_engine():
    ruleset = Ruleset({"a": {"all": [{"m": {"$and": [{"kind": "s0"}, {"$gt": {"f0": 5}}]}}]}})
    for _ in range(20):
        with pytest.raises(RuntimeError):
            fail_inside(ruleset)
    with ruleset.session() as session:
        assert list(session.fired()) == []
    assert extension() is not None


def test_an_engine_per_thread(tmp_path: Path):
    rulebook = random_rulebook(11, tmp_path)
    facts = [random_facts(seed) for seed in range(150)]
    expected = [CheckedEngine(rulebook).evaluate(each) for each in facts[:1]] + [None] * (len(facts) - 1)
    found: dict[int, list[object]] = {}

    def work(number: int) -> None:
        engine = CheckedEngine(rulebook)
        found[number] = [engine.evaluate(each) for each in facts]

    _in_threads(work)
    assert_same(found[0][0], expected[0])  # type: ignore[arg-type]
    for first, second in zip(found[0], found[1], strict=True):
        assert_same(first, second)  # type: ignore[arg-type]


def test_one_engine_in_two_threads_takes_turns(tmp_path: Path):
    rulebook = random_rulebook(12, tmp_path)
    facts = [random_facts(seed) for seed in range(150)]
    engine, found = CheckedEngine(rulebook), {}

    def work(number: int) -> None:
        found[number] = [engine.evaluate(each) for each in facts]

    _in_threads(work)
    for first, second in zip(found[0], found[1], strict=True):
        assert_same(first, second)


def _in_threads(work: object) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert not any(thread.is_alive() for thread in threads)
