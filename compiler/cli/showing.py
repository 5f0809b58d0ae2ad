"""The command `show`: pages of a PDF as pictures, with what was found drawn over them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen

from yusuan.compiler.cli.compilers import Compilers
from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.destination import source_of
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, is_terminal, say, say_error, to_its_end
from yusuan.compiler.cli.options import GrammarOptions, grammar_options, lang_option, language_for, refuse_folder

if TYPE_CHECKING:
    from yusuan.compiler.pipeline import Compilation
    from yusuan.compiler.workspace.inputs import Input
    from yusuan.ir.diagnostics import Locale

_STANDARD: Final = "-"
_PLACE: Final = re.compile(
    r"(?P<path>.+?):p(?P<first>[0-9]{1,6})(?:-p?(?P<last>[0-9]{1,6})|:r(?P<row>[0-9]{1,6})c(?P<column>[0-9]{1,6}))?",
    re.DOTALL,
)
_POINTS_TO_THE_INCH: Final = 72


# So `-:p8`, a page of standard input, is no option.
@click.command("show", context_settings={**HELP, "ignore_unknown_options": True})
@click.argument("place", metavar="REPORT[:PAGE]", shell_complete=files)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    shell_complete=files,
    help="Write to a file, or to a folder; - is standard output.",
)
@click.option(
    "--dpi", type=click.IntRange(36, 600), default=144, show_default=True, help="How many dots an inch of the page has."
)
@grammar_options
@lang_option
@to_its_end
def show_command(place: str, output: str | None, dpi: int, lang: str | None, **grammar: Any) -> int:
    """Draw pages of a PDF with what was found on them.

    REPORT is a PDF, or - for standard input. PAGE is a page as a diagnostic names it: p8, or p8:r7c3, whose cell is
    marked then; p8-10 are several. Without PAGE every page is drawn, into the folder that -o names.

    Over the page stand the cells of its tables, merged ones darker, the numbers of rows and columns, and every figure
    that is data, in the colour of the table that has it (words are paler); the legend is below the page. So it is seen
    what was read, and what was not.

    \b
    Examples:
      yusuan show report.pdf:p8
      yusuan show report.pdf:p8:r7c3 -o cell.png
      yusuan show report.pdf:p8-10 -o pages/
      yusuan show report.pdf:p8 -o - | display

    Without -o a page is written into the working directory, and its name, report-p8.png, is printed.

    \b
    Exit status:
      0  done
      1  the report cannot be read, a page not be drawn, or the output not be written
      2  wrong usage, or a project file or an overlay cannot be used
    """
    options = GrammarOptions(**grammar)
    target = _Target.of(place)
    if output == _STANDARD and is_terminal("stdout"):
        raise click.UsageError("a picture is no text for a terminal: name a file with -o.")
    return _show(target, _Files(output), dpi / _POINTS_TO_THE_INCH, options, language_for(lang))


@frozen(slots=True)
class _Target:
    """What is to be drawn.

    Attributes:
        path: the report.
        pages: the first and the last; absent for all.
        cell: row and column of a cell to be marked; absent for none.
    """

    path: str
    pages: tuple[int, int] | None = None
    cell: tuple[int, int] | None = None

    @classmethod
    def of(cls, place: str) -> _Target:
        """What a user names; a file whose own name looks like a place of another is a file."""
        found = None if os.path.exists(place) else _PLACE.fullmatch(place)
        if found is None:
            return cls(place)
        first = int(found["first"])
        last = int(found["last"] or first)
        if not 1 <= first <= last:
            raise click.UsageError(f"{place}: pages count from 1, and the last is not before the first.")
        cell = (int(found["row"]), int(found["column"])) if found["row"] else None
        return cls(found["path"], (first, last), cell)

    def numbers(self, count: int) -> range:
        """The pages to be drawn, of a report that has so many.

        Raises:
            click.UsageError: it has not all of them.
        """
        first, last = self.pages or (1, count)
        if last > count:
            raise click.UsageError(f"{self.path}: there is no p{last}, the last page is p{count}.")
        return range(first, last + 1)


@frozen(slots=True)
class _Files:
    """Where the pictures go.

    Attributes:
        output: as the user says.
    """

    output: str | None

    @property
    def is_folder(self) -> bool:
        return self.output is not None and (self.output.endswith((os.sep, "/")) or os.path.isdir(self.output))

    def check(self, target: _Target) -> None:
        """See to it that there is a place for as many pages as are wanted.

        Raises:
            click.UsageError: there is not.
        """
        if self.output == "":
            raise click.UsageError("-o names no file.")
        if self.output is None and target.pages is None:
            raise click.UsageError(f"name a page ({target.path}:p1), or a folder for all of them with -o.")

    def names(self, stem: str, pages: Sequence[int]) -> list[str]:
        """The file of each page."""
        of_several = self.output is not None and (self.is_folder or len(pages) > 1)
        folder = (self.output or "") if of_several else ""
        if self.output is not None and not of_several:
            return [self.output]
        return [os.path.join(folder, f"{stem}-p{page}.png") for page in pages]


def _show(target: _Target, files: _Files, scale: float, options: GrammarOptions, language: Locale) -> int:
    from yusuan.compiler.readers.pdf.faults import PdfError
    from yusuan.compiler.readers.pdf.reader import PdfReader
    from yusuan.compiler.readers.pdf.shapes import PageOrder
    from yusuan.compiler.readers.pdf.worker import drawing_engine
    from yusuan.compiler.rendering.overlay import Overlays
    from yusuan.compiler.workspace.compiler import compile_data
    from yusuan.compiler.workspace.inputs import expand_inputs, read_bytes, unreadable

    files.check(target)
    refuse_folder(target.path)
    compilers = Compilers(options.project_files())
    compilers.expect([target.path])
    [item] = expand_inputs([target.path]).taken
    try:
        data = read_bytes(item)
    except OSError as error:
        say_error(f"{item.shown}: {unreadable(error).localized(language).message}")
        return FAILED
    if not PdfReader().takes(data):
        say_error(f"{item.shown} is no PDF: only a PDF has pages to be drawn")
        return FAILED
    compilation = compile_data(item, lambda: data, compilers.of(item.path))
    _say_faults(item, compilation, language)
    try:
        sizes = drawing_engine().page_sizes(data)
    except PdfError:
        return FAILED
    pages = target.numbers(len(sizes))
    overlays = Overlays(compilation.document, compilation.source)
    if target.cell and not overlays.has(pages[0], *target.cell):
        row, column = target.cell
        raise click.UsageError(f"{target.path}: there is no cell r{row}c{column} on p{pages[0]}.")

    def pictures() -> Iterator[bytes | None]:
        """The picture of each page; nothing of one that cannot be drawn."""
        for page in pages:
            over = overlays.of(page, sizes[page - 1], target.cell)
            order = PageOrder(page, scale, over.strip, outlines=over.outlines, captions=over.captions)
            try:
                picture = drawing_engine().draw(data, order)
            except PdfError:
                picture = None
            yield picture.png if picture else None

    return _write(item, files, pages, pictures())


def _say_faults(item: Input, compilation: Compilation, language: Locale) -> None:
    """Say why nothing was found, where the report could not be compiled."""
    from yusuan.compiler.rendering.to_text import render_line

    for diagnostic in compilation.diagnostics:
        if diagnostic.severity == "error":
            say(render_line(item.shown, diagnostic.localized(language)))


def _write(item: Input, files: _Files, pages: Sequence[int], pictures: Iterator[bytes | None]) -> int:
    from yusuan.compiler.workspace.output import InputOverwrittenError, StagedFiles, write_standard_output

    if files.output == _STANDARD:
        drawn = [picture for picture in pictures if picture is not None]
        write_standard_output(drawn)
        return DONE if drawn else FAILED
    names = files.names(item.name, pages)
    status = DONE
    written: list[str] = []
    with StagedFiles([source_of(item)]) as staged:
        try:
            for page, name, picture in zip(pages, names, pictures, strict=True):
                if picture is None:
                    say_error(f"{item.shown}:p{page} cannot be drawn")
                    status = FAILED
                    continue
                staged.make_folder(os.path.dirname(name) or os.curdir)
                staged.write(name, picture)
                written.append(name)
            staged.commit()
        except InputOverwrittenError as error:
            raise click.UsageError(f"{error}; nothing was written.") from error
    if files.output is None:
        write_standard_output(f"{name}\n" for name in written)
    return status
