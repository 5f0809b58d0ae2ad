"""From the words in front of an amount to its concept and scope, by `grammar/lexicon/concepts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.language.entries import Entries, Used
from yusuan.compiler.language.expressions import without_captures
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.placeholders import any_of
from yusuan.ir.vocabulary import Base, Basis, Concept, Role, Scope

# The concepts that say whose money they are, and how that is said of other money.
NAMING: Final = ("patterns", "whole", "bare")
"""The lists of a concept whose patterns name it."""

_SOURCES: Final = {
    Concept.GENERAL_PUBLIC_BUDGET_REVENUE: Scope.GENERAL_PUBLIC,
    Concept.GOVERNMENT_FUND_REVENUE: Scope.GOVERNMENT_FUND,
    Concept.STATE_CAPITAL_REVENUE: Scope.STATE_CAPITAL,
}
# The words that name an amount stand right before it; what is further away names nothing, and costs time.
LONGEST_NAME: Final = 48
_SCOPED: Final = frozenset({*_SOURCES, Concept.FISCAL_ACCOUNT_REVENUE})


@frozen(slots=True)
class Label:
    """What a label says.

    Attributes:
        concept: what it names; absent where the lexicon does not know it.
        scope: whose money; absent where unsaid.
        generic: whether it names nothing, so that the subject stands before.
        basis: the stage of the budget cycle, where said.
        extended: whether words stand in front of the concept's own.
        bare: whether it is a single word, such as 收入, that names a total only where totals are told.
    """

    concept: Concept | None
    scope: Scope | None
    generic: bool
    basis: Basis | None
    extended: bool = False
    bare: bool = False


@frozen(slots=True)
class Naming:
    """By which words and which patterns of concepts.toml a label names what it names.

    Attributes:
        kind: `patterns`, `whole` or `bare`, the list of its concept that the pattern stands in; `classified` or
            `generic` for the patterns of those names; `unknown` where no pattern takes it.
        words: the part of the folded label that the pattern takes.
        concept: what it names; absent where nothing.
        pattern: the first pattern of the list that takes the words, as written; absent where no list has it.
        scope: the word that says whose money it is; absent where none does.
    """

    kind: str
    words: str
    concept: Concept | None
    pattern: str | None
    scope: str | None


class ConceptLexicon:
    """The patterns of concepts.toml, compiled."""

    def __init__(self, entries: Entries, lexicon: Lexicon) -> None:
        self._fold = lexicon.fold
        self._entries = entries
        data = entries.data
        words, concepts = data["words"], data["concept"]
        self.parents = entries.table(
            (Concept(one["name"]), Concept(one["parent"]), [(("concept", one["name"], "parent"), one["name"])])
            for one in concepts
            if "parent" in one
        )
        self._tail = f"{any_of(words['tail'])}*"
        self._concepts: dict[str, Concept] = {}
        self._written: dict[str, tuple[str, list[str]]] = {}
        self._alternatives = {kind: self._named(kind, concepts) for kind in NAMING}
        self._alone = f"(?:{any_of(words['strip_front'])}|{any_of(words['strip_front_words'])}+)"
        self._classified = entries.pattern("words", "classified", form=without_captures)
        self._generic = entries.one_of("words", "generic", form=lambda pattern: without_captures(f"{pattern}*"))
        self.joining = entries.pattern("words", "joining", form=without_captures)
        self.apart = entries.pattern("words", "apart")
        self.and_ = entries.pattern("words", "and")
        self.respective = entries.pattern("words", "respective")
        self.summed = entries.pattern("words", "summed", form=without_captures)
        self.summing = entries.pattern("words", "summing", form=without_captures)
        self.budgeted = entries.pattern("words", "budgeted", form=without_captures)
        self._excluded = entries.pattern("words", "excluded", form=without_captures)
        self.strip_front = entries.alternation(
            without_captures(f"^{self._alone}"), lambda match: self._front_words(match.string, match.span())
        )
        self.strip_back = entries.one_of("words", "strip_back", form=lambda pattern: without_captures(f"{pattern}+$"))
        self._scopes = entries.keys("scope", name=str, said=Scope)
        self._any_scope = re.compile("|".join(map(re.escape, self._scopes)))
        self._bases = entries.keys("base", name=str, said=Base)
        self._bases_of_figures = entries.keys("basis", name=str, said=Basis)
        self._stages = entries.keys("basis_of_label", name=str, said=Basis)
        # The longest word first: 预决算 is no 决算.
        stages = "|".join(map(re.escape, sorted(self._stages, key=len, reverse=True)))
        self._stage = re.compile(without_captures(f"(?P<stage>{stages}){self._tail}$"))
        self.defaults = entries.keys("default", name=Role, said=Concept)
        self.items = entries.keys("items", name=Concept, said=Concept)
        self.purposes = entries.texts("purposes", "names", name=Concept)
        self._spent = entries.texts("spent", "names", name=Concept)
        self.table = entries.keys("table", name=lambda label: f"<{label}>", said=Concept)

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """The names that may have words in front of them."""
        pattern = f"(?:{self._alternatives['patterns']}){self._tail}$"
        return self._entries.alternation(without_captures(pattern), self._used)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        """The names that are a label by themselves."""
        front, named = self._entries.data["words"]["front"], self._alternatives
        whole = f"(?:{front}(?:{named['whole']})|{self._alone}?(?:{named['bare']})){self._tail}$"
        return self._entries.alternation(without_captures(whole), self._used)

    def _named(self, kind: str, entries: list[dict[str, Any]]) -> str:
        """The patterns of one kind as alternatives, a named group for each concept."""
        alternatives = []
        for entry in entries:
            if kind in entry:
                group = f"c{len(self._concepts)}"
                self._concepts[group] = Concept(entry["name"])
                self._written[group] = kind, entry[kind]
                alternatives.append(f"(?P<{group}>{'|'.join(f'(?:{pattern})' for pattern in entry[kind])})")
        return "|".join(alternatives)

    def label(self, text: str) -> Label:
        """What a label (as written) says."""
        folded = self._fold(text[-LONGEST_NAME:])
        kind, match = self._taken(folded)
        if kind == "classified":
            return Label(Concept.FUNCTION_EXPENDITURE_ITEM, self.scope(folded), False, self._basis(folded))
        if kind == "generic":
            return Label(None, self.scope(folded), True, self._basis(folded))
        concept = self._concepts[match.lastgroup or ""] if match else None
        scope = self.scope(folded)
        # 年终结转结余 is carried to the year behind, not over from the year before.
        ahead = concept is Concept.CARRY_FORWARD
        if (concept in _SCOPED and scope is not Scope.CARRY_OVER) or (ahead and scope is Scope.CARRY_OVER):
            scope = None
        bare = kind == "whole" and concept in (Concept.REVENUE, Concept.EXPENDITURE)
        extended = (
            match is not None and match.start() > 0 and self.strip_front.fullmatch(folded[: match.start()]) is None
        )
        return Label(concept, scope, False, self._basis(folded), extended, bare)

    def naming(self, text: str) -> Naming:
        """Why `label` says of a label what it says."""
        folded = self._fold(text[-LONGEST_NAME:])
        scope = self.scope_word(folded)
        kind, match = self._taken(folded)
        if match is None or match.lastgroup not in self._written:
            concept = Concept.FUNCTION_EXPENDITURE_ITEM if kind == "classified" else None
            return Naming(kind, match[0] if match else folded, concept, None, scope)
        group = match.lastgroup
        return Naming(self._written[group][0], match[group], self._concepts[group], self._pattern(match), scope)

    def _pattern(self, match: re.Match[str]) -> str | None:
        """The pattern by which a concept's alternatives took the words: the first that takes them."""
        group = match.lastgroup or ""
        return next((one for one in self._written[group][1] if re.fullmatch(one, match[group])), None)

    def _used(self, match: re.Match[str]) -> Iterator[Used]:
        """The entries by which a label names a concept: its pattern, and the words around that say nothing."""
        group = match.lastgroup or ""
        kind, concept, words, pattern = (
            self._written[group][0],
            self._concepts[group],
            match[group],
            self._pattern(match),
        )
        yield ("concept", concept, "name"), words
        if pattern is not None:
            yield ("concept", concept, kind, pattern), words
        front = match.start(), match.start(group)
        yield from self._entries.taken(match.string, (match.end(group), match.end()), "words", "tail")
        if front[0] < front[1] and kind == "bare":
            yield from self._front_words(match.string, front)
        elif front[0] < front[1]:
            yield ("words", "front"), match.string[slice(*front)]

    def _front_words(self, text: str, span: tuple[int, int]) -> Iterator[Used]:
        """The entries by which words in front of a name say nothing of it."""
        for name in ("strip_front", "strip_front_words"):
            yield from self._entries.taken(text, span, "words", name)

    def _taken(self, folded: str) -> tuple[str, re.Match[str] | None]:
        """What takes a folded label, in the order in which it is tried: `classified`, `patterns` of a concept anywhere,
        `generic`, a concept of the `whole`; else it is `unknown`, and the match absent."""
        tried = (
            ("classified", self._classified.search),
            ("patterns", self._anywhere.search),
            ("generic", self._generic.fullmatch),
            ("whole", self._whole.match),
        )
        return next(((kind, match) for kind, read in tried if (match := read(folded))), ("unknown", None))

    def scope_word(self, folded: str) -> str | None:
        """The word by which a text says whose money: the first that is named in the lexicon's order."""
        # Most texts say nothing of it.
        if self._any_scope.search(folded) is None:
            return None
        stated = self._excluded.sub("", folded)
        return next((word for word in self._scopes if word in stated), None)

    def scope(self, folded: str) -> Scope | None:
        """Whose money a text says; absent where it says none."""
        said = self.scope_word(folded)
        return None if said is None else self._scopes[said]

    def _basis(self, folded: str) -> Basis | None:
        match = self._stage.search(folded)
        return None if match is None else self._stages[match["stage"]]

    def base(self, word: str | None) -> Base | None:
        """What 预算, 执行, 决算 in a comparison stand for."""
        return self._bases.get(word) if word else None

    def basis(self, word: str | None) -> Basis:
        """What stage 预算, 执行, 决算 stand for; budget where nothing is said."""
        return self._bases_of_figures.get(word or "", Basis.BUDGET)

    def source_scope(self, concept: Concept) -> Scope | None:
        """The scope that a source of revenue is for other money; absent for what is no source."""
        return _SOURCES.get(concept)

    def is_source(self, concept: Concept) -> bool:
        """Whether a concept says itself whose money it is, as the sources of revenue do."""
        return concept in _SCOPED

    def is_spending(self, concept: Concept) -> bool:
        """Whether a concept is money to be spent, not revenue."""
        return concept not in (Concept.REVENUE, Concept.BUDGET_TOTAL) and not self.holds(Concept.REVENUE, concept)

    def is_spent(self, concept: Concept) -> bool:
        """Whether a concept is money to be spent that one of the budgets pays: what such a section tells is of it."""
        return concept in self._spent or self.holds(Concept.EXPENDITURE, concept)

    def holds(self, parent: Concept, child: Concept) -> bool:
        """Whether a concept is a part of another, directly or through others."""
        known: Concept | None = child
        while known is not None:
            known = self.parents.get(known)
            if known is parent:
                return True
        return False


@of_language
def concept_lexicon(language: Language) -> ConceptLexicon:
    """The concept lexicon, made once for each language."""
    return ConceptLexicon(language.entries("concepts"), lexicon(language))
