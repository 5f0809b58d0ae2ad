"""Compile reports with the compiler on the path and write down all that it makes of each.

    python bench/compile_all.py CHECKOUT < jobs

`bench/compare.py` runs it, in a process of its own for each checkout. The jobs are pairs of a report and the file for
its outcome, as JSON. An outcome is the text of each output by its name, gzipped JSON: the files of the csv folder,
`json`, `xbrl-json`, `xbrl`, and the error of each that failed; the digest of the grammar is left out.

Only the public names are used, `compile_file` and `emit`, and `find` where `emit` lives, so that it runs with a
checkout whose inside is arranged differently.
"""

from __future__ import annotations

import faulthandler
import gzip
import json
import os
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

FAILURE = "failure of "
FORMATS = ("json", "xbrl-json", "xbrl")
DIGEST = "(digest)"
LIMIT = 300
"""Seconds for one report; the process of one that takes longer ends."""
ELSEWHERE = 3
"""The exit status where the compiler on the path is not the checkout's."""


def outcome(path: str) -> dict[str, str]:
    """All that the compiler makes of a report."""
    try:
        from yusuan import compile_file

        document = compile_file(path).document
    except Exception as error:
        return {f"{FAILURE}compiling": told(error)}
    made: dict[str, str] = {}
    try:
        made.update(tables(document))
    except Exception as error:
        made[f"{FAILURE}csv"] = told(error)
    for name in FORMATS:
        try:
            from yusuan import emit

            made[name] = emit(document, name)
        except Exception as error:
            made[f"{FAILURE}{name}"] = told(error)
    return without_digests(made)


def tables(document: Any) -> dict[str, str]:
    """The files of the csv folder, declared tables among them."""
    from yusuan import emit

    files: defaultdict[str, list[str]] = defaultdict(list)
    for name, chunk in import_module(emit.__module__).find("csv").package([document]):
        files[name].append(chunk)
    return {name: "".join(chunks) for name, chunks in files.items()}


def without_digests(made: dict[str, str]) -> dict[str, str]:
    """The outputs without the digests of the grammar, which differ wherever a grammar file does, whatever it reads."""
    sources = json.loads(made.get("json", "{}")).get("grammar") or []
    for digest in {source["digest"] for source in sources if source.get("digest")}:
        made = {name: text.replace(digest, DIGEST) for name, text in made.items()}
    return made


def told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def is_elsewhere(checkout: Path) -> bool:
    """Whether another compiler than the checkout's is imported; one that cannot be imported fails later."""
    try:
        import yusuan
    except Exception:
        return False
    return not Path(yusuan.__file__).resolve().is_relative_to(checkout.resolve())


def main() -> None:
    jobs: list[tuple[str, str]] = json.load(sys.stdin)
    if is_elsewhere(Path(sys.argv[1])):
        sys.exit(ELSEWHERE)
    for report, file in jobs:
        faulthandler.dump_traceback_later(LIMIT, exit=True)
        content = gzip.compress(json.dumps(outcome(report)).encode(), compresslevel=1, mtime=0)
        faulthandler.cancel_dump_traceback_later()
        unfinished = Path(f"{file}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(file)


if __name__ == "__main__":
    main()
