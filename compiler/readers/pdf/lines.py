"""Runs to lines: what stands at one height, from left to right. The order of the file says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from attrs import define

from yusuan.compiler.readers.pdf.characters import GlyphRun
from yusuan.compiler.readers.pdf.model import PageBox, PrintedLine
from yusuan.compiler.readers.pdf.spacing import least_blank

# Runs whose middles are this part of their size apart stand on one line.
_SAME_HEIGHT = 0.45
# The same letters this part of the size further are one word drawn twice, to look bold.
_DRAWN_TWICE = 0.25

_left = attrgetter("x0")


def _middle(run: GlyphRun) -> float:
    return run.top + run.bottom


@define(eq=False)
class RunLine:
    """The runs of one line, from left to right."""

    runs: list[GlyphRun]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        return max(run.x1 for run in self.runs)


def gather_lines(runs: Sequence[GlyphRun]) -> list[RunLine]:
    """The lines of some runs, from top to bottom."""
    if len(runs) == 1:
        return [RunLine([runs[0]], runs[0].top, runs[0].bottom)]
    lines: list[RunLine] = []
    upright = [run for run in runs if not run.sideways]
    upright.sort(key=_middle)
    members: list[GlyphRun] = []
    height = size = 0.0
    for run in upright:
        middle = (run.top + run.bottom) / 2
        if members and middle - height <= _SAME_HEIGHT * max(size, run.size):
            members.append(run)
            if run.size > size:
                height, size = middle, run.size
        else:
            if members:
                lines.append(_line(members))
            members, height, size = [run], middle, run.size
    if members:
        lines.append(_line(members))
    if len(upright) < len(runs):
        lines += _sideways_lines([run for run in runs if run.sideways])
    return lines


def _line(members: list[GlyphRun]) -> RunLine:
    members.sort(key=_left)
    kept = members[:1]
    for run in members[1:]:
        last = kept[-1]
        if run.text != last.text or run.x0 - last.x0 > _DRAWN_TWICE * run.size:
            kept.append(run)
    return RunLine(kept, min(run.top for run in kept), max(run.bottom for run in kept))


def _sideways_lines(runs: list[GlyphRun]) -> list[RunLine]:
    """Lines that run downwards or upwards, each run a line of its own, in the order in which they are read."""
    downwards = sum(run.sideways for run in runs) > 0
    runs.sort(key=lambda run: (-run.x1, run.top) if downwards else (run.x0, -run.bottom))
    return [RunLine([run], run.top, run.bottom) for run in runs]


def line_text(runs: Iterable[GlyphRun]) -> str:
    """The text of runs of one line: one blank where they are apart."""
    parts: list[str] = []
    end = 0.0
    for run in runs:
        gap = run.x0 - end
        if parts and gap > least_blank(parts[-1], run.text, printed=run.blank) * run.size:
            parts.append(" ")
        parts.append(run.text)
        end = max(end, run.x1)
    return "".join(parts)


def finished_line(line: RunLine, page: int, fold: Mapping[int, str]) -> PrintedLine:
    """A line for the document; `fold` maps characters that are drawn alike to the usual ones."""
    runs = line.runs
    if len(runs) == 1:
        run = runs[0]
        return PrintedLine(
            run.text.translate(fold), PageBox(page, run.x0, run.top, run.x1, run.bottom), run.size, run.bold
        )
    letters = sum(len(run.text) for run in runs)
    bold = sum(len(run.text) for run in runs if run.bold)
    size = max(runs, key=lambda run: len(run.text)).size
    box = PageBox(page, line.x0, line.top, line.x1, line.bottom)
    return PrintedLine(line_text(runs).translate(fold), box, size, 2 * bold > letters)
