"""Which roles sections have, and what is read in those of each."""

from __future__ import annotations

from typing import Final

from yusuan.ir.vocabulary import Role

ROLES: Final = {role.value: role for role in Role}
"""The roles by the rules of the document grammar."""

NO_AMOUNTS: Final = frozenset({Role.GLOSSARY, Role.ORGANIZATION, Role.RESPONSIBILITIES, Role.INSTITUTIONS})
"""The sections of whose text no amounts are taken."""

PERFORMANCE: Final = frozenset(
    {
        Role.PERFORMANCE,
        Role.DEPARTMENT_PERFORMANCE,
        Role.OVERALL_OBJECTIVE,
        Role.ITEMIZED_OBJECTIVES,
        Role.SAFEGUARDS,
        Role.PROJECT_PERFORMANCE,
    }
)
"""The sections of targets: of their text only the money that is managed by targets is taken."""
