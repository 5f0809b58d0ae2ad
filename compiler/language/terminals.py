"""What the language adds to Lark's terminals: gaps, priorities that overlays keep, and what overlays leave alone.

A gap is what stands between other terminals. `{until.others}` in a pattern stands for a run of characters at none of
which another terminal of the grammar begins, `{until.NAME}` for one at none of which NAME does, and `{not.NAME}` says
that NAME does not begin here. So no terminal lists what the others begin with, and whoever extends one of those has its
words found in the middle of a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from re import _constants as code
from re import _parser
from typing import Any, Final

from attrs import field, frozen
from lark import Lark

from yusuan.compiler.language.files import LEXICON, GrammarFile, GrammarFileError, built_in
from yusuan.compiler.language.places import closed
from yusuan.compiler.language.starts import starts

_NAME: Final = re.compile(r"\b_?[A-Z][A-Z0-9_]*\b")

GAP: Final = re.compile(r"\{(?P<kind>until|not)\.(?P<name>\w+)\}")
"""What stands for a gap in a pattern."""

OTHERS: Final = "others"
"""What a gap of a grammar ends at that names no terminal: all those that a parser reads, but for gaps themselves."""

_OF_ALL: Final = f"{{until.{OTHERS}}}"
_NOTHING: Final = "(?!)"

LITERAL: Final = re.compile(r"""(?P<text>"(?:\\.|[^"\\\n])*"i?)|/(?P<pattern>(?:\\.|[^/\\\n])+)/[a-z]*""")
"""A text or a pattern in a terminal's body."""

_NAMED: Final = re.compile(r"\(\?P<\w+>")
_ESCAPED_SLASH: Final = r"\/"
_BACKTRACKS_NO_MORE: Final = frozenset({code.POSSESSIVE_REPEAT, code.ATOMIC_GROUP})
# The tables of the lexicon whose texts are patterns.
_OF_PATTERNS: Final = {
    "characters": ("marks",),
    "checks": ("sums", "names", "writing", "sections"),
    "concepts": ("words", "concept"),
    "labels": ("patterns", "remarks"),
}
# In front of a definition's colon, where no priority is.
_UNRANKED: Final = re.compile(r"(%override[ \t]+_*[A-Z]\w*)([ \t]*:)")


def nameless(pattern: str) -> str:
    """A pattern without the names of its groups, so that it can stand in another one more than once."""
    return _NAMED.sub("(?:", pattern)


# --- gaps -------------------------------------------------------------------------------------------------------------


@frozen(slots=True)
class Gaps:
    """The gaps of a grammar, filled in.

    Attributes:
        terminals: the patterns of all its terminals, gaps among them as they are written.
        parsed: the names of those that a parser reads, in their order.
    """

    terminals: Mapping[str, str]
    parsed: Sequence[str]
    _known: dict[str, str] = field(init=False, factory=dict, repr=False, eq=False)

    def filled(self, name: str, within: tuple[str, ...] = ()) -> str:
        """The pattern of a terminal with its gaps filled in.

        Raises:
            ValueError: a gap ends at what is no terminal, or at itself.
        """
        if name not in self.terminals:
            raise ValueError(f"no terminal is called {name}")
        if name in within:
            raise ValueError(f"{name} ends at itself")

        return self.fill(self.terminals[name], (*within, name))

    def fill(self, pattern: str, within: tuple[str, ...] = ()) -> str:
        """A pattern, in which gaps end at terminals of the grammar, with them filled in.

        Raises:
            ValueError: a gap ends at what is no terminal, or at itself.
        """

        def gap(found: re.Match[str]) -> str:
            if found[0] not in self._known:
                names = self._others() if found["name"] == OTHERS else [found["name"]]
                ends = [self.filled(end, within) for end in names]
                self._known[found[0]] = until(ends) if found["kind"] == "until" else begins_none(ends)
            return self._known[found[0]]

        return GAP.sub(gap, pattern)

    def _others(self) -> list[str]:
        return [name for name in self.parsed if _OF_ALL not in self.terminals[name]]


