"""A page for each grammar: its files with every rule and terminal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docs.becoming import contract, places
from docs.entries import comment, diagram, entry, examples, facts, heading, jumps, lead, place
from docs.links import code, grammar_page, span, symbol_link
from docs.observed import observed
from docs.page import Chapter, Page
from docs.rules import rules
from docs.sources import grammar_files, grammar_term, term_of
from docs.speech import Tongue, chinese
from docs.usage import shortest, unused_alternatives, use_of
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.places import Entry
from yusuan.compiler.workbench.coverage import Alternative
from yusuan.emitters.xbrl.markup import element, lines, text


def pages(tongue: Tongue) -> Iterator[Page]:
    """The page of each grammar."""
    for grammar in GRAMMARS:
        yield _GrammarPage(grammar, tongue).page()


def kind_of(grammar: str, name: str) -> tuple[str, str]:
    """What a symbol is drawn as, and where it leads from its grammar's own page."""
    if name in rules(grammar).shapes:
        return ("inlined" if name.startswith("_") else "rule"), f"#{name}"
    return "terminal", f"#{name}"


def head_comment(content: str) -> str:
    """What the head of a grammar file says behind its term; empty where it says nothing more."""
    said = []
    for line in content.split("\n")[1:]:
        if not line.startswith("//"):
            break
        said.append(line.removeprefix("//").strip())
    return " ".join(said).strip()


class _GrammarPage:
    def __init__(self, grammar: str, tongue: Tongue) -> None:
        self._grammar = grammar
        self._tongue = tongue
        self._file = grammar_page(grammar)
        self._index = grammar_index(built_in_language())

    def page(self) -> Page:
        """The page."""
        grammar, tongue = self._grammar, self._tongue
        parts = []
        for file in grammar_files(grammar):
            symbols = [one for one in self._index.symbols(grammar) if one.file == file.path]
            anchor = f"file-{file.path.removesuffix('.lark').replace('/', '-')}"
            said = [
                place(text(file.shown)),
                comment(head_comment(file.text)),
                jumps([(one.name, one.name) for one in symbols]),
                *map(self._entry, symbols),
            ]
            parts.append(Chapter(anchor, term_of(file), lines(said)))
        about = lead(tongue.say(f"region.{grammar}"))
        return Page(self._file, f"{grammar_term(grammar)} {grammar}", about, parts)

    def _entry(self, symbol: Entry) -> str:
        grammar, name, tongue = self._grammar, symbol.name, self._tongue
        about = self._index.about(symbol)
        # A comment of several words is a sentence of its own below the heading.
        said = chinese(self._index.term(symbol.file) or "") if about != symbol.about else ""
        return entry(
            name,
            heading(name, name, said, symbol.place),
            [
                comment(symbol.about),
                self._diagram(symbol),
                facts(self._facts(symbol)),
                examples(observed().examples((grammar, name)) or shortest(symbol), tongue),
            ],
        )

    def _diagram(self, symbol: Entry) -> str:
        grammar, name = self._grammar, symbol.name
        shape = rules(grammar).shapes.get(name)
        if shape is not None:
            return diagram(shape, self._tongue, name, name, partial(kind_of, grammar))
        shape = rules(grammar).terminals.get(name)
        if shape is None:
            return element("p", {"class": "declared"}, self._tongue.say("entry.declared"))
        drawn = diagram(shape, self._tongue, name, name, partial(kind_of, grammar))
        written = element("summary", {}, self._tongue.say("entry.pattern")) + element("pre", {}, text(symbol.body))
        return drawn + element("details", {"class": "pattern"}, written)

    def _facts(self, symbol: Entry) -> Iterator[tuple[str, str]]:
        grammar, name, tongue = self._grammar, symbol.name, self._tongue
        say, seen = tongue.say, observed()
        yield self._kind(symbol), self._seen(symbol)
        users = rules(grammar).users.get(name, ())
        used = tongue.joined([symbol_link(grammar, user, self._file) for user in users if user != name])
        yield say("entry.used_by"), used or self._unused(symbol)
        yield say("entry.added"), self._added(symbol)
        hooks = self._index.hooks(grammar, name)
        yield say("entry.extended"), tongue.joined([code(hook.place) for hook in hooks])
        becomes, holds = seen.became((grammar, name)), seen.holds[grammar, name]
        # A rule without a node leaves what it becomes to those that it is made of.
        nothing = say("entry.becomes_none") if use_of(symbol) and not name.startswith("_") else ""
        yield say("entry.becomes"), places(becomes, tongue) or nothing
        yield say("entry.holds"), places(holds, tongue)
        yield say("entry.contract"), contract({**becomes, **holds}, tongue)
        unused = unused_alternatives(grammar, name) if use_of(symbol) else []
        yield say("entry.unused_alternatives"), tongue.joined([self._alternative(one) for one in unused])

    def _kind(self, symbol: Entry) -> str:
        dropped = symbol.name.startswith("_")
        if symbol.kind == "rule":
            return self._tongue.say("entry.inlined" if dropped else "entry.rule")
        return self._tongue.say("entry.dropped" if dropped else "entry.terminal")

    def _seen(self, symbol: Entry) -> str:
        parts = []
        priority = rules(self._grammar).priorities.get(symbol.name)
        if priority is not None:
            parts.append(self._tongue.say("entry.priority", priority=priority))
        use = use_of(symbol)
        parts.append(self._tongue.say("entry.seen", count=use.count) if use else self._tongue.say("entry.unseen"))
        return self._tongue.joined(parts)

    def _unused(self, symbol: Entry) -> str:
        """What uses a symbol that no rule of the grammar has."""
        if symbol.kind == "rule":
            return self._tongue.say("entry.used_by_none")
        return self._tongue.say("entry.used_by_lexer")

    def _alternative(self, one: Alternative) -> str:
        """An alternative, and the one in whose brackets it stands."""
        within = f" {self._tongue.say('entry.within', text=one.within)}" if one.within else ""
        return code(one.text or "∅") + (span("count", within) if within else "")

    def _added(self, symbol: Entry) -> str:
        """The rules of other files that a rule is added to, by the hooks of its own file."""
        added = [
            hook
            for rule in rules(self._grammar).users.get(symbol.name, ())
            for hook in self._index.hooks(self._grammar, rule)
            if hook.file == symbol.file
        ]
        return self._tongue.joined(
            [f"{symbol_link(self._grammar, hook.name, self._file)} {code(hook.place)}" for hook in dict.fromkeys(added)]
        )
