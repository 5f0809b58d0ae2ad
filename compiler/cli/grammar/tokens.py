"""The command `grammar tokens`: the block tokens of a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from yusuan.compiler.cli.grammar.reading import FILE, Lines, format_option, lines_option, work_on
from yusuan.compiler.cli.messages import HELP
from yusuan.compiler.cli.options import GrammarOptions, color_option, grammar_options, lang_option, style_of

if TYPE_CHECKING:
    from yusuan.compiler.language.loader import Language
    from yusuan.ir.diagnostics import Locale
    from yusuan.ir.source import SourceFile


@click.command("tokens", context_settings=HELP)
@FILE
@lines_option("Only the tokens of these lines: A-B, or a single one.")
@format_option("an array of objects", "tokens")
@grammar_options
@color_option
@lang_option
def tokens_command(file: str, lines: Lines | None, form: str, color: str, lang: str | None, **grammar: Any) -> int:
    """Show what the lexer and the outline made of each line.

    FILE is a report, or - for standard input. Each token is on a line of its own: the number of its first
    line, its type, in brackets what is known of it, its text. In brackets stands for a heading the style of
    its number, the number and the role; for an item the style and the number; for a cell its mark in the
    table grammar: <identifier> for a known label, # for a number, - for nothing, . for other text.

    \b
    Examples:
      yusuan grammar tokens report.txt
      yusuan grammar tokens report.txt --lines 20-48

    \b
    Exit status:
      0  done
      1  the report cannot be read, or the output not be written
      2  wrong usage, or a project file or an overlay cannot be used
    """

    def work(source: SourceFile, spoken: Language, _: Locale) -> Iterable[str]:
        from yusuan.compiler.workbench.rendering.to_outline import plain_tokens, render_tokens, tokens_json
        from yusuan.compiler.workbench.tracing.views import view_tokens

        views = view_tokens(source, spoken, lines)
        if form == "json":
            return [tokens_json(views)]
        return plain_tokens(views) if form == "corpus" else render_tokens(views, style_of(color, "stdout"))

    return work_on(file, lang, lines, GrammarOptions(**grammar), work)
