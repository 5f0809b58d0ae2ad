"""What the page shows of the sums: each as an equation of concepts."""

from __future__ import annotations

from functools import cache
from itertools import starmap
from typing import Final

from attrs import frozen

from yusuan.ir.concepts import definitions
from yusuan.ir.contract import row_sums
from yusuan.ir.diagnostics import codes
from yusuan.ir.kinds import TableKind, TableSum
from yusuan.ir.taxonomy import SumRule, Term, taxonomy

_SUM_CODES: Final = (codes.PARTS_DO_NOT_SUM.code, codes.CHANGES_DO_NOT_SUM.code)


@frozen(slots=True)
class ShownOperand:
    """A concept in a sum.

    Attributes:
        concept: its name.
        scope: the name of the member of the axis Scope that tells it apart; absent for the scope of the total.
    """

    concept: str
    scope: str | None = None


@frozen(slots=True)
class ShownSum:
    """What is the sum of what, or the same money as what.

    Attributes:
        name: the name of the rule, its anchor.
        left: the total.
        right: what it is made of.
        codes: the diagnostics that report a broken one.
        sign: what stands between the parts: `+`, or `=` between totals that are the same money.
        core: the parts that no complete list leaves out.
        is_items: whether the parts are itemised by name.
        is_change: whether it holds for changes as well.
        alternatives: the rules that make up the same total in other ways.
    """

    name: str
    left: ShownOperand
    right: tuple[ShownOperand, ...]
    codes: tuple[str, ...]
    sign: str = "+"
    core: tuple[ShownOperand, ...] = ()
    is_items: bool = False
    is_change: bool = False
    alternatives: tuple[str, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts in it."""
        return tuple(one.concept for one in (self.left, *self.right))

    @property
    def has_scopes(self) -> bool:
        """Whether its parts are of several scopes."""
        return any(part.scope for part in self.right)


@cache
def equations() -> tuple[ShownSum, ...]:
    """Every sum of the taxonomy, in its order."""
    known = taxonomy()
    same = (
        ShownSum(rule.name, ShownOperand(first), tuple(map(ShownOperand, others)), (rule.code,), sign="=")
        for rule in known.equal
        for first, *others in [rule.concepts]
    )
    return (*map(_of_sum, known.sums), *starmap(_of_row_sum, row_sums()), *same)


def _of_sum(rule: SumRule) -> ShownSum:
    others = (one.name for one in taxonomy().sums if rule.group and one.group == rule.group and one is not rule)
    return ShownSum(
        name=rule.name,
        left=_operand(rule.total),
        right=tuple(map(_operand, rule.parts)),
        core=tuple(map(_operand, rule.core)),
        is_items=rule.items,
        is_change=True,
        alternatives=tuple(others),
        codes=_SUM_CODES,
    )


def _of_row_sum(kind: TableKind, rule: TableSum) -> ShownSum:
    total, *parts = (ShownOperand(kind.column(name).facts[0].concept) for name in (rule.total, *rule.parts))
    return ShownSum(name=rule.name, left=total, right=tuple(parts), codes=(rule.code,))


def _operand(term: Term) -> ShownOperand:
    scopes = {member.value: member.name for member in definitions().axes["Scope"].members}
    return ShownOperand(str(term.concept), scopes[str(term.scope)] if term.scope else None)
