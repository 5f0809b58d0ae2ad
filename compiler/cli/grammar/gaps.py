"""The command `grammar gaps`: what of many reports the grammar does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from yusuan.compiler.cli.compilers import Compilers
from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.grammar.reading import say_diagnostic
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, to_its_end
from yusuan.compiler.cli.options import GrammarOptions, grammar_options, lang_option, language_for

if TYPE_CHECKING:
    from yusuan.compiler.workbench.gaps import GapSum, GapSums
    from yusuan.compiler.workspace.inputs import Input
    from yusuan.ir.diagnostics import Diagnostic, Locale

KINDS: Final = ("heading", "table", "header", "column", "target", "unit", "direction", "amount")
FORMATS: Final = ("text", "json")
_LIMIT: Final = 20


@click.command("gaps", context_settings=HELP)
@click.argument("inputs", nargs=-1, metavar="INPUT...", shell_complete=files)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Gaps of this kind only; repeatable.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LIMIT,
    show_default=True,
    metavar="N",
    help="Show the first N of each kind; json always has all.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Tables for people, or one object a line for programs.",
)
@grammar_options
@lang_option
@to_its_end
def gaps_command(
    inputs: tuple[str, ...], kinds: tuple[str, ...], limit: int, form: str, lang: str | None, **grammar: Any
) -> int:
    """List what of many reports the grammar does not know, and where it would be added.

    INPUT is a report, a folder of reports, or - for standard input, as for compile.

    \b
    Kinds:
      heading    a section whose heading plays no known role
      table      a table, or a part of one, that became nothing; told by its header
      header     a word in the header of such a table that is no known label
      column     the same in the header of a table that is read: its cells are lost
      target     an indicator's target that is read as text though it holds a number
      unit       what stands where a unit should and is none
      direction  the words between a comparison and its figure that are no verb of change
      amount     money that became no amount: by the words in front of it

    Words are told folded, without blanks and quotation marks, with # for each number and without the name of the
    report's organization, so that reports agree on them. The first are those that most reports have, then those
    that occur most often. A gap is no fault of the report: what is not known is kept as text.

    \b
    Examples:
      yusuan grammar gaps reports/
      yusuan grammar gaps reports/ --kind heading --kind column --limit 50
      yusuan grammar gaps reports/ --format json | jq -r 'select(.documents > 3) | .words'

    In json an object has the keys kind, words, count (how often it occurs), documents (in how many reports),
    example (as its first report has it), file, line and column (where), add_to (the file or folder of the grammar).

    \b
    Exit status:
      0  done, gaps found or none
      1  an input could not be read, or the output could not be written
      2  wrong usage, or a project file or an overlay cannot be used
    """
    from yusuan.compiler.workspace.inputs import find_inputs
    from yusuan.compiler.workspace.output import write_standard_output

    if not inputs:
        raise click.UsageError("no INPUT: name a file, a folder, or - for standard input.")
    try:
        expanded = find_inputs(inputs)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    language = language_for(lang)
    compilers = Compilers(GrammarOptions(**grammar).project_files())
    compilers.expect(item.path for item in expanded)
    sums, all_read = _gaps(expanded, compilers, language)
    wanted = [one for one in sums.ordered() if not kinds or one.gap.kind in kinds]
    write_standard_output(_rendered(wanted, form, language, limit))
    return DONE if all_read else FAILED


def _gaps(inputs: Iterable[Input], compilers: Compilers, language: Locale) -> tuple[GapSums, bool]:
    """The gaps of all inputs, and whether all could be read; one that could not is told at once."""
    from attrs import evolve

    from yusuan.compiler.workbench.gaps import GapSums, find_gaps
    from yusuan.compiler.workspace.compiler import Options, compile_input

    sums, all_read = GapSums(), True
    for item in inputs:
        if item.fault is not None:
            found: tuple[Diagnostic, ...] = (item.fault,)
        else:
            compiler = compilers.of(item.path)
            compilation = compile_input(item, evolve(compiler, options=Options(checks=False)))
            found = tuple(one for one in compilation.diagnostics if one.severity == "error")
            if not found:
                sums.add(item.shown, find_gaps(compilation, compiler.language))
        for diagnostic in found:
            all_read = False
            say_diagnostic(item, diagnostic, language)
    return sums, all_read


def _rendered(sums: list[GapSum], form: str, language: Locale, limit: int) -> Iterator[str]:
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.workbench.rendering.gaps import gaps_to_lines, render_gaps

    return gaps_to_lines(sums) if form == "json" else render_gaps(sums, words(language), limit)
