"""The taxonomy as files, schema, linkbases and package, from `ir/concepts.toml` and `ir/taxonomy.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from yusuan.emitters.xbrl import documentation, formula, linkbases, names, schema
from yusuan.emitters.xbrl.archive import archive
from yusuan.emitters.xbrl.markup import DECLARATION, element, lines, text
from yusuan.ir.concepts import definitions


def files() -> Iterator[tuple[str, str]]:
    """The files of the taxonomy package: path below its top folder, and text."""
    yield "META-INF/taxonomyPackage.xml", _package()
    yield "META-INF/catalog.xml", _catalog()
    yield f"{names.PREFIX}.xsd", schema.schema()
    for language in schema.LANGUAGES:
        yield f"{names.PREFIX}-label-{language}.xml", linkbases.labels(language)
    yield f"{names.PREFIX}-presentation.xml", linkbases.presentation()
    yield f"{names.PREFIX}-calculation.xml", linkbases.calculation()
    yield f"{names.PREFIX}-definition.xml", linkbases.definition()
    yield f"{names.PREFIX}-formula.xml", formula.linkbase()


def pages() -> Iterator[tuple[str, str]]:
    """The pages that document it, for beside its files: in a package a processor would take one for a report."""
    return documentation.pages(schema.TYPES, schema.COUNTED)


def package() -> bytes:
    """The taxonomy package: a ZIP file with one top folder, the same bytes always."""
    return archive((f"{folder()}/{name}", content) for name, content in files())


def folder() -> str:
    """The name of the top folder of the package."""
    return f"{names.PREFIX}-{names.DATE}"


# --- the package ------------------------------------------------------------------------------------------------------


def _package() -> str:
    tp = "http://xbrl.org/2016/taxonomy-package"
    content = [
        element("tp:identifier", {}, text(f"{names.BASE}/")),
        *(element("tp:name", {"xml:lang": language}, text(said)) for language, said in definitions().title.items()),
        element("tp:version", {}, names.DATE),
        element("tp:publicationDate", {}, names.DATE),
        element(
            "tp:entryPoints",
            {},
            element(
                "tp:entryPoint",
                {},
                "".join(
                    [
                        *(
                            element("tp:name", {"xml:lang": language}, text(said))
                            for language, said in definitions().title.items()
                        ),
                        element("tp:entryPointDocument", {"href": names.ENTRY_POINT}),
                    ]
                ),
            ),
        ),
    ]
    schema = f"{tp} http://xbrl.org/2016/taxonomy-package.xsd"
    head = {
        "xml:lang": "zh",
        "xmlns:tp": tp,
        "xmlns:xsi": names.XSI,
        "xsi:schemaLocation": schema,
    }
    return DECLARATION + element("tp:taxonomyPackage", head, lines(content)) + "\n"


def _catalog() -> str:
    head = {"xmlns": "urn:oasis:names:tc:entity:xmlns:xml:catalog"}
    rewrite = element("rewriteURI", {"uriStartString": f"{names.BASE}/", "rewritePrefix": "../"})
    return DECLARATION + element("catalog", head, lines([rewrite])) + "\n"
