"""What the shell suggests behind a TAB, where click does not know it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem


def files(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Files and folders, by the shell itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def formats(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The formats, those of other packages too."""
    from yusuan.emitters.registry import emitters

    return _beginning(emitters(), begun)


def tables(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The tables of the format that is named in front."""
    from yusuan.emitters.registry import emitters

    emitter = emitters().get(context.params.get("format_name") or "")
    return _beginning(emitter.tables, begun) if emitter else []


def codes(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The codes of diagnostics, each with its name."""
    from click.shell_completion import CompletionItem

    from yusuan.ir.diagnostics.codes import CODES

    found = [one for one in CODES.values() if one.code.startswith(begun.upper()) or one.name.startswith(begun)]
    return [CompletionItem(one.code, help=one.name) for one in found]


def _beginning(names: Iterable[str], begun: str) -> list[str]:
    return [name for name in names if name.startswith(begun)]
