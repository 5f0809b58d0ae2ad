"""Pages as pictures: what stands where in them, by their pixels."""

from __future__ import annotations

import struct
import zlib
from functools import cache

import pytest
from attrs import frozen
from tests.readers.pdf.writing import TARGETS, Sheet, drawn, written

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import Compilation, compile_reading
from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault
from yusuan.compiler.readers.pdf.picture import draw_page, png_of, read_page_sizes
from yusuan.compiler.readers.pdf.reader import PdfReader
from yusuan.compiler.readers.pdf.shapes import Caption, Letters, Outline, PageOrder, Picture
from yusuan.compiler.readers.pdf.worker import engine
from yusuan.compiler.rendering.overlay import Overlays

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (255, 0, 0)
FILL = (255, 0, 0, 255)

REPORT = f"""page
text 150 60 22 沙河县林业局2026年部门预算
text 90 120 16 一、部门预算安排的总体情况
text 122 160 14 2026年支出预算620.40万元，比上年增加20.40万元。
{TARGETS}| ^ | ^ | 补植面积 | ≥5公顷 | 60 |
"""


@frozen
class Pixels:
    """A picture without its packing."""

    width: int
    height: int
    channels: int
    rows: list[bytes]

    @classmethod
    def of(cls, png: bytes) -> Pixels:
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        chunks, at = {}, 8
        while at < len(png):
            length, name = struct.unpack(">I4s", png[at : at + 8])
            chunks[name] = png[at + 8 : at + 8 + length]
            assert zlib.crc32(name + chunks[name]) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
            at += 12 + length
        width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
        assert (depth, rest) == (8, [0, 0, 0])
        channels = {0: 1, 2: 3}[colour]
        lines = zlib.decompress(chunks[b"IDAT"])
        step = 1 + width * channels
        assert len(lines) == height * step
        return cls(width, height, channels, [lines[start + 1 : start + step] for start in range(0, len(lines), step)])

    def at(self, x: float, y: float) -> tuple[int, ...]:
        column = int(x)
        return tuple(self.rows[int(y)][column * self.channels : (column + 1) * self.channels])

    def colours(self, left: float, top: float, right: float, bottom: float) -> set[tuple[int, ...]]:
        return {self.at(x, y) for y in range(int(top), int(bottom)) for x in range(int(left), int(right))}


def picture(data: bytes, order: PageOrder) -> Picture:
    found = draw_page(data, order)
    assert found is not None
    return found


def pixels(data: bytes, order: PageOrder) -> Pixels:
    return Pixels.of(picture(data, order).png)


def test_the_page_stands_as_it_is_displayed() -> None:
    sheet = Sheet(200, 300).fill(20, 30, 60, 50)
    found = pixels(written(sheet), PageOrder(1, 2.0))
    assert (found.width, found.height) == (400, 600)
    assert found.at(2 * 40, 2 * 40) == BLACK
    assert found.at(2 * 40, 2 * 60) == WHITE


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_outlines_stand_where_the_reader_says_on_turned_and_cropped_pages(rotate: int) -> None:
    sheet = Sheet(300, 400, rotate=rotate, crop=(20, 30, 280, 390)).text(80, 100, "预算", 20)
    data = written(sheet)
    layout = PdfReader().read(data, "a", built_in_language())
    place = layout.source.places.entries[0]
    assert place.box is not None
    left, top, right, bottom = place.box
    found = pixels(data, PageOrder(1, 1.0, outlines=(Outline(place.box, fill=FILL),)))
    assert (found.width, found.height) == ((260, 360) if rotate == 0 else (360, 260))
    assert found.colours(left + 2, top + 2, right - 2, bottom - 2) == {RED}
    assert found.at(left - 3, top - 3) == WHITE


def test_a_strip_below_holds_the_captions() -> None:
    order = PageOrder(1, 1.0, 30, captions=(Caption(10, 305, 12, (0, 0, 0, 255), "amounts"),))
    found = pixels(written(Sheet(200, 300)), order)
    assert found.height == 330
    assert found.colours(0, 0, 200, 300) == {WHITE}
    assert min(found.colours(10, 303, 60, 320)) < (90, 90, 90)


def test_an_edge_is_no_fill() -> None:
    order = PageOrder(1, 1.0, outlines=(Outline((20, 20, 80, 60), line=FILL, width=4),))
    found = pixels(written(Sheet(200, 300)), order)
    assert found.at(50, 40) == WHITE
    assert found.at(50, 20) == found.at(20, 40) == RED


def test_opacity_lets_the_page_through() -> None:
    order = PageOrder(1, 1.0, outlines=(Outline((20, 20, 80, 60), fill=(255, 0, 0, 128)),))
    found = pixels(written(Sheet(200, 300).fill(20, 20, 50, 60)), order)
    red, green, blue = found.at(70, 40)
    assert (red, green) == (255, blue)
    assert 110 < green < 140
    assert found.at(30, 40)[1:] == (0, 0)


def test_a_bare_page_is_grey_and_tells_the_places() -> None:
    order = PageOrder(1, 1.0, is_bare=True, outlines=(Outline((20, 20, 80, 60), fill=FILL),))
    found = picture(written(Sheet(200, 300)), order)
    assert Pixels.of(found.png).colours(0, 0, 200, 300) == {(255,)}
    assert found.boxes == ((20, 20, 80, 60),)


