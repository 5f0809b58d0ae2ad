"""`compile --watch`: compile again whenever an input or the grammar is saved, and show what that changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

import click
from attrs import frozen

from yusuan.compiler.cli.messages import say
from yusuan.compiler.readers.registry import suffixes

if TYPE_CHECKING:
    from yusuan.compiler.rendering.style import Style
    from yusuan.compiler.rendering.words import Words

# In seconds.
_PAUSE: Final = 0.2
_SETTLING: Final = 0.05
_CONTEXT: Final = 1
_SUFFIXES: Final = (".lark", ".toml")

Stamp: TypeAlias = tuple[str, int, int]


@frozen(slots=True)
class Round:
    """What compiling once came to.

    Attributes:
        output: what would be written.
        diagnostics: what would be said of the inputs.
    """

    output: str
    diagnostics: str


def watch(
    compile_once: Callable[[], Round],
    places: Callable[[], Iterable[str]],
    said: Words,
    style: Style,
) -> NoReturn:
    """Compile, and again after each change, until interrupted.

    Args:
        compile_once: compiles with what stands in the files now.
        places: the files and folders to watch, as far as they are known by then; so is the built-in grammar.
        said: the words of what is told.
        style: how it is shown.

    Raises:
        KeyboardInterrupt: the user has seen enough.
    """
    from yusuan.compiler.rendering.safety import visible

    before = Round("", "")
    is_first = True
    while True:
        watched = dict.fromkeys([*places(), *_grammar_folder()])
        stamps = sorted(_stamps(watched))
        started = perf_counter()
        fault = None
        try:
            now = compile_once()
        except click.ClickException as error:
            # A grammar is faulty while it is being written. What was before stays to be compared with.
            fault = error
        seconds = f"{perf_counter() - started:.2f}"
        # Which overlays there are is known once the project files were read. What was watched keeps its stamps: who
        # saves while it is compiled, or as soon as its outcome is said, has made a change.
        added = [place for place in dict.fromkeys(places()) if place not in watched]
        stamps = sorted([*stamps, *_stamps(added)])
        if fault is not None:
            say(visible(f"error: {fault.format_message()}"))
        else:
            if is_first:
                say(said.say("watch.started", lines=now.output.count("\n"), seconds=seconds))
            else:
                _show(before, now, said, style, seconds)
            before = now
        is_first = False
        _wait([*watched, *added], stamps)


def _wait(watched: Iterable[str], stamps: list[Stamp]) -> None:
    """Return when the files have changed, and are not just being written."""
    while (changed := sorted(_stamps(watched))) == stamps:
        sleep(_PAUSE)
    while True:
        sleep(_SETTLING)
        settled = sorted(_stamps(watched))
        if settled == changed:
            return
        changed = settled


def _show(before: Round, now: Round, said: Words, style: Style, seconds: str) -> None:
    """Print what a change did: lines that went, lines that came."""
    lines = [
        *_difference(before.output, now.output, said.say("watch.output")),
        *_difference(before.diagnostics, now.diagnostics, said.say("watch.diagnostics")),
    ]
    for line in lines:
        click.echo(_painted(line, style), color=True)
    say(said.say("watch.changed" if lines else "watch.unchanged", seconds=seconds))


def _difference(before: str, now: str, name: str) -> Iterator[str]:
    from difflib import unified_diff

    return unified_diff(before.splitlines(), now.splitlines(), name, name, n=_CONTEXT, lineterm="")


def _painted(line: str, style: Style) -> str:
    from yusuan.compiler.rendering.safety import visible
    from yusuan.compiler.rendering.style import Paint

    paint = {"+": Paint.INFO, "-": Paint.ERROR, "@": Paint.FRAME}.get(line[:1])
    return style.paint(visible(line), paint)


def _grammar_folder() -> Iterator[str]:
    """The folder of the built-in grammar, where it is one on disk."""
    from importlib import resources

    folder = resources.files("yusuan.grammar")
    if isinstance(folder, Path):
        yield str(folder)


def _stamps(places: Iterable[str]) -> Iterator[Stamp]:
    """Path, time and size of every file that is watched; one that is gone has none."""
    for place in places:
        for path in _files(place):
            try:
                status = os.stat(path)
            except OSError:
                continue
            yield path, status.st_mtime_ns, status.st_size


def _files(place: str) -> Iterator[str]:
    if not os.path.isdir(place):
        yield place
        return
    wanted = (*_SUFFIXES, *suffixes())
    for folder, _, names in os.walk(place):
        yield from (os.path.join(folder, name) for name in names if name.lower().endswith(wanted))
