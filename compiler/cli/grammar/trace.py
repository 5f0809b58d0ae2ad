"""The command `grammar trace`: why lines became what they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from yusuan.compiler.cli.grammar.reading import FILE, Lines, lines_option, work_on
from yusuan.compiler.cli.messages import HELP
from yusuan.compiler.cli.options import GrammarOptions, color_option, grammar_options, lang_option, style_of

if TYPE_CHECKING:
    from yusuan.compiler.language.loader import Language
    from yusuan.ir.diagnostics import Locale
    from yusuan.ir.source import SourceFile


@click.command("trace", context_settings=HELP)
@FILE
@lines_option("These lines: A-B, or a single one.", required=True)
@grammar_options
@color_option
@lang_option
def trace_command(file: str, lines: Lines | None, color: str, lang: str | None, **grammar: Any) -> int:
    """Explain why lines of a report became what they are.

    FILE is a report, or - for standard input. Told are, with the file and line of the grammar where each
    thing stands: for a line of text its number, the heading terminals that take its words, what the outline
    decided; for a row of a table its marks, the terminals that take it, the one that won, the label of each
    cell; for a sentence or a target its tokens, what names its figures, what came out; for what a grammar
    could not read, the token that did not fit and what would have.

    \b
    Examples:
      yusuan grammar trace report.txt --lines 58
      yusuan grammar trace report.txt --lines 92-104 --lang zh

    \b
    Exit status:
      0  done
      1  the report cannot be read, or the output not be written
      2  wrong usage, or a project file or an overlay cannot be used
    """

    def work(source: SourceFile, spoken: Language, language: Locale) -> Iterable[str]:
        from yusuan.compiler.rendering.words import words
        from yusuan.compiler.workbench.rendering.to_outline import render_notes
        from yusuan.compiler.workbench.tracing.trace import trace

        assert lines is not None, "the option is required"
        return render_notes(trace(source, spoken, lines, language), words(language), style_of(color, "stdout"))

    return work_on(file, lang, lines, GrammarOptions(**grammar), work)
