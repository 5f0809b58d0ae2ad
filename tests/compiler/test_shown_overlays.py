"""Overlays that the documents of earlier versions showed still do what they did."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yusuan import Compiler
from yusuan.emitters.registry import emitters

SHOWN = Path(__file__).parents[1] / "overlays"
_FILE = re.compile(r"^```file:(?P<path>[^\n]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWS = re.compile(r"^```shows\n(?P<table>\w+): (?P<part>[^\n]+)\n```$", re.MULTILINE)


def shown() -> dict[str, str]:
    """Each overlay by its version and its heading, with what is written of it."""
    return {
        f"{file.stem}: {part.partition(chr(10))[0]}": part
        for file in sorted(SHOWN.glob("*.md"))
        for part in file.read_text("utf-8").split("\n## ")[1:]
    }


def tables(text: str, *places: str) -> dict[str, str]:
    """The tables of a report by name, and the sections that its language knows (`rules`)."""
    compiler = Compiler(places)
    document = compiler.compile_text(text, "report").document
    written = {name.removesuffix(".csv"): str(content) for name, content in emitters()["csv"].package([document])}
    return {**written, "rules": " ".join(compiler.language.parents)}


@pytest.mark.parametrize("name", shown())
def test_it_does_what_it_did(name: str, tmp_path: Path) -> None:
    said = shown()[name]
    files = {found["path"]: found["text"] for found in _FILE.finditer(said)}
    report = files.pop("report.txt")
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    [(table, part)] = _SHOWS.findall(said)
    assert part in tables(report, str(tmp_path)).get(table, "")
    # It is the overlay that does it.
    assert part not in tables(report).get(table, "")
