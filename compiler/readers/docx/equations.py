"""Equations (ISO/IEC 29500-1, 22.1) on one line: ≥95%, a/b, m², √(x+1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from yusuan.compiler.readers.docx.names import M, W, XmlElement

_VAL: Final = f"{M}val"
_RAISED: Final = dict(zip(map(ord, "0123456789+-=()n"), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED: Final = dict(zip(map(ord, "0123456789+-=()"), "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_TEXTS: Final = frozenset({f"{M}t", f"{W}t"})
_DROPPED: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}instrText"})


def linear(element: XmlElement) -> str:
    """The text of an equation or of a part of one."""
    return "".join(_part(child) for child in element)


def _part(element: XmlElement) -> str:
    tag = element.tag
    if tag in _TEXTS:
        return element.text or ""
    if tag in _DROPPED or tag.endswith("Pr"):
        return ""
    write = _PARTS.get(tag)
    return write(element) if write is not None else linear(element)


def _inside(element: XmlElement, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else linear(found)


def _bracketed(text: str) -> str:
    """A text as one operand."""
    return text if text.isalnum() or len(text) < 2 or text.replace(".", "", 1).isdecimal() else f"({text})"


def _property(element: XmlElement, name: str, default: str) -> str:
    """A property of an element, by its path below it."""
    found = element.find(name)
    return default if found is None else str(found.get(_VAL, ""))


def _fraction(element: XmlElement) -> str:
    if _property(element, f"{M}fPr/{M}type", "bar") == "noBar":
        return f"({_inside(element, 'num')} {_inside(element, 'den')})"
    return f"{_bracketed(_inside(element, 'num'))}/{_bracketed(_inside(element, 'den'))}"


def _script(text: str, signs: Mapping[int, str], mark: str) -> str:
    if not text:
        return ""
    return text.translate(signs) if all(ord(sign) in signs for sign in text) else f"{mark}{_bracketed(text)}"


def _raised(element: XmlElement) -> str:
    return _script(_inside(element, "sup"), _RAISED, "^")


def _lowered(element: XmlElement) -> str:
    return _script(_inside(element, "sub"), _LOWERED, "_")


def _operator(element: XmlElement) -> str:
    sign = _property(element, f"{M}naryPr/{M}chr", "∫")
    return f"{sign}{_lowered(element)}{_raised(element)}{_inside(element, 'e')}"


def _root(element: XmlElement) -> str:
    found = element.find(f"{M}radPr/{M}degHide")
    is_square = found is not None and found.get(_VAL, "1") not in ("0", "false", "off")
    degree = "" if is_square else _script(_inside(element, "deg"), _RAISED, "")
    return f"{degree}√{_bracketed(_inside(element, 'e'))}"


def _delimited(element: XmlElement) -> str:
    first, last = _property(element, f"{M}dPr/{M}begChr", "("), _property(element, f"{M}dPr/{M}endChr", ")")
    parting = _property(element, f"{M}dPr/{M}sepChr", "|")
    return first + parting.join(linear(one) for one in element.iterfind(f"{M}e")) + last


def _rows(element: XmlElement) -> str:
    rows = element.findall(f"{M}mr") or element.findall(f"{M}e")
    return "; ".join(" ".join(linear(one) for one in row.iterfind(f"{M}e")) or linear(row) for row in rows)


_PARTS: Final[Mapping[str, Callable[[XmlElement], str]]] = {
    f"{M}f": _fraction,
    f"{M}sSup": lambda element: _inside(element, "e") + _raised(element),
    f"{M}sSub": lambda element: _inside(element, "e") + _lowered(element),
    f"{M}sSubSup": lambda element: _inside(element, "e") + _lowered(element) + _raised(element),
    f"{M}sPre": lambda element: _lowered(element) + _raised(element) + _inside(element, "e"),
    f"{M}nary": _operator,
    f"{M}rad": _root,
    f"{M}d": _delimited,
    f"{M}m": _rows,
    f"{M}eqArr": _rows,
}
