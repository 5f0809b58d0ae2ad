"""Overlays that somebody could write by mistake or malice: every key of the lexicon with every wrong value, patterns
and grammars that engines choke on, and files that are none.

    python -m tests.overlay_faults --seed 3 --trials 500

tries as many at random and prints those that neither work nor are refused with a place and a reason.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import select
import shutil
import signal
import socket
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from tests.overlay_texts import GRAMMARS, PATTERNS, VALUES

from yusuan.compiler.language.files import GrammarFileError, built_in

Make = Callable[[Path], None]

LONG: Final = 20.0
"""Seconds after which a trial hangs."""


@frozen(slots=True)
class Trial:
    """An overlay.

    Attributes:
        name: which one.
        make: writes it into a folder that is there.
    """

    name: str
    make: Make


def written(files: Mapping[str, str | bytes]) -> Make:
    """Files with their content."""

    def make(folder: Path) -> None:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))

    return make


# --- lexicons ---------------------------------------------------------------------------------------------------------


def _texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, (*path, key))


def _said(path: tuple[str, ...], value: str) -> str:
    """A line of TOML that says a value under a key; one of a list of tables by that list."""
    if path[0] in ("concept", "fold") and len(path) > 1:
        first = 'name = "Revenue"' if path[0] == "concept" and path[1:] != ("name",) else ""
        return f"[[{path[0]}]]\n{first}\n{path[1]} = {value}\n"
    return f"{'.'.join(json.dumps(part, ensure_ascii=False) for part in path)} = {value}\n"


def _keys() -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in built_in().files:
        if not file.path.startswith("lexicon/"):
            continue
        for path in _texts(tomllib.loads(file.text)):
            if path:
                yield file.path, path
                yield file.path, (*path[:-1], "new")
    for key in ("to", "from", "range", "onto", "new"):
        yield "lexicon/characters.toml", ("fold", key)
    for key in ("name", "parent", "patterns", "whole", "bare", "new"):
        yield "lexicon/concepts.toml", ("concept", key)
    for path in (("table",), ("columns",), ("columns", "x"), ("new",)):
        yield "tables/subsidies.toml", path
    for key in ("zh", "en", "subject", "priority", "new"):
        yield "tables/subsidies.toml", ("table", key)
    for key in ("labels", "type", "required", "merged", "zh", "en", "new"):
        yield "tables/subsidies.toml", ("columns", "grant", key)
    for key in ("name", "version", "new"):
        yield "grammar.toml", (key,)


_DECLARED: Final = '[columns.grant]\nlabels = ["补贴名称"]\nrequired = true\n[columns.amount]\nlabels = ["补贴金额"]\n'


def of_the_lexicon() -> Iterator[Trial]:
    """Every key of every lexicon with every value, and with every pattern, alone and in a list."""
    for file, path in _keys():
        values = dict(VALUES)
        for name, pattern in PATTERNS.items():
            values[name] = json.dumps(pattern, ensure_ascii=False)
            values[f"{name} in a list"] = f"[{values[name]}]"
        for name, value in values.items():
            text = _said(path, value)
            if file.startswith("tables/") and path[0] != "columns":
                text += _DECLARED
            elif file.startswith("tables/") and path[1:2] == ("grant",) and path[2] != "labels":
                text = f'columns.grant.labels = ["补贴名称"]\ncolumns.grant.required = true\n{text}'
            yield Trial(f"{file} {'.'.join(path)}: {name}", written({file: text}))


# --- grammars ---------------------------------------------------------------------------------------------------------

_FILES: Final = ("sections/revenue.lark", "sections/x.lark", "clauses/amount.lark", "line.lark", "tables/fields.lark")


def _terminals() -> Iterator[tuple[str, str]]:
    for file in built_in().files:
        if file.path.endswith(".lark"):
            for entry in file.entries():
                if entry.kind == "terminal" and entry.body.startswith(("/", '"')):
                    yield file.path, entry.name


def of_grammars() -> Iterator[Trial]:
    """Every grammar in some files, and every terminal with every pattern."""
    for file in _FILES:
        for name, text in GRAMMARS.items():
            yield Trial(f"{file}: {name}", written({file: text}))
    for file, terminal in _terminals():
        for name, pattern in PATTERNS.items():
            for directive in ("extend", "override"):
                line = f"%{directive} {terminal}: /{pattern}/\n"
                yield Trial(f"{file} {directive} {terminal}: {name}", written({file: line}))


# --- files ------------------------------------------------------------------------------------------------------------

_GOOD: Final = "%extend REVENUE_HEADING: /进账情况/\n"
_ODD_NAMES: Final = (
    "sections/a:b.lark",
    "sections/a\nb.lark",
    "sections/\x1b[31m.lark",
    "sections/\udcff.lark",
    "sections/ .lark",
    "sections/..lark",
    "sections/預備費.lark",
    "sections/" + "x" * 240 + ".lark",
    "sections/a'b\"c.lark",
    "sections/CON.lark",
    "tables/a:b.toml",
    "tables/.toml",
    "tables/\udcff.toml",
    "tables/subsidies.lark",
    "tables/start.toml",
    "lexicon/labels.TOML",
    "lexicon/new.toml",
    "clauses/new.lark",
    "clauses/deeper/new.lark",
    "new.lark",
)
_BYTES: Final = {
    "not UTF-8": b"\xff\xfe\xfa",
    "not UTF-8 in its second line": "// 甲\n".encode() + b"\xb8\xf6",
    "UTF-16": "// 甲\n".encode("utf-16"),
    "NULs": b"\x00" * 1000,
    "half a character": b"labels = \xe7\x94",
    "50 MB": b"#" + b"x" * 50_000_000,
    "50 MB of lines": b"a = 1\n" * 8_000_000,
    "many tables": b"[[fold]]\n" * 50_000,
    "many keys": b"".join(b"labels.x%d = ['a%d']\n" % (n, n) for n in range(20_000)),
    "a long key": b"labels." + b".".join([b"a"] * 50_000) + b" = 1",
    "a byte order mark": b"\xef\xbb\xbf[labels]\nweight = ['x']\n",
    "old line ends": b"[labels]\rweight = ['x']\r",
    "Windows' line ends": b"[labels]\r\nweight = ['x']\r\n",
    "open quotation marks": b"a = " + b'"""' * 33_333,
    "an open string": b"a = '" + b"x" * 200_000,
}


