"""Options of the test run."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-corpus",
        action="store_true",
        help="rewrite what differs in the expected parts of corpus cases and in the pages of the diagnostics; read "
        "`git diff` afterwards",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-corpus") and os.environ.get("CI"):
        raise pytest.UsageError("--update-corpus is for a person who reads the difference: not where CI is set")
    if config.getoption("--update-corpus") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--update-corpus writes files that tests share: run pytest itself, in one process")
