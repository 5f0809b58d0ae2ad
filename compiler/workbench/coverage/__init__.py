"""Coverage of the language: which of its rules, alternatives, terminals and lexicon entries some texts use.

`measure` compiles texts in a copy of the language whose parsers and lexicons tell what they find (`watching.py`); it
steers nothing. `written.py` knows the alternatives of rules as the grammar writes them. What is not seen: which part
of a pattern matched, and which character of a set.
"""

from yusuan.compiler.workbench.coverage.measuring import measure
from yusuan.compiler.workbench.coverage.model import Alternative, Coverage, Usable, Use

__all__ = ["Alternative", "Coverage", "Usable", "Use", "measure"]
