"""The checks on generated reports: silent on clean ones, and loud at the line where one fault is planted."""

from __future__ import annotations

import pytest
from tests.generated_reports import FAULTS, clean, faulty

from yusuan import compile_text
from yusuan.ir.diagnostics import Diagnostic, Severity
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT

CLEAN_REPORTS = 60
REPORTS_FOR_A_FAULT = 6
FEWEST_FOUND = 4
"""Of the reports with a fault: some wordings are not read yet, and then nothing can be told of them."""


def warnings(text: str) -> list[Diagnostic]:
    """What a report is told that a reader would look at."""
    return [found for found in compile_text(text).diagnostics if found.severity is not Severity.INFO]


def test_clean_reports_draw_no_warning() -> None:
    alarms = {
        seed: [f"{found.line}: {found.code} {found.message}" for found in warnings(clean(seed).text)]
        for seed in range(CLEAN_REPORTS)
    }
    assert {seed: found for seed, found in alarms.items() if found} == {}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_reported_at_its_line(kind: str) -> None:
    missed, elsewhere = [], []
    for seed in range(REPORTS_FOR_A_FAULT):
        report = faulty(seed, kind)
        assert report.planted is not None
        found = warnings(report.text)
        assert INTERNAL_FAULT.code not in {one.code for one in found}
        if not any(one.line in report.planted.lines for one in found):
            missed.append(seed)
        elsewhere += [(seed, one.line, one.code) for one in found if one.line not in report.planted.lines]
    assert len(missed) <= REPORTS_FOR_A_FAULT - FEWEST_FOUND, f"{kind} is missed in the reports of the seeds {missed}"
    assert elsewhere == []
