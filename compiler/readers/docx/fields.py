"""Fields (ISO/IEC 29500-1, 17.16): their results are text, their instructions are none.

A few have no result in the file and are drawn from what they say: numbers in circles (EQ), boxes and lists of forms.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field

from yusuan.compiler.readers.docx.counting import circled
from yusuan.compiler.readers.docx.names import VAL, W, XmlElement, integer, is_on, value_of
from yusuan.compiler.readers.docx.symbols import symbol

_OVERSTRIKE: Final = re.compile(r"\\o(?:\\[a-z]+)*\s*\(([^(),;]{0,20})[,;]([^(),;]{0,20})\)", re.I)
_FRACTION: Final = re.compile(r"\\f\s*\(([^(),;]{0,80})[,;]([^(),;]{0,80})\)", re.I)
_SWITCH: Final = re.compile(r"\\[a-z]+[0-9]*", re.I)
_SYMBOL: Final = re.compile(r'\s*symbol\s+(0x[0-9a-f]{1,5}|[0-9]{1,6})\b(?:.*?\\f\s*"?([^"\\]{1,40}))?', re.I)
_CHECKED: Final = ("☐", "☑")
_LONGEST: Final = 2_000


@define(slots=True)
class _Field:
    """A field that has begun.

    Attributes:
        form: what it is in a form; absent for one that is in none.
        instruction: what it says up to now.
        has_result: whether its result has begun.
    """

    form: XmlElement | None
    instruction: list[str] = field(factory=list)
    has_result: bool = False


class OpenFields:
    """The fields that are open at a place: they may go on over paragraphs, and stand in each other.

    Attributes:
        unread: whether the last field that ended could not be drawn.
    """

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._silent = 0
        self.unread = False

    def said(self, text: str) -> str:
        """What of a text at this place is text of the document: nothing in an instruction."""
        if not self._silent:
            return text
        self.instruct(text)
        return ""

    def instruct(self, text: str) -> None:
        """A part of the instruction of the innermost field that has no result yet."""
        for one in reversed(self._open):
            if not one.has_result:
                one.instruction.append(text)
                return

    def meet(self, character: XmlElement) -> str:
        """A field begins, goes on with its result, or ends; the text that it is where it had no result."""
        kind = character.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(_Field(character.find(f"{W}ffData")))
            self._silent += 1
        elif kind == "separate" and self._open and not self._open[-1].has_result:
            self._open[-1].has_result = True
            self._silent -= 1
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.has_result:
                self._silent -= 1
                return self.said(self._drawn(ended))
        return ""

    def end_paragraph(self) -> None:
        """No instruction goes on over a paragraph's end: one that seems to has lost its end, and must not hide what
        follows."""
        if self._silent:
            self._open = [one for one in self._open if one.has_result]
            self._silent = 0

    def _drawn(self, ended: _Field) -> str:
        if ended.form is not None:
            return _of_form(ended.form)
        said = "".join(ended.instruction)[:_LONGEST]
        name = said.split(None, 1)[0].lower() if said.strip() else ""
        if name == "symbol" and (found := _SYMBOL.match(said)):
            drawn = symbol((found[2] or "").strip(), int(found[1], 0))
            self.unread = drawn is None
            return drawn or ""
        if name == "eq":
            return self._equation(said.split(None, 1)[1] if len(said.split(None, 1)) > 1 else "")
        return ""

    def _equation(self, said: str) -> str:
        flat = _SWITCH.sub("", _FRACTION.sub(r"\1/\2", _OVERSTRIKE.sub(_overstruck, said))).strip()
        self.unread = not flat or "(" in flat
        return flat


def _overstruck(found: re.Match[str]) -> str:
    """Two texts over each other: a number in a circle, or both."""
    around, inside = found[1].strip(), found[2].strip()
    number = integer(inside)
    if len(around) == 1 and not around.isalnum() and number is not None:
        return circled(number) or inside
    return inside if len(around) == 1 and not around.isalnum() else around + inside


def _of_form(form: XmlElement) -> str:
    """What a box or a list of a form shows; a text has a result."""
    box = form.find(f"{W}checkBox")
    if box is not None:
        checked = box.find(f"{W}checked")
        return _CHECKED[is_on(checked if checked is not None else box.find(f"{W}default"))]
    choices = form.find(f"{W}ddList")
    if choices is None:
        return ""
    entries = [one.get(VAL, "") for one in choices.iterfind(f"{W}listEntry")]
    chosen = integer(value_of(choices, f"{W}result") or value_of(choices, f"{W}default")) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""
