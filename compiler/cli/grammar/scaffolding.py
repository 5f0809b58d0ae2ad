"""The command `grammar new`: the files of a new part of the language, to be filled in."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

import click
from attrs import frozen

from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.grammar.reading import CORPUS
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, say_error
from yusuan.compiler.cli.options import lang_option, language_for

if TYPE_CHECKING:
    from yusuan.compiler.rendering.words import Words


@frozen(slots=True)
class _Scaffold:
    """What a new part of the language is made of.

    Attributes:
        folder: where its file stands below the grammar's folder.
        suffix: what that ends in.
        layer: the folder of the corpus that its case stands in.
    """

    folder: str
    suffix: str
    layer: str


_KINDS: Final = {
    "section": _Scaffold("sections", ".lark", "cst"),
    "table": _Scaffold("tables", ".toml", "ir"),
    "clause": _Scaffold("clauses", ".lark", "cst"),
}
# What no text of TOML and no comment can hold as it is.
_UNWRITABLE: Final = frozenset('"\\')
_GRAMMAR: Final = Path("grammar")


@click.command("new", context_settings=HELP)
@click.argument("kind", type=click.Choice(tuple(_KINDS)))
@click.argument("name", metavar="NAME")
@click.option("--term", metavar="TERM", help="The official term, as reports have it; NAME where none is given.")
@click.option(
    "--in",
    "overlay",
    metavar="FOLDER",
    shell_complete=files,
    help="Write into an overlay, made if missing, instead of grammar/.",
)
@lang_option
def new_command(kind: str, name: str, term: str | None, overlay: str | None, lang: str | None) -> int:
    """Write the files of a new section, table or clause, to be filled in, with a corpus case that fails.

    NAME is what its rule is called: small letters, digits and underscores.

    \b
    section  sections/NAME.lark, its heading, and a case of the layer cst
    table    tables/NAME.toml, its columns, and a case of the layer ir
    clause   clauses/NAME.lark, a grammar of its own, and a case of the layer cst

    In a checkout of yusuan the files go to grammar/ and tests/corpus/; with --in to an overlay and the folder corpus
    in it. An overlay has no clause grammars of its own. No file is overwritten. The case fails, since nothing is
    expected of it yet: fill in the files, and write down what is printed then with yusuan grammar test --update.

    \b
    Examples:
      yusuan grammar new table subsidies --term 惠农补贴 --in dialect
      yusuan grammar new section reserve --term 预备费

    \b
    Exit status:
      0  written
      1  a file could not be written
      2  wrong usage; nothing was written
    """
    from yusuan.compiler.language.files import built_in
    from yusuan.compiler.language.lexicon import lexicon
    from yusuan.compiler.language.loader import built_in_language
    from yusuan.compiler.language.said_sheets import NAME
    from yusuan.compiler.rendering.safety import visible
    from yusuan.compiler.rendering.words import words

    scaffold = _KINDS[kind]
    if not NAME.fullmatch(name):
        raise click.UsageError(f"{name}: a name is made of small letters, digits and underscores.")
    grammar, corpus = _places(kind, overlay)
    source = grammar / scaffold.folder / (name + scaffold.suffix)
    case = corpus / scaffold.layer / f"{name}.txt"
    names = [f"{scaffold.folder}/{name}{suffix}" for suffix in (".lark", ".toml")]
    for path in (*(grammar / one for one in names), case):
        if path.exists():
            raise click.UsageError(f"{path} stands there already.")
    taken = {file.path for file in built_in().files}.intersection(names)
    if taken:
        raise click.UsageError(f"the built-in grammar has {', '.join(taken)}; choose another name, or extend that.")
    term = name if term is None else term.strip()
    if not term or not term.isprintable() or not _UNWRITABLE.isdisjoint(term):
        raise click.UsageError("--term: the words of a heading or of a column's name, on one line, without \" and \\.")
    # Patterns are tried on folded words, and stand between slashes.
    pattern = re.escape(lexicon(built_in_language()).fold(term)).replace("/", "\\/")
    values = {"name": name, "terminal": name.upper(), "term": term, "pattern": pattern}
    templates = {source: f"{kind}{scaffold.suffix}.template", case: f"{kind}.case.template"}
    texts = {path: Template(_template(template)).substitute(values) for path, template in templates.items()}
    try:
        for path in texts:
            path.parent.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        say_error(str(error))
        return FAILED
    for line in _told(words(language_for(lang)), kind, (source, case), overlay):
        click.echo(visible(line))
    return DONE


def _places(kind: str, overlay: str | None) -> tuple[Path, Path]:
    """The folders of the grammar and of the corpus.

    Raises:
        click.UsageError: there is neither a checkout here nor an overlay named, or an overlay has no place for it.
    """
    if overlay is None:
        if not (_GRAMMAR / "report.lark").is_file() or not CORPUS.is_dir():
            raise click.UsageError("this is no checkout of yusuan; name an overlay with --in.")
        return _GRAMMAR, CORPUS
    if kind == "clause":
        raise click.UsageError(
            "an overlay has no clause grammars of its own: which region one reads is for Python to say."
        )
    if not overlay:
        raise click.UsageError("--in names no folder.")
    return Path(overlay), Path(overlay, "corpus")


def _template(name: str) -> str:
    from importlib.resources import files

    return (files("yusuan.compiler.cli.grammar") / "scaffolds" / name).read_text(encoding="utf-8")


def _told(said: Words, kind: str, files: tuple[Path, Path], overlay: str | None) -> list[str]:
    command = ["yusuan", "grammar", "test", str(files[1]), *([] if overlay is None else ["--grammar", overlay])]
    return [
        *(said.say("grammar.new.written", file=file) for file in files),
        said.say(f"grammar.new.{kind}"),
        said.say("grammar.new.next", command=shlex.join(command)),
    ]
