"""The closed vocabularies of the IR: roles, concepts, measures. Their values are the contract's, in every format."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a section is for, whatever its number or wording (the contract's `sections.role`)."""

    ORGANIZATION = "organization"
    RESPONSIBILITIES = "responsibilities"
    INSTITUTIONS = "institutions"
    OVERVIEW = "overview"
    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    CHANGE = "change"
    OPERATING_EXPENSE = "operating_expense"
    THREE_PUBLIC = "three_public"
    PERFORMANCE = "performance"
    DEPARTMENT_PERFORMANCE = "department_performance"
    OVERALL_OBJECTIVE = "overall_objective"
    ITEMIZED_OBJECTIVES = "itemized_objectives"
    SAFEGUARDS = "safeguards"
    PROJECT_PERFORMANCE = "project_performance"
    PROCUREMENT = "procurement"
    STATE_ASSETS = "state_assets"
    GLOSSARY = "glossary"
    OTHER_MATTERS = "other_matters"


class ReportKind(StrEnum):
    """What a document reports (the contract's `documents.kind`)."""

    BUDGET = "budget"
    FINAL_ACCOUNTS = "final_accounts"
    OTHER = "other"


class ReportLevel(StrEnum):
    """Whose report a document is (the contract's `documents.level`): of a department with all its units, or of one."""

    DEPARTMENT = "department"
    UNIT = "unit"


class Concept(StrEnum):
    """What an amount of money is (the contract's `amounts.concept`). A concept keeps its meaning once it has one."""

    REVENUE = "Revenue"
    GENERAL_PUBLIC_BUDGET_REVENUE = "GeneralPublicBudgetRevenue"
    GOVERNMENT_FUND_REVENUE = "GovernmentFundRevenue"
    STATE_CAPITAL_REVENUE = "StateCapitalRevenue"
    FISCAL_ACCOUNT_REVENUE = "FiscalAccountRevenue"
    INSTITUTIONAL_REVENUE = "InstitutionalRevenue"
    INSTITUTIONAL_OPERATING_REVENUE = "InstitutionalOperatingRevenue"
    SUPERIOR_SUBSIDY_REVENUE = "SuperiorSubsidyRevenue"
    SUBORDINATE_REMITTANCE_REVENUE = "SubordinateRemittanceRevenue"
    OTHER_REVENUE = "OtherRevenue"
    EXPENDITURE = "Expenditure"
    BASIC_EXPENDITURE = "BasicExpenditure"
    PERSONNEL_EXPENDITURE = "PersonnelExpenditure"
    ROUTINE_EXPENDITURE = "RoutineExpenditure"
    PROJECT_EXPENDITURE = "ProjectExpenditure"
    OWN_LEVEL_PROJECT_EXPENDITURE = "OwnLevelProjectExpenditure"
    INSTITUTIONAL_OPERATING_EXPENDITURE = "InstitutionalOperatingExpenditure"
    SUPERIOR_REMITTANCE_EXPENDITURE = "SuperiorRemittanceExpenditure"
    SUBORDINATE_SUBSIDY_EXPENDITURE = "SubordinateSubsidyExpenditure"
    OTHER_EXPENDITURE = "OtherExpenditure"
    BUDGET_TOTAL = "BudgetTotal"
    CARRY_FORWARD = "CarryForward"
    FUNCTION_EXPENDITURE_ITEM = "FunctionExpenditureItem"
    ECONOMIC_EXPENDITURE_ITEM = "EconomicExpenditureItem"
    OPERATING_EXPENSE = "OperatingExpense"
    THREE_PUBLIC_EXPENSE = "ThreePublicExpense"
    OVERSEAS_TRAVEL_EXPENSE = "OverseasTravelExpense"
    OFFICIAL_VEHICLE_EXPENSE = "OfficialVehicleExpense"
    VEHICLE_PURCHASE_EXPENSE = "VehiclePurchaseExpense"
    VEHICLE_OPERATION_EXPENSE = "VehicleOperationExpense"
    OFFICIAL_RECEPTION_EXPENSE = "OfficialReceptionExpense"
    MEETING_EXPENSE = "MeetingExpense"
    TRAINING_EXPENSE = "TrainingExpense"
    TRAVEL_EXPENSE = "TravelExpense"
    ENTRUSTED_SERVICE_EXPENSE = "EntrustedServiceExpense"
    PROCUREMENT_BUDGET = "ProcurementBudget"
    PROCUREMENT_GOODS = "ProcurementGoods"
    PROCUREMENT_WORKS = "ProcurementWorks"
    PROCUREMENT_SERVICES = "ProcurementServices"
    PERFORMANCE_MANAGED_AMOUNT = "PerformanceManagedAmount"
    FIXED_ASSETS = "FixedAssets"
    FIXED_ASSET_PURCHASES = "FixedAssetPurchases"
    OPERATING_EXPENSE_ITEM = "OperatingExpenseItem"
    PROJECT_EXPENDITURE_ITEM = "ProjectExpenditureItem"


ITEMISED: Final = frozenset(
    {
        Concept.FUNCTION_EXPENDITURE_ITEM,
        Concept.ECONOMIC_EXPENDITURE_ITEM,
        Concept.OPERATING_EXPENSE_ITEM,
        Concept.PROJECT_EXPENDITURE_ITEM,
    }
)
"""The concepts that many amounts have, told apart by their labels."""


class Measure(StrEnum):
    """Whether an amount is a stock of money or the change of one."""

    AMOUNT = "amount"
    CHANGE = "change"


class Scope(StrEnum):
    """Whose money it is, where the clause or its section says so."""

    FISCAL = "fiscal"
    GENERAL_PUBLIC = "general_public"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    CARRY_OVER = "carry_over"


class Basis(StrEnum):
    """What stage of the budget cycle a figure belongs to: budget, outturn (执行数) or final accounts (决算)."""

    BUDGET = "budget"
    OUTTURN = "outturn"
    FINAL = "final"


class Base(StrEnum):
    """What a change is measured against, where the text says so."""

    PRIOR_BUDGET = "prior_budget"
    PRIOR_OUTTURN = "prior_outturn"
    PRIOR_FINAL = "prior_final"


class Operator(StrEnum):
    """How an indicator's target bounds its value.

    以上, 以下, 以内 include the number itself; 高于, 超过, 低于, 不足 do not.
    """

    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    EQ = "eq"
    BETWEEN = "between"
    QUALITATIVE = "qualitative"


class Horizon(StrEnum):
    """What time a target is of, where a table has one of the year beside one of all the years of a project."""

    YEAR = "year"
    WHOLE = "whole"


class BlockKind(StrEnum):
    """What a paragraph-like block is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    PAGE_MARK = "page_mark"
    CONTENTS = "contents"
