"""部门职责－工作活动: duties, and the activities below them."""

from __future__ import annotations

from yusuan.compiler.tables.sheets import RowReading, RowStep, SheetReading
from yusuan.ir.nodes import Text


def duties(sheet: SheetReading) -> RowStep:
    """The duty that an activity is below: the style of the first one's number is the duties'; what is numbered
    otherwise is below them."""
    outer: int | None = None
    duty: Text | None = None

    def row(reading: RowReading) -> bool:
        nonlocal outer, duty
        label = sheet.context.label(reading.cell("name"))
        if label is None:
            # A further indicator of the activity above, whose cells are merged.
            return False
        style = sheet.context.classifier.classify(label.text, 0, len(label.text)).style
        if outer is None:
            outer = style
        if style == outer:
            duty = reading.value("name")
        else:
            reading.set(parent=duty)
        return True

    return row
