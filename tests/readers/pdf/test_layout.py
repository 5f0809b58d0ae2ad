"""From invented PDF files to their layout: what a page can look like, one kind a test."""

from __future__ import annotations

import itertools

import pytest
from tests.readers.pdf.writing import Sheet, written

from yusuan.compiler.readers.pdf.layout import read_layout
from yusuan.compiler.readers.pdf.model import DocumentLayout, Omission, PrintedParagraph, PrintedTable
from yusuan.compiler.readers.pdf.typography import Typography

CHINESE = Typography({ord("⻔"): "门", ord("⽬"): "目"}, "[一二三]、|（[一二三]）", "。；")
XS = [50.0, 150.0, 250.0, 350.0]
YS = [100.0, 120.0, 140.0, 160.0]
HEAD = ["科目", "本年", "上年"]


def layout(*sheets: Sheet) -> DocumentLayout:
    return read_layout(written(*sheets), CHINESE)


def tables(found: DocumentLayout) -> list[PrintedTable]:
    return [block for block in found.blocks if isinstance(block, PrintedTable)]


def paragraphs(found: DocumentLayout) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, PrintedParagraph)]


def rows(table: PrintedTable) -> list[list[str]]:
    """The texts by row; of a merged cell in its first row only."""
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]


def spans(table: PrintedTable) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells if cell.text}


# --- one page -------------------------------------------------------------------------------------------------------


def test_a_ruled_table() -> None:
    sheet = Sheet().text(50, 60, "收支总表", 16).table(XS, YS, [HEAD, ["教育支出", "1,234.56", "0.00"], ["", "7", ""]])
    found = layout(sheet)
    [table] = tables(found)
    assert rows(table) == [HEAD, ["教育支出", "1,234.56", "0.00"], ["", "7", ""]]
    assert table.ruled
    assert paragraphs(found) == ["收支总表"]
    box = next(cell for cell in table.cells if cell.text == "1,234.56").boxes[0]
    assert (box.page, box.x0, box.top, box.x1, box.bottom) == (1, 150, 120, 250, 140)


def test_merged_cells() -> None:
    sheet = Sheet()
    for y in (100, 160):
        sheet.line(50, y, 350, y)
    sheet.line(150, 120, 350, 120).line(50, 140, 350, 140)
    for x, top in ((50, 100), (150, 100), (250, 120), (350, 100)):
        sheet.line(x, top, x, 160)
    sheet.text(60, 115, "科目").text(200, 102, "预算数").text(160, 122, "本年").text(260, 122, "上年")
    sheet.text(60, 142, "合计").text(160, 142, "5").text(260, 142, "6")
    [table] = tables(layout(sheet))
    assert spans(table) == {
        "科目": (0, 0, 2, 1),
        "预算数": (0, 1, 1, 2),
        "本年": (1, 1, 1, 1),
        "上年": (1, 2, 1, 1),
        "合计": (2, 0, 1, 1),
        "5": (2, 1, 1, 1),
        "6": (2, 2, 1, 1),
    }


def test_each_place_of_a_grid_belongs_to_one_cell_where_rules_are_missing() -> None:
    # An L: the middle cell of the first row is open below, that of the second on the right.
    sheet = Sheet().grid(XS, YS).text(60, 102, "甲").text(160, 102, "乙")
    sheet.content = [each for each in sheet.content if "250.0 742" not in each]
    [table] = tables(layout(sheet))
    taken = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    assert sorted(taken) == [(row, column) for row in range(table.rows) for column in range(table.columns)]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_displayed(rotate: int) -> None:
    upright = Sheet(842, 595).table(XS, YS, [HEAD, ["教育支出", "12.30", "4"], ["合计", "12.30", "4"]])
    plain = layout(upright)
    turns = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 842 595", 270: "0 -1 1 0 0 842"}
    width, height = (842, 595) if rotate == 180 else (595, 842)
    turned = Sheet(width, height, rotate)
    turned.content = [f"{turns[rotate]} cm", *upright.content]
    found = layout(turned)
    assert rows(tables(found)[0]) == rows(tables(plain)[0])
    assert [round(edge) for edge in edges_of(tables(found)[0])] == [50, 100, 350, 160]
    assert (found.pages[0].width, found.pages[0].height) == (842, 595)


def edges_of(table: PrintedTable) -> tuple[float, float, float, float]:
    box = table.boxes[0]
    return box.x0, box.top, box.x1, box.bottom


