"""Headings of Word files: what a style, or a paragraph, says of its level in the outline."""

from __future__ import annotations

from typing import Final

import pytest
from tests.readers.docx.writing import paragraph, run, written

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import compile_bytes
from yusuan.ir.nodes import Section

_STYLE: Final = '<w:style w:type="paragraph" w:styleId="{}">{}</w:style>'
_LEVEL: Final = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
STYLES: Final = "".join(
    [
        _STYLE.format("1", _LEVEL.format(0)),
        _STYLE.format("2", _LEVEL.format(1)),
        _STYLE.format("T", '<w:basedOn w:val="2"/>'),
    ]
)


def styled(text: str, style: str) -> str:
    return paragraph(run(text), f'<w:pStyle w:val="{style}"/>')


def outlined(text: str, depth: int) -> str:
    return paragraph(run(text), f'<w:outlineLvl w:val="{depth}"/>')


def outline(body: str) -> list[str]:
    """The headings of a file, each behind as many dots as it stands deep."""
    data = written(paragraph(run("云溪市桥梁处2024年部门预算公开")) + body, styles=STYLES)
    document = compile_bytes(data, "report", language=built_in_language()).document
    found: list[str] = []

    def walk(section: Section, depth: int) -> None:
        for inner in section.sections:
            found.append("." * depth + (inner.heading.text if inner.heading else ""))
            walk(inner, depth + 1)

    walk(document.body, 0)
    return found


MONEY: Final = paragraph(run("2024年机关运行经费42.60万元。"))


@pytest.mark.parametrize("heading", [styled, outlined])
def test_unnumbered_headings_stand_as_deep_as_their_level_says(heading: object) -> None:
    first, second = ("1", "2") if heading is styled else (0, 1)
    body = (
        heading("第二部分 预算说明", first)  # type: ignore[operator]
        + heading("桥梁养护安排", second)  # type: ignore[operator]
        + MONEY
        + heading("渡口管理安排", second)  # type: ignore[operator]
        + MONEY
        + heading("附件说明事项", first)  # type: ignore[operator]
        + MONEY
    )
    assert outline(body) == ["第二部分 预算说明", ".桥梁养护安排", ".渡口管理安排", "附件说明事项"]


def test_a_style_has_the_level_of_the_one_that_it_is_based_on() -> None:
    body = styled("第二部分 预算说明", "1") + styled("桥梁养护安排", "T") + MONEY
    assert outline(body) == ["第二部分 预算说明", ".桥梁养护安排"]


def test_a_paragraph_takes_the_level_of_its_style_away() -> None:
    taken = paragraph(run("桥梁养护安排"), '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>')
    assert outline(styled("第二部分 预算说明", "1") + taken + MONEY) == ["第二部分 预算说明"]


def test_a_sentence_in_the_style_of_headings_is_none() -> None:
    sentence = styled("2024年桥梁养护安排42.60万元，用于三座桥。", "2")
    assert outline(styled("第二部分 预算说明", "1") + sentence) == ["第二部分 预算说明"]


def test_the_title_is_no_section() -> None:
    body = styled("部门预算公开说明", "1") + styled("一、机关运行经费安排情况", "1") + MONEY
    assert outline(body) == ["一、机关运行经费安排情况"]


def test_the_glossary_ends_at_a_heading_of_its_level() -> None:
    body = styled("三、名词解释", "1") + paragraph(run("渡口：过河的地方。")) + styled("附件说明事项", "1") + MONEY
    assert outline(body) == ["三、名词解释", "附件说明事项"]
