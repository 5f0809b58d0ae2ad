"""What the text of a grammar file says on which line: its rules and terminals, or the entries of a lexicon.

Lark and TOML keep no places, so the text is read again, by its lines.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from attrs import define, evolve, field, frozen

Key = tuple[str | int, ...]
"""Where something stands in a TOML file: the names of tables and of what is in them."""

_DEFINITION: Final = re.compile(
    r"(?:%(?P<directive>extend|override)[ \t]+)?[?!]?"
    r"(?P<name>_*[A-Za-z]\w*)(?:\.(?P<priority>-?\d+))?[ \t]*:(?P<body>.*)"
)
_DECLARED: Final = re.compile(r"%declare[ \t]+(?P<names>.+)")
_COMMENT: Final = "//"
# The terminals that overlays leave alone, and why: // %closed OPEN CLOSE: punctuation
_CLOSED: Final = re.compile(r"// %closed (?P<names>\w+(?: \w+)*): (?P<reason>.+)")
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
        kind: `rule`, `terminal`, `hook` (what a file adds to a rule or terminal), `entry` (a key of a lexicon file) or
            `value` (a text in the list of a key).
        name: the name of a rule or terminal; the last part of the key, or the text.
        file: its file below its folder: `clauses/amount.lark`.
        shown: how messages name that file: `grammar/clauses/amount.lark`.
        line: its line there, from 1.
        path: its key in a lexicon file; empty in a grammar.
        replaces: whether it takes the place of what an earlier file has there: `%override`, a value that is no list.
        about: the comment directly above; absent where there is none.
        body: what is written behind the name of a rule or terminal, with the lines that go on with it, in place of
            comments among which are empty ones; empty for the lexicon.
        priority: that of a terminal, as written; absent where none is.
    """

    kind: str
    name: str
    file: str
    shown: str
    line: int
    path: Key = ()
    replaces: bool = False
    about: str | None = None
    body: str = ""
    priority: int | None = None

    @property
    def is_terminal(self) -> bool:
        """Whether it is a terminal, or adds to one; the names of terminals are in capitals."""
        return not self.path and self.name.lstrip("_")[:1].isupper()

    @property
    def is_declared(self) -> bool:
        """Whether it is a terminal that a grammar only declares, so that it has no pattern."""
        return self.body.startswith("%declare")

    @property
    def place(self) -> str:
        """The place as people are told: `grammar/clauses/amount.lark:30`."""
        return f"{self.shown}:{self.line}"


def entries(file: str, shown: str, text: str) -> Iterator[Entry]:
    """What a file has, in its order.

    An element of a list is found by its text: its path is `("labels", "weight", "权重")`; a table of a list
    (`[[concept]]`) by its `name`, or by its number from 0 where it has none.

    Args:
        file: its path below its folder.
        shown: how messages name it.
        text: what stands in it; what is faulty is read as far as it goes.
    """
    if file.endswith(".toml"):
        yield from _keys(file, shown, text)
        return
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        yield from _definitions(Entry("", "", file, shown, number, about=_comment_above(lines, number)), lines)


def term(file: str, text: str) -> str | None:
    """The official term that a file is about, its first comment; absent where it has none."""
    first = text.partition("\n")[0]
    if file.endswith(".toml"):
        return _TERM_END.split(first.lstrip("# "), maxsplit=1)[0].strip() if first.startswith("#") else None
    return first.removeprefix(_COMMENT).strip() or None if first.startswith(_COMMENT) else None


# --- grammars ---------------------------------------------------------------------------------------------------------


def closed(text: str) -> dict[str, str]:
    """The terminals that a grammar's text closes to overlays, each with the reason."""
    said = map(_CLOSED.fullmatch, text.split("\n"))
    return {name: found["reason"] for found in said if found for name in found["names"].split()}


def _definitions(at: Entry, lines: list[str]) -> Iterator[Entry]:
    """What a line of a grammar defines."""
    line = lines[at.line - 1]
    declared = _DECLARED.match(line)
    if declared:
        for name in declared["names"].split():
            yield evolve(at, kind="terminal", name=name, body=line)
        return
    found = _DEFINITION.match(line)
    if found:
        name = found["name"]
        kind = "terminal" if name.lstrip("_")[0].isupper() else "rule"
        if found["directive"] == "extend":
            kind = "hook"
        yield evolve(
            at,
            kind=kind,
            name=name,
            replaces=found["directive"] == "override",
            body="\n".join([found["body"].strip(), *_going_on(lines, at.line)]),
            priority=None if found["priority"] is None else int(found["priority"]),
        )


