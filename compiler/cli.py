"""The commands `compile` and `yusuan`: arguments, messages, exit statuses.

Only click is imported at the start. What a command needs besides is imported when it runs, so that help and
mistakes are answered at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click
from attrs import define, field, frozen

if TYPE_CHECKING:
    from yusuan.compiler.files import Input
    from yusuan.emitters.base import Emitter
    from yusuan.ir.diagnostics import Diagnostic
    from yusuan.ir.document import Document

DONE: Final = 0
FAILED: Final = 1
INTERRUPTED: Final = 130
TERMINATED: Final = 143

_HELP: Final = {"help_option_names": ["--help", "-h"]}


# --- what a run says ---


@define(slots=True)
class _Session:
    """The messages of one run, and what they come to.

    Attributes:
        quiet: print errors only.
        verbose: print infos too.
        strict: warnings count as errors.
        fail_fast: stop at the first input that failed.
        total: how many inputs there are.
        documents: how many of them were compiled.
        failed: those that failed (with `strict`, those with warnings too), as the user calls them.
        counts: how many diagnostics of each severity there were, printed or not.
    """

    quiet: bool
    verbose: bool
    strict: bool
    fail_fast: bool
    total: int = field(init=False, default=0)
    documents: int = field(init=False, default=0)
    failed: list[str] = field(init=False, factory=list)
    counts: Counter[str] = field(init=False, factory=Counter)

    @property
    def stopped(self) -> bool:
        return self.fail_fast and bool(self.failed)

    @property
    def status(self) -> int:
        return FAILED if self.failed else DONE

    def record(self, path: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Print what there is to say about one input, and remember what it comes to."""
        from yusuan.compiler.render import render_line

        diagnostics = tuple(diagnostics)
        severities = Counter(str(diagnostic.severity) for diagnostic in diagnostics)
        self.counts += severities
        if not severities["error"]:
            self.documents += 1
        if severities["error"] or (self.strict and severities["warning"]):
            self.failed.append(path)
        shown = self._shown()
        lines = [render_line(path, diagnostic) for diagnostic in diagnostics if diagnostic.severity in shown]
        if lines:
            say("\n".join(lines))

    def _shown(self) -> frozenset[str]:
        shown = {"error"}
        if self.strict or not self.quiet:
            shown.add("warning")
        if self.verbose and not self.quiet:
            shown.add("info")
        return frozenset(shown)

    def conclude(self) -> None:
        """Print which of several inputs failed and, on a terminal, what there was in all."""
        from yusuan.compiler.render import visible

        if self.quiet:
            return
        if self.failed and self.total > 1:
            names = ", ".join(visible(path) for path in self.failed)
            say(f"error: {len(self.failed)} of {self.total} inputs failed: {names}")
        if sys.stderr is not None and sys.stderr.isatty():
            say(self._summary())

    def _summary(self) -> str:
        parts = [f"{self.documents} of {_plural(self.total, 'input')} compiled"]
        parts += [_plural(self.counts[severity], severity) for severity in ("error", "warning", "info")]
        hidden = self.counts["info"] and not self.verbose
        return ", ".join(parts) + (" (--verbose shows infos)" if hidden else "")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say(message: str) -> None:
    """Print a message to standard error. That nobody can read it is no reason to fail."""
    try:
        click.echo(message, err=True)
    except (OSError, ValueError):
        # What Python itself does where there is no standard error.
        sys.stderr = None


# --- compile ---


@frozen(slots=True)
class _Target:
    """Where the output goes, and as what.

    Attributes:
        emitter: the format.
        table: one of the format's tables; absent for its default, or all of them in a folder.
        path: a file, or a folder if `is_folder`; absent for standard output.
        prefix: what every file starts with.
    """

    emitter: Emitter
    table: str | None
    path: str | None
    is_folder: bool
    prefix: str


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


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("yusuan")
    except PackageNotFoundError:
        number = "(not installed)"
    click.echo(f"yusuan {number}")
    ctx.exit()


_version_option = click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)


