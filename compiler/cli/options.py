"""The options that commands share: on diagnostics, and on the language that reports are read in."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from attrs import frozen

from yusuan.compiler.cli.completion import codes, files
from yusuan.compiler.cli.debugging import debug_option
from yusuan.compiler.cli.messages import is_terminal, program_version

if TYPE_CHECKING:
    from yusuan.compiler.rendering.findings import Form
    from yusuan.compiler.rendering.style import Style
    from yusuan.compiler.workspace.project_file import ProjectFiles
    from yusuan.compiler.workspace.selection import Layer
    from yusuan.ir.diagnostics import Locale

FORMS: Final = ("short", "full", "json", "sarif", "html")
LANGUAGES: Final = ("zh", "en")
_SUFFIXES: Final = {".json": "json", ".jsonl": "json", ".sarif": "sarif", ".html": "html", ".htm": "html"}
_PAGE_WIDTH: Final = 100

_Command = TypeVar("_Command", bound=Callable[..., Any])

lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="The language of diagnostics. Without it, what is shown to people is in the language of the locale "
    "(LC_ALL, LC_MESSAGES, LANG), and what programs read is in English, the same on every machine.",
)

_GRAMMAR_OPTIONS: Final = (
    click.option(
        "--config",
        metavar="PATH",
        shell_complete=files,
        help="Use this project file for every input, and search for no other.",
    ),
    click.option("--no-config", is_flag=True, help="Use no project file."),
    click.option(
        "--grammar",
        multiple=True,
        metavar="OVERLAY",
        shell_complete=files,
        help="Lay a folder over the built-in grammar, or what an installed package brings by this name; several in "
        "order.",
    ),
    debug_option,
)

color_option = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colours: on a terminal (auto; NO_COLOR and FORCE_COLOR count), always, or never.",
)

_OPTIONS: Final = (
    click.option(
        "--prefer",
        multiple=True,
        metavar="FORM",
        help="Of a report in several forms (report.pdf beside report.docx) take this one: --prefer pdf,docx takes the "
        "PDF where there is one.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Report errors only."),
    click.option("-v", "--verbose", is_flag=True, help="Report infos too, not only warnings and errors."),
    click.option(
        "--select", multiple=True, metavar="CODE", shell_complete=codes, help="Report these diagnostics and no others."
    ),
    click.option(
        "--ignore", multiple=True, metavar="CODE", shell_complete=codes, help="Do not report these diagnostics."
    ),
    click.option(
        "--severity",
        multiple=True,
        metavar="CODE=LEVEL",
        help="Report these diagnostics as error, warning or info, or turn them off.",
    ),
    *_GRAMMAR_OPTIONS,
    click.option("--profile", is_flag=True, help="Say on standard error what the inputs were read with, and how fast."),
    lang_option,
    click.option(
        "--diagnostics",
        "form",
        type=click.Choice(FORMS),
        help="How to write diagnostics: short, one line each; full, with the lines of the source; json, one "
        "object a line; sarif, a log for code scanning; html, a page with pictures of the pages of a PDF.",
    ),
    click.option(
        "--diagnostics-output",
        "destination",
        metavar="PATH",
        shell_complete=files,
        help="Write diagnostics to a file: as json if it ends in .json or .jsonl, as sarif if it ends in "
        ".sarif, as html if it ends in .html, else in full, unless --diagnostics says how.",
    ),
    color_option,
)


def with_options(command: _Command, options: Sequence[Callable[[_Command], _Command]]) -> _Command:
    """Give a command options; its help lists them in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def grammar_options(command: _Command) -> _Command:
    """Give a command the options on the language; it gets their values by the names of `GrammarOptions`."""
    return with_options(command, _GRAMMAR_OPTIONS)


def diagnostic_options(command: _Command) -> _Command:
    """Give a command the options; it gets their values by the names of `DiagnosticOptions`."""
    return with_options(command, _OPTIONS)


@frozen(slots=True, kw_only=True)
class GrammarOptions:
    """The values of the options on the language that reports are read in, as given; absent where they are not."""

    config: str | None
    no_config: bool
    grammar: tuple[str, ...]

    def project_files(self) -> ProjectFiles:
        """The settings of the inputs.

        Raises:
            click.UsageError: what the options say does not exist, or --config stands beside --no-config.
        """
        from yusuan.compiler.workspace.project_file import ProjectFiles

        if self.config is not None and self.no_config:
            raise click.UsageError("--config and --no-config exclude each other.")
        return ProjectFiles(self._command_line(), self.grammar, self.config, not self.no_config)

    def _command_line(self) -> Layer:
        """What they say of diagnostics."""
        from yusuan.compiler.workspace.selection import Layer

        return Layer()


