"""JSON: the whole IR, tree and typed tables, every value with its span; and its way back.

The shape is published as a JSON Schema, see `yusuan.emitters.schema`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

from yusuan.emitters.base import check_table
from yusuan.emitters.text import encodable, one_file_each

# The converter is imported where it is used: cattrs is slow to import, and `load_json` is part of the public
# face.
if TYPE_CHECKING:
    from yusuan.ir.document import Document

_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


class JsonEmitter:
    """One indented JSON object a document."""

    name = "json"
    suffix = ".json"
    summary = "the whole document with every position, indented; several documents as an array"
    tables: tuple[str, ...] = ()

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """One document as an object, any other number of them as an array; see `Emitter.stream`."""
        if table is not None:
            check_table(table, self.tables)
        return self._stream(documents)

    def _stream(self, documents: Iterable[Document]) -> Iterator[str]:
        # Whether it is an array is known with the second document. Only the text of the first waits for it.
        texts = map(_indented, documents)
        first = next(texts, None)
        if first is None:
            yield "[]\n"
            return
        second = next(texts, None)
        if second is None:
            yield first
            yield "\n"
            return
        yield "[\n"
        yield first
        while second is not None:
            yield ",\n"
            yield second
            second = next(texts, None)
        yield "\n]\n"

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """`<document>.json` for each document, `<document>-2.json` where that is taken; see
        `Emitter.package`."""
        return one_file_each(documents, self.suffix, lambda document: (_indented(document) + "\n",))


class JsonLinesEmitter:
    """One line of JSON a document."""

    name = "jsonl"
    suffix = ".jsonl"
    summary = "the whole document with every position, one line a document, for pipelines"
    tables: tuple[str, ...] = ()

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """A line for each document; see `Emitter.stream`."""
        if table is not None:
            check_table(table, self.tables)
        return map(_line, documents)

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """All documents in `documents.jsonl`; see `Emitter.package`."""
        yield "documents.jsonl", ""
        for document in documents:
            yield "documents.jsonl", _line(document)


def load_json(text: str) -> Document:
    """The document that the format `json`, or one line of `jsonl`, holds.

    Raises:
        ValueError: the text is no JSON, an array of documents, not ours, or of another version.
    """
    from yusuan.emitters.converter import structure

    try:
        data = json.loads(text)
    except RecursionError:
        raise ValueError("not a yusuan document: the JSON is nested too deep") from None
    if isinstance(data, list):
        raise ValueError("an array of documents was found, one document was expected")
    return structure(data)


def load_jsonl(text: str) -> Iterator[Document]:
    """The documents that the format `jsonl` holds, one after the other.

    Raises:
        ValueError: as `load_json`, when it comes to a line that is not a document; empty lines are passed
            over.
    """
    # Not splitlines(): a text may hold U+2028 and its like, which end no line of JSON Lines.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield load_json(line)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from error


def _line(document: Document) -> str:
    from yusuan.emitters.converter import unstructure

    return encodable(_COMPACT.encode(unstructure(document))) + "\n"


def _indented(document: Document) -> str:
    from yusuan.emitters.converter import unstructure

    pieces: list[str] = []
    _indent(unstructure(document), "\n", pieces)
    return encodable("".join(pieces))


def _indent(value: Any, line_end: str, pieces: list[str]) -> None:
    """Append the text that `json.dumps(value, indent=2, ensure_ascii=False)` gives.

    The standard library indents in Python, through nested generators; appending takes a third of the time.
    Recursion is as deep as the classes of the IR nest, not as the document does.
    """
    if isinstance(value, str):
        pieces.append(encode_basestring(value))
    elif value is None:
        pieces.append("null")
    elif isinstance(value, dict):
        deeper = line_end + "  "
        separator = "{" + deeper
        for key, item in value.items():
            pieces.append(f'{separator}"{key}": ')
            if type(item) is int:
                pieces.append(str(item))
            else:
                _indent(item, deeper, pieces)
            separator = "," + deeper
        pieces.append(line_end + "}" if value else "{}")
    elif isinstance(value, list):
        deeper = line_end + "  "
        separator = "[" + deeper
        for item in value:
            pieces.append(separator)
            _indent(item, deeper, pieces)
            separator = "," + deeper
        pieces.append(line_end + "]" if value else "[]")
    else:
        pieces.append(json.dumps(value))
