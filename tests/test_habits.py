"""What a stranger's checkout goes by: the lock, the workflow, the hooks and the forms say what is so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements-dev.lock").read_text("utf-8")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def locked() -> dict[str, list[tuple[Requirement, str]]]:
    """The locked requirements by name, each with its hashes; one has several where Pythons need several versions."""
    found: dict[str, list[tuple[Requirement, str]]] = {}
    for entry in re.split(r"\n(?=\S)", re.sub(r"(?m)^ *#.*\n", "", LOCK)):
        required, *hashes = entry.replace("\\\n", "").split("--hash=")
        requirement = Requirement(required.strip())
        found.setdefault(canonicalize_name(requirement.name), []).append((requirement, " ".join(hashes)))
    return found


def test_the_lock_has_hashes_and_no_address() -> None:
    assert len(locked()) > 50
    for some in locked().values():
        for requirement, hashes in some:
            assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), requirement
            assert re.fullmatch(r"(sha256:[0-9a-f]{64}\s*)+", hashes), requirement
    assert "://" not in LOCK
    assert "index" not in LOCK


def asked() -> Iterator[str]:
    project = PROJECT["project"]
    yield from project["dependencies"]
    yield from PROJECT["dependency-groups"]["dev"]
    yield from PROJECT["build-system"]["requires"]
    for some in project["optional-dependencies"].values():
        yield from some


@pytest.mark.parametrize("written", sorted(set(asked())))
def test_what_is_asked_for_is_locked(written: str) -> None:
    requirement = Requirement(written)
    found = locked()[canonicalize_name(requirement.name)]
    for version in (re.sub("^==", "", str(one.specifier)) for one, _ in found):
        assert requirement.specifier.contains(version), f"{version}: run `make lock`"


def steps(workflow: Any) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_runs_what_is_pinned(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert all(job["permissions"] == {"contents": "read"} for job in workflow["jobs"].values())
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"[a-z-]+/[a-z-]+@[0-9a-f]{40}", one)] == []


def test_the_pythons_that_are_promised_are_tried() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/checks.yml").read_text("utf-8"))
    matrix = workflow["jobs"]["tests"]["strategy"]["matrix"]
    told = [one.rpartition(" ")[2] for one in PROJECT["project"]["classifiers"] if "Python :: 3." in one]
    assert matrix["python"] == told
    assert {one.partition("-")[0] for one in matrix["system"]} == {"ubuntu", "windows", "macos"}


def test_hooks_run_what_is_installed() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {one["repo"] for one in hooks["repos"]} == {"local"}
    for hook in hooks["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        program = hook["entry"].split()[0]
        assert program in {f".venv/bin/{name}" for name in ("ruff", "mypy", "lint-imports", "pytest", "yusuan")}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_what_is_needed(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    asked = {field.get("id"): field for field in form["body"]}
    needed = {"command", "lines", "page", "expected", "version", "personal"}
    assert needed <= set(asked)
    assert all(asked[one]["validations"]["required"] for one in needed - {"page", "personal"})
    assert "yusuan text" in asked["lines"]["attributes"]["description"]
