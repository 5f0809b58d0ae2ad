"""Which reader reads an input: by content, built-in readers first, broken ones of other packages left out."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable, Iterator
from importlib import metadata
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from yusuan.compiler.language.loader import Language, built_in_language
from yusuan.compiler.pipeline import compile_bytes
from yusuan.compiler.readers import registry
from yusuan.compiler.readers.base import Reader, Reading
from yusuan.compiler.readers.registry import GROUP, reader_for, suffixes
from yusuan.compiler.readers.text.decode import DecodeError
from yusuan.compiler.readers.text.reader import TextReader, frame
from yusuan.compiler.workspace.inputs import expand_inputs
from yusuan.ir.source import SourceFile


class BackwardsReader:
    """Reads what follows a NUL from its end."""

    name = "backwards"
    suffixes = (".Rev",)

    def takes(self, data: bytes) -> bool:
        return data.startswith(b"\0")

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        return frame(SourceFile(name, data.decode()[:0:-1]), language)


class GreedyReader(BackwardsReader):
    """Takes anything."""

    def takes(self, data: bytes) -> bool:
        return data is not None


class BlindReader(BackwardsReader):
    """Cannot tell what it takes."""

    def takes(self, data: bytes) -> bool:
        raise LookupError(data[:1])


class Speechless:
    """Is no reader."""

    name = "speechless"


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Declares readers of another package, by their classes here or any other value."""

    def make(**values: str) -> None:
        found = [EntryPoint(name, value, GROUP) for name, value in values.items()]
        monkeypatch.setattr(metadata, "entry_points", lambda *, group: found if group == GROUP else [])
        loaded = {name: thing for name, thing in globals().items() if isinstance(thing, type)}
        monkeypatch.setattr(EntryPoint, "load", lambda self: loaded[self.value])
        registry._others.cache_clear()

    yield make
    registry._others.cache_clear()


def test_the_text_reader_keeps_the_protocol() -> None:
    assert isinstance(TextReader(), Reader)


def test_another_package_brings_a_reader(declare: Callable[..., None], tmp_path: Path) -> None:
    declare(backwards="BackwardsReader")
    compiled = compile_bytes("\0算预门部年4202局利水县某".encode(), "report", language=built_in_language())
    assert compiled.document.name == "report"
    assert compiled.document.fiscal_year == 2024
    assert suffixes() == (".pdf", ".docx", ".docm", ".doc", ".wps", ".txt", ".rev")
    for name in ("a.rev", "b.TXT", "c.md"):
        (tmp_path / name).touch()
    assert [item.name for item in expand_inputs([str(tmp_path)]).taken] == ["a", "b"]


@pytest.mark.parametrize("data", ["预算".encode(), "预算".encode("gb18030"), "\ufeff预算".encode("utf-16-le"), b""])
def test_a_text_stays_the_text_readers(declare: Callable[..., None], data: bytes) -> None:
    declare(greedy="GreedyReader", text="GreedyReader")
    assert reader_for(data).name == "text"


@pytest.mark.parametrize("data", [b"{\\rtf1 ", b"PK\x03\x04xl/", b" <html><body>"])
def test_what_no_reader_takes_is_refused_by_the_text_reader(declare: Callable[..., None], data: bytes) -> None:
    declare(backwards="BackwardsReader")
    with pytest.raises(DecodeError) as caught:
        compile_bytes(data, "report", language=built_in_language())
    assert caught.value.diagnostic.code == "BD003"


def test_the_package_declares_the_built_in_readers() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    declared = project["entry-points"][GROUP]
    assert declared == {
        name: f"{type(one).__module__}:{type(one).__qualname__}" for name, one in registry.BUILT_IN.items()
    }


def test_the_first_by_name_reads(declare: Callable[..., None]) -> None:
    declare(b="GreedyReader", a="BackwardsReader")
    assert type(reader_for(b"\0")) is BackwardsReader
    assert type(reader_for(b"{\\rtf1 ")) is GreedyReader


def test_broken_readers_are_left_out_and_logged(declare: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    declare(a="NoSuchClass", b="Speechless", c="BlindReader", d="BackwardsReader")
    with caplog.at_level(logging.ERROR):
        assert type(reader_for(b"\0")) is BackwardsReader
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the reader a (NoSuchClass) cannot be loaded",
        "the reader b (Speechless) lacks a member of the protocol",
        "the reader backwards cannot tell whether it takes an input",
    ]
