"""Styles (ISO/IEC 29500-1, 17.7): what a paragraph or a run has of them, through the styles that those are based on."""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.readers.docx.names import VAL, W, XmlElement, integer, is_on, value_of

# A chain of styles longer than this is a circle.
_LONGEST_CHAIN: Final = 32

# The outline level of what is no heading.
_BODY: Final = 9

NUMBERED: Final = f"{W}numPr"
OUTLINED: Final = f"{W}outlineLvl"
STYLE: Final = f"{W}pStyle"
HIDDEN: Final = f"{W}vanish"


@frozen(slots=True)
class Format:
    """How a paragraph, or its text, is formatted, as far as that says what is printed.

    Attributes:
        numbering: the identifier of its list; absent for none, 0 where a style's is taken away.
        depth: its level in that list, from 0; absent where the list says it of the style.
        style: the style that the list belongs to; absent where the paragraph itself names it.
        hidden: whether its letters are hidden.
        level: its level in the outline, from 0; absent for the body of the text.
    """

    numbering: int | None = None
    depth: int | None = None
    style: str | None = None
    hidden: bool = False
    level: int | None = None

    def with_level(self, properties: XmlElement) -> Format:
        """This one with the outline level that a paragraph or its style has (`w:outlineLvl`, 17.3.1.20; 9 is none)."""
        level = integer(properties.get(VAL))
        return evolve(self, level=level if level is not None and 0 <= level < _BODY else None)

    def with_number(self, properties: XmlElement, style: str | None = None) -> Format:
        """This one with what the properties of a list say; a level alone is of the list that the style names."""
        number = integer(value_of(properties, f"{W}numId"))
        depth = integer(value_of(properties, f"{W}ilvl"))
        return evolve(self, numbering=self.numbering if number is None else number, depth=depth, style=style)

    def with_run(self, properties: XmlElement) -> Format:
        """This one with what properties of a run say themselves."""
        hidden = properties.find(HIDDEN)
        return self if hidden is None or is_on(hidden) == self.hidden else evolve(self, hidden=not self.hidden)


_PLAIN: Final = Format()


class StyleSheet:
    """The styles of a file."""

    def __init__(self, root: XmlElement | None) -> None:
        """`root` is that of the part; absent where the file has none."""
        self._styles: dict[str, XmlElement] = {}
        self._default: str | None = None
        self._known: dict[str | None, Format] = {}
        self._plain = _PLAIN
        if root is None:
            return
        for one in root.iterfind(f"{W}style"):
            name = one.get(f"{W}styleId", "")
            self._styles.setdefault(name, one)
            is_default = one.get(f"{W}default", "0").lower() in ("1", "true", "on")
            if is_default and one.get(f"{W}type") == "paragraph":
                self._default = name
        letters = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if letters is not None:
            self._plain = _PLAIN.with_run(letters)

    def of_paragraph(self, name: str | None) -> Format:
        """The format of a paragraph's style; that of the default one where none is named or the name is not known."""
        known = self._known.get(name)
        if known is None:
            own = name if name is not None and name in self._styles else self._default
            known = self._known[name] = self._plain if own is None else self._of(own)
        return known

    def of_run(self, name: str, around: Format) -> Format:
        """A format with what a style of characters says."""
        found = around
        for style in reversed(self._chain(name)):
            properties = style.find(f"{W}rPr")
            found = found if properties is None else found.with_run(properties)
        return found

    def list_of(self, name: str) -> int | None:
        """The identifier of the list that a style of numbering names."""
        style = self._styles.get(name)
        return None if style is None else integer(value_of(style.find(f"{W}pPr/{NUMBERED}"), f"{W}numId"))

    def _of(self, name: str) -> Format:
        found = self._plain
        for style in reversed(self._chain(name)):
            numbered, letters = style.find(f"{W}pPr/{NUMBERED}"), style.find(f"{W}rPr")
            outlined = style.find(f"{W}pPr/{OUTLINED}")
            found = found if outlined is None else found.with_level(outlined)
            found = found if numbered is None else found.with_number(numbered, style.get(f"{W}styleId"))
            found = found if letters is None else found.with_run(letters)
        return found

    def _chain(self, name: str) -> list[XmlElement]:
        """A style and those that it is based on."""
        chain: list[XmlElement] = []
        style = self._styles.get(name)
        while style is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = self._styles.get(value_of(style, f"{W}basedOn") or "")
        return chain
