"""What the commands themselves say about diagnostics, in each language: the texts of `text/*.toml`. What a diagnostic
says stands in the catalogue of the IR."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from yusuan.ir.diagnostics import Locale

_PACKAGE: Final = "yusuan.compiler.rendering"
_LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


class Words:
    """The texts of one language."""

    def __init__(self, language: Locale, data: Mapping[str, Any]) -> None:
        self.language = language
        self._data = data

    def say(self, path: str, **values: object) -> str:
        """A text by its path (`summary.code`), with its values in place.

        Raises:
            KeyError: there is no such text, or a value that it quotes is missing.
        """
        text: Any = self._data
        for name in path.split("."):
            text = text[name]
        return str(text).format_map(values)

    def count(self, path: str, number: int) -> str:
        """A number of things: `1 input`, `2 inputs`."""
        return self.say(f"{path}.{'one' if number == 1 else 'many'}", number=number)

    def paths(self) -> tuple[str, ...]:
        """The paths of all texts."""
        return tuple(_paths(self._data))


def _paths(data: Mapping[str, Any], prefix: str = "") -> list[str]:
    found = []
    for name, text in data.items():
        found += [prefix + name] if isinstance(text, str) else _paths(text, f"{prefix}{name}.")
    return found


@cache
def words(language: Locale) -> Words:
    """The texts of a language, read once a process."""
    text = (files(_PACKAGE) / "text" / f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, tomllib.loads(text))


def language_of(environment: Mapping[str, str]) -> Locale:
    """The language that the variables of the locale ask for: Chinese for `zh` in any region, else English."""
    locale = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), "")
    return Locale.ZH if locale.lower().startswith("zh") else Locale.EN
