"""The command `explain`: the pages of the codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from yusuan.compiler.cli.completion import codes
from yusuan.compiler.cli.messages import DONE, HELP, to_its_end
from yusuan.compiler.cli.options import lang_option, language_for

if TYPE_CHECKING:
    from yusuan.ir.diagnostics import Locale


@click.command("explain", context_settings=HELP)
@click.argument("names", nargs=-1, metavar="[CODE]...", shell_complete=codes)
@lang_option
@to_its_end
def explain_command(names: tuple[str, ...], lang: str | None) -> int:
    """Print what diagnostics mean and what to do about them.

    CODE is a code (BD503) or a name (change-does-not-reconcile), in any case. The beginning of codes (BD5)
    lists those that start so, with severity, name and summary; without a CODE all are listed.

    \b
    Exit status:
      0  done
      1  the output could not be written
      2  an unknown code
    """
    from yusuan.compiler.workspace.output import write_standard_output

    write_standard_output(_answers(names or ("BD",), language_for(lang)))
    return DONE


def _answers(names: Iterable[str], language: Locale) -> list[str]:
    """The page of each code, the list of each beginning of codes, an empty line between."""
    from yusuan.compiler.workspace.selection import SelectionError, selector
    from yusuan.ir.diagnostics.codes import CODES

    try:
        found = [selector(name) for name in names]
    except SelectionError as error:
        raise click.UsageError(str(error)) from error
    answers = (CODES[one].page(language) if one in CODES else _list(one, language) for one in found)
    return ["\n".join(answer.rstrip("\n") + "\n" for answer in answers)]


def _list(start: str, language: Locale) -> str:
    from yusuan.compiler.rendering.to_text import render_table
    from yusuan.compiler.rendering.words import words
    from yusuan.ir.diagnostics.codes import CODES

    said = words(language)
    rows = []
    for code in CODES.values():
        if code.code.startswith(start):
            severity = said.say(f"severity.{code.severity}") if code.default else said.say("off")
            rows.append([code.code, severity, code.name, code.summary(language)])
    return render_table(rows)
