"""The command `grammar check`: whether the grammars and the lexicon are sound."""

from __future__ import annotations

import click

from yusuan.compiler.cli.messages import DONE, FAILED, HELP, say_error
from yusuan.compiler.cli.options import default_language, explicit_language, grammar_option, lang_option


@click.command("check", context_settings=HELP)
@grammar_option
@lang_option
def check_command(grammar: tuple[str, ...], lang: str | None) -> int:
    """Tell whether the grammars and the lexicon are sound, with overlays or without.

    It looks for grammars that do not build or have conflicts, rules and terminals that nothing leads to, wordings
    that two entries claim, words of a concept that name another one, files without their official term and headings
    that are not called after their file. Each is told with its file and line, and with what to do.

    \b
    Exit status:
      0  sound
      1  a fault was found, or the output could not be written
      2  wrong usage
    """
    from yusuan.compiler.grammar_files import GrammarFileError, built_in, overlay
    from yusuan.compiler.output import OutputError, write_standard_output
    from yusuan.compiler.rendering.safety import visible
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.soundness import find_faults

    said = words(explicit_language(lang) or default_language())
    try:
        folders = [built_in(), *map(overlay, grammar)]
    except GrammarFileError as error:
        raise click.UsageError(visible(str(error))) from error
    faults = find_faults(folders)
    lines = [f"{fault.place}: {said.say(f'grammar.check.{fault.name}', **fault.values)}" for fault in faults]
    lines.append(said.say("grammar.check.faults" if faults else "grammar.check.sound", number=len(faults)))
    try:
        write_standard_output([visible(line) + "\n" for line in lines])
    except OutputError as error:
        say_error(str(error))
        return FAILED
    return FAILED if faults else DONE