def until(ends: Sequence[str]) -> str:
    """A pattern of one or more characters at none of which one of some patterns begins.

    Each character has one way to be taken, so that repeating it takes time that grows with the length only.
    """
    first = [starts(end) for end in ends]
    if None in first:
        return rf"(?:{begins_none(ends)}[\s\S])"
    known = "".join(map(str, first))
    return f"(?:[^{known}]+(?![^{known}])|{begins_none(ends)}[{known}])"


def begins_none(ends: Sequence[str]) -> str:
    """A condition that none of some patterns begins here."""
    return f"(?!{'|'.join(guarded_by_start(nameless(end)) for end in ends)})"


def guarded_by_start(pattern: str) -> str:
    """A pattern that is told off by the first character, where it can be.

    The engine does that by itself only where an alternative starts with a character or a set, not with a group.
    """
    first = starts(pattern)
    return f"(?:{pattern})" if first is None else f"(?=[{first}])(?:{pattern})"


def last_place(name: str, files: Sequence[GrammarFile]) -> str:
    """Where a terminal is last said of something, as people are told: in an overlay, where one says anything of it or
    of what it is made of, since the built-in language is sound."""
    ours = built_in().files
    shipped = [one for file in files if file in ours for one in file.entries()]
    brought = [one for file in files if file not in ours for one in file.entries()]
    made_of = [name]
    for part in made_of:
        bodies = " ".join(one.body for one in (*shipped, *brought) if one.name == part)
        made_of += dict.fromkeys(found for found in _NAME.findall(bodies) if found not in made_of)
    said = (
        [one for one in brought if one.name == name]
        or [one for one in brought if one.name in made_of]
        or [one for one in shipped if one.name == name]
    )
    return said[-1].place if said else files[-1].shown


def gap_of_all(parser: Lark, files: Sequence[GrammarFile]) -> tuple[str, str] | None:
    """The terminal of a parser that takes what all others leave, and the pattern of what it goes over besides.

    Lexers find where the others begin anyway, so it is not tried: whatever stands between two of them is one of it.

    Raises:
        GrammarFileError: there are several, or one is no repetition, which alone can be put together of pieces.
    """
    gaps = [one for one in parser.terminals if _OF_ALL in one.pattern.value]
    for place, one in enumerate(gaps):
        if place or not one.pattern.value.endswith(")+"):
            reason = f"the one terminal of a grammar that ends at all others is a repetition: (/{_OF_ALL}/ | …)+"
            raise GrammarFileError(last_place(one.name, files), f"{one.name}: {reason}")
    return next(((one.name, one.pattern.value.replace(_OF_ALL, _NOTHING)) for one in gaps), None)


def fill_gaps(parser: Lark, files: Sequence[GrammarFile]) -> None:
    """Fill in what stands between the terminals of a parser, now that they are known.

    Raises:
        GrammarFileError: a gap ends at what is no terminal, or at itself.
    """
    if not any(GAP.search(terminal.pattern.value) for terminal in parser.terminals):
        return
    every, _, _ = parser.grammar.compile(["start"], "*")
    gaps = Gaps(
        {terminal.name: terminal.pattern.to_regexp() for terminal in every},
        [terminal.name for terminal in parser.terminals],
    )
    for terminal in parser.terminals:
        if not GAP.search(terminal.pattern.value):
            continue
        try:
            terminal.pattern.value = gaps.filled(terminal.name)
        except ValueError as error:
            raise GrammarFileError(last_place(terminal.name, files), f"{terminal.name}: {error}") from error


# --- what an overlay may do -------------------------------------------------------------------------------------------


