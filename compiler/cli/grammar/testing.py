"""The command `grammar test`: the cases of a corpus, judged and brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.grammar.reading import corpus_here, language_here
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, say_error, to_its_end
from yusuan.compiler.cli.options import GrammarOptions, grammar_options, lang_option, language_for

if TYPE_CHECKING:
    from yusuan.compiler.rendering.words import Words
    from yusuan.compiler.workbench.corpus.cases import Case
    from yusuan.compiler.workbench.corpus.judging import Judgement


@click.command("test", context_settings=HELP)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=files)
@click.option("--case", "names", multiple=True, metavar="NAME", help="Only the cases of this name; repeatable.")
@click.option("--update", is_flag=True, help="Write down what is printed now as what is expected. Read the difference.")
@grammar_options
@lang_option
@to_its_end
def test_command(paths: tuple[str, ...], names: tuple[str, ...], update: bool, lang: str | None, **grammar: Any) -> int:
    """Compile the cases of a corpus and compare what is printed with what is expected.

    PATH is a folder of cases, as tests/corpus is, or a file in one; without it tests/corpus. The folder that a file
    stands in says what is printed of its inputs: tokens, cst, ir or diagnostics. Shown is each case whose expected part
    differs, as a difference from what is expected to what is printed now.

    A new case is an input without an expected part: it fails until --update has written that. Nothing is written down
    for an input that could not be compiled, unless the case is marked :error.

    The overlays are those that --grammar names, and those of the project file yusuan.toml in the working directory or
    above it.

    \b
    Examples:
      yusuan grammar test
      yusuan grammar test dialect/corpus --grammar dialect
      yusuan grammar test tests/corpus/ir/tables.txt --case subsidies --update

    \b
    Exit status:
      0  all are as expected, or were brought up to date
      1  one is not, or a file could not be read or written
      2  wrong usage, or a project file or an overlay cannot be read
    """
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.workbench.corpus.cases import CorpusFormatError
    from yusuan.compiler.workbench.corpus.judging import judge, rewrite
    from yusuan.compiler.workspace.output import write_standard_output

    said = words(language_for(lang))
    files = list(_files(paths))
    spoken = language_here(GrammarOptions(**grammar))
    wrong = number = 0
    try:
        for file in files:
            fresh: dict[str, str] = {}
            for case in _cases(file, names):
                number += 1
                verdict = judge(case, spoken)
                if verdict.is_right:
                    continue
                write_standard_output([_told(verdict, said, update=update)])
                if update and verdict.can_be_written:
                    fresh[case.name] = verdict.actual
                else:
                    wrong += 1
            if fresh:
                rewrite(file, fresh)
        if names and not number:
            raise click.UsageError(f"no case is called {', '.join(names)}.")
        write_standard_output(
            [said.say(f"grammar.test.{'wrong' if wrong else 'right'}", number=number, wrong=wrong) + "\n"]
        )
    except (CorpusFormatError, UnicodeDecodeError, OSError) as error:
        say_error(str(error))
        return FAILED
    return FAILED if wrong else DONE


def _files(paths: tuple[str, ...]) -> Iterator[Path]:
    """The files of cases that paths stand for.

    Raises:
        click.UsageError: there is no such path, or it is not in the folder of a layer.
    """
    from yusuan.compiler.workbench.corpus.judging import LAYERS, corpus_files

    for path in map(Path, paths) if paths else (corpus_here("a corpus"),):
        if not path.exists():
            raise click.UsageError(f"{path}: no such file or folder.")
        found = [path] if path.is_file() else sorted(path.glob("*.txt")) or list(corpus_files(path))
        if not found:
            raise click.UsageError(f"{path}: no file of cases is in it.")
        for file in found:
            if file.resolve().parent.name not in LAYERS:
                raise click.UsageError(f"{file}: a file of cases stands in a folder {', '.join(LAYERS)}.")
            yield file


def _cases(file: Path, names: tuple[str, ...]) -> Iterator[Case]:
    from yusuan.compiler.language.grammars import GRAMMARS
    from yusuan.compiler.workbench.corpus.cases import CorpusFormatError
    from yusuan.compiler.workbench.corpus.judging import read_cases

    for case in read_cases(file):
        grammar = case.attributes.get("grammar", "report")
        if grammar not in GRAMMARS:
            raise CorpusFormatError(f"{case.path}:{case.line}: {case.name}: there is no grammar {grammar}")
        if "skip" not in case.attributes and (not names or case.name in names):
            yield case


def _told(verdict: Judgement, said: Words, *, update: bool) -> str:
    """What is said of a case that is not as expected."""
    from yusuan.compiler.rendering.safety import visible

    case = verdict.case
    if verdict.fault is not None:
        fault = verdict.fault.localized(said.language)
        words = said.say("grammar.test.fault", code=fault.code, message=fault.message)
    elif verdict.lacks_error:
        words = said.say("grammar.test.lacks_error")
    else:
        words = said.say(f"grammar.test.{'written' if update else 'new' if not case.expected else 'differs'}")
    lines = [f"{case.path}:{case.line}: {case.name}: {words}"]
    if verdict.can_be_written:
        lines += verdict.difference().splitlines()
    return "".join(f"{visible(line)}\n" for line in [*lines, ""])
