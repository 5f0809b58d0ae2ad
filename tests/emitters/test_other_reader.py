"""XBRL for another reader than the processor that the formats are tried with: it finds the same facts."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import arelle
import pytest
from tests.strategies import EXAMPLES, REPORTS
from xbrl.cache import HttpCache
from xbrl.instance import ExplicitMember, parse_xbrl

from yusuan import compile_text
from yusuan.compiler.readers.text.decode import decode
from yusuan.emitters.registry import emit
from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl import names, taxonomy
from yusuan.emitters.xbrl.report import xbrl_reports
from yusuan.ir.concepts import Kind, definitions

# The reader knows no taxonomy package: what is at an address, it looks for below the address in a folder.
ADDRESS = names.BASE.removeprefix("https://")
STANDARDS = Path(arelle.__path__[0]) / "resources/cache"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> HttpCache:
    folder = tmp_path_factory.mktemp("cache")
    for scheme in ("http", "https"):
        shutil.copytree(STANDARDS / scheme, folder, dirs_exist_ok=True)
    for name, content in taxonomy.files():
        path = folder / ADDRESS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    found = HttpCache(str(folder))
    found.connection_manager.download = refuse
    return found


def refuse(url: str, *_: object, **__: object) -> NoReturn:
    raise AssertionError(f"{url} was asked for")


@pytest.mark.parametrize("path", [*EXAMPLES, *REPORTS], ids=lambda path: path.stem)
def test_another_reader_finds_the_same_facts(path: Path, cache: HttpCache, tmp_path: Path) -> None:
    made = compile_text(decode(path.read_bytes()).text, path.stem).document
    [report] = xbrl_reports([made])
    expected = {fact.id: fact for fact in report.facts}
    written = tmp_path / "report.xbrl"
    written.write_text(emit(made, "xbrl"), "utf-8")
    # Not Inline: there the reader passes over a figure that is two facts.
    read = parse_xbrl(str(written), cache).facts
    assert {fact.xml_id for fact in read} == set(expected)
    for found in read:
        fact = expected[found.xml_id]
        assert found.concept.name == fact.concept
        assert said(found) == {names.axis(axis): member(axis, value) for axis, value in fact.context.dimensions}
        if isinstance(fact.value, Decimal):
            assert Decimal(str(found.value)) == pytest.approx(fact.value)
        elif fact.definition.kind is Kind.TEXT:
            assert "".join(found.value.split()) == "".join(guarded(fact.value).split())


def said(found: object) -> dict[str, str]:
    """What a fact says on its axes, as the reader has it."""
    return {
        one.dimension.name: one.member.name if isinstance(one, ExplicitMember) else "".join(one.domain)
        for one in found.context.segments  # type: ignore[attr-defined]
    }


def member(axis: str, value: str) -> str:
    return names.member(value) if definitions().axes[axis].members else guarded(value)
