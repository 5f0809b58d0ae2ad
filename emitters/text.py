"""What text must be before it can be written: encodable, and a file name that every system accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yusuan.ir.document import Document

REPLACEMENT: Final = "\ufffd"
"""U+FFFD, in the place of what a format cannot hold."""

# XML 1.0, production 2: what is no character there, lone surrogates among them.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Separators of folders, what Windows forbids, and control characters.
_UNSAFE: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
# File systems allow 255 bytes; this leaves room for a counter and a suffix.
_NAME_BYTES: Final = 230

GUARDED: Final = re.compile(r"'[\s']*[=+\-@＝＋－＠#]|'+[\t\r\n]")
"""What the beginning of a guarded text matches, and no other's: its first apostrophe is the guard."""

_FORMULA: Final = re.compile(r"[\s']*[=+\-@＝＋－＠#]|'*[\t\r\n]")
_HARMLESS: Final = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?|[-－]+")
SUSPECT: Final = frozenset("=+-@＝＋－＠#' \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000")
"""The first character of every text that may need the guard; nearly none has one."""


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it as a formula, and xBRL-CSV takes it for what it is.

    A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (in East Asian locales with their full-width forms
    too), and some drop white space before it; xBRL-CSV gives a leading `#` a meaning. Such a text, and one that begins
    with a TAB or a line end, gets an apostrophe in front, the guard that spreadsheets and security guides agree on. Two
    kinds of text are left alone since no program takes them for formulas: a plain number (`-106.45`, `+5%`) and a dash
    for an absent value (`-`, `--`). One that already begins with apostrophes before such a character gets one more, so
    that a reader has the text back by dropping one apostrophe from each that matches `GUARDED`.
    """
    if text[:1] in SUSPECT:
        # As it will be written: what stands for a control character is no white space.
        written = allowed(text)
        if _FORMULA.match(written) and not _HARMLESS.fullmatch(written):
            return "'" + written
    return text


def allowed(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold, so that every syntax has the same."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def encodable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no UTF can encode. The front end reports them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(REPLACEMENT, text)
    return text


class FileNames:
    """File names made from document names: safe on every file system, and each given out once."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._taken: set[str] = set()

    def claim(self, name: str) -> str:
        """A file name with the suffix that no earlier call has returned, whatever the case of its letters.

        The first document of a name has it as it is, less characters that cannot stand in a file name; a
        later one has `-2`, `-3` and so on added.
        """
        stem = _UNSAFE.sub("_", encodable(name)).strip(" .") or "document"
        if _RESERVED.match(stem):
            stem = f"_{stem}"
        stem = stem.encode()[:_NAME_BYTES].decode(errors="ignore")
        candidate, count = stem, 1
        while candidate.casefold() in self._taken:
            count += 1
            candidate = f"{stem}-{count}"
        self._taken.add(candidate.casefold())
        return candidate + self._suffix


def with_file_names(documents: Iterable[Document], suffix: str) -> Iterator[tuple[str, Document]]:
    """Each document with the name of its file: called as it is, with `-2` added where that is taken."""
    names = FileNames(suffix)
    return ((names.claim(document.name), document) for document in documents)


def one_file_each(
    documents: Iterable[Document], suffix: str, render: Callable[[Document], Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """A file for each document, called as it is; see `Emitter.package`."""
    for name, document in with_file_names(documents, suffix):
        for chunk in render(document):
            yield name, chunk