def test_a_cropped_page_begins_where_it_is_cropped() -> None:
    sheet = Sheet(crop=(20, 0, 595, 822)).table(XS, YS, [HEAD]).text(2, 300, "外")
    found = layout(sheet)
    assert edges_of(tables(found)[0]) == pytest.approx((30, 80, 330, 140), abs=0.01)
    assert paragraphs(found) == []
    assert found.pages[0].outside == 1


def test_white_frames_are_no_rules() -> None:
    sheet = Sheet().table(XS, YS, [HEAD, ["甲", "1", "2"]])
    for x in (100, 200, 300):
        sheet.fill(x, 90, x + 1, 170, gray=1)
    [table] = tables(layout(sheet))
    assert table.columns == 3


def test_rules_may_be_thin_boxes_in_pieces() -> None:
    sheet = Sheet()
    for y in YS:
        for x0, x1 in itertools.pairwise(XS):
            sheet.fill(x0 + 0.5, y - 0.25, x1, y + 0.25)
    for x in XS:
        for y0, y1 in itertools.pairwise(YS):
            sheet.fill(x - 0.25, y0 + 0.5, x + 0.25, y1)
    sheet.text(52, 102, "甲").text(152, 122, "8.5")
    [table] = tables(layout(sheet))
    assert (table.rows, table.columns) == (3, 3)
    assert spans(table) == {"甲": (0, 0, 1, 1), "8.5": (1, 1, 1, 1)}


def test_rules_and_text_in_a_form() -> None:
    form = Sheet(300, 200).table([10, 60, 110], [10, 30, 50], [["甲", "1"], ["乙", "2"]])
    inner = Sheet(400, 300, matrix="1 0 0 1 7 0", forms={"X": form}).raw("q 1 0 0 1 5 20 cm /X Do Q")
    found = layout(Sheet(forms={"Y": inner}).raw("q 1 0 0 1 100 300 cm /Y Do Q"))
    [table] = tables(found)
    assert rows(table) == [["甲", "1"], ["乙", "2"]]
    assert (table.boxes[0].x0, table.boxes[0].top) == pytest.approx((122, 842 - 300 - 20 - 190), abs=0.01)


def test_what_a_clip_hides_is_not_there() -> None:
    sheet = Sheet().table(XS, YS, [HEAD, ["甲", "1", "2"]])
    sheet.raw("q 50 680 300 62 re W n").text(60, 200, "看不见").line(50, 180, 350, 180).line(200, 90, 200, 91).raw("Q")
    found = layout(sheet)
    assert paragraphs(found) == []
    assert tables(found)[0].rows == 3
    assert found.pages[0].hidden == 3


def test_a_long_label_flows_into_the_next_cell() -> None:
    sheet = Sheet().grid(XS, YS).text(52, 102, "机关事业单位基本养老补助").right(248, 102, "9311.66")
    [table] = tables(layout(sheet))
    assert rows(table)[0][:2] == ["机关事业单位基本养老补助", "9311.66"]


def test_letters_written_one_by_one_are_words() -> None:
    sheet = Sheet().grid(XS, YS).letters(52, 102, "住房公积金").letters(152, 102, "1,240.5")
    [table] = tables(layout(sheet))
    assert rows(table)[0][:2] == ["住房公积金", "1,240.5"]


def test_a_figure_on_two_lines_of_its_cell_is_one() -> None:
    sheet = Sheet().grid(XS, [100, 140, 180]).text(152, 105, "24995.9").text(152, 118, "4").text(52, 105, "合计")
    [table] = tables(layout(sheet))
    assert rows(table)[0][:2] == ["合计", "24995.94"]


def test_the_order_in_the_file_does_not_matter() -> None:
    sheet = Sheet().grid(XS, YS).text(72, 102, "支出").text(52, 102, "项目").text(52, 60, "第二").text(52, 40, "第一")
    found = layout(sheet)
    assert rows(tables(found)[0])[0][0] == "项目支出"
    assert paragraphs(found) == ["第一", "第二"]


def test_letters_below_each_other_in_a_narrow_cell() -> None:
    sheet = Sheet().grid([50, 65, 200], [100, 180]).text(80, 130, "为民")
    for at, letter in enumerate("年度目标"):
        sheet.text(52, 110 + 14 * at, letter)
    [table] = tables(layout(sheet))
    assert rows(table) == [["年度目标", "为民"]]


def test_a_box_around_prose_is_prose() -> None:
    sheet = Sheet().grid([40, 400], [90, 200]).text(60, 100, "说明如下").text(60, 120, "一、收入")
    found = layout(sheet)
    assert tables(found) == []
    assert paragraphs(found) == ["说明如下", "一、收入"]


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    sheet = Sheet().grid(XS, [100, 140]).text(52, 104, "2080505-").text(52, 118, "养老")
    [table] = tables(layout(sheet))
    assert rows(table)[0][0] == "2080505-养老"


