"""What a reader is: the bytes of an input in, block tokens out, with all that it knows of where they lie."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.loader import Language
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.source import SourceFile


@frozen(slots=True)
class Reading:
    """What a reader has made of one input.

    Attributes:
        source: its text, with the places of its characters in the file where that is no text.
        tokens: the block tokens of the text, in order and without gaps: TEXT for a paragraph or a heading, BLANK for
            what parts them, and tables of TABLE_START, for each row its CELLs and a ROW_END, TABLE_END. They belong to
            who compiles them.
        diagnostics: what there is to say of single places.
        reported: what there is to say of the input as a whole; it comes first.
        is_joined: whether its reader has put together what pages cut, by more than the places of tokens say; then
            nobody does it again.
        pages: how many pages the input has; absent where it has none.
    """

    source: SourceFile
    tokens: list[BlockToken]
    diagnostics: tuple[Diagnostic, ...] = ()
    reported: tuple[Diagnostic, ...] = ()
    is_joined: bool = False
    pages: int | None = None


class ReadError(ValueError):
    """The bytes hold no report that can be compiled.

    Attributes:
        diagnostic: what is wrong, an error. Its span is empty for want of a text.
    """

    def __init__(self, diagnostic: Diagnostic, *more: object) -> None:
        # All are args, so that the error survives pickling on its way out of a worker process.
        super().__init__(diagnostic, *more)
        self.diagnostic = diagnostic

    def __str__(self) -> str:
        return self.diagnostic.message


@runtime_checkable
class Reader(Protocol):
    """One form of input.

    A reader is a function of the bytes: the same bytes give the same reading, always. It repairs nothing that it knows
    by layout: marks, outline, pages that cut a table or a sentence, and the grammar are the same behind every reader.

    Attributes:
        name: what it is called, `text`.
        suffixes: what files of this form end in, `.txt`: what a folder is searched for.
    """

    @property
    def name(self) -> str: ...
    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def takes(self, data: bytes) -> bool:
        """Whether the bytes are of this form, by what stands in them; their name says nothing."""
        ...

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        """The text of an input and its blocks.

        Args:
            data: the whole file.
            name: what the document is called.
            language: what says which words are labels and headings, for readers that repair by them.

        Raises:
            ReadError: the bytes hold no report that can be compiled.
        """
        ...
