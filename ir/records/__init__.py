"""What a report states, typed: for each table of the contract with records a module of its name with their class, which
the table's declaration names (`yusuan.ir.contract`).

In every class `span` is where the record stands (the contract's `line` and `column`): its row from the first cell on,
an empty one too, or the figure itself in running text. Each value inside has its own span. Absent (`None`) means that
the document does not state it, never zero.
"""

from yusuan.ir.records.activities import Activity
from yusuan.ir.records.amounts import Amount
from yusuan.ir.records.assets import Asset
from yusuan.ir.records.glossary import GlossaryEntry
from yusuan.ir.records.indicators import Indicator
from yusuan.ir.records.institutions import Institution
from yusuan.ir.records.objectives import Objective
from yusuan.ir.records.procurement import ProcurementItem
from yusuan.ir.records.projects import Project
from yusuan.ir.records.spending_plan import SpendingPlanEntry
from yusuan.ir.records.values import Figure, Target

__all__ = [
    "Activity",
    "Amount",
    "Asset",
    "Figure",
    "GlossaryEntry",
    "Indicator",
    "Institution",
    "Objective",
    "ProcurementItem",
    "Project",
    "SpendingPlanEntry",
    "Target",
]
