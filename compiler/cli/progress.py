"""How far a run is: one line on a terminal, written anew while the run goes on, and gone when it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from attrs import define, field

from yusuan.compiler.cli.messages import say

if TYPE_CHECKING:
    from yusuan.compiler.rendering.words import Words
    from yusuan.ir.diagnostics import Locale

# In seconds.
_PATIENCE: Final = 2.0
_PAUSE: Final = 0.2
_LAST_PAUSE: Final = 1.0
_MINUTE: Final = 60
# A name that is cut to less says nothing.
_SHORTEST_NAME: Final = 12
# Not U+2026, whose width differs between terminals.
_CUT: Final = "..."
_GAP: Final = "  "


@define(slots=True)
class Progress:
    """Shows how many of the inputs are done, which one is being compiled, how fast it goes and how long it will take.

    Nothing is shown before a run takes longer than two seconds. A thread writes, so that an input that takes long does
    not look as if nothing happened; it waits while anybody else writes to the terminal (`hidden`).

    Attributes:
        total: how many inputs there are.
        language: what is said in.
        width: how many columns the terminal has now; absent where nothing is to be shown.
    """

    total: int
    language: Locale
    width: Callable[[], int] | None
    done: int = field(init=False, default=0)
    _name: str = field(init=False, default="")
    _started: float = field(init=False, factory=monotonic)
    _shown: int = field(init=False, default=0)
    """How many columns of the line are in use."""
    _hiding: int = field(init=False, default=0)
    _ended: Event = field(init=False, factory=Event)
    _lock: Lock = field(init=False, factory=Lock)
    _thread: Thread | None = field(init=False, default=None)

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return monotonic() - self._started

    def __enter__(self) -> Self:
        if self.width is not None:
            self._thread = Thread(target=self._show, name="progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self, name: str) -> None:
        """The next input, as the user calls it, is being compiled."""
        self._name = name

    def end_one(self) -> None:
        """That is done."""
        self.done += 1

    def end(self) -> None:
        """Remove the line; it does not come back."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(_LAST_PAUSE)
            self._thread = None

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Remove the line while something else is written to the terminal."""
        with self._lock:
            self._hiding += 1
            self._write("", 0)
        try:
            yield
        finally:
            self._hiding -= 1

    def _show(self) -> None:
        pause = _PATIENCE
        while not self._ended.wait(pause):
            pause = _PAUSE
            with self._lock:
                if not self._hiding:
                    self._draw()
        with self._lock:
            self._write("", 0)

    def _draw(self) -> None:
        from yusuan.compiler.rendering.excerpt import columns

        if self.width is not None:
            # The last column is left free: what stands there may begin a new line.
            line = self._line(self.width() - 1)
            self._write(line, columns(line))

    def _write(self, line: str, width: int) -> None:
        """Put a line in the place of the last one. Blanks do, without escapes that a terminal may not know."""
        if width or self._shown:
            say(f"\r{line}{' ' * (self._shown - width)}" + ("" if width else "\r"), line_end=False)
        self._shown = width

    def _line(self, room: int) -> str:
        """What is said, in so many columns."""
        from yusuan.compiler.rendering.excerpt import columns
        from yusuan.compiler.rendering.safety import visible
        from yusuan.compiler.rendering.words import words

        said = words(self.language)
        place = said.say("progress.place", done=self.done, total=self.total)
        pace = self._pace(said)
        for behind in filter(None, (pace, " ")):
            left = room - columns(place) - columns(behind) - 2 * len(_GAP)
            if left >= _SHORTEST_NAME:
                return _GAP.join((place, cut_front(visible(self._name), left), behind)).rstrip()
        return place if columns(place) <= room else ""

    def _pace(self, said: Words) -> str:
        """How fast it goes and how long it will still take; empty as long as that cannot be told."""
        if not 0 < self.done < self.total:
            return ""
        pace = self.done / self.seconds
        unit, number = ("second", f"{pace:.1f}") if pace >= 1 else ("minute", f"{pace * _MINUTE:.0f}")
        rate = said.say(f"progress.a_{unit}", number=number)
        left = duration(round((self.total - self.done) / pace), said)
        return said.say("progress.pace", rate=rate, left=left)


def duration(seconds: float, said: Words) -> str:
    """A time for people: 3.2 s, 2 min 5 s; tenths where they are given."""
    if seconds < _MINUTE:
        return said.say("duration.seconds", seconds=seconds if isinstance(seconds, int) else f"{seconds:.1f}")
    minutes, rest = divmod(round(seconds), _MINUTE)
    return said.say("duration.minutes", minutes=minutes, seconds=rest)


def cut_front(text: str, room: int) -> str:
    """The end of a text, in at most so many columns of a terminal: the name of a file says more than its folder."""
    from wcwidth import iter_graphemes

    from yusuan.compiler.rendering.excerpt import columns

    if columns(text) <= room:
        return text
    kept: list[str] = []
    left = room - len(_CUT)
    for cluster in reversed([*iter_graphemes(text)]):
        left -= columns(cluster)
        if left < 0:
            break
        kept.append(cluster)
    return _CUT + "".join(reversed(kept))
