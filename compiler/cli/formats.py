"""The options on formats: which one, and what it can be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from attrs import frozen

from yusuan.compiler.cli.completion import formats
from yusuan.compiler.cli.options import with_options

if TYPE_CHECKING:
    from yusuan.emitters.base import Emitter
    from yusuan.emitters.xbrl.entity import Entity

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS: Final = (
    click.option(
        "--to",
        "format_name",
        metavar="FORMAT",
        shell_complete=formats,
        help="What to write: csv, json, jsonl, xbrl, xml, xbrl-json, xbrl-csv, ixbrl.",
    ),
    click.option("--annotate", is_flag=True, help="Show the diagnostics at their places (ixbrl)."),
    click.option(
        "--package",
        is_flag=True,
        help="Write report packages, .xbri or .xbr, with the taxonomy inside (the XBRL formats).",
    ),
    click.option(
        "--entity-id",
        metavar="ID",
        help="Whose report it is, where the name of the organization does not do (csv and the XBRL formats).",
    ),
    click.option(
        "--entity-scheme",
        metavar="SCHEME",
        help="What ID is: uscc (a unified social credit code), division (the code of an administrative division, "
        "GB/T 2260), or a URI. Needed where ID does not tell.",
    ),
    click.option("--excel", is_flag=True, help="Start csv with a byte order mark, for spreadsheet programs."),
)


def format_options(command: _Command) -> _Command:
    """Give a command the options; it gets their values by the names of `FormatOptions`."""
    return with_options(command, _OPTIONS)


@frozen(slots=True, kw_only=True)
class FormatOptions:
    """The values of the options, as given; absent where they are not."""

    format_name: str | None
    annotate: bool
    package: bool
    entity_id: str | None
    entity_scheme: str | None
    excel: bool

    def emitter(self) -> Emitter:
        """The format, told what the user says.

        Raises:
            click.UsageError: there is no such format, or it knows an option not.
            click.ClickException: another package's format cannot be used.
        """
        emitter = _find(self.format_name)
        if self.excel:
            _tell(emitter, "byte_order_mark", True, "--excel is for csv")
        if self.annotate:
            _tell(emitter, "annotate", True, "--annotate is for ixbrl")
        if self.entity_id is not None or self.entity_scheme is not None:
            entity = _entity(self.entity_id, self.entity_scheme)
            _tell(emitter, "entity", entity, "--entity-id and --entity-scheme are for csv and the XBRL formats")
        return _packed(emitter) if self.package else emitter


def _find(name: str | None) -> Emitter:
    from yusuan.emitters.base import UnknownFormatError
    from yusuan.emitters.registry import BrokenEmitterError, find, names

    if name is None:
        raise click.UsageError(f"no format: name one with --to ({', '.join(names())}).")
    try:
        return find(name)
    except UnknownFormatError as error:
        raise click.UsageError(str(error)) from error
    except BrokenEmitterError as error:
        raise click.ClickException(str(error)) from error


def _tell(emitter: Emitter, setting: str, value: object, rule: str) -> None:
    """Set what a format can be told; one of another package may know the setting too."""
    if not hasattr(emitter, setting):
        raise click.UsageError(f"{rule}, not for {emitter.name}.")
    setattr(emitter, setting, value)


def _entity(identifier: str | None, scheme: str | None) -> Entity:
    from yusuan.emitters.xbrl.entity import Entity, EntityError

    try:
        return Entity.of(identifier, scheme)
    except EntityError as error:
        raise click.UsageError(f"--entity-id, --entity-scheme: {error}.") from error


def _packed(emitter: Emitter) -> Emitter:
    """The format as report packages."""
    from yusuan.emitters.xbrl.emitter import ReportEmitter
    from yusuan.emitters.xbrl.packages import PackageEmitter

    if not isinstance(emitter, ReportEmitter):
        raise click.UsageError(f"--package is for the XBRL formats, not for {emitter.name}.")
    return PackageEmitter(emitter)
