"""The command `check`: diagnostics only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.destination import Destination
from yusuan.compiler.cli.messages import HELP, INTERRUPTED
from yusuan.compiler.cli.options import DiagnosticOptions, diagnostic_options
from yusuan.compiler.cli.session import Session

if TYPE_CHECKING:
    from yusuan.compiler.workspace.inputs import Input


@click.command("check", context_settings=HELP)
@click.argument("inputs", nargs=-1, metavar="INPUT...", shell_complete=files)
@click.option("--summary", is_flag=True, help="End with a table: how often each rule holds, is broken, cannot be told.")
@click.option(
    "--html", is_flag=True, help="Write one page for people, with pictures of the pages of a PDF: --diagnostics html."
)
@click.option(
    "-o", "--output", metavar="PATH", shell_complete=files, help="Write to a file: the same as --diagnostics-output."
)
@diagnostic_options
def check_command(inputs: tuple[str, ...], summary: bool, html: bool, output: str | None, **diagnostics: Any) -> int:
    """Check budget disclosures, and write diagnostics only.

    INPUT is a report, a folder of reports, or - for standard input, as for compile.

    \b
    Examples:
      yusuan check report.txt
      yusuan check reports/ --summary
      yusuan check reports/ --select BD5 --ignore BD508
      yusuan check reports/ --diagnostics-output report.sarif
      yusuan check report.pdf --html -o report.html
      yusuan check reports/ --diagnostics json --lang zh | jq .message

    Diagnostics go to standard output, in full unless --diagnostics says otherwise, one input after the other;
    yusuan explain CODE says more of each. A place in a PDF is a page, report.pdf:p8, or a cell of a table on it,
    report.pdf:p8:r7c3; yusuan show draws it. With --summary, json has an object of the kind "rule" for each
    rule at the end, sarif a list in the properties of the run.

    CODE is a code (BD503), the beginning of codes (BD5) or a name (change-does-not-reconcile); options can be
    repeated, or take several with commas between. --select replaces the diagnostics that are reported
    otherwise, --ignore takes away from them; of two that speak of the same diagnostic the longer one decides,
    --ignore where both are equal. --severity changes how gravely those are reported that are selected.

    The same can stand in a project file yusuan.toml, searched in the folder of each input (for - in the
    working directory) and above it; the command line beats it:

    \b
      [diagnostics]
      select = ["BD4", "BD5"]
      ignore = ["text-differs-from-table"]
      [diagnostics.severity]
      BD503 = "error"

    That an input cannot be compiled, or the compiler failed, is always reported.

    \b
    Exit status:
      0  no warning and no error, reported or kept back by --quiet
      1  some, or the output could not be written
      2  wrong usage
    """
    if not inputs:
        raise click.UsageError("no INPUT: name a file, a folder, or - for standard input.")
    options = DiagnosticOptions(**_named(html, output, diagnostics))
    # Warnings always count here, whether they are shown or not.
    session = Session(options, options.output("stdout", form="full"), options.shown(), fail_on="warning")
    try:
        return _check(inputs, session, summary)
    except KeyboardInterrupt:
        return INTERRUPTED


def _named(html: bool, output: str | None, diagnostics: dict[str, Any]) -> dict[str, Any]:
    """The options on diagnostics with what the short ones say.

    Raises:
        click.UsageError: a short one says something else than the long one.
    """
    named = dict(diagnostics)
    for option, name, value in (("--html", "form", "html" if html else None), ("-o", "destination", output)):
        if value is not None and named[name] not in (None, value):
            long = {"form": "--diagnostics", "destination": "--diagnostics-output"}[name]
            raise click.UsageError(f"{option} and {long} say different things.")
        named[name] = value if value is not None else named[name]
    return named


def _check(inputs: Iterable[str], session: Session, summary: bool) -> int:
    def work(expanded: list[Input]) -> int:
        _write(_texts(expanded, session, summary), expanded, session)
        session.conclude()
        return session.status

    return session.run(inputs, work)


def _texts(inputs: Iterable[Input], session: Session, summary: bool) -> Iterator[str]:
    for item in inputs:
        text = session.take(item).text
        if text:
            with session.progress.hidden():
                yield text
    yield session.close(summary=summary)


def _write(texts: Iterable[str], inputs: list[Input], session: Session) -> None:
    from yusuan.compiler.workspace.output import write_standard_output

    if session.options.file is None:
        write_standard_output(texts, at_once=True)
        return
    with Destination(session.options.file, inputs) as destination:
        for text in texts:
            destination.write(text)
        destination.commit()