@frozen(slots=True, kw_only=True)
class DiagnosticOptions(GrammarOptions):
    """The values of the options, as given; absent where they are not."""

    prefer: tuple[str, ...]
    quiet: bool
    verbose: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: tuple[str, ...]
    profile: bool
    lang: str | None
    form: str | None
    destination: str | None
    color: str

    @property
    def file(self) -> str | None:
        """The file to write diagnostics to; absent for a standard stream."""
        if self.destination == "":
            raise click.UsageError("--diagnostics-output names no file.")
        return None if self.destination == "-" else self.destination

    @property
    def preferred(self) -> list[str]:
        """The suffixes of the forms of a report that are preferred, the most preferred first.

        Raises:
            click.UsageError: no reader takes files that end so.
        """
        from yusuan.compiler.readers.registry import suffixes

        wanted = [f".{form.strip().lower().removeprefix('.')}" for form in _listed(self.prefer)]
        known = suffixes() if wanted else ()
        for suffix in wanted:
            if suffix not in known:
                forms = ", ".join(one.removeprefix(".") for one in known)
                raise click.UsageError(f"--prefer {suffix.removeprefix('.')}: no reader takes such files ({forms}).")
        return wanted

    def shown(self, *, strict: bool = False) -> frozenset[str]:
        """The severities that are written; warnings always where they count as errors."""
        shown = {"error"}
        if strict or not self.quiet:
            shown.add("warning")
        if self.verbose and not self.quiet:
            shown.add("info")
        return frozenset(shown)

    def _command_line(self) -> Layer:
        from yusuan.compiler.workspace.selection import SelectionError, layer

        try:
            return layer(_listed(self.select), _listed(self.ignore), map(_level, _listed(self.severity)))
        except SelectionError as error:
            raise click.UsageError(str(error)) from error

    def style(self, stream: str) -> Style:
        """How text is shown on a standard stream."""
        return style_of(self.color, stream)

    def output(self, stream: str, *, form: str) -> Output:
        """How diagnostics are to be written.

        Args:
            stream: the standard stream for them where no file is named, `stdout` or `stderr`.
            form: how to write them there, unless the user says.
        """
        suffix = os.path.splitext(self.file or "")[1].lower()
        name = self.form or (_SUFFIXES.get(suffix, "full") if self.file else form)
        goes_to = stream if self.file is None else None
        is_data = name in ("json", "sarif", "html")
        language = language_for(self.lang, for_people=not is_data or name == "html")
        written = _form(name, language, style_of(self.color, goes_to))
        return Output(written, language, is_data, goes_to, has_pictures=name == "html")


@frozen(slots=True)
class Output:
    """How diagnostics are written.

    Attributes:
        form: in which form.
        language: in which language.
        is_data: whether it is for programs, browsers too: nothing else may stand between.
        stream: the standard stream that they go to, `stdout` or `stderr`; absent for a file.
        has_pictures: whether the form shows pages of the inputs.
    """

    form: Form
    language: Locale
    is_data: bool
    stream: str | None
    has_pictures: bool = False


def explicit_language(lang: str | None) -> Locale | None:
    """The language that the user names; absent where none is named."""
    from yusuan.ir.diagnostics import Locale

    return None if lang is None else Locale(lang)


def language_for(lang: str | None, *, for_people: bool = True) -> Locale:
    """The language that the user names; where none is named, that of the locale for people, English for programs."""
    from yusuan.compiler.rendering.words import language_of

    return explicit_language(lang) or language_of(os.environ if for_people else {})


def _listed(values: tuple[str, ...]) -> list[str]:
    """The parts of options that may be given several times, with commas between."""
    return [part for value in values for part in value.split(",") if part.strip() or part == value]


def _level(value: str) -> tuple[str, str]:
    code, sign, level = value.partition("=")
    if not sign:
        raise click.UsageError(f"--severity {value}: write CODE=LEVEL.")
    return code, level


def _form(name: str, language: Locale, style: Style) -> Form:
    from yusuan.compiler.rendering.words import words

    if name == "json":
        from yusuan.compiler.rendering.to_json import JsonLines

        return JsonLines()
    if name == "sarif":
        from yusuan.compiler.rendering.to_sarif import Sarif

        return Sarif(program_version() or "0", language)
    if name == "html":
        from yusuan.compiler.rendering.to_html import Html

        return Html(words(language), program_version() or "0")
    from yusuan.compiler.rendering.to_text import FullText, ShortText

    return FullText(words(language), style) if name == "full" else ShortText(words(language), style)


def style_of(color: str, stream: str | None) -> Style:
    """How text is shown on a standard stream, or in a file."""
    from yusuan.compiler.rendering.style import Style

    if stream is None:
        return Style(color == "always", _PAGE_WIDTH)
    to_terminal = is_terminal(stream)
    return Style(_is_coloured(color, to_terminal), terminal_width(stream) if to_terminal else _PAGE_WIDTH)


def _is_coloured(color: str, to_terminal: bool) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (to_terminal and os.environ.get("TERM") != "dumb")


def terminal_width(stream: str) -> int:
    """The columns of the terminal behind a standard stream; those of a page where they are not known."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size({"stdout": 1, "stderr": 2}[stream]).columns or _PAGE_WIDTH
    except OSError:
        return _PAGE_WIDTH


def refuse_folder(path: str) -> None:
    """See that an argument that is to be one report is no folder.

    Raises:
        click.UsageError: it is one.
    """
    from yusuan.compiler.workspace.naming import STANDARD_INPUT

    if path != STANDARD_INPUT and os.path.isdir(path):
        raise click.UsageError(f"{path} is a folder; name one report.")
