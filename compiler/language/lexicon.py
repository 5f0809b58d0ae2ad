"""The lexicon at work: folding characters, recognising labels, numerals and units. It holds no wording of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from yusuan.compiler.language.folding import fold_table
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.placeholders import alternatives
from yusuan.ir.money import MoneyUnit, common_units

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
# A label is short; what is longer is text without a look into the lexicon.
LONGEST_LABEL: Final = 40
# Rows of digits in words are years and decimals.
_MOST_DIGITS: Final = 9


class Lexicon:
    """What the files of `grammar/lexicon/` say."""

    def __init__(self, files: Mapping[str, Any]) -> None:
        characters = files["characters"]
        self.blanks: str = characters["blank"] + "\r\n\v\f"
        self._separators: str = characters["separators"]
        self.introducing: str = characters["introducing"]
        self.closing: str = characters["closing"]
        self.brackets: str = characters["brackets"]
        self.stops: str = characters["stops"]
        self._fold = fold_table(characters["fold"])
        self.bookmark = re.compile(characters["marks"]["bookmark"])
        self.image = re.compile(characters["marks"]["image"])
        numerals = dict(characters["numerals"])
        circled = numerals.pop("circled")
        self._point: str = numerals.pop("point")
        self._numerals: dict[str, int] = numerals
        # The first of the characters for a digit is the one that ordinals are written with.
        self._digit_words = {digit: char for char, digit in reversed(numerals.items())}
        self._circled = {char: first + at for row, first in circled.items() for at, char in enumerate(row)}
        labels = files["labels"]
        self._labels: dict[str, str] = {
            self.fold(wording): f"<{identifier}>"
            for identifier, wordings in labels["labels"].items()
            for wording in wordings
        }
        self._label_pattern = re.compile(
            "|".join(f"(?P<label_{identifier}>{pattern})" for identifier, pattern in labels["patterns"].items())
        )
        self.label_patterns = {identifier: re.compile(pattern) for identifier, pattern in labels["patterns"].items()}
        self.classes: dict[str, frozenset[str]] = {
            identifier: frozenset(map(self.fold, wordings)) for identifier, wordings in labels["classes"].items()
        }
        self.level1_of: dict[str, str] = {
            self.fold(level2): self.fold(level1) for level1, names in labels["level1_of"].items() for level2 in names
        }
        self.classified = re.compile(
            rf"(?P<level1>{_any_of(labels['classes']['level1'])})\s*(?P<level2>{_any_of(labels['classes']['level2'])})\s*(?=\S)"
        )
        self._remark = re.compile(labels["remarks"]["pattern"])
        self._front = re.compile(labels["remarks"]["front"])
        units = files["units"]
        self.money: dict[str, int] = units["money"]
        known = common_units()
        self.uncommon_money = tuple(
            MoneyUnit(unit, yuan) for unit, yuan in self.money.items() if known.get(unit) != yuan
        )
        self._money_alias: dict[str, str] = units["money_alias"]
        money = alternatives(self.money)
        self.money_like = re.compile(rf"[0-9０-９]\s*{alternatives([*self.money, *self._money_alias])}")
        self._money_unit = re.compile(rf"[0-9０-９]\s*({money})")
        self.measured = re.compile(rf"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)({money}|[^0-9]{{1,4}})")
        self._percent = frozenset(map(self.fold, units["percent"]["wordings"]))
        self._percent_words: str = units["percent"]["before"]
        self.qualitative = frozenset(map(self.fold, units["qualitative"]["wordings"]))

    def fold(self, text: str) -> str:
        """The text without blanks and quotation marks, look-alike characters made one: the form of comparisons."""
        return text.translate(self._fold)

    def without_separators(self, text: str) -> str:
        """The text without what parts it, as an item of a list, from the next one."""
        return text.rstrip(self._separators)

    def mark(self, text: str) -> str:
        """How the table grammar writes a cell: `<label>`, `#` for a number, `-` for nothing, `.` for other text."""
        if not text:
            return "-"
        if len(text) > LONGEST_LABEL:
            return "."
        folded = self.fold(text).rstrip(":")
        if not folded:
            return "-"
        if _NUMBER.fullmatch(folded.rstrip("%")):
            return "#"
        return self._label(folded) or "."

    def _label(self, folded: str) -> str | None:
        known = self._labels.get(folded)
        if known:
            return known
        front = self._front.match(folded)
        bare = self._remark.sub("", folded[front.end() :] if front else folded).rstrip(":")
        if bare in self._labels:
            return self._labels[bare]
        match = self._label_pattern.fullmatch(folded)
        return f"<{(match.lastgroup or '').removeprefix('label_')}>" if match else None

    def number(self, text: str) -> Decimal | None:
        """The number that a whole text is, thousands separators dropped; absent where it is none."""
        folded = self.fold(text)
        return Decimal(folded.replace(",", "")) if _NUMBER.fullmatch(folded) else None

    def numeral(self, text: str) -> int | None:
        """The value of an ordinal's numeral, Arabic, Chinese or circled; absent where it is none."""
        folded = self.fold(text)
        if folded.isdecimal():
            return int(folded)
        if folded in self._circled:
            circled: int = self._circled[folded]
            return circled
        value = run = 0
        for char in folded:
            digit = self._numerals.get(char)
            if digit is None:
                return None
            if digit < 10:
                run = digit
            else:
                value += (run or 1) * digit
                run = 0
        return value + run if folded else None

    def in_words(self, number: int) -> str:
        """The Chinese numeral of a number from 1 to 99, as ordinals have it: 十二."""
        tens, units = divmod(number, 10)
        ten = self._digit_words[10] if tens else ""
        return (self._digit_words[tens] if tens > 1 else "") + ten + (self._digit_words[units] if units else "")

    def digits(self, text: str) -> int | None:
        """A year or another row of digits, Arabic or Chinese: 2020, ２０２０, 二〇二〇."""
        digits = [self._numerals.get(char, -1) if not char.isdecimal() else int(char) for char in self.fold(text)]
        if not 0 < len(digits) <= _MOST_DIGITS or any(not 0 <= digit <= 9 for digit in digits):
            return None
        return int("".join(map(str, digits)))

    def decimal_words(self, text: str) -> Decimal | None:
        """A number in words, with decimals: 九十五, 九十九点五."""
        whole, _, fraction = self.fold(text).partition(self._point)
        value, digits = self.numeral(whole), self.digits(fraction)
        if value is None or (fraction and digits is None):
            return None
        return Decimal(f"{value}.{digits:0{len(fraction)}d}" if fraction else value)

    def after_percent(self, text: str) -> str:
        """The number in 百分之九十五."""
        return self.fold(text).removeprefix(self._percent_words)

    def is_percent(self, unit: str) -> bool:
        """Whether a unit is a way to write per cent."""
        return self.fold(unit) in self._percent

    def money_unit(self, text: str) -> str:
        """The unit of money that is meant: 万 for 万元."""
        folded = self.fold(text)
        return self._money_alias.get(folded, folded)

    def first_money_unit(self, text: str) -> str | None:
        """The unit of the first figure of money in a text; absent where there is none."""
        found = self._money_unit.search(text)
        return self.money_unit(found[1]) if found else None

    def is_money(self, text: str) -> bool:
        """Whether a text is a unit of money."""
        return self.money_unit(text) in self.money


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@of_language
def lexicon(language: Language) -> Lexicon:
    """The lexicon, made once for each language."""
    return Lexicon(language.lexicon)
