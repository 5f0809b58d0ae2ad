"""The taxonomy: a processor accepts it, and it says all that the data has."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.emitters.processor import read_all

from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.facts import value_columns
from yusuan.emitters.xbrl import names, taxonomy
from yusuan.emitters.xbrl.networks import assertions, calculations, hypercubes, rests
from yusuan.emitters.xbrl.report import INCOMPLETE
from yusuan.ir.concepts import definitions
from yusuan.ir.contract import row_sums
from yusuan.ir.money import common_units
from yusuan.ir.taxonomy import taxonomy as rules
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Operator, Scope


def test_a_processor_accepts_the_taxonomy(tmp_path: Path, package: Path) -> None:
    for name, content in taxonomy.files():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    for reading in read_all([tmp_path / f"{names.PREFIX}.xsd", package], package):
        assert reading.messages == []
        assert reading.unsatisfied == []


def test_every_concept_is_defined() -> None:
    known = definitions()
    assert set(Concept) <= set(known.concepts)
    assert {column.facts[0].concept for _, column in value_columns()} <= set(known.concepts)
    assert {one.name for one in known.concepts.values() if one.has_members} == {*Concept, INCOMPLETE}
    for one in known.concepts.values():
        assert one.group in known.groups
        assert {*one.axes, *one.optional_axes} <= set(known.axes)


def test_the_axes_have_a_member_for_each_value() -> None:
    for axis, values in {"Scope": Scope, "Measure": Measure, "Basis": Basis, "Base": Base}.items():
        assert {member.value for member in definitions().axes[axis].members if member.value} == set(values)
    assert {comparator.value for comparator in definitions().comparators} == set(Operator)


def test_the_built_in_language_knows_the_common_units() -> None:
    assert common_units().items() <= lexicon(built_in_language()).money.items()


def test_one_total_is_made_up_in_one_way() -> None:
    totals = [calculation.total for calculation in calculations()]
    assert len(totals) == len(set(totals)) > 5
    listed = {concept for cube in hypercubes() for concept in cube.concepts}
    assert {calculation.rest for calculation in calculations()} <= listed
    assert {assertion.rest for assertion in assertions()} <= listed


def test_every_sum_is_a_calculation_or_an_assertion() -> None:
    told = [*(calculation.name for calculation in calculations()), *(assertion.name for assertion in assertions())]
    known = [*(rule.name for rule in rules().sums), *(rule.name for _, rule in row_sums())]
    assert sorted(told) == sorted(known)


def test_an_assertion_says_in_both_languages_what_is_wrong() -> None:
    root = ElementTree.fromstring(dict(taxonomy.files())[f"{names.PREFIX}-formula.xml"].encode())
    said = [one.text or "" for one in root.iter("{http://xbrl.org/2010/message}message")]
    assert len(said) == 2 * len(assertions())
    assert said[2:4] == [
        "收入预算（财政拨款） {string($total[1])} 不等于各分项之和 {string($sum)}",
        "revenue, fiscal money: {string($total[1])} is not {string($sum)}, the sum of its parts",
    ]


def test_what_is_not_listed_has_a_name_for_each_list() -> None:
    known = [rest for of_total in rests().values() for rest in of_total]
    assert len({rest.name for rest in known}) == len({rest.label for rest in known}) == len(known)


def test_the_package_is_the_same_always() -> None:
    assert taxonomy.package() == taxonomy.package()
