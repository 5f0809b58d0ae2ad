"""Hypothesis strategies for any IR, well-formed or not: spans and texts bear no relation to each other."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from yusuan.ir import records
from yusuan.ir.contract import record_kinds
from yusuan.ir.declared import DeclaredTable
from yusuan.ir.diagnostics import Diagnostic, Related
from yusuan.ir.document import Document, Tables
from yusuan.ir.money import MoneyUnit
from yusuan.ir.nodes import Heading, Paragraph, Section, Table, Text
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Role

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["=1+1", "-3", "+x", "@a", "'=a", "a,b", '"', "a\r\nb", "\t", " ", "\0", "-", "万元", "\u2028"]
)
"""Texts that UTF-8 can encode, those that are awkward to write among them."""

NUMBERS = st.decimals(-(10**12), 10**12, places=4) | st.sampled_from(
    [Decimal("15.00"), Decimal("-0.0"), Decimal("0.0000000")]
)


def instances(cls: type) -> st.SearchStrategy[Any]:
    """Any instance of an attrs class of the IR."""
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{name: _of(hint) for name, hint in hints.items()})


def _of(hint: Any) -> st.SearchStrategy[Any]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is Mapping:
        return st.dictionaries(st.from_regex(r"[a-z_]{1,5}", fullmatch=True), _of(arguments[1]), max_size=2)
    if typing.get_origin(hint) is tuple:
        return st.lists(_of(arguments[0]), max_size=2).map(tuple)
    if isinstance(hint, types.UnionType):
        return st.one_of([_of(one) for one in arguments])
    return st.from_type(hint)


def _sections() -> st.SearchStrategy[Section]:
    def make(children: st.SearchStrategy[tuple[Section, ...]]) -> st.SearchStrategy[Section]:
        return st.builds(
            Section,
            st.none() | st.sampled_from(Role),
            st.none() | instances(Heading),
            st.integers(0, 9),
            st.lists(instances(Paragraph) | instances(Table), max_size=2).map(tuple),
            children,
            _SPANS,
        )

    return st.recursive(make(st.just(())), lambda inner: make(st.lists(inner, max_size=3).map(tuple)), max_leaves=5)


_SPANS = st.builds(Span, *[st.integers(0, 10**6)] * 4)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(int, st.integers(-(10**6), 10**6))
st.register_type_strategy(Decimal, NUMBERS)
st.register_type_strategy(Span, _SPANS)
for _cls in (Text, records.Figure, records.Target, Related):
    st.register_type_strategy(_cls, instances(_cls))

DOCUMENTS: st.SearchStrategy[Document] = st.builds(
    Document,
    name=TEXTS,
    title=st.none() | instances(Text),
    organization=st.none() | instances(Text),
    fiscal_year=st.none() | st.integers(1900, 2100),
    body=_sections(),
    tables=st.fixed_dictionaries(
        {name: st.lists(instances(kind.record_class), max_size=2) for name, kind in record_kinds().items()}
    ).map(Tables),
    units=st.lists(st.builds(MoneyUnit, TEXTS, st.integers(0, 12).map(lambda power: 10**power)), max_size=2).map(tuple),
    **{
        field: st.lists(instances(cls), max_size=2).map(tuple)
        for field, cls in {
            "declared": DeclaredTable,
            "diagnostics": Diagnostic,
        }.items()
    },
)
"""Any document."""
