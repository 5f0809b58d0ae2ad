"""Coverage of the grammar as text for people and as JSON Lines, safe to print.

In JSON every thing that can be used is an object on a line of its own, always with the same keys in the same order:

    kind, name, of, file, line, count, source, example
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.to_json import encodable, to_line
from yusuan.compiler.rendering.to_text import render_table
from yusuan.compiler.rendering.words import Words
from yusuan.compiler.workbench.coverage import Usable


def render_coverage(members: Sequence[Usable], words: Words, *, unused: bool) -> Iterator[str]:
    """A table with a row for each file, and a last one for all.

    Args:
        members: everything that can be used, those of a file together.
        words: in which language.
        unused: whether each thing that is not used is named behind the table.
    """
    files: dict[str, list[Usable]] = {}
    for member in members:
        files.setdefault(member.file, []).append(member)
    head = [words.say(f"coverage.{name}") for name in ("file", "members", "used", "share")]
    rows = [[visible(file), *_figures(of_file)] for file, of_file in files.items()]
    yield render_table([head, *rows, [words.say("coverage.total"), *_figures(members)]], numbers=3)
    if unused:
        missing = [member for member in members if member.use is None]
        yield "\n"
        yield from (f"{visible(f'{one.place}: {describe(one, words)}')}\n" for one in missing)
        if not missing:
            yield words.say("coverage.all_used") + "\n"


def _figures(members: Sequence[Usable]) -> list[str]:
    used = sum(member.use is not None for member in members)
    # Cut off, so that 100 is said of nothing less.
    return [str(len(members)), str(used), str(100 * used // len(members))]


def describe(member: Usable, words: Words) -> str:
    """What something is, as people are told."""
    kind = member.kind
    if kind == "alternative" and not member.name:
        kind = "nothing"
    elif kind == "entry" and not member.of:
        kind = "key"
    return words.say(f"coverage.kind.{kind}", name=member.name, of=member.of)


def coverage_to_lines(members: Iterable[Usable]) -> Iterator[str]:
    """An object for each thing that can be used."""
    for one in members:
        yield to_line(
            {
                "kind": one.kind,
                "name": one.name,
                "of": one.of,
                "file": encodable(one.file),
                "line": one.line,
                "count": one.use.count if one.use else 0,
                "source": encodable(one.use.source) if one.use else None,
                "example": one.use.example if one.use else None,
            }
        )
