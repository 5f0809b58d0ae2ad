"""Placeholders in patterns: `{units.money}` stands for the words that a table or list of the lexicon has.

So that a word is said once, and every pattern that needs it has it. They are filled in when the language is built, not
when it is spoken. The lexicon has its words folded, and running text is not: for each character of a word stands any
that is folded to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from yusuan.compiler.language.files import GrammarFile, GrammarFileError
from yusuan.compiler.language.folding import fold_table

PLACEHOLDER: Final = re.compile(r"\{(?!(?:until|not)\.)(?P<key>[a-z][a-z0-9_]*(?:\.[^{}.]+)+)\}")
"""A placeholder in a text; a gap (terminals.py) is none."""

_BLANKS: Final = r"\s{0,16}"
_COMMENT: Final = "//"


def alternatives(words: Iterable[str], folded: Mapping[str, str] = MappingProxyType({})) -> str:
    """A pattern of any of these words, the longest that fits; blanks may stand between their characters.

    Args:
        words: the words.
        folded: for a character, those that are folded to it (`folded_to`).
    """

    def character(char: str) -> str:
        others = folded.get(char)
        return f"[{re.escape(char + others)}]" if others else re.escape(char)

    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(_BLANKS.join(map(character, word)) for word in longest_first)})"


def any_of(patterns: Iterable[str]) -> str:
    """The patterns of a list of the lexicon as the alternatives of one, tried in their order."""
    return f"(?:{'|'.join(patterns)})"


def folded_to(lexicon: Mapping[str, Any]) -> dict[str, str]:
    """For each character that others are folded to, those others."""
    found: dict[str, str] = {}
    for code, onto in fold_table(lexicon.get("characters", {}).get("fold", ())).items():
        if onto is not None:
            found[onto] = found.get(onto, "") + chr(code)
    return found


def filled(text: str, lexicon: Mapping[str, Any]) -> str:
    """A text with its placeholders filled in.

    Raises:
        KeyError: one names no words.
    """
    if not PLACEHOLDER.search(text):
        return text
    folded = folded_to(lexicon)
    return PLACEHOLDER.sub(lambda found: alternatives(words_of(found["key"], lexicon), folded), text)


def filled_lines(text: str, lexicon: Mapping[str, Any]) -> str:
    """A grammar likewise; its comments, which may speak of placeholders, are left alone."""
    return "\n".join(line if line.startswith(_COMMENT) else filled(line, lexicon) for line in text.split("\n"))


def filled_values(value: Any, lexicon: Mapping[str, Any]) -> Any:
    """The values of a lexicon likewise; keys hold none."""
    if isinstance(value, str):
        return filled(value, lexicon)
    if isinstance(value, dict):
        return {key: filled_values(one, lexicon) for key, one in value.items()}
    if isinstance(value, list):
        return [filled_values(one, lexicon) for one in value]
    return value


def check(files: Sequence[GrammarFile], lexicon: Mapping[str, Any]) -> None:
    """See that every placeholder names words.

    Raises:
        GrammarFileError: one does not; its line is told.
    """
    for file in files:
        for place, text in _texts(file):
            for found in PLACEHOLDER.finditer(text):
                try:
                    words_of(found["key"], lexicon)
                except KeyError as error:
                    raise GrammarFileError(place, f"{found[0]}: {error.args[0]}") from error


def _texts(file: GrammarFile) -> Iterator[tuple[str, str]]:
    if not PLACEHOLDER.search(file.text):
        return
    if file.path.endswith(".toml"):
        yield from ((entry.place, entry.name) for entry in file.entries() if entry.kind == "value")
        return
    for number, line in enumerate(file.text.split("\n"), start=1):
        if not line.startswith(_COMMENT):
            yield f"{file.shown}:{number}", line


def words_of(key: str, lexicon: Mapping[str, Any]) -> list[str]:
    """The words that a key of the lexicon has: the keys of a table, or the texts of a list.

    Raises:
        KeyError: it has none.
    """
    value: Any = lexicon
    for part in key.split("."):
        if not isinstance(value, dict) or part not in value:
            raise KeyError("the lexicon has nothing of that name")
        value = value[part]
    is_table = isinstance(value, dict) and not any(isinstance(one, dict | list) for one in value.values())
    words = list(value) if is_table or isinstance(value, list) else []
    if not words or not all(isinstance(word, str) for word in words):
        raise KeyError("that is no table or list of words")
    return words
