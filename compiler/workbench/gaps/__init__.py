"""What of a compiled report was not understood: the gaps of the grammar, as those who maintain it look for them.

Nothing here steers the compiler. Gaps are found in what it yields (roles, `typed`, diagnostics) and, where that does
not say which words were in the way, by reading the source again with the same lexers.
"""

from __future__ import annotations

from yusuan.compiler.language.loader import Language
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workbench.gaps.headings import unknown_headings
from yusuan.compiler.workbench.gaps.model import AddTo, Gap, GapKind
from yusuan.compiler.workbench.gaps.reading import has_words
from yusuan.compiler.workbench.gaps.sentences import unread_sentences
from yusuan.compiler.workbench.gaps.summing import GapSum, GapSums
from yusuan.compiler.workbench.gaps.tables import unknown_tables
from yusuan.compiler.workbench.gaps.targets import unread_targets

__all__ = ["AddTo", "Gap", "GapKind", "GapSum", "GapSums", "find_gaps"]


def find_gaps(compilation: Compilation, language: Language) -> list[Gap]:
    """The gaps that one report shows, in the order of its text; none for an input that could not be compiled.

    Args:
        compilation: what compiling the report yielded.
        language: the language that it was read in.

    Every occurrence is a gap of its own; `GapSums` counts the same ones together.
    """
    found = [
        *unknown_headings(compilation, language),
        *unknown_tables(compilation, language),
        *unread_targets(compilation, language),
        *unread_sentences(compilation, language),
    ]
    # A number in the place of words is a column gone astray, or a fault of the report.
    return sorted((gap for gap in found if has_words(gap.words)), key=lambda gap: (gap.span.start, gap.span.end))
