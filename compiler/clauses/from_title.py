"""From the first lines to title, organization and fiscal year (`grammar/clauses/title.lark`)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Text
from yusuan.ir.vocabulary import ReportKind, ReportLevel

_LINES: Final = 8
# How many tokens the front matter has at most, a contents page among them.
_FRONT: Final = 160
_LONGEST: Final = 90
_LONGEST_NAME: Final = 30
_SPACE: Final = re.compile(r"\s+")
# How far into the text a year is looked for where the title has none.
_REACH: Final = 20_000


@frozen(slots=True)
class Title:
    """What the title says; each part absent where it does not."""

    title: Text | None
    organization: Text | None
    fiscal_year: int | None
    kind: ReportKind | None = None
    level: ReportLevel | None = None


def lower_title(context: Context, tokens: list[BlockToken]) -> Title:
    """Read the title from the lines in front of the first heading."""
    lines = list(_first_lines(context, tokens))
    kind = context.pattern("title", "KIND")
    titles = [last for last, (start, end) in enumerate(lines) if kind.search(context.source.text, start, end)]
    # A line on final accounts may stand beside the title of a budget.
    budget = context.lexicon.kinds[ReportKind.BUDGET.value]
    of_budget = (
        last for last in titles if budget.search(context.lexicon.fold(context.source.text[slice(*lines[last])]))
    )
    last = next(of_budget, titles[0] if titles else None)
    if last is not None:
        return _read(context, lines[: last + 1], lines[last + 1 : last + 2])
    report = _report_of(context, [context.source.text[start:end] for start, end in lines])
    return Title(None, _named(context), _year_of_text(context), *report)


def _first_lines(context: Context, tokens: list[BlockToken]) -> list[tuple[int, int]]:
    """The contents of the first short lines that are no sentences; the contents page may stand before or among them.

    The lines of the web page that a report stands on are none; they are told.
    """
    lines: list[tuple[int, int]] = []
    found: list[tuple[int, int]] = []
    for token in tokens[:_FRONT]:
        if token.type in ("BLANK", "PAGE_MARK", "CONTENTS"):
            continue
        if token.type not in ("TEXT", "ITEM", "HEADING"):
            break
        start, end = context.classifier.content(context.source.text, token.start, token.end)
        if context.pattern("line", "TRAIL").fullmatch(context.source.text, start, end):
            # What stands above it is the site's.
            found.append((start, end))
            lines.clear()
        elif context.pattern("line", "DETAILS").fullmatch(context.source.text, start, end):
            found.append((start, end))
        elif end - start > _LONGEST or len(lines) == _LINES:
            break
        else:
            lines.append((start, end))
    if found:
        context.diagnostics.append(codes.WEB_PAGE.at(context.span(*found[0]), count=len(found)))
    return lines


def _read(context: Context, lines: list[tuple[int, int]], behind: list[tuple[int, int]]) -> Title:
    source, blanks = context.source.text, context.lexicon.blanks
    start, end = lines[0][0], lines[-1][1]
    parts = [context.lexicon.marks.sub("", source[first:last]).strip(blanks) for first, last in lines]
    title = Text("".join(parts), context.span(start, end))
    tree = context.parse("title", source[start:end], start)
    year: int | None = None
    names: list[tuple[int, int]] = []
    for token in tree.children:
        if token.type == "YEAR":
            # The one next to the budget: 2025年部门决算和2026年部门预算.
            year = context.lexicon.digits(token.value["year"])
        elif token.type == "NAME":
            names.append((start + token.start, start + token.end))
        elif token.type == "KIND":
            break
    organization = _organization(context, names) or _name_behind(context, behind)
    if organization is None or context.lexicon.only_a_place.search(organization.text):
        organization = _named(context) or organization
    report = _report_of(context, [title.text])
    return Title(title, organization, year if year is not None else _year_of_text(context), *report)


def _report_of(context: Context, lines: list[str]) -> tuple[ReportKind | None, ReportLevel | None]:
    """What is reported, and whose report it is, by the first line that says what."""
    lexicon, year = context.lexicon, context.pattern("title", "YEAR")
    for line in lines:
        for kind, words in lexicon.kinds.items():
            found = words.search(folded := lexicon.fold(line))
            if found is None:
                continue
            front = year.sub("", folded[: found.start()])
            levels = (level for level, ending in lexicon.levels.items() if ending.search(front))
            return ReportKind(kind), next(map(ReportLevel, levels), None)
    return None, None


def _organization(context: Context, names: list[tuple[int, int]]) -> Text | None:
    """The name: what stands before the words 部门预算 and is no year."""
    found = [text for first, last in names if (text := context.text(first, last)) is not None]
    name = "".join(_SPACE.sub("", context.lexicon.marks.sub("", text.text)) for text in found)
    if not name.strip(context.lexicon.brackets):
        return None
    return Text(name, context.span(found[0].span.start, found[-1].span.end))


def _name_behind(context: Context, lines: list[tuple[int, int]]) -> Text | None:
    """The name on a short line of its own behind a title that has none."""
    for start, end in lines:
        text = context.text(start, end)
        if text is None or len(text.text) > _LONGEST_NAME or not set(text.text).isdisjoint(context.lexicon.stops):
            return None
        line = context.classifier.classify(context.source.text, start, end)
        if line.rule is None and not line.ordinal:
            return Text(_SPACE.sub("", text.text).strip(context.lexicon.brackets), text.span)
    return None


def _named(context: Context) -> Text | None:
    """The name that captions say, of which year and unit a table is, where they agree: most of them say the same."""
    found = list(context.pattern("line", "NAMED").finditer(context.source.text))
    counts = Counter(context.lexicon.fold(match["name"]) for match in found)
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    if 2 * count <= len(found):
        return None
    first = next(match for match in found if context.lexicon.fold(match["name"]) == name)
    return context.text(*first.span("name"))


def _year_of_text(context: Context) -> int | None:
    """The year that tables are said to be of; else the one that the text speaks of most, years that it compares with
    left out. Said in a diagnostic."""
    text = context.source.text
    found = list(context.pattern("line", "OF_YEAR").finditer(text)) or [
        match
        for match in context.pattern("title", "YEAR").finditer(text, 0, _REACH)
        if not context.pattern("line", "COMPARED").search(text, max(0, match.start() - 3), match.start())
    ]
    if not found:
        return None
    counts = Counter(context.lexicon.digits(match["year"]) for match in found)
    year, _ = counts.most_common(1)[0]
    first = next(match for match in found if context.lexicon.digits(match["year"]) == year)
    context.diagnostics.append(codes.FISCAL_YEAR_INFERRED.at(context.span(first.start(), first.end()), year=year))
    return year
