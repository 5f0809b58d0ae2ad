"""From the words in front of an amount to its concept and scope, by `grammar/lexicon/concepts.toml`."""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import language, of_language, without_captures
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
_LONGEST_LABEL: Final = 48
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


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(without_captures(pattern))


class ConceptLexicon:
    """The patterns of concepts.toml, compiled."""

    def __init__(self, data: dict[str, Any]) -> None:
        words = data["words"]
        concepts = data["concept"]
        self.parents = {Concept(entry["name"]): Concept(entry["parent"]) for entry in concepts if "parent" in entry}
        tail = f"{any_of(words['tail'])}*"
        self._concepts: dict[str, Concept] = {}
        self._written: dict[str, tuple[str, list[str]]] = {}
        named = {kind: self._named(kind, concepts) for kind in NAMING}
        alone = f"(?:{any_of(words['strip_front'])}|{any_of(words['strip_front_words'])}+)"
        self._anywhere = _compile(f"(?:{named['patterns']}){tail}$")
        self._whole = _compile(f"(?:{words['front']}(?:{named['whole']})|{alone}?(?:{named['bare']})){tail}$")
        self._classified = _compile(words["classified"])
        self._generic = _compile(f"{any_of(words['generic'])}*")
        self.joining = _compile(words["joining"])
        self.apart = re.compile(words["apart"])
        self.and_ = re.compile(words["and"])
        self.respective = re.compile(words["respective"])
        self.summed = _compile(words["summed"])
        self.summing = _compile(words["summing"])
        self._excluded = _compile(words["excluded"])
        self.strip_front = _compile(f"^{alone}")
        self.strip_back = _compile(f"{any_of(words['strip_back'])}+$")
        self._scopes = {word: Scope(scope) for word, scope in data["scope"].items()}
        self._any_scope = re.compile("|".join(map(re.escape, self._scopes)))
        self._bases = {word: Base(base) for word, base in data["base"].items()}
        self._bases_of_figures = {word: Basis(basis) for word, basis in data["basis"].items()}
        self._figure_words = [(word, Basis(basis)) for word, basis in data["basis_of_label"].items()]
        self.defaults = {Role(role): Concept(name) for role, name in data["default"].items()}
        self.items = {Concept(parent): Concept(item) for parent, item in data["items"].items()}
        self.purposes = frozenset(map(Concept, data["purposes"]["names"]))
        self._spent = frozenset(map(Concept, data["spent"]["names"]))
        self.table = {f"<{label}>": Concept(name) for label, name in data["table"].items()}

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
        folded = lexicon().fold(text[-_LONGEST_LABEL:])
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
        folded = lexicon().fold(text[-_LONGEST_LABEL:])
        scope = self.scope_word(folded)
        kind, match = self._taken(folded)
        if match is None or match.lastgroup not in self._written:
            concept = Concept.FUNCTION_EXPENDITURE_ITEM if kind == "classified" else None
            return Naming(kind, match[0] if match else folded, concept, None, scope)
        kind, patterns = self._written[match.lastgroup]
        words = match[match.lastgroup]
        pattern = next((pattern for pattern in patterns if re.fullmatch(pattern, words)), None)
        return Naming(kind, words, self._concepts[match.lastgroup], pattern, scope)

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
        return next((basis for word, basis in self._figure_words if word in folded), None)

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
def concept_lexicon() -> ConceptLexicon:
    """The concept lexicon, made once for each language."""
    return ConceptLexicon(language().lexicon["concepts"])