@click.command("compile", cls=_CompileCommand, context_settings=_HELP)
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--to", "format_name", metavar="FORMAT", help="What to write: csv, json, jsonl.")
@click.option("-o", "--output", metavar="PATH", help="Write to a file or folder instead of standard output.")
@click.option("--table", metavar="NAME", help="Write this table (of csv: facts where none is named).")
@click.option("--excel", is_flag=True, help="Start csv with a byte order mark, for spreadsheet programs.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print infos too, not only warnings and errors.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails; write nothing with -o.")
@_version_option
def compile_command(
    inputs: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    table: str | None,
    excel: bool,
    **switches: bool,
) -> int:
    """Compile budget disclosures to typed data.

    INPUT is a report as plain text (UTF-8, UTF-16 or GB18030), a folder, or - for standard input. A folder
    stands for the .txt files in it and below it, sorted by path; hidden files and links to folders are
    passed over. A file that is named twice is compiled once.

    \b
    Examples:
      compile report.txt --to csv > facts.csv
      compile report.txt --to csv --table indicators
      compile report.txt --to json -o report.json
      compile reports/ --to csv -o tables/
      compile reports/ --to jsonl | head
      compile - --to json < report.txt

    Without -o the output goes to standard output: csv writes the table facts, or the one that --table
    names; json one document, or an array of several; jsonl one line for each document. With -o PATH, where
    PATH ends as the format's files do (.csv, .json, .jsonl) and is no folder, it goes to that file. Any
    other PATH is a folder, made if missing: csv writes every table, with the rows of all inputs together;
    json one file for each input. Files are written whole or not at all, and an input is never overwritten.

    A document is called as its file, without suffix. Files of one name are told apart by their folders:
    a/x.txt and b/x.txt become a_x and b_x. Standard input is called stdin.

    Diagnostics go to standard error. An input that cannot be compiled stops none of the others. It has its
    row in the tables documents and diagnostics and its document in json, without content; only where every
    input failed, -o writes nothing.

    \b
    Exit status:
      0  done
      1  an input failed, or had a warning with --strict, or the output could not be written
      2  wrong usage; nothing was written
    """
    if not inputs:
        raise click.UsageError("no INPUT: name a file, a folder, or - for standard input.")
    target = _resolve_target(format_name, output, table, excel)
    session = _Session(**switches)
    try:
        return _compile(inputs, target, session)
    except KeyboardInterrupt:
        return INTERRUPTED


def _resolve_target(format_name: str | None, output: str | None, table: str | None, excel: bool) -> _Target:
    """Check all of the usage that can be checked before anything is read."""
    from yusuan.compiler.output import BYTE_ORDER_MARK

    emitter = _find_emitter(format_name)
    path = None if output == "-" else output
    is_folder = path is not None and not _is_file_of(emitter, path)
    if table is not None:
        _check_table(emitter, table, is_folder)
    if excel and emitter.name != "csv":
        raise click.UsageError(f"--excel is for csv, not for {emitter.name}.")
    return _Target(emitter, table, path, is_folder, BYTE_ORDER_MARK if excel else "")


def _find_emitter(name: str | None) -> Emitter:
    from yusuan.emitters.base import UnknownFormatError
    from yusuan.emitters.registry import BrokenEmitterError, find, names

    if name is None:
        raise click.UsageError(f"no format: name one with --to ({', '.join(names())}).")
    try:
        return find(name)
    except UnknownFormatError as error:
        raise click.UsageError(str(error)) from error
    except BrokenEmitterError as error:
        raise click.ClickException(str(error)) from error


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
    from yusuan.emitters.registry import emitters

    suffix = os.path.splitext(path)[1].lower()
    if any(suffix == other.suffix for other in emitters().values()):
        raise click.UsageError(f"-o {path} ends in {suffix}; a file of {emitter.name} ends in {emitter.suffix}.")


def _check_table(emitter: Emitter, table: str, is_folder: bool) -> None:
    from yusuan.emitters.base import UnknownTableError

    if not emitter.tables:
        raise click.UsageError(f"--table: the format {emitter.name} has no tables.")
    if is_folder:
        raise click.UsageError("--table names one table, but -o names a folder, which gets every table.")
    try:
        emitter.stream((), table=table)
    except UnknownTableError as error:
        raise click.UsageError(str(error)) from error


