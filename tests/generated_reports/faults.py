"""A report of a seed, clean or with one fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Final

from attrs import frozen
from tests.generated_reports.dice import Dice
from tests.generated_reports.draft import Draft
from tests.generated_reports.frame import write_report
from tests.generated_reports.marks import Span, grouped
from tests.generated_reports.pen import Pen
from tests.generated_reports.plan import Plan

_TEN: Final = Decimal(10)


@frozen
class Planted:
    """What was planted, and the lines at which a reader would accept the report of it."""

    kind: str
    lines: frozenset[int]


@frozen
class GeneratedReport:
    """A report, and its fault where it has one."""

    name: str
    text: str
    planted: Planted | None


# What has to be in the report so that the fault has a place: names of choices and what they are forced to.
_REVENUE_LIST: Final = {"revenue/form": "list", "revenue/rounded": False, "revenue/solo": False}
_CHANGE_SHOWN: Final = {"change/form": "parts", "change/flat": False, "change/total/form": "before-first"}
_PUBLIC_TEXT: Final = {"public/form": "text", "public/zero": False, "public/rounded": False}
_PUBLIC_TABLE: Final = {"public/form": "table", "public/zero": False}
_PUBLIC_BOTH: Final = {"public/form": "both", "public/zero": False, "public/rounded": False}
_PROCUREMENT: Final = {"procurement/zero": False}
_TABLES: Final = {"performance/tables": True, "projects/plain": False}
_SPENDING: Final = {**_TABLES, "projects/national": False, "project/0/plan": "steps"}
_NUMBERED: Final = {"contents": False}

_FORCED: Final[Mapping[str, Mapping[str, object]]] = {
    "revenue-sources": _REVENUE_LIST,
    "expenditure-parts": {"expenditure/usage": "names", "expenditure/rounded": False},
    "basic-parts": {},
    "revenue-against-expenditure": {"revenue/form": "bare", "change/form": "loose"},
    "three-public-parts": _PUBLIC_TEXT,
    "vehicle-parts": _PUBLIC_TEXT,
    "three-public-table-parts": _PUBLIC_TABLE,
    "operating-expense-items": {"operating/form": "items", "operating/rounded": False},
    "project-items": {"expenditure/usage": "amounts", "performance/tables": True},
    "assets-total": {},
    "procurement-total": _PROCUREMENT,
    "procurement-amount": _PROCUREMENT,
    "procurement-sources": {**_PROCUREMENT, "procurement/table": "wide"},
    "procurement-classes": {**_PROCUREMENT, "procurement/classes": True},
    "project-budget-sources": _TABLES,
    "activity-children": {"performance/activities": True},
    "change-parts": {"change/form": "parts", "change/flat": False},
    "change-difference": {
        **_CHANGE_SHOWN,
        "operating/change": True,
        "operating/same": False,
        "operating/change/form": "before-first",
    },
    "change-direction": {
        **_CHANGE_SHOWN,
        "operating/change": True,
        "operating/same": False,
        "operating/change/form": "before-first",
    },
    "change-percent": {**_CHANGE_SHOWN, "change/total/form": "percent"},
    "flat-with-difference": {
        "operating/change": True,
        "operating/same": False,
        "operating/change/form": "before-first",
    },
    "doubled-direction": _CHANGE_SHOWN,
    "mistyped-direction": _CHANGE_SHOWN,
    "procurement-text-table": {**_PROCUREMENT, "procurement/classes": False},
    "assets-text-table": {},
    "three-public-text-table": _PUBLIC_BOTH,
    "project-text-table": {"expenditure/usage": "partial", **_TABLES},
    "purchases-over-procurement": {**_PROCUREMENT, "assets/purchases": "procurement", "procurement/twins": True},
    "plan-falls": _SPENDING,
    "plan-not-100": _SPENDING,
    "rate-in-things": {"performance/tables": True},
    "rate-without-unit": {"performance/tables": True},
    "satisfaction-at-most": {"performance/tables": True},
    "completion-zero": {"performance/tables": True},
    "bad-rate-at-least": {"performance/tables": True, "indicators/bad": True},
    "over-hundred": {"performance/tables": True},
    "month-thirteen": {"performance/tables": True, "indicators/month": True},
    "grades-out-of-order": {"performance/activities": True},
    "indicator-twice": {"performance/tables": True},
    "objective-twice": {"performance/tables": True, "projects/objectives": 2},
    "procurement-row-twice": {**_PROCUREMENT, "procurement/twins": True},
    "heading-skips": _NUMBERED,
    "heading-repeats": _NUMBERED,
    "heading-style": _NUMBERED,
    "missing-section": {**_NUMBERED, "assets/purchases": "plain"},
    "template-residue": {},
    "unclosed-bracket": {"duties/quoted": True},
    "unclosed-quotation": {"duties/quoted": True},
    "amount-without-unit": {},
    "foreign-year": {},
    "number-with-residue": {},
    "heading-glued": {"performance/tables": True},
    "short-row": {**_PROCUREMENT, "procurement/table": "wide"},
}


FAULTS: Final[tuple[str, ...]] = tuple(_FORCED)


def clean(seed: int) -> GeneratedReport:
    """The report of a seed, without a fault."""
    return GeneratedReport(f"generated-{seed}", _drafted(seed, {}).laid_out(), None)


def twin(seed: int, kind: str) -> GeneratedReport:
    """The report that `faulty` spoils: `clean`, but for what has to be there so that the fault has a place."""
    return GeneratedReport(f"generated-{seed}-without-{kind}", _drafted(seed, _FORCED[kind]).laid_out(), None)


def faulty(seed: int, kind: str) -> GeneratedReport:
    """The report of a seed with one fault of a kind."""
    draft = _drafted(seed, _FORCED[kind])
    random = Random(f"{seed}/fault/{kind}")
    edits = [edit for edit in draft.edits if edit.kind == kind]
    if edits:
        edit = random.choice(edits)
        for span, text in edit.changes:
            span.text = text
        concerned: set[Span] = {span for span, _ in edit.changes if not edit.at} | set(edit.at)
        for relation in draft.broken():
            concerned.update(relation.spans)
    else:
        concerned = _spoil_a_figure(draft, random, kind)
    text = draft.laid_out()
    lines = {line for span in concerned for line in span.whereabouts()}
    if kind == "missing-section":
        lines.add(1)
    return GeneratedReport(f"generated-{seed}-with-{kind}", text, Planted(kind, frozenset(lines)))


def figures_that_disagree(seed: int, kind: str | None = None) -> list[str]:
    """The relations that do not hold in the clean report of a seed (the one that `faulty` spoils, for a kind): none."""
    draft = _drafted(seed, _FORCED[kind] if kind else {})
    return [f"{relation.kind}: {[span.text for span in relation.spans]}" for relation in draft.broken()]


def _spoil_a_figure(draft: Draft, random: Random, kind: str) -> set[Span]:
    """Change one figure so that a relation of this kind fails, and no other if that can be had."""
    places = [(relation, span) for relation in draft.relations if relation.kind == kind for span in relation.figures]
    random.shuffle(places)
    places.sort(key=lambda place: place[1].number() == 0)
    best: tuple[int, Span, str] | None = None
    for relation, span in places:
        mine = draft.relations_of(span)
        # A relation of other units (a percentage, a count) says nothing about how exact this figure has to be.
        least = max((3 * each.coarsest() for each in mine if each.scale_free), default=3 * span.unit_in_last_place())
        least = max(least, abs(span.number()) / 50)
        if relation.scale_free:
            least = max(least, *(abs(each.number()) / 200 for each in relation.figures))
        before = span.text
        for text in _wrong_figures(random, span, least):
            span.text = text
            broken = [each for each in mine if not each.holds()]
            span.text = before
            if relation not in broken:
                continue
            score = len(broken) + 2 * (span.number() == 0)
            if best is None or score < best[0]:
                best = score, span, text
        if best and best[0] == 1:
            break
    if best is None:
        raise LookupError(f"no place for {kind}")
    _, span, text = best
    span.text = text
    return {other for relation in draft.relations_of(span) if not relation.holds() for other in relation.spans}


def _wrong_figures(random: Random, span: Span, least: Decimal) -> Iterator[str]:
    """Other figures as a hand would mistype or forget to update them, clearly away from the right one."""
    right, has_commas = span.number(), "," in span.text
    digits = span.text.replace(",", "")
    whole = len(digits.partition(".")[0])
    places = [index for index, digit in enumerate(digits) if digit.isdigit()]
    rough = _TEN ** (len(digits) - len(digits.rstrip("0"))) if "." not in digits else Decimal(1)
    tried = []
    for attempt in range(24):
        wrong = list(digits)
        at = random.choice(places)
        match random.randrange(4) if attempt < 18 else 4:
            case 0:
                wrong[at] = random.choice("0123456789")
            case 1:
                other = random.choice(places)
                wrong[at], wrong[other] = wrong[other], wrong[at]
            case 2:
                wrong.insert(min(at, whole), random.choice("123456789"))
            case 3:
                step = rough * span.unit_in_last_place() / span.scale
                away = least / span.scale * Decimal(random.randint(11, 90)) / _TEN
                wrong = list(f"{Decimal(digits) + (away // step + 1) * step:f}")
            case _:
                wrong = list(f"{Decimal(digits) * random.randint(2, 40):f}")
        text = "".join(wrong)
        if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", text) and abs(Decimal(text) * span.scale - right) >= least:
            tried.append(grouped(text) if has_commas else text)
    yield from tried


def _drafted(seed: int, forced: Mapping[str, object]) -> Draft:
    """The report of a seed, with choices forced."""
    dice = Dice(seed, forced)
    draft = Draft(dice)
    write_report(Pen(Plan(dice), draft))
    draft.forget_the_unwritten()
    return draft
