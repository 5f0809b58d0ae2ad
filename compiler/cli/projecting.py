"""The command `text`: a report as the text that its lines are counted in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from yusuan.compiler.cli.compilers import Compilers
from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.destination import source_of
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, say, to_its_end
from yusuan.compiler.cli.options import (
    GrammarOptions,
    grammar_options,
    lang_option,
    language_for,
    refuse_folder,
    style_of,
)

if TYPE_CHECKING:
    from yusuan.compiler.workspace.inputs import Input


@click.command("text", context_settings=HELP)
@click.argument("file", metavar="FILE", shell_complete=files)
@click.option(
    "-o", "--output", metavar="PATH", shell_complete=files, help="Write to a file instead of standard output."
)
@grammar_options
@lang_option
def text_command(file: str, output: str | None, lang: str | None, **grammar: Any) -> int:
    """Print a report as text: what every line number speaks of.

    FILE is a report of any form that compile takes, or - for standard input. Of a PDF or another form with
    a layout its text is printed as Apache Tika prints a Word file: a paragraph is a line; each cell of a
    table a TAB and its text, an empty line behind each row and one more behind the table; cells merged over
    columns are one cell, over rows a cell and empty ones. Of a text it is the text itself, in UTF-8.

    Compiled, it says the same as the file, but for pages and for what only layout tells. What of the file
    could not be read is said on standard error.

    \b
    Examples:
      yusuan text report.pdf | less
      yusuan text report.pdf | sed -n 213p
      yusuan text report.pdf -o report.txt

    \b
    Exit status:
      0  done
      1  the report cannot be read, or the output not be written
      2  wrong usage, or a project file or an overlay cannot be used
    """
    return _print_text(file, None if output == "-" else output, lang, GrammarOptions(**grammar))


@to_its_end
def _print_text(file: str, output: str | None, lang: str | None, grammar: GrammarOptions) -> int:
    from yusuan.compiler.rendering.to_text import render_line
    from yusuan.compiler.workspace.compiler import read_input_text
    from yusuan.compiler.workspace.inputs import Input

    refuse_folder(file)
    if output is not None and (os.path.isdir(output) or not os.path.basename(output)):
        raise click.UsageError(f"-o {output}: the text goes to a file, and that names none.")
    language, item = language_for(lang), Input(file, file)
    compilers = Compilers(grammar.project_files())
    compilers.expect([file])
    text, found = read_input_text(item, compilers.of(file))
    for diagnostic in found:
        say(render_line(item.shown, diagnostic.localized(language), style_of("auto", "stderr")))
    if text is None:
        return FAILED
    _write(text, output, item)
    return DONE


def _write(text: str, output: str | None, item: Input) -> None:
    from yusuan.compiler.workspace.output import InputOverwrittenError, StagedFiles, write_standard_output

    if output is None:
        write_standard_output([text])
        return
    try:
        with StagedFiles([source_of(item)]) as files:
            files.write(output, text)
            files.commit()
    except InputOverwrittenError as error:
        raise click.UsageError(f"{error}; nothing was written.") from error
