"""Where everything of the language stands: the file and line of each rule, terminal and entry of the lexicon.

Lark and TOML keep no places, so the index reads the texts of the files again, by their lines. Whoever explains the
language, checks or documents it, asks here.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import field, frozen

from yusuan.compiler.grammar_files import LEXICON
from yusuan.compiler.grammar_loader import GRAMMARS, grammar_files, of_language

Path = tuple[str | int, ...]

_DEFINITION: Final = re.compile(
    r"(?P<extend>%(?:extend|override)[ \t]+)?[?!]?(?P<name>_*[A-Za-z]\w*)(?:\.(?P<priority>-?\d+))?[ \t]*:(?P<body>.*)"
)
_DECLARED: Final = re.compile(r"%declare[ \t]+(?P<names>.+)")
_COMMENT: Final = "//"
_TOML_TOKEN: Final = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<string>\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""|(?P<bare>[A-Za-z0-9_-]+)|(?P<sign>[][{}=.,\n])|(?P<blank>[ \t\r]+)|(?P<other>.)""",
    re.DOTALL,
)
# The official term of a lexicon file: its first comment up to the first of these.
_TERM_END: Final = re.compile(r"[:.]")


@frozen(slots=True)
class Entry:
    """One thing of the language and where it stands.

    Attributes:
        kind: `rule`, `terminal`, `hook` (what a file adds to a rule of another one), `entry` (a key of a lexicon
            file) or `value` (a text in the list of a key).
        name: the name of a rule or terminal; the last part of the key, or the text.
        file: its file below `grammar/`.
        line: its line there, from 1.
        about: the comment directly above; absent where there is none.
        body: what is written behind the name of a rule or terminal on its line; empty for the lexicon.
    """

    kind: str
    name: str
    file: str
    line: int
    about: str | None = None
    body: str = ""

    @property
    def place(self) -> str:
        """The place as people are told: `grammar/clauses/amount.lark:30`."""
        return f"{shown(self.file)}:{self.line}"


def shown(file: str) -> str:
    """A grammar file as people are told of it."""
    return f"grammar/{file}"


@frozen(slots=True)
class GrammarIndex:
    """The index of some grammar files.

    Attributes:
        files: the text of each file by its path below `grammar/`.
    """

    files: Mapping[str, str] = field(repr=False)
    _terms: dict[str, str] = field(init=False, factory=dict, repr=False)
    _grammars: dict[str, list[str]] = field(init=False, factory=lambda: defaultdict(list), repr=False)
    _symbols: dict[tuple[str, str], Entry] = field(init=False, factory=dict, repr=False)
    _hooks: dict[tuple[str, str], list[Entry]] = field(init=False, factory=lambda: defaultdict(list), repr=False)
    _entries: dict[tuple[str, Path], Entry] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        for file, text in self.files.items():
            if file.endswith(".toml"):
                self._add_lexicon(file, text)
            for grammar, parts in GRAMMARS.items():
                if file.endswith(".lark") and any(file == part or _is_below(file, part) for part in parts):
                    self._grammars[grammar].append(file)
                    self._add_grammar(grammar, file, text)

    def _add_grammar(self, grammar: str, file: str, text: str) -> None:
        lines = text.split("\n")
        if lines[0].startswith(_COMMENT):
            self._terms[file] = lines[0].removeprefix(_COMMENT).strip()
        for number in range(1, len(lines) + 1):
            for entry in _definitions(file, number, lines):
                if entry.kind == "hook":
                    self._hooks[grammar, entry.name].append(entry)
                else:
                    self._symbols.setdefault((grammar, entry.name), entry)

    def _add_lexicon(self, file: str, text: str) -> None:
        name = file.removeprefix(LEXICON).removesuffix(".toml")
        first = text.partition("\n")[0]
        if first.startswith("#"):
            self._terms[file] = _TERM_END.split(first.lstrip("# "), maxsplit=1)[0].strip()
        for path, entry in _keys(file, text):
            self._entries.setdefault((name, path), entry)

    # --- asking -------------------------------------------------------------------------------------------------------

    def symbol(self, grammar: str, name: str) -> Entry | None:
        """A rule or terminal of a grammar; absent where it has none of that name, as Lark's `$END`."""
        return self._symbols.get((grammar, name))

    def symbols(self, grammar: str) -> tuple[Entry, ...]:
        """All rules and terminals of a grammar, in the order of the files."""
        return tuple(entry for (of, _), entry in self._symbols.items() if of == grammar)

    def hooks(self, grammar: str, name: str) -> tuple[Entry, ...]:
        """Where other files add alternatives to a rule of a grammar."""
        return tuple(self._hooks.get((grammar, name), ()))

    def entry(self, file: str, *path: str | int) -> Entry | None:
        """An entry of a lexicon file (`labels`, without folder and suffix) by its key.

        An element of a list is found by its text: `entry("labels", "labels", "weight", "权重")`; a table of a list
        (`[[concept]]`) by its `name`, or by its number from 0 where it has none. Absent where there is no such entry.
        """
        return self._entries.get((file, path))

    def entries(self, file: str) -> tuple[tuple[Path, Entry], ...]:
        """All entries of a lexicon file with their keys, in the order of the file."""
        return tuple((path, entry) for (of, path), entry in self._entries.items() if of == file)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Everything of a name, whatever it is: several grammars have a terminal NUMBER."""
        everything = (*self._symbols.values(), *self._entries.values())
        return tuple(entry for entry in dict.fromkeys(everything) if entry.name == name)

    def members(self, grammar: str) -> tuple[str, ...]:
        """The files of a grammar."""
        return tuple(self._grammars.get(grammar, ()))

    def term(self, file: str) -> str | None:
        """The official term that a file is about, its first comment; absent where it has none."""
        return self._terms.get(file)

    def about(self, entry: Entry) -> str | None:
        """What an entry is, in words of the grammar: the comment above it, else the term of its file."""
        return entry.about or self.term(entry.file)


@of_language
def grammar_index() -> GrammarIndex:
    """The index, made once for each language."""
    return GrammarIndex(grammar_files())


def _is_below(file: str, folder: str) -> bool:
    return folder.endswith("/") and file.startswith(folder)


# --- grammars ---------------------------------------------------------------------------------------------------------


def _definitions(file: str, number: int, lines: list[str]) -> Iterator[Entry]:
    """What a line of a grammar defines."""
    line = lines[number - 1]
    declared = _DECLARED.match(line)
    if declared:
        for name in declared["names"].split():
            yield Entry("terminal", name, file, number, _comment_above(lines, number), line)
        return
    found = _DEFINITION.match(line)
    if found:
        name = found["name"]
        kind = "hook" if found["extend"] else "terminal" if name.lstrip("_")[0].isupper() else "rule"
        yield Entry(kind, name, file, number, _comment_above(lines, number), found["body"].strip())


def _comment_above(lines: list[str], number: int) -> str | None:
    """The comment that ends on the line above; the first line of a file is the file's, not the next one's."""
    first = number - 1
    while first > 1 and lines[first - 1].startswith(_COMMENT):
        first -= 1
    above = (line.removeprefix(_COMMENT).strip() for line in lines[first : number - 1])
    return " ".join(above) or None


# --- the lexicon ------------------------------------------------------------------------------------------------------


def _keys(file: str, text: str) -> Iterator[tuple[Path, Entry]]:
    """Each key of a TOML file with its place, and each text in a list below its key."""
    table: Path = ()
    counts: dict[Path, int] = defaultdict(int)
    lines = text.split("\n")
    for statement in _statements(text):
        path, line, values = statement.path, statement.line, statement.values
        about = _toml_comment_above(lines, line)
        if statement.is_table:
            table = path
            if statement.is_array:
                table = (*path, counts[path])
                counts[path] += 1
                if statement.following_name is not None:
                    table = (*path, statement.following_name)
            yield table, Entry("entry", str(table[-1]), file, line, about)
            continue
        full = (*table, *path)
        yield full, Entry("entry", str(path[-1]), file, line, about)
        for value, at in values:
            yield (*full, value), Entry("value", value, file, at, about)


@frozen(slots=True)
class _Statement:
    """A line of TOML: a table's head, or a key with the texts in its value and their lines."""

    path: tuple[str, ...]
    line: int
    is_table: bool = False
    is_array: bool = False
    values: tuple[tuple[str, int], ...] = ()
    following_name: str | None = None