def test_letters_of_a_line() -> None:
    data = written(Sheet().text(50, 100, "预算 20万元", 10))
    line = (50, 98, 105, 112)
    wanted = [Outline(line, Letters(*one)) for one in [(2, 4, 6), (0, 1, 6), (5, 6, 6), (2, 4, 7)]]
    found = picture(data, PageOrder(1, 1.0, is_bare=True, outlines=tuple(wanted))).boxes
    # Han letters are as wide as high here, others half as wide, the blank as well.
    assert found[0] == pytest.approx((75, 98, 85, 112), abs=0.8)
    assert found[1] == pytest.approx((50, 98, 60, 112), abs=0.8)
    assert found[2] == pytest.approx((95, 98, 105, 112), abs=0.8)
    assert found[3] == line, "where the page has other letters than the text, the whole line"


def test_letters_drawn_twice_count_once() -> None:
    data = written(Sheet().letters(50, 100, "预算额").letters(50.3, 100, "预算额"))
    [box] = picture(
        data, PageOrder(1, 1.0, is_bare=True, outlines=(Outline((49, 98, 81, 112), Letters(1, 2, 3)),))
    ).boxes
    assert box == pytest.approx((60, 98, 70, 112), abs=0.8)


def test_pages_that_are_not_there() -> None:
    data = written(Sheet(), Sheet(300, 200, rotate=90))
    assert read_page_sizes(data) == [(595, 842), (200, 300)]
    assert draw_page(data, PageOrder(3)) is None
    assert draw_page(data, PageOrder(0)) is None


def test_a_poster_is_drawn_smaller() -> None:
    found = pixels(written(Sheet(14000, 14000)), PageOrder(1, 10.0))
    assert found.width * found.height < 31_000_000


def test_the_same_page_gives_the_same_bytes_through_the_worker() -> None:
    data = drawn(REPORT)
    order = PageOrder(2, 1.5, 20, outlines=(Outline((20, 20, 80, 60), None, FILL, FILL, 1.0),))
    assert engine().draw(data, order) == engine().draw(data, order) == draw_page(data, order)
    assert engine().draw(data, PageOrder(9)) is None
    assert engine().page_sizes(data) == read_page_sizes(data)
    with pytest.raises(PdfError) as caught:
        engine().draw(b"%PDF-1.7", order)
    assert caught.value.fault is PdfFault.BROKEN


def test_png_of_one_pixel() -> None:
    assert Pixels.of(png_of(1, 1, b"\x07")).at(0, 0) == (7,)
    assert Pixels.of(png_of(1, 1, b"\x07\x08\x09")).at(0, 0) == (7, 8, 9)


# --- what is drawn over a report ---


@cache
def compiled() -> Compilation:
    return compile_reading(PdfReader().read(drawn(REPORT), "report", built_in_language()), language=built_in_language())


def shown(page: int, marked: tuple[int, int] | None = None) -> Pixels:
    over = Overlays(compiled().document, compiled().source).of(page, (595, 842), marked)
    return pixels(drawn(REPORT), PageOrder(page, 2.0, over.strip, False, over.outlines, over.captions))


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(colour, wanted, strict=True))


def over_white(red: int, green: int, blue: int, opacity: int) -> tuple[int, ...]:
    return tuple(round(255 + (one - 255) * opacity / 255) for one in (red, green, blue))


INDICATORS, AMOUNTS = (0xD5, 0x5E, 0x00), (0x00, 0x72, 0xB2)


def test_figures_have_the_colour_of_their_table() -> None:
    found = shown(2)
    # 指标值 of the first row, and of its words.
    assert is_near(found.at(2 * 395, 2 * 157), over_white(*INDICATORS, 88))
    assert is_near(found.at(2 * 325, 2 * 157), over_white(*INDICATORS, 36))
    # The header is no data.
    assert found.at(2 * 395, 2 * 137) == WHITE


def test_merged_cells_have_a_darker_edge() -> None:
    found = shown(2)
    assert is_near(found.at(2 * 50, 2 * 170), (55, 71, 79))
    # 产出指标 goes over two rows: no edge between them, as there is beside it.
    assert is_near(found.at(2 * 120, 2 * 160), over_white(*INDICATORS, 36))
    assert not is_near(found.at(2 * 300, 2 * 160), over_white(*INDICATORS, 36))


def test_rows_and_columns_are_numbered() -> None:
    over = Overlays(compiled().document, compiled().source).of(2, (595, 842))
    numbered = {caption.words: caption for caption in over.captions if caption.size == 5}
    assert list(numbered) == ["r1", "r2", "r3", "c1", "c2", "c3", "c4", "c5"]
    assert numbered["r3"].top == pytest.approx(161)
    assert numbered["r3"].left < 50
    assert numbered["c4"].left == pytest.approx(331)


def test_figures_of_prose_are_marked_letter_by_letter() -> None:
    found = shown(1)
    line = [found.at(x, 2 * 167) for x in range(2 * 122, 2 * 520)]
    marked = [index for index, colour in enumerate(line) if is_near(colour, over_white(*AMOUNTS, 88))]
    # 620.40 behind 2026年支出预算: six narrow letters of 14 points behind four narrow and five wide ones.
    start = 2 * (4 * 7 + 5 * 14)
    assert marked[0] == pytest.approx(start, abs=4)
    assert max(index for index in marked if index < start + 200) == pytest.approx(start + 2 * 6 * 7, abs=4)


def test_a_cell_is_marked() -> None:
    assert is_near(shown(2, (3, 4)).at(2 * 365, 2 * 180), (198, 40, 40))


def test_the_legend_says_what_is_on_the_page() -> None:
    overlays = Overlays(compiled().document, compiled().source)
    told = [[one.words for one in overlays.of(page, (595, 842)).captions if one.top > 842] for page in (1, 2)]
    assert told == [["p1", "amounts"], ["p2", "cell", "merged cell", "indicators", "projects"]]
    narrow = overlays.of(2, (120, 842))
    assert narrow.strip > overlays.of(2, (595, 842)).strip
    assert all(one.top < 842 + narrow.strip for one in narrow.captions)