def check(files: Sequence[GrammarFile]) -> None:
    """See that the files of one grammar say nothing that Lark passes over in silence, and leave closed terminals alone.

    Raises:
        GrammarFileError: one does; its line is told.
    """
    shipped = [file for file in files if file in built_in().files]
    reasons = {name: reason for file in shipped for name, reason in closed(file.text).items()}
    for file in files:
        own = file not in shipped
        for entry in file.entries():
            if not entry.is_terminal:
                continue
            if entry.kind == "hook" and entry.priority is not None:
                name = f"{entry.name}.{entry.priority}"
                reason = f"%extend {name}: a priority is said where a terminal is defined; write %extend {entry.name}"
                raise GrammarFileError(entry.place, f"{reason}, or %override {name} with all of its words")
            if own and entry.name in reasons and (entry.kind == "hook" or entry.replaces):
                raise GrammarFileError(entry.place, f"{entry.name} is closed to overlays: {reasons[entry.name]}")
        for place, pattern in patterns_of(file):
            _check_pattern(place, pattern)


def check_lexicon(file: GrammarFile) -> None:
    """See that the patterns of a lexicon file are read alike everywhere.

    Raises:
        GrammarFileError: one is not; its line is told.
    """
    tables = _OF_PATTERNS.get(file.path.removeprefix(LEXICON).removesuffix(".toml"), ())
    for entry in file.entries() if tables else ():
        if entry.kind == "value" and entry.path[0] in tables:
            _check_pattern(entry.place, entry.name)


def patterns_of(file: GrammarFile) -> Iterator[tuple[str, str]]:
    """The patterns in the terminals of a file, each with its place."""
    for entry in file.entries():
        if entry.is_terminal:
            for number, line in enumerate(entry.body.split("\n"), start=entry.line):
                for literal in LITERAL.finditer(line):
                    if literal["pattern"] is not None:
                        yield f"{entry.shown}:{number}", literal["pattern"]


def _check_pattern(place: str, pattern: str) -> None:
    if never_backtracks(pattern):
        reason = "possessive repeats and atomic groups are not read alike by all versions of Python 3.11"
        raise GrammarFileError(place, f"{pattern}: {reason}; write the pattern without")


def has_bare_bar(pattern: str) -> bool:
    """Whether a pattern has alternatives outside of brackets, which take in what it is joined to."""
    depth, at = 0, 0
    in_set = False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_set:
            in_set = char != "]"
        elif char == "[":
            in_set = True
            at += pattern[at + 1 : at + 2] == "^"
            at += pattern[at + 1 : at + 2] == "]"
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and not depth:
            return True
        at += 1
    return False


def never_backtracks(pattern: str) -> bool:
    """Whether a pattern has a possessive repeat or an atomic group; one that is broken has none."""
    try:
        return any(op in _BACKTRACKS_NO_MORE for op, _ in _operations(_parser.parse(pattern)))
    except re.error:
        return False


def _operations(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Each operation of a pattern, those within others behind them."""
    if isinstance(tree, _parser.SubPattern):
        for op, value in tree:
            yield op, value
            yield from _operations(value)
    elif isinstance(tree, list | tuple):
        for one in tree:
            yield from _operations(one)


def prepared(files: Sequence[GrammarFile]) -> list[str]:
    """The texts of the files of one grammar as Lark is to read them, line for line.

    A terminal that replaces another one has its priority, and a pattern with alternatives has brackets around them:
    Lark joins what stands beside it without.
    """
    priorities: dict[str, int] = {}
    texts = []
    for file in files:
        lines = file.text.split("\n")
        for entry in file.entries():
            if not entry.is_terminal or entry.is_declared:
                continue
            for at in range(entry.line - 1, entry.line + entry.body.count("\n")):
                lines[at] = LITERAL.sub(_bracketed, lines[at])
            if entry.kind == "hook":
                continue
            if entry.replaces and entry.priority is None and entry.name in priorities:
                ranked = rf"\1.{priorities[entry.name]}\2"
                lines[entry.line - 1] = _UNRANKED.sub(ranked, lines[entry.line - 1], count=1)
            elif entry.priority is not None or entry.replaces:
                priorities[entry.name] = entry.priority or 0
        texts.append("\n".join(lines))
    return texts


def _bracketed(literal: re.Match[str]) -> str:
    pattern = literal["pattern"]
    if pattern is None or not has_bare_bar(pattern):
        return literal[0]
    return f"/(?:{pattern}){literal[0].removeprefix('/' + pattern)}"