def _statements(text: str) -> Iterator[_Statement]:
    found = list(_plain_statements(text))
    for at, statement in enumerate(found):
        if not statement.is_array:
            yield statement
            continue
        name = None
        for following in found[at + 1 :]:
            if following.is_table:
                break
            if following.path == ("name",) and following.values:
                name = following.values[0][0]
                break
        yield _Statement(statement.path, statement.line, True, True, (), name)


def _plain_statements(text: str) -> Iterator[_Statement]:
    """The statements of a TOML text that `tomllib` takes; of any other text, some."""
    key: list[str] = []
    values: list[tuple[str, int]] = []
    line = first = 1
    depth = heads = 0
    in_value = False
    for token in _TOML_TOKEN.finditer(text):
        kind, written = token.lastgroup, token[0]
        if kind in ("string", "bare") and not in_value and not key:
            first = line
        if kind == "string" and in_value:
            values.append((_unquoted(written), line))
        elif kind == "string":
            key.append(_unquoted(written))
        elif kind == "bare" and not in_value:
            key.append(written)
        elif kind == "sign":
            if written == "=" and not in_value:
                in_value = True
            elif written in "[{":
                if in_value:
                    depth += 1
                else:
                    heads += 1
            elif written in "]}" and in_value:
                depth -= 1
            elif written == "\n" and depth <= 0:
                if key:
                    yield _Statement(tuple(key), first, heads > 0, heads > 1, tuple(values))
                key, values = [], []
                depth = heads = 0
                in_value = False
        line += written.count("\n")
    if key:
        yield _Statement(tuple(key), first, heads > 0, heads > 1, tuple(values))


def _unquoted(written: str) -> str:
    if "\\" not in written and not written.startswith(('"""', "'''")):
        return written[1:-1]
    try:
        return str(tomllib.loads(f"text = {written}")["text"])
    except tomllib.TOMLDecodeError:
        return written


def _toml_comment_above(lines: list[str], number: int) -> str | None:
    first = number - 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    if first == 0:
        # The comment at the head of a file is on the whole of it.
        return None
    return " ".join(line.lstrip("# ").strip() for line in lines[first : number - 1]) or None
