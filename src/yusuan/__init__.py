"""yusuan (预算, budget): a compiler from China's budget disclosures to typed data.

from yusuan import compile_file, emit, speaking, with_overlays

compilation = compile_file("report.txt")
for amount in compilation.document.amounts:
    print(amount.concept, amount.period, amount.value.value, amount.unit)
print(emit(compilation.document, "csv"))

with speaking(with_overlays(["dialect"])):  # a local dialect over the built-in grammar
    compilation = compile_file("report.txt")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yusuan.compiler.language.loader import speaking
    from yusuan.compiler.overlays import with_overlays
    from yusuan.compiler.pipeline import Compilation, compile_bytes, compile_text
    from yusuan.compiler.workspace.inputs import compile_file
    from yusuan.emitters.registry import emit
    from yusuan.emitters.to_json import load_json

__all__ = [
    "Compilation",
    "compile_bytes",
    "compile_file",
    "compile_text",
    "emit",
    "load_json",
    "speaking",
    "with_overlays",
]

_MODULES = {
    "Compilation": "yusuan.compiler.pipeline",
    "compile_text": "yusuan.compiler.pipeline",
    "compile_bytes": "yusuan.compiler.pipeline",
    "compile_file": "yusuan.compiler.workspace.inputs",
    "emit": "yusuan.emitters.registry",
    "load_json": "yusuan.emitters.to_json",
    "speaking": "yusuan.compiler.language.loader",
    "with_overlays": "yusuan.compiler.overlays",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the command's help needs no parser."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