def _at(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _pipe(folder: Path, name: str) -> None:
    os.mkfifo(_at(folder, name))


def _socket(folder: Path, name: str) -> None:
    # A name may be too long for a socket from the root, so it is bound from where it stands.
    path = _at(folder, name)
    before = os.getcwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(before)


def _device(folder: Path, name: str) -> None:
    try:
        os.mknod(_at(folder, name), 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        _at(folder, name).symlink_to("/dev/zero")


def _unreadable(folder: Path, name: str) -> None:
    path = _at(folder, name)
    path.write_text(_GOOD, "utf-8")
    path.chmod(0)


def _link_out(folder: Path, name: str) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text(_GOOD, "utf-8")
    _at(folder, name).symlink_to(outside)


def _link_loop(folder: Path, name: str) -> None:
    path = _at(folder, name)
    path.symlink_to(path.name)


def _link_of_folders(folder: Path, name: str) -> None:
    _at(folder, name).parent.joinpath("loop").symlink_to("..")
    _at(folder, name).write_text(_GOOD, "utf-8")


def _folder_out(folder: Path, name: str) -> None:
    outside = folder.parent / "outside"
    written({Path(name).name: _GOOD})(_made(outside))
    _at(folder, name).parent.rmdir()
    (folder / Path(name).parent).symlink_to(outside)


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


SPECIAL: Final[dict[str, Callable[..., None]]] = {
    "a pipe": _pipe,
    "a socket": _socket,
    "a device": _device,
    "a link to memory": lambda folder, name: _at(folder, name).symlink_to("/dev/zero"),
    "a link to a terminal": lambda folder, name: _at(folder, name).symlink_to("/dev/tty"),
    "a link that leads out": _link_out,
    "a link to nothing": lambda folder, name: _at(folder, name).symlink_to("nothing"),
    "a link to itself": _link_loop,
    "a folder that leads back": _link_of_folders,
    "a folder that leads out": _folder_out,
    "a folder": lambda folder, name: _at(folder, name).mkdir(),
    "unreadable": _unreadable,
}


def of_files() -> Iterator[Trial]:
    """Files that are no files, odd names, and contents that are no text."""
    for kind, make in SPECIAL.items():
        for name in ("sections/revenue.lark", "lexicon/labels.toml", "tables/subsidies.toml", "grammar.toml"):
            if "folder that" not in kind or "/" in name:
                yield Trial(f"{name} is {kind}", partial(make, name=name))
    for name in _ODD_NAMES:
        text = _DECLARED if name.endswith("toml") else f"// 甲\n{_GOOD}"
        yield Trial(f"called {name!a}", written({name: text}))
    for kind, content in _BYTES.items():
        for name in ("sections/revenue.lark", "lexicon/labels.toml", "tables/subsidies.toml", "grammar.toml"):
            yield Trial(f"{name} has {kind}", written({name: content}))
    yield Trial("a deep folder", _deep)
    yield Trial("many files", written({f"sections/x{n}.lark": "// 甲\n" for n in range(2000)}))


def _deep(folder: Path) -> None:
    before = os.getcwd()
    os.chdir(folder)
    for _ in range(300):
        os.mkdir("d")
        os.chdir("d")
    Path("x.lark").write_text("// 甲\n", "utf-8")
    os.chdir(before)


def trials() -> list[Trial]:
    """All of them."""
    return [*of_the_lexicon(), *of_grammars(), *of_files()]


# --- trying -----------------------------------------------------------------------------------------------------------


def answer(trial: Trial, parent: Path, ask: Callable[[str], object]) -> str | None:
    """What a process of its own says of an overlay that nobody would want to hear; absent where it works, or is refused
    with its place and a reason.

    Args:
        trial: the overlay.
        parent: an empty folder, in which it is made.
        ask: what is asked of it.
    """
    folder = parent / "o"
    folder.mkdir()
    trial.make(folder)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.write(write, _said_of(folder, ask).encode("utf-8", "backslashreplace")[:4000])
        os._exit(0)
    os.close(write)
    try:
        said = _heard(read)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(read)
    return said


def _heard(read: int) -> str | None:
    ready, _, _ = select.select([read], [], [], LONG)
    if not ready:
        return "hangs"
    said = os.read(read, 5000).decode()
    return "the process died" if not said else None if said == "well" else said


def _said_of(folder: Path, ask: Callable[[str], object]) -> str:
    try:
        ask(str(folder))
    except GrammarFileError as error:
        if not error.place.startswith(str(folder)):
            return f"refused at another place: {error}"
        if not error.reason.strip():
            return "refused without a reason"
        if any(not char.isprintable() for char in error.place):
            return f"refused at a place that cannot be printed: {error.place!a}"
        return "well"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:500]
    return "well"


def main() -> None:
    """Try some at random."""
    from yusuan.compiler.language.files import overlay
    from yusuan.compiler.overlays import with_overlays
    from yusuan.compiler.workbench.soundness import find_faults

    def ask(place: str) -> None:
        with_overlays([place])
        find_faults([built_in(), overlay(place)])

    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--trials", type=int, default=200)
    options.add_argument("--only", default="")
    options.add_argument("--verbose", action="store_true")
    said = options.parse_args()
    with_overlays([])
    every = [one for one in trials() if said.only in one.name]
    chosen = random.Random(said.seed).sample(every, min(said.trials, len(every)))
    kinds: collections.Counter[str] = collections.Counter()
    for trial in chosen:
        parent = Path(tempfile.mkdtemp())
        began = time.monotonic()
        found = answer(trial, parent, ask)
        shutil.rmtree(parent, ignore_errors=True)
        if found or (said.verbose and time.monotonic() - began > 3):
            kinds[(found or "slow").partition(":")[0]] += 1
            print(f"{trial.name[:120]}: {time.monotonic() - began:.1f} s: {(found or 'slow')[:300]!a}", flush=True)
    print(f"{len(chosen)} of {len(every)} tried: {dict(kinds)}")


if __name__ == "__main__":
    main()
