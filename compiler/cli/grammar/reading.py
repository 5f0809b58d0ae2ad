"""What the commands `grammar …` share: reading reports and corpora, the range of lines, writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from attrs import frozen

from yusuan.compiler.cli.compilers import Compilers, usable_files
from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.messages import DONE, FAILED, say, say_error, to_its_end
from yusuan.compiler.cli.options import GrammarOptions, language_for, refuse_folder, style_of

if TYPE_CHECKING:
    from yusuan.compiler.language.files import Folder
    from yusuan.compiler.language.loader import Language
    from yusuan.compiler.workspace.inputs import Input
    from yusuan.ir.diagnostics import Diagnostic, Locale
    from yusuan.ir.source import SourceFile

Lines = tuple[int, int]

CORPUS: Final = Path("tests", "corpus")
"""The corpus of a checkout."""

FILE: Final = click.argument("file", metavar="FILE", shell_complete=files)

_RANGE: Final = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _parse(_: click.Context, __: click.Parameter, value: str | None) -> Lines | None:
    if value is None:
        return None
    found = _RANGE.fullmatch(value)
    first = int(found["first"]) if found else 0
    last = int(found["last"] or first) if found else 0
    if not 0 < first <= last:
        raise click.BadParameter("write A-B, two line numbers from 1, or a single one.")
    return first, last


def lines_option(text: str, *, required: bool = False) -> Callable[[_Command], _Command]:
    """The option `--lines`, whose value is the first and the last line; absent where it is not given."""
    return click.option("--lines", metavar="A-B", callback=_parse, required=required, help=text)


def format_option(objects: str, layer: str) -> Callable[[_Command], _Command]:
    """The option `--format`: text, json or corpus.

    Args:
        objects: what json is, for the help.
        layer: the folder below tests/corpus/ that has such cases.
    """
    return click.option(
        "--format",
        "form",
        type=click.Choice(("text", "json", "corpus")),
        default="text",
        help=f"text; json, {objects}; corpus, as a case in tests/corpus/{layer}/ expects it.",
    )


def folders_here(grammar: GrammarOptions) -> list[Folder]:
    """The folders of the language that is spoken in the working directory, the built-in one first.

    Raises:
        UnusableFileError: a project file or an overlay cannot be used.
    """
    from yusuan.compiler.language.files import built_in, overlay

    with usable_files():
        return [built_in(), *map(overlay, _overlays_here(grammar))]


def language_here(grammar: GrammarOptions) -> Language:
    """The language that is spoken in the working directory, tried out.

    Raises:
        UnusableFileError: a project file or an overlay cannot be used.
    """
    from yusuan.compiler.overlays import with_overlays

    with usable_files():
        return with_overlays(_overlays_here(grammar))


def _overlays_here(grammar: GrammarOptions) -> tuple[str, ...]:
    from yusuan.compiler.workspace.naming import STANDARD_INPUT

    return grammar.project_files().for_input(STANDARD_INPUT).overlays


def corpus_here(wanted: str) -> Path:
    """The corpus of the checkout that is the working directory.

    Raises:
        click.UsageError: there is none; the message asks for what is wanted instead.
    """
    if not CORPUS.is_dir():
        raise click.UsageError(f"no PATH, and no {CORPUS} here: name {wanted}.")
    return CORPUS


@to_its_end
def work_on(
    file: str,
    lang: str | None,
    lines: Lines | None,
    grammar: GrammarOptions,
    work: Callable[[SourceFile, Language, Locale], Iterable[str]],
) -> int:
    """Read a report and write what some work makes of it in the language of the report; the exit status.

    A report that cannot be read is said in a diagnostic, as `compile` does.

    Raises:
        click.UsageError: the report is a folder, or the lines are not in it.
        UnusableFileError: a project file or an overlay cannot be used.
    """
    from yusuan.compiler.workbench.tracing.views import last_line
    from yusuan.compiler.workspace.inputs import Input, read_input
    from yusuan.compiler.workspace.output import write_standard_output
    from yusuan.ir.diagnostics import Diagnostic
    from yusuan.ir.source import SourceFile

    refuse_folder(file)
    language = language_for(lang)
    compilers = Compilers(grammar.project_files())
    compilers.expect([file])
    item = Input(file, file)
    read = read_input(item)
    if isinstance(read, Diagnostic):
        _say_unreadable(item, read, language)
        return FAILED
    source = SourceFile(file, read.text)
    if lines is not None and lines[1] > last_line(source):
        given = "-".join(map(str, dict.fromkeys(lines)))
        raise click.UsageError(f"--lines {given}: {item.shown} has {last_line(source)} lines.")
    write_standard_output(work(source, compilers.of(file).language, language))
    return DONE


def _say_unreadable(item: Input, found: Diagnostic, language: Locale) -> None:
    from yusuan.compiler.rendering.findings import Findings
    from yusuan.compiler.rendering.to_text import ShortText
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.workspace.naming import STANDARD_INPUT
    from yusuan.ir.source import SourceFile

    path = None if item.path == STANDARD_INPUT else item.path
    findings = Findings(path, SourceFile(item.name, ""), (found.localized(language),), compiled=False)
    say(ShortText(words(language), style_of("auto", "stderr")).show(findings), line_end=False)


def say_diagnostic(item: Input, diagnostic: Diagnostic, language: Locale) -> None:
    """Say on one line what there is to say of an input."""
    from yusuan.compiler.rendering.to_text import render_line

    say(render_line(item.shown, diagnostic.localized(language)))


@frozen(slots=True)
class Samples:
    """What corpora and reports hold to compile.

    Attributes:
        texts: where each text comes from, and the text.
        clauses: the same of texts for a clause grammar alone, with its name between.
        all_read: whether everything could be read; what could not is told.
    """

    texts: list[tuple[str, str]]
    clauses: list[tuple[str, str, str]]
    all_read: bool


def read_samples(paths: Iterable[str], language: Locale) -> Samples:
    """Read corpora, files of cases and reports; what cannot be read is told at once.

    Raises:
        click.UsageError: standard input is named twice.
    """
    from yusuan.compiler.language.grammars import GRAMMARS
    from yusuan.compiler.workbench.corpus.cases import CorpusFormatError, cases_of, is_corpus
    from yusuan.compiler.workspace.inputs import find_inputs, read_input
    from yusuan.ir.diagnostics import Diagnostic

    texts: list[tuple[str, str]] = []
    clauses: list[tuple[str, str, str]] = []
    all_read = True
    try:
        inputs = find_inputs(paths)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    for item in inputs:
        read = item.fault or read_input(item)
        if isinstance(read, Diagnostic):
            all_read = False
            say_diagnostic(item, read, language)
        elif not is_corpus(read.text):
            texts.append((item.shown, read.text))
        else:
            try:
                cases = [case for case in cases_of(Path(item.path), read.text) if "skip" not in case.attributes]
            except CorpusFormatError as error:
                all_read = False
                say_error(str(error))
                continue
            for case in cases:
                source, grammar = f"{item.shown}:{case.line}", case.attributes.get("grammar")
                if grammar is None:
                    texts.append((source, case.input))
                elif grammar in GRAMMARS:
                    clauses.append((source, grammar, case.input))
                else:
                    all_read = False
                    say_error(f"{source}: there is no grammar {grammar} (there are {', '.join(GRAMMARS)})")
    return Samples(texts, clauses, all_read)
