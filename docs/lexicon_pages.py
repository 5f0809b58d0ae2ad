"""A page for each lexicon file: its tables with every entry and wording, and what reads them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from docs.entries import comment, diagram, entry, examples, facts, heading, jumps, place, table
from docs.links import IR_PAGE, code, lexicon_anchor, lexicon_page, link, span, symbol_link
from docs.page import Chapter, Page
from docs.patterns import is_pattern, shape_of
from docs.samples import ROOT
from docs.shapes import choice
from docs.sources import entries_of, name_of, term_of, word_files
from docs.speech import Tongue, chinese
from docs.usage import shortest, use_of
from yusuan.compiler.language.files import GrammarFile
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.placeholders import PLACEHOLDER
from yusuan.compiler.language.places import Entry, Key
from yusuan.emitters.xbrl.markup import element, lines, text
from yusuan.ir.concepts import definitions

# What the terminals of the table grammar name between angle brackets; without the one for any label.
_NAMED: Final = re.compile(r"<((?:\([^()]*\)|[^<>()])*)>")
_ANY_LABEL: Final = "[a-z_0-9]+"
# What code calls the words that it looks things up in.
_HOLDERS: Final = ("lexicon", "words")
# These only tell what the others do.
_WATCH: Final = ("compiler/workbench/",)
_LOWERING: Final = ("compiler/clauses/", "compiler/lowering/", "compiler/tables/")


def pages(tongue: Tongue) -> Iterator[Page]:
    """The page of each file of words."""
    for file in word_files():
        yield _LexiconPage(file, tongue).page()


def value_at(data: Any, path: Key) -> Any:
    """What stands at a path of the grammar index in a TOML file's data; absent for a text of a list."""
    for part in path:
        if isinstance(data, list):
            if isinstance(part, int):
                data = data[part]
            else:
                data = next((one for one in data if isinstance(one, dict) and one.get("name") == part), None)
        elif isinstance(data, dict):
            data = data.get(part)
        else:
            return None
    return data


def patterns_of(value: Any) -> list[str]:
    """The patterns that a value of the lexicon holds; none where it holds words, of which no one is a pattern."""
    found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    said = [one for one in found if isinstance(one, str)]
    return said if len(said) == len(found) and any(map(is_pattern, said)) else []


@cache
def label_users(label: str) -> tuple[str, ...]:
    """The terminals of the table grammar that name a label."""
    users = []
    for name, pattern in built_in_language().patterns["table"].items():
        named = [one for one in _NAMED.findall(pattern) if one != _ANY_LABEL]
        if grammar_index(built_in_language()).symbol("table", name) and any(re.fullmatch(one, label) for one in named):
            users.append(name)
    return tuple(users)


@cache
def _placeholders() -> dict[str, list[str]]:
    """Where a placeholder has the words of a table or list, by its key: links."""
    found: dict[str, list[str]] = defaultdict(list)
    for grammar in GRAMMARS:
        for symbol in grammar_index(built_in_language()).symbols(grammar):
            for key in _keys_of(symbol.body):
                found[key].append(f"{grammar} {symbol_link(grammar, symbol.name)}")
    for file in word_files():
        page = lexicon_page(name_of(file))
        values: dict[Key, list[str]] = defaultdict(list)
        for path, one in entries_of(file).items():
            if one.kind == "value":
                values[path[:-1]] += _keys_of(one.name)
        for path, keys in values.items():
            for key in dict.fromkeys(keys):
                found[key].append(f"{name_of(file)} {link(f'{page}#{lexicon_anchor(path)}', code(str(path[-1])))}")
    return found


def _keys_of(said: str) -> list[str]:
    """The keys of the placeholders in a text, each once."""
    return list(dict.fromkeys(one["key"] for one in PLACEHOLDER.finditer(said)))


@cache
def _modules() -> dict[str, ast.Module]:
    """The modules that steer the compiler, by their files."""
    found = sorted((ROOT / "compiler").rglob("*.py"))
    named = {path.relative_to(ROOT).as_posix(): path for path in found}
    return {
        name: ast.parse(path.read_text(encoding="utf-8")) for name, path in named.items() if not name.startswith(_WATCH)
    }


def _keys_in(node: ast.AST) -> set[str]:
    """The keys that an expression asks for."""
    return {
        str(one.slice.value)
        for one in ast.walk(node)
        if isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Constant)
    }