def _going_on(lines: list[str], behind: int) -> list[str]:
    """The lines that go on with a definition: each starts with a bar; comments and blank lines may stand between."""
    end = behind
    for at in range(behind, len(lines)):
        ahead = lines[at].strip()
        if ahead.startswith("|"):
            end = at + 1
        elif ahead and not ahead.startswith(_COMMENT):
            break
    return ["" if line.lstrip().startswith(_COMMENT) else line.rstrip() for line in lines[behind:end]]


def _comment_above(lines: list[str], number: int) -> str | None:
    """The comment that ends on the line above; the first line of a file is the file's, not the next one's."""
    first = number - 1
    while first > 1 and lines[first - 1].startswith(_COMMENT):
        first -= 1
    above = (line for line in lines[first : number - 1] if not _CLOSED.fullmatch(line))
    return " ".join(line.removeprefix(_COMMENT).strip() for line in above) or None


# --- the lexicon ------------------------------------------------------------------------------------------------------


def _keys(file: str, shown: str, text: str) -> Iterator[Entry]:
    """Each key of a TOML file with its place, and each text in a list below its key."""
    table: Key = ()
    counts: dict[Key, int] = defaultdict(int)
    lines = text.split("\n")

    def entry(kind: str, path: Key, line: int, *, replaces: bool = False) -> Entry:
        return Entry(kind, str(path[-1]), file, shown, line, path, replaces, about)

    for statement in _statements(text):
        path, line = statement.path, statement.line
        about = _toml_comment_above(lines, line)
        if statement.is_table:
            table = path
            if statement.is_array:
                table = (*path, counts[path])
                counts[path] += 1
                if statement.following_name is not None:
                    table = (*path, statement.following_name)
            yield entry("entry", table, line)
            continue
        full = (*table, *path)
        yield entry("entry", full, line, replaces=statement.is_plain)
        for value, at in statement.values:
            yield entry("value", (*full, value), at)


@frozen(slots=True)
class _Statement:
    """A line of TOML: a table's head, or a key with the texts in its value and their lines; plain is a value that is
    neither list nor table."""

    path: tuple[str, ...]
    line: int
    is_table: bool = False
    is_array: bool = False
    is_plain: bool = False
    values: tuple[tuple[str, int], ...] = ()
    following_name: str | None = None


def _statements(text: str) -> Iterator[_Statement]:
    found = list(_plain_statements(text))
    # Backwards, so that each table of a list knows the first `name` that follows it in no time.
    name = None
    for at in range(len(found) - 1, -1, -1):
        statement = found[at]
        if statement.is_array:
            found[at] = evolve(statement, following_name=name)
        if statement.is_table:
            name = None
        elif statement.path == ("name",) and statement.values:
            name = statement.values[0][0]
    yield from found


def _plain_statements(text: str) -> Iterator[_Statement]:
    """The statements of a TOML text that `tomllib` takes; of any other text, some."""
    statement, line = _Unfinished(), 1
    for token in _TOML_TOKEN.finditer(text):
        written = token[0]
        if written == "\n" and statement.depth <= 0:
            if statement.key:
                yield statement.finished()
            statement = _Unfinished()
        else:
            statement.take(token.lastgroup, written, line)
        line += written.count("\n")
    if statement.key:
        yield statement.finished()


@define(slots=True)
class _Unfinished:
    """A statement of which not all tokens were read.

    Attributes:
        key: the parts of its key, or of the name in a table's head.
        line: where that begins.
        values: the texts in its value, with their lines.
        heads: how many brackets opened a table's head.
        depth: how many brackets are open in its value.
        in_value: whether the sign of equality was read.
        is_plain: whether the value is neither list nor table.
    """

    key: list[str] = field(factory=list)
    line: int = 0
    values: list[tuple[str, int]] = field(factory=list)
    heads: int = 0
    depth: int = 0
    in_value: bool = False
    is_plain: bool = False

    def take(self, kind: str | None, written: str, line: int) -> None:
        """Read a token, by the name of its group in the pattern."""
        if kind == "sign":
            self._take_sign(written)
        elif self.in_value:
            if kind == "string":
                self.values.append((_unquoted(written), line))
        elif kind in ("string", "bare"):
            self.line = self.line or line
            self.key.append(_unquoted(written) if kind == "string" else written)

    def _take_sign(self, sign: str) -> None:
        if not self.in_value:
            self.in_value = self.is_plain = sign == "="
            self.heads += sign in "[{"
        elif sign in "[{":
            self.depth += 1
            self.is_plain = False
        elif sign in "]}":
            self.depth -= 1

    def finished(self) -> _Statement:
        """The statement."""
        return _Statement(tuple(self.key), self.line, self.heads > 0, self.heads > 1, self.is_plain, tuple(self.values))


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
