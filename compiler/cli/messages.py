"""What every command shares: exit statuses, and messages on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec

import click

_Arguments = ParamSpec("_Arguments")

DONE: Final = 0
FAILED: Final = 1
INTERRUPTED: Final = 130
SIGNALLED: Final = 128
"""What is added to the number of a signal that ends a command."""

HELP: Final = {"help_option_names": ["--help", "-h"]}


def say(message: str, *, line_end: bool = True) -> None:
    """Print a message to standard error. That nobody can read it is no reason to fail."""
    try:
        # Colours are in the message only where they are wanted: click need not look for a terminal.
        click.echo(message, nl=line_end, err=True, color=True)
    except (OSError, ValueError):
        # What Python itself does where there is no standard error.
        sys.stderr = None


def say_error(message: str) -> None:
    """Print what went wrong to standard error, made safe."""
    from yusuan.compiler.rendering.safety import visible

    say(f"error: {visible(message)}")


def show_mistake(error: click.ClickException) -> None:
    """Print a mistake of the user as click does, made safe: it may quote the name of a file, or what was typed."""
    from yusuan.compiler.rendering.safety import visible

    error.message = visible(error.message)  # type: ignore[misc]  # final, but click has no other way in
    error.show()


def to_its_end(command: Callable[_Arguments, int]) -> Callable[_Arguments, int]:
    """A command that ends with its exit status where its output cannot be written, told, or the user interrupts it."""

    @wraps(command)
    def carried_out(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> int:
        from yusuan.compiler.workspace.output import OutputError

        try:
            return command(*args, **kwargs)
        except OutputError as error:
            say_error(str(error))
            return FAILED
        except KeyboardInterrupt:
            return INTERRUPTED

    return carried_out


def is_terminal(name: str) -> bool:
    """Whether a standard stream, `stdout` or `stderr`, is a terminal."""
    stream = getattr(sys, name)
    return stream is not None and not stream.closed and stream.isatty()


def print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """What `--version` does."""
    if not wanted or ctx.resilient_parsing:
        return
    click.echo(f"yusuan {program_version() or '(not installed)'}")
    ctx.exit()


def program_version() -> str | None:
    """The version of this program; absent where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("yusuan")
    except PackageNotFoundError:
        return None


version_option = click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
    help="Show the version.",
)
