"""The frame of a report: title, contents, the order of the sections, and the ways to break it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.generated_reports.assets import assets
from tests.generated_reports.draft import FIRST_MARK, Heading, ordinal_of
from tests.generated_reports.glossary import glossary
from tests.generated_reports.marks import Span
from tests.generated_reports.operating import operating
from tests.generated_reports.organization import organization
from tests.generated_reports.overview import overview
from tests.generated_reports.pen import Pen
from tests.generated_reports.performance import performance
from tests.generated_reports.procurement import procurement
from tests.generated_reports.three_public import three_public


def write_report(pen: Pen) -> None:
    """Write all of a report."""
    dice, plan = pen.dice, pen.plan
    _title(pen)
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
    pen.styles = styles
    contents = dice.chance("contents", 0.15)
    place = pen.draft.span("")
    pen.draft.write(place.mark)
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
        "operating": operating,
        "public": three_public,
        "performance": performance,
        "procurement": procurement,
        "assets": assets,
    }
    year = str(plan.year)
    sections: list[tuple[str, Span, Heading]] = []
    if grouped:
        organization(pen, 1, year)
        pen.heading(
            1, "part", ("部门预算情况说明", "预算收支及其他情况说明", f"{year}年部门预算情况说明", "预算安排情况")
        )
        overview(pen, 2)
        sections += [_section(pen, name, 2, writers[name]) for name in order]
        sections.append(_section(pen, "glossary", 1, glossary))
    else:
        organization(pen, 1, year)
        overview(pen, 1)
        sections += [_section(pen, name, 1, writers[name]) for name in order]
        early = dice.chance("skeleton/glossary", 0.2)
        if early:
            _other(pen, 1)
        sections.append(_section(pen, "glossary", 1, glossary))
        if not early:
            _other(pen, 1)
    pen.draft.write(dice.pick("layout/end", ("", " \n", "\n", "\n\n")))
    if contents:
        place.text = _contents(pen)
    _spoil_headings(pen)
    _spoil_sections(pen, sections)
    _relate_places(pen)


def _section(pen: Pen, name: str, level: int, write: Callable[[Pen, int], Heading]) -> tuple[str, Span, Heading]:
    heading: list[Heading] = []
    span = pen.draft.section(lambda: heading.append(write(pen, level)))
    return name, span, heading[0]


def _spoil_headings(pen: Pen) -> None:
    """Ways to break a run of headings: skip a number, repeat one, write one in another style."""
    for heading in pen.draft.headings:
        following = heading.siblings[heading.number - 1 :]
        before = heading.siblings[heading.number - 2] if heading.number > 1 else None
        if not before or len(heading.siblings) < 3 or not heading.of_section:
            continue
        at = (heading.ordinal, before.ordinal)
        up = [(each.ordinal, ordinal_of(each.style, each.number + 1)) for each in following]
        down = [(each.ordinal, ordinal_of(each.style, each.number - 1)) for each in following]
        pen.draft.edit("heading-skips", *up, at=at)
        pen.draft.edit("heading-repeats", *down, at=at)
        if len(following) > 1:
            others = {"{c}、": ("{n}、 ", "{n}."), "（{c}）": ("{n}、",), "{n}、": ("（{c}）",), "{n}.": ("{c}、",)}
            for other in others.get(heading.style, ("{n}、",) if "部分" in heading.style else ()):
                if other.strip() in {each.style for each in pen.draft.headings}:
                    continue
                pen.draft.edit("heading-style", (heading.ordinal, ordinal_of(other, heading.number)))


def _spoil_sections(pen: Pen, sections: Sequence[tuple[str, Span, Heading]]) -> None:
    """A section that has to be there is left out with its heading, and those after it are numbered without it."""
    for name, span, heading in sections:
        if name == "performance":
            continue
        following = heading.siblings[heading.number :]
        changes = [(each.ordinal, ordinal_of(each.style, each.number - 1)) for each in following]
        headings = pen.draft.headings
        after = headings[headings.index(following[0]) :] if following else []
        before = heading.siblings[heading.number - 2]
        at = (after[0].ordinal if after else before.ordinal, before.ordinal)
        pen.draft.edit("missing-section", (span, ""), *changes, at=at)


def _relate_places(pen: Pen) -> None:
    """What is said in several places has to be the same there."""
    for kind, spans in pen.same.items():
        pen.draft.same(kind.partition("/")[0], *spans, slack=pen.slack(spans))
    # The procurement section may come after the assets, so this is known only now.
    for purchases in pen.covered:
        for total in pen.same["procurement-text-table/total"]:
            pen.draft.at_most("purchases-over-procurement", [purchases], total)


def _title(pen: Pen) -> None:
    plan, pick, draft = pen.plan, pen.dice.pick, pen.draft
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
    rules = pick("title/rules", ("《地方预决算公开操作规程》", "预算公开的有关规定", "财政部门关于预算公开的统一要求"))
    introductions = (
        f"按照{law}、{rules}，现将{name}{year}年部门预算公开如下：",
        f"根据{law}和{rules}，现将{plan.me}{year}年部门预算有关情况说明如下：",
        f"为便于社会了解和监督，依照{law}，现公布{plan.me}{year}年度部门预算。",
        "",
    )
    if introduction := pick("title/introduction", introductions):
        draft.paragraph(introduction)


def _contents(pen: Pen) -> str:
    """A table of contents, with dots and page numbers."""
    lines = [pen.dice.pick("contents/title", ("目  录", "目录", "目　　录"))]
    for index, heading in enumerate(pen.draft.headings):
        if heading.level == 1:
            number = ordinal_of(heading.style, heading.number)
            title = "".join(
                next(span.text for span in pen.draft.inside(each)) if ord(each) >= FIRST_MARK else each
                for each in heading.title
            )
            lines.append(f"{number}{title}{'.' * 40}{index + 1}")
    return "\n".join(lines) + "\n\n\n"


def _other(pen: Pen, level: int) -> None:
    if not pen.dice.chance("other", 0.7):
        return
    pen.heading(level, "other", ("其他需要说明的事项", "其他重要事项的情况说明", "其他说明事项"))
    words = (
        f"{pen.plan.me}无其他需要说明的事项。",
        f"{pen.plan.me}{pen.plan.year}年没有政府性基金和国有资本经营预算需要另行说明。",
        "无。",
    )
    pen.draft.paragraph(
        pen.dice.pick("other/words", words[:1] if any(a for s, a in pen.plan.sources if s in (1, 2)) else words)
    )
