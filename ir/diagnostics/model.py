"""The record of a diagnostic, and the declaration of a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from yusuan.ir.diagnostics.catalogue import Locale, catalogue
from yusuan.ir.source import Span

LINK: Final = "urn:yusuan:diagnostic:"
"""What the link to a code's page starts with; `yusuan explain CODE` prints the page."""


_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
# A sentence that people read quotes no page; what is longer is cut off.
_LONGEST_VALUE: Final = 200
_MOST_RELATED: Final = 16


def _said(*values: Mapping[str, object]) -> dict[str, str]:
    """Values as text, none longer than a reader can take in."""
    texts = {name: str(value) for group in values for name, value in group.items()}
    return {
        name: text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…" for name, text in texts.items()
    }


class Severity(StrEnum):
    """How grave a diagnostic is. An error means that the input was not compiled as a report."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(slots=True)
class Related:
    """Another place that a diagnostic speaks of.

    Attributes:
        span: the place.
        label: what stands there, in words.
        kind: which of its code's texts the label is, for saying it in another language.
        values: the values in the label, by name.
    """

    span: Span
    label: str
    kind: str
    values: Mapping[str, str]


@frozen(slots=True)
class Diagnostic:
    """One thing to say about one place. Its texts are English; `localized` says them in another language.

    Attributes:
        code: `BD` and three digits, see `codes.CODES`.
        name: the fault's name in kebab case.
        severity: error, warning or info.
        message: one sentence that stands alone, figures quoted as in the source.
        span: the place that a reader would mend; in a table, the cell.
        label: what stands at the span, in a few words; absent where the message says it all.
        related: other places that it speaks of.
        help: what to do; absent where the message says it all.
        row: in a table, where the cell's row starts; absent elsewhere.
        variant: which of its code's messages it is; empty where the code has one.
        values: the values in the message, by name, for readers that are programs.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    label: str | None
    related: tuple[Related, ...]
    help: str | None
    row: Span | None
    variant: str
    values: Mapping[str, str]

    @property
    def line(self) -> int:
        """The line to show: that of the row in a table (the contract's `diagnostics.line`), else of the span."""
        return self.row.line if self.row else self.span.line

    @property
    def link(self) -> str:
        """The link to the page of its code."""
        return LINK + self.code

    def localized(self, language: Locale) -> Diagnostic:
        """The same diagnostic in another language."""
        said = catalogue(language)
        return evolve(
            self,
            message=said.message(self.code, self.variant, self.values),
            label=said.label(self.code, self.variant, self.values),
            help=said.help(self.code, self.variant, self.values),
            related=tuple(
                evolve(place, label=said.related(self.code, place.kind, place.values)) for place in self.related
            ),
        )


@frozen(slots=True)
class Code:
    """The declaration of a diagnostic.

    Attributes:
        code: `BD` and three digits.
        name: the fault's name in kebab case.
        severity: its normal severity.
        default: whether it is reported unless it is asked for.
    """

    code: str
    name: str
    severity: Severity
    default: bool = True

    @property
    def link(self) -> str:
        """The link to its page."""
        return LINK + self.code

    def summary(self, language: Locale = Locale.EN) -> str:
        """What it says, in one line."""
        return catalogue(language).summary(self.code)

    def page(self, language: Locale = Locale.EN) -> str:
        """Its page: what it says, why it matters, an example, what to do; Markdown."""
        return catalogue(language).page(self.code)

    def place(self, kind: str, span: Span, values: Mapping[str, object] = _NOTHING, /, **more: object) -> Related:
        """A related place, labelled with one of this code's texts, which quotes the values."""
        said = _said(values, more)
        return Related(span, catalogue(Locale.EN).related(self.code, kind, said), kind, said)

    def at(
        self,
        span: Span,
        variant: str = "",
        *,
        related: Iterable[Related] = (),
        row: Span | None = None,
        values: Mapping[str, object] = _NOTHING,
        **more: object,
    ) -> Diagnostic:
        """This diagnostic at a place.

        Args:
            span: the place that a reader would mend.
            variant: which of the code's messages it is; empty where it has one.
            related: other places that it speaks of, made by `place`.
            row: in a table, where the row starts.
            values, more: what the message quotes, by the names in the catalogue.
        """
        english = catalogue(Locale.EN)
        said = _said(values, more)
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=english.message(self.code, variant, said),
            span=span,
            label=english.label(self.code, variant, said),
            related=tuple(islice(related, _MOST_RELATED)),
            help=english.help(self.code, variant, said),
            row=row,
            variant=variant,
            values=said,
        )


@frozen(slots=True)
class Tally:
    """How often a rule held, was broken and could not be told, in one document or in many.

    Attributes:
        code: the code that a broken one is reported as.
        rule: the rule's name.
        holds, broken, unknown: how often.
    """

    code: str
    rule: str
    holds: int
    broken: int
    unknown: int
