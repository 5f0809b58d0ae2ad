"""Names of OOXML (ISO/IEC 29500-1), and how its values are read.

Elements are named as in transitional files; `package.py` makes those of strict files the same.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

XmlElement: TypeAlias = Any
"""An element of lxml, which says nothing of its types."""

STRICT: Final = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""The namespaces of strict files, and those of transitional ones for them."""

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

VAL: Final = f"{W}val"
PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_OFF: Final = frozenset({"0", "false", "off", "none"})
_LARGEST: Final = 1_000_000_000


def is_on(element: XmlElement | None) -> bool:
    """Whether a property that is on or off is there and on (ST_OnOff)."""
    return element is not None and element.get(VAL, "1").lower() not in _OFF


def integer(text: str | None) -> int | None:
    """A whole number; absent where it is none, or larger than any that a file can mean."""
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if -_LARGEST < number < _LARGEST else None


def value_of(parent: XmlElement | None, name: str) -> str | None:
    """The value of a property among others; absent where there is none."""
    found = parent.find(name) if parent is not None else None
    return None if found is None else found.get(VAL)
