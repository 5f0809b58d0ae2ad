"""The runs of a paragraph (ISO/IEC 29500-1, 17.3): what of them is text, and what is anchored in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import define, field

from yusuan.compiler.readers.docx.equations import linear
from yusuan.compiler.readers.docx.fields import OpenFields
from yusuan.compiler.readers.docx.model import WordLoss
from yusuan.compiler.readers.docx.names import MC, PRESERVE, VAL, M, W, XmlElement, is_on
from yusuan.compiler.readers.docx.styles import HIDDEN, Format, StyleSheet
from yusuan.compiler.readers.docx.symbols import as_read, has_own_codes, symbol

# What of a later version this reader takes; the rest has a form for earlier ones beside it.
_MICROSOFT: Final = "http://schemas.microsoft.com/office/"
_UNDERSTOOD: Final = frozenset(
    {f"{_MICROSOFT}word/2010/wordprocessing{name}" for name in ("Shape", "Group", "Canvas", "Drawing", "Ink")}
    | {f"{_MICROSOFT}word/{version}/wordml" for version in ("2010", "2012")}
    | {f"{_MICROSOFT}drawing/2010/main", W[1:-1], M[1:-1]}
)
_BOX: Final = f"{W}txbxContent"
_PICTURES: Final = frozenset(
    {"{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", "{urn:schemas-microsoft-com:vml}imagedata"}
)
_DIAGRAMS: Final = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://purl.oclc.org/ooxml/drawingml/diagram}relIds",
        "{http://purl.oclc.org/ooxml/drawingml/chart}chart",
    }
)
_OLE: Final = "{urn:schemas-microsoft-com:office:office}OLEObject"
_EQUATION_PROGRAMS: Final = ("equation", "mathtype", "kseqn")
_ALTERNATIVES: Final = f"{MC}AlternateContent"
_RUN_PROPERTIES: Final = f"{W}rPr"
_FONT: Final = f"{W}rFonts"
_ASCII: Final = f"{W}ascii"
_OTHER_LETTERS: Final = f"{W}hAnsi"
_STYLE: Final = f"{W}rStyle"
_FIELD_CHARACTER: Final = f"{W}fldChar"


@define(slots=True)
class RunText:
    """What the runs of a paragraph say.

    Attributes:
        pieces: its text, with a line end for each break.
        notes: what the notes that it calls are called in the file: the kind, and the identifier.
        boxes: the contents of the text boxes that are anchored in it.
        left_out: what stands in it and is not in the text.
    """

    pieces: list[str] = field(factory=list)
    notes: list[tuple[str, str]] = field(factory=list)
    boxes: list[XmlElement] = field(factory=list)
    left_out: list[WordLoss] = field(factory=list)


class RunReader:
    """Reads the runs of paragraphs, in the order of the text."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._fields = OpenFields()
        self._format = Format()
        self._font = ""
        self._text = RunText()

    def read(self, paragraph: XmlElement, format_: Format) -> RunText:
        """What a paragraph of a format says."""
        self._format, self._text = format_, RunText()
        self._inside(paragraph)
        self._fields.end_paragraph()
        return self._text

    def _inside(self, element: XmlElement) -> None:
        handlers = _HANDLERS
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(self, child)

    def _say(self, text: str) -> None:
        said = self._fields.said(text)
        if said:
            self._text.pieces.append(said)

    # --- runs ---------------------------------------------------------------------------------------------------------

    def _run(self, run: XmlElement) -> None:
        hidden, self._font = self._format.hidden, ""
        for one in run:
            if one.tag == _RUN_PROPERTIES:
                hidden = self._formatted(one)
            break
        if hidden:
            self._hide(run)
        else:
            self._inside(run)

    def _formatted(self, properties: XmlElement) -> bool:
        """Whether a run is hidden. Its font is remembered where the letters of that have codes of their own."""
        format_, hidden = self._format, None
        for one in properties:
            tag = one.tag
            if tag == _FONT:
                font = one.get(_ASCII) or one.get(_OTHER_LETTERS) or ""
                self._font = font if has_own_codes(font) else ""
            elif tag == HIDDEN:
                hidden = is_on(one)
            elif tag == _STYLE:
                format_ = self._styles.of_run(one.get(VAL, ""), format_)
        return format_.hidden if hidden is None else hidden

    def _hide(self, run: XmlElement) -> None:
        for child in run:
            if child.tag == _FIELD_CHARACTER:
                self._fields.meet(child)
            elif child.tag == _TEXT and child.text:
                self._leave_out(WordLoss.HIDDEN)

    def _leave_out(self, kind: WordLoss) -> None:
        self._text.left_out.append(kind)

    def _letters(self, element: XmlElement) -> None:
        text = element.text
        if not text:
            return
        if element.get(PRESERVE) != "preserve":
            text = text.strip(" \t\r\n")
        if "\n" in text or "\t" in text or "\r" in text:
            text = " ".join(text.replace("\r", " ").replace("\t", " ").split("\n"))
        self._say(as_read(self._font, text) if self._font else text)

    def _symbol(self, element: XmlElement) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            code = 0
        said = symbol(element.get(f"{W}font", ""), code)
        if said is None:
            self._leave_out(WordLoss.SYMBOL)
        self._say(said or "\ufffd")

    def _note(self, element: XmlElement) -> None:
        kind = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        self._text.notes.append((kind, element.get(f"{W}id", "")))

    def _field(self, element: XmlElement) -> None:
        drawn = self._fields.meet(element)
        if drawn:
            self._text.pieces.append(drawn)
        if self._fields.unread:
            self._leave_out(WordLoss.FORMULA)
            self._fields.unread = False

    def _deleted(self, element: XmlElement) -> None:
        if next(element.iter(f"{W}delText", f"{W}t", f"{M}t"), None) is not None:
            self._leave_out(WordLoss.DELETED)

    # --- what is drawn ------------------------------------------------------------------------------------------------

    def _drawn(self, element: XmlElement) -> None:
        """Text boxes, and whether there are pictures, diagrams and objects."""
        for child in element:
            tag = child.tag
            if tag == _BOX:
                self._text.boxes.append(child)
            elif tag == _ALTERNATIVES:
                branch = chosen(child)
                if branch is not None:
                    self._drawn(branch)
            elif tag in _PICTURES:
                self._leave_out(WordLoss.PICTURE)
            elif tag in _DIAGRAMS:
                self._leave_out(WordLoss.DIAGRAM)
            else:
                self._drawn(child)

    def _object(self, element: XmlElement) -> None:
        """An object of another program, with the picture that is shown for it."""
        program = next((one.get("ProgID", "").lower() for one in element.iter(_OLE)), "")
        boxes = len(self._text.boxes)
        pictures = len(self._text.left_out)
        self._drawn(element)
        del self._text.left_out[pictures:]
        if len(self._text.boxes) == boxes:
            is_formula = program.startswith(_EQUATION_PROGRAMS)
            self._leave_out(WordLoss.FORMULA if is_formula else WordLoss.OBJECT)

    def _alternatives(self, element: XmlElement) -> None:
        branch = chosen(element)
        if branch is not None:
            self._inside(branch)

    def _content(self, element: XmlElement) -> None:
        content = element.find(f"{W}sdtContent")
        if content is not None:
            self._inside(content)

    def _base(self, element: XmlElement) -> None:
        base = element.find(f"{W}rubyBase")
        if base is not None:
            self._inside(base)


