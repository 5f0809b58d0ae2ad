"""A small writer of PDF for tests: pages of text, lines and filled boxes, as plain as a file can be.

Places are in points from the top left of the page, as a reader gives them. The one font has no letters in it: their
widths are those of their form, and each code is its character.
"""

from __future__ import annotations

import itertools

from attrs import define, field

# Widths of a thousandth of the size: half as wide below U+2000.
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/ToUnicode 3 0 R/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/DW 1000/W[0 8191 500]/FontDescriptor<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -120 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>"
)
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <FFFF> "
    "endcodespacerange 100 beginbfrange {} endbfrange endcmap end end"
).format(" ".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)))
_ASCENT = 0.88

TARGETS = """page
text 90 60 16 二、绩效预算信息
text 90 90 14 造林项目绩效目标表
table 120 20 50 130 210 330 400 450
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 |
| 产出指标 | 数量指标 | 造林面积 | ≥30公顷 | 40 |
"""
"""A page for `drawn`, to which further rows of its table may be added."""


@define
class Sheet:
    """One page, or a form that a page shows.

    Attributes:
        width, height: before it is turned.
        rotate: by how many degrees it is turned clockwise when displayed.
        crop: the part that is displayed: left, bottom, right, top, from the lower left; absent for all.
        forms: by name, those that it may show.
    """

    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    forms: dict[str, Sheet] = field(factory=dict)
    matrix: str = ""
    content: list[str] = field(factory=list)

    def text(self, x: float, top: float, words: str, size: float = 10, font: str = "F1") -> Sheet:
        """Words whose letters begin at a place, as one piece.

        A blank stands behind them: of a single letter without an outline the engine says nothing at all.
        """
        base = self.height - top - _ASCENT * size
        self.content.append(f"BT /{font} {size} Tf {x} {base} Td <{f'{words} '.encode('utf-16-be').hex()}> Tj ET")
        return self

    def letters(self, x: float, top: float, words: str, size: float = 10) -> Sheet:
        """Words of which each letter is a piece of its own."""
        for letter in words:
            self.text(x, top, letter, size)
            x += width_of(letter, size)
        return self

    def right(self, x: float, top: float, words: str, size: float = 10) -> Sheet:
        """Words that end at a place."""
        return self.text(x - width_of(words, size), top, words, size)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> Sheet:
        self.content.append(f"{width} w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, gray: float = 0) -> Sheet:
        self.content.append(f"{gray} g {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f 0 g")
        return self

    def raw(self, operators: str) -> Sheet:
        self.content.append(operators)
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """The rules of a table without merged cells."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def table(self, xs: list[float], ys: list[float], rows: list[list[str]]) -> Sheet:
        """A table: its rules, and in each cell its words."""
        self.grid(xs, ys)
        for top, row in zip(ys, rows, strict=False):
            for x, words in zip(xs, row, strict=False):
                if words:
                    self.text(x + 2, top + 2, words)
        return self


def drawn(told: str) -> bytes:
    """A file as lines tell it: `page`, `text LEFT TOP SIZE WORDS`, `table TOP HEIGHT LEFT… RIGHT` with the rows below.

    A row is `| words | words |`, as high as told; `^` and `<` are merged with the cell above and to the left.
    """
    sheets: list[Sheet] = []
    places: list[float] = []
    rows: list[list[str]] = []
    for line in [*told.splitlines(), "end"]:
        if line.startswith("|"):
            rows.append([words.strip() for words in line.strip().strip("|").split("|")])
            continue
        if rows:
            _draw_merged(sheets[-1], places, rows)
            rows = []
        kind, *rest = line.split(maxsplit=4) or [""]
        if kind == "page":
            sheets.append(Sheet())
        elif kind == "text":
            left, top, size, words = rest
            sheets[-1].text(float(left), float(top), words, float(size))
        elif kind == "table":
            places = [float(place) for place in line.split()[1:]]
    return written(*sheets)


def _draw_merged(sheet: Sheet, places: list[float], rows: list[list[str]]) -> None:
    """A table of rows, the first of which begins at the first place and each of which is as high as the second."""
    top, height, *xs = places
    for number, row in enumerate(rows):
        y = top + number * height
        for (x0, x1), words in zip(itertools.pairwise(xs), row, strict=True):
            if words != "^":
                sheet.line(x0, y, x1, y)
            if words != "<":
                sheet.line(x0, y, x0, y + height)
            if words not in ("^", "<"):
                sheet.text(x0 + 2, y + 2, words)
    bottom = top + len(rows) * height
    sheet.line(xs[0], bottom, xs[-1], bottom).line(xs[-1], top, xs[-1], bottom)


def width_of(words: str, size: float) -> float:
    return sum(size / 2 if ord(letter) < 0x2000 else size for letter in words)


def written(*sheets: Sheet, trailer: str = "") -> bytes:
    """A file of pages; `trailer` are further entries of its trailer."""
    objects: dict[int, bytes] = {3: _stream("", _TO_UNICODE), 4: _FONT.format(name="Song").encode()}
    objects[5] = _FONT.format(name="Hei-Bold").encode()
    kids = [_add(objects, sheet, "/Type/Page/Parent 2 0 R") for sheet in sheets]
    objects[1] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    table = "".join(f"{offsets[number]:010} 00000 n \n" for number in sorted(objects))
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n".encode()
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % out.index(b"xref\n0 ")


def _add(objects: dict[int, bytes], sheet: Sheet, entries: str) -> int:
    """Writes a page, the forms that it shows first; its number."""
    forms = {name: _add(objects, form, "") for name, form in sheet.forms.items()}
    shown = "".join(f"/{name} {number} 0 R" for name, number in forms.items())
    resources = f"/Resources<</Font<</F1 4 0 R/F2 5 0 R>>/XObject<<{shown}>>>>"
    content = "\n".join(sheet.content)
    number = max(objects) + 1
    if not entries:
        box = f"/BBox[0 0 {sheet.width} {sheet.height}]"
        matrix = f"/Matrix[{sheet.matrix}]" if sheet.matrix else ""
        objects[number] = _stream(f"/Type/XObject/Subtype/Form{box}{matrix}{resources}", content)
        return number
    objects[number] = _stream("", content)
    box = f"/MediaBox[0 0 {sheet.width} {sheet.height}]/Rotate {sheet.rotate}"
    crop = f"/CropBox[{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
    objects[number + 1] = f"<<{entries}{box}{crop}{resources}/Contents {number} 0 R>>".encode()
    return number + 1


def _stream(entries: str, content: str) -> bytes:
    data = content.encode()
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries.encode(), len(data), data)
