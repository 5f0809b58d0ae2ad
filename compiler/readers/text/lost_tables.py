"""Tables that are lost in a text: their rows stand there, but nothing parts their cells.

That is what is made of a PDF where the page's lines are written down as they are: a label, and behind it figures with
blanks between. Only the file itself says which column a figure stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.readers.text.rows import TEXT, TextLines
from yusuan.ir.diagnostics import Diagnostic, codes

# A line of a typed text may end in two figures; a report's tables have more rows than that.
_FEWEST_ROWS: Final = 5
_LAST: Final = frozenset("0123456789%")
# The line below the head of a table in Markdown.
_RULE: Final = r"[ \t]{0,4}:?-{3,40}:?[ \t]{0,4}"
_RULED: Final = re.compile(rf"^(?P<line>[ \t]{{0,4}}\|?{_RULE}(?:\|{_RULE}){{1,40}}\|?)[ \t]{{0,8}}\r?$", re.MULTILINE)
_FIGURE: Final = re.compile(r"[-+]?[0-9]{1,30}(,[0-9]{3})*(\.[0-9]{1,30})?%?")


def lost_tables(lines: TextLines) -> Diagnostic | None:
    """What there is to say where most rows of a text's tables have no cells; absent where its tables are whole.

    A row with cells has a TAB at least, and so has each of its cells in most forms of text.
    """
    ruled = _RULED.search(lines.text) if "|" in lines.text else None
    if ruled is not None:
        return codes.LOST_TABLES.at(lines.source.span(ruled.start("line"), ruled.start("line")), "markdown", rows=0)
    starts = list(_rows_without_cells(lines))
    if len(starts) < _FEWEST_ROWS or len(starts) <= lines.text.count("\t"):
        return None
    return codes.LOST_TABLES.at(lines.source.span(starts[0], starts[0]), "blanks", rows=len(starts))


def _rows_without_cells(lines: TextLines) -> Iterator[int]:
    """Where each line starts that has two figures or more at its end, with nothing but blanks between."""
    for (start, end), kind in zip(lines.ranges, lines.kinds, strict=True):
        if kind != TEXT:
            continue
        line = lines.text[start:end].rstrip()
        if line[-1:] in _LAST and "\t" not in line:
            words = line.rsplit(None, 2)
            if len(words) > 1 and all(_FIGURE.fullmatch(word) for word in words[-2:]):
                yield start