@cache
def readers(name: str) -> dict[str, tuple[str, ...]]:
    """The modules of the compiler that go by each key of a lexicon file.

    The module that asks for the file (`lexicon["checks"]`) asks for its keys (`sums["partial"]`); what it makes of a
    key it keeps as an attribute, which the others look up.
    """
    found: dict[str, set[str]] = defaultdict(set)
    attributes: dict[str, set[str]] = defaultdict(set)
    for module, tree in _modules().items():
        if name in (keys := _keys_in(tree)):
            for key in keys:
                found[key].add(module)
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                        if isinstance(target, ast.Attribute):
                            attributes[target.attr] |= _keys_in(node.value)
    for module, tree in _modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).rstrip("()").endswith(_HOLDERS):
                for key in attributes.get(node.attr, ()):
                    found[key].add(module)
    return {key: tuple(sorted(modules)) for key, modules in found.items()}


@cache
def label_readers(label: str) -> tuple[str, ...]:
    """The modules of the lowering that look for a label in tables."""
    return tuple(
        module
        for module, tree in _modules().items()
        if module.startswith(_LOWERING)
        and any(isinstance(node, ast.Constant) and node.value in (label, f"<{label}>") for node in ast.walk(tree))
    )


class _LexiconPage:
    def __init__(self, file: GrammarFile, tongue: Tongue) -> None:
        self._file = file
        self._name = name_of(file)
        self._tongue = tongue
        self._data = tomllib.loads(file.text)
        self._entries = entries_of(file)

    def page(self) -> Page:
        """The page."""
        head = [place(text(self._file.shown)), comment(comment_of(self._file.text))]
        parts = []
        for table_of, inner in self._tables():
            if table_of is None:
                head += self._listed(inner)
                continue
            path, one = table_of
            said = [
                place(text(one.place) + self._concept(path)),
                comment(one.about),
                facts([(self._tongue.say("lexicon.patterns"), self._patterns(path))]),
                *self._listed(inner),
            ]
            parts.append(Chapter(lexicon_anchor(path), ".".join(map(str, path)), lines(said)))
        return Page(lexicon_page(self._name), f"{term_of(self._file)} {self._name}", lines(head), parts)

    def _listed(self, entries: list[tuple[Key, Entry]]) -> Iterator[str]:
        """The keys of a table: those of one value in a table, the others as entries."""
        plain = [(path, one) for path, one in entries if _is_plain(value_at(self._data, path))]
        others = [(path, one) for path, one in entries if (path, one) not in plain]
        yield jumps([(lexicon_anchor(path), one.name) for path, one in others])
        yield self._table(plain)
        yield from (self._entry(path, one) for path, one in others)

    def _tables(self) -> list[tuple[tuple[Key, Entry] | None, list[tuple[Key, Entry]]]]:
        """The tables of the file in its order, each with its keys; what stands before the first has no table."""
        entries = [(path, one) for path, one in self._entries.items() if one.kind == "entry"]
        found: list[tuple[tuple[Key, Entry] | None, list[tuple[Key, Entry]]]] = [(None, [])]
        for path, one in entries:
            is_table = isinstance(value_at(self._data, path), dict)
            if is_table and any(len(other) > len(path) and other[: len(path)] == path for other, _ in entries):
                found.append(((path, one), []))
            else:
                found[-1][1].append((path, one))
        return found

    def _table(self, entries: list[tuple[Key, Entry]]) -> str:
        """Keys that map to one word or number each; empty where there are none."""
        if not entries:
            return ""
        say = self._tongue.say
        heads = [say(f"lexicon.{head}") for head in ("key", "value", "used", "line")]
        rows = []
        for path, one in entries:
            said = self._value(path, value_at(self._data, path)) + comment(one.about)
            place = span("place", text(str(one.line)))
            rows.append((lexicon_anchor(path), [code(one.name), said, self._used(one), place]))
        # What is the same in every row is said once.
        readers_of = [self._read_by(path) for path, _ in entries]
        if len(set(readers_of)) == 1:
            return facts([(say("entry.read_by"), readers_of[0])]) + table(heads, rows, "keys")
        for (_, cells), read_by in zip(rows, readers_of, strict=True):
            cells.insert(-1, read_by)
        return table([*heads[:-1], say("entry.read_by"), heads[-1]], rows, "keys")

    def _used(self, one: Entry) -> str:
        """How often an entry is used, and the shortest text that used it."""
        use = use_of(one)
        if use is None:
            return span("count", "–")
        count = span("count", f"×{use.count} ")
        return count + (element("mark", {"title": use.source}, chinese(use.example)) if use.example else "")

    def _concept(self, path: Key) -> str:
        """What the concept is called that a table is about, which leads to it; empty where it is about none."""
        known = definitions().concepts.get(str(path[-1]))
        if known is None:
            return ""
        said = text(self._tongue.of(known.label))
        return " " + span("about", link(f"{IR_PAGE}#Concept.{known.name}", said))

    def _entry(self, path: Key, one: Entry) -> str:
        anchor, value = lexicon_anchor(path), value_at(self._data, path)
        patterns = patterns_of(value)
        parts = [comment(one.about)]
        if patterns:
            shape = choice([shape_of(pattern) for pattern in patterns])
            parts.append(diagram(shape, self._tongue, anchor, one.name))
            parts.append(self._written(path, patterns))
        else:
            parts.append(self._value(path, value))
        parts.append(facts(self._facts(path, one)))
        parts.append(examples(shortest(one), self._tongue))
        return entry(anchor, heading(anchor, one.name, place=one.place), parts)

    def _written(self, path: Key, patterns: list[str]) -> str:
        summary = element("summary", {}, self._tongue.say("entry.pattern"))
        items = [element("pre", {"id": lexicon_anchor((*path, one))}, text(one)) for one in dict.fromkeys(patterns)]
        return element("details", {"class": "pattern"}, summary + "".join(items))

    def _value(self, path: Key, value: Any) -> str:
        """A value that holds no pattern: its wordings, or what it is."""
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return element(
                "p", {"class": "wordings"}, "".join(self._wording(path, one) for one in dict.fromkeys(value))
            )
        if isinstance(value, str):
            return element("code", {"id": lexicon_anchor((*path, value))}, text(_visible(value) or '""'))
        return code(_plain(value))

    def _wording(self, path: Key, said: str) -> str:
        use = use_of(self._entries.get((*path, said)))
        count = span("count", f" ×{use.count}") if use else ""
        values = {
            "class": "wording" if use else "wording unused",
            "id": lexicon_anchor((*path, said)),
            "lang": "zh",
            "xml:lang": "zh",
        }
        return element("span", values, text(_visible(said)) + count) + " "

    def _facts(self, path: Key, one: Entry) -> Iterator[tuple[str, str]]:
        tongue = self._tongue
        use = use_of(one)
        yield (
            tongue.say("lexicon.used"),
            tongue.say("lexicon.times", count=use.count) if use else tongue.say("lexicon.unused"),
        )
        if self._name == "labels":
            users = [symbol_link("table", name) for name in label_users(str(path[-1]))]
            yield tongue.say("entry.marks"), tongue.joined(users)
        yield tongue.say("lexicon.patterns"), self._patterns(path)
        yield tongue.say("entry.read_by"), self._read_by(path)

    def _patterns(self, path: Key) -> str:
        """The patterns that have the words of a table or list by a placeholder."""
        return self._tongue.joined(_placeholders().get(".".join(map(str, (self._name, *path))), []))

    def _read_by(self, path: Key) -> str:
        """The modules that go by an entry, or by the table that it stands in."""
        known = readers(self._name)
        keys = [str(part) for part in reversed(path) if isinstance(part, str)]
        modules = next((known[key] for key in keys if key in known), ())
        if path[0] == self._name == "labels":
            modules = label_readers(str(path[-1])) or modules
        return self._tongue.joined([code(module) for module in modules])


def _is_plain(value: Any) -> bool:
    """Whether a value is a word or a number, and no pattern."""
    return not isinstance(value, dict | list) and not patterns_of(value)


def comment_of(content: str) -> str | None:
    """The comment at the head of a lexicon file, without the official term."""
    said = []
    for line in content.split("\n"):
        if not line.startswith("#"):
            break
        said.append(line.lstrip("# ").strip())
    _, _, rest = " ".join(said).partition(":")
    return rest.strip() or None


def _visible(said: str) -> str:
    """A text whose characters can all be seen; between words a blank is."""
    shown = " " if any(map(str.isalnum, said)) else ""
    return "".join(
        char if (char.isprintable() and char != " ") or char == shown else f"\\u{ord(char):04x}" for char in said
    )


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_plain(one)}" for key, one in value.items()) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return f'"{_visible(value)}"' if isinstance(value, str) else str(value)
