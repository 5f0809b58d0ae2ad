"""Pages from templates (Jinja2): the markup stands in files beside the module that fills them, and what is filled in is
escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yusuan.emitters.text import allowed

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(package: str, name: str) -> Template:
    """A template of a page, which is XML and HTML at once.

    What is filled in stands there as text, without the characters that XML forbids, but for a `Markup`. A name that is
    not given is an error. `style(FILE)` is a style sheet beside it.

    Args:
        package: the package that has its file.
        name: its file.

    Raises:
        jinja2.TemplateNotFound: the package has no such file.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader(package, "")
    environment = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=_finalized,
    )
    # Of a style element HTML knows no escapes: a style sheet has no `<` and no `&`.
    environment.globals["style"] = lambda file: Markup("\n" + loader.get_source(environment, file)[0])
    return environment.get_template(name)


def _finalized(value: object) -> object:
    return allowed(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
