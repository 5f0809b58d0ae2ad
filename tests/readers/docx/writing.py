"""A small writer of Word files for tests: parts of raw XML in a package, as plain as a file can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ROOTS = {"document": "document", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes"} | {
    "endnotes": "endnotes"
}


def part(kind: str, inner: str) -> str:
    """A part: its root element with what is in it."""
    body = f"<w:body>{inner}</w:body>" if kind == "document" else inner
    root = _ROOTS[kind]
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{body}</w:{root}>'


def written(body: str, **others: str) -> bytes:
    """A file whose main part has a body; `others` are what is in further parts, by kind."""
    return packed({"document": part("document", body), **{kind: part(kind, inner) for kind, inner in others.items()}})


def packed(parts: dict[str, str], more: dict[str, bytes] | None = None, main: str = "document.main") -> bytes:
    """A file of parts, and of further entries of its archive."""
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE.format(main if kind == "document" else kind)}"/>'
        for kind in parts
    )
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATION.format(kind)}" Target="{kind}.xml"/>'
        for kind in parts
        if kind != "document"
    )
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{RELATION.format("officeDocument")}" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        **{f"word/{kind}.xml": xml for kind, xml in parts.items()},
        **(more or {}),
    }
    return archived(entries)


def archived(entries: dict[str, str | bytes]) -> bytes:
    """An archive; the same entries give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of letters."""
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str = "", properties: str = "") -> str:
    """A paragraph of a text, or of what is XML already."""
    formatted = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{formatted}{inner if inner.startswith('<') or not inner else run(inner)}</w:p>"


def cell(inner: str = "", properties: str = "") -> str:
    """A cell of a text, or of blocks."""
    formatted = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{formatted}{inner if inner.startswith('<w:') else paragraph(inner)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, each as XML or as its text."""
    formatted = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{formatted}{''.join(one if one.startswith('<') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str | Iterable[str]) -> str:
    """A table of rows, each as XML or as the texts of its cells."""
    return f"<w:tbl>{''.join(one if isinstance(one, str) else row(*one) for one in rows)}</w:tbl>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


DOWN = '<w:vMerge w:val="restart"/>'
BELOW = "<w:vMerge/>"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    said = f'<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{said}</w:lvl>'


def numbering(*levels: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """A part with one list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{instances}'


def numbered(text: str, depth: int = 0, instance: int = 1) -> str:
    """A paragraph of a list."""
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{instance}"/></w:numPr>'
    return paragraph(text, properties)
