"""Whole reports with consistent figures, and the same reports with one planted fault, for tests of the checks.

`clean(seed)` is a report in which nothing contradicts anything, though much of it is odd; `faulty(seed, kind)` is the
same with a single fault, and says on which lines a reader would look for it. Every wording, figure and name is
invented. `python tests/generated_reports.py --seed 5 --fault plan-falls` prints one.

How it works: a report is first written as a text with marks in it. A mark (one character of a private plane) stands
for a `Span`, a piece of text that a fault may change: a figure, a unit, a direction, an ordinal, a row, a section.
While the text is written, the relations between figures are noted (`Relation`), and so are the ways to spoil it
(`Edit`). A fault is then one edit, or one figure changed so that one relation fails and as few others as can be.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from random import Random
from typing import Final, TypeVar, cast

from attrs import Factory, define, field, frozen

T = TypeVar("T")

ZERO: Final = Decimal(0)
TEN: Final = Decimal(10)
FIRST_MARK: Final = 0xF0000


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
    return GeneratedReport(f"generated-{seed}", _written(seed, {}).laid_out(), None)


def twin(seed: int, kind: str) -> GeneratedReport:
    """The report that `faulty` spoils: `clean`, but for what has to be there so that the fault has a place."""
    return GeneratedReport(f"generated-{seed}-without-{kind}", _written(seed, _FORCED[kind]).laid_out(), None)


def faulty(seed: int, kind: str) -> GeneratedReport:
    """The report of a seed with one fault of a kind."""
    draft = _written(seed, _FORCED[kind])
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
    draft = _written(seed, _FORCED[kind] if kind else {})
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
    right, grouped = span.number(), "," in span.text
    digits = span.text.replace(",", "")
    whole = len(digits.partition(".")[0])
    places = [index for index, digit in enumerate(digits) if digit.isdigit()]
    rough = TEN ** (len(digits) - len(digits.rstrip("0"))) if "." not in digits else Decimal(1)
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
                away = least / span.scale * Decimal(random.randint(11, 90)) / TEN
                wrong = list(f"{Decimal(digits) + (away // step + 1) * step:f}")
            case _:
                wrong = list(f"{Decimal(digits) * random.randint(2, 40):f}")
        text = "".join(wrong)
        if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", text) and abs(Decimal(text) * span.scale - right) >= least:
            tried.append(_grouped(text) if grouped else text)
    yield from tried


def _grouped(text: str) -> str:
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"


# --- The draft: a text with marks -------------------------------------------------------------------------------------

_OPPOSITE: Final = {
    "增加": "减少",
    "增长": "下降",
    "上升": "下降",
    "提高": "降低",
    "增幅": "降幅",
    "上涨": "下降",
    "调增": "调减",
    "净增加": "净减少",
    "多安排": "少安排",
    "减少": "增加",
    "下降": "增长",
    "降低": "提高",
    "降幅": "增幅",
    "调减": "调增",
    "净减少": "净增加",
    "少安排": "多安排",
    "压减": "增加",
}
_RISING: Final = ("增加", "增长", "上升", "提高", "增幅", "上涨", "调增", "净增加", "多安排")
_SIGNS: Final = {word: 1 if word in _RISING else -1 for word in _OPPOSITE}
_MISTYPED: Final = {
    "增加": ("曾加", "增家", "增架"),
    "减少": ("较少", "碱少", "减水"),
    "增长": ("曾长", "增涨"),
    "下降": ("下将", "下绛"),
}


@define(eq=False)
class Span:
    """A piece of the text that a fault may change. As a string it is its mark; its own text may hold marks again."""

    mark: str
    text: str
    scale: Decimal = Decimal(1)
    """What 1 in the text is: figures in 元 and in 万元 are compared."""
    row: Span | None = None
    """Where the row begins, of a span in a table."""
    lines: list[int] = Factory(list)

    def __str__(self) -> str:
        return self.mark

    def number(self) -> Decimal:
        if self.text in _SIGNS:
            return Decimal(_SIGNS[self.text])
        return Decimal(self.text.replace(",", "")) * self.scale

    def is_figure(self) -> bool:
        return re.fullmatch(r"-?[\d,]+(\.\d+)?", self.text) is not None

    def unit_in_last_place(self) -> Decimal:
        return Decimal(1).scaleb(-len(self.text.partition(".")[2])) * self.scale

    def whereabouts(self) -> set[int]:
        return {*self.lines, *(self.row.lines if self.row else ())}


@define(eq=False)
class Relation:
    """What has to hold between figures of the text."""

    kind: str
    spans: tuple[Span, ...]
    holds: Callable[[], bool]
    scale_free: bool = True

    @property
    def figures(self) -> list[Span]:
        return [span for span in self.spans if span.is_figure()]

    def coarsest(self) -> Decimal:
        """The unit of the last place of the roughest figure: a difference has to be clearly above it."""
        return max((span.unit_in_last_place() for span in self.figures if span.number()), default=Decimal("0.01"))


@frozen
class Edit:
    """A way to spoil the text: spans and their new texts, and at which spans it shows (the changed ones, if unsaid)."""

    kind: str
    changes: tuple[tuple[Span, str], ...]
    at: tuple[Span, ...] = ()


class Dice:
    """Chance, by name: a choice does not depend on how many were made before, so one forced leaves the others."""

    def __init__(self, seed: int, forced: Mapping[str, object]) -> None:
        self._seed = seed
        self._forced = forced

    def random(self, name: str) -> Random:
        return Random(f"{self._seed}/{name}")

    def pick(self, name: str, options: Sequence[T]) -> T:
        if name in self._forced:
            return cast(T, self._forced[name])
        return self.random(name).choice(options)

    def chance(self, name: str, probability: float) -> bool:
        if name in self._forced:
            return bool(self._forced[name])
        return self.random(name).random() < probability

    def between(self, name: str, low: int, high: int) -> int:
        if name in self._forced:
            return cast(int, self._forced[name])
        return self.random(name).randint(low, high)

    def sample(self, name: str, options: Sequence[T], number: int) -> list[T]:
        return self.random(name).sample(options, min(number, len(options)))


@define(eq=False)
class Heading:
    """A heading with its ordinal, which can be written for another number and in another style."""

    level: int
    style: str
    number: int
    ordinal: Span
    title: str
    siblings: list[Heading]
    of_section: bool = True


_DIGITS: Final = "零一二三四五六七八九十"


def _chinese(number: int) -> str:
    if number <= 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


class Draft:
    """The report while it is written, and what is known about it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.edits: list[Edit] = []
        self.relations: list[Relation] = []
        self.headings: list[Heading] = []
        self._by_span: dict[Span, list[Relation]] | None = None
        self._spans: list[Span] = []
        self._raw: list[str] = []
        self._open: dict[int, list[Heading]] = {}
        self._tail: Span | None = None
        self._count = 0
        pick = dice.pick
        self.spacing = pick("layout/spacing", ("none", "none", "all", "erratic", "headings"))
        self.indent = pick("layout/indent", ("", "", "　　", "    ", "   "))
        self.bookmarks = dice.chance("layout/bookmarks", 0.4)
        self.pages = dice.chance("layout/pages", 0.2)
        self.empty_cell = pick("layout/empty", ("", "", "　", " "))
        self.table_end = pick("layout/table-end", ("", "", "\n", "\n\n\n", " \n"))

    # Spans, edits and relations.

    def span(self, text: str, scale: Decimal = Decimal(1)) -> Span:
        span = Span(chr(FIRST_MARK + len(self._spans)), text, scale)
        self._spans.append(span)
        return span

    def edit(self, kind: str, *changes: tuple[Span, str], at: Iterable[Span] = ()) -> None:
        self.edits.append(Edit(kind, changes, tuple(at)))

    def relate(self, kind: str, spans: Iterable[Span], holds: Callable[[], bool], scale_free: bool = True) -> None:
        self.relations.append(Relation(kind, tuple(spans), holds, scale_free))

    def sum(self, kind: str, total: Span, parts: Sequence[Span], slack: Decimal = ZERO) -> None:
        def holds() -> bool:
            return abs(total.number() - sum(part.number() for part in parts)) <= slack

        self.relate(kind, (total, *parts), holds)

    def same(self, kind: str, *spans: Span | None, slack: Decimal = ZERO) -> None:
        there = [span for span in spans if span]

        def holds() -> bool:
            return max(span.number() for span in there) - min(span.number() for span in there) <= slack

        if len(there) > 1:
            self.relate(kind, there, holds)

    def at_most(self, kind: str, parts: Sequence[Span], total: Span) -> None:
        def holds() -> bool:
            return sum(part.number() for part in parts) <= total.number()

        self.relate(kind, (*parts, total), holds)

    def broken(self) -> list[Relation]:
        return [relation for relation in self.relations if _all_numbers(relation) and not relation.holds()]

    def relations_of(self, span: Span) -> list[Relation]:
        if self._by_span is None:
            self._by_span = defaultdict(list)
            for relation in self.relations:
                for each in relation.spans:
                    self._by_span[each].append(relation)
        return self._by_span.get(span, [])

    # The text.

    def section(self, body: Callable[[], None]) -> Span:
        """Write a section as a span of its own, so that it can be left out."""
        outer, self._raw = self._raw, []
        body()
        span = self.span("".join(self._raw))
        self._raw = [*outer, span.mark]
        return span

    def write(self, text: str) -> None:
        self._raw.append(text)
        if text.strip():
            self._tail = None

    def paragraph(self, text: str, indent: bool = True) -> None:
        """A paragraph of running text; the closing half of a pair of brackets or quotation marks can be lost."""
        self._count += 1
        # Not the brackets of an ordinal.
        text = self._fragile(text, r"（(?![一二三四五六七八九十\d]+）)[^（）“”\n]{1,60}(）)", "unclosed-bracket")
        text = self._fragile(text, r"“[^“”（）\n]{2,60}(”)", "unclosed-quotation")
        self.write(f"{self.indent if indent else ''}{text}\n{self._gap()}")
        if self.pages and self._count % 9 == 0:
            self.write(f"- {self._count // 9} -\n\n\n")

    def plain(self, text: str) -> None:
        self.write(f"{text}\n")

    def heading(self, level: int, style: str, title: str, of_section: bool = True) -> Heading:
        if level not in self._open:
            self._open[level] = []
        for deeper in [each for each in self._open if each > level]:
            del self._open[deeper]
        siblings = self._open[level]
        number = len(siblings) + 1
        ordinal = self.span(style.format(n=number, c=_chinese(number)))
        heading = Heading(level, style, number, ordinal, title, siblings, of_section)
        siblings.append(heading)
        self.headings.append(heading)
        name = f"heading/{len(self.headings)}"
        mark = f"[bookmark: _Toc{self.dice.between(name, 10**6, 10**8)}]" if self.bookmarks else ""
        if mark and not self.dice.chance(f"{name}/marked", 0.7):
            mark = ""
        if self._tail:
            # The rows of a table before are lost to the heading: what ended the row and the table is gone.
            lost = self.dice.pick(f"{name}/glued", ("", " ", "　"))
            self.edit("heading-glued", (self._tail, lost), at=(ordinal, self._tail))
        gap = self._gap() if self.spacing != "headings" else "\n"
        self.write(f"{mark}{ordinal}{title}\n{gap}")
        return heading

    def close_headings(self, level: int) -> None:
        """The next heading of this level or a deeper one starts with 1 again."""
        for deeper in [each for each in self._open if each >= level]:
            del self._open[deeper]

    def table(self, rows: Sequence[Sequence[str]], droppable: Mapping[int, int] | None = None) -> list[Span]:
        """A table as Tika writes it: TAB, cell, newline; a blank line after the row, another after the table.

        `droppable` says for a row's index how many of its last cells a fault may take away. Gives each row's mark.
        """
        starts = []
        for index, row in enumerate(rows):
            start = self.span("")
            starts.append(start)
            for span in self.inside("".join(row)):
                span.row = start
            cells = [f"\t{cell or self.empty_cell}\n" for cell in row]
            lost = (droppable or {}).get(index, 0)
            if lost and not any(span.is_figure() for span in self.inside("".join(row[-lost:]))):
                last = self.span("".join(cells[-lost:]))
                cells[-lost:] = [last.mark]
                self.edit("short-row", (last, ""), at=(start,))
            self.write(start.mark + "".join(cells))
            if index + 1 < len(rows):
                self.write("\n")
        tail = self.span("\n\n" + self.table_end)
        tail.row = starts[-1]
        self.write(tail.mark)
        self._tail = tail
        return starts

    def laid_out(self) -> str:
        """The text without marks; each span learns its lines."""
        for span in self._spans:
            span.lines = []
        out: list[str] = []
        self._lay("".join(self._raw), out, 1)
        return "".join(out)

    def forget_the_unwritten(self) -> None:
        """Drop edits and relations of spans that were made for a wording that was not chosen."""
        self.laid_out()
        self.edits = [edit for edit in self.edits if all(span.lines for span, _ in edit.changes)]
        self.relations = [relation for relation in self.relations if all(span.lines for span in relation.spans)]

    def _lay(self, raw: str, out: list[str], line: int) -> int:
        for piece in re.split(f"([{chr(FIRST_MARK)}-\U000ffffd])", raw):
            if len(piece) == 1 and ord(piece) >= FIRST_MARK:
                span = self._spans[ord(piece) - FIRST_MARK]
                span.lines.append(line)
                line = self._lay(span.text, out, line)
            else:
                out.append(piece)
                line += piece.count("\n")
        return line

    def inside(self, text: str) -> Iterator[Span]:
        """The spans whose marks are in a text, and those in their texts."""
        for character in text:
            if ord(character) >= FIRST_MARK:
                span = self._spans[ord(character) - FIRST_MARK]
                yield span
                yield from self.inside(span.text)

    def _fragile(self, text: str, pattern: str, kind: str) -> str:
        if found := next(re.finditer(pattern, text), None):
            closing = self.span(found[1])
            self.edit(kind, (closing, ""))
            text = text[: found.start(1)] + closing.mark + text[found.end(1) :]
        return text

    def _gap(self) -> str:
        self._count += self.spacing == "erratic"
        if self.spacing == "erratic":
            return "\n" if self.dice.chance(f"gap/{len(self._raw)}/{self._count}", 0.5) else ""
        return "\n" if self.spacing == "all" else ""


def _ordinal(style: str, number: int) -> str:
    return style.format(n=number, c=_chinese(number))


def _all_numbers(relation: Relation) -> bool:
    return all(span.is_figure() or span.text in _SIGNS for span in relation.spans)


# --- What the reports are about ---------------------------------------------------------------------------------------


@frozen
class Domain:
    """A kind of office: its names (and how it calls itself), duties, projects, what it counts, whom it serves."""

    offices: tuple[tuple[str, str], ...]
    duties: tuple[str, ...]
    projects: tuple[str, ...]
    things: tuple[tuple[str, str, int, int], ...]
    goods: tuple[tuple[str, str, str, int], ...]
    """Name, catalogue code, unit, and about how many hundredths of 万元 one costs."""
    served: tuple[str, ...]


