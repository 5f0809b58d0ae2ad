"""The command `compile`: inputs to typed data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import fields_dict, frozen

from yusuan.compiler.cli.compilers import try_built_in
from yusuan.compiler.cli.completion import files, tables
from yusuan.compiler.cli.destination import Destination, source_of
from yusuan.compiler.cli.documents import Documents
from yusuan.compiler.cli.formats import FormatOptions, format_options
from yusuan.compiler.cli.messages import FAILED, HELP, INTERRUPTED, is_terminal, say_error, version_option
from yusuan.compiler.cli.options import DiagnosticOptions, diagnostic_options
from yusuan.compiler.cli.session import Session

if TYPE_CHECKING:
    from yusuan.compiler.workspace.inputs import Input
    from yusuan.emitters.base import Emitter, FolderOnlyError


@frozen(slots=True)
class _Target:
    """Where the output goes, and as what.

    Attributes:
        emitter: the format.
        table: one of the format's tables; absent for its default, or all of them in a folder.
        path: a file, or a folder if `is_folder`; absent for standard output.
    """

    emitter: Emitter
    table: str | None
    path: str | None
    is_folder: bool


# Suffixes that nobody means a folder by.
_FILES: Final = frozenset(
    {".html", ".htm", ".xhtml", ".xml", ".zip", ".xlsx", ".xls", ".docx", ".doc", ".pdf"}
    | {".txt", ".tsv", ".db", ".parquet"}
)


class _CompileCommand(click.Command):
    """Its help ends in the list of formats, which other packages can lengthen."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from yusuan.emitters.registry import emitters

        known = emitters()
        with formatter.section("Formats"):
            formatter.write_dl([(name, emitter.summary) for name, emitter in known.items()])
        for name, emitter in known.items():
            if emitter.tables:
                with formatter.section(f"Tables of {name}"), formatter.indentation():
                    formatter.write_text(", ".join(emitter.tables))
        super().format_epilog(ctx, formatter)


@click.command("compile", cls=_CompileCommand, context_settings=HELP)
@click.argument("inputs", nargs=-1, metavar="INPUT...", shell_complete=files)
@format_options
@click.option(
    "-o", "--output", metavar="PATH", shell_complete=files, help="Write to a file or folder instead of standard output."
)
@click.option(
    "--table",
    metavar="NAME",
    shell_complete=tables,
    help="Write this table (of csv: facts where none is named), or a declared one.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails; write nothing with -o.")
@click.option("--watch", is_flag=True, help="Compile again on every change, and show what it did to the output.")
@diagnostic_options
@version_option
def compile_command(
    inputs: tuple[str, ...],
    output: str | None,
    table: str | None,
    strict: bool,
    fail_fast: bool,
    watch: bool,
    **settings: Any,
) -> int:
    """Compile budget disclosures to typed data.

    INPUT is a report as PDF, Word (.docx, .doc) or plain text (UTF-8, UTF-16 or GB18030), a folder, or - for
    standard input. A folder stands for the .pdf, .docx, .docm, .doc, .wps and .txt files in it and below it,
    sorted by path; what else it holds is counted and named at the end, but for hidden files. A file that is named
    is tried whatever it is called: its content decides. One that is named twice is compiled once.

    \b
    Examples:
      compile report.txt --to csv > facts.csv
      compile report.txt --to csv --table indicators
      compile report.txt --to json -o report.json
      compile reports/ --to csv -o tables/
      compile reports/ --to jsonl | head
      compile - --to json < report.txt
      compile report.txt --to ixbrl --annotate -o report.xhtml
      compile reports/ --to ixbrl --package -o packages/

    Without -o the output goes to standard output: csv writes the table facts, or the one that --table
    names; json one document, or an array of several; jsonl one line for each document. With -o PATH, where
    PATH ends as the format's files do (.csv, .json, .jsonl) and is no folder, it goes to that file. Any
    other PATH is a folder, made if missing: csv writes every table, with the rows of all inputs together,
    and what makes the folder a data package and an xBRL-CSV report (xbrl-csv is the same folder); json one
    file for each input. The other XBRL formats hold the facts, of all inputs in one report, or in a folder
    one report for each input; the taxonomy that they refer to is written by: yusuan taxonomy, and is within
    each report package. Files are written whole or not at all, and an input is never overwritten.

    A document is called as its file, without suffix; below a folder that is given, by its path there (a/x).
    Files of one name that are named themselves are told apart by their folders: a/x.txt and b/x.txt become a_x
    and b_x. Where two inputs would have one name all the same, report.pdf and report.docx for instance,
    --prefer says which of them is taken; without it nothing is compiled. Standard input is called stdin.

    Diagnostics go to standard error, in full where that is a terminal, else one line each, and into what is
    written, there in English whatever the locale, so that it is the same on every machine; --lang changes both.
    A run over several inputs ends in a line with all numbers there, and shows on a terminal how far it is once
    it takes longer than two seconds, unless --quiet is given.
    An input that cannot be compiled stops none of the others. It has its row in the tables documents and
    diagnostics and its document in json, without content; only where every input failed, -o writes nothing.

    Which diagnostics are reported, and how gravely, says a project file yusuan.toml in the folder of an input
    or above it, and the options --select, --ignore and --severity, see: yusuan check --help. That an input
    cannot be compiled is always reported.

    \b
    Exit status:
      0  done
      1  an input failed, or had an error or, with --strict, a warning, or the output could not be written
      2  wrong usage; nothing was written
    """
    from yusuan.emitters.base import FolderOnlyError

    if not inputs:
        raise click.UsageError("no INPUT: name a file, a folder, or - for standard input.")
    of_format = {name: settings.pop(name) for name in fields_dict(FormatOptions)}
    target = _resolve_target(FormatOptions(**of_format).emitter(), output, table)
    options = DiagnosticOptions(**settings)
    _check_apart(target, options.file)
    said = options.output("stderr", form="full" if is_terminal("stderr") else "short")
    fail_on = "warning" if strict else "error"

    def new_session() -> Session:
        # Data on the terminal shows by itself how far it is.
        alone = not watch and (target.path is not None or not is_terminal("stdout"))
        return Session(options, said, options.shown(strict=strict), fail_on, fail_fast, alone)

    try:
        if watch:
            return _watch(inputs, target, new_session)
        return _compile(inputs, target, new_session())
    except FolderOnlyError as error:
        # Of another package's format, which does not say so before.
        raise _no_stream(error) from error
    except KeyboardInterrupt:
        return INTERRUPTED


