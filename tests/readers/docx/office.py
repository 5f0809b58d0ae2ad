"""Reports as Word files: made from texts by python-docx, and converted on by LibreOffice, where there are these."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from yusuan.compiler.language.loader import Language
from yusuan.compiler.readers.text.reader import TextReader

BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")


def word_file(text: bytes, language: Language) -> bytes:
    """A text in the form of the contract as a Word file: its paragraphs, and its rows and cells as tables."""
    docx = pytest.importorskip("docx")
    reading = TextReader().read(text, "report", language)
    made = docx.Document()
    rows: list[list[str]] = []
    for token in reading.tokens:
        said = BOOKMARK.sub("", reading.source.text[token.start : token.end])
        if token.type in ("TEXT", "BLANK"):
            made.add_paragraph(said.strip("\r\n"))
        elif token.type == "TABLE_START":
            rows = [[]]
        elif token.type == "CELL":
            rows[-1].append(said.strip())
        elif token.type == "ROW_END":
            rows.append([])
        else:
            _add_table(made, rows[:-1])
    return _saved(made)


def _add_table(made: Any, rows: list[list[str]]) -> None:
    """A table. Which cell of a row goes over several columns these words say, and not the text; else the last does."""
    width = max(map(len, rows))
    table = made.add_table(len(rows), width, "Table Grid")
    for at, row in enumerate(rows):
        cells, column = list(table.rows[at].cells), 0
        spans = [2 if said.startswith(OVER_TWO) and len(row) < width else 1 for said in row]
        spans[next((at for at, said in enumerate(row) if said in OVER_THE_REST), -1)] += width - sum(spans)
        for said, over in zip(row, spans, strict=True):
            cell = cells[column] if over == 1 else cells[column].merge(cells[column + over - 1])
            cell.text = said
            column += over


OVER_TWO = "政府采购项目来源"
OVER_THE_REST = ("指标值", "当年部门预算安排资金", "公务用车购置及运行维护费")


def _saved(made: Any) -> bytes:
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def converted(files: dict[str, bytes], source: str, target: str, folder: Path) -> dict[str, bytes]:
    """Files of one form as such of another, by name, by LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: no file is converted")
    place = folder / f"{source}-{target}"
    place.mkdir()
    for name, data in files.items():
        (place / f"{name}.{source}").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", target, "--outdir", str(place / "out")]
    given = [str(place / f"{name}.{source}") for name in files]
    subprocess.run([*command, *given], check=True, capture_output=True, timeout=300)
    return {name: (place / "out" / f"{name}.{target}").read_bytes() for name in files}


@cache
def has_fonts() -> bool:
    """Whether there is a font with Chinese letters: a PDF without one has boxes in their place."""
    found = shutil.which("fc-list")
    return found is not None and bool(subprocess.run([found, ":lang=zh"], capture_output=True).stdout.strip())
