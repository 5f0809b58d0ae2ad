"""Whole reports with consistent figures, and the same reports with one planted fault, for tests of the checks.

`clean(seed)` is a report in which nothing contradicts anything, though much of it is odd; `faulty(seed, kind)` is the
same with a single fault, and says on which lines a reader would look for it. Every wording, figure and name is
invented. `python -m tests.generated_reports --seed 5 --fault plan-falls` prints one.

How it works: a report is first written as a text with marks in it. A mark (one character of a private plane) stands
for a `Span`, a piece of text that a fault may change: a figure, a unit, a direction, an ordinal, a row, a section
(`marks`). While the text is written (`draft`), the relations between figures are noted (`Relation`), and so are the
ways to spoil it (`Edit`). A fault is then one edit, or one figure changed so that one relation fails and as few others
as can be (`faults`).

What a report says is decided first (`plan`), then `frame` writes it section by section, with a file for each. All
chance is by name (`dice`), so a choice does not depend on those before it; but the marks, edits and relations of a
report are numbered in the order in which they are made.
"""

from __future__ import annotations

from tests.generated_reports.faults import (
    FAULTS,
    GeneratedReport,
    Planted,
    clean,
    faulty,
    figures_that_disagree,
    twin,
)

__all__ = ["FAULTS", "GeneratedReport", "Planted", "clean", "faulty", "figures_that_disagree", "twin"]
