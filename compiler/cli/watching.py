"""`compile --watch`: compile again whenever an input or the grammar is saved, and show what that changed.

The system tells that something happened in a folder (watchfiles); what is on disk then, whether it was a change. So an
editor may write a file, or give a new one its name; a file or folder may vanish and come back; and where a system tells
nothing, as of some network drives, a change is seen a little later.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
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

# In milliseconds: how long nothing may happen until files count as written, and until they are looked at all the same.
_SETTLING: Final = 50
_LOOKING: Final = 2000
_CONTEXT: Final = 1
_SUFFIXES: Final = (".lark", ".toml")

Stamp: TypeAlias = tuple[str, int, int]
Wait: TypeAlias = Callable[[Iterable[str]], object]
"""Returns when something may have happened in one of some folders."""


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
        click.UsageError: the package is missing that tells of changes.
        click.ClickException: the system cannot tell of changes in the folders.
        KeyboardInterrupt: the user has seen enough.
    """
    from yusuan.compiler.rendering.safety import visible

    wait = _notifier()
    before: Round | None = None
    while True:
        watched = dict.fromkeys([*places(), *_grammar_folder()])
        stamps = sorted(_stamps(watched))
        started = perf_counter()
        try:
            now = compile_once()
        except click.ClickException as error:
            # A grammar is faulty while it is being written. What was before stays to be compared with.
            say(visible(f"error: {error.format_message()}"))
        else:
            _show(before, now, said, style, f"{perf_counter() - started:.2f}")
            before = now
        # Which overlays there are is known once the project files were read. What was watched keeps its stamps: who
        # saves while it is compiled, or as soon as its outcome is said, has made a change.
        added = [place for place in dict.fromkeys(places()) if place not in watched]
        stamps = sorted([*stamps, *_stamps(added)])
        places_now = [*watched, *added]
        while sorted(_stamps(places_now)) == stamps:
            wait(_folders(places_now))


def _notifier() -> Wait:
    """What waits for changes."""
    try:
        import watchfiles
    except ImportError as error:
        raise click.UsageError("--watch needs the package watchfiles: pip install 'yusuan[watch]'.") from error

    def wait(folders: Iterable[str]) -> None:
        changes: Generator[object, None, None] = watchfiles.watch(
            *folders,
            watch_filter=None,
            step=_SETTLING,
            rust_timeout=_LOOKING,
            yield_on_timeout=True,
            # A file is watched by its folder, in which an editor may replace it; below that there may be a whole disk.
            recursive=False,
            ignore_permission_denied=True,
        )
        with closing(changes):
            try:
                next(changes)
            except FileNotFoundError:
                # A folder that was there a moment ago.
                sleep(_SETTLING / 1000)
            except (OSError, RuntimeError) as error:
                raise click.ClickException(f"--watch: {error}") from error

    return wait


def _folders(places: Iterable[str]) -> list[str]:
    """The folders in which something can happen to files, and to what links lead to; of one that is gone, the one that
    it was in."""
    found: set[str] = set()
    for place in places:
        if os.path.isdir(place):
            found.update(os.path.realpath(folder) for folder, _, _ in os.walk(place))
        for path in (os.path.abspath(place), os.path.realpath(place)):
            folder = os.path.dirname(path)
            while not os.path.isdir(folder) and (above := os.path.dirname(folder)) != folder:
                folder = above
            found.add(folder)
    return sorted(found)


def _show(before: Round | None, now: Round, said: Words, style: Style, seconds: str) -> None:
    """Print what there is to say of the first round, of a later one what it did: lines that went, lines that came."""
    if before is None:
        say(now.diagnostics, line_end=False)
        say(said.say("watch.started", lines=now.output.count("\n"), seconds=seconds))
        return
    lines = [
        *_difference(before.output, now.output, said.say("watch.output")),
        *_difference(before.diagnostics, now.diagnostics, said.say("watch.diagnostics")),
    ]
    for line in lines:
        click.echo(_painted(line, style), color=True)
    say(said.say("watch.changed" if lines else "watch.unchanged", seconds=seconds))


def _difference(before: str, now: str, name: str) -> Iterator[str]:
    from difflib import unified_diff

    old, new = (click.unstyle(text).splitlines() for text in (before, now))
    return unified_diff(old, new, name, name, n=_CONTEXT, lineterm="")


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
