"""Hypothesis profiles: quick at a desk, thorough in CI (or with ``HYPOTHESIS_PROFILE=ci``); what a run compared.

``brief`` is for one more version of Python: does it all run there too? What is true was searched for before.
"""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("brief", max_examples=20, deadline=None)
settings.register_profile("default", max_examples=100, deadline=None)
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))

# A run in several processes (``-n 2``) has them from readline, and every command started here would take them as given.
for size in ("COLUMNS", "LINES"):
    os.environ.pop(size, None)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Count what a process of a run in several (``-n 2``) compared."""
    from tests.engines.compared import COMPARED

    COMPARED.update(getattr(node, "workeroutput", {}).get("compared", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what this process compared, where it is one of several."""
    if hasattr(session.config, "workeroutput"):
        from tests.engines.compared import COMPARED

        session.config.workeroutput["compared"] = dict(COMPARED)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many cases the engines were compared on."""
    from tests.engines.compared import COMPARED, summary

    if COMPARED:
        terminalreporter.section("engines compared")
        terminalreporter.line(summary())
