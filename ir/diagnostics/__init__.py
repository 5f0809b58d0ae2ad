"""Diagnostics: one record for everything the compiler has to say (`model`), the registry of codes (`codes`), and what
they say in each language (`catalogue`)."""

from yusuan.ir.diagnostics.catalogue import Locale
from yusuan.ir.diagnostics.model import Code, Diagnostic, Related, Severity, Tally

__all__ = ["Code", "Diagnostic", "Locale", "Related", "Severity", "Tally"]
