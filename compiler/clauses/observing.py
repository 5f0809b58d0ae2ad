"""What the reading of regions tells those who watch it."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.clauses.phrases import Phrase
from yusuan.compiler.clauses.reading_text import ReadingText
from yusuan.compiler.language.naming import Label
from yusuan.ir.records import Amount


class ClauseObserver:
    """What is told while regions are read; what nobody watches costs nothing.

    An amount is of the region that was told of last, and of one of its phrases.
    """

    def region(self, grammar: str, text: str, start: int, reading: ReadingText | None = None) -> None:
        """A clause grammar is about to read a text.

        Args:
            grammar: its name.
            text: what it reads: characters of the source, less what is no part of the sentence, or several cells
                together.
            start: offset of the text in the source; of several cells, that of the longest one.
            reading: the text with the places of its characters; absent where none was taken out of it.
        """

    def asked(self, phrase: Phrase, bounds: tuple[int, int], label: Label) -> None:
        """Words in front of a phrase, by their range in the region, were asked what they name."""

    def answered(self, phrase: Phrase, question: str, rule: str, at: tuple[int, int] | None) -> None:
        """A rule said of the figure of a phrase what its words leave open.

        Args:
            phrase: the phrase.
            question: the name of the question.
            rule: the name of the rule.
            at: the range in the region of the words that it goes by; absent where it goes by what is not written there.
        """

    def stated(self, phrase: Phrase, amount: Amount) -> None:
        """A phrase stated an amount."""


UNSEEN: Final = ClauseObserver()
"""Where nobody watches."""