def chosen(alternatives: XmlElement) -> XmlElement | None:
    """The one of several forms of the same content that this reader takes (ISO/IEC 29500-3)."""
    choices = alternatives.findall(f"{MC}Choice")
    for choice in choices:
        if all(choice.nsmap.get(prefix) in _UNDERSTOOD for prefix in choice.get("Requires", "").split()):
            return choice
    fallback = alternatives.find(f"{MC}Fallback")
    return fallback if fallback is not None else choices[0] if choices else None


_TEXT: Final = f"{W}t"
# What stands around runs and is none.
_AROUND: Final = ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "fldSimple", "bdo", "dir")
_HANDLERS: Final[Mapping[str, Callable[[RunReader, XmlElement], None]]] = {
    _TEXT: RunReader._letters,
    f"{W}r": RunReader._run,
    f"{M}r": RunReader._inside,
    **dict.fromkeys((f"{W}{name}" for name in _AROUND), RunReader._inside),
    **dict.fromkeys((f"{W}del", f"{W}moveFrom"), RunReader._deleted),
    f"{W}sdt": RunReader._content,
    f"{W}ruby": RunReader._base,
    _ALTERNATIVES: RunReader._alternatives,
    **dict.fromkeys((f"{M}oMath", f"{M}oMathPara"), lambda reader, element: reader._say(linear(element))),
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), lambda reader, _: reader._say("\t")),
    **dict.fromkeys((f"{W}br", f"{W}cr"), lambda reader, _: reader._say("\n")),
    f"{W}noBreakHyphen": lambda reader, _: reader._say("-"),
    f"{W}sym": RunReader._symbol,
    _FIELD_CHARACTER: RunReader._field,
    f"{W}instrText": lambda reader, element: reader._fields.instruct(element.text or ""),
    **dict.fromkeys((f"{W}footnoteReference", f"{W}endnoteReference"), RunReader._note),
    **dict.fromkeys((f"{W}drawing", f"{W}pict"), RunReader._drawn),
    f"{W}object": RunReader._object,
}