def test_radicals_are_the_characters_that_they_look_like() -> None:
    found = layout(Sheet().text(50, 100, "部⻔项⽬表"))
    assert paragraphs(found) == ["部门项目表"]


def test_blanks_are_where_words_are_apart() -> None:
    found = layout(Sheet().text(50, 100, "单位名称：甲局").text(400, 100, "单位：万元").text(50, 140, "2026 年 度"))
    assert paragraphs(found) == ["单位名称：甲局 单位：万元", "2026 年 度"]


def test_bold_and_size() -> None:
    found = layout(Sheet().text(50, 100, "标题", 18, font="F2").text(50, 140, "正文"))
    first, second = (block for block in found.blocks if isinstance(block, PrintedParagraph))
    assert (first.bold, second.bold) == (True, False)
    assert (first.size, second.size) == pytest.approx((18, 10))


def test_the_size_is_that_of_the_letters_not_of_the_operand() -> None:
    found = layout(Sheet().raw("BT /F1 320 Tf 0.05 0 0 0.05 50 700 Tm <4E004E00> Tj ET"))
    assert found.blocks[0].lines[0].size == pytest.approx(16)  # type: ignore[union-attr]


def test_writing_aslant_or_in_no_colour_is_no_text() -> None:
    sheet = (
        Sheet()
        .raw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 400 Tm <53D153D1> Tj ET")
        .raw("BT 3 Tr /F1 9 Tf 50 50 Td <4E004E00> Tj ET")
    )
    found = layout(sheet)
    assert found.blocks == ()
    assert found.pages[0].hidden == 4


def test_a_page_without_anything() -> None:
    found = layout(Sheet())
    assert found.blocks == ()
    assert not found.is_scan


def test_a_page_that_is_a_picture() -> None:
    image = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    found = layout(Sheet().raw(image))
    assert found.pages[0].is_scan
    assert found.is_scan
    with_text = layout(Sheet().raw(image), Sheet().text(50, 50, "字"))
    assert with_text.pages[0].is_scan
    assert not with_text.is_scan


# --- without rulings -----------------------------------------------------------------------------------------------


def test_a_table_without_rulings_is_known_by_its_columns() -> None:
    sheet = Sheet().text(50, 60, "收入")
    for at, (label, figure, other) in enumerate(
        [("工资", "12.50", "3"), ("奖金补贴", "7", "11.20"), ("其他", "0.1", "2")]
    ):
        sheet.text(50, 100 + 20 * at, label).right(250, 100 + 20 * at, figure).right(350, 100 + 20 * at, other)
    found = layout(sheet)
    [table] = tables(found)
    assert rows(table) == [["工资", "12.50", "3"], ["奖金补贴", "7", "11.20"], ["其他", "0.1", "2"]]
    assert not table.ruled


def test_words_side_by_side_are_no_table() -> None:
    sheet = Sheet()
    for at in range(4):
        sheet.text(50, 100 + 20 * at, "左边的字").text(300, 100 + 20 * at, "右边的字")
    assert tables(layout(sheet)) == []


def test_dots_lead_to_a_number() -> None:
    sheet = Sheet()
    for at, (label, page) in enumerate([("第一部分 概况", "1"), ("一、主要职责", "2"), ("第二部分 预算表", "13")]):
        sheet.text(50, 100 + 20 * at, label + "." * (60 - 2 * len(label) - len(page)) + page)
    [table] = tables(layout(sheet))
    assert rows(table) == [["第一部分 概况", "1"], ["一、主要职责", "2"], ["第二部分 预算表", "13"]]


def test_rows_that_only_figures_part() -> None:
    sheet = Sheet().grid(XS, [100, 120, 200])
    for x, words in zip(XS, HEAD, strict=False):
        sheet.text(x + 2, 102, words)
    for at, (label, figure, other) in enumerate(
        [("工资", "12.50", "3.00"), ("奖金", "7.00", "1.20"), ("其他", "0.10", "2.00")]
    ):
        sheet.text(52, 125 + 20 * at, label).text(152, 125 + 20 * at, figure).text(252, 125 + 20 * at, other)
    [table] = tables(layout(sheet))
    assert rows(table) == [HEAD, ["工资", "12.50", "3.00"], ["奖金", "7.00", "1.20"], ["其他", "0.10", "2.00"]]
    assert not table.ruled


# --- paragraphs -------------------------------------------------------------------------------------------------------


def prose(sheet: Sheet, top: float, *lines: tuple[float, str]) -> Sheet:
    for at, (indent, words) in enumerate(lines):
        sheet.text(90 + 16 * indent, top + 30 * at, words, 16)
    return sheet


