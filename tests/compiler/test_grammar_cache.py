"""The cache of the analysed grammar: written once, used again, never trusted."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from attrs import evolve
from platformdirs.api import PlatformDirsABC
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from yusuan.compiler.language import building, cache, loader
from yusuan.compiler.language.files import GrammarFile, built_in
from yusuan.compiler.language.loader import Language

Load = Callable[[], tuple[Language, int]]


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    """The analysed grammar, made once for all tests here."""
    return building.build(built_in().files)


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, payload: dict[str, Any]) -> Load:
    """Loads the language as a new process would; returns it and how often the grammar was analysed."""
    builds: list[int] = []

    def build(_: object) -> dict[str, Any]:
        builds.append(1)
        return payload

    def load() -> tuple[Language, int]:
        builds.clear()
        # Past the memory of this process, whose language stays as it is.
        return loader.built_in_language.__wrapped__(), len(builds)

    monkeypatch.setattr(building, "build", build)
    return load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder for caches; ours below it does not exist yet."""
    monkeypatch.setenv("YUSUAN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "yusuan"


def cached(folder: Path) -> Path:
    [path] = folder.iterdir()
    return path


def test_written_once_and_used_again(load: Load, folder: Path) -> None:
    first, built = load()
    assert built == 1
    before = cached(folder).read_bytes()
    second, built = load()
    assert built == 0
    assert cached(folder).read_bytes() == before
    assert second.patterns == first.patterns
    assert second.parents == first.parents
    assert second.lexicon == first.lexicon


def test_what_comes_from_the_cache_parses(load: Load, folder: Path) -> None:
    load()
    language, built = load()
    assert built == 0
    assert folder.exists()
    assert {name: parser.parse([]).data for name, parser in language.parsers.items() if name == "report"} == {
        "report": "start"
    }


def test_nobody_else_can_read_or_write_it(load: Load, folder: Path) -> None:
    load()
    if os.name != "posix":
        pytest.skip("no permissions here")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(cached(folder).stat().st_mode) & 0o077 == 0


def rewrite_body(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """Another content, with a head that fits it: what a user with a hash function can forge."""

    def damage(data: bytes) -> bytes:
        head, _, body = data.partition(b"\n")
        payload = json.loads(body)
        change(payload)
        fresh = json.dumps(payload).encode()
        return head.split()[0] + b" " + hashlib.sha256(fresh).hexdigest().encode() + b"\n" + fresh

    return damage


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "without its head": lambda data: data.partition(b"\n")[2],
    "a byte changed": lambda data: data[:-2] + b" " + data[-1:],
    "not UTF-8": lambda data: b"\xff\xfe" + data,
    "of another version": lambda data: b"0" * 64 + data[64:],
    "nested too deep": lambda data: _headed(data, b"[" * 100_000),
    "no JSON": lambda data: _headed(data, b"{"),
    "another JSON": lambda data: _headed(data, b"[]"),
    "without a grammar": rewrite_body(lambda payload: payload["grammars"].pop("report")),
    "without the lexicon": rewrite_body(lambda payload: payload.pop("lexicon")),
    "without tables": rewrite_body(lambda payload: payload["grammars"]["report"].pop("tables")),
}


def _headed(data: bytes, body: bytes) -> bytes:
    return data[:64] + b" " + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_built_anew(load: Load, folder: Path, damage: str) -> None:
    first, _ = load()
    path = cached(folder)
    whole = path.read_bytes()
    path.write_bytes(DAMAGES[damage](whole))
    second, built = load()
    assert built == 1
    assert second.patterns == first.patterns
    assert path.read_bytes() == whole
    assert load()[1] == 0


def test_damaged_tables_are_built_anew_when_their_parser_is_asked_for(load: Load, folder: Path) -> None:
    load()
    path = cached(folder)
    path.write_bytes(rewrite_body(lambda payload: payload["grammars"]["report"].update(tables="{}"))(path.read_bytes()))
    language, built = load()
    assert built == 0
    assert language.parsers["report"].parse([]).data == "start"


def test_another_grammar_does_not_use_it(load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    shipped = built_in()
    more = GrammarFile("lexicon/more.toml", "grammar/lexicon/more.toml", "")
    monkeypatch.setattr(loader, "built_in", lambda: evolve(shipped, files=(*shipped.files, more)))
    assert load()[1] == 1
    assert len(list(folder.iterdir())) == 2


def test_another_version_does_not_use_it(load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    monkeypatch.setattr(loader, "_analyser", lambda: "another")
    assert load()[1] == 1
    assert len(list(folder.iterdir())) == 2


def test_a_folder_in_its_place(load: Load, folder: Path) -> None:
    load()
    path = cached(folder)
    path.unlink()
    path.mkdir()
    assert load()[1] == 1
    assert path.is_dir()
    assert list(folder.iterdir()) == [path], "the unfinished file is left behind"


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_place_that_cannot_be_written(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    monkeypatch.setenv("YUSUAN_CACHE", str(file if place == "a file" else file / "deeper"))
    assert load()[1] == 1
    assert load()[1] == 1
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize("function", ["tempfile.mkstemp", "os.replace", "pathlib.Path.mkdir"])
def test_a_folder_that_refuses(load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    """Read-only, or its disk full: the language is there, and no unfinished file is left behind."""
    monkeypatch.setattr(function, refuse)
    assert load()[1] == 1
    assert list(folder.glob("*")) == []


def test_a_cache_that_cannot_be_read(load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = load()
    whole = cached(folder).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("os.open", refuse)
        second, built = load()
    assert built == 1
    assert second.patterns == first.patterns
    assert cached(folder).read_bytes() == whole


# --- what others could have put there ---------------------------------------------------------------------------------

NOBODY = 65534

posix = pytest.mark.skipif(os.name != "posix", reason="no owners, modes, pipes here")


def give_away(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    os.chown(path, NOBODY, NOBODY)


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def put_link(path: Path) -> None:
    """A link to the very same content: it is not followed all the same."""
    elsewhere = path.parent.parent / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def put_endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def blow_up(path: Path) -> None:
    """A file of which no disk has a byte."""
    os.truncate(path, 1 << 40)


TAMPERED: dict[str, Callable[[Path], None]] = {
    "another owner": give_away,
    "writable by its group": lambda path: path.chmod(0o620),
    "writable by anybody": lambda path: path.chmod(0o602),
    "a pipe": put_pipe,
    "a link": put_link,
    "a device": put_endless,
    "huge": blow_up,
}


@posix
@pytest.mark.parametrize("kind", TAMPERED)
def test_what_is_not_the_user_s_alone_is_built_anew(load: Load, folder: Path, kind: str) -> None:
    first, _ = load()
    path = cached(folder)
    whole = path.read_bytes()
    TAMPERED[kind](path)
    second, built = load()
    assert built == 1
    assert second.patterns == first.patterns
    # It takes the place of what stood there, and is the user's alone.
    assert not path.is_symlink()
    assert path.read_bytes() == whole
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_uid == os.geteuid()
    assert load()[1] == 0


@posix
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o1777])
def test_a_folder_that_others_can_write_has_no_cache(load: Load, folder: Path, mode: int) -> None:
    load()
    before = cached(folder).read_bytes()
    folder.chmod(mode)
    assert load()[1] == 1
    assert load()[1] == 1
    assert cached(folder).read_bytes() == before


@posix
def test_another_s_folder_has_no_cache(load: Load, folder: Path) -> None:
    load()
    give_away(folder)
    assert load()[1] == 1
    cached(folder).unlink()
    assert load()[1] == 1
    assert list(folder.iterdir()) == []


def test_a_system_without_owners_has_one_all_the_same(
    load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load()
    monkeypatch.setattr(cache, "_has_owners", lambda: False)
    for name in ("geteuid", "getuid"):
        monkeypatch.delattr(os, name, raising=False)
    cached(folder).chmod(0o666)
    assert load()[1] == 0


def refuse(*_: object, **__: object) -> None:
    """What a file system does that lets this user do nothing."""
    raise PermissionError("not for you")


def test_an_empty_variable_means_no_cache(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load()[1] == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("system", "variable", "place"),
    [
        (Unix, "XDG_CACHE_HOME", "yusuan"),
        (Unix, "HOME", ".cache/yusuan"),
        (MacOS, "HOME", "Library/Caches/yusuan"),
    ],
)
def test_each_system_has_a_place_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: type[PlatformDirsABC], variable: str, place: str
) -> None:
    for name in ("YUSUAN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(platformdirs, "PlatformDirs", system)
    cache.write_cache(cache.cache_path("digest") or tmp_path, "digest", {})
    assert cached(tmp_path / place).name == "language-digest.json"


def test_a_user_without_a_home_has_no_cache(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YUSUAN_CACHE", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: Path("~/.cache/yusuan"))
    monkeypatch.chdir(tmp_path)
    assert load()[1] == 1
    assert list(tmp_path.iterdir()) == []
