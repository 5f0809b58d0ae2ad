"""What diagnostics say, in each language: the texts of `text/*.toml` and the pages of `docs/`.

A code's texts are its summary, its messages, labels and help, and the labels of related places. A text may quote
values by name, `{figure}`; `{total:concept}` is said in the words of the language, from the table `concept` of its
terms or, for concepts, from the taxonomy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final

from yusuan.ir.taxonomy import taxonomy

_PACKAGE: Final = "yusuan.ir.diagnostics"
_Template = tuple[tuple[str, str, str], ...]


class Locale(StrEnum):
    """A language that diagnostics are said in."""

    EN = "en"
    ZH = "zh"


class Catalogue:
    """The texts of one language."""

    def __init__(self, language: Locale, data: Mapping[str, Any]) -> None:
        self.language = language
        self._terms: dict[str, Mapping[str, str]] = {**data["terms"], "concept": taxonomy().labels(language)}
        self._codes: Mapping[str, Mapping[str, Any]] = {code: data[code] for code in data if code != "terms"}
        self._templates: dict[str, _Template] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that it has texts for."""
        return tuple(self._codes)

    def texts(self, code: str) -> dict[str, str]:
        """Every text of a code, by its path: `summary`, `message.table`."""
        found: dict[str, str] = {}
        for part, text in self._codes[code].items():
            found |= {part: text} if isinstance(text, str) else {f"{part}.{name}": one for name, one in text.items()}
        return found

    def summary(self, code: str) -> str:
        """What a code says, in one line."""
        return str(self._codes[code]["summary"])

    def message(self, code: str, variant: str, values: Mapping[str, str]) -> str:
        """A message of a code.

        Raises:
            KeyError: the code has no such message, or a value that it quotes is missing.
        """
        text = self._find(code, "message", variant)
        if text is None:
            raise KeyError(f"{code} has no message {variant!r} in {self.language}")
        return self.fill(text, values)

    def label(self, code: str, variant: str, values: Mapping[str, str]) -> str | None:
        """The label of a code's own place; absent where it has none."""
        return self._filled(code, "label", variant, values)

    def help(self, code: str, variant: str, values: Mapping[str, str]) -> str | None:
        """What to do about a code; absent where it has none."""
        return self._filled(code, "help", variant, values)

    def related(self, code: str, kind: str, values: Mapping[str, str]) -> str:
        """The label of a related place."""
        return self.fill(self._codes[code]["related"][kind], values)

    def page(self, code: str) -> str:
        """The page of a code, as Markdown."""
        return (files(_PACKAGE) / "docs" / self.language / f"{code}.md").read_text(encoding="utf-8")

    def fill(self, text: str, values: Mapping[str, str]) -> str:
        """A text with its values in place.

        Raises:
            KeyError: a value that it quotes is missing.
        """
        template = self._templates.get(text)
        if template is None:
            template = self._templates[text] = _template(text)
        return "".join(
            literal + (self._terms[term].get(values[name], values[name]) if term else values[name] if name else "")
            for literal, name, term in template
        )

    def _find(self, code: str, part: str, variant: str) -> str | None:
        """The text for a variant; one text may serve all."""
        texts = self._codes[code].get(part)
        return texts.get(variant) if isinstance(texts, dict) else texts

    def _filled(self, code: str, part: str, variant: str, values: Mapping[str, str]) -> str | None:
        text = self._find(code, part, variant)
        return None if text is None else self.fill(text, values)


def _template(text: str) -> _Template:
    return tuple((literal, name or "", term or "") for literal, name, term, _ in Formatter().parse(text))


@cache
def catalogue(language: Locale) -> Catalogue:
    """The catalogue of a language, read once a process."""
    text = (files(_PACKAGE) / "text" / f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, tomllib.loads(text))
