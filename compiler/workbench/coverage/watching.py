"""A language that tells what is found in it: its parsers, its lexicons, the patterns of single lines.

What is watched does as what it stands for does, by calling it; what it tells changes nothing of what comes out. What
the lexicons come to hold further is to be watched here; until it is, no case uses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeVar, cast

from attrs import evolve
from lark import Lark, Token, Tree
from lark.grammar import Rule
from lark.parsers.lalr_parser_state import ParseConf, ParserState

from yusuan.compiler.blocks.lines import LineClass, LineClassifier, line_classifier
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import pattern
from yusuan.compiler.language.check_words import CheckWords, check_words
from yusuan.compiler.language.framing import FramingLabels, framing_labels, word_of
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language, provide, speaking
from yusuan.compiler.language.naming import ConceptLexicon, concept_lexicon
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.coverage.model import Record
from yusuan.compiler.workbench.tracing.lines import match_headings
from yusuan.ir.vocabulary import Basis, Scope

# Grammars whose terminals are tried on single lines; no parser reads them.
_OF_LINES: Final = ("line", "numbering")
# What Lark calls the rules that it makes of repetitions.
_MADE: Final = "__"
_END: Final = "$END"

_Name = TypeVar("_Name")
_Said = TypeVar("_Said")


def watched(spoken: Language, record: Record) -> Language:
    """A language as another one, which tells a record what is found in it."""
    parsers = {name: _WatchedParser(name, parser, record) for name, parser in spoken.parsers.items()}
    told = evolve(spoken, parsers=cast("Mapping[str, Lark]", parsers))
    with speaking(told):
        provide(lexicon, _WatchedLexicon(told.lexicon, record))
        provide(concept_lexicon, _WatchedConcepts(told.lexicon["concepts"], record))
        provide(check_words, _WatchedWords(told.lexicon["checks"], record))
        provide(line_classifier, _WatchedClassifier(record))
        provide(framing_labels, _framing(framing_labels(), _Teller("labels", record)))
        for grammar in _OF_LINES:
            for name, written in told.patterns[grammar].items():
                provide(pattern, _pattern(re.compile(written), _on_line(record, grammar, name)), grammar, name)
    return told


# --- parsers ----------------------------------------------------------------------------------------------------------


class _Part:
    """What a derivation has made so far of some symbols: their names and the ends of their tokens."""

    __slots__ = ("first", "last", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.first: BlockToken | None = None
        self.last: BlockToken | None = None


class _WatchedParser:
    """Parses as Lark does, and tells the rules and tokens of each derivation that it completes."""

    def __init__(self, grammar: str, parser: Lark, record: Record) -> None:
        self._grammar = grammar
        self._inner = parser
        self._record = record
        self.rules = parser.rules
        self.terminals = parser.terminals
        # The same tables; only what is made of a rule is another thing than a tree.
        made: Any = {rule: partial(self._reduced, rule) for rule in parser.rules}
        self._derivation: ParseConf[Any] = ParseConf(parser.parser.parser.parser.parse_table, made, "start")

    def parse(self, tokens: list[BlockToken]) -> Tree[BlockToken]:
        """The tree of some tokens.

        Raises:
            lark.exceptions.UnexpectedInput: the grammar cannot read them.
        """
        tree: Tree[BlockToken] = self._inner.parse(tokens)  # type: ignore[assignment]
        derivation: Any = ParserState(self._derivation, cast("Any", None))
        for token in tokens:
            derivation.feed_token(token)
        derivation.feed_token(Token(_END, ""), is_end=True)
        return tree

    def _reduced(self, rule: Rule, children: list[_Part | BlockToken]) -> _Part:
        """Tell what a rule is made of."""
        name = str(rule.origin.name)
        symbols = [str(symbol.name) for symbol in rule.expansion]
        is_made = name.startswith(_MADE)
        part = _Part()
        if is_made and symbols[:1] == [name]:
            # A repetition grows to the right: what it has so far is not copied.
            part = cast("_Part", children[0])
            symbols, children = symbols[1:], children[1:]
        for symbol, child in zip(symbols, children, strict=True):
            self._add(part, symbol, child)
        if not is_made:
            self._tell(name, part)
            part.names = []
        return part

    def _add(self, part: _Part, name: str, child: _Part | BlockToken) -> None:
        if isinstance(child, BlockToken):
            self._tell_token(child)
            part.names.append(name)
            part.first, part.last = part.first or child, child
            return
        part.names.extend(child.names if name.startswith(_MADE) else [name])
        part.first, part.last = part.first or child.first, child.last or part.last

    def _tell_token(self, token: BlockToken) -> None:
        text = self._text(token, token)
        self._record.saw_terminal(self._grammar, token.type, *text, lambda: self._words(token, *text))

    def _words(self, token: BlockToken, text: str, start: int, end: int) -> tuple[str, int, int]:
        """What the pattern of a token's terminal was tried on."""
        if self._grammar not in ("report", "table"):
            return text, start, end
        if self._grammar == "table":
            words = "".join(token.value.marks)
        elif isinstance(token.value, LineClass):
            words = match_headings(text[token.value.title_start : token.value.title_end])[1]
        else:
            first, last = line_classifier().content(text, start, end)
            words = text[first:last] if token.type == "PAGE_MARK" else lexicon().fold(text[first:last])
        return words, 0, len(words)

    def _tell(self, name: str, part: _Part) -> None:
        text, start, end = ("", 0, 0) if part.first is None or part.last is None else self._text(part.first, part.last)
        self._record.saw_rule(self._grammar, name, part.names, text, start, end)

    def _text(self, first: BlockToken, last: BlockToken) -> tuple[str, int, int]:
        """A text and the range of it that some tokens are."""
        if isinstance(first.value, MarkedRow):
            return self._record.text, first.value.span.start, last.value.span.end
        if isinstance(first.value, re.Match) and self._grammar != "report":
            return first.value.string, first.start, last.end
        return self._record.text, first.start, last.end


