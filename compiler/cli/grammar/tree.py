"""The command `grammar tree`: the tree of a report."""

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


@click.command("tree", context_settings=HELP)
@FILE
@lines_option("Only what stands on these lines, in what it stands in: A-B, or a single one.")
@click.option("--depth", type=click.IntRange(0), help="No deeper: 0 is the root alone, 1 what stands in it.")
@click.option(
    "--clauses/--no-clauses",
    default=None,
    help="Whether to show what the table grammar and the clause grammars made of tables, sentences, targets and "
    "titles; with --lines they are shown unless you say no.",
)
@format_option("nested objects", "cst")
@grammar_options
@color_option
@lang_option
def tree_command(
    file: str,
    lines: Lines | None,
    depth: int | None,
    clauses: bool | None,
    form: str,
    color: str,
    lang: str | None,
    **grammar: Any,
) -> int:
    """Show the tree that the grammar makes of a report.

    FILE is a report, or - for standard input. Each rule and each token is on a line of its own, what it
    consists of below it, further in; the number in front is that of its first line. What another grammar
    made of a region stands behind the region, below "= " and the name of the grammar.

    \b
    Examples:
      yusuan grammar tree report.txt --depth 2
      yusuan grammar tree report.txt --lines 58

    \b
    Exit status:
      0  done
      1  the report cannot be read, or the output not be written
      2  wrong usage, or a project file or an overlay cannot be used
    """
    with_clauses = clauses if clauses is not None else lines is not None and form != "corpus"

    def work(source: SourceFile, spoken: Language, language: Locale) -> Iterable[str]:
        from yusuan.compiler.rendering.words import words
        from yusuan.compiler.workbench.rendering.to_outline import plain_tree, render_tree, tree_json
        from yusuan.compiler.workbench.tracing.views import view_tree

        root = view_tree(source, spoken, lines, clauses=with_clauses)
        if form == "json":
            return [tree_json(root, depth)]
        if form == "corpus":
            return plain_tree(root, depth)
        return render_tree(root, words(language), style_of(color, "stdout"), depth)

    return work_on(file, lang, lines, GrammarOptions(**grammar), work)
