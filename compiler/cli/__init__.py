"""The commands `compile` and `yusuan`: arguments, messages, exit statuses.

Only click and attrs are imported at the start. What a command needs besides is imported when it runs, so that help and
mistakes are answered at once.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from typing import Any, Final, NoReturn

import click

from yusuan.compiler.cli.checking import check_command
from yusuan.compiler.cli.compiling import compile_command
from yusuan.compiler.cli.explaining import explain_command
from yusuan.compiler.cli.grammar import grammar_group
from yusuan.compiler.cli.messages import (
    DONE,
    FAILED,
    HELP,
    INTERRUPTED,
    SIGNALLED,
    say_error,
    show_mistake,
    to_its_end,
    version_option,
)
from yusuan.compiler.cli.projecting import text_command
from yusuan.compiler.cli.showing import show_command
from yusuan.compiler.cli.taxonomy import taxonomy_command

_LOG: Final = logging.getLogger(__name__)

# Objects. What a command makes while it starts stays to its end: by default it would be walked a hundred times over.
_MADE_BETWEEN_COLLECTIONS: Final = 100_000

# What asks a process to end. Windows has the first and the last, which is sent when its window is closed.
_SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
_ENDING: Final = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]


@click.group("yusuan", context_settings=HELP)
@version_option
def main_group() -> None:
    """Compile China's budget disclosures to typed data, and check them."""


@main_group.command("schema")
@to_its_end
def schema_command() -> int:
    """Print the JSON Schema of the json format."""
    from yusuan.compiler.workspace.output import write_standard_output
    from yusuan.emitters.schema import schema_text

    write_standard_output([schema_text()])
    return DONE


main_group.add_command(compile_command)
main_group.add_command(check_command)
main_group.add_command(text_command)
main_group.add_command(show_command)
main_group.add_command(explain_command)
main_group.add_command(taxonomy_command)
main_group.add_command(grammar_group)


def main() -> NoReturn:
    """The command `yusuan`, and `python -m yusuan`."""
    _run(main_group, "yusuan")


def compile_main() -> NoReturn:
    """The command `compile`."""
    _run(compile_command, "compile")


def _run(command: click.Command, name: str) -> NoReturn:
    """Run a command and exit with its status: 2 for wrong usage, 130 where the user interrupts, both without
    a trace."""
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS)
    # A process that is told to end cleans up behind itself, as one that is interrupted does.
    for ending in _ENDING:
        # One that is ignored stays so: nohup.
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, _terminate)
    try:
        status = command.main(prog_name=name, standalone_mode=False)
    except click.ClickException as error:
        _LOG.debug("the command ends", exc_info=error)
        show_mistake(error)
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except OSError as error:
        # Help or version could not be printed; `compile` reports its own.
        from yusuan.compiler.workspace.output import abandon_standard_output

        abandon_standard_output()
        say_error(error.strerror or str(error))
        status = FAILED
    sys.exit(status)


def _terminate(number: int, _: Any) -> NoReturn:
    # They come in twos and threes, and must not disturb what the first one began.
    for ending in _ENDING:
        signal.signal(ending, signal.SIG_IGN)
    sys.exit(SIGNALLED + number)