def _resolve_target(emitter: Emitter, output: str | None, table: str | None) -> _Target:
    """Check all of the usage that can be checked before anything is read."""
    from yusuan.emitters.base import FolderOnlyError, is_folder_only

    path = None if output == "-" else output
    folder_only = is_folder_only(emitter)
    if path is not None and folder_only and path.lower().endswith(emitter.suffix):
        raise click.UsageError(
            f"-o {path}: {emitter.name} is a folder of files; name that, or use --package for one file."
        )
    is_folder = path is not None and not _is_file_of(emitter, path)
    if table is not None:
        _check_table(emitter, is_folder)
    if folder_only and not is_folder:
        raise _no_stream(FolderOnlyError(emitter.name))
    return _Target(emitter, table, path, is_folder)


def _no_stream(error: FolderOnlyError) -> click.UsageError:
    return click.UsageError(f"{error}: name it with -o, or use --package for one file.")


def _is_file_of(emitter: Emitter, path: str) -> bool:
    """Whether the path is that of one file in the format, not of a folder."""
    if not path:
        raise click.UsageError("-o names no file or folder.")
    if os.path.isdir(path) or os.path.basename(path) == "":
        return False
    if path.lower().endswith(emitter.suffix):
        return True
    if os.path.lexists(path):
        raise click.UsageError(f"-o {path} is a file; name a folder, or a file ending in {emitter.suffix}.")
    _check_suffix(emitter, path)
    return False


def _check_suffix(emitter: Emitter, path: str) -> None:
    """A folder `facts.csv` of JSON files is not what anybody wants."""
    from yusuan.emitters.base import is_folder_only
    from yusuan.emitters.registry import emitters

    suffix = os.path.splitext(path)[1].lower()
    packages = {getattr(other, "package_suffix", None) for other in emitters().values()}
    if emitter.suffix in packages and suffix in packages:
        raise click.UsageError(
            f"-o {path} ends in {suffix}; a report package of {emitter.name} ends in {emitter.suffix}."
        )
    if suffix in packages:
        raise click.UsageError(f"-o {path} ends in {suffix}, as report packages do; for one, use --package.")
    if suffix in _FILES or any(suffix == other.suffix for other in emitters().values()):
        hint = "" if is_folder_only(emitter) else f"; a file of {emitter.name} ends in {emitter.suffix}"
        raise click.UsageError(f"-o {path} ends in {suffix} as a file does{hint}. A folder of that name is {path}/.")


def _check_table(emitter: Emitter, is_folder: bool) -> None:
    if not emitter.tables:
        raise click.UsageError(f"--table: the format {emitter.name} has no tables.")
    if is_folder:
        raise click.UsageError("--table names one table, but -o names a folder, which gets every table.")


def _tell_declared(target: _Target, session: Session) -> None:
    """Tell the format which tables the languages of the inputs declare; then it is known whether --table names one.

    Raises:
        click.UsageError: it names none.
    """
    from yusuan.emitters.base import UnknownTableError

    if hasattr(target.emitter, "declared"):
        target.emitter.declared = session.declared
    if target.table is not None:
        try:
            target.emitter.stream((), table=target.table)
        except UnknownTableError as error:
            raise click.UsageError(str(error)) from error


