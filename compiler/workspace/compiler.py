"""A compiler as a value: the language that it reads and its options. Two of them know nothing of each other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from operator import attrgetter
from typing import Final

from attrs import Factory, evolve, field, frozen

from yusuan.compiler import pipeline
from yusuan.compiler.faults import internal_fault
from yusuan.compiler.language.loader import Language, built_in_language
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.readers.base import ReadError
from yusuan.compiler.readers.registry import reader_for
from yusuan.compiler.workspace.inputs import Input, read_bytes, read_file, unreadable
from yusuan.compiler.workspace.naming import in_unicode, stem_of
from yusuan.ir.diagnostics import Diagnostic, Severity
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section
from yusuan.ir.source import Provenance, SourceFile, Span

_START: Final = Span(0, 0, 1, 1)


@frozen(slots=True)
class Options:
    """How a compiler compiles, whatever the language.

    Attributes:
        checks: whether to look where a report contradicts itself.
    """

    checks: bool = True


def _places(overlays: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    if isinstance(overlays, str | os.PathLike):
        raise TypeError("overlays: several are wanted; write (folder,) for a single one")
    return tuple(os.fspath(place) for place in overlays)


@frozen(slots=True)
class Compiler:
    """What compiles reports; immutable, and safe to share between threads.

    Making one reads the grammar, from a cache where there is one: make it once and compile many reports with it.

    Attributes:
        overlays: folders, or the names that installed packages give to theirs, later ones over earlier ones; what each
            says lies over the built-in grammar.
        options: how it compiles.
        language: what reports are read in; where it is not given, the built-in grammar with the overlays.

    Raises:
        GrammarFileError: there is no such overlay, or it is faulty.
    """

    overlays: tuple[str, ...] = field(default=(), converter=_places)
    options: Options = field(factory=Options)
    language: Language = field(
        default=Factory(lambda self: _language(self.overlays), takes_self=True),
        kw_only=True,
        repr=False,
        eq=attrgetter("sources"),
    )

    def compile_text(self, text: str, name: str = "<text>", *, reported: tuple[Diagnostic, ...] = ()) -> Compilation:
        """Compile one report.

        Args:
            text: the report as text, a TAB before each table cell.
            name: the document's name: the input's file name without its suffix.
            reported: what decoding had to say; it comes first.

        Returns:
            The document with all diagnostics. A text that is no budget disclosure yields its generic tree and a
            warning.
        """
        reading = pipeline.reading_of(text, name, self.language, reported=reported)
        return pipeline.compile_reading(reading, language=self.language, checks=self.options.checks)

    def compile_bytes(self, data: bytes, name: str) -> Compilation:
        """Compile the bytes of one report, by the reader that takes them.

        Args:
            data: the whole file.
            name: what the document is called in every output (`documents.document`).

        Raises:
            ReadError: the bytes hold no report that any reader knows (empty, a workbook, locked, in no known encoding).
        """
        return pipeline.compile_bytes(data, name, language=self.language, checks=self.options.checks)

    def compile_file(self, path: str | os.PathLike[str]) -> Compilation:
        """Compile the report in a file. The document is called as the file, without suffix.

        Raises:
            OSError: the file cannot be read.
            ReadError: it holds no report that any reader knows (empty, a workbook, locked, in no known encoding).
        """
        given = os.fspath(path)
        return _read_from(given, self.compile_bytes(read_file(given), stem_of(given)))


def compile_input(item: Input, compiler: Compiler) -> Compilation:
    """Compile one input; never raises. One that fails yields an empty document whose diagnostic says why."""
    return compile_data(item, lambda: read_bytes(item), compiler)


def compile_data(item: Input, data: Callable[[], bytes], compiler: Compiler) -> Compilation:
    """Compile one input, read by somebody else; see `compile_input`."""
    read: bytes | None = None
    try:
        read = data()
        return _read_from(item.path, compiler.compile_bytes(read, item.name))
    except ReadError as error:
        return fault_of(item, error.diagnostic, read)
    except Exception as error:
        if isinstance(error, OSError) and read is None:
            return fault_of(item, unreadable(error))
        # A fault of this program, which a run over many reports must survive.
        return failed_input(item, error)


def read_input_text(item: Input, compiler: Compiler) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text that the lines of one input are counted in, and what its reader says of the input; never raises.

    The text is absent where the input cannot be read: then what is said is why.
    """
    try:
        data = read_bytes(item)
        reading = reader_for(data).read(data, item.name, compiler.language)
    except ReadError as error:
        return None, (error.diagnostic,)
    except OSError as error:
        return None, (unreadable(error),)
    except Exception as error:
        return None, failed_input(item, error).diagnostics
    return reading.source.text, reading.reported


def failed_input(item: Input, error: Exception, *, of: str = "") -> Compilation:
    """What an input comes to that a fault of this program was met at: an empty document whose diagnostic says so.

    Args:
        item: the input.
        error: what was raised.
        of: which part of the program failed; may be empty.
    """
    return fault_of(item, evolve(internal_fault(error, _START, "input", of=of), severity=Severity.ERROR))


def _read_from(path: str, compilation: Compilation) -> Compilation:
    """What compiling a file yields, with its path."""
    document = compilation.document
    provenance = evolve(document.provenance, path=in_unicode(path))
    return evolve(compilation, document=evolve(document, provenance=provenance))


def fault_of(item: Input, diagnostic: Diagnostic, data: bytes | None = None) -> Compilation:
    """What an input comes to that could not be compiled: an empty document whose diagnostic says why.

    Args:
        item: the input.
        diagnostic: why.
        data: its bytes; absent where they could not be read.
    """
    source = SourceFile(item.name, "")
    body = Section(None, None, 0, (), (), _START)
    provenance = Provenance(in_unicode(item.path), None if data is None else sha256(data).hexdigest())
    document = Document(item.name, None, None, None, body, diagnostics=(diagnostic,), provenance=provenance)
    return Compilation(document, (diagnostic,), source)


def _language(overlays: tuple[str, ...]) -> Language:
    if not overlays:
        return built_in_language()
    from yusuan.compiler.overlays import with_overlays  # tries the language out, for which it needs much

    return with_overlays(overlays)
