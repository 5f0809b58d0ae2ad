"""What a check knows of a place: a verdict, with one of three outcomes."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from yusuan.ir.diagnostics import Code, Diagnostic
from yusuan.ir.quick import quick


class Outcome(StrEnum):
    """What a check knows of one place.

    UNKNOWN is the answer where a part is missing: an absent figure is stepped over, never read as nothing.
    """

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@quick
@frozen(slots=True)
class Verdict:
    """The answer of a check at one place.

    Attributes:
        code: what a broken one is reported as.
        rule: which of the code's rules was tried; the code's own name where it has but one.
        outcome: holds, broken or unknown.
        diagnostic: what there is to say; absent unless broken.
    """

    code: Code
    rule: str
    outcome: Outcome
    diagnostic: Diagnostic | None = None


def holds(code: Code, rule: str | None = None) -> Verdict:
    """The verdict that a rule holds."""
    return Verdict(code, rule or code.name, Outcome.HOLDS)


def unknown(code: Code, rule: str | None = None) -> Verdict:
    """The verdict that a rule cannot be told for want of a part."""
    return Verdict(code, rule or code.name, Outcome.UNKNOWN)


def broken(code: Code, diagnostic: Diagnostic, rule: str | None = None) -> Verdict:
    """The verdict that a rule is broken."""
    return Verdict(code, rule or code.name, Outcome.BROKEN, diagnostic)