_DOMAINS: Final = (
    Domain(
        (("水务局", "我局"), ("水利局", "我局"), ("河道管理处", "我处"), ("水资源服务中心", "我中心")),
        (
            "编制水资源开发利用规划，核定取用水计划，对重点取水口实行在线计量",
            "组织河道、水库和灌区的日常巡护，依法查处侵占河道、非法采砂等行为",
            "承担水旱灾害防御的具体工作，拟订洪水调度方案（含超标准洪水（百年一遇以上）应对预案）",
            "推进节约用水，评选“节水型单位”和“节水型小区”",
            "监督水利工程的质量与安全，组织验收和移交",
            "落实河湖长制各项任务，汇总巡河记录，跟踪问题整改",
            "指导农村供水工程建设与管护，定期公布水质检测结果",
        ),
        (
            "河道清淤疏浚工程",
            "农村供水管网改造",
            "小型水库安全鉴定",
            "防汛抗旱物资储备",
            "水质在线监测站运行维护",
            "灌区渠系配套改造",
            "节水载体创建",
            "山洪灾害预警设备维护",
            "水土保持治理",
            "泵站机电设备大修",
        ),
        (
            ("清淤河道长度", "公里", 3, 60),
            ("改造供水管网长度", "公里", 5, 90),
            ("鉴定水库座数", "座", 2, 30),
            ("维护监测站点", "处", 6, 90),
            ("储备编织袋数量", "条", 2000, 60000),
        ),
        (
            ("排水泵", "A02050103", "台", 235),
            ("水质监测仪", "A02100699", "套", 380),
            ("水利工程施工", "B02050000", "项", 9000),
            ("信息系统运行维护服务", "C16070000", "项", 1800),
        ),
        ("用水户", "沿河居民", "灌区农户"),
    ),
    Domain(
        (("文化和旅游局", "我局"), ("文化馆", "我馆"), ("图书馆", "我馆"), ("文物保护中心", "我中心")),
        (
            "拟订文化事业和旅游业的发展规划，推动公共文化服务向基层延伸",
            "管理公共图书馆、文化馆和乡镇（街道）综合文化站，组织免费开放",
            "开展非物质文化遗产普查、记录和传习，扶持代表性传承人",
            "策划“四季有约”主题旅游线路，组织客源地推介",
            "对演出、网吧、旅行社等经营场所实施许可和检查，受理投诉",
            "指导文物保护单位的修缮、安防和展示利用",
        ),
        (
            "公共图书馆免费开放",
            "送戏下乡补助",
            "非遗传习所修缮",
            "文物保护单位安防工程",
            "旅游形象推广",
            "文化市场执法检查",
            "农家书屋图书更新",
            "全民阅读系列活动",
            "古籍数字化",
            "乡镇文化站设备更新",
        ),
        (
            ("组织演出场次", "场", 8, 160),
            ("新增图书册数", "册", 800, 30000),
            ("开展公益培训期数", "期", 6, 120),
            ("修缮文物点", "处", 1, 12),
            ("检查经营场所家次", "家次", 60, 1800),
        ),
        (
            ("自助借还机", "A02021100", "台", 460),
            ("图书", "A04010100", "册", 3),
            ("修缮工程", "B08010000", "项", 4200),
            ("印刷服务", "C23090100", "批", 350),
        ),
        ("读者", "观众", "游客"),
    ),
    Domain(
        (("民政局", "我局"), ("老龄工作办公室", "我办"), ("社会福利中心", "我中心"), ("救助管理站", "我站")),
        (
            "统筹城乡社会救助体系建设，核对低保、特困供养和临时救助对象",
            "管理社会组织登记，开展年度检查和等级评估",
            "推进居家和社区养老，指导“长者食堂”选址、运营和质量评定",
            "承担区划地名、婚姻登记和殡葬管理工作",
            "落实残疾人两项补贴（困难残疾人生活补贴、重度残疾人护理补贴）",
            "做好生活无着的流浪乞讨人员救助，送医、寻亲和返乡",
        ),
        (
            "高龄老人津贴",
            "城乡低保提标补助",
            "长者食堂运营补助",
            "困难家庭适老化改造",
            "殡葬惠民补贴",
            "流浪乞讨人员救助",
            "社会组织孵化基地运行",
            "养老机构消防改造",
            "残疾人两项补贴",
            "地名标志更新维护",
        ),
        (
            ("享受津贴人数", "人", 300, 9800),
            ("运营食堂数量", "个", 3, 40),
            ("改造户数", "户", 30, 600),
            ("救助人次", "人次", 60, 1500),
            ("更新地名标志", "块", 40, 900),
        ),
        (
            ("护理床", "A02321900", "张", 42),
            ("轮椅", "A02322200", "辆", 11),
            ("消防工程", "B06060000", "项", 3600),
            ("养老服务", "C04990000", "项", 2600),
        ),
        ("受助对象", "老人及家属", "办事群众"),
    ),
    Domain(
        (("农业农村局", "我局"), ("农业技术推广站", "我站"), ("乡村振兴服务中心", "我中心"), ("畜牧水产局", "我局")),
        (
            "落实粮食安全责任，稳定粮食和重要农产品种植面积",
            "推广良种良法，建设“统防统治”示范区",
            "组织动物疫病强制免疫，设立检查站和消毒通道",
            "监测农产品质量安全，抽检蔬菜、水果和水产品（每季度一次）",
            "发放农机购置、地力保护等补贴，逐户公示",
            "指导农村集体资产清查和产权交易",
        ),
        (
            "高标准农田建设",
            "动物疫病强制免疫",
            "农产品质量抽检",
            "病虫害统防统治",
            "农机购置补贴",
            "厕所粪污资源化利用",
            "良种繁育基地",
            "渔业增殖放流",
            "农村集体资产清查",
            "土壤墒情监测",
        ),
        (
            ("建设高标准农田面积", "亩", 500, 30000),
            ("抽检样品数", "批次", 80, 2400),
            ("免疫畜禽数", "万头（只）", 2, 60),
            ("培训农户人次", "人次", 100, 3000),
            ("放流鱼苗数", "万尾", 10, 300),
        ),
        (
            ("冷藏疫苗箱", "A02320700", "台", 68),
            ("植保无人机", "A02031200", "架", 520),
            ("农田整治工程", "B02990000", "项", 8600),
            ("检测服务", "C19040000", "项", 1500),
        ),
        ("农户", "养殖户", "种植大户"),
    ),
    Domain(
        (("第三中学", "我校"), ("实验小学", "我校"), ("教育体育局", "我局"), ("职业技术学校", "我校")),
        (
            "贯彻党的教育方针，组织实施学历教育和教育教学研究",
            "管理学籍、招生和考试，落实控辍保学责任",
            "开展教师培训，评选“四有”好老师",
            "发放家庭经济困难学生资助（含免学费、营养改善（每生每天补助））",
            "保障校舍、食堂和校车安全，每学期组织应急演练",
            "承担体育场馆开放和学生体质监测",
        ),
        (
            "义务教育公用经费补助",
            "校舍维修改造",
            "教师培训",
            "困难学生资助",
            "营养改善计划",
            "实验室设备更新",
            "校园安防升级",
            "体育场馆免费开放",
            "职业教育实训基地",
            "学前教育普惠补助",
        ),
        (
            ("资助学生人数", "人", 60, 5000),
            ("培训教师人次", "人次", 40, 900),
            ("维修校舍面积", "平方米", 300, 12000),
            ("更新课桌椅", "套", 60, 1500),
            ("开放场馆小时数", "小时", 300, 3000),
        ),
        (
            ("课桌椅", "A05010400", "套", 4),
            ("触控一体机", "A02020800", "台", 195),
            ("校舍修缮工程", "B08010000", "项", 5200),
            ("物业管理服务", "C21040000", "年", 2100),
        ),
        ("学生和家长", "教师", "受训教师"),
    ),
    Domain(
        (("人民政府", ""), ("街道办事处", "我办"), ("人民政府", ""), ("经济开发区管理委员会", "我委")),
        (
            "抓好基层党组织建设，做好发展党员、党费收缴和党员教育",
            "运行便民服务大厅，推行帮办代办和“一窗受理”",
            "落实安全生产、森林防火和防汛责任，组织网格员巡查",
            "统筹村庄（社区）规划、道路管护、垃圾清运和污水收集",
            "排查化解矛盾纠纷，办理信访事项",
            "做好征兵、民兵训练和退役军人服务",
        ),
        (
            "村级组织运转保障",
            "人居环境整治",
            "背街小巷改造",
            "网格员补贴",
            "便民服务中心运行",
            "森林防火巡护",
            "社区工作者报酬",
            "垃圾分类宣传",
            "老旧小区路灯更换",
            "平安建设视频监控",
        ),
        (
            ("保障村（社区）个数", "个", 5, 60),
            ("改造街巷长度", "米", 300, 9000),
            ("发放宣传单份数", "份", 1000, 30000),
            ("清运垃圾吨数", "吨", 300, 20000),
            ("在岗网格员人数", "名", 20, 300),
        ),
        (
            ("监控摄像头", "A02091107", "个", 12),
            ("垃圾桶", "A05990000", "个", 3),
            ("市政道路工程施工", "B02060100", "项", 6800),
            ("清扫保洁服务", "C13050100", "年", 3900),
        ),
        ("群众", "居民", "办事企业和群众"),
    ),
    Domain(
        (("应急管理局", "我局"), ("市场监督管理局", "我局"), ("城市管理综合执法局", "我局"), ("消防救援大队", "我队")),
        (
            "编制突发事件总体应急预案，组织跨部门演练",
            "对危险化学品、矿山和工贸企业实施监督检查（“双随机、一公开”）",
            "受理消费者投诉举报，公布抽检不合格产品名单",
            "查处违法建设、占道经营和乱堆乱放",
            "管理救灾物资的储备、调拨和轮换",
            "组织事故调查，督促整改落实",
        ),
        (
            "安全生产专项整治",
            "食品安全抽检",
            "应急指挥平台维护",
            "救灾物资储备",
            "违法建设拆除",
            "特种设备检验",
            "消防装备更新",
            "市容环境协管",
            "安全宣传教育",
            "灾害信息员培训",
        ),
        (
            ("检查企业家次", "家次", 100, 4000),
            ("抽检批次", "批次", 100, 3600),
            ("组织演练次数", "次", 2, 24),
            ("储备帐篷数量", "顶", 40, 900),
            ("培训人次", "人次", 60, 2400),
        ),
        (
            ("执法记录仪", "A02020500", "台", 26),
            ("应急照明车", "A02030699", "辆", 3200),
            ("执法用房维修工程", "B08010000", "项", 2600),
            ("检验检测服务", "C19040000", "项", 2900),
        ),
        ("经营者", "群众", "参训人员"),
    ),
    Domain(
        (("档案馆", "我馆"), ("机关事务服务中心", "我中心"), ("委员会办公室", "我办"), ("融媒体中心", "我中心")),
        (
            "接收、整理、保管永久和长期档案，依法向社会开放利用",
            "负责集中办公区的物业、会议和公务用车服务",
            "组织重要文稿起草、公文审核和督查督办",
            "编发内部刊物，收集上报信息",
            "承担网络和信息安全工作，做到“零泄密”",
            "统筹节能降耗，公布公共机构能源消费数据",
        ),
        (
            "档案数字化加工",
            "集中办公区物业管理",
            "政务网络运行维护",
            "内部刊物编印",
            "会议服务保障",
            "老旧空调更新",
            "口述史料采集",
            "节能改造",
            "新闻采编设备购置",
            "机要通信保障",
        ),
        (
            ("数字化档案页数", "页", 20000, 900000),
            ("保障会议场次", "场次", 30, 600),
            ("编印刊物期数", "期", 4, 48),
            ("维护终端数量", "台", 40, 600),
            ("发布稿件篇数", "篇", 100, 5000),
        ),
        (
            ("密集架", "A05010599", "组", 36),
            ("摄像机", "A02091001", "台", 410),
            ("装修工程", "B07000000", "项", 3100),
            ("数字化加工服务", "C16030000", "项", 2400),
        ),
        ("查档群众", "机关干部", "受众"),
    ),
)

_OFFICE_GOODS: Final = (
    ("台式计算机", "A02010105", "台", 48),
    ("便携式计算机", "A02010108", "台", 62),
    ("激光打印机", "A02021003", "台", 24),
    ("多功能一体机", "A02020400", "台", 28),
    ("空调机", "A02061804", "台", 37),
    ("办公桌", "A05010201", "张", 12),
    ("办公椅", "A05010301", "把", 12),
    ("文件柜", "A05010502", "组", 9),
    ("复印纸", "A05040101", "箱", 2),
    ("机动车保险服务", "C15040201", "辆", 45),
)
_PROVINCE: Final = ("江陵省", "云岭省", "东浦省")
_CITIES: Final = ("澜川市", "松岚市", "临浦市", "望泉市", "沧宁市", "白鹭市", "青屿市", "砚州市")
_COUNTIES: Final = (
    "云溪县",
    "石桥区",
    "柳湖区",
    "南坞县",
    "平澜县",
    "东陵区",
    "长汀沟县",
    "桐峪区",
    "沙洲区",
    "望岭县",
)
_TOWNS: Final = ("槐汀镇", "白沙镇", "柳坪乡", "石鼓镇", "南塘街道", "梧桐街道", "竹溪乡")
_RISES: Final = (
    "在职人员增加，工资和社保缴费相应上升",
    "缴费基数上调",
    "新增{project}任务",
    "落实增资政策，补发以前年度津贴",
    "{project}工作量扩大",
    "退休人员增多",
    "上级新下达考核任务",
)
_FALLS: Final = (
    "厉行节约，压减一般性支出",
    "{project}上年已经完成，本年不再安排",
    "人员调出和退休，人数减少",
    "落实过“紧日子”要求",
    "部分经费改由其他渠道解决",
    "严格控制标准和批次",
)
_PUBLIC_RISES: Final = ("上级检查调研批次增多", "到期报废更新公务用车一辆", "外出招商任务增加", "下乡巡查里程增加")
_PUBLIC_FALLS: Final = (
    "严格执行中央八项规定精神",
    "集中派车，压减车辆运行开支",
    "从严控制接待批次和陪餐人数",
    "厉行节约，压减一般性支出",
    "公务用车减少一辆",
    "上年安排了购车，本年不再购置",
)
_OPERATING_RISES: Final = ("定额标准提高", "编制内人员增加，公用经费相应增加", "办公用房面积扩大，水电物业费上升")
_OPERATING_FALLS: Final = ("落实过“紧日子”要求", "推行无纸化办公，压减办公费和印刷费", "人员减少，定额公用经费相应减少")
_ITEMS: Final = ("办公费", "印刷费", "水费", "电费", "邮电费", "取暖费", "物业管理费", "差旅费", "维修（护）费")
_MORE_ITEMS: Final = ("会议费", "培训费", "劳务费", "工会经费", "福利费", "其他交通费用", "租赁费", "咨询费")
_TERMS: Final = (
    ("一般公共预算拨款收入", ("指本级财政当年拨付的资金", "由财政用税收等一般财力安排、拨给预算单位的款项")),
    ("政府性基金预算收入", ("指依法向特定对象征收、专项用于特定事业的资金",)),
    ("事业收入", ("指事业单位开展专业业务活动及辅助活动取得的收入", "事业单位在本职服务中依规收取的款项")),
    ("其他收入", ("指除“财政拨款收入”、“事业收入”等以外的收入", "前述来源之外的零星收入，如利息、场地出租")),
    ("基本支出", ("指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出", "养人和办公所需的钱")),
    ("项目支出", ("指在基本支出之外为完成特定任务和事业发展目标所发生的支出", "为办成一件具体的事另外安排的钱")),
    ("上缴上级支出", ("指下级单位上缴上级的支出",)),
    ("“三公”经费", ("指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费",)),
    ("机关运行经费", ("指为保障机关运行用于购买货物和服务的各项资金，包括办公、印刷、差旅、会议、水电等费用",)),
    ("上年结转", ("指以前年度尚未完成、结转到本年仍按原规定用途继续使用的资金",)),
    ("政府采购", ("指用财政性资金依法采购货物、工程和服务的行为",)),
    ("绩效目标", ("指资金在一定期限内计划达到的产出和效果",)),
    ("行政运行（项）", ("指行政单位（包括实行公务员管理的事业单位）的基本支出",)),
    ("结转下年", ("指当年支出预算已执行但尚未完成、下年需按原用途继续使用的资金",)),
)


# --- The plan: figures that agree -------------------------------------------------------------------------------------


@define
class Project:
    """A project: budgets in 万元."""

    name: str
    budget: Decimal
    other: Decimal
    code: str
    thing: tuple[str, str, int, int]


@define
class Purchase:
    """A row of the procurement table."""

    project: str
    money: Decimal
    item: str
    code: str
    measure: str
    quantity: int
    price: Decimal
    project_index: int | None

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