# --- what the lexicons are made of ------------------------------------------------------------------------------------


class _WatchedPattern:
    """Matches as a pattern does, and tells each match that has characters."""

    def __init__(self, inner: re.Pattern[str], tell: Callable[[re.Match[str]], None]) -> None:
        self._inner = inner
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _told(self, match: re.Match[str] | None) -> re.Match[str] | None:
        if match is not None and match.end() > match.start():
            self._tell(match)
        return match

    def search(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._inner.search(*arguments))

    def match(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._inner.match(*arguments))

    def fullmatch(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._inner.fullmatch(*arguments))

    def finditer(self, *arguments: Any) -> Iterator[re.Match[str]]:
        for match in self._inner.finditer(*arguments):
            self._told(match)
            yield match

    def findall(self, text: str) -> list[Any]:
        for match in self._inner.finditer(text):
            self._told(match)
        return self._inner.findall(text)

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        for at, match in enumerate(self._inner.finditer(text)):
            if count and at == count:
                break
            self._told(match)
        return self._inner.sub(replacement, text, count)


def _pattern(inner: re.Pattern[str], tell: Callable[[re.Match[str]], None]) -> re.Pattern[str]:
    return cast("re.Pattern[str]", _WatchedPattern(inner, tell))


class _WatchedDict(dict[_Name, _Said]):
    """Tells each name that is looked up and is there."""

    def __init__(self, inner: Mapping[_Name, _Said], tell: Callable[[_Name], None]) -> None:
        super().__init__(inner)
        self._tell = tell

    def __getitem__(self, name: _Name) -> _Said:
        said = super().__getitem__(name)
        self._tell(name)
        return said

    def get(self, name: _Name, default: Any = None) -> Any:
        if super().__contains__(name):
            self._tell(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        is_there = super().__contains__(name)
        if is_there:
            self._tell(cast("_Name", name))
        return is_there


class _WatchedSet(frozenset[_Name]):
    """Tells each element that is asked for and is there."""

    tell: Callable[[_Name], None]

    def __contains__(self, name: object) -> bool:
        is_there = super().__contains__(name)
        if is_there:
            self.tell(cast("_Name", name))
        return is_there


def _set(inner: Iterable[_Name], tell: Callable[[_Name], None]) -> frozenset[_Name]:
    made = _WatchedSet(inner)
    made.tell = tell
    return made


class _WatchedCharacters(str):
    """Tells each character that is asked for and is among them."""

    __slots__ = ("tell",)

    tell: Callable[[str], None]

    def __contains__(self, char: object) -> bool:
        is_there = super().__contains__(cast("str", char))
        if is_there and char:
            self.tell(cast("str", char))
        return is_there


def _characters(inner: str, tell: Callable[[str], None]) -> str:
    made = _WatchedCharacters(inner)
    made.tell = tell
    return made


class _Teller:
    """Tells a record of the entries of a lexicon file."""

    def __init__(self, file: str, record: Record) -> None:
        self._file = file
        self._record = record

    def saw(self, *path: str | int, text: str | None = None) -> None:
        """An entry was used."""
        self._record.saw((self._file, path), str(path[-1]) if text is None else text)

    def pattern(self, inner: re.Pattern[str], *path: str | int) -> re.Pattern[str]:
        """A pattern that is one entry."""
        return _pattern(inner, lambda match: self._record.saw((self._file, path), match.string, *match.span()))

    def keys(self, inner: Mapping[_Name, _Said], *path: str | int) -> dict[_Name, _Said]:
        """A table, each of whose keys is an entry."""
        return _WatchedDict(inner, lambda name: self.saw(*path, str(name)))

    def values(self, inner: Iterable[_Name], *path: str | int) -> frozenset[_Name]:
        """A list, each of whose texts is an entry."""
        return _set(inner, lambda name: self.saw(*path, str(name)))

    def characters(self, inner: str, *path: str | int) -> str:
        """A set of characters that is one entry."""
        return _characters(inner, lambda char: self.saw(*path, text=char))


# --- the lexicons -----------------------------------------------------------------------------------------------------


class _WatchedLexicon(Lexicon):
    def __init__(self, files: Mapping[str, Any], record: Record) -> None:
        super().__init__(files)
        self._watch_characters(files["characters"], _Teller("characters", record))
        self._watch_labels(files["labels"], _Teller("labels", record))
        self._watch_units(files["units"], _Teller("units", record))

    def _watch_characters(self, data: Mapping[str, Any], tell: _Teller) -> None:
        self._of_characters = tell
        self.blanks = tell.characters(self.blanks, "blank")
        for name in ("introducing", "brackets", "stops"):
            setattr(self, name, tell.characters(getattr(self, name), name))
        groups = {}
        for at, group in enumerate(data["fold"]):
            codes = (
                range(ord(group["range"][0]), ord(group["range"][1]) + 1)
                if "range" in group
                else map(ord, group["from"])
            )
            groups.update(dict.fromkeys(codes, (at, group)))

        def saw_fold(code: int) -> None:
            at, group = groups[code]
            for key, value in group.items():
                for path in [("fold", at, key), *(("fold", at, key, text) for text in value if key == "range")]:
                    tell.saw(*path, text=chr(code))

        self._fold = _WatchedDict(self._fold, saw_fold)
        self.bookmark = tell.pattern(self.bookmark, "marks", "bookmark")
        self.image = tell.pattern(self.image, "marks", "image")
        rows = {char: row for row in data["numerals"]["circled"] for char in row}
        self._numerals = tell.keys(self._numerals, "numerals")
        self._circled = _WatchedDict(self._circled, lambda char: tell.saw("numerals", "circled", rows[char], text=char))

    def _watch_labels(self, data: Mapping[str, Any], tell: _Teller) -> None:
        wordings = {
            self.fold(wording): (identifier, wording)
            for identifier, wordings in data["labels"].items()
            for wording in wordings
        }
        self._labels = _WatchedDict(self._labels, lambda folded: tell.saw("labels", *wordings[folded]))
        self._label_pattern = _pattern(
            self._label_pattern,
            lambda match: tell.saw("patterns", (match.lastgroup or "").removeprefix("label_"), text=match[0]),
        )
        self.label_patterns = {name: tell.pattern(one, "patterns", name) for name, one in self.label_patterns.items()}
        self.classes = {
            level: self._class(level, folded, data["classes"][level], tell) for level, folded in self.classes.items()
        }

        def saw_classified(match: re.Match[str]) -> None:
            for level, word in match.groupdict().items():
                tell.saw("classes", level, word)

        self.classified = _pattern(self.classified, saw_classified)
        of = {self.fold(level2): (level1, level2) for level1, names in data["level1_of"].items() for level2 in names}
        self.level1_of = _WatchedDict(self.level1_of, lambda level2: tell.saw("level1_of", *of[level2]))
        self._front = tell.pattern(self._front, "remarks", "front")
        self._remark = tell.pattern(self._remark, "remarks", "pattern")

    def _class(self, level: str, folded: frozenset[str], wordings: Iterable[str], tell: _Teller) -> frozenset[str]:
        written = {self.fold(wording): wording for wording in wordings}
        return _set(folded, lambda word: tell.saw("classes", level, written[word]))

    def _watch_units(self, data: Mapping[str, Any], tell: _Teller) -> None:
        self._of_units = tell
        self.money = tell.keys(self.money, "money")
        self._money_unit = _pattern(self._money_unit, lambda match: tell.saw("money", self.fold(match[1])))
        self._money_alias = tell.keys(self._money_alias, "money_alias")
        self._percent = self._wordings("percent", self._percent, data, tell)
        self.qualitative = self._wordings("qualitative", self.qualitative, data, tell)

    def _wordings(self, table: str, folded: frozenset[str], data: Mapping[str, Any], tell: _Teller) -> frozenset[str]:
        written = {self.fold(wording): wording for wording in reversed(data[table]["wordings"])}
        return _set(folded, lambda word: tell.saw(table, "wordings", written[word]))

    def without_separators(self, text: str) -> str:
        bare = super().without_separators(text)
        if bare != text:
            self._of_characters.saw("separators", text=text[len(bare) :])
        return bare

    def decimal_words(self, text: str) -> Any:
        if self._point in text:
            self._of_characters.saw("numerals", "point", text=text)
        return super().decimal_words(text)

    def after_percent(self, text: str) -> str:
        share = super().after_percent(text)
        if share != self.fold(text):
            self._of_units.saw("percent", "before", text=text)
        return share


def _framing(labels: FramingLabels, tell: _Teller) -> FramingLabels:
    """The labels that rows are repaired by, which tell each that is asked for and is among them."""

    def watched_marks(marks: frozenset[str], *path: str) -> frozenset[str]:
        return _set(marks, lambda mark: tell.saw("framing", *path, word_of(mark)))

    starts = labels.row_starts.items()
    return evolve(
        labels,
        row_starts={mark: watched_marks(behind, "row_starts", word_of(mark)) for mark, behind in starts},
        need_value=watched_marks(labels.need_value, "need_value"),
        no_column=watched_marks(labels.no_column, "no_column"),
        below=watched_marks(labels.below, "below"),
    )


class _WatchedConcepts(ConceptLexicon):
    def __init__(self, data: dict[str, Any], record: Record) -> None:
        super().__init__(data)
        self._tell = tell = _Teller("concepts", record)
        self._anywhere = _pattern(self._anywhere, self._saw_concept)
        self._whole = _pattern(self._whole, self._saw_concept)
        for name in ("classified", "generic", "excluded"):
            setattr(self, f"_{name}", tell.pattern(getattr(self, f"_{name}"), "words", name))
        for name in ("joining", "apart", "respective", "summed", "summing", "strip_front", "strip_back"):
            setattr(self, name, tell.pattern(getattr(self, name), "words", name))
        self.and_ = tell.pattern(self.and_, "words", "and")
        self.parents = _WatchedDict(
            self.parents, lambda child: tell.saw("concept", str(child), "parent", text=str(child))
        )
        self._bases = tell.keys(self._bases, "base")
        self._bases_of_figures = tell.keys(self._bases_of_figures, "basis")
        self.defaults = tell.keys(self.defaults, "default")
        self.items = tell.keys(self.items, "items")
        self.purposes = tell.values(self.purposes, "purposes", "names")
        self._spent = tell.values(self._spent, "spent", "names")
        self.table = _WatchedDict(self.table, lambda label: tell.saw("table", label[1:-1]))

    def _saw_concept(self, match: re.Match[str]) -> None:
        """The pattern of its list that a label matched, and the words around it that say nothing."""
        group = match.lastgroup or ""
        kind, patterns = self._written[group]
        concept, words = str(self._concepts[group]), match[group]
        self._tell.saw("concept", concept, "name", text=words)
        # The first of them that takes the words is the one that the whole list took them by.
        written = next((one for one in patterns if re.fullmatch(one, words)), None)
        if written is not None:
            self._tell.saw("concept", concept, kind, written, text=words)
        if match.end(group) < match.end():
            self._tell.saw("words", "tail", text=match[0][match.end(group) - match.start() :])
        if match.start() < match.start(group):
            front = "strip_front" if kind == "bare" else "front"
            self._tell.saw("words", front, text=match[0][: match.start(group) - match.start()])

    def scope(self, folded: str) -> Scope | None:
        scope = super().scope(folded)
        if scope is not None:
            self._tell.saw("scope", self.scope_word(folded) or "")
        return scope

    def _basis(self, folded: str) -> Basis | None:
        basis = super()._basis(folded)
        if basis is not None:
            self._tell.saw("basis_of_label", next(word for word, _ in self._figure_words if word in folded))
        return basis


class _WatchedWords(CheckWords):
    def __init__(self, data: dict[str, Any], record: Record) -> None:
        super().__init__(data)
        tell = _Teller("checks", record)
        for table in ("sums", "names", "writing"):
            for name in data[table]:
                inner = getattr(self, name, None)
                if isinstance(inner, re.Pattern):
                    setattr(self, name, tell.pattern(inner, table, name))
                elif isinstance(inner, frozenset):
                    setattr(self, name, tell.values(inner, table, name))
        self.residue = {name: tell.pattern(inner, "writing", name) for name, inner in self.residue.items()}
        months = data["writing"]["month"]
        self.month = [
            tell.pattern(inner, "writing", "month", written) for inner, written in zip(self.month, months, strict=True)
        ]
        pairs = {char: marks for pair in data["writing"]["pairs"] for marks in pair for char in marks}
        self.kinds_of_marks = _WatchedDict(
            self.kinds_of_marks, lambda char: tell.saw("writing", "pairs", pairs[char], text=char)
        )
        self.sections = {role: tell.pattern(inner, "sections", str(role)) for role, inner in self.sections.items()}
        roles = dict(self.subjects)
        self.subjects = _WatchedDict(roles, lambda concept: tell.saw("subjects", str(roles[concept]), str(concept)))


# --- lines ------------------------------------------------------------------------------------------------------------


def _on_line(record: Record, grammar: str, name: str) -> Callable[[re.Match[str]], None]:
    """Tell of a terminal of a grammar whose terminals are tried on lines, and of the rule that names it."""

    def tell(match: re.Match[str]) -> None:
        _saw_on_line(record, grammar, name, match.string, *match.span())

    return tell


def _saw_on_line(record: Record, grammar: str, name: str, text: str, start: int, end: int) -> None:
    record.saw_terminal(grammar, name, text, start, end, lambda: (text, start, end))
    record.saw_rule(grammar, "start", [name], text, start, end)


class _WatchedClassifier(LineClassifier):
    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record
        self._names = list(self._styles)
        self._stop = _pattern(self._stop, _on_line(record, "line", "SENTENCE"))
        self._statement = _pattern(self._statement, _on_line(record, "line", "STATEMENT"))

    def classify(self, text: str, start: int, end: int, *, with_body: bool = False) -> LineClass:
        line = super().classify(text, start, end, with_body=with_body)
        if line.style >= 0:
            _saw_on_line(self._record, "numbering", self._names[line.style], text, start, line.title_start)
        return line

    def _heading_of(self, title: str) -> re.Match[str] | None:
        heading = super()._heading_of(title)
        if heading is not None:
            # What stands in front of a heading's own words.
            at, folded = 0, heading.string
            for name, front in (("FRONT", self._front), ("WHOSE", self._whose)):
                found = front.match(folded, at, heading.start())
                if found and found.end() > at:
                    _saw_on_line(self._record, "line", name, folded, at, found.end())
                    at = found.end()
            last = title.rstrip(self._lexicon.blanks)[-1:]
            if last and last in self._lexicon.closing:
                _Teller("characters", self._record).saw("closing", text=last)
        return heading
