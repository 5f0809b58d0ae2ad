"""The pages of the stages (`docs/stages/`) and ARCHITECTURE: what they name exists, and each stage has a page."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from yusuan.compiler.pipeline import Stage
from yusuan.ir.diagnostics import codes

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "stages").glob("*.md"))
PAGE_OF = {
    Stage.READ: "1-read.md",
    Stage.MARK: "2-mark.md",
    Stage.OUTLINE: "3-outline.md",
    Stage.JOIN_PAGES: "4-pages.md",
    Stage.TITLE: "5-stitch.md",
    Stage.STITCH: "5-stitch.md",
    Stage.PARSE: "6-parse.md",
    Stage.LOWER: "7-lower.md",
    Stage.CHECK: "8-check.md",
}
"""The page that tells of each stage; the title is read on the way to the tables."""

PROSE = re.compile(r"^(?! {4}).*$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
FILE = re.compile(r"[\w./-]*/[\w./-]*|[\w-]+\.(?:py|md|toml|lark)")
NAME = re.compile(r"[a-z_]+(?:\.\w+)+")
CODE = re.compile(r"\bBD\d{3}\b")
# Files of another folder, and the groups of entry points.
ELSEWHERE = {"other_facts.csv", "revenue.lark", "yusuan.emitters", "yusuan.readers", "units.money", "until.others"}

of_each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def quoted(page: Path) -> list[str]:
    """What stands in backquotes, outside of blocks of code."""
    prose = "\n".join(PROSE.findall(page.read_text(encoding="utf-8")))
    return [one for one in QUOTED.findall(prose) if one not in ELSEWHERE]


def exists(name: str) -> bool:
    """Whether a module of the package has the name: `module.Class`, `module.Class.attribute`."""
    module, *attributes = name.split(".")
    found = [path for top in ("compiler", "emitters", "ir") for path in (ROOT / top).rglob(f"{module}.py")]
    found += [path for top in ("compiler", "emitters") for path in (ROOT / top).rglob(f"{module}/__init__.py")]
    for path in found:
        parts = path.relative_to(ROOT).with_suffix("").parts
        thing: object = import_module(".".join(("yusuan", *parts)).removesuffix(".__init__"))
        for attribute in attributes:
            thing = getattr(thing, attribute, None)
        if thing is not None:
            return True
    return False


@pytest.mark.parametrize("page", [*PAGES, ROOT / "ARCHITECTURE.md"], ids=lambda page: page.stem)
def test_files_exist(page: Path) -> None:
    """A path is from the top, or in a folder that the page names."""
    paths = [one for one in quoted(page) if FILE.fullmatch(one)]
    folders = [ROOT, *(ROOT / one for one in paths if one.endswith("/"))]
    assert [one for one in paths if not any((folder / one).exists() for folder in folders)] == []


@of_each_page
def test_names_exist(page: Path) -> None:
    names = [one for one in quoted(page) if NAME.fullmatch(one) and not FILE.fullmatch(one)]
    assert [one for one in names if not exists(one)] == []


@of_each_page
def test_codes_exist(page: Path) -> None:
    assert set(CODE.findall(page.read_text(encoding="utf-8"))) <= set(codes.CODES)


@of_each_page
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [one for one in links if not (page.parent / one).exists()] == []


@of_each_page
def test_the_architecture_links_the_page(page: Path) -> None:
    assert f": docs/stages/{page.name}\n" in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_each_stage_has_a_page() -> None:
    assert set(PAGE_OF) == set(Stage)
    assert set(PAGE_OF.values()) <= {page.name for page in PAGES}
