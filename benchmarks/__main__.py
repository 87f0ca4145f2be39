"""`python -m benchmarks [name …]`: measure and print ratios. Nothing here is asserted; machines differ."""

from __future__ import annotations

import argparse
import os
import platform

from benchmarks import engines, memory, proofs, questions, start

NAMES = (
    "engines",
    "start",
    "memory",
    "questions",
    "proofs",
    "columns",
    "agreement",
    "portfolio",
    "cluster",
    "robustness",
    "memos",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"which ones: {', '.join(NAMES)} (all if none is named)"
    )
    parser.add_argument("--profiles", type=int, default=200, help="random profiles for `engines` (200)")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds for `engines` and `start` (9)")
    parser.add_argument(
        "--evaluations", type=int, default=100_000, help="evaluations in one process for `memory` (100000)"
    )
    parser.add_argument("--each", type=int, default=5, help="random profiles of each verdict for `questions` (5)")
    parser.add_argument("--compared", type=int, default=20_000, help="random rows for `agreement` (20000)")
    parser.add_argument(
        "--memos", type=int, nargs="+", default=[1, 100, 1_000], help="how many memos for `memos` (1 100 1000)"
    )
    given = parser.parse_args()
    unknown = sorted({*given.names}.difference(NAMES))
    if unknown:
        parser.error(f"there is no benchmark '{unknown[0]}'; there are {', '.join(NAMES)}")
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {platform.python_implementation()}", end=" "
    )
    print(platform.python_version(), flush=True)
    for name in given.names or NAMES:
        print(f"\n=== {name}\n", flush=True)
        if name == "engines":
            engines.main(given.profiles, given.rounds)
        elif name == "start":
            start.main(given.rounds)
        elif name == "questions":
            questions.main(given.each)
        elif name == "proofs":
            proofs.main()
        elif name == "memory":
            memory.main(given.evaluations)
        elif name == "memos":
            from benchmarks import memos  # imports what writes documents

            memos.main(given.memos)
        elif name == "columns":
            from benchmarks import columns  # imports Polars, which the others do without

            columns.main()
        elif name == "agreement":
            from benchmarks import agreement

            agreement.main(given.compared)
        elif name == "cluster":
            from benchmarks import cluster  # imports Dask

            cluster.main()
        elif name == "robustness":
            from benchmarks import robustness

            robustness.main()
        else:
            from benchmarks import portfolio

            portfolio.main()


if __name__ == "__main__":
    main()
