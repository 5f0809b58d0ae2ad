"""What the lexicon's files say, made into what words are looked up in and tried on.

Everything that is made of an entry is made here, with the key of its entry. A tool that wants to know which entries are
used hands out things of its own (`Probe`), and so knows of every entry that is ever used, whoever uses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from yusuan.compiler.language.placeholders import any_of

if TYPE_CHECKING:
    from yusuan.compiler.language.places import Key

Used: TypeAlias = "tuple[Key, str]"
"""An entry, by its key in its file, and the text that it was used for."""

_Name = TypeVar("_Name", bound=Hashable)
_Said = TypeVar("_Said")


def _as_read(value: Any) -> Any:
    return value


class Entries:
    """The entries of one file of the lexicon.

    Attributes:
        data: the file, as read.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def pattern(self, *path: str, form: Callable[[str], str] = str, written: str | None = None) -> re.Pattern[str]:
        """The pattern that an entry is.

        Args:
            path: the key of the entry.
            form: what is made of it before it is compiled.
            written: the pattern, where it is one of the texts of a list that the key leads to; it is an entry then.
        """
        return re.compile(form(self._at(path) if written is None else written))

    def alternation(
        self,
        pattern: str,
        used: Callable[[re.Match[str]], Iterable[Used]],  # noqa: ARG002
    ) -> re.Pattern[str]:
        """A pattern that is made of several entries; `used` tells by which of them it matched."""
        return re.compile(pattern)

    def one_of(self, *path: str, form: Callable[[str], str] = str) -> re.Pattern[str]:
        """A pattern that is made of a list, each of whose texts is an entry and an alternative."""
        return self.alternation(
            form(any_of(self._at(path))), lambda match: self.taken(match.string, match.span(), *path)
        )

    def taken(self, text: str, span: tuple[int, int], *path: str) -> Iterator[Used]:
        """The texts of a list, each an alternative, that words in a range of a text were taken by."""
        for one in self._at(path):
            found = re.compile(one).search(text, span[0])
            if found and found[0] and found.end() <= span[1]:
                yield (*path, one), found[0]

    def characters(self, *path: str, more: str = "") -> str:
        """A set of characters that is one entry, with further ones that are none."""
        return str(self._at(path)) + more

    def keys(
        self, *path: str, name: Callable[[str], _Name], said: Callable[[Any], _Said] = _as_read
    ) -> dict[_Name, _Said]:
        """A table, each of whose keys is an entry; `name` is made of the keys, `said` of the values."""
        return self.table((name(key), said(value), [((*path, key), key)]) for key, value in self._at(path).items())

    def table(self, rows: Iterable[tuple[_Name, _Said, Iterable[Used]]]) -> dict[_Name, _Said]:
        """A table that is made of entries: a name, what it stands for, and the entries that say so.

        Of several rows of one name the last one holds.
        """
        return {name: said for name, said, _ in rows}

    def words(self, rows: Iterable[tuple[_Name, Used]]) -> frozenset[_Name]:
        """A set that is made of entries, each word with its own."""
        return frozenset(word for word, _ in rows)

    def texts(self, *path: str, name: Callable[[str], _Name]) -> frozenset[_Name]:
        """A list, each of whose texts is an entry; `name` is made of them."""
        return self.words((name(text), ((*path, text), text)) for text in self._at(path))

    def used(self, *path: str, text: str) -> None:
        """Tell that an entry was used that is neither tried nor looked up."""

    def _at(self, path: tuple[str, ...]) -> Any:
        found: Any = self.data
        for part in path:
            found = found[part]
        return found


class Probe:
    """Where a language gets what is made of its entries and terminals. This one gives the bare thing, and tells nobody.

    A tool gives what tells it when it is used, and does as the bare thing does otherwise.
    """

    def entries(self, file: str, data: Mapping[str, Any]) -> Entries:  # noqa: ARG002
        """The entries of a file of the lexicon, by its name without folder and suffix."""
        return Entries(data)

    def terminal(self, grammar: str, name: str, pattern: str) -> re.Pattern[str]:  # noqa: ARG002
        """The pattern of a terminal that is tried outside of any parser."""
        return re.compile(pattern)

    def took(self, grammar: str, name: str, text: str, start: int, end: int) -> None:
        """A terminal that is one of several tried together took a range of a line."""

    def tried(self, grammar: str, name: str, text: str) -> None:
        """A terminal was tried on a whole text, whether it took it or not."""


def complete(made: object) -> None:
    """Compile what is compiled when it is first asked for, so that what cannot be is told before anything is read."""
    for name, one in vars(type(made)).items():
        if isinstance(one, cached_property):
            getattr(made, name)


UNSEEN: Final = Probe()
"""Where nobody asks."""