def _check_apart(target: _Target, diagnostics: str | None) -> None:
    """Data and diagnostics do not go into one file."""
    if diagnostics is None or target.path is None:
        return
    if os.path.realpath(diagnostics) == os.path.realpath(target.path):
        raise click.UsageError("-o and --diagnostics-output name the same file.")


def _check_name(folder: str, name: str, diagnostics: str | None) -> None:
    """The same for a file of the output folder, whose name is known when it is written."""
    if diagnostics is None or os.path.basename(diagnostics) != name:
        return
    if os.path.realpath(diagnostics) == os.path.realpath(os.path.join(folder, name)):
        raise click.UsageError(f"--diagnostics-output {diagnostics} is a file of the output; nothing was written.")


def _watch(inputs: tuple[str, ...], target: _Target, new_session: Callable[[], Session]) -> int:
    """Compile to the screen, again and again."""
    from yusuan.compiler.cli.watching import Round, watch
    from yusuan.compiler.language.loader import forget_built_in
    from yusuan.compiler.rendering.words import words
    from yusuan.compiler.workspace.naming import STANDARD_INPUT

    options = new_session().options
    if target.path is not None or options.file is not None or STANDARD_INPUT in inputs:
        raise click.UsageError("--watch shows changes on the screen: it takes no -o, no --diagnostics-output and no -.")

    sessions: list[Session] = []

    def compile_once() -> Round:
        # What stands on disk counts, not what stood there when the process began.
        forget_built_in()
        try_built_in()
        session = new_session()
        sessions[:] = [session]
        pieces: list[str | bytes] = []
        found: list[str] = []

        def work(expanded: list[Input]) -> int:
            _tell_declared(target, session)
            pieces.extend(target.emitter.stream(Documents(expanded, session, found.append), table=target.table))
            return session.status

        session.run(inputs, work)
        output = "".join(piece if isinstance(piece, str) else repr(piece) for piece in pieces)
        return Round(output, "".join([*found, session.close()]))

    def places() -> tuple[str, ...]:
        return (*inputs, *options.grammar, *(place for session in sessions for place in session.settings_files))

    said = options.output("stderr", form="short")
    return watch(compile_once, places, words(said.language), options.style("stdout"))


def _compile(inputs: Iterable[str], target: _Target, session: Session) -> int:
    def work(expanded: list[Input]) -> int:
        _tell_declared(target, session)
        with Destination(session.options.file, expanded) as destination:
            status = _write_all(expanded, target, session, destination)
            destination.write(session.close())
            destination.commit()
        return status

    return session.run(inputs, work)


def _write_all(inputs: list[Input], target: _Target, session: Session, destination: Destination) -> int:
    """Compile the inputs and write them. What went wrong with the output is said here: diagnostics are written
    all the same."""
    from yusuan.compiler.workspace.output import InputOverwrittenError, OutputError

    def report(text: str) -> None:
        if text:
            with session.progress.hidden():
                destination.write(text)

    try:
        _write_what_can_be(Documents(inputs, session, report), target)
    except InputOverwrittenError:
        raise
    except OutputError as error:
        session.conclude(list_failed=True)
        say_error(str(error))
        return FAILED
    session.conclude(list_failed=True)
    return session.status


def _write_what_can_be(documents: Documents, target: _Target) -> None:
    """Write the documents. One that the format fails over is an input that failed, and stops none of the others."""
    from yusuan.compiler.workspace.output import OutputError, write_standard_output
    from yusuan.emitters.base import FolderOnlyError

    while True:
        written: list[int] = []
        try:
            if target.path is None:
                chunks = target.emitter.stream(documents, table=target.table)
                write_standard_output(_counted(chunks, written))
            else:
                _write(documents, target, target.path)
        except (OutputError, FolderOnlyError, click.ClickException):
            raise
        except Exception as error:
            if not documents.blame(error, target.emitter.name):
                raise
            if written:
                raise OutputError("<stdout>", "the output breaks off, since an input failed") from error
        else:
            return


def _counted(chunks: Iterable[str | bytes], written: list[int]) -> Iterator[str | bytes]:
    """The chunks; the length of the first that is not empty is noted."""
    for chunk in chunks:
        if chunk and not written:
            written.append(len(chunk))
        yield chunk


def _write(documents: Documents, target: _Target, path: str) -> None:
    from yusuan.compiler.workspace.output import StagedFiles

    session = documents.session
    with StagedFiles(map(source_of, documents.inputs), folder=path if target.is_folder else None) as files:
        if target.is_folder:
            for name, chunk in target.emitter.package(documents):
                _check_name(path, name, session.options.file)
                files.write(os.path.join(path, name), chunk)
        else:
            files.create(path)
            for chunk in target.emitter.stream(documents, table=target.table):
                files.write(path, chunk)
        if session.documents and not session.stopped:
            files.commit()
            return
    if not session.options.quiet and not session.is_bare:
        session.progress.end()
        say_error(f"{path}: nothing was written, since {_why_not(session)}")


def _why_not(session: Session) -> str:
    return "an input failed" if session.stopped else "no input was compiled"
