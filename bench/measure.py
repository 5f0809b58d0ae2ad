"""The measurements of one document, each to be taken in a process of its own.

    python bench/measure.py times FILE REPEATS     seconds for compiler, checks and a bare parse, in turns
    python bench/measure.py xbrl FILE REPEATS      seconds for the compiler with its checks and for all XBRL formats
    python bench/measure.py lexicon FILE REPEATS   seconds for the compiler, and with ten times the lexicon's entries
    python bench/measure.py memory FILE            peak bytes of a process that reads the file and compiles it
    python bench/measure.py pdf FILE REPEATS       seconds for the compiler and for the tables of pdfplumber, in turns
    python bench/measure.py pdf-memory FILE        peak bytes of the process that compiles a PDF and of its engine

The answer is one line of JSON. A process of its own, because neither the objects of another document nor
modules that the compiler does not need may count.
"""

from __future__ import annotations

import gc
import json
import sys
from io import BytesIO
from itertools import product
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yusuan.compiler.language.files import Folder
    from yusuan.ir.document import Document

BARE_GRAMMAR = r"""
start: line*
line: (CELL | TEXT)* NL
CELL: /\t[^\t\n]*/
TEXT: /[^\t\n]+/
NL: /\n/
"""
"""Text into lines and cells and nothing else: the least that any parse with Lark would cost."""

XBRL_STREAMS = ("xbrl", "xbrl-json", "ixbrl")
"""The XBRL formats that are one file; xbrl-csv is a folder."""

WARM_UP = 5_000
"""Characters to compile and parse before the clock starts: grammars are loaded once for each process."""


def read(path: Path) -> str:
    """A document's text, line ends as they stand."""
    return path.read_bytes().decode("utf-8-sig")


