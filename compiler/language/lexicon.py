"""The lexicon at work: folding characters, recognising labels, numerals and units. It holds no wording of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.language.entries import Entries, Used
from yusuan.compiler.language.folding import fold_table
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.placeholders import alternatives
from yusuan.ir.money import MoneyUnit, common_units

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
# A number with a decimal point or thousands comma, or with a unit of money behind it; no part of a code or of a row of
# numbers (1.2.3). The character in front is looked at behind the first digit, which most places do not have.
_MONEY_FIGURE: Final = (
    "[{digit}](?<![{digit}A-Za-z.．][{digit}])"
    "(?:(?P<exact>[{digit}]{{0,2}}(?:,[{digit}]{{3}})+(?:[.．][{digit}]+)?|[{digit}]*[.．][{digit}]+)"
    "(?![{digit}A-Za-z]|[.．][{digit}])|[{digit}]*)"
    r"(?:(?=\s?(?P<unit>{unit}))|(?(exact)|(?!)))"
)
# A label is short; what is longer is text without a look into the lexicon.
LONGEST_LABEL: Final = 40
# In a shorter text each character is looked up faster than a call is made for those that are found.
_SHORT: Final = 32
# A label has no more qualifiers in front, and behind them not less than so many characters: 值 alone may be anything.
_MOST_QUALIFIERS: Final = 4
_SHORTEST_HEAD: Final = 2
# Rows of digits in words are years and decimals.
_MOST_DIGITS: Final = 9


@frozen(slots=True)
class MarkReading:
    """The mark of a cell, and by what it has it.

    Attributes:
        mark: the mark.
        kind: `empty`, `number`, `wording`, `remark` (a wording, less what may be left out), `pattern`,
            `qualified` (a wording behind what narrows it), `long` (too long
            for a label), or `unknown`.
        wording: the wording of its label, as written; absent where it has none.
    """

    mark: str
    kind: str
    wording: str | None = None


class Lexicon:
    """What the files of `grammar/lexicon/` say."""

    def __init__(self, language: Language) -> None:
        self._read_characters(language.entries("characters"))
        self._read_labels(language.entries("labels"))
        self._read_units(language.entries("units"))
        titles = language.entries("titles")
        self.kinds = {kind: titles.pattern("kind", kind) for kind in titles.data["kind"]}
        self.only_a_place = titles.pattern("names", "only_a_place")
        self.levels = {level: titles.pattern("level", level) for level in titles.data["level"]}

    def _read_characters(self, entries: Entries) -> None:
        data = entries.data
        self._of_characters = entries
        self.blanks = entries.characters("blank", more="\r\n\v\f")
        self.introducing = entries.characters("introducing")
        self.brackets = entries.characters("brackets")
        self.stops = entries.characters("stops")
        self.closing: str = data["closing"]
        self._separators: str = data["separators"]
        # What entries are written in is folded without being looked up.
        self._plain_fold = fold_table(data["fold"])
        self._fold = entries.table(
            (code, onto, _used_to_fold(at, group, chr(code)))
            for at, group in enumerate(data["fold"])
            for code, onto in fold_table([group]).items()
        )
        # Few characters of a text are folded: it is faster to look for them than to look each one up.
        self._foldable = re.compile(f"[{re.escape(''.join(map(chr, self._plain_fold)))}]")
        self._are_digits_plain = self._foldable.search("+-0123456789,.") is None
        self.continuing = entries.characters("continuing")
        self.bookmark = entries.pattern("marks", "bookmark")
        marks = "|".join(f"(?P<{name}>{data['marks'][name]})" for name in ("bookmark", "note_call", "note"))
        self.marks = entries.alternation(marks, lambda match: [(("marks", match.lastgroup or ""), match[0])])
        self.unread = entries.alternation(
            f"{marks}|(?P<inside_figure>{data['marks']['inside_figure']})|(?P<invisible>[{re.escape(data['invisible'])}])",
            lambda match: [
                (("invisible",) if match.lastgroup == "invisible" else ("marks", match.lastgroup or ""), match[0])
            ],
        )
        self.image = entries.pattern("marks", "image")
        numerals = dict(data["numerals"])
        circled = numerals.pop("circled")
        self._point: str = numerals.pop("point")
        self._numerals: dict[str, int] = entries.table(
            (char, digit, [(("numerals", char), char)]) for char, digit in numerals.items()
        )
        # The first of the characters for a digit is the one that ordinals are written with.
        self._digit_words = {digit: char for char, digit in reversed(numerals.items())}
        self._circled: dict[str, int] = entries.table(
            (char, first + at, [(("numerals", "circled", row), char)])
            for row, first in circled.items()
            for at, char in enumerate(row)
        )

    def _read_labels(self, entries: Entries) -> None:
        data = entries.data
        wordings = [(identifier, wording) for identifier, some in data["labels"].items() for wording in some]
        self._wordings = {self._written(wording): wording for _, wording in wordings}
        self._labels = entries.table(
            (self._written(wording), f"<{identifier}>", [(("labels", identifier, wording), wording)])
            for identifier, wording in wordings
        )
        self._label_pattern = entries.alternation(
            "|".join(f"(?P<label_{identifier}>{pattern})" for identifier, pattern in data["patterns"].items()),
            lambda match: [(("patterns", _identifier(match)), match[0])],
        )
        self.label_patterns = {identifier: entries.pattern("patterns", identifier) for identifier in data["patterns"]}
        self.classes = {level: entries.texts("classes", level, name=self._written) for level in data["classes"]}
        self.level1_of = entries.table(
            (self._written(level2), self._written(level1), [(("level1_of", level1, level2), level2)])
            for level1, names in data["level1_of"].items()
            for level2 in names
        )
        levels = {level: _any_of(data["classes"][level]) for level in ("level1", "level2")}
        self.classified = entries.alternation(
            rf"(?P<level1>{levels['level1']})\s*(?P<level2>{levels['level2']})\s*(?=\S)",
            lambda match: [(("classes", level, word), word) for level, word in match.groupdict().items()],
        )
        self._remark = entries.pattern("remarks", "pattern")
        self._front = entries.pattern("remarks", "front")
        self._qualifier = entries.pattern("remarks", "qualifier")
        self._qualified = entries.texts("qualified", name=lambda identifier: f"<{identifier}>")

    def _read_units(self, entries: Entries) -> None:
        data = entries.data
        self._of_units = entries
        self.money: dict[str, int] = entries.keys("money", name=str)
        known = common_units()
        self.uncommon_money = tuple(
            MoneyUnit(unit, yuan) for unit, yuan in self.money.items() if known.get(unit) != yuan
        )
        self._money_alias: dict[str, str] = entries.keys("money_alias", name=str)
        # 万 stands for 万元, and is ten thousand in words; the largest first.
        self._multiples = {
            word: known // common_units()[common]
            for word, unit in sorted(data["money_alias"].items(), key=lambda one: -data["money"].get(one[1], 0))
            if len(word) == 1
            and (common := unit.removeprefix(word)) in common_units()
            and (known := data["money"][unit])
        }
        self.currency: dict[str, str] = entries.keys("currency", name=self._written)
        money = alternatives(self.money)
        currency, falls = alternatives(self.currency), re.escape(self._of_characters.data["falls"])
        self._signed = entries.alternation(
            rf"(?P<in_brackets>\()?(?P<falls>[{falls}])?(?:{currency})?(?P<number>{_NUMBER.pattern})(?(in_brackets)(?<=\.[0-9]{{2}})\))",
            lambda match: [(("currency", sign), sign) for sign in self.currency if sign in match[0]],
        )
        units = alternatives([*self.money, *self._money_alias])
        numerals = re.escape("".join(self._numerals))
        self.money_like = re.compile(
            rf"[0-9０-９]\s*[^\W\d_]?\s*{units}|{alternatives(self.currency)}\s*[0-9]|[{numerals}]\s*{units}"
        )
        # 万 may count anything; what it is short for does not.
        said = [*self.money, *(word for word, unit in self._money_alias.items() if not unit.startswith(word))]
        self.money_figure = re.compile(_MONEY_FIGURE.format(digit="0-9０-９", unit=alternatives(said)))
        self._money_unit = entries.alternation(
            rf"[0-9０-９]\s*({money})",
            lambda match: [(("money", self._written(match[1])), self._written(match[1]))],
        )
        self.measured = re.compile(rf"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)({money}|[^0-9]{{1,4}})")
        self._percent = entries.texts("percent", "wordings", name=self._written)
        self._percent_words: str = data["percent"]["before"]
        self.qualitative = entries.texts("qualitative", "wordings", name=self._written)

    def _written(self, text: str) -> str:
        """The folded form of what an entry says."""
        return text.translate(self._plain_fold) if self._foldable.search(text) else text

    def fold(self, text: str) -> str:
        """The text without blanks and quotation marks, look-alike characters made one: the form of comparisons."""
        if self._foldable.search(text) is None:
            return text
        return text.translate(self._fold) if len(text) < _SHORT else self._foldable.sub(self._folded, text)

    def _folded(self, match: re.Match[str]) -> str:
        return self._fold[ord(match[0])] or ""

    def without_separators(self, text: str) -> str:
        """The text without what parts it, as an item of a list, from the next one."""
        bare = text.rstrip(self._separators)
        if len(bare) < len(text):
            self._of_characters.used("separators", text=text[len(bare) :])
        return bare

    def mark(self, text: str) -> str:
        """How the table grammar writes a cell: `<label>`, `#` for a number, `-` for nothing, `.` for other text."""
        return self._read(text)[0]

    def reading(self, text: str) -> MarkReading:
        """The mark of a text, and by which entry it has it."""
        mark, kind, words = self._read(text)
        return MarkReading(mark, kind, self._wordings[words] if kind in ("wording", "remark", "qualified") else None)

    def _read(self, text: str) -> tuple[str, str, str]:
        """The mark of a text, why it has it, and the words that have it: all of them, or without remarks."""
        if not text:
            return "-", "empty", ""
        if len(text) > LONGEST_LABEL:
            return ".", "long", ""
        if self._are_digits_plain and _NUMBER.fullmatch(text):
            # Most cells are numbers as they stand.
            return "#", "number", text
        folded = self.fold(text).rstrip(":")
        if not folded:
            return "-", "empty", ""
        if _NUMBER.fullmatch(folded.rstrip("%")) or self._signed.fullmatch(folded):
            return "#", "number", folded
        known = self._labels.get(folded)
        if known:
            return known, "wording", folded
        front = self._front.match(folded)
        bare = self._remark.sub("", folded[front.end() :] if front else folded).rstrip(":")
        known = self._labels.get(bare)
        if known:
            return known, "remark", bare
        match = self._label_pattern.fullmatch(folded)
        if match:
            return f"<{_identifier(match)}>", "pattern", folded
        known, bare = self._read_qualified(bare)
        return (known, "qualified", bare) if known else (".", "unknown", folded)

    def _read_qualified(self, label: str) -> tuple[str, str]:
        """The mark of a label behind what narrows it, and its words; empty for none."""
        for _ in range(_MOST_QUALIFIERS):
            qualifier = self._qualifier.match(label)
            if qualifier is None:
                break
            label = label[qualifier.end() :]
            known = self._labels.get(label) if len(label) >= _SHORTEST_HEAD else None
            if known in self._qualified:
                return known, label
        return "", ""

    def is_front(self, text: str) -> bool:
        """Whether a text is nothing but what may stand in front of a label: 其中 above columns."""
        return self._front.fullmatch(f"{self.fold(text).rstrip(':')}:") is not None

    def number(self, text: str) -> Decimal | None:
        """The number that a whole text is, thousands separators dropped; absent where it is none."""
        folded = self.fold(text)
        if _NUMBER.fullmatch(folded):
            return Decimal(folded.replace(",", ""))
        signed = self._signed.fullmatch(folded)
        if signed is None:
            return None
        value = Decimal(signed["number"].replace(",", ""))
        if signed["falls"]:
            self._of_characters.used("falls", text=signed["falls"])
        return -value if signed["falls"] or signed["in_brackets"] else value

    def numeral(self, text: str) -> int | None:
        """The value of an ordinal's numeral, Arabic, Chinese or circled; absent where it is none."""
        folded = self.fold(text)
        if folded.isdecimal():
            return int(folded)
        if folded in self._circled:
            return self._circled[folded]
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
        whole, point, fraction = self.fold(text).partition(self._point)
        if point:
            self._of_characters.used("numerals", "point", text=text)
        value, digits = self.numeral(whole), self.digits(fraction)
        if value is None or (fraction and digits is None):
            return None
        return Decimal(f"{value}.{digits:0{len(fraction)}d}" if fraction else value)

    def money_in_words(self, numerals: str, unit: str) -> tuple[Decimal, str] | None:
        """A sum of money in words and its unit: 陆佰贰拾万, 元 is 620 万元; absent where the numerals are no number."""
        folded, multiple = self.fold(numerals), ""
        if folded[-1] in self._multiples and not any(one in folded[:-1] for one in self._multiples):
            folded, multiple = folded[:-1], folded[-1]
        value = self._cardinal(folded)
        return None if value is None else (Decimal(value), self.money_unit(multiple or unit))

    def _cardinal(self, words: str) -> int | None:
        """A number in words of any size, each digit with its place; absent where it is none."""
        for multiple, times in self._multiples.items():
            head, found, rest = words.rpartition(multiple)
            if found:
                parts = self._cardinal(head), self._cardinal(rest) if rest else 0
                return None if parts[0] is None or parts[1] is None else parts[0] * times + parts[1]
        digits = [self._numerals.get(char, -1) for char in words]
        if any(0 < one < 10 and 0 <= other < 10 for one, other in pairwise(digits)):
            return None
        return self.numeral(words)

    def after_percent(self, text: str) -> str:
        """The number in 百分之九十五."""
        folded = self.fold(text)
        share = folded.removeprefix(self._percent_words)
        if len(share) < len(folded):
            self._of_units.used("percent", "before", text=text)
        return share

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


def _used_to_fold(at: int, group: Mapping[str, Any], char: str) -> Iterator[Used]:
    """The entries of a group of characters that one of them is folded by."""
    for key, value in group.items():
        yield ("fold", at, key), char
        if key == "range":
            yield from ((("fold", at, key, end), char) for end in value)


def _identifier(match: re.Match[str]) -> str:
    return (match.lastgroup or "").removeprefix("label_")


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@of_language
def lexicon(language: Language) -> Lexicon:
    """The lexicon, made once for each language."""
    return Lexicon(language)
