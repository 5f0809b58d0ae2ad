"""The functions of the package that name no compiler: those of the built-in language.

Until the next version a language can be spoken around them (`speaking`); nothing below knows of it.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from yusuan.compiler.language.loader import Language, built_in_language
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workspace.compiler import Compiler, Options
from yusuan.ir.diagnostics import Diagnostic

_SPOKEN: Final[ContextVar[Language | None]] = ContextVar("language", default=None)


def compile_text(
    text: str, name: str = "<text>", *, reported: tuple[Diagnostic, ...] = (), checks: bool = True
) -> Compilation:
    """`Compiler.compile_text` of a compiler of the built-in language; `checks` as in `Options`."""
    return _compiler(Options(checks=checks)).compile_text(text, name, reported=reported)


def compile_bytes(data: bytes, name: str) -> Compilation:
    """`Compiler.compile_bytes` of a compiler of the built-in language."""
    return _compiler().compile_bytes(data, name)


def compile_file(path: str | os.PathLike[str]) -> Compilation:
    """`Compiler.compile_file` of a compiler of the built-in language."""
    return _compiler().compile_file(path)


def _compiler(options: Options | None = None) -> Compiler:
    return Compiler(options=options or Options(), language=_SPOKEN.get() or built_in_language())


# --- until the next version -------------------------------------------------------------------------------------------


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """Compile reports in another language than the built-in one. Deprecated: make a `Compiler` with overlays."""
    # Behind this function stand the decorator's and the one that enters.
    warnings.warn("speaking: use yusuan.Compiler(overlays=[...])", DeprecationWarning, stacklevel=3)
    token = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def with_overlays(places: Iterable[str]) -> Language:
    """The built-in language with overlays, later ones over earlier ones. Deprecated: make a `Compiler` with overlays.

    Raises:
        GrammarFileError: there is no such overlay, or it is faulty.
    """
    warnings.warn("with_overlays: use yusuan.Compiler(overlays=[...])", DeprecationWarning, stacklevel=2)
    from yusuan.compiler import overlays

    return overlays.with_overlays(places)
