"""What is a blank between letters, and what only the way in which a program has set them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from yusuan.compiler.readers.pdf.pdfium import Handle

# A hole of this part of the size is a blank, a smaller one only where the file has a blank.
_BLANK: Final = 0.8
_NARROW_BLANK: Final = 0.12
# Programs set Latin letters and digits a quarter of the size apart from Chinese ones; a blank is half of it.
_MIXED_BLANK: Final = 0.34
# All letters of Chinese stand behind it in Unicode: the first of the radicals.
_FIRST_CHINESE: Final = 0x2E80
# Letters are set apart evenly where their gaps differ by less than this part of the size, of so many at least. Between
# two of them the library puts one blank or none.
_EVEN: Final = 0.04
_NEIGHBOURS: Final = 4
_FEWEST_SET_APART: Final = 3
RISE: Final = 0.3
"""Letters that are this part of the size higher or lower stand on another line."""


def least_blank(before: str, behind: str, *, printed: bool) -> float:
    """The part of the size by which two pieces of a line must be apart for a blank between them.

    Args:
        before: what stands in front; may be empty.
        behind: what stands behind; may be empty.
        printed: whether the file, or the library that reads it, has a blank there.
    """
    if not printed:
        return _BLANK
    left, right = before[-1:], behind[:1]
    is_mixed = (_is_latin(left) and _is_chinese(right)) or (_is_chinese(left) and _is_latin(right))
    return _MIXED_BLANK if is_mixed else _NARROW_BLANK


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _is_chinese(letter: str) -> bool:
    return letter.isalpha() and ord(letter) >= _FIRST_CHINESE


def is_spacing(index: int, owners: list[Handle | None], sides: tuple[list[float], ...]) -> bool:
    """Whether a blank that the library put between two letters is none: they are set apart as their neighbours are.

    Programs that justify a line set all its letters apart.
    """
    lefts, highs, rights, lows = sides
    owner = owners[index - 1] if index else None
    # At the end of a line, and between what was written as two pieces, nothing is set apart: most blanks are there.
    if not owner or index + 1 >= len(owners) or owners[index + 1] != owner:
        return False
    around = [
        at
        for at in range(max(0, index - _NEIGHBOURS), min(index + _NEIGHBOURS + 1, len(owners)))
        if owners[at] == owner and rights[at] > lefts[at]
    ]
    before = [at for at in around if at < index][-2:]
    behind = [at for at in around if at > index][:2]
    if not before or not behind or len(before) + len(behind) < _FEWEST_SET_APART:
        return False
    letters = [*before, *behind]
    size = highs[before[-1]] - lows[before[-1]]
    if any(abs(lows[at] - lows[before[-1]]) > RISE * size for at in letters):
        return False
    gaps = [lefts[second] - rights[first] for first, second in pairwise(letters)]
    return min(gaps) > 0 and max(gaps) - min(gaps) <= _EVEN * size
