"""The words of the pages, and how a page says them in its language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen

from yusuan.emitters.xbrl.markup import element, text
from yusuan.ir.concepts import Phrase

LANGUAGES: Final = ("zh", "en")

_NAME: Final = re.compile(r"`([^`]+)`")
_FILE: Final = Path(__file__).with_name("words.toml")


@cache
def _words() -> Mapping[str, Mapping[str, Phrase]]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {table: {key: Phrase(**said) for key, said in entries.items()} for table, entries in data.items()}


@frozen(slots=True)
class Tongue:
    """One of the languages.

    Attributes:
        language: `zh` or `en`.
    """

    language: str

    @property
    def title(self) -> str:
        """What the site is called."""
        return self.plain("site.title")

    @property
    def other(self) -> str:
        """The other language."""
        [other] = set(LANGUAGES) - {self.language}
        return other

    def of(self, words: Phrase) -> str:
        """Phrase in this language."""
        return dict(words.items())[self.language]

    def plain(self, key: str, **values: object) -> str:
        """Phrase of the site by `table.key`, as they are.

        Raises:
            KeyError: the site has no such words.
        """
        table, _, name = key.partition(".")
        said = self.of(_words()[table][name])
        return said.format(**values) if values else said

    def say(self, key: str, **values: object) -> str:
        """Phrase of the site, as XML."""
        return text(self.plain(key, **values))

    def diagram(self, key: str) -> str:
        """A word in a diagram."""
        return self.plain(f"diagram.{key}")

    def joined(self, parts: list[str]) -> str:
        """A list, as XML."""
        return self.say("site.comma").join(parts)


def english(said: str) -> str:
    """Phrase that the sources have in English only, as XML: a name in backquotes is shown as one."""
    parts = _NAME.split(said[:1].upper() + said[1:])
    shown = (element("code", {}, text(part)) if at % 2 else text(part) for at, part in enumerate(parts))
    return element("span", {"lang": "en", "xml:lang": "en"}, "".join(shown))


def chinese(said: str) -> str:
    """Phrase that the sources have in Chinese, as XML; empty where there are none."""
    return element("span", {"lang": "zh", "xml:lang": "zh"}, text(said)) if said else ""
