"""A reader as another package might bring it: an invented form with pages, columns and merged cells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from yusuan.compiler.blocks.tokens import BlockPlace, BlockToken
from yusuan.compiler.language.loader import Language
from yusuan.compiler.readers.base import Reading
from yusuan.ir.source import FilePlace, SourceFile, SourceMap

SIGNATURE = b"\0grid\n"

Cell = tuple[str, int, int, int]
"""Text, column from 1, rowspan, colspan."""


def text(page: int, words: str) -> dict[str, Any]:
    """A paragraph of a page."""
    return {"page": page, "text": words}


def table(page: int, *rows: Iterable[Cell | tuple[str, int] | tuple[str, int, int]]) -> dict[str, Any]:
    """A table of a page; spans that are left out are 1."""
    return {"page": page, "rows": [[(*cell, 1, 1)[:4] for cell in row] for row in rows]}


def written(*blocks: dict[str, Any]) -> bytes:
    """A file of the form: its signature, and a line of JSON for each block."""
    return SIGNATURE + "\n".join(json.dumps(block, ensure_ascii=False) for block in blocks).encode()


class GridReader:
    """Reads the form."""

    name = "grid"
    suffixes = (".grid",)

    def takes(self, data: bytes) -> bool:
        return data.startswith(SIGNATURE)

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        del language
        pieces, tokens, places = [""], list[BlockToken](), list[FilePlace]()

        def add(kind: str, piece: str = "", place: BlockPlace | None = None) -> None:
            start = tokens[-1].end if tokens else 0
            line = 1 + sum(one.count("\n") for one in pieces)
            tokens.append(BlockToken(kind, start, start + len(piece), line, place=place))
            places.extend([FilePlace(start, place.page, (0, start, 9, start + 9))] if place else [])
            pieces.append(piece)

        for block in map(json.loads, data.decode().split("\n")[1:]):
            if "text" in block:
                add("TEXT", f"{block['text']}\n", BlockPlace(page=block["page"]))
                continue
            add("TABLE_START")
            for row, cells in enumerate(block["rows"], start=1):
                for words, column, rowspan, colspan in cells:
                    add("CELL", f"\t{words}\n", BlockPlace(row, column, rowspan, colspan, block["page"]))
                add("ROW_END", "\n")
            add("TABLE_END")
        return Reading(SourceFile(name, "".join(pieces), SourceMap(tuple(places))), tokens)
