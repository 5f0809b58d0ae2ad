"""Formats by name: built-in, another package's, unknown and broken ones."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path

import pytest
from tests.builders import rich_document

import yusuan.emitters
from yusuan.emitters import registry
from yusuan.emitters.base import Emitter, UnknownFormatError
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.ir.document import Document

Declare = Callable[..., None]


class NameEmitter:
    """What another package might bring: the documents' names."""

    name = "names"
    suffix = ".txt"
    summary = "names"
    tables = ()

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        assert table is None
        return (f"{document.name}\n" for document in documents)

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        return (("names.txt", chunk) for chunk in self.stream(documents))


INSTANCE = NameEmitter()


class NoEmitter:
    """An object that only has a name."""

    name = "nothing"


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Declares entry points as other packages would: names, each with an object of this module."""

    def declare(**declared: str) -> None:
        points = [metadata.EntryPoint(name, f"{__name__}:{value}", registry.GROUP) for name, value in declared.items()]
        monkeypatch.setattr(metadata, "entry_points", lambda group: points if group == registry.GROUP else ())

    return declare


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_built_in_formats_are_emitters_of_that_name(name: str) -> None:
    emitter = registry.find(name)
    assert isinstance(emitter, Emitter)
    assert emitter.name == name
    assert emitter.suffix == {"xbrl-json": ".json", "xbrl-csv": ".json", "ixbrl": ".xhtml"}.get(name, f".{name}")
    assert "\n" not in emitter.summary


def test_the_package_declares_what_is_built_in() -> None:
    emitters = Path(yusuan.emitters.__file__).resolve()
    project = tomllib.loads((emitters.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"][registry.GROUP] == registry.BUILT_IN


def test_emit_writes_one_document() -> None:
    made = rich_document()
    assert registry.emit(made, "csv", table="amounts") == "".join(CsvEmitter().stream([made], table="amounts"))
    assert registry.emit(made, "jsonl").count("\n") == 1


@pytest.mark.parametrize("value", ["NameEmitter", "INSTANCE"])
def test_another_package_adds_a_format(declare: Declare, value: str) -> None:
    declare(names=value)
    assert list(registry.emitters()) == [*registry.BUILT_IN, "names"]
    assert registry.emit(rich_document("a"), "names") == "a\n"


def test_a_built_in_name_cannot_be_taken_over(declare: Declare) -> None:
    declare(csv="NameEmitter")
    assert isinstance(registry.find("csv"), CsvEmitter)
    assert isinstance(registry.emitters()["csv"], CsvEmitter)
    assert registry.names() == tuple(registry.BUILT_IN)


@pytest.mark.parametrize("value", ["Missing", "NoEmitter"])
def test_a_broken_format_harms_no_other_and_is_reported_when_asked_for(declare: Declare, value: str) -> None:
    declare(broken=value, names="NameEmitter")
    assert list(registry.emitters()) == [*registry.BUILT_IN, "names"]
    assert "broken" in registry.names()
    with pytest.raises(registry.BrokenEmitterError, match="'broken'") as raised:
        registry.find("broken")
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_an_unknown_format_is_reported_with_the_nearest(declare: Declare) -> None:
    declare(names="NameEmitter")
    with pytest.raises(UnknownFormatError) as raised:
        registry.find("JSN")
    error = raised.value
    assert (error.name, error.known, error.nearest) == ("JSN", (*registry.BUILT_IN, "names"), "json")
    assert (
        str(error) == "unknown format 'JSN'; did you mean 'json'? "
        "(known: csv, json, jsonl, xbrl, xml, xbrl-json, xbrl-csv, ixbrl, names)"
    )
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_format_like_none_has_no_nearest() -> None:
    with pytest.raises(UnknownFormatError) as raised:
        registry.find("§")
    assert raised.value.nearest is None


@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_slow_modules_are_left_alone_until_needed(name: str) -> None:
    script = (
        "import sys, yusuan; before = set(sys.modules)\n"
        f"from yusuan.emitters.registry import find; find({name!r})\n"
        "assert not {'cattrs', 'importlib.metadata'} & (set(sys.modules) - before), 'imported too early'\n"
        "assert 'cattrs' not in sys.modules\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script], check=True, env=env)