FULL = "预算收支按照综合预算原则编报全部纳入单位预算管理内"


def test_a_full_line_goes_on_unless_the_next_is_indented_or_numbered() -> None:
    sheet = prose(
        Sheet(),
        100,
        (2, FULL[:24]),
        (0, FULL + "共"),
        (0, "到此为止"),
        (0, FULL + "共"),
        (0, "一、收入" + FULL[:22]),
        (2, "又一段"),
    )
    assert paragraphs(layout(sheet)) == [
        FULL[:24] + FULL + "共" + "到此为止",
        FULL + "共",
        "一、收入" + FULL[:22],
        "又一段",
    ]


def test_a_line_is_full_where_the_next_figure_finds_no_room() -> None:
    sheet = prose(Sheet(), 100, (2, FULL[:24]), (0, FULL + "共"), (0, FULL[:21]), (0, "12,345.67万元"))
    assert paragraphs(layout(sheet)) == [FULL[:24] + FULL + "共" + FULL[:21] + "12,345.67万元"]


def test_a_bracket_that_is_open_joins_a_title() -> None:
    sheet = Sheet().text(120, 100, "一般公共预算支出表（按经济", 20).text(200, 130, "分类科目）", 20)
    assert paragraphs(layout(sheet)) == ["一般公共预算支出表（按经济分类科目）"]


def test_a_paragraph_over_two_pages_without_heads_and_page_numbers() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = Sheet().text(90, 20, "甲县某局 2026 年预算公开", 9)
        prose(sheet, 100, *[(0, FULL + "共")] * 22)
        sheets.append(sheet.text(290, 800, f"- {number} -", 9))
    found = layout(*sheets)
    assert paragraphs(found) == [(FULL + "共") * 88]
    kinds = [each.kind for each in found.left_out]
    assert kinds.count(Omission.RUNNING_HEAD) == kinds.count(Omission.PAGE_NUMBER) == 4
    assert [each.text for each in found.left_out if each.box.page == 2] == ["甲县某局 2026 年预算公开", "- 2 -"]


def test_numbers_and_titles_of_sheets_are_no_heads() -> None:
    sheets = [
        Sheet()
        .text(50, 40, f"公开0{at}表")
        .text(200, 60, "绩效目标表", 18)
        .table(XS, YS, [HEAD, [f"第{at}", "1", "2"]])
        for at in range(1, 6)
    ]
    found = layout(*sheets)
    assert not any(each.kind is not Omission.REPEATED_ROW for each in found.left_out)
    assert paragraphs(found).count("绩效目标表") == 5


def test_letters_of_two_cells_that_reach_into_each_other_are_two_words() -> None:
    sheet = Sheet().grid([50.0, 88.0, 150.0, 350.0], YS)
    sheet.letters(51, 102, "一级指标").letters(89, 102, "二级指标").text(160, 102, "三级指标")
    [table] = tables(layout(sheet))
    assert rows(table)[0] == ["一级指标", "二级指标", "三级指标"]


def test_letters_that_a_line_sets_apart_have_no_blanks_between_them() -> None:
    def apart(words: str, by: float) -> str:
        sheet = Sheet().raw(f"{by} Tc").text(50, 100, words).raw("0 Tc")
        return "".join(paragraphs(layout(sheet)))

    for by in (1.3, 2.0, 3.5):
        assert apart("2026年收入预算119,257.52万元", by) == "2026年收入预算119,257.52万元"
    assert paragraphs(layout(Sheet().text(50, 100, "2026").text(76, 100, "Revenue"))) == ["2026 Revenue"]


@pytest.mark.parametrize(("at", "read"), [(70.5, "2026收入"), (72.5, "2026收入"), (75.5, "2026 收入")])
def test_digits_a_quarter_apart_from_chinese_letters_have_no_blank(at: float, read: str) -> None:
    """Word sets them so of itself; a blank that somebody typed is half the size wide."""
    assert paragraphs(layout(Sheet().text(50, 100, "2026").text(at, 100, "收入"))) == [read]


@pytest.mark.parametrize(
    ("first", "read"),
    [
        ("（2070101）1,286.40万元。", 1),
        ("行政运行1,286.40万元。", 2),
    ],
)
def test_a_line_ends_where_a_code_with_its_brackets_finds_no_room(first: str, read: int) -> None:
    sheet = Sheet().text(50, 80, "文" * 40).text(50, 100, "安排的支出共计十项，" * 3).text(50, 120, first)
    assert len(paragraphs(layout(sheet))) == read
