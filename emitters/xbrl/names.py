"""The names by which XBRL knows us and the standards. The dated namespace is the version: it changes with a meaning."""

from __future__ import annotations

from typing import Final

DATE: Final = "2026-12-31"
"""The version of the taxonomy. A meaning that changes makes a new one; what is only added does not."""

PREFIX: Final = "cnbd"
"""China budget disclosure: the prefix of our names."""

BASE: Final = f"https://yusuan.example/taxonomy/{DATE}"
"""Where the taxonomy stands. Its package maps the address to its own files, so that nothing is fetched; whoever
publishes it puts the address here."""

NAMESPACE: Final = f"{BASE}/{PREFIX}"
"""The namespace of the concepts."""

ENTRY_POINT: Final = f"{BASE}/{PREFIX}.xsd"
"""The schema that a report refers to."""

ENTITY_SCHEME: Final = "https://yusuan.example/entity/name"
"""The scheme of an entity that is known by its name only."""

USCC_SCHEME: Final = "https://yusuan.example/entity/uscc"
"""The scheme of unified social credit codes (统一社会信用代码, GB 32100-2015)."""

DIVISION_SCHEME: Final = "https://yusuan.example/entity/division"
"""The scheme of codes of administrative divisions (行政区划代码, GB/T 2260)."""

SOURCE: Final = "https://yusuan.example/source"
"""The namespace of what is said of a fact's place in the report."""

LANGUAGE: Final = "zh"
"""The language of the texts."""

XBRLI: Final = "http://www.xbrl.org/2003/instance"
LINK: Final = "http://www.xbrl.org/2003/linkbase"
XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XBRLDI: Final = "http://xbrl.org/2006/xbrldi"
XBRLDT: Final = "http://xbrl.org/2005/xbrldt"
ISO4217: Final = "http://www.xbrl.org/2003/iso4217"
UTR: Final = "http://www.xbrl.org/2009/utr"
DTR: Final = "http://www.xbrl.org/dtr/type/2022-03-31"
ENUM2: Final = "http://xbrl.org/2020/extensible-enumerations-2.0"


def axis(name: str) -> str:
    """The local name of an axis."""
    return f"{name}Axis"


def member(name: str) -> str:
    """The local name of a member of an axis."""
    return f"{name}Member"


def not_listed(total: str) -> str:
    """The local name of what a total has beyond the parts that are listed."""
    return f"{total}NotListed"