def _compile(inputs: Iterable[str], target: _Target, session: _Session) -> int:
    from yusuan.compiler.files import expand_inputs
    from yusuan.compiler.output import InputOverwrittenError, OutputError

    try:
        expanded = expand_inputs(inputs)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    session.total = len(expanded)
    try:
        _write(_documents(expanded, session), target, expanded, session)
    except InputOverwrittenError as error:
        raise click.UsageError(f"{error}; nothing was written.") from error
    except OutputError as error:
        session.conclude()
        _say_error(str(error))
        return FAILED
    session.conclude()
    return session.status


def _documents(inputs: Iterable[Input], session: _Session) -> Iterator[Document]:
    """The documents of the inputs, each compiled when it is asked for. A folder that yields none has no
    document."""
    from yusuan.compiler.files import compile_input

    for item in inputs:
        if item.fault is not None:
            session.record(item.shown, [item.fault])
        else:
            compilation = compile_input(item)
            session.record(item.shown, compilation.diagnostics)
            document = compilation.document
            # Nothing of a document is held here while the next one is compiled.
            del compilation
            yield document
            del document
        if session.stopped:
            return


def _write(documents: Iterator[Document], target: _Target, inputs: list[Input], session: _Session) -> None:
    from yusuan.compiler.output import StagedFiles, write_standard_output

    stream = partial(target.emitter.stream, documents, table=target.table)
    if target.path is None:
        write_standard_output(stream(), prefix=target.prefix)
        return
    with StagedFiles(map(_source, inputs), prefix=target.prefix) as files:
        if target.is_folder:
            files.make_folder(target.path)
            for name, chunk in target.emitter.package(documents):
                files.write(os.path.join(target.path, name), chunk)
        else:
            files.create(target.path)
            for chunk in stream():
                files.write(target.path, chunk)
        if session.documents and not session.stopped:
            files.commit()
            return
    if not session.quiet:
        _say_error(f"{target.path}: nothing was written, since {_why_not(session)}")


def _source(item: Input) -> str | int:
    """The file that an input is read from: standard input may be one too."""
    from yusuan.compiler.files import STANDARD_INPUT

    return 0 if item.path == STANDARD_INPUT else item.path


def _why_not(session: _Session) -> str:
    return "an input failed" if session.stopped else "no input was compiled"


def _say_error(message: str) -> None:
    from yusuan.compiler.render import visible

    say(f"error: {visible(message)}")


# --- the commands ---


@click.group("yusuan", context_settings=_HELP)
@_version_option
def main_group() -> None:
    """Compile China's budget disclosures to typed data."""


@main_group.command("schema")
def schema_command() -> int:
    """Print the JSON Schema of the json format."""
    from yusuan.compiler.output import OutputError, write_standard_output
    from yusuan.emitters.schema import schema_text

    try:
        write_standard_output([schema_text()])
    except OutputError as error:
        _say_error(str(error))
        return FAILED
    return DONE


main_group.add_command(compile_command)


def main() -> NoReturn:
    """The command `yusuan`, and `python -m yusuan`."""
    _run(main_group, "yusuan")


def compile_main() -> NoReturn:
    """The command `compile`."""
    _run(compile_command, "compile")


def _run(command: click.Command, name: str) -> NoReturn:
    """Run a command and exit with its status: 2 for wrong usage, 130 where the user interrupts, both without
    a trace."""
    # A process that is told to end cleans up behind itself, as one that is interrupted does.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        status = command.main(prog_name=name, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except OSError as error:
        # Help or version could not be printed; `compile` reports its own.
        from yusuan.compiler.output import abandon_standard_output

        abandon_standard_output()
        say(f"error: {error.strerror or error}")
        status = FAILED
    sys.exit(status)


def _terminate(*_: Any) -> NoReturn:
    sys.exit(TERMINATED)
