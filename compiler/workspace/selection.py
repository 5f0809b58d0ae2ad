"""Which diagnostics are reported, and how gravely: `--select`, `--ignore`, `--severity` and the project file.

A selector is a code (`BD503`), the beginning of codes (`BD5`) or a name (`change-does-not-reconcile`), in any case. Of
several that speak of a code the longest decides; between `select` and `ignore` of the same length `ignore` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, Self, TypeAlias

from attrs import evolve, field, frozen

from yusuan.compiler.language.nearest import did_you_mean
from yusuan.ir.diagnostics import Diagnostic, Severity
from yusuan.ir.diagnostics.codes import CODES, INTERNAL_FAULT

_BY_NAME: Final = {code.name: code.code for code in CODES.values()}
_RANKS: Final = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Level(StrEnum):
    """How gravely a diagnostic is to be reported, or that it is not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @classmethod
    def parse(cls, written: Any) -> Self:
        """The level that a user names.

        Raises:
            SelectionError: there is none of that name.
        """
        try:
            return cls(str(written).strip().lower())
        except ValueError:
            known = ", ".join(cls)
            raise SelectionError(
                f"unknown severity {written!r}{did_you_mean(str(written), cls)} (known: {known})"
            ) from None


class SelectionError(ValueError):
    """A selector or level that does not exist; its text says what is nearest."""


@frozen(slots=True)
class Layer:
    """What one place, the project file or the command line, says of the codes.

    Attributes:
        select: selectors that replace the codes reported so far; none where empty.
        ignore: selectors of what is not reported.
        severity: levels by selector.
    """

    select: tuple[Selector, ...] = ()
    ignore: tuple[Selector, ...] = ()
    severity: Mapping[Selector, Level] = field(factory=dict)


@frozen(slots=True)
class Selection:
    """What is reported.

    Attributes:
        levels: for each code that is reported its severity; absent where it keeps its own.
    """

    levels: Mapping[str, Severity | None]

    def apply(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The diagnostics that are reported, with their severities. That an input was not compiled, or the compiler
        failed, is always reported, and never less gravely than it is."""
        return tuple(self._applied(diagnostics))

    def _applied(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        for diagnostic in diagnostics:
            level = self.levels.get(diagnostic.code)
            if _is_protected(diagnostic):
                level = max(level or diagnostic.severity, diagnostic.severity, key=_RANKS.__getitem__)
            elif diagnostic.code not in self.levels:
                continue
            yield evolve(diagnostic, severity=level) if level else diagnostic


def _is_protected(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR or diagnostic.code == INTERNAL_FAULT.code


def resolve(layers: Iterable[Layer]) -> Selection:
    """What is reported, from the layers: each one changes what those before it say."""
    states = {code.code: _State(code.default, None) for code in CODES.values()}
    for layer in layers:
        states = {code: state.after(layer, code) for code, state in states.items()}
    reported = {code: state.level for code, state in states.items() if state.reported and state.level is not Level.OFF}
    return Selection({code: Severity(level) if level else None for code, level in reported.items()})


@frozen(slots=True)
class _State:
    """What is said of one code so far: whether it is selected, and its level; absent for its own."""

    reported: bool
    level: Level | None

    def after(self, layer: Layer, code: str) -> _State:
        """The same with one more layer."""
        selected, ignored = _longest(code, layer.select), _longest(code, layer.ignore)
        reported = selected is not None if layer.select else self.reported
        if ignored is not None and len(ignored) >= len(selected or ""):
            reported = False
        stated = _longest(code, layer.severity)
        # Who asks for a code does not mean it to be off.
        kept = None if selected is not None and self.level is Level.OFF else self.level
        return _State(reported, kept if stated is None else layer.severity[stated])


def _longest(code: str, selectors: Iterable[str]) -> str | None:
    """The selector that speaks of a code most closely; absent where none does."""
    return max((selector for selector in selectors if code.startswith(selector)), key=len, default=None)


# --- reading what users write ---


def layer(select: Iterable[str], ignore: Iterable[str], severity: Iterable[tuple[str, str]]) -> Layer:
    """A layer from what a user wrote.

    Args:
        severity: selectors with the names of levels; of one selector the last counts.

    Raises:
        SelectionError: a selector or a level does not exist.
    """
    return Layer(
        tuple(map(selector, select)),
        tuple(map(selector, ignore)),
        {selector(written): Level.parse(level) for written, level in severity},
    )


def selector(written: str) -> str:
    """The code, or the beginning of codes, that a user means.

    Raises:
        SelectionError: there is no such code.
    """
    asked = written.strip()
    found = _BY_NAME.get(asked.lower(), asked.upper())
    if not found or not any(code.startswith(found) for code in CODES):
        raise SelectionError(f"unknown diagnostic {asked!r}{did_you_mean(asked, [*CODES, *_BY_NAME])}")
    return found


Selector: TypeAlias = Annotated[str, selector]
"""The beginning of codes, of which a project file may write any selector."""
