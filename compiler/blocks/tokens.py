"""Tokens of the block level: what the lexer hands to the parser.

A token is a range of the source with a type; the tokens of a text, joined, are the text. Tokens that only frame
(END_SECTION, TABLE_START, TABLE_END) have no characters.
"""

from __future__ import annotations

from typing import Any


class BlockToken:
    """One token. Offsets are in characters of the source, the line is from 1.

    It has what Lark's parser asks of a token, and no more: 500,000 of them fit into memory.

    Attributes:
        type: the terminal's name.
        start: offset of the first character.
        end: offset after the last character, the line end included.
        line: line of the first character.
        value: what its lexer found out: a `LineClass` for headings and items, a mark for cells, a match in regions.
    """

    __slots__ = ("end", "line", "start", "type", "value")

    def __init__(self, type_: str, start: int, end: int, line: int, value: Any = None) -> None:
        self.type = type_
        self.start = start
        self.end = end
        self.line = line
        self.value = value

    def __repr__(self) -> str:
        return f"{self.type}[{self.start}:{self.end}]"

    # Lark asks for these of the last token, to place its end mark.
    start_pos = property(lambda self: self.start)
    end_pos = property(lambda self: self.end)
    end_line = property(lambda self: self.line)
    column = 1
    end_column = 1
