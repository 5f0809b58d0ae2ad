"""yusuan (预算, budget): a compiler from China's budget disclosures to typed data.

    from yusuan import compile_file, emit

    compilation = compile_file("report.txt")
    for amount in compilation.document.amounts:
        print(amount.concept, amount.period, amount.value.value, amount.unit)
    print(emit(compilation.document, "csv"))
"""

from yusuan.compiler.driver import Compilation, compile_text
from yusuan.compiler.files import compile_bytes, compile_file
from yusuan.emitters.registry import emit
from yusuan.emitters.to_json import load_json

__all__ = ["Compilation", "compile_bytes", "compile_file", "compile_text", "emit", "load_json"]
