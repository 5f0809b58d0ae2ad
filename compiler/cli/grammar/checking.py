"""The command `grammar check`: whether the grammars and the lexicon are sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.grammar.reading import folders_here, read_samples
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, to_its_end
from yusuan.compiler.cli.options import GrammarOptions, grammar_options, lang_option, language_for

if TYPE_CHECKING:
    from yusuan.compiler.language.files import Folder
    from yusuan.compiler.workbench.coverage import Usable
    from yusuan.ir.diagnostics import Locale


@click.command("check", context_settings=HELP)
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    metavar="PATH",
    shell_complete=files,
    help="A corpus (a folder or a file of cases, as in tests/corpus) whose cases shall use everything; repeatable.",
)
@grammar_options
@lang_option
@to_its_end
def check_command(corpora: tuple[str, ...], lang: str | None, **grammar: Any) -> int:
    """Tell whether the grammars and the lexicon are sound, with overlays or without.

    The overlays are those that --grammar names, and those of the project file yusuan.toml in the working directory or
    above it.

    It looks for grammars that do not build or have conflicts, rules and terminals that nothing leads to, patterns
    that keep the engine busy, terminals of equal priority that take the same text, wordings that two entries claim or
    nothing reads, words of a concept that name another one, files without their official term and headings that are
    not called after their file. Each is told with its file and line, and with what to do.

    With --corpus it also looks for rules, alternatives, terminals and entries of the lexicon that no case uses, as
    yusuan grammar coverage tells them; with overlays only for theirs, since the built-in ones have cases of their own.

    \b
    Exit status:
      0  sound
      1  a fault was found, a corpus could not be read, or the output could not be written
      2  wrong usage, or a project file or an overlay cannot be read
    """
    from yusuan.compiler.rendering.safety import visible
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.workbench.rendering.coverage import describe
    from yusuan.compiler.workbench.soundness import find_faults
    from yusuan.compiler.workspace.output import write_standard_output

    language = language_for(lang)
    said = words(language)
    folders = folders_here(GrammarOptions(**grammar))
    faults = find_faults(folders)
    lines = [f"{fault.place}: {said.say(f'grammar.check.{fault.name}', **fault.values)}" for fault in faults]
    all_read = True
    # What cannot be built uses nothing, and what is busy for ever does not tell.
    if corpora and not any(fault.name in ("broken", "busy") for fault in faults):
        unused, all_read = _unused(corpora, folders, language)
        lines += [f"{one.place}: {said.say('grammar.check.unused', what=describe(one, said))}" for one in unused]
    is_sound = all_read and not lines
    if is_sound:
        lines.append(said.say("grammar.check.sound"))
    elif lines:
        lines.append(said.say("grammar.check.faults", number=len(lines)))
    write_standard_output([visible(line) + "\n" for line in lines])
    return DONE if is_sound else FAILED


def _unused(corpora: Iterable[str], folders: Sequence[Folder], language: Locale) -> tuple[list[Usable], bool]:
    """What no case of some corpora uses, of the overlays where there are any, and whether all could be read.

    Of corpora that were not read there is nothing to tell.
    """
    from yusuan.compiler.language.loader import load
    from yusuan.compiler.workbench.coverage import measure

    samples = read_samples(corpora, language)
    if not samples.all_read:
        return [], False
    coverage = measure(load(folders), samples.texts, samples.clauses)
    wanted = {file.shown for folder in folders[1:] or folders for file in folder.files}
    return [one for one in coverage.members() if one.use is None and one.file in wanted], True
