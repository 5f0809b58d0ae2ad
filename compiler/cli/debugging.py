"""The option `--debug`: what the program logs, on standard error.

The package only logs, as a library does; that the log is seen is decided here.
"""

from __future__ import annotations

import logging
from typing import Final

import click

from yusuan.compiler.cli.messages import say

# The logger above all of ours.
_ROOT: Final = "yusuan"


class _StandardError(logging.Handler):
    """Prints each record, with its traceback, to standard error, made safe."""

    def emit(self, record: logging.LogRecord) -> None:
        from yusuan.compiler.rendering.safety import visible

        say("\n".join(map(visible, self.format(record).split("\n"))))


def _turn_on(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show the log from here to the end of the process."""
    if not wanted or ctx.resilient_parsing:
        return
    handler = _StandardError()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger(_ROOT)
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)


debug_option = click.option(
    "--debug",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_turn_on,
    help="Show on standard error what is done, how long it takes, and the traceback of every fault.",
)
