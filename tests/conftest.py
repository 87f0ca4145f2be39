"""Hypothesis profiles: quick at a desk, thorough in CI (or with ``HYPOTHESIS_PROFILE=ci``); what a run compared."""

import os
from typing import Any

from hypothesis import HealthCheck, settings

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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many cases the engines were compared on."""
    from tests.engines.compared import COMPARED, summary

    if COMPARED:
        terminalreporter.section("engines compared")
        terminalreporter.line(summary())
