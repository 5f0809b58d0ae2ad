"""Overlays that somebody could write by mistake or malice: every key of the lexicon with every wrong value, patterns
and grammars that engines choke on, and files that are none.

    python tests/overlay_faults.py --seed 3 --trials 500

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

VALUES: Final = {
    "an empty text": '""',
    "a blank": '" "',
    "a text": '"甲"',
    "no name of anything": '"nonsense"',
    "an empty list": "[]",
    "a list of an empty text": '[""]',
    "a list of texts": '["甲", "乙"]',
    "a list of numbers": "[1, 2]",
    "a list of lists": '[["甲"], [1]]',
    "a list of tables": '[{name = "甲"}, {x = 1}]',
    "a mixed list": '["甲", 1, {a = 2}]',
    "an empty table": "{}",
    "a table": '{a = {b = {c = ["甲"]}}}',
    "a number": "5",
    "nothing": "0",
    "a number below": "-3",
    "a huge number": "9" * 4000,
    "a number that is too huge": "9" * 5000,
    "a fraction": "1.5",
    "no number": "nan",
    "endless": "inf",
    "yes": "true",
    "a date": "2024-01-01",
    "no date": "2024-13-45",
    "a time": "07:32:00",
    "deep lists": "[" * 5000 + "]" * 5000,
    "deeper lists": "[" * 100_000 + "]" * 100_000,
    "deep tables": "{a = " * 5000 + "1" + "}" * 5000,
    "a sign that rules": '"\\u0000\\u001b[31m\\n"',
    "a long text": f'"{"甲" * 50_000}"',
}

PATTERNS: Final = {
    "an open bracket": "甲(",
    "a closed bracket": "甲)",
    "brackets the wrong way round": "甲)|(乙",
    "an open set": "[甲",
    "nothing to repeat": "*甲",
    "a repetition that is too large": "甲{99999999999999999999}",
    "a named group": "(?P<x>甲)",
    "a named group of ours": "(?P<c0>甲)(?P<number>乙)(?P<label_month>丙)(?P<UP>丁)(?P<year>戊)",
    "a group that stands twice": "(?P<x>甲)(?P<x>乙)",
    "a back reference": r"(甲)\1",
    "a back reference by name": "(?P<x>甲)(?P=x)",
    "a back reference to nothing": r"甲\7",
    "a condition": "(甲)?(?(1)乙|丙)",
    "flags in front": "(?i)甲",
    "flags within": "甲(?i)乙",
    "flags of a group": "(?x: 甲 # )",
    "a comment": "甲(?#乙)丙",
    "a variable lookbehind": "(?<=甲+)乙",
    "a lookbehind of words": "(?<=甲|乙丙)丁",
    "only a lookahead": "(?=甲)",
    "what takes nothing": "甲?",
    "only an end": "$",
    "deep brackets": "(" * 200 + "甲" + ")" * 200,
    "deeper brackets": "(" * 20_000 + "甲" + ")" * 20_000,
    "open brackets": "(" * 100_000,
    "many alternatives": "|".join(f"甲{number}" for number in range(20_000)),
    "nested repetition": "(甲+)+$",
    "a backslash at the end": "甲\\",
    "an unknown escape": r"甲\q",
    "a wrong unicode": r"\U00110000",
    "a placeholder": "{units.money}",
    "a placeholder of nothing": "{units.nothing.at.all}",
    "a placeholder of a table of tables": "{labels}{labels.labels}{concepts.concept}",
    "a sign that rules": "甲\x00\x1b乙",
}


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

GRAMMARS: Final = {
    "an import": "%import common.WORD",
    "an import of a file": "%import .revenue.X",
    "an import of another folder": "%import ...etc.passwd (X)",
    "something ignored": "%ignore /甲/",
    "a declaration": "%declare X Y",
    "a declaration of what is there": "%declare NUMBER HEADING ROW",
    "a template": "t{x}: x x\n%extend start: t{start}",
    "a template of itself": "t{x}: t{t{x}}\nu: t{start}\n%extend start: u",
    "a template that grows": "t{x}: t{u{x}} | x\nu{x}: x x\nv: t{start}\n%extend start: v",
    "a rule of itself": "a: a\n%extend start: a",
    "rules in a circle": "a: b\nb: c\nc: a\n%extend start: a",
    "rules of nothing in a circle": "a: b a |\nb: a b |\n%extend start: a b",
    "a terminal of itself": "X: X\n%extend start: X",
    "terminals in a circle": "X: Y\nY: X\n%extend start: X",
    "an unknown rule": "%extend start: nowhere",
    "an unknown terminal": "%extend start: NOWHERE",
    "a hook that is none": "%extend nowhere: start",
    "an override of nothing": "%override nowhere: start",
    "start in a circle": "%extend start: start",
    "start of nothing": "%override start:",
    "a rule that stands twice": "a: start\na: start",
    "an alias": "%extend start: start -> a",
    "many optional things": "X: /甲/\na: " + "X? " * 40 + "\n%extend start: a",
    "many choices": "X: /甲/\nY: /乙/\na: " + "(X|Y) " * 40 + "\n%extend start: a",
    "many choices of a terminal": "X: " + "(/甲/|/乙/) " * 2000 + "\n%extend start: X",
    "a huge count": "X: /甲/\na: X~100000000\n%extend start: a",
    "a huge range of counts": "X: /甲/\na: X~0..100000\n%extend start: a",
    "a huge count of a terminal": 'X: "甲"~1..999999999999\n%extend start: X',
    "a count the wrong way round": "X: /甲/\na: X~5..2\n%extend start: a",
    "a range": '%extend start: X\nX: "a".."zz"',
    "an empty terminal": "%extend start: X\nX:",
    "an empty string": '%extend start: X\nX: ""',
    "an empty pattern": "%extend start: X\nX: //",
    "brackets": "a: " + "(" * 1000 + "X" + ")" * 1000 + "\nX: /甲/\n%extend start: a",
    "more brackets": "a: " + "(" * 100_000 + "X" + ")" * 100_000 + "\nX: /甲/\n%extend start: a",
    "open brackets": "a: " + "(" * 100_000,
    "square brackets": "a: " + "[" * 3000 + "X" + "]" * 3000 + "\nX: /甲/\n%extend start: a",
    "brackets of a terminal": "X: " + "(" * 3000 + "/甲/" + ")" * 3000 + "\n%extend start: X",
    "many rules": "".join(f"a{n}: X{n}\nX{n}: /甲{n}/\n%extend start: a{n}\n" for n in range(2000)),
    "a long chain of rules": "".join(f"a{n}: a{n + 1}\n" for n in range(3000)) + "a3000: X\nX: /甲/\n%extend start: a0",
    "a long chain of terminals": "".join(f"X{n}: X{n + 1}\n" for n in range(3000)) + "X3000: /甲/\n%extend start: X0",
    "a long row": "X: /甲/\na: " + "X " * 20_000 + "\n%extend start: a",
    "many colons": ":" * 200_000,
    "many colons and a slash": "A" + ":" * 200_000 + "/x",
    "many slashes": "A: " + "/" * 200_000,
    "a huge priority": "%extend start: X\nX." + "9" * 5000 + ": /甲/",
    "a priority below": "%extend start: X\nX.-999999999999999999999: /甲/",
    "a NUL": "X: /甲\x00/\n%extend start: X",
    "only a NUL": "\x00",
    "old line ends": "X: /甲/\r%extend start: X\r",
    "a byte order mark": "\ufeffX: /甲/\n%extend start: X\n",
    "two byte order marks": "\ufeff\ufeffX: /甲/",
    "a line separator": "X: /甲\u2028乙/\n%extend start: X",
    "nothing": "",
    "a comment": "// 甲",
    "an open comment": "/* 甲",
    "a backslash at the end": "X: /甲/ \\",
    "an open string": 'X: "甲\n',
    "strange flags": "X: /甲/imslux\n%extend start: X",
    "flags of other lengths": "X: /甲/i /乙/s\n%extend start: X",
    "the name of a group": "%extend start: X\nX: /(?P<NUMBER>甲)/",
    "no identifier": "%extend start: Ä\nÄ: /甲/",
    "a name in Chinese": "甲: /甲/",
    "names of Lark": "__X_0: /甲/\n__ANON_0: /乙/\n%extend start: __X_0 __ANON_0",
    "what ends": "$END: /甲/",
    "the code of a language": "import os\nos.system('x')",
}

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
