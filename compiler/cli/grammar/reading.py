"""What the commands `grammar …` on one report share: reading it, the range of lines, writing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from yusuan.compiler.cli.messages import DONE, FAILED, INTERRUPTED, say, say_error
from yusuan.compiler.cli.options import default_language, explicit_language, style_of

if TYPE_CHECKING:
    from yusuan.compiler.files import Input
    from yusuan.ir.diagnostics import Diagnostic, Language
    from yusuan.ir.source import SourceFile

Lines = tuple[int, int]

FILE: Final = click.argument("file", metavar="FILE")

_RANGE: Final = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _parse(_: click.Context, __: click.Parameter, value: str | None) -> Lines | None:
    if value is None:
        return None
    found = _RANGE.fullmatch(value)
    first = int(found["first"]) if found else 0
    last = int(found["last"] or first) if found else 0
    if not 0 < first <= last:
        raise click.BadParameter("write A-B, two line numbers from 1, or a single one.")
    return first, last


def lines_option(text: str, *, required: bool = False) -> Callable[[_Command], _Command]:
    """The option `--lines`, whose value is the first and the last line; absent where it is not given."""
    return click.option("--lines", metavar="A-B", callback=_parse, required=required, help=text)


def work_on(
    file: str, lang: str | None, lines: Lines | None, work: Callable[[SourceFile, Language], Iterable[str]]
) -> int:
    """Read a report and write what some work makes of it; the exit status.

    A report that cannot be read is said in a diagnostic, as `compile` does.

    Raises:
        click.UsageError: the report is a folder, or the lines are not in it.
    """
    from yusuan.compiler.files import STANDARD_INPUT, Input, read_input
    from yusuan.compiler.output import OutputError, write_standard_output
    from yusuan.compiler.tracing.views import last_line
    from yusuan.ir.diagnostics import Diagnostic
    from yusuan.ir.source import SourceFile

    if file != STANDARD_INPUT and os.path.isdir(file):
        raise click.UsageError(f"{file} is a folder; name one report.")
    language = explicit_language(lang) or default_language()
    try:
        item = Input(file, file)
        read = read_input(item)
        if isinstance(read, Diagnostic):
            _say_unreadable(item, read, language)
            return FAILED
        source = SourceFile(file, read.text)
        if lines is not None and lines[1] > last_line(source):
            given = "-".join(map(str, dict.fromkeys(lines)))
            raise click.UsageError(f"--lines {given}: {item.shown} has {last_line(source)} lines.")
        write_standard_output(work(source, language))
    except OutputError as error:
        say_error(str(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _say_unreadable(item: Input, found: Diagnostic, language: Language) -> None:
    from yusuan.compiler.files import STANDARD_INPUT
    from yusuan.compiler.rendering.findings import Findings
    from yusuan.compiler.rendering.to_text import ShortText
    from yusuan.compiler.rendering.words import words
    from yusuan.ir.source import SourceFile

    path = None if item.path == STANDARD_INPUT else item.path
    findings = Findings(path, SourceFile(item.name, ""), (found.localized(language),), compiled=False)
    say(ShortText(words(language), style_of("auto", "stderr")).show(findings), line_end=False)
