"""The command `grammar coverage`: what of the grammars and lexicons some texts use."""

from __future__ import annotations

from typing import Any

import click

from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.grammar.reading import corpus_here, language_here, read_samples
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, to_its_end
from yusuan.compiler.cli.options import GrammarOptions, grammar_options, lang_option, language_for


@click.command("coverage", context_settings=HELP)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=files)
@click.option("--unused", is_flag=True, help="Name each thing that is not used, with its place; json has only these.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="A table for people, or one object a line for programs.",
)
@grammar_options
@lang_option
@to_its_end
def coverage_command(paths: tuple[str, ...], unused: bool, form: str, lang: str | None, **grammar: Any) -> int:
    """Tell which rules, alternatives, terminals and entries of the lexicon are used.

    PATH is a corpus (a folder or a file of cases, as in tests/corpus), a report or a folder of reports; without it
    tests/corpus. Everything is compiled, with all checks, and what matched on the way is counted: a rule and an
    alternative where a tree has it, a terminal where a token of such a tree is one, an entry of the lexicon where
    words were looked up and it is what was found.

    What is not seen: which part of a pattern matched, and which character of a set. A terminal or an entry whose
    pattern has several alternatives counts as used when one of them matched.

    \b
    Examples:
      yusuan grammar coverage --unused
      yusuan grammar coverage reports/ --format json | jq -r 'select(.count == 0) | .name'

    In json an object has the keys kind (rule, alternative, terminal, entry: a key of a lexicon file, value: a text in
    its list), name, of (the rule of an alternative, the key of a text), file, line, count, source and example (the
    shortest text that it matched, and where that comes from; null where it is not used).

    The overlays are those that --grammar names, and those of the project file yusuan.toml in the working directory or
    above it.

    \b
    Exit status:
      0  done, whatever is used
      1  an input could not be read, or the output could not be written
      2  wrong usage
    """
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.workbench.coverage import measure
    from yusuan.compiler.workbench.rendering.coverage import coverage_to_lines, render_coverage
    from yusuan.compiler.workspace.output import write_standard_output

    paths = paths or (str(corpus_here("a corpus or reports")),)
    language = language_for(lang)
    spoken = language_here(GrammarOptions(**grammar))
    samples = read_samples(paths, language)
    coverage = measure(spoken, samples.texts, samples.clauses)
    members = list(coverage.members())
    if form == "json":
        write_standard_output(coverage_to_lines(one for one in members if one.use is None or not unused))
    else:
        write_standard_output(render_coverage(members, words(language), unused=unused))
    return DONE if samples.all_read else FAILED
