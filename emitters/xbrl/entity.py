"""Whose report it is: an identifier under the scheme that says of which kind it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from yusuan.emitters.xbrl import names

# A URI with its scheme, RFC 3986, without what it would have to escape.
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# GB 32100-2015: the characters of a unified social credit code, each worth its place here.
_USCC_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH: Final = 18
# GB/T 2260 has six digits; GB/T 10114 adds three for townships, the statistical codes three more for villages.
_DIVISION: Final = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}){0,2}")


class EntityError(ValueError):
    """An identifier or a scheme that cannot be used; the message says why."""


@frozen(slots=True)
class Entity:
    """Whose reports they are, where that is not to be told by the name of the organization.

    Attributes:
        scheme: the URI that says what kind of identifier it is.
        identifier: the identifier, without blanks; absent where each report's organization is named.
    """

    scheme: str = names.ENTITY_SCHEME
    identifier: str | None = None

    @classmethod
    def of(cls, identifier: str | None, scheme: str | None) -> Entity:
        """The entity that a user names.

        Args:
            identifier: a 统一社会信用代码, a 行政区划代码, or what the scheme knows; absent for the name of
                the organization.
            scheme: `uscc`, `division`, or a URI; absent for the one of the first two that the identifier is of.

        Raises:
            EntityError: it is no such code, no URI, or of a scheme that has to be named.
        """
        if scheme is not None and scheme in SCHEMES:
            if identifier is None:
                raise EntityError(f"the scheme {scheme} needs an identifier")
            _, is_valid = SCHEMES[scheme]
            if not is_valid(identifier):
                raise EntityError(f"{identifier!r} is no identifier of the scheme {scheme}")
            return cls(SCHEMES[scheme][0], identifier)
        if identifier is not None and (not identifier or re.search(r"\s", identifier)):
            raise EntityError(f"{identifier!r} is no identifier: it is empty or has blanks")
        if scheme is not None:
            if not _ABSOLUTE.fullmatch(scheme):
                raise EntityError(f"{scheme!r} is no scheme: known are {', '.join(SCHEMES)}, and any absolute URI")
            return cls(scheme, identifier)
        if identifier is None:
            return BY_NAME
        for uri, is_valid in SCHEMES.values():
            if is_valid(identifier):
                return cls(uri, identifier)
        if len(identifier) == _USCC_LENGTH and set(identifier) <= set(_USCC_CHARACTERS):
            raise EntityError(f"{identifier!r} has the form of a uscc, but its check character is wrong")
        raise EntityError(f"{identifier!r} is of no known scheme ({', '.join(SCHEMES)}); name its scheme")


BY_NAME: Final = Entity()
"""Each report is that of its organization, which is known by its name."""


def _is_uscc(identifier: str) -> bool:
    """Whether it is a unified social credit code (统一社会信用代码), its check character right."""
    if len(identifier) != _USCC_LENGTH or any(char not in _USCC_CHARACTERS for char in identifier):
        return False
    values = [_USCC_CHARACTERS.index(char) for char in identifier]
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:-1]))
    return (total + values[-1]) % 31 == 0


def _is_division(identifier: str) -> bool:
    """Whether it has the form of a code of an administrative division (行政区划代码)."""
    return _DIVISION.fullmatch(identifier) is not None


SCHEMES: Final[Mapping[str, tuple[str, Callable[[str], bool]]]] = MappingProxyType(
    {
        "uscc": (names.USCC_SCHEME, _is_uscc),
        "division": (names.DIVISION_SCHEME, _is_division),
    }
)
"""The schemes that have a short name: their URI, and what tells their identifiers."""