@define(init=False)
class Plan:
    """What the report says: every sum is exact in units of the last decimal place."""

    year: int
    place: str
    organization: str
    short: str
    me: str
    domain: Domain
    decimals: int
    personnel: Decimal
    routine: Decimal
    projects: list[Project]
    project_total: Decimal
    others: list[tuple[str, Decimal]]
    sources: list[tuple[int, Decimal]]
    carried: Decimal
    total: Decimal
    basic_before: Decimal
    project_before: Decimal
    others_before: Decimal
    public: list[Decimal]
    """出国, 购置, 运行, 接待."""
    public_before: list[Decimal]
    purchases: list[Purchase]

    def __init__(self, dice: Dice) -> None:
        pick, between = dice.pick, dice.between
        self.year = between("year", 2018, 2027)
        self.domain = pick("domain", _DOMAINS)
        office, me = pick("office", self.domain.offices)
        level = pick("place/level", ("county", "county", "city", "town", "province"))
        if self.domain is _DOMAINS[5]:
            level = "town" if office == "人民政府" else "county"
        city, county = pick("city", _CITIES), pick("county", _COUNTIES)
        # A street has an office (办事处), no government of its own.
        town = pick("town", [each for each in _TOWNS if not (office == "人民政府" and each.endswith("街道"))])
        if office == "街道办事处":
            county, town = county, pick("street", ("梧桐", "北关", "凤鸣", "滨河"))
            self.place = f"{city}{county}{town}"
        elif level == "town":
            self.place = county + town if dice.chance("place/short", 0.5) else city + county + town
        else:
            with_city = city + county if dice.chance("place/long", 0.5) else county
            self.place = {"county": with_city, "city": city, "province": pick("province", _PROVINCE)}[level]
        self.organization = self.place + office
        self.short = (town if level == "town" or office == "街道办事处" else "") + office
        me = me or ("我街道" if town.endswith("街道") else "我镇" if town.endswith("镇") else "我乡")
        self.me = pick("me", (me, me, "我部门", "本部门", "我单位", "本单位", self.organization, self.short))

        self.decimals = pick("decimals", (0, 1, 2, 2, 2, 2, 2, 3, 4, 6))
        large = pick("size", (1, 1, 2, 6))
        self.personnel = self.some_money(dice, "personnel", 150 * large, 2400 * large)
        self.routine = self.some_money(dice, "routine", 40 * large, 260 * large)
        count = between("projects", *pick("projects/size", ((2, 4), (3, 6), (6, 10))))
        self.projects = self._projects(dice, count, large)
        self.project_total = sum((project.budget for project in self.projects), ZERO)
        self.others = [
            (
                label,
                self.some_money(dice, f"others/{label}", 3, 60) if dice.chance(f"others/{label}/any", 0.3) else ZERO,
            )
            for label in dice.sample("others", ("经营支出", "上缴上级支出", "对附属单位补助支出", "其他支出"), 2)
        ]
        if dice.chance("others/none", 0.5):
            self.others = []
        self.total = self.basic + self.project_total + sum((amount for _, amount in self.others), ZERO)
        self._fund(dice)

        step = Decimal(1).scaleb(-self.decimals)
        flat = dice.chance("change/flat", 0.08)

        def before(name: str, now: Decimal) -> Decimal:
            if flat:
                return now
            share = Decimal(between(f"before/{name}", 62, 140)) / 100
            other = (now * share / step).to_integral_value() * step
            return other if other != now else now + 3 * step

        self.basic_before = before("basic", self.basic)
        self.project_before = before("project", self.project_total)
        self.others_before = sum((amount for _, amount in self.others), ZERO)
        self._public(dice)
        self.purchases = self._purchases(dice)

    @property
    def basic(self) -> Decimal:
        return self.personnel + self.routine

    @property
    def total_before(self) -> Decimal:
        return self.basic_before + self.project_before + self.others_before

    @property
    def procurement(self) -> Decimal:
        return sum((purchase.amount for purchase in self.purchases), ZERO)

    def some_money(self, dice: Dice, name: str, low: int, high: int) -> Decimal:
        scale = 10**self.decimals
        if dice.chance(f"{name}/round", 0.25):
            return Decimal(dice.between(name, low, high))
        return Decimal(dice.between(name, low * scale, high * scale)).scaleb(-self.decimals)

    def _projects(self, dice: Dice, count: int, large: int) -> list[Project]:
        things = dice.sample("things", self.domain.things, len(self.domain.things))
        initials = f"{dice.between('code', 101, 989)}"
        projects = []
        for index, name in enumerate(dice.sample("project-names", self.domain.projects, count)):
            if dice.chance(f"project/{index}/year", 0.1):
                name = f"{self.year}年{name}"
            name += dice.pick(f"project/{index}/ending", ("", "", "项目", "经费", "专项经费"))
            budget = self.some_money(dice, f"project/{index}/budget", 6, 400 * large)
            other = ZERO
            if dice.chance(f"project/{index}/other", 0.25):
                share = Decimal(dice.between(f"project/{index}/share", 1, 6)) / 10
                other = (budget * share).quantize(Decimal(1).scaleb(-self.decimals))
            letters = "".join(dice.sample(f"project/{index}/letters", "ABCDEFGHKLMNPQRSTUVWXYZ23456789", 4))
            code = f"{initials}-{dice.between(f'project/{index}/code', 101, 999):04d}-YXN-{letters}"
            projects.append(Project(name, budget, other, code, things[index % len(things)]))
        return projects

    def _fund(self, dice: Dice) -> None:
        """Share the total between sources, by their places in `_SOURCES`: 0 general public, 1 funds, …, 8 other."""
        rest = self.total
        self.sources = []
        other = sum((project.other for project in self.projects), ZERO)
        self.carried = ZERO
        if dice.chance("sources/carried", 0.15):
            self.carried = min(self.some_money(dice, "sources/carried/amount", 2, 40), rest / 10)
            self.carried = self.carried.quantize(Decimal(1).scaleb(-self.decimals))
            rest -= self.carried
        for source, probability in ((1, 0.25), (2, 0.05), (3, 0.15), (4, 0.25), (5, 0.1), (6, 0.08), (7, 0.04)):
            amount = ZERO
            if dice.chance(f"sources/{source}/any", probability):
                amount = self.some_money(dice, f"sources/{source}", 2, max(int(self.total / 20), 4))
            self.sources.append((source, amount))
            rest -= amount
        self.sources.append((8, other))
        self.sources.insert(0, (0, rest - other))

    def _public(self, dice: Dice) -> None:
        scale = 10**self.decimals
        zero = dice.chance("public/zero", 0.06)

        def amount(name: str, probability: float, high: int) -> Decimal:
            if zero or not dice.chance(f"public/{name}/any", probability):
                return ZERO
            return Decimal(dice.between(f"public/{name}", max(scale // 2, 1), high * scale)).scaleb(-self.decimals)

        self.public = [
            amount("abroad", 0.25, 20),
            amount("purchase", 0.25, 36),
            amount("running", 1.0, 30),
            amount("reception", 1.0, 9),
        ]
        same = dice.chance("public/flat", 0.15)
        self.public_before = []
        for index, now in enumerate(self.public):
            if same or dice.chance(f"public/{index}/same", 0.3):
                self.public_before.append(now)
            else:
                self.public_before.append(amount(f"before/{index}", 0.9 if now else 0.2, 30 if index == 2 else 12))

    def _purchases(self, dice: Dice) -> list[Purchase]:
        if dice.chance("procurement/zero", 0.12):
            return []
        left: dict[int | None, Decimal] = {None: self.routine}
        left.update({index: project.budget - project.other for index, project in enumerate(self.projects)})
        purchases: list[Purchase] = []
        wanted = [*dice.sample("goods", _OFFICE_GOODS, dice.between("goods/office", 2, 6))]
        wanted += dice.sample("goods/special", self.domain.goods, dice.between("goods/special/number", 1, 4))
        for number, (item, code, measure, about) in enumerate(wanted):
            name = f"purchase/{number}"
            office = number < len(wanted) and (item, code, measure, about) in _OFFICE_GOODS
            owner = None if office and dice.chance(f"{name}/own", 0.7) else dice.pick(f"{name}/owner", [*left])
            big = about > 1000
            quantity = 1 if big else dice.between(f"{name}/quantity", 2, 40 if about < 100 else 6)
            price = Decimal(dice.between(f"{name}/price", max(about * 7 // 10, 1), about * 13 // 10 + 1)).scaleb(-2)
            if price * quantity > left[owner] / 2:
                quantity = 1
            if price * quantity > left[owner] / 2:
                continue
            left[owner] -= price * quantity
            purchases.append(self._purchase(owner, item, code, measure, quantity, price))
        if dice.chance("procurement/twins", 0.1) or not purchases:
            # A desk and a chair of the same number and price: rows that differ in their names only.
            quantity, price = dice.between("twins", 3, 12), Decimal("0.12")
            for item, code in (("办公桌", "A05010201"), ("办公椅", "A05010301")):
                purchases = [purchase for purchase in purchases if purchase.item != item]
                purchases.append(self._purchase(None, item, code, "套", quantity, price))
        return purchases

    def _purchase(
        self, owner: int | None, item: str, code: str, measure: str, quantity: int, price: Decimal
    ) -> Purchase:
        project = "日常公用经费" if owner is None else self.projects[owner].name
        money = self.routine if owner is None else self.projects[owner].budget
        return Purchase(project, money, item, code, measure, quantity, price, owner)


# --- The writing ------------------------------------------------------------------------------------------------------


@frozen
class Amount:
    """A figure with its unit, as text; either can be changed."""

    figure: Span
    text: str

    def __str__(self) -> str:
        return self.text


@frozen
class Change:
    """The words of a change against last year."""

    text: str
    figure: Span | None = None
    direction: Span | None = None
    before: Span | None = None

    def __str__(self) -> str:
        return self.text


_SOURCES: Final = (
    (
        "一般公共预算收入",
        "基金预算收入",
        "国有资本经营预算收入",
        "财政专户核拨收入",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "经营收入",
        "其他来源收入",
    ),
    (
        "一般公共预算拨款收入",
        "政府性基金预算拨款收入",
        "国有资本经营预算拨款收入",
        "财政专户管理资金收入",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "事业单位经营收入",
        "其他收入",
    ),
    (
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "国有资本经营预算财政拨款",
        "教育收费等财政专户资金",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "事业单位经营收入",
        "其他收入",
    ),
    (
        "一般公共预算资金",
        "政府性基金",
        "国有资本经营预算资金",
        "财政专户管理资金",
        "事业收入资金",
        "上级补助",
        "下级单位上缴",
        "经营收入资金",
        "其他资金",
    ),
)


@define(init=False)
class Writer:
    """Writes a plan down, with words chosen by the dice."""

    plan: Plan
    draft: Draft
    dice: Dice
    same: defaultdict[str, list[Span]] = field(init=False)
    """The figures that have to be equal, by what they are of; the name begins with the kind of the fault."""
    covered: list[Span] = field(init=False)
    """Planned purchases that are said to be in the procurement budget."""
    styles: tuple[str, ...] = field(init=False)
    fixed: bool = field(init=False)
    table_fixed: bool = field(init=False)
    thousands: bool = field(init=False)
    unit: str = field(init=False)
    blank: str = field(init=False)
    comma: str = field(init=False)
    colon: str = field(init=False)

    def __init__(self, plan: Plan, draft: Draft) -> None:
        self.plan = plan
        self.draft = draft
        self.dice = draft.dice
        self.same = defaultdict(list)
        self.covered = []
        pick, chance = self.dice.pick, self.dice.chance
        self.fixed = chance("style/fixed", 0.6)
        self.table_fixed = self.fixed or chance("style/table-fixed", 0.5)
        self.thousands = chance("style/thousands", 0.25)
        self.unit = pick("style/unit", ("万元",) * 9 + ("元",))
        self.blank = pick("style/blank", ("", "", "", "", " "))
        self.comma = pick("style/comma", ("，", "，", "，", "，", ","))
        self.colon = pick("style/colon", ("其中：", "其中：", "其中:", "其中，", "包括："))

    # Figures.

    def _written(self, value: Decimal, decimals: int, fixed: bool) -> str:
        if value == 0 and (not fixed or self.dice.chance(f"zero/{len(self.draft.edits)}", 0.5)):
            return "0"
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        text = f"{value:f}"
        if not fixed and "." in text:
            text = text.rstrip("0").rstrip(".")
        return _grouped(text) if self.thousands and value >= 0 else text

    def amount(self, value: Decimal, unit: str = "", decimals: int | None = None) -> Amount:
        """A sum of money in running text; `value` in 万元."""
        unit = unit or self.unit
        scale = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}[unit]
        places = self.plan.decimals if decimals is None else decimals
        places = {"万元": places, "元": max(places - 4, 0), "亿元": places + 4}[unit]
        figure = self.draft.span(self._written(value / scale, places, self.fixed and unit != "亿元"), scale)
        mark = self.draft.span(unit)
        if value:
            self.draft.edit("amount-without-unit", (mark, ""), at=(figure,))
        return Amount(figure, f"{figure}{self.blank}{mark}")

    def cell(self, value: Decimal, decimals: int | None = None, unit: str = "万元", empty_zero: bool = False) -> str:
        """A figure in a table, alone in its cell."""
        if empty_zero and value == 0:
            return ""
        scale = Decimal(1) if unit == "万元" else Decimal("0.0001")
        places = max(self.plan.decimals, 2) if decimals is None else decimals
        places = places if unit == "万元" else max(places - 4, 2 if self.table_fixed else 0)
        figure = self.draft.span(self._written(value / scale, places, self.table_fixed), scale)
        if value:
            stray = self.dice.pick(f"stray/{len(self.draft.edits)}", ("2", "0", "1", "35", "."))
            again = f"{figure.text}\n{stray if stray != '.' else figure.text}"
            self.draft.edit("number-with-residue", (figure, again))
        return str(figure)

    def figure_of(self, cell: str) -> Span | None:
        """The figure of a cell that `cell` wrote."""
        return next((span for span in self.draft.inside(cell) if span.is_figure()), None)

    def _list_style(self, name: str, styles: Sequence[str]) -> str:
        """How a list in running text is numbered: not as the headings are."""
        return self.dice.pick(name, [style for style in styles if style.strip() not in self.styles[:3]])

    def year(self) -> str:
        """The fiscal year where a section speaks of it; another year would be a mistake."""
        year = self.plan.year
        span = self.draft.span(str(year))
        other = self.dice.pick(f"year/{len(self.draft.edits)}", (year - 1, year - 2, year + 1))
        self.draft.edit("foreign-year", (span, str(other)))
        return str(span)

    def change(self, name: str, now: Span, value: Decimal, before: Decimal, forms: Sequence[str] = ()) -> Change:
        """How a figure changed against last year, in one of many wordings; `now` has been written before."""
        draft, pick, year = self.draft, self.dice.pick, self.plan.year
        usual = ("plain", "plain", "percent", "percent", "bracket", "before-first", "before-in", "full", "from-to")
        form = pick(f"{name}/form", forms or usual)
        last = pick(
            f"{name}/last", ("上年", "上年", f"{year - 1}年", f"{year - 1}年预算", "上年预算", "上年预算数", "去年")
        )
        if value == before:
            return self._flat(name, now, value, last, form)
        up = value > before
        rises = ("增加", "增加", "增加", "增加", "上升", "增长", "净增加", "调增", "多安排")
        falls = ("减少", "减少", "减少", "减少", "下降", "压减", "净减少", "调减", "少安排")
        word = pick(f"{name}/word", rises if up else falls)
        than = pick(f"{name}/than", ("比{}", "较{}", "较{}", "与{}相比", "相比{}", "同{}比较，", "与{}比")).format(last)
        if form in ("before-in", "full"):
            than = pick(f"{name}/than-figure", ("比{}", "较{}", "相比{}")).format(last)
        direction = self._direction(name, word)
        change = self.amount(abs(value - before))
        first = self._before(name, before) if form in ("before-first", "before-in", "full", "from-to") else None
        tail = f"{direction}{change}"
        rate = ""
        if form in ("percent", "bracket", "full") and before > 0:
            rate = self._rate(name, now, first, change.figure, value, before)
        if first:
            known, slack = first.figure, self._slack((now, first.figure, change.figure))

            def holds() -> bool:
                off = now.number() - known.number() - change.figure.number() * direction.number()
                return abs(off) <= slack

            draft.relate("change-difference", (now, known, change.figure, direction), holds)
            draft.edit("change-direction", (direction, _OPPOSITE[word]), at=(direction, now, known))
        if form == "bracket" and rate:
            return Change(f"{than}{tail}（{rate}）", change.figure, direction)
        if first and form == "from-to":
            again = self.amount(value) if now.text == self.amount(value).figure.text else None
            rest = f"，{tail}" + (f"，{rate}" if rate else "")
            reached = f"{'增至' if up else '降至'}{again}" if again else "变动至上述数额"
            if again:
                draft.same("said-again", now, again.figure)
            text = f"由{pick(f'{name}/from', ('上年', f'{year - 1}年', f'{year - 1}年度'))}的{first}{reached}{rest}"
            return Change(text, change.figure, direction, first.figure)
        if first and form == "before-first":
            ending = draft.span(f"{pick(f'{name}/so', ('', '', '同比', '较上年'))}{tail}")
            draft.edit("flat-with-difference", (ending, "与上年持平"), at=(ending, now, first.figure))
            was = pick(f"{name}/was", ("{y}年为{b}", "{y}年预算{b}", "{y}年{b}", "上年预算数为{b}", "{y}年安排{b}"))
            text = was.format(y=year - 1, b=first) + self.comma + str(ending)
            return Change(text, change.figure, direction, first.figure)
        if first:
            ending = draft.span(tail)
            draft.edit("flat-with-difference", (ending, "无增减变化"), at=(ending, now, first.figure))
            text = f"{than}{first}{self.comma if form == 'full' else ''}{ending}"
            return Change(text + (f"，{rate}" if rate else ""), change.figure, direction, first.figure)
        return Change(f"{than}{tail}" + (f"，{rate}" if rate else ""), change.figure, direction)

    def _flat(self, name: str, now: Span, value: Decimal, last: str, form: str) -> Change:
        pick = self.dice.pick
        words = (
            "与{}持平",
            "与{}相比持平",
            "较{}无增减变化",
            "与{}相同",
            "同{}持平，无变化",
            "与{}一致",
            "与{}相比无增减变化",
        )
        text = pick(f"{name}/flat", words).format(last)
        if form in ("before-first", "before-in", "full", "from-to"):
            first = self._before(name, value)
            self.draft.same("flat-with-difference", now, first.figure, slack=self._slack((now, first.figure)))
            return Change(f"{self.plan.year - 1}年为{first}，{text}", before=first.figure)
        if form == "percent" and self.dice.chance(f"{name}/zeros", 0.4):
            return Change(f"比上年增加{self.amount(ZERO)}，增长0%，与上年持平")
        return Change(text)

    def _before(self, name: str, value: Decimal) -> Amount:
        """Last year's figure, now and then in another unit."""
        if value >= 20000 and self.dice.chance(f"{name}/other-unit", 0.15):
            return self.amount(value, "亿元")
        if self.unit == "万元" and self.dice.chance(f"{name}/other-unit", 0.05) and self.plan.decimals <= 4:
            return self.amount(value, "元")
        return self.amount(value)

    def _direction(self, name: str, word: str) -> Span:
        span = self.draft.span(word)
        opposite = _OPPOSITE[word]
        if word in ("增加", "减少", "增长", "下降", "上升"):
            twice = self.dice.pick(f"{name}/twice", (word + opposite, opposite + word))
            self.draft.edit("doubled-direction", (span, twice))
        for wrong in _MISTYPED.get(word, ()):
            self.draft.edit("mistyped-direction", (span, wrong))
        self.draft.edit("template-residue", (span, f"{word}（{opposite}）"))
        return span

    def _rate(self, name: str, now: Span, first: Amount | None, change: Span, value: Decimal, before: Decimal) -> str:
        places = self.dice.pick("style/percent", (0, 1, 2, 2, 2))
        rate = (abs(value - before) / before * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        figure = self.draft.span(f"{rate:f}")
        up = value > before
        words = ("增长", "增长", "增长", "上升", "增幅") if up else ("下降", "下降", "降低", "减少", "降幅")
        word = self.dice.pick(f"{name}/rate", words)
        direction = self.draft.span(word)
        half = Decimal(1).scaleb(-places) / 2

        def holds() -> bool:
            sign = 1 if up else -1
            base = first.figure.number() if first else now.number() - sign * change.number()
            # Where this year's figure is a rounded one, so is what the percentage is reckoned from.
            off = half + figure.number() * self._slack((now, change)) / base if base > 0 else half
            return base > 0 and abs(change.number() / base * 100 - figure.number()) <= off

        known = (first.figure,) if first else ()
        self.draft.relate("change-percent", (figure, change, now, *known), holds, scale_free=False)
        self.draft.edit("change-direction", (direction, _OPPOSITE[word]), at=(direction, change))
        sign = self.dice.pick("style/percent-sign", ("%", "%", "%", "％"))
        return f"{direction}{'达' if word in ('增幅', '降幅') else ''}{figure}{sign}"

    def cause(self, name: str, value: Decimal, before: Decimal) -> str:
        """Why it changed; empty now and then."""
        pick = self.dice.pick
        if value == before and not self.dice.chance(f"{name}/cause-of-nothing", 0.2):
            return ""
        if not self.dice.chance(f"{name}/cause", 0.8):
            return ""
        if value == before:
            reason = pick(f"{name}/steady", ("业务量基本稳定", "人员和任务没有变化", "执行同一定额标准"))
        else:
            rises: tuple[str, ...] = _RISES
            falls: tuple[str, ...] = _FALLS
            if name.startswith("public"):
                rises, falls = _PUBLIC_RISES, _PUBLIC_FALLS
            elif name == "operating":
                rises, falls = _OPERATING_RISES, _OPERATING_FALLS
            reason = pick(f"{name}/reason", rises if value > before else falls)
        reason = reason.format(project=pick(f"{name}/project", self.plan.projects).name)
        span = self.draft.span(reason)
        residue = pick(f"{name}/residue", ("×××", "***", "XX", "____", "XXXX项目增加", "（此处填写原因）"))
        self.draft.edit("template-residue", (span, residue))
        lead = pick(
            f"{name}/lead",
            ("主要原因是{}", "主要原因是：{}", "主要是{}", "原因是{}", "主要为{}", "系{}所致", "变动原因：{}"),
        )
        return f"{self.comma}{lead.format(span)}"

    # The frame of a report.

    def report(self) -> None:
        dice, plan = self.dice, self.plan
        self._title()
        grouped = dice.chance("skeleton/grouped", 0.35)
        if grouped:
            top = dice.pick("skeleton/top", ("第{c}部分 ", "第{c}部分：", "第{c}部分　", "第{c}部分:", "第{c}部分、"))
            styles = (top, "{c}、", *dice.pick("skeleton/low", (("（{c}）", "{n}."), ("（{c}）", "{n}、"))))
        else:
            styles = dice.pick(
                "skeleton/flat",
                (
                    ("{c}、", "（{c}）", "{n}.", "（{n}）"),
                    ("{c}、", "（{c}）", "{n}、", "（{n}）"),
                    ("{c}、", "{n}、", "（{n}）", "{n}）"),
                    ("第{c}部分 ", "{c}、", "（{c}）", "{n}."),
                    ("第{c}部分：", "{c}、", "{n}、", "（{n}）"),
                    ("{n}.", "（{n}）", "{n}）", "{n}）"),
                ),
            )
        self.styles = styles
        contents = dice.chance("contents", 0.15)
        place = self.draft.span("")
        self.draft.write(place.mark)
        order = dice.pick(
            "skeleton/order",
            (
                ("operating", "public", "performance", "procurement", "assets"),
                ("operating", "public", "performance", "procurement", "assets"),
                ("public", "operating", "procurement", "assets", "performance"),
                ("public", "operating", "performance", "assets", "procurement"),
                ("operating", "procurement", "public", "assets", "performance"),
            ),
        )
        writers = {
            "operating": self._operating,
            "public": self._public,
            "performance": self._performance,
            "procurement": self._procurement,
            "assets": self._assets,
        }
        year = str(plan.year)
        sections: list[tuple[str, Span, Heading]] = []
        if grouped:
            self._organization(1, year)
            self._heading(
                1, "part", ("部门预算情况说明", "预算收支及其他情况说明", f"{year}年部门预算情况说明", "预算安排情况")
            )
            self._overview(2)
            sections += [self._section(name, 2, writers[name]) for name in order]
            sections.append(self._section("glossary", 1, self._glossary))
        else:
            self._organization(1, year)
            self._overview(1)
            sections += [self._section(name, 1, writers[name]) for name in order]
            early = dice.chance("skeleton/glossary", 0.2)
            if early:
                self._other(1)
            sections.append(self._section("glossary", 1, self._glossary))
            if not early:
                self._other(1)
        self.draft.write(dice.pick("layout/end", ("", " \n", "\n", "\n\n")))
        if contents:
            place.text = self._contents()
        self._spoil_headings()
        self._spoil_sections(sections)
        self._relate_places()

    def _heading(self, level: int, name: str, titles: Sequence[str]) -> Heading:
        title = self.dice.pick(f"heading/{name}", titles)
        year = str(self.plan.year)
        if year in title:
            title = title.replace(year, self.year())
        return self.draft.heading(level, self.styles[level - 1], title)

    def _section(self, name: str, level: int, write: Callable[[int], Heading]) -> tuple[str, Span, Heading]:
        heading: list[Heading] = []
        span = self.draft.section(lambda: heading.append(write(level)))
        return name, span, heading[0]

    def _spoil_headings(self) -> None:
        """Ways to break a run of headings: skip a number, repeat one, write one in another style."""
        for heading in self.draft.headings:
            following = heading.siblings[heading.number - 1 :]
            before = heading.siblings[heading.number - 2] if heading.number > 1 else None
            if not before or len(heading.siblings) < 3 or not heading.of_section:
                continue
            at = (heading.ordinal, before.ordinal)
            up = [(each.ordinal, _ordinal(each.style, each.number + 1)) for each in following]
            down = [(each.ordinal, _ordinal(each.style, each.number - 1)) for each in following]
            self.draft.edit("heading-skips", *up, at=at)
            self.draft.edit("heading-repeats", *down, at=at)
            if len(following) > 1:
                others = {"{c}、": ("{n}、 ", "{n}."), "（{c}）": ("{n}、",), "{n}、": ("（{c}）",), "{n}.": ("{c}、",)}
                for other in others.get(heading.style, ("{n}、",) if "部分" in heading.style else ()):
                    if other.strip() in {each.style for each in self.draft.headings}:
                        continue
                    self.draft.edit("heading-style", (heading.ordinal, _ordinal(other, heading.number)))

    def _spoil_sections(self, sections: Sequence[tuple[str, Span, Heading]]) -> None:
        """A section that has to be there is left out with its heading, and those after it are numbered without it."""
        for name, span, heading in sections:
            if name == "performance":
                continue
            following = heading.siblings[heading.number :]
            changes = [(each.ordinal, _ordinal(each.style, each.number - 1)) for each in following]
            headings = self.draft.headings
            after = headings[headings.index(following[0]) :] if following else []
            before = heading.siblings[heading.number - 2]
            at = (after[0].ordinal if after else before.ordinal, before.ordinal)
            self.draft.edit("missing-section", (span, ""), *changes, at=at)

    def _relate_places(self) -> None:
        """What is said in several places has to be the same there."""
        for kind, spans in self.same.items():
            self.draft.same(kind.partition("/")[0], *spans, slack=self._slack(spans))
        # The procurement section may come after the assets, so this is known only now.
        for purchases in self.covered:
            for total in self.same["procurement-text-table/total"]:
                self.draft.at_most("purchases-over-procurement", [purchases], total)

    def _slack(self, spans: Sequence[Span]) -> Decimal:
        rough = max(span.unit_in_last_place() for span in spans)
        fine = min(span.unit_in_last_place() for span in spans)
        return rough / 2 if self.fixed and rough > fine else ZERO

    def _title(self) -> None:
        plan, pick, draft = self.plan, self.dice.pick, self.draft
        name, year = plan.organization, plan.year
        form = pick("title", ("one", "one", "two", "year-first", "blank"))
        kind = pick(
            "title/kind",
            ("部门预算信息公开情况说明", "部门预算公开", "部门预算公开说明", "部门预算", "部门预算情况说明"),
        )
        word = pick("title/year", ("年", "年", "年度"))
        lines = {
            "one": (f"{name}{year}{word}{kind}",),
            "two": (name, f"{year}{word}{kind}"),
            "year-first": (f"{year}{word}", f"{name}{kind}"),
            "blank": (name, "", f"{year}{word}{kind}"),
        }[form]
        for line in lines:
            draft.plain(line)
        draft.write(pick("title/end", ("", "\n", "\n\n")))
        law = pick("title/law", ("《中华人民共和国预算法》", "《预算法》", "预算法及其实施条例"))
        rules = pick(
            "title/rules", ("《地方预决算公开操作规程》", "预算公开的有关规定", "财政部门关于预算公开的统一要求")
        )
        introductions = (
            f"按照{law}、{rules}，现将{name}{year}年部门预算公开如下：",
            f"根据{law}和{rules}，现将{plan.me}{year}年部门预算有关情况说明如下：",
            f"为便于社会了解和监督，依照{law}，现公布{plan.me}{year}年度部门预算。",
            "",
        )
        if introduction := pick("title/introduction", introductions):
            draft.paragraph(introduction)

    def _contents(self) -> str:
        """A table of contents, with dots and page numbers."""
        lines = [self.dice.pick("contents/title", ("目  录", "目录", "目　　录"))]
        for index, heading in enumerate(self.draft.headings):
            if heading.level == 1:
                number = _ordinal(heading.style, heading.number)
                title = "".join(
                    next(span.text for span in self.draft.inside(each)) if ord(each) >= FIRST_MARK else each
                    for each in heading.title
                )
                lines.append(f"{number}{title}{'.' * 40}{index + 1}")
        return "\n".join(lines) + "\n\n\n"

    # Organisation.

    def _organization(self, level: int, year: str) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        titles = ("部门职责及机构设置情况", "部门概况", "部门基本情况", "单位职能及机构编制情况", "部门基本概况")
        self._heading(level, "organization", titles)
        self._heading(level + 1, "duties", ("部门职责", "主要职责", "主要职能", "单位主要职能", "部门主要职责"))
        history = pick("duties/year", (2009, 2012, 2015, 2016))
        issuer = pick("duties/city", ("编办", "政办", "编委"))
        document = f"（{issuer}〔{history + 1}〕{dice.between('duties/number', 3, 98)}号）"
        intros = (
            f"根据《{plan.short}职能配置、内设机构和人员编制规定》{document}，{plan.organization}的主要职责是：",
            f"{plan.organization}成立于{history}年，{history + 1}年机构改革后为正科级单位，承担以下职责：",
            "",
            f"{plan.me}主要承担下列工作：",
        )
        if intro := pick("duties/intro", intros):
            draft.paragraph(intro)
        style = pick("duties/style", ("（{c}）", "{n}、", "{n}.", "（{n}）", "", "是"))
        if style in self.styles[: level + 1]:
            style = ""
        duties = dice.sample("duties", plan.domain.duties, dice.between("duties/count", 3, 7))
        for number, duty in enumerate(duties, 1):
            # Lists that start again inside a duty are no mistake.
            more = ""
            if dice.chance(f"duty/{number}/list", 0.2):
                more = pick(
                    f"duty/{number}/more",
                    ("：1.调查摸底；2.分类施策；3.跟踪问效", "：一是定任务；二是定人员；三是定时限"),
                )
            mark = f"{_chinese(number)}是" if style == "是" else _ordinal(style, number)
            draft.paragraph(f"{mark}{duty}{more}。")
        if dice.chance("duties/last", 0.6):
            mark = f"{_chinese(len(duties) + 1)}是" if style == "是" else _ordinal(style, len(duties) + 1)
            draft.paragraph(f"{mark}{pick('duties/end', ('完成上级交办的其他任务', '承办领导交办的其他事项'))}。")
        if dice.chance("duties/quoted", 0.2):
            draft.paragraph("工作中推行“一线工作法”，做到情况在一线掌握、问题在一线解决（重大事项集体研究）。")
        self._heading(level + 1, "institutions", ("机构设置", "机构设置情况", "部门预算单位构成", "机构设置及人员情况"))
        if dice.chance("institutions/table", 0.6):
            rows = [["单位名称", "单位性质", "单位规格", pick("institutions/funding", ("经费保障形式", "经费来源"))]]
            grade = pick("institutions/grade", ("正科级", "副处级", "正科"))
            rows.append([plan.organization, "行政", grade, "财政拨款"])
            if dice.chance("institutions/second", 0.5):
                rows.append([f"{plan.place}综合服务中心", "事业", "股级", "财政性资金基本保证"])
            draft.table(rows)
        else:
            staff = dice.between("institutions/staff", 9, 120)
            draft.paragraph(
                f"{plan.me}内设{dice.between('institutions/offices', 3, 9)}个股室（科室），核定编制{staff}名，"
                f"实有在职人员{staff - dice.between('institutions/less', 0, 5)}人"
                f"（其中行政{staff // 2}人），离退休人员{dice.between('institutions/retired', 0, 60)}人。"
            )
        if dice.chance("institutions/tasks", 0.15):
            self._heading(level + 1, "tasks", (f"{year}年重点工作", f"{year}年主要任务"))
            draft.paragraph(
                f"全年重点抓好{plan.projects[0].name}，力争比{plan.year - 1}年再有进展，为{plan.year + 1}年打好基础。"
            )

    # Revenue and expenditure.

    def _overview(self, level: int) -> None:
        self._heading(
            level,
            "overview",
            (
                "部门预算安排的总体情况",
                "部门收支总体情况",
                "预算安排总体情况说明",
                "收支预算总体情况",
                "部门预算收支情况说明",
                "预算收支总体情况说明",
            ),
        )
        if self.dice.chance("overview/intro", 0.6):
            intros = (
                "按照预算管理有关规定，目前部门预算的编制实行综合预算制度，即全部收入和支出都反映在预算中。",
                f"{self.plan.me}把各项收入和支出全部编入部门预算，统一核算、统一管理。",
                "按照综合预算的原则，所有收入和支出均纳入部门预算管理。",
            )
            self.draft.paragraph(self.dice.pick("overview/intro/words", intros))
        for name, titles, write in (
            (
                "revenue",
                (
                    "收入说明",
                    "收入预算安排",
                    "部门收入情况",
                    "收入来源说明",
                    "收入预算情况说明",
                    "收入预算情况",
                    "预算收入",
                    "关于收入预算的说明",
                ),
                self._revenue,
            ),
            (
                "expenditure",
                (
                    "支出说明",
                    "支出预算安排",
                    "部门支出情况",
                    "支出构成说明",
                    "支出预算情况说明",
                    "支出预算情况",
                    "预算支出",
                    "关于支出预算的说明",
                ),
                self._expenditure,
            ),
            (
                "change",
                (
                    "比上年增减情况",
                    "预算增减变动原因",
                    "收支预算变动情况",
                    "与上年预算比较情况",
                    "与上年相比增减变化情况",
                    "较上年增减变化",
                    "收支增减变化说明",
                ),
                self._changes,
            ),
        ):
            self._heading(level + 1, name, titles)
            write()
        self.draft.close_headings(level + 1)

    def _total(self, name: str, value: Decimal) -> tuple[Amount, Decimal]:
        """A total, now and then written with a decimal less than its parts; and what it is off for that."""
        places = self.plan.decimals
        if self.fixed and self.unit == "万元" and places > 0 and self.dice.chance(f"{name}/rounded", 0.12):
            return self.amount(value, decimals=places - 1), Decimal(1).scaleb(1 - places) / 2
        return self.amount(value), ZERO

    def _revenue(self) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        labels = pick("sources/labels", _SOURCES)
        form = pick("revenue/form", ("list", "list", "list", "list", "lines", "lines", "bare", "partial"))
        total, slack = self._total("revenue", plan.total)
        self.same["revenue-against-expenditure/total"].append(total.figure)
        lead = pick(
            "revenue/lead",
            (
                "{y}年预算收入{t}",
                "{y}年收入预算{t}",
                "{y}年度{me}收入预算总额为{t}",
                "{me}{y}年全年预算收入合计{t}",
                "{y}年，{me}收入预算共计{t}",
                "反映本部门当年全部收入。{y}年预算收入{t}",
                "{y}年部门收入总预算为{t}",
                "经财政部门批复，{y}年{me}收入预算为{t}",
                "{y}年度纳入部门预算管理的收入共{t}",
                "{me}{y}年预算总收入{t}",
                "{y}年当年收入安排{t}",
                "{y}年，{me}各项收入合计{t}",
            ),
        ).format(y=self.year(), t=total, me=plan.me)
        change = ""
        if dice.chance("revenue/change", 0.3):
            words = self.change("revenue/change", total.figure, plan.total, plan.total_before)
            if words.before:
                self.same["last-year/total"].append(words.before)
            change = f"，{words}{self.cause('revenue', plan.total, plan.total_before)}"
        shown = pick("revenue/zeros", ("all", "some", "none"))
        sources = [
            (source, amount)
            for source, amount in plan.sources
            if amount or shown == "all" or (shown == "some" and source in (1, 3, 8))
        ]
        template = self.draft.span("")
        draft.edit(
            "template-residue",
            (template, pick("revenue/residue", ("（有则写，无则填0万元）", "（没有的请删除）", "***"))),
        )
        if form == "bare":
            draft.paragraph(f"{lead}{change}。{template}")
            return
        if form == "partial":
            # Only the largest is named, so the parts say nothing about the total.
            part = self.amount(sources[0][1])
            draft.at_most("parts-within", [part.figure], total.figure)
            draft.paragraph(f"{lead}{change}，其中{labels[sources[0][0]]}{part}。{template}")
            return
        parts: list[Span] = []
        pieces: list[str] = []
        is_ = pick("revenue/is", ("", "", "", "为", "安排", "计", "："))
        for source, amount in sources:
            part = self.amount(amount)
            parts.append(part.figure)
            share = ""
            if form == "lines" and amount and dice.chance("revenue/share", 0.5):
                share = f"{self.comma}占{amount / plan.total * 100:.2f}%"
            pieces.append(f"{labels[source]}{is_}{part}{share}")
        if plan.carried:
            part = self.amount(plan.carried)
            parts.append(part.figure)
            pieces.append(f"{pick('carried', ('上年结转', '上年结转收入', '上年结转结余'))}{is_}{part}")
        if len(parts) > 1 or not dice.chance("revenue/solo", 0.5):
            draft.sum("revenue-sources", total.figure, parts, slack)
        else:
            draft.sum("revenue-sources", total.figure, parts, slack)
        if form == "list" and not change and dice.chance("revenue/total-last", 0.1):
            # The parts first, their total last.
            year = self.year()
            together = pick("revenue/together", ("，收入合计{}", "，以上各项收入共计{}", "，总计{}"))
            draft.paragraph(f"{year}年，{plan.me}{'、'.join(pieces)}{together.format(total)}{template}。")
            return
        if form == "list":
            mark = pick("revenue/join", ("，", "，", "、", "；", ","))
            start = pick("revenue/start", (f"{self.comma}{self.colon}", f"。{self.colon}", f"，{self.colon}"))
            draft.paragraph(f"{lead}{change}{start}{mark.join(pieces)}{template}。")
            return
        draft.paragraph(f"{lead}{change}，包括：{template}")
        style = self._list_style("revenue/style", ("（{n}）", "{n}）", "", "{c}是"))
        for number, piece in enumerate(pieces, 1):
            end = "。" if number == len(pieces) else pick("revenue/end", ("；", "。", "；"))
            draft.paragraph(f"{_ordinal(style, number)}{piece}{end}")

    def _expenditure(self) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        total, slack = self._total("expenditure", plan.total)
        basic, personnel, routine = (self.amount(each) for each in (plan.basic, plan.personnel, plan.routine))
        project = self.amount(plan.project_total)
        self.same["revenue-against-expenditure/total"].append(total.figure)
        self.same["routine-operating/routine"].append(routine.figure)
        others = [(label, self.amount(amount)) for label, amount in plan.others]
        draft.sum(
            "expenditure-parts",
            total.figure,
            [basic.figure, project.figure, *(each.figure for _, each in others)],
            slack,
        )
        draft.sum("basic-parts", basic.figure, [personnel.figure, routine.figure])
        staff = pick("expenditure/staff", ("人员经费", "人员经费", "人员经费支出", "人员支出"))
        office = pick("expenditure/office", ("日常公用经费", "公用经费", "日常公用经费", "公用支出"))
        split = pick(
            "expenditure/split",
            (
                f"，包括{staff}{personnel}和{office}{routine}",
                f"（{staff}{personnel}，{office}{routine}）",
                f"，其中{staff}{personnel}、{office}{routine}",
                f"，由{staff}{personnel}、{office}{routine}构成",
                f"（其中：{staff}{personnel}；{office}{routine}）",
                f"，其中用于{staff}{personnel}，用于{office}{routine}",
                f"：{staff}{personnel}，{office}{routine}",
                f"，分别为{staff}{personnel}、{office}{routine}",
            ),
        )
        usage, lines = self._usage(project)
        lead = pick(
            "expenditure/lead",
            (
                "{y}年支出预算{t}",
                "{y}年预算支出{t}",
                "{y}年度支出预算总额为{t}",
                "{me}{y}年支出预算合计{t}",
                "收支预算总表支出栏按经济分类和支出功能分类科目编制。{y}年支出预算{t}",
                "{y}年，{me}全年支出预算为{t}",
                "与收入相对应，{y}年支出预算{t}",
                "{y}年预算总支出{t}",
                "{me}{y}年度共安排支出{t}",
                "{y}年支出总预算{t}",
            ),
        ).format(y=self.year(), t=total, me=plan.me)
        form = pick("expenditure/form", ("sentence", "sentence", "sentence", "columns", "items"))
        tail = "".join(f"；{label}{amount}" for label, amount in others)
        if form == "columns" and not lines:
            draft.paragraph(pick("expenditure/total", (f"{self.year()}年部门支出预算：{total}", f"支出总预算{total}")))
            for line in (f"基本支出{basic}", f"    其中：{staff}{personnel}", f"          {office}{routine}"):
                draft.paragraph(line, indent=False)
            draft.paragraph(f"项目支出{self.blank}{project}{usage}")
            for label, amount in others:
                draft.paragraph(f"{label}{amount}")
            return
        if form == "items" and not lines:
            style = self._list_style("expenditure/style", ("（{n}）", "{n}）", "", "{c}是"))
            draft.paragraph(f"{lead}，按用途分为：")
            draft.paragraph(f"{_ordinal(style, 1)}基本支出{basic}{split}；")
            draft.paragraph(f"{_ordinal(style, 2)}项目支出{project}{usage}{'；' if others else '。'}")
            for number, (label, amount) in enumerate(others, 3):
                draft.paragraph(
                    f"{_ordinal(style, number)}{label}{amount}{'。' if number == len(others) + 2 else '；'}"
                )
            return
        mark = pick("expenditure/join", ("；", "；", "，", "。"))
        start = pick(
            "expenditure/start", ("，其中：", "，其中", "。其中：", "：", "。从支出结构看，", "。按用途划分，")
        )
        if lines:
            draft.paragraph(f"{lead}{start}基本支出{basic}{split}{tail}{mark}项目支出{project}，具体为：")
            for line in lines:
                draft.paragraph(line)
        else:
            draft.paragraph(f"{lead}{start}基本支出{basic}{split}{mark}项目支出{project}{usage}{tail}。")
        if dice.chance("expenditure/functions", 0.2):
            self._functions(total)

    def _functions(self, total: Amount) -> None:
        """The same total by function (类)."""
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        rest, figures, pieces = plan.total, [], []
        for label in ("社会保障和就业支出", "卫生健康支出", "住房保障支出"):
            share = Decimal(dice.between(f"functions/{label}", 2, 12)) / 100
            money = (plan.total * share).quantize(Decimal(1).scaleb(-plan.decimals))
            rest -= money
            part = self.amount(money)
            figures.append(part.figure)
            pieces.append(f"{label}（类）{part}")
        part = self.amount(rest)
        own = pick("functions/own", ("一般公共服务支出", "农林水支出", "教育支出", "城乡社区支出"))
        pieces.insert(0, f"{own}（类）{part}")
        again = self.amount(plan.total)
        self.draft.same(
            "revenue-against-expenditure", total.figure, again.figure, slack=self._slack((total.figure, again.figure))
        )
        draft.sum("function-items", again.figure, [*figures, part.figure])
        start = pick("functions/start", ("按支出功能分类，", "按功能分类科目，", "从功能分类看，"))
        draft.paragraph(f"{start}支出{again}，包括：{pick('functions/join', ('；', '，', '、')).join(pieces)}。")

    def _usage(self, project: Amount) -> tuple[str, list[str]]:
        """What the project expenditure is for: nothing, names, all amounts (in the sentence or in lines), or some."""
        plan, draft, pick = self.plan, self.draft, self.dice.pick
        form = pick("expenditure/usage", ("none", "names", "names", "amounts", "lines", "partial"))
        names = [each.name for each in plan.projects]
        if form == "none":
            return "", []
        if form == "names":
            words = ("，主要为{}等", "，主要用于{}", "，用于{}等方面", "，包括本级支出，主要为{}等")
            return pick("expenditure/names", words).format("、".join(names[:4])), []
        chosen = list(range(len(names)))
        if form == "partial":
            chosen = sorted(chosen, key=lambda index: -plan.projects[index].budget)[: max(1, len(names) // 2)]
        pieces, figures = [], []
        for index in chosen:
            amount = self.amount(plan.projects[index].budget)
            figures.append(amount.figure)
            self.same[f"project-text-table/{index}"].append(amount.figure)
            pieces.append(f"{names[index]}{amount}")
        if form == "partial":
            draft.at_most("parts-within", figures, project.figure)
            words = ("，主要包括{}等", "，其中：{}等", "（主要有{}等）", "，重点安排{}等")
            return pick("expenditure/partial", words).format("、".join(pieces)), []
        draft.sum("project-items", project.figure, figures)
        if form == "lines":
            style = self._list_style("expenditure/line", ("（{n}）", "{n}）", "——", ""))
            ends = ["；"] * (len(pieces) - 1) + ["。"]
            return "", [
                f"{_ordinal(style, number)}{piece}{end}"
                for number, (piece, end) in enumerate(zip(pieces, ends, strict=True), 1)
            ]
        numbered = pick("expenditure/numbered", ("{n}.", "", "", "（{n}）"))
        mark = "；" if numbered else "、"
        forms = ("，包括：{}", "，分别为{}", "，具体是{}", "：{}", "，具体项目有{}", "，明细为：{}")
        listed = mark.join(f"{_ordinal(numbered, number)}{piece}" for number, piece in enumerate(pieces, 1))
        return pick("expenditure/amounts", forms).format(listed), []

    def _changes(self) -> None:
        plan, draft, pick = self.plan, self.draft, self.dice.pick
        form = pick("change/form", ("parts", "parts", "parts", "total", "total", "loose"))
        total = self.amount(plan.total)
        self.same["revenue-against-expenditure/total"].append(total.figure)
        lead = pick(
            "change/lead",
            (
                "{y}年预算收支安排{t}",
                "{y}年收支预算{t}",
                "{y}年度收支总预算{t}",
                "本年度预算收支安排{t}",
                "{y}年，{me}预算收支共安排{t}",
                "{y}年收支总计{t}",
                "{y}年{me}预算总规模为{t}",
                "{y}年度预算规模{t}",
            ),
        ).format(y=self.year(), t=total, me=plan.me)
        if form == "loose":
            up = plan.total > plan.total_before
            words = "略有增加" if up else "有所减少" if plan.total < plan.total_before else "基本持平"
            draft.paragraph(f"{lead}，与{plan.year - 1}年相比{words}。")
            return
        change = self.change("change/total", total.figure, plan.total, plan.total_before)
        if change.before:
            self.same["last-year/total"].append(change.before)
        if form == "total":
            draft.paragraph(f"{lead}，{change}{self.cause('change', plan.total, plan.total_before)}。")
            return
        pieces: list[str] = []
        signed: list[tuple[Span, Span]] = []
        rows = [("基本支出", plan.basic, plan.basic_before), ("项目支出", plan.project_total, plan.project_before)]
        if plan.others:
            rows.append(
                (
                    plan.others[-1][0] if len(plan.others) == 1 else "其他各项支出",
                    plan.others_before,
                    plan.others_before,
                )
            )
        for label, now, before in rows:
            name = f"change/{label}"
            if now == before:
                pieces.append(f"{label}{pick(name, ('无增减变化', '持平', '与上年持平', '未发生变化'))}")
                continue
            direction = self._direction(name, "增加" if now > before else "减少")
            amount = self.amount(abs(now - before))
            signed.append((amount.figure, direction))
            pieces.append(f"{label}{direction}{amount}{self.cause(name, now, before)}")
        if change.figure and change.direction:
            whole, sign = change.figure, change.direction

            def holds() -> bool:
                parts = sum((figure.number() * way.number() for figure, way in signed), ZERO)
                return whole.number() * sign.number() == parts

            draft.relate("change-parts", (whole, sign, *(span for pair in signed for span in pair)), holds)
        start = pick("change/start", ("，其中：", "。其中：", "。分项看，", "，其中", "。"))
        draft.paragraph(f"{lead}，{change}{start}{pick('change/join', ('；', '；', '，')).join(pieces)}。")

    # Operating expense and 三公.

    def _operating(self, level: int) -> Heading:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        heading = self._heading(
            level,
            "operating",
            ("机关运行经费安排情况", "机关运行经费情况说明", "机关运行经费安排情况说明", "机关运行经费"),
        )
        total, slack = self._total("operating", plan.routine)
        self.same["routine-operating/routine"].append(total.figure)
        lead = pick(
            "operating/lead",
            (
                "{y}年，{me}机关运行经费共计安排{t}",
                "{y}年{me}机关运行经费安排{t}",
                "{me}{y}年机关运行经费财政拨款预算{t}",
                "{me}{y}年机关运行经费合计{t}",
                "{y}年度安排机关运行经费{t}",
                "{y}年机关运行经费支出预算为{t}",
                "{me}{y}年用于机关运行的公用经费（机关运行经费）{t}",
                "{y}年，财政拨款安排的机关运行经费为{t}",
                "机关运行经费{y}年预算数{t}",
            ),
        ).format(y=self.year(), t=total, me=plan.me)
        change = ""
        if dice.chance("operating/change", 0.4):
            before = plan.routine
            if not dice.chance("operating/same", 0.15):
                share = Decimal(dice.between("operating/share", 85, 118)) / 100
                before = (plan.routine * share).quantize(Decimal(1).scaleb(-plan.decimals))
                before += 0 if before != plan.routine else Decimal(4).scaleb(-plan.decimals)
            words = self.change("operating/change", total.figure, plan.routine, before)
            change = f"，{words}{self.cause('operating', plan.routine, before)}"
        form = pick("operating/form", ("use", "use", "items", "items", "partial"))
        if form == "use":
            uses = (
                "主要用于办公区日常维修、水电、取暖和物业管理等日常运行支出",
                "用于保障机关日常运转",
                "主要用于办公、印刷、差旅和会议等开支",
            )
            draft.paragraph(f"{lead}{change}，{pick('operating/use', uses)}。")
            return heading
        items = self._operating_items()
        if form == "partial":
            items = sorted(items, key=lambda item: -item[1])[:2]
        figures, pieces = [], []
        for label, amount in items:
            part = self.amount(amount)
            figures.append(part.figure)
            if label == "公务用车运行维护费":
                self.same["operating-vehicle/running"].append(part.figure)
            pieces.append(f"{label}{part}")
        mark = pick("operating/join", ("，", "，", "、", "；"))
        start = (
            pick("operating/start", ("，其中：", "，其中", "。包括：", "：", "，分项是："))
            if not change
            else "。其中："
        )
        if form == "partial":
            draft.at_most("parts-within", figures, total.figure)
            draft.paragraph(f"{lead}{change}{start}{mark.join(pieces)}等。")
        else:
            draft.sum("operating-expense-items", total.figure, figures, slack)
            draft.paragraph(f"{lead}{change}{start}{mark.join(pieces)}。")
        return heading

    def _operating_items(self) -> list[tuple[str, Decimal]]:
        plan, dice = self.plan, self.dice
        running = plan.public[2]
        labels = [*dice.sample("operating/labels", _ITEMS, dice.between("operating/count", 2, 6))]
        labels += dice.sample("operating/more", _MORE_ITEMS, 2)
        rest = plan.routine
        items: list[tuple[str, Decimal]] = []
        if running and running < rest / 2:
            items.append(("公务用车运行维护费", running))
            rest -= running
        for label in labels:
            share = Decimal(dice.between(f"operating/{label}", 4, 22)) / 100
            amount = (rest * share).quantize(Decimal(1).scaleb(-plan.decimals))
            if amount:
                items.append((label, amount))
                rest -= amount
        items.append((dice.pick("operating/rest", ("其他商品和服务支出", "其他支出", "其他费用")), rest))
        return items

    def _public(self, level: int) -> Heading:
        dice, pick = self.dice, self.dice.pick
        heading = self._heading(
            level,
            "public",
            (
                "财政拨款“三公”经费预算情况及增减变化原因",
                "“三公”经费预算情况说明",
                "“三公”经费预算情况",
                "财政拨款“三公”经费安排情况说明",
                "一般公共预算“三公”经费支出情况说明",
                "“三公”经费安排及变动情况",
                "关于“三公”经费的说明",
            ),
        )
        form = pick("public/form", ("text", "text", "text", "table", "both"))
        if form != "table":
            self._public_text()
        elif dice.chance("public/intro", 0.6):
            self.draft.paragraph(f"{self.year()}年“三公”经费预算安排情况见下表。")
        if form != "text":
            self._public_table()
        return heading

    def _public_text(self) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        abroad, bought, running, reception = (self.amount(each) for each in plan.public)
        vehicles = self.amount(plan.public[1] + plan.public[2])
        total, slack = self._total("public", sum(plan.public, ZERO))
        draft.sum("three-public-parts", total.figure, [abroad.figure, vehicles.figure, reception.figure], slack)
        draft.sum("vehicle-parts", vehicles.figure, [bought.figure, running.figure])
        for index, amount in enumerate((abroad, bought, running, reception)):
            self.same[f"three-public-text-table/{index}"].append(amount.figure)
        self.same["three-public-text-table/vehicles"].append(vehicles.figure)
        self.same["three-public-text-table/total"].append(total.figure)
        self.same["operating-vehicle/running"].append(running.figure)
        lead = pick(
            "public/lead",
            (
                "{y}年，{me}财政拨款“三公”经费预算安排{t}",
                "{me}{y}年“三公”经费预算共计{t}",
                "{y}年用财政拨款安排“三公”经费{t}",
                "{y}年度“三公”经费财政拨款预算数为{t}",
                "{y}年一般公共预算安排的“三公”经费预算为{t}",
                "{y}年，{me}“三公”经费支出预算{t}",
                "{me}{y}年三公经费预算总额{t}",
                "{y}年“三公”经费预算数{t}",
            ),
        ).format(y=self.year(), t=total, me=plan.me)
        before = plan.public_before
        whole = self.change("public/total", total.figure, sum(plan.public, ZERO), sum(before, ZERO))
        if whole.before:
            self.same["three-public-text-table/before"].append(whole.before)
        reason = self.cause("public", sum(plan.public, ZERO), sum(before, ZERO))
        each = dice.chance("public/each", 0.4)
        slots = [
            ("abroad", abroad, plan.public[0], before[0]),
            ("vehicles", vehicles, plan.public[1] + plan.public[2], before[1] + before[2]),
            ("reception", reception, plan.public[3], before[3]),
        ]
        changes: dict[str, str] = {}
        for name, amount, now, then in slots:
            words = self.change(f"public/{name}", amount.figure, now, then) if each else ""
            changes[name] = f"，{words}{self.cause(f'public/{name}', now, then)}" if each else ""
        purchase = pick("public/bought", ("公务用车购置费", "公务用车购置费", "购置费"))
        running_label = pick("public/running", ("公务用车运行维护费", "公务用车运维费", "公务用车运行费"))
        inside = pick(
            "public/inside",
            (
                f"（其中：{purchase}为{bought}，{running_label}{running}）",
                f"（{purchase}{bought}，{running_label}{running}）",
                f"，其中{purchase}{bought}、{running_label}{running}",
                f"，包括{purchase}{bought}和{running_label}{running}",
            ),
        )
        label = pick(
            "public/vehicles",
            (
                "公务用车费用",
                "公务用车购置及运行费",
                "公务用车购置及运行维护费",
                "公务用车购置及运维费",
                "公务用车购置和运行费",
            ),
        )
        overseas = pick(
            "public/abroad", ("因公出国（境）支出", "因公出国（境）费", "因公出国（境）费用", "因公出国（境）经费")
        )
        guests = pick("public/reception", ("公务接待费", "公务接待费", "公务接待费用", "公务接待支出"))
        lines = [
            f"{overseas}{abroad}{changes['abroad']}",
            f"{label}{vehicles}{inside}{changes['vehicles']}",
            f"{guests}{reception}{changes['reception']}",
        ]
        if dice.chance("public/lines", 0.3):
            draft.paragraph(f"{lead}，{whole}{reason}。其中：")
            style = self._list_style("public/style", ("（{n}）", "{n}）", "{n}. ", ""))
            for number, line in enumerate(lines, 1):
                draft.paragraph(f"{_ordinal(style, number)}{line}。")
            return
        mark = "；" if each else pick("public/join", ("；", "；", "，"))
        listed = mark.join(lines)
        if not each and dice.chance("public/total-last", 0.12):
            # The three first, their total last.
            together = pick("public/together", ("三项合计{}", "“三公”经费合计{}", "以上三项共计{}")).format(total)
            draft.paragraph(f"{self.year()}年，{plan.me}{listed}，{together}。{whole}{reason}。")
            return
        order = pick("public/order", ("change-last", "change-first"))
        start = pick("public/start", ("。其中，", "，其中：", "。其中：", "，其中", "：", "。分项看，"))
        if order == "change-first":
            draft.paragraph(f"{lead}，{whole}{reason}。{start.lstrip('。，：')}{listed}。")
        else:
            draft.paragraph(f"{lead}{start}{listed}。{whole}{reason}。")

    def _public_table(self) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        unit = pick("public/unit", ("万元", "万元", "万元", "元"))
        form = pick("public/table", ("years", "years", "wide", "single"))
        places = max(plan.decimals, 2)

        def cell(value: Decimal) -> str:
            return self.cell(value, places, unit)

        now, before = plan.public, plan.public_before
        rows: dict[str, tuple[Decimal, Decimal]] = {
            "total": (sum(now, ZERO), sum(before, ZERO)),
            "0": (now[0], before[0]),
            "vehicles": (now[1] + now[2], before[1] + before[2]),
            "1": (now[1], before[1]),
            "2": (now[2], before[2]),
            "3": (now[3], before[3]),
        }
        labels = {
            "total": pick("public/table/total", ("合计", "合　计", "“三公”经费合计", "总计")),
            "0": pick("public/table/abroad", ("因公出国（境）费", "因公出国经费", "1、因公出国（境）费用")),
            "vehicles": "公务用车购置及运行维护费",
            "1": pick("public/table/bought", ("公务用车购置费", "其中：公务用车购置费", "　　公务用车购置费")),
            "2": pick("public/table/running", ("公务用车运行维护费", "公务用车运行费", "　　公务用车运行维护费")),
            "3": "公务接待费",
        }
        figures: dict[str, dict[str, Span]] = {"now": {}, "before": {}, "change": {}}

        def note(column: str, key: str, text: str) -> str:
            if span := self.figure_of(text):
                figures[column][key] = span
            return text

        nested = dice.chance("public/nested", 0.5)
        keys = [key for key in rows if nested or key != "vehicles"]
        if form != "wide" and dice.chance("public/last", 0.5):
            keys = [*keys[1:], "total"]
        if form == "wide":
            keys = ["total", "0", "vehicles", "1", "2", "3"]
            nested = True
            draft.plain(pick("public/caption", ("一般公共预算“三公”经费支出表", "“三公”经费预算表", "")))
            draft.table(
                [
                    [f"部门：{plan.organization}", f"单位：{unit}"],
                    ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"],
                    ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""],
                    [note("now", key, cell(rows[key][0])) for key in keys],
                ]
            )
        else:
            year = plan.year
            head = pick(
                "public/head",
                (
                    [f"{year - 1}年度预算", f"{year}年度预算", "增减金额", "变化原因"],
                    [f"{year - 1}年预算数", f"{year}年预算数", "增减额", "增减原因"],
                    ["上年预算数", "本年预算数", "增减变化", "原因"],
                ),
            )
            table = [[pick("public/name", ("项目名称", "项目", "项  目")), *head]]
            if form == "single":
                table = [[table[0][0], f"{year}年预算数"]]
            for key in keys:
                value, last = rows[key]
                if form == "single":
                    table.append([labels[key], note("now", key, cell(value))])
                    continue
                was, is_ = note("before", key, cell(last)), note("now", key, cell(value))
                change = cell(value - last)
                if figure := self.figure_of(note("change", key, change)):
                    self._relate_change(figures["now"][key], figures["before"][key], figure)
                reason = "无增减变化" if value == last else "厉行节约" if value < last else "业务量增加"
                table.append([labels[key], was, is_, change, reason])
            width = len(table[0])
            captioned = dice.chance("public/caption-row", 0.5)
            if captioned:
                table.insert(0, [*[""] * (width - 1), f"单位：{unit}"])
            else:
                draft.plain(f"{pick('public/caption-text', ('', '“三公”经费预算表　　'))}单位：{unit}")
            first = 2 if captioned else 1
            draft.table(table, dict.fromkeys(range(first, len(table)), 1) if form == "years" else None)
        for column, spans in figures.items():
            if not spans:
                continue
            parts = [spans[key] for key in (("0", "vehicles", "3") if nested else ("0", "1", "2", "3"))]
            draft.sum("three-public-table-parts", spans["total"], parts)
            if nested:
                draft.sum("three-public-table-parts", spans["vehicles"], [spans["1"], spans["2"]])
            if column == "now":
                for key, span in spans.items():
                    self.same[f"three-public-text-table/{key}"].append(span)
                self.same["operating-vehicle/running"].append(spans["2"])
            elif column == "before":
                self.same["three-public-text-table/before"].append(spans["total"])

    def _relate_change(self, now: Span, before: Span, change: Span) -> None:
        def holds() -> bool:
            return now.number() - before.number() == change.number()

        self.draft.relate("change-difference", (now, before, change), holds)

    # Performance: objectives, activities, projects.

    def _performance(self, level: int) -> Heading:
        dice, draft, plan = self.dice, self.draft, self.plan
        heading = self._heading(
            level,
            "performance",
            (
                "绩效预算信息",
                "预算绩效信息",
                "预算绩效目标情况",
                "绩效目标管理情况说明",
                "预算绩效管理情况",
                "预算绩效情况说明",
            ),
        )
        if dice.chance("performance/managed", 0.25):
            count = len(plan.projects)
            money = self.amount(plan.project_total)
            draft.paragraph(f"{self.year()}年{plan.me}{count}个项目全部实行绩效目标管理，涉及资金{money}。")
        if dice.chance("performance/department", 0.7):
            self._department(level + 1)
        if dice.chance("performance/activities", 0.35):
            self._heading(
                level + 1,
                "activities",
                ("部门职责及工作活动绩效目标指标", "部门职责-工作活动绩效目标", "职责活动绩效目标"),
            )
            self._activities()
        if dice.chance("performance/tables", 0.85):
            self._heading(
                level + 1, "projects", ("项目绩效目标", "预算项目绩效目标", "资金绩效目标", "项目支出绩效目标表")
            )
            self._project_tables(level + 2)
        draft.close_headings(level + 1)
        return heading

    def _department(self, level: int) -> None:
        dice, draft, pick, plan = self.dice, self.draft, self.dice.pick, self.plan
        served = pick("served", plan.domain.served)
        self._heading(level, "overall", ("总体绩效目标", "部门总体绩效目标", "年度总体目标"))
        overall = (
            f"围绕年度重点任务，统筹资金安排，{served}满意度稳步提高，确保每一笔钱都说得清去向、看得见成效。",
            f"以{plan.projects[0].name}为抓手，补短板、强弱项，把“过紧日子”要求落到实处。",
            f"坚持先急后缓、量力而行，{plan.year}年底前全部项目形成实物工作量，无重大安全责任事故。",
        )
        draft.paragraph(pick("overall", overall))
        self._heading(level, "itemized", ("分项绩效目标", "职责分类绩效目标", "分项目标"))
        style = self._list_style("itemized/style", ("{n}、", "{n}.", "（{n}）", "{n}）"))
        for number, project in enumerate(plan.projects[:4], 1):
            if dice.chance("itemized/short", 0.4):
                low = dice.between(f"itemized/{number}", 85, 99)
                draft.paragraph(
                    f"{_ordinal(style, number)}{project.name}：{project.thing[0]}达到计划要求，按时完成率{low}%以上。"
                )
                continue
            draft.paragraph(f"{_ordinal(style, number)}推进{project.name}")
            draft.paragraph(f"绩效目标：通过实施{project.name}，改善{served}的感受，形成可持续的管护机制。")
            low, high = dice.between(f"itemized/{number}/low", 85, 98), dice.between(f"itemized/{number}/days", 2, 15)
            draft.paragraph(
                f"绩效指标：任务完成率达到{low}%以上；{served}满意度不低于90%；反映问题{high}个工作日内办结。"
            )
        if dice.chance("safeguards", 0.6):
            self._heading(level, "safeguards", ("工作保障措施", "实现年度目标的保障措施", "保障措施"))
            measures = (
                "完善制度。修订财务、采购和合同管理办法，堵塞漏洞（含下属单位）",
                "加快进度。按月通报支出进度，连续两个月滞后的由分管领导约谈",
                "强化监督。引入第三方抽查，发现“虚报冒领”的追回资金",
                "落实责任。执行“三重一大‘一票否决’”规定，重大支出集体研究",
                "加强培训。组织财务人员学习绩效管理知识，每年不少于2次",
            )
            for number, measure in enumerate(dice.sample("measures", measures, 3), 1):
                draft.paragraph(f"{_ordinal(style, number)}{measure}。")

    def _activities(self) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        graded = pick(
            "activities/grades", (("优", "良", "中", "差"), ("优", "良", "中", "差"), ("优秀", "良好", "一般", "较差"))
        )
        rows: list[list[str]] = []
        if dice.chance("activities/caption", 0.7):
            rows.append([f"{dice.between('activities/code', 201, 699)}{plan.organization}", "单位：万元"])
        rows.append(["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "评价标准"])
        rows.append(["", "", "", "", "", *graded])
        names = dice.sample("activities/names", plan.domain.projects, 10)
        duties = dice.sample("activities/duties", plan.domain.duties, dice.between("activities/count", 2, 4))
        indent = pick("activities/indent", ("　　", "", "  "))
        swaps: list[tuple[int, list[Span]]] = []
        number = 0
        # The activities share the money of the projects.
        left = plan.project_total
        for at, duty in enumerate(duties, 1):
            duty = duty.split("，")[0].partition("（")[0]
            children: list[Span] = []
            parent_row = len(rows)
            rows.append([])
            whole = ZERO
            for child in range(1, dice.between(f"activity/{at}/children", 2, 4)):
                name = f"activity/{at}/{child}"
                budget = ZERO if child > 1 and dice.chance(f"{name}/none", 0.2) else plan.some_money(dice, name, 2, 90)
                budget = min(budget, left)
                left -= budget
                whole += budget
                text = self.cell(budget, empty_zero=True)
                if figure := self.figure_of(text):
                    children.append(figure)
                indicator, marks = self._grades(name, number)
                spans = [draft.span(mark) for mark in marks]
                if marks[0] != marks[1] and any(character.isdigit() for character in marks[1]):
                    swaps.append((len(rows), spans))
                title = names[number % len(names)]
                number += 1
                spoken = duty.removesuffix("工作")
                words = ("围绕{d}，做好{t}各项具体工作。", "组织实施{t}，解决突出问题。", "制定{t}年度计划并抓好落实。")
                rows.append(
                    [
                        f"{indent}{child}、{title}",
                        text,
                        pick(f"{name}/words", words).format(d=spoken, t=title),
                        pick(f"{name}/goal", ("按时保质完成任务。", "工作规范有序，群众认可。", "不断提高工作水平。")),
                        indicator,
                        *(str(span) for span in spans),
                    ]
                )
            budget_cell = self.cell(whole, empty_zero=True)
            if (figure := self.figure_of(budget_cell)) and children:
                draft.sum("activity-children", figure, children)
            rows[parent_row] = [f"{_chinese(at)}、{duty}", budget_cell, f"{duty}。", "职责履行到位。", *[""] * 5]
        starts = draft.table(rows, {index: 2 for index, _ in swaps})
        for index, spans in swaps:
            one, other = dice.pick(f"activities/swap/{index}", ((1, 2), (1, 2), (0, 1)))
            if one == 0 and not spans[0].text[0].isdigit():
                one, other = 1, 2
            texts = spans[other].text, spans[one].text
            draft.edit("grades-out-of-order", (spans[one], texts[0]), (spans[other], texts[1]), at=(starts[index],))

    def _grades(self, name: str, number: int) -> tuple[str, tuple[str, str, str, str]]:
        """An indicator of an activity and its four graded targets, the best first."""
        dice, pick = self.dice, self.dice.pick
        top = dice.between(f"{name}/top", 18, 20) * 5
        step = pick(f"{name}/step", (5, 5, 10))
        levels = [top - step * index for index in range(4)]
        form = pick(f"{name}/form", ("plain", "words", "named", "ranges", "counts", "quality", "evil"))
        matter = self.plan.domain.things[number % len(self.plan.domain.things)][0].removesuffix("数量")
        rate = f"{matter}{pick(f'{name}/rate', ('完成率', '达标率', '及时率'))}"
        match form:
            case "plain":
                return rate, (f"{levels[0]}%", f"{levels[1]}%", f"{levels[2]}%", f"{levels[3]}%")
            case "words":
                a, b, c, _ = levels
                return rate, (f"{a}%以上" if a < 100 else "100%", f"{b}%以上", f"{c}%以上", f"{c}%以下")
            case "named":
                a, b, c, _ = levels
                return "群众评价", (
                    f"满意率{a - 5}%以上",
                    f"满意率{b - 5}%以上",
                    f"满意率{c - 5}%以上",
                    f"满意率{c - 5}%以下",
                )
            case "ranges":
                a, b, c, _ = levels
                return rate, (f"≥{a}%", f"{b}%-{a}%", f"{c}%-{b}%", f"<{c}%")
            case "counts":
                low = dice.between(f"{name}/low", 2, 9)
                texts = (f"{low}次以下", f"{low}-{low * 2}次", f"{low * 2}-{low * 3}次", f"{low * 3}次以上")
                return pick(f"{name}/evil", ("设备故障次数", "有效投诉次数", "差错次数")), texts
            case "evil":
                low = dice.between(f"{name}/low", 1, 3)
                return "差错率", (f"{low}%以下", f"{low}%-{low + 2}%", f"{low + 2}%-{low + 5}%", f"{low + 5}%以上")
            case _:
                return "工作完成质量", ("全部采纳", "大部分采纳", "部分采纳", "未采纳")

    def _project_tables(self, level: int) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        plain = dice.chance("projects/plain", 0.15)
        national = dice.chance("projects/national", 0.2)
        form = "plain" if plain else "national" if national else pick("projects/form", ("code", "text"))
        style = self._list_style("projects/heading", ("{n}、", "{n}、", "{n}.", "{n}.", "（{n}）", "{n}）"))
        layout = pick("indicators/layout", ("inline", "inline", "cells", "two", "weights", "national"))
        some = len(plan.projects) if dice.chance("projects/all", 0.7) else max(2, len(plan.projects) - 2)
        for index, project in enumerate(plan.projects[:some]):
            ending = pick("projects/title", ("绩效目标表", "绩效目标表", "绩效目标", "项目绩效目标表"))
            draft.heading(level, style, f"{project.name.removesuffix('项目')}{ending}", of_section=False)
            rows = self._project_head(index, project, form)
            marks: list[Callable[[list[Span]], None]] = []
            self._objectives(index, project, form, rows)
            joined = dice.chance("projects/joined", 0.4) or form == "national"
            if not joined:
                draft.table(rows)
                rows = []
            self._indicators(index, project, layout, rows, marks)
            drops = {len(rows) - 1: 1} if layout in ("inline", "cells", "two") else None
            starts = draft.table(rows, drops)
            for note in marks:
                note(starts)

    def _project_head(self, index: int, project: Project, form: str) -> list[list[str]]:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        served = pick("served", plan.domain.served)
        use = pick(
            f"project/{index}/use",
            ("主要用于{p}的组织实施和日常管护", "用于支付{p}所需材料、人工和检测费用", "该项目资金用于{p}，惠及{s}"),
        ).format(p=project.name, s=served)
        fiscal = project.budget - project.other
        rows: list[list[str]] = []

        def note(*cells: str) -> None:
            spans = [span for cell in cells if (span := self.figure_of(cell))]
            self.same[f"project-text-table/{index}"].append(spans[0])
            draft.sum("project-budget-sources", spans[0], spans[1:])

        if form == "plain":
            return rows
        if form == "national":
            owner = plan.organization
            budget, own, other = (self.cell(each) for each in (project.budget, fiscal, project.other))
            note(budget, own, other)
            rows += [
                ["项目名称", project.name],
                ["主管部门", owner],
                ["资金金额\n（万元）", pick("national/total", ("年度资金总额：", "年度资金总额")), budget],
                ["", pick("national/fiscal", ("其中：财政拨款", "　其中：财政资金")), own],
                ["", "　　　其他资金", other],
            ]
            return rows
        if dice.chance("projects/caption", 0.5):
            rows.append([f"{dice.between('projects/code', 101, 799)}001{plan.short}", "单位：万元"])
        rows.append(
            [pick("projects/code-label", ("项目编码", "项目编码", "项目代码")), project.code, "项目名称", project.name]
        )
        label = pick("projects/budget", ("预算规模及资金用途", "资金规模及资金用途", "预算规模及资金用途"))
        if form == "code":
            budget, own = self.cell(project.budget), self.cell(fiscal)
            other = self.cell(project.other, empty_zero=dice.chance("projects/empty", 0.6))
            note(budget, own, other)
            rows.append([label, "预算数", budget, "其中：财政资金", own, "其他资金", other])
            rows.append(["", f"{use}。"])
        else:
            unit = "" if self.unit == "万元" else "万元"
            whole, own_amount, rest = (self.amount(each, unit) for each in (project.budget, fiscal, project.other))
            forms = (
                "预算数{w}。其中：财政资金{f}，其他资金{o}。{u}。",
                "预算数{w}。其中：财政资金{f}，其他资金{o}。{u}。",
                "预算数{w}（财政资金{f}，其他资金{o}）。{u}。",
                "预算数{w}，其中财政拨款{f}、其他资金{o}。{u}。",
                "预算安排{w}，其中：财政资金{f}；其他资金{o}。{u}。",
            )
            text = pick("projects/text", forms).format(w=whole, f=own_amount, o=rest, u=use)
            self.same[f"project-text-table/{index}"].append(whole.figure)
            draft.sum("project-budget-sources", whole.figure, [own_amount.figure, rest.figure])
            rows.append([label, text])
        self._spending(index, rows)
        return rows

    def _spending(self, index: int, rows: list[list[str]]) -> None:
        """The plan of spending: cumulative per cent at the ends of four months."""
        dice, draft, pick = self.dice, self.draft, self.dice.pick
        months = pick("plan/months", ((3, 6, 9, 12), (3, 6, 10, 12), (3, 6, 9, 12)))
        label = pick(
            "plan/label",
            (
                "资金支出计划（%）",
                "资金支出计划\n（%）",
                "资金支出计划（累计进度%）",
                "支出计划（累计%）",
                "资金支出进度计划（%）",
            ),
        )
        ending = pick("plan/ending", ("月底", "月底", "月末"))
        form = pick(f"project/{index}/plan", ("steps", "steps", "steps", "late", "early", "gaps", "empty"))
        steps = sorted(dice.sample(f"project/{index}/steps", range(5, 96, 5), 3))
        plans: dict[str, list[int | None]] = {
            "steps": [*steps, 100],
            "late": [0, 0, steps[2], 100],
            "early": [steps[0], 100, 100, 100],
            "gaps": [None, steps[1], None, 100],
            "empty": [None] * 4,
        }
        values = plans[form]
        written = pick("plan/written", ("{}", "{}.00", "{}", "{}%"))
        cells = [draft.span("" if value is None else written.format(value)) for value in values]
        last_month = draft.span(f"{months[3]}{ending}")
        draft.edit("month-thirteen", (last_month, f"13{ending}"))
        for at in range(1, 4):
            now, before = values[at], values[at - 1]
            if now is not None and before is not None and before >= 10 and (at < 3 or before == 100):
                fallen = pick(f"project/{index}/fall", (before - 5, before // 2))
                draft.edit("plan-falls", (cells[at], written.format(fallen)))
        third = values[2]
        if values[3] == 100 and third is not None and third < 96 and form != "empty":
            short = pick(f"project/{index}/short", [value for value in (80, 90, 95, 98) if value >= third])
            draft.edit("plan-not-100", (cells[3], written.format(short)))
            if form in ("steps", "late"):
                draft.edit("plan-not-100", *((cell, written.format(0)) for cell in cells))
        rows.append([label, *(f"{month}{ending}" for month in months[:3]), str(last_month)])
        rows.append(["", *(str(cell) for cell in cells)])

    def _objectives(self, index: int, project: Project, form: str, rows: list[list[str]]) -> None:
        dice, draft, pick = self.dice, self.draft, self.dice.pick
        served = pick("served", self.plan.domain.served)
        name, unit, low, high = project.thing
        texts = dice.sample(
            f"project/{index}/objectives/texts",
            (
                f"完成{name}{dice.between(f'project/{index}/n', low, high)}{unit}，形成长效机制",
                f"通过实施{project.name}，让{served}得到实惠",
                "按月调度、按季通报，年底前全部完成",
                f"资金专款专用，{served}满意度达到90%以上",
                "消除存量隐患，提升管理水平",
            ),
            dice.between("projects/objectives", 1, 3),
        )
        spans = [draft.span(text) for text in texts]
        if len(spans) > 1:
            draft.edit("objective-twice", (spans[1], spans[0].text), at=(spans[1], spans[0]))
        label = pick("projects/goal", ("绩效目标", "总体目标", "年度目标", "项目绩效目标"))
        many = pick("projects/goals", ("rows", "lines", "sentence")) if form != "national" else "sentence"
        end = pick("projects/goal-end", ("。", "。", ""))
        if len(spans) == 1:
            rows.append([label, f"{spans[0]}。"])
        elif many == "rows":
            rows += [
                [label if number == 1 else "", f"目标{number}", f"{span}{end}"] for number, span in enumerate(spans, 1)
            ]
        elif many == "lines":
            rows.append([label, "\n".join(f"{number}、{span}{end}" for number, span in enumerate(spans, 1))])
        else:
            rows.append([label, "；".join(f"{number}、{span}" for number, span in enumerate(spans, 1)) + "。"])

    def _indicators(
        self,
        index: int,
        project: Project,
        layout: str,
        rows: list[list[str]],
        marks: list[Callable[[list[Span]], None]],
    ) -> None:
        """The table of targets, in one of several layouts."""
        dice, pick = self.dice, self.dice.pick
        head = ["一级指标", "二级指标", "三级指标"]
        described = layout in ("inline", "cells", "two")
        if layout == "inline":
            rows.append(
                [*head, "绩效指标描述", pick("indicators/value", ("指标值", "指标值", "目标值")), "指标值确定依据"]
            )
        elif layout == "two":
            rows.append([*head, "绩效指标描述", "指标值", "指标值确定依据"])
        elif layout == "cells":
            rows.append([*head, "绩效指标描述", "指标值", "指标值确定依据"])
            rows.append(["", "", "", "", "符号", "值", "单位（文字描述）", ""])
        elif layout == "weights":
            rows.append([*head, pick("indicators/value", ("指标值", "年度指标值", "目标值")), "分值"])
        else:
            rows.append([*head, "指标性质", "指标值", "度量单位", "权重"])
        indicators = self._chosen_indicators(index, project)
        merged = dice.chance("indicators/merged", 0.75)
        twice = dice.random(f"project/{index}/twice").randrange(len(indicators) - 1)
        weight = dice.pick("indicators/weight", (5, 10))
        last1 = last2 = ""
        for number, each in enumerate(indicators):
            cells = self._target_cells(f"project/{index}/target/{number}", each, layout)
            level1 = "" if merged and each.level1 == last1 else each.level1
            level2 = (
                ""
                if merged and not level1 and each.level2 == last2 and dice.chance("indicators/both", 0.4)
                else each.level2
            )
            last1, last2 = each.level1, each.level2
            row = [level1, level2, each.name, *([each.description] if described else []), *cells]
            row.append(each.basis if described else str(weight))
            rows.append(row)
            if number == twice:
                again = ["" if merged else each.level1, "" if merged and not level2 else each.level2, *row[2:]]
                marks.append(partial(self._twice, len(rows) - 1, again))

    def _twice(self, index: int, again: list[str], starts: list[Span]) -> None:
        """A row of targets can come a second time, right after itself."""
        draft = self.draft
        start = starts[index]
        second = draft.span("")
        copied = "".join(f"\t{cell or draft.empty_cell}\n" for cell in again)
        if index + 1 < len(starts):
            # The copy goes in front of the next row.
            draft.edit(
                "indicator-twice", (starts[index + 1], f"{second}{copied}\n{draft.span('')}"), at=(start, second)
            )

    def _chosen_indicators(self, index: int, project: Project) -> list[Indicator]:
        plan, dice, pick = self.plan, self.dice, self.dice.pick
        served = pick("served", plan.domain.served)
        effect = pick("indicators/effect", ("效果指标", "效益指标", "效益指标"))
        name, unit, low, high = project.thing
        at = f"project/{index}"
        between = dice.between

        def basis(key: str) -> str:
            sources = (
                "工作计划",
                "年度工作计划",
                "实施方案",
                "历史数据",
                "行业标准",
                f"{plan.year - 1}年完成情况",
                "预算批复",
            )
            return pick(f"{at}/basis/{key}", sources)

        chosen = [
            Indicator(
                "产出指标",
                "数量指标",
                name,
                f"反映全年{name}",
                "ge",
                str(between(f"{at}/n", low, high)),
                unit,
                basis("n"),
            )
        ]
        if dice.chance(f"{at}/frequency", 0.3):
            times = str(between(f"{at}/times", 4, 52))
            chosen.append(
                Indicator("产出指标", "数量指标", "巡查频次", "每年巡查的次数", "ge", times, "次/年", basis("f"))
            )
        done = pick(f"{at}/done", ("任务完成率", "计划完成率", "工作完成率", "项目完成率"))
        chosen.append(
            Indicator(
                "产出指标",
                "数量指标" if dice.chance(f"{at}/done/number", 0.4) else "质量指标",
                done,
                "实际完成数占计划数的比率",
                "ge",
                str(between(f"{at}/done/low", 18, 20) * 5),
                "%",
                basis("d"),
                "completion",
            )
        )
        good = pick(f"{at}/good", ("验收合格率", "资金发放准确率", "设备完好率", "政策知晓率", "服务覆盖率"))
        chosen.append(
            Indicator(
                "产出指标",
                "质量指标",
                good,
                "合格（达标）数占总数的比例",
                pick(f"{at}/good/operator", ("ge", "ge", "eq")),
                str(between(f"{at}/good/low", 90, 100)),
                "%",
                basis("g"),
                "good",
            )
        )
        bad_chance = 1.0 if dice.chance("indicators/bad", 0.1) and index == 0 else 0.35
        if dice.chance(f"{at}/bad", bad_chance):
            evil = pick(f"{at}/evil", ("差错率", "投诉率", "事故发生率", "漏报率", "辍学率", "退件率", "设备故障率"))
            mille = dice.chance(f"{at}/mille", 0.25)
            value = str(between(f"{at}/bad/high", 1, 5))
            chosen.append(
                Indicator(
                    "产出指标",
                    "质量指标",
                    evil,
                    "反向指标，越低越好",
                    "le",
                    value,
                    "‰" if mille else "%",
                    basis("b"),
                    "bad",
                )
            )
        if dice.chance(f"{at}/time", 0.6):
            kind = pick(f"{at}/time/kind", ("month", "month", "days", "hours", "rate"))
            if index == 0 and dice.chance("indicators/month", 0.1):
                kind = "month"
            month, days = str(between(f"{at}/month", 6, 12)), str(between(f"{at}/days", 2, 60))
            times_row = {
                "month": ("完成时间", "全部任务完成的月份", "le", month, "月份", "month"),
                "days": ("办结时限", "受理到办结所用时间", "le", days, "个工作日", ""),
                "hours": ("应急响应时间", "接报后到场所用的时间", "le", days, "分钟", ""),
                "rate": ("资金支付及时率", "按时支付资金占应支付资金的比率", "ge", "95", "%", "good"),
            }[kind]
            chosen.append(Indicator("产出指标", "时效指标", *times_row[:5], basis("t"), times_row[5]))
        elif index == 0 and dice.chance("indicators/month", 0.1):
            month = str(between(f"{at}/month", 6, 12))
            chosen.append(
                Indicator("产出指标", "时效指标", "完成时间", "完工的月份", "le", month, "月份", basis("t"), "month")
            )
        if dice.chance(f"{at}/cost", 0.6):
            own = dice.chance(f"{at}/cost/own", 0.5)
            cost = f"{project.budget:f}" if own else str(between(f"{at}/cost/each", 20, 900))
            label = "项目总成本" if own else pick(f"{at}/cost/label", ("单位成本", "人均补助标准"))
            what = "项目总支出控制在预算以内" if own else "平均每个对象的支出"
            chosen.append(
                Indicator("产出指标", "成本指标", label, what, "le", cost, "万元" if own else "元", basis("c"))
            )
        effects = (
            (
                "社会效益指标",
                f"{served}受益程度",
                "受益情况的变化",
                "is",
                pick(f"{at}/better", ("明显提高", "较大改善")),
                "",
                "",
            ),
            ("社会效益指标", "有效投诉件数", "查实的投诉", "le", str(between(f"{at}/complaints", 1, 9)), "件", ""),
            ("社会效益指标", "安全责任事故", "发生的责任事故", "eq", "0", "起", ""),
            ("社会效益指标", "参与人次增长率", "与上年相比", "ge", str(between(f"{at}/growth", 105, 180)), "%", ""),
            ("经济效益指标", "带动增收幅度", "同比增长", "ge", str(between(f"{at}/income", 3, 12)), "%", ""),
            (
                "生态效益指标",
                "单位面积能耗",
                "每平方米耗电量",
                "le",
                str(between(f"{at}/energy", 20, 90)),
                "千瓦时",
                "",
            ),
            ("生态效益指标", "能源消耗下降率", "与上年相比", "ge", str(between(f"{at}/saved", 2, 6)), "%", ""),
            (
                "可持续影响指标",
                "长效机制",
                "制度是否健全",
                "is",
                pick(f"{at}/lasting", ("基本健全", "逐步完善")),
                "",
                "",
            ),
            ("可持续影响指标", "正常使用年限", "设施使用年限", "ge", str(between(f"{at}/years", 3, 15)), "年", ""),
        )
        picked = dice.sample(f"{at}/effects", effects, between(f"{at}/effects/count", 1, 2))
        for level2, label, what, operator, value, measure, tag in sorted(picked, key=effects.index):
            chosen.append(Indicator(effect, level2, label, what, operator, value, measure, basis(label), tag))
        who = pick(f"{at}/who", (f"{served}满意度", "服务对象满意度", f"{served}满意率", "群众满意度"))
        least = str(between(f"{at}/satisfied", 80, 98))
        survey = pick(f"{at}/survey", ("问卷调查", "问卷", "抽样调查"))
        what = f"受访者中表示满意的比例（{pick(f'{at}/asked', ('抽样', '入户', '电话'))}）"
        chosen.append(
            Indicator("满意度指标", "服务对象满意度指标", who, what, "ge", least, "%", survey, "satisfaction")
        )
        return chosen

    def _target_cells(self, name: str, indicator: Indicator, layout: str) -> list[str]:
        """The cells of a target; the ways to spoil it are noted."""
        draft, pick = self.draft, self.dice.pick
        split = layout in ("cells", "national")
        operator = indicator.operator
        if operator == "is":
            words = pick("targets/words", ("文字描述", "定性")) if layout == "cells" else "定性"
            if layout == "cells":
                return [words, "", indicator.value]
            if layout == "national":
                return [words, indicator.value, ""]
            return [indicator.value, ""] if layout == "two" else [indicator.value]
        signs = pick("targets/signs", (("≥", "≤", "="), (">=", "<=", "="), ("≥", "≤", "＝"), ("≧", "≦", "=")))
        before, after = signs[("ge", "le", "eq").index(operator)], ""
        worded = not split and layout != "two" and pick(f"{name}/worded", (False, False, True))
        if operator == "eq" and not split:
            before = "" if pick(f"{name}/bare", (True, True, False)) else before
        elif worded:
            before, after = pick(f"{name}/words", _AT_LEAST if operator == "ge" else _AT_MOST)
        value = indicator.value
        if indicator.tag == "month" and not split and layout != "two" and pick(f"{name}/before", (True, False)):
            figure = draft.span(value)
            draft.edit("month-thirteen", (figure, "13"))
            form = pick(f"{name}/month", ("{}月底前", "{}月底前完成", "{}月30日前", "{}月"))
            return [form.format(figure)]
        fixed = layout == "cells" and pick("targets/fixed", (True, False)) and "." not in value
        value_text = f"{value}.00" if fixed else value
        percent = ("%", "百分比", "%") if split or layout == "two" else ("%", "%", "%", "％", "百分比")
        unit = pick("targets/percent", percent) if indicator.unit == "%" else indicator.unit
        first, figure = draft.span(before), draft.span(value_text)
        second, last = draft.span(unit), draft.span(after)
        self._spoil_target(name, indicator, (first, figure, second, last), signs, fixed)
        if split:
            return [str(first), str(figure), str(second)]
        if layout == "two":
            return [f"{first}{figure}", str(second)]
        return [f"{first}{figure}{second}{last}"]

    def _spoil_target(
        self, name: str, indicator: Indicator, spans: tuple[Span, Span, Span, Span], signs: Sequence[str], fixed: bool
    ) -> None:
        draft, pick = self.draft, self.dice.pick
        first, figure, unit, last = spans
        zeros = ".00" if fixed else ""
        tag = indicator.tag
        if tag == "month":
            draft.edit("month-thirteen", (figure, f"13{zeros}"))
        if tag in ("completion", "good", "satisfaction"):
            thing = pick(f"{name}/thing", ("台", "个", "平方米", "户", "份", "公里"))
            draft.edit("rate-in-things", (unit, thing))
            high = pick(f"{name}/high", ("105", "110", "120", "150"))
            if tag != "completion":
                draft.edit("over-hundred", (figure, f"{high}{zeros}"))
        if tag == "completion":
            draft.edit("completion-zero", (figure, f"0{zeros}"))
        if tag in ("completion", "satisfaction"):
            draft.edit("rate-without-unit", (unit, ""))
        turned = {"satisfaction": ("satisfaction-at-most", signs[1]), "bad": ("bad-rate-at-least", signs[0])}
        if tag in turned and (first.text or last.text):
            kind, sign = turned[tag]
            if last.text:
                draft.edit(kind, (last, _TURNED[last.text]), (first, ""))
            else:
                draft.edit(kind, (first, sign if first.text in signs else _TURNED[first.text]))

    # Procurement, assets, glossary, other matters.

    def _procurement(self, level: int) -> Heading:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        heading = self._heading(
            level,
            "procurement",
            (
                "政府采购预算情况",
                "政府采购安排情况",
                "关于政府采购的说明",
                "政府采购情况说明",
                "政府采购情况的说明",
                "政府采购预算安排情况",
            ),
        )
        places = max(plan.decimals, 2)
        if not plan.purchases:
            words = (
                f"{self.year()}年，{plan.me}安排政府采购预算{self.amount(ZERO)}。",
                f"{plan.me}{self.year()}年无政府采购预算。空表列示。",
            )
            draft.paragraph(pick("procurement/none", words))
            if dice.chance("procurement/empty", 0.4):
                empty = [[""] * 8, [""] * 8]
                draft.table(
                    [
                        ["采购项目", "采购品目", "目录序号", "计量单位", "数量", "单价", "合计", "备注"],
                        ["合计", *[""] * 7],
                        *empty,
                    ]
                )
            return heading
        total = self.amount(plan.procurement, decimals=places)
        self.same["procurement-text-table/total"].append(total.figure)
        lead = pick(
            "procurement/lead",
            (
                "{y}年，{me}安排政府采购预算{t}",
                "{me}{y}年政府采购预算{t}",
                "{y}年{me}政府采购预算总额{t}",
                "{y}年度政府采购支出预算合计{t}",
                "{y}年编列政府采购预算{t}",
                "{y}年{me}纳入政府采购范围的支出{t}",
                "{me}{y}年政府采购规模为{t}",
                "{y}年计划实施政府采购{t}",
                "{y}年政府采购计划金额{t}",
            ),
        ).format(y=self.year(), t=total, me=plan.me)
        text = lead
        if dice.chance("procurement/classes", 0.4):
            kinds = (("A", "货物"), ("B", "工程"), ("C", "服务"))
            pieces, figures = [], []
            form = pick("procurement/class", ("政府采购{}预算{}", "{}类{}", "采购{}{}", "{}类采购预算{}"))
            for letter, word in kinds:
                money = sum((each.amount for each in plan.purchases if each.code[0] == letter), ZERO)
                if money or dice.chance("procurement/class/zero", 0.7):
                    part = self.amount(money, decimals=places)
                    figures.append(part.figure)
                    pieces.append(form.format(word, part))
                    self.same[f"procurement-class-table/{letter}"].append(part.figure)
            draft.sum("procurement-classes", total.figure, figures)
            text += (
                f"，{pick('procurement/class/start', ('其中：', '其中，', '其中', '按类别分，'))}{'、'.join(pieces)}"
            )
        see = pick("procurement/see", ("具体内容见下表。", "详见下表。", "明细附后。", ""))
        draft.paragraph(f"{text}。{see}")
        self._procurement_table(places)
        return heading

    def _procurement_table(self, places: int) -> None:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        wide = pick("procurement/table", ("wide", "wide", "wide", "narrow")) == "wide"
        funds = ["一般公共预算拨款", "基金预算拨款", "国有资本经营预算拨款", "财政专户核拨", "其他来源收入"]
        caption = draft.span(plan.organization)
        residue = pick("procurement/residue", ("***", "×××", "XX单位", f"***{plan.place}***"))
        draft.edit("template-residue", (caption, residue), at=(caption,))
        unit = pick("procurement/unit", ("万元", "万元", "万元", "元"))
        top = [f"{pick('procurement/code', ('', '[207]', '312', '[913]'))}{caption}", f"单位：{unit}"]
        rows: list[list[str]] = [top] if dice.chance("procurement/caption", 0.8) else []
        if not rows:
            draft.plain(f"部门政府采购预算　　单位：{unit}")
        if wide:
            budget = pick("procurement/budget", ("政府采购金额（当年部门预算安排资金）", "政府采购金额"))
            measure = pick("procurement/measure", ("计量单位", "计量  单位", "计量\n单位"))
            names = ["政府采购项目来源", "采购物品名称", "政府采购目录序号", measure, "数量", "单价", budget]
            rows += [names, ["项目名称", "预算资金", "", "", "", "", "", "合计", *funds]]
        else:
            rows.append(["采购项目", "采购品目", "品目编码", "计量单位", "数量", "单价", "金额"])

        def money(value: Decimal, empty_zero: bool = True) -> str:
            return self.cell(value, places, unit, empty_zero)

        drops: dict[int, int] = {}
        body: list[list[str]] = []
        amounts: list[Span] = []
        columns: defaultdict[int, list[Span]] = defaultdict(list)
        sums: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
        twins: list[tuple[Span, Span, Purchase]] = []
        classes: defaultdict[str, list[Span]] = defaultdict(list)
        for number, each in enumerate(plan.purchases):
            quantity = draft.span(
                f"{each.quantity}.00" if dice.chance("procurement/quantity", 0.3) else str(each.quantity)
            )
            price, amount = money(each.price), money(each.amount)
            price_span, amount_span = self.figure_of(price), self.figure_of(amount)
            assert price_span
            assert amount_span
            self._relate_product(quantity, price_span, amount_span)
            amounts.append(amount_span)
            classes[each.code[0]].append(amount_span)
            item, code = draft.span(each.item), draft.span(each.code)
            twins.append((item, code, each))
            code_text = f"[{code}]" if dice.chance("procurement/brackets", 0.2) else str(code)
            if not wide:
                body.append([each.project, str(item), code_text, each.measure, str(quantity), price, amount])
                continue
            split = [each.amount, ZERO, ZERO, ZERO, ZERO]
            if each.amount >= 1 and dice.chance(f"purchase/{number}/split", 0.3):
                other = (each.amount * Decimal(dice.between(f"purchase/{number}/share", 1, 7)) / 10).quantize(
                    Decimal("0.01")
                )
                split[pick(f"purchase/{number}/fund", (1, 4))] = other
                split[0] -= other
            cells = [money(part) for part in split]
            parts = [span for cell in cells if (span := self.figure_of(cell))]
            draft.sum("procurement-sources", amount_span, parts)
            for column, cell in enumerate(cells):
                if span := self.figure_of(cell):
                    columns[column].append(span)
                sums[column] += split[column]
            owner = money(each.money)
            if each.project_index is not None and (span := self.figure_of(owner)):
                self.same[f"project-text-table/{each.project_index}"].append(span)
            elif span := self.figure_of(owner):
                self.same["routine-operating/routine"].append(span)
            row = [each.project, owner, str(item), code_text, each.measure, str(quantity), price, amount, *cells]
            body.append(row)
        total = money(plan.procurement)
        total_span = self.figure_of(total)
        assert total_span
        draft.sum("procurement-total", total_span, amounts)
        self.same["procurement-text-table/total"].append(total_span)
        label = pick("procurement/total", ("合　计", "合计", f"{plan.short}小计", "总计"))
        if wide:
            last = [money(sums[column]) for column in range(5)]
            row = [label, *[""] * 6, total, *last]
            draft.sum("procurement-sources", total_span, [span for cell in last if (span := self.figure_of(cell))])
            for column, cell in enumerate(last):
                if span := self.figure_of(cell):
                    draft.sum("procurement-total", span, columns[column])
        else:
            row = [label, *[""] * 5, total]
        for letter, spans in classes.items():
            for text_span in self.same.get(f"procurement-class-table/{letter}", []):
                draft.sum("procurement-class-table", text_span, spans)
        head = len(rows)
        first = dice.chance("procurement/first", 0.65)
        rows += [row, *body] if first else [*body, row]
        if wide:
            drops = {head + first + number: pick(f"purchase/{number}/lost", (2, 3, 4)) for number in range(len(body))}
        starts = draft.table(rows, drops)
        for at in range(1, len(twins)):
            one, other_twin = twins[at - 1], twins[at]
            same = (one[2].quantity, one[2].price, one[2].project, one[2].measure)
            if same == (other_twin[2].quantity, other_twin[2].price, other_twin[2].project, other_twin[2].measure):
                changes = ((other_twin[0], one[0].text), (other_twin[1], one[1].text))
                place = head + first + at
                draft.edit("procurement-row-twice", *changes, at=(starts[place], starts[place - 1]))

    def _relate_product(self, quantity: Span, price: Span, amount: Span) -> None:
        def holds() -> bool:
            return quantity.number() * price.number() == amount.number()

        self.draft.relate("procurement-amount", (quantity, price, amount), holds)

    def _assets(self, level: int) -> Heading:
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        heading = self._heading(
            level,
            "assets",
            (
                "国有资产信息",
                "国有资产占有使用情况",
                "国有资产占用情况说明",
                "国有资产信息公示",
                "国有资产情况",
                "固定资产占用情况",
                "国有资产占有情况",
            ),
        )
        places = max(plan.decimals, 2) if dice.chance("assets/exact", 0.6) else plan.decimals
        scale = 10**places

        def value(name: str, low: int, high: int, probability: float = 1.0) -> Decimal:
            if not dice.chance(f"assets/{name}/any", probability):
                return ZERO
            return Decimal(dice.between(f"assets/{name}", low * scale, high * scale)).scaleb(-places)

        house, cars, gear = value("house", 60, 9000, 0.85), value("cars", 9, 300, 0.85), value("gear", 25, 900, 0.4)
        other = value("other", 20, 1800)
        office = (house * Decimal(dice.between("assets/office", 3, 10)) / 10).quantize(Decimal(1).scaleb(-places))
        total = house + cars + gear + other
        area = dice.between("assets/area", 200, 18000)
        count, machines = dice.between("assets/count", 1, 26), dice.between("assets/machines", 1, 9)
        amount = self.amount(total, decimals=places)
        self.same["assets-text-table/total"].append(amount.figure)
        year = plan.year
        lead = pick(
            "assets/lead",
            (
                "{me}上年末固定资产金额为{t}",
                "截至{b}年12月31日，{me}固定资产金额{t}",
                "截至{b}年末，{me}固定资产总额{t}",
                "上年末固定资产总金额为{t}（详见下表）",
                "{b}年末{me}占有使用固定资产{t}",
                "截至{b}年底，{me}固定资产账面原值{t}",
                "{me}{b}年末共有固定资产{t}",
                "截止{b}年12月31日，{me}占用固定资产总值{t}",
            ),
        ).format(me=plan.me, t=amount, b=year - 1)
        parts: list[str] = []
        vehicles = self.draft.span(str(count))
        if cars and dice.chance("assets/parts", 0.35):
            parts.append(f"其中车辆{vehicles}辆")
            self.same["assets-text-count/cars"].append(vehicles)
            if house:
                part = self.amount(house, decimals=places)
                parts.append(f"房屋{area}平方米，价值{part}")
                self.same["assets-text-table/house"].append(part.figure)
        text = "，".join([lead, *parts])
        draft.paragraph(
            f"{text}{pick('assets/join', ('，', '；', '。'))}{self._planned()}"
            f"{pick('assets/see', ('详见下表。', '', '占用情况如下。'))}"
        )
        form = pick("assets/table", ("three", "three", "two"))
        caption = pick(
            "assets/caption", ("固定资产占用情况表", f"{plan.short}固定资产占用情况表", "部门固定资产占用情况表")
        )
        table: list[list[str]] = []
        unit = pick("assets/unit", ("万元",) * 7 + ("元",))
        until = f"截止时间：{year - 1}年12月31日"
        if dice.chance("assets/inside", 0.6):
            table += [[caption], [f"编制部门：{plan.organization}", until]]
        else:
            draft.plain(caption)
            draft.plain(f"编制部门：{plan.organization}               {until}")
        priced = pick("assets/price", ("价值（金额单位：{}）", "价值（单位：{}）", "价值（{}）")).format(unit)
        dash = pick("assets/dash", ("——", "--", "－－", "—", ""))
        table.append([pick("assets/name", ("项目", "项   目", "项　　目")), "数量", priced])
        figures: list[Span] = []

        def row(label: str, number: str, money: Decimal, key: str = "") -> list[str]:
            text = self.cell(money, places, unit, empty_zero=dice.chance("assets/empty", 0.6))
            if figure := self.figure_of(text):
                if key != "inside":
                    figures.append(figure)
                if key and key != "inside":
                    self.same[f"assets-text-table/{key}"].append(figure)
            return [label, number, text]

        start = len(table)
        whole = row(pick("assets/total", ("资产总额", "固定资产总额", "合计")), dash, total, "total")
        whole_span = figures.pop()
        own_count = draft.span(str(count))
        if cars:
            self.same["assets-text-count/cars"].append(own_count)
        size = f"{area:,}.00" if dice.chance("assets/long", 0.3) else str(area)
        limit = pick("assets/limit", ("20", "50", "100"))
        indent = pick("assets/indent", ("", "", "  "))
        house_row = row(f"{indent}1、房屋（平方米）", size if house else "", house, "house")
        office_row = row("其中：办公用房（平方米）", str(area * 2 // 3) if office else "", office, "inside")
        if (inner := self.figure_of(office_row[2])) and (outer := self.figure_of(house_row[2])):
            draft.at_most("parts-within", [inner], outer)
        rest = [
            row(f"{indent}2、车辆（台、辆）", str(own_count) if cars else "", cars),
            row(f"{indent}3、单价在{limit}万元以上的设备", str(machines) if gear else dash, gear),
        ]
        if gear and dice.chance("assets/among", 0.3):
            rest.append(
                row(f"   其中：单价{limit}万元（含）以上的通用设备", "1", gear / 2 if gear % 2 == 0 else gear, "inside")
            )
        rest.append(row(f"{indent}4、其他固定资产", "" if form == "two" else dash, other))
        rows = [house_row, office_row, *rest]
        draft.sum("assets-total", whole_span, figures)
        drops = {start + 1: 1} if not house else None
        draft.table([*table, whole, *rows] if dice.chance("assets/first", 0.85) else [*table, *rows, whole], drops)
        return heading

    def _planned(self) -> str:
        """The sentence of planned purchases."""
        plan, dice, draft, pick = self.plan, self.dice, self.draft, self.dice.pick
        goods = sum((each.amount for each in plan.purchases if each.code[0] == "A"), ZERO)
        places = max(plan.decimals, 2)
        form = pick("assets/purchases", ("procurement", "procurement", "plain", "plain", "none"))
        if form == "procurement" and not goods:
            form = "plain"
        year = pick("assets/this", (f"{self.year()}年", "本年度"))
        if form == "none":
            nothing = (
                f"{year}无购置固定资产计划。",
                f"{year}拟购置固定资产{self.amount(ZERO)}。",
                f"{year}未安排购置车辆和大型设备。",
            )
            return pick("assets/nothing", nothing)
        share = Decimal(dice.between("assets/share", 3, 10)) / 10
        money = (goods * share).quantize(Decimal("0.01")) if form == "procurement" else self._small()
        amount = self.amount(money, decimals=places)
        things = "、".join([each.item for each in plan.purchases if each.code[0] == "A"][:3]) or "办公家具、计算机"
        span = draft.span(things)
        draft.edit("template-residue", (span, pick("assets/residue", ("***", "XXX、XXX", "____"))))
        words = pick("assets/words", ("拟购置固定资产总额为{}", "计划购置固定资产{}", "拟购置固定资产{}")).format(
            amount
        )
        which = pick("assets/which", ("，主要为{}等", "，主要是{}", "，包括{}等")).format(span)
        if form == "plain":
            return f"{year}{words}{which}。"
        self.covered.append(amount.figure)
        listed = pick(
            "assets/listed",
            ("已列入政府采购预算", "均已列入政府采购预算", "全部编入政府采购预算", "已在政府采购预算中列明"),
        )
        where = pick("assets/where", ("", "", "，详见政府采购预算表"))
        return f"{year}{words}{which}，{listed}{where}。"

    def _small(self) -> Decimal:
        return self.plan.some_money(self.dice, "assets/small", 1, 20)

    def _glossary(self, level: int) -> Heading:
        dice, draft, pick = self.dice, self.draft, self.dice.pick
        heading = self._heading(
            level,
            "glossary",
            ("名词解释", "专业名词解释", "名词解释", "相关名词解释", "有关名词说明", "专业性较强的名词解释"),
        )
        style = pick("glossary/style", ("{n}、", "{n}.", "（{c}）", "{c}、", ""))
        if style in self.styles[:2]:
            style = "{n}、" if "{n}、" not in self.styles[:2] else "{n}."
        terms = dice.sample("glossary", _TERMS, dice.between("glossary/count", 5, 12))
        for number, (term, texts) in enumerate(terms, 1):
            draft.paragraph(f"{_ordinal(style, number)}{term}：{pick(f'glossary/{term}', texts)}。")
        return heading

    def _other(self, level: int) -> None:
        if not self.dice.chance("other", 0.7):
            return
        self._heading(level, "other", ("其他需要说明的事项", "其他重要事项的情况说明", "其他说明事项"))
        words = (
            f"{self.plan.me}无其他需要说明的事项。",
            f"{self.plan.me}{self.plan.year}年没有政府性基金和国有资本经营预算需要另行说明。",
            "无。",
        )
        self.draft.paragraph(
            self.dice.pick("other/words", words[:1] if any(a for s, a in self.plan.sources if s in (1, 2)) else words)
        )


@frozen
class Indicator:
    """A target of a project. `operator` is ge, le, eq or is (words); `tag` says what can be wrong with it."""

    level1: str
    level2: str
    name: str
    description: str
    operator: str
    value: str
    unit: str
    basis: str
    tag: str = ""


_AT_LEAST: Final = (
    ("", "以上"),
    ("不低于", ""),
    ("不少于", ""),
    ("大于等于", ""),
    ("", "及以上"),
    ("达到", ""),
    ("", "（含）以上"),
    ("超过", ""),
)
_AT_MOST: Final = (
    ("", "以内"),
    ("不超过", ""),
    ("不高于", ""),
    ("小于等于", ""),
    ("", "以下"),
    ("控制在", "以内"),
    ("低于", ""),
    ("", "及以下"),
)
_TURNED: Final = {
    "不低于": "不高于",
    "不少于": "不超过",
    "大于等于": "小于等于",
    "达到": "不超过",
    "超过": "低于",
    "不超过": "不低于",
    "不高于": "不低于",
    "小于等于": "大于等于",
    "低于": "高于",
    "以上": "以下",
    "及以上": "及以下",
    "（含）以上": "（含）以下",
    "以内": "以上",
    "以下": "以上",
    "及以下": "及以上",
}


def _written(seed: int, forced: Mapping[str, object]) -> Draft:
    dice = Dice(seed, forced)
    draft = Draft(dice)
    Writer(Plan(dice), draft).report()
    draft.forget_the_unwritten()
    return draft


def main() -> None:
    parser = argparse.ArgumentParser(description="Print an invented report, or one with a planted fault.")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another report")
    parser.add_argument("--fault", choices=FAULTS, help="plant a fault of this kind; where is told on stderr")
    arguments = parser.parse_args()
    report = faulty(arguments.seed, arguments.fault) if arguments.fault else clean(arguments.seed)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text file at run time
    sys.stdout.write(report.text)
    if report.planted:
        print(f"planted {report.planted.kind} at lines {sorted(report.planted.lines)}", file=sys.stderr)


if __name__ == "__main__":
    main()
