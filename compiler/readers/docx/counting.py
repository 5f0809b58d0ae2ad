"""How automatic numbers are written: ST_NumberFormat (ISO/IEC 29500-1, 17.18.59), what of it a report can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from yusuan.compiler.language.loader import Language, of_language

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Where the rows of encircled and otherwise framed numbers are in Unicode: the first number, how many, the first code.
_CIRCLED: Final = ((1, 20, 0x2460), (21, 15, 0x3251), (36, 15, 0x32B1))
_PARENTHESIZED: Final = ((1, 20, 0x2474),)
_FULL_STOP: Final = ((1, 20, 0x2488),)
_CIRCLED_WORDS: Final = ((1, 10, 0x3280),)
_WIDE: Final = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
# Numbers up to this one have words; reports do not count so far.
_MOST_IN_WORDS: Final = 9_999
# Letters are repeated (aa, bb), Roman numerals lengthened: bounded, whatever a file starts at.
_MOST_LETTERS: Final = 26 * 30
_MOST_ROMAN: Final = 4_999


@frozen(slots=True)
class NumberWords:
    """What numbers are written with in Chinese, as the lexicon says.

    Attributes:
        digits: from nought to nine, where each digit is written.
        zero: between places that are not next to each other.
        places: ten, hundred, thousand.
        legal_digits, legal_places: likewise, as on cheques.
        stems, branches: the cycles of ten and of twelve.
    """

    digits: str
    zero: str
    places: str
    legal_digits: str
    legal_places: str
    stems: str
    branches: str


@of_language
def number_words(language: Language) -> NumberWords:
    """The words of a language."""
    return NumberWords(**language.lexicon["characters"]["counting"])


def written(number: int, form: str, words: NumberWords) -> str | None:
    """A number as a format writes it: plain digits where the format has no sign for it.

    Returns:
        The number; empty for a format without numbers, absent for a format that is not known.
    """
    if form in ("none", "bullet"):
        return ""
    write = _FORMATS.get(form)
    if write is None:
        return None
    return (write(number, words) if number >= 0 else None) or str(number)


def circled(number: int) -> str | None:
    """A number in a circle; absent where there is no such character."""
    return _framed(number, _CIRCLED)


def _letters(number: int, first: str) -> str | None:
    if not 0 < number <= _MOST_LETTERS:
        return None
    times, letter = divmod(number - 1, 26)
    return chr(ord(first) + letter) * (times + 1)


def _roman(number: int) -> str | None:
    if not 0 < number <= _MOST_ROMAN:
        return None
    said = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        said += sign * times
    return said


def _framed(number: int, rows: tuple[tuple[int, int, int], ...]) -> str | None:
    return next((chr(code + number - first) for first, count, code in rows if 0 <= number - first < count), None)


def _digit_by_digit(number: int, words: NumberWords) -> str:
    return "".join(words.digits[int(digit)] for digit in str(number))


def _counted(number: int, words: NumberWords) -> str:
    """Ten, eleven and so on up to ninety-nine; from a hundred on digit by digit (chineseCounting)."""
    return _in_words(number, words.digits, words) if number < 100 else _digit_by_digit(number, words)


def _in_words(number: int, digits: str, words: NumberWords, places: str = "", ten: bool = True) -> str:
    """A number in words with its places; `ten` leaves out the one in front of ten where that comes first."""
    if not 0 < number <= _MOST_IN_WORDS:
        return digits[0] if not number else str(number)
    said, gap = "", False
    figures = str(number)
    for at, figure in enumerate(figures):
        place = len(figures) - at - 1
        if figure == "0":
            gap = True
            continue
        said += words.zero if gap and said else ""
        gap = False
        is_ten = ten and place == 1 and not said and figure == "1"
        said += ("" if is_ten else digits[int(figure)]) + (("", *(places or words.places))[place])
    return said


def _from_cycle(number: int, cycle: str) -> str | None:
    return cycle[number - 1] if 0 < number <= len(cycle) else None


def _sexagenary(number: int, words: NumberWords) -> str | None:
    if not 0 < number <= 60:
        return None
    return words.stems[(number - 1) % len(words.stems)] + words.branches[(number - 1) % len(words.branches)]


_Write = Callable[[int, NumberWords], str | None]

_FORMATS: Final[Mapping[str, _Write]] = {
    "decimal": lambda number, _: str(number),
    "decimalHalfWidth": lambda number, _: str(number),
    "decimalZero": lambda number, _: f"{number:02}",
    "numberInDash": lambda number, _: f"- {number} -",
    "hex": lambda number, _: f"{number:X}",
    "lowerLetter": lambda number, _: _letters(number, "a"),
    "upperLetter": lambda number, _: _letters(number, "A"),
    "lowerRoman": lambda number, _: _roman(number),
    "upperRoman": lambda number, _: (_roman(number) or "").upper(),
    "decimalEnclosedParen": lambda number, _: _framed(number, _PARENTHESIZED),
    "decimalEnclosedFullstop": lambda number, _: _framed(number, _FULL_STOP),
    "ideographEnclosedCircle": lambda number, _: _framed(number, _CIRCLED_WORDS),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), lambda number, _: _framed(number, _CIRCLED)
    ),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda number, _: str(number).translate(_WIDE)),
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting"), _counted),
    **dict.fromkeys(
        ("chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting"),
        lambda number, words: _in_words(number, words.digits, words),
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"), _digit_by_digit
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number, words: _in_words(number, words.legal_digits, words, words.legal_places, ten=False),
    ),
    "ideographTraditional": lambda number, words: _from_cycle(number, words.stems),
    "ideographZodiac": lambda number, words: _from_cycle(number, words.branches),
    "ideographZodiacTraditional": _sexagenary,
}
