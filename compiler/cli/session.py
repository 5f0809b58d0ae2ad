"""One run of `compile` or `check`: compiling the inputs, selecting and rendering their diagnostics, counting."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeAlias

import click
from attrs import define, evolve, field, frozen

from yusuan.compiler.cli.compilers import Compilers
from yusuan.compiler.cli.messages import DONE, FAILED, is_terminal, say, say_error
from yusuan.compiler.cli.options import DiagnosticOptions, Output, explicit_language, terminal_width
from yusuan.compiler.cli.pictures import DrawnInput
from yusuan.compiler.cli.progress import Progress

if TYPE_CHECKING:
    from yusuan.compiler.pipeline import Compilation
    from yusuan.compiler.workspace.inputs import Input, Inputs
    from yusuan.ir.diagnostics import Diagnostic, Locale, Tally
    from yusuan.ir.document import Document
    from yusuan.ir.kinds import TableKind

_LOG: Final = logging.getLogger(__name__)
_SEVERITIES: Final = ("error", "warning", "info")


_Report: TypeAlias = "tuple[tuple[Diagnostic, ...], str]"


@frozen(slots=True)
class Taken:
    """What one input came to.

    Attributes:
        document: its document; absent for a folder that yields none.
        text: its diagnostics as they are to be written now; may be empty.
    """

    document: Document | None
    text: str


@define(slots=True)
class Session:
    """The diagnostics of one run, and what they come to.

    Attributes:
        options: what the user wants of diagnostics.
        output: how they are written.
        shown: the severities that are written.
        fail_on: from which severity on a diagnostic makes its input fail, `error` or `warning`.
        fail_fast: stop at the first input that failed.
        alone: whether the run has standard error to itself, but for what is said here: then it shows how far it is.
        progress: how far the run is.
        documents: how many of them were compiled.
        failed: those that failed, as the user calls them.
        counts: how many diagnostics of each severity were found that are selected, shown or not.
    """

    options: DiagnosticOptions
    output: Output
    shown: frozenset[str]
    fail_on: str = "error"
    fail_fast: bool = False
    alone: bool = True
    progress: Progress = field(init=False)
    documents: int = field(init=False, default=0)
    failed: list[str] = field(init=False, factory=list)
    counts: Counter[str] = field(init=False, factory=Counter)
    _inputs: Inputs = field(init=False)
    _compilers: Compilers = field(init=False)
    _seconds: float = field(init=False, default=0.0)
    _lines: int = field(init=False, default=0)
    _said: Locale | None = field(init=False)
    _sums: tuple[Tally, ...] = field(init=False, default=())

    def __attrs_post_init__(self) -> None:
        self._compilers = Compilers(self.options.project_files())
        self._said = explicit_language(self.options.lang)
        self.progress = Progress(0, self.output.language, None)

    @property
    def settings_files(self) -> tuple[str, ...]:
        """The project files that the inputs have, and the overlays that these name."""
        return self._compilers.files.named()

    @property
    def declared(self) -> tuple[TableKind, ...]:
        """The kinds of tables without records that the languages of the inputs declare, each once."""
        kinds = (one.kind for compiler in self._compilers.all() for one in compiler.language.declared.values())
        return tuple(dict.fromkeys(kind for kind in kinds if not kind.record))

    @property
    def stopped(self) -> bool:
        return self.fail_fast and bool(self.failed)

    @property
    def status(self) -> int:
        return FAILED if self.failed else DONE

    @property
    def is_bare(self) -> bool:
        """Whether standard error is a stream of data, in which no message for people may stand."""
        return self.output.is_data and self.output.stream == "stderr"

    def run(self, inputs: Iterable[str], work: Callable[[list[Input]], int]) -> int:
        """Find the inputs, do the work over them, and say what is wrong with either or with the output.

        Returns:
            The exit status: what the work gives, or FAILED where the output could not be written.

        Raises:
            click.UsageError: an input does not exist, or would be overwritten.
            UnusableFileError: a project file or an overlay cannot be used.
        """
        from yusuan.compiler.workspace.inputs import expand_inputs
        from yusuan.compiler.workspace.output import InputOverwrittenError, OutputError

        try:
            self._inputs = expand_inputs(inputs, self.options.preferred)
        except ValueError as error:
            raise click.UsageError(f"{error}.") from error
        taken = self._inputs.taken
        self._compilers.expect(item.path for item in taken)
        self.progress = Progress(len(taken), self.output.language, self._progress_width())
        try:
            with self.progress:
                return work(taken)
        except InputOverwrittenError as error:
            raise click.UsageError(f"{error}; nothing was written.") from error
        except OutputError as error:
            say_error(str(error))
            return FAILED

    def take(self, item: Input) -> Taken:
        """Compile one input, and remember what it comes to."""
        self.progress.begin(item.shown)
        try:
            return self._take(item)
        finally:
            self.progress.end_one()

    def _take(self, item: Input) -> Taken:
        from yusuan.compiler.workspace.compiler import fault_of

        if item.fault is not None:
            _, text = self._report(item, fault_of(item, item.fault))
            return Taken(None, text)
        drawn = DrawnInput(item) if self.output.has_pictures else None
        started = perf_counter()
        compilation = self._compile(item, drawn)
        self._seconds += perf_counter() - started
        self._lines += compilation.source.text.count("\n") + 1
        selected, text = self._report(item, compilation, drawn)
        self._add(item, compilation.tallies)
        return Taken(self._with(compilation.document, selected), text)

    def take_again(self, item: Input) -> Document | None:
        """The document of an input that was taken before; nothing is counted nor reported again."""
        if item.fault is not None:
            return None
        compilation = self._compile(item)
        selected = self._compilers.settings(item.path).selection.apply(compilation.diagnostics)
        return self._with(compilation.document, selected)

    def fail(self, item: Input, failure: Compilation) -> str:
        """Count an input as failed after all; returns its diagnostics as they are to be written now."""
        self.documents -= 1
        if item.shown in self.failed:
            self.failed.remove(item.shown)
        _, text = self._report(item, failure)
        return text

    def _progress_width(self) -> Callable[[], int] | None:
        """The width of the terminal where the run shows how far it is; absent where it does not."""
        wanted = self.alone and not self.options.quiet and not self.is_bare and not _LOG.isEnabledFor(logging.DEBUG)
        if not wanted or not is_terminal("stderr") or os.environ.get("TERM") == "dumb":
            return None
        return lambda: terminal_width("stderr")

    def _compile(self, item: Input, drawn: DrawnInput | None = None) -> Compilation:
        from yusuan.compiler.workspace.compiler import compile_data, compile_input

        _LOG.debug("compiling %s", item.shown)
        compiler = self._compilers.of(item.path)
        return compile_data(item, drawn.read, compiler) if drawn else compile_input(item, compiler)

    def _report(self, item: Input, compilation: Compilation, drawn: DrawnInput | None = None) -> _Report:
        """What is selected of the diagnostics of an input, and what is to be written of it; counted."""
        from yusuan.compiler.rendering.findings import Findings
        from yusuan.compiler.workspace.naming import STANDARD_INPUT

        compiled = not any(diagnostic.severity == "error" for diagnostic in compilation.diagnostics)
        selected = self._compilers.settings(item.path).selection.apply(compilation.diagnostics)
        severities = Counter(str(diagnostic.severity) for diagnostic in selected)
        self.counts += severities
        self.documents += compiled
        if severities["error"] or severities[self.fail_on]:
            self.failed.append(item.shown)
        path = None if item.path == STANDARD_INPUT else item.path
        said, body = tuple(self._said_of(selected)), compilation.document.body
        findings = Findings(path, compilation.source, said, compiled, body, drawn.draw if drawn else None)
        return selected, self.output.form.show(findings)

    def _said_of(self, selected: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Those that are shown, in the language to be shown."""
        for diagnostic in selected:
            if diagnostic.severity in self.shown:
                yield diagnostic.localized(self.output.language)

    def _with(self, document: Document, selected: tuple[Diagnostic, ...]) -> Document:
        """The document with what is selected, in English unless the user names a language."""
        if self._said is not None:
            selected = tuple(diagnostic.localized(self._said) for diagnostic in selected)
        return document if selected == document.diagnostics else evolve(document, diagnostics=selected)

    def _add(self, item: Input, tallies: Iterable[Tally]) -> None:
        from yusuan.compiler.rendering.findings import sum_up

        levels = self._compilers.settings(item.path).selection.levels
        # Summed at once, so that a run over many inputs holds one sum a rule.
        self._sums = sum_up([*self._sums, *(tally for tally in tallies if tally.code in levels)])

    def close(self, *, summary: bool = False) -> str:
        """What ends the diagnostics, with the sums over the rules if wanted."""
        return self.output.form.close(self._sums if summary else None)

    def conclude(self, *, list_failed: bool = False) -> None:
        """End the progress, and say what there was in all: on a terminal, and wherever there are several inputs.

        Args:
            list_failed: whether to say before it which of several inputs failed.
        """
        from yusuan.compiler.cli.summary import RunTotals, summary
        from yusuan.compiler.rendering.safety import visible
        from yusuan.compiler.rendering.words import words

        self.progress.end()
        if self.options.profile and not self.is_bare:
            for line in self._profile():
                say(visible(line))
        if self.options.quiet or self.is_bare:
            return

        said = words(self.output.language)
        total = self.progress.total
        if list_failed and self.failed and total > 1:
            inputs = said.count("inputs", total)
            say_error(said.say("failed", number=len(self.failed), inputs=inputs, names=", ".join(self.failed)))
        if self.progress.done < total and not self.stopped:
            # It broke off: nobody reads its output any more, or it cannot be written.
            return
        to_terminal = is_terminal("stderr")
        totals = RunTotals(
            self._inputs,
            self.documents,
            len(self.failed),
            self.fail_on,
            {severity: self.counts[severity] for severity in _SEVERITIES},
            # The same run says the same, but on a terminal.
            self.progress.seconds if to_terminal else None,
            infos_hidden=not self.options.verbose,
        )
        for line in summary(totals, said, always=to_terminal):
            say(visible(line))

    def _profile(self) -> Iterator[str]:
        """What the inputs were read with, and how fast."""
        from yusuan.compiler.rendering.words import words

        said = words(self.output.language)
        for compiler in self._compilers.all():
            yield said.say("profile.grammar", sources=" + ".join(map(str, compiler.language.sources)))
        yield said.say("profile.speed", lines=self._lines, seconds=f"{self._seconds:.3f}")
