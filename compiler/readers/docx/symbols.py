"""Letters of fonts that have codes of their own, as what they look like.

Symbol as Adobe and Unicode map it (unicode.org, MAPPINGS/VENDORS/ADOBE/symbol.txt); of Wingdings what stands in
reports: boxes, marks, arrows, numbers in circles. Word writes such a letter as `w:sym`, or as a code of 8 bits or one
above U+F000 in a run of that font.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PRIVATE: Final = 0xF000


def _row(first: int, characters: str) -> dict[int, str]:
    return {first + at: character for at, character in enumerate(characters) if character != "\0"}


_SYMBOL: Final = {
    **_row(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    **_row(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_row(0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"),
    **_row(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    **_row(0xE0, "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
}
_WINGDINGS: Final = {
    **_row(0x20, " "),
    **_row(0x6C, "●❍■□\0❑❒⬧⧫◆❖⬥⌧"),
    **_row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x9E, "·•"),
    **_row(0xA1, "○\0\0◉\0\0▪◻\0\0★"),
    **_row(0xD8, "➢"),
    **_row(0xDF, "←→↑↓↖↗↙↘"),
    **_row(0xE8, "➔"),
    **_row(0xEF, "⇦⇨⇧⇩⬄"),
    **_row(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2: Final = {
    **_row(0x20, " "),
    **_row(0x4F, "✗✓☒☑☒☒"),
    **_row(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x97, "●◉"),
    **_row(0xA3, "□"),
}
_FONTS: Final[Mapping[str, Mapping[int, str]]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}


def has_own_codes(font: str) -> bool:
    """Whether the letters of a font are known here."""
    return font.lower() in _FONTS


def symbol(font: str, code: int) -> str | None:
    """What a letter of a font looks like; absent where that is not known."""
    known = _FONTS.get(font.lower())
    if known is None:
        return chr(code) if 0x20 <= code < 0xD800 else None
    return known.get(code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else code)


def as_read(font: str, text: str) -> str:
    """A text in a font that has its own codes; what is not known stays as it is."""
    return "".join(symbol(font, ord(letter)) or letter if _has_code(ord(letter)) else letter for letter in text)


def _has_code(code: int) -> bool:
    return 0x20 <= code < 0x100 or _PRIVATE <= code < _PRIVATE + 0x100