def times(path: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds for each compilation to the IR, all checks of it, and each bare parse of a document, taken in turns."""
    from lark import Lark

    from yusuan import compile_text
    from yusuan.compiler.checks import inspect
    from yusuan.compiler.language.loader import built_in_language

    text = read(path)
    ended = f"{text}\n"
    bare = Lark(BARE_GRAMMAR, parser="lalr")
    compile_text(text[:WARM_UP])
    bare.parse(f"{text[:WARM_UP]}\n")

    compiling, checking, parsing = [], [], []
    for _ in range(repeats):
        start = perf_counter()
        compilation = compile_text(text, path.stem, checks=False)
        compiling.append(perf_counter() - start)

        # As while compiling, the collector of cycles rests.
        gc.disable()
        start = perf_counter()
        inspect(compilation.document, compilation.source, built_in_language())
        checking.append(perf_counter() - start)
        gc.enable()
        del compilation

        start = perf_counter()
        tree = bare.parse(ended)
        parsing.append(perf_counter() - start)
        del tree
    return {"compiling": compiling, "checking": checking, "parsing": parsing}


def xbrl(path: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds for each compilation with its checks, and to write the document in every XBRL format; and its facts."""
    from yusuan import compile_text
    from yusuan.emitters.registry import find
    from yusuan.emitters.xbrl.report import xbrl_reports

    def emit(document: Document) -> int:
        written = sum(len(chunk) for name in XBRL_STREAMS for chunk in find(name).stream([document]))
        return written + sum(len(chunk) for _, chunk in find("xbrl-csv").package([document]))

    text = read(path)
    emit(compile_text(text[:WARM_UP]).document)
    compiling, emitting = [], []
    count = 0
    for _ in range(repeats):
        start = perf_counter()
        document = compile_text(text, path.stem).document
        compiling.append(perf_counter() - start)
        start = perf_counter()
        emit(document)
        emitting.append(perf_counter() - start)
        count = sum(len(report.facts) for report in xbrl_reports([document]))
        del document
    return {"compiling": compiling, "emitting": emitting, "facts": [count]}


def lexicon(path: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds for each compilation in the language as it is, and in one whose lexicon has ten times the entries."""
    from yusuan import Compiler
    from yusuan.compiler.language.files import built_in
    from yusuan.compiler.language.loader import load

    text = read(path)
    folders = {"compiling": [built_in()], "tenfold": [built_in(), _nine_more_of_each()]}
    compilers = {name: Compiler(language=load(one)) for name, one in folders.items()}
    taken: dict[str, list[float]] = {name: [] for name in compilers}
    for turn in range(repeats + 1):
        for name, compiler in compilers.items():
            start = perf_counter()
            compiler.compile_text(text, path.stem)
            if turn > 0:
                taken[name].append(perf_counter() - start)
    return taken


def _nine_more_of_each() -> Folder:
    """An overlay with nine more words for each wording of a label and each pattern of a concept: words nobody uses."""
    from yusuan.compiler.language.files import Folder, GrammarFile, built_in, parsed
    from yusuan.ir.document import GrammarSource

    shipped = {file.path: parsed(file) for file in built_in().files if file.path.endswith(".toml")}
    characters = [chr(0x4E00 + at) for at in range(99)]
    words = map("".join, product(characters, characters, "样式"))

    def more(entries: list[str]) -> str:
        return json.dumps([next(words) for _ in range(9 * len(entries))], ensure_ascii=False)

    labels = [f"{name} = {more(wordings)}" for name, wordings in shipped["lexicon/labels.toml"]["labels"].items()]
    concepts = [
        f'[[concept]]\nname = "{one["name"]}"\npatterns = {more(one.get("patterns", []))}'
        for one in shipped["lexicon/concepts.toml"]["concept"]
    ]
    files = {"lexicon/labels.toml": "\n".join(["[labels]", *labels]), "lexicon/concepts.toml": "\n".join(concepts)}
    added = tuple(GrammarFile(path, path, text) for path, text in files.items())
    return Folder(GrammarSource("tenfold", "", ""), "tenfold/", added)


def memory(path: Path) -> dict[str, int]:
    """Peak memory of this process once it has compiled a document."""
    import resource

    from yusuan import compile_text

    compilation = compile_text(read(path), path.stem)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    del compilation
    return {"peak": peak if sys.platform == "darwin" else peak * 1024}


def pdf(path: Path, repeats: int) -> dict[str, float | list[float]]:
    """Seconds for each compilation of a PDF to the IR, and for each time that pdfplumber extracts its tables, in turns.

    Also how many pages it has, and the seconds of CPU that a compilation takes, those of the engine's process included.
    """
    import pdfplumber

    from yusuan import Compiler, Options
    from yusuan.compiler.readers.pdf.worker import engine

    data = path.read_bytes()
    compiler = Compiler(options=Options(checks=False))
    # The engine's process is started, and its CPU known once it has ended: that of the start is subtracted.
    compiler.compile_bytes(data, path.stem)
    engine().close()
    start_up = _ended_processes()
    compiler.compile_bytes(data, path.stem)

    compiling, extracting, own = [], [], 0.0
    pages = 0
    for _ in range(repeats):
        start, used = perf_counter(), process_time()
        compilation = compiler.compile_bytes(data, path.stem)
        compiling.append(perf_counter() - start)
        own += process_time() - used
        del compilation

        start = perf_counter()
        with pdfplumber.open(BytesIO(data)) as document:
            pages = len(document.pages)
            for page in document.pages:
                page.extract_tables()
                # What it keeps of a page would be its memory's fault, and the collector's.
                page.close()
        extracting.append(perf_counter() - start)
    engine().close()
    cpu = own + _ended_processes() - 2 * start_up
    return {"pages": pages, "compiling": compiling, "extracting": extracting, "cpu": cpu / repeats}


def _ended_processes() -> float:
    """Seconds of CPU that the processes have taken which this one started and which have ended."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pdf_memory(path: Path) -> dict[str, int]:
    """Peak memory of this process once it has compiled a PDF, and of the engine's."""
    import resource

    from yusuan import compile_file
    from yusuan.compiler.readers.pdf.worker import engine

    compilation = compile_file(path)
    engine().close()
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    del compilation
    own, engines = (peak if sys.platform == "darwin" else peak * 1024 for peak in peaks)
    return {"own": own, "engine": engines}


def main() -> None:
    match sys.argv[1:]:
        case ["times", file, repeats]:
            print(json.dumps(times(Path(file), int(repeats))))
        case ["xbrl", file, repeats]:
            print(json.dumps(xbrl(Path(file), int(repeats))))
        case ["lexicon", file, repeats]:
            print(json.dumps(lexicon(Path(file), int(repeats))))
        case ["memory", file]:
            print(json.dumps(memory(Path(file))))
        case ["pdf", file, repeats]:
            print(json.dumps(pdf(Path(file), int(repeats))))
        case ["pdf-memory", file]:
            print(json.dumps(pdf_memory(Path(file))))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
