"""The formula linkbase: sums over scopes or items, which no calculation can state, as value assertions.

An assertion binds the statements of a total and all facts that may be parts of it, in the same context but for the axes
that the sum runs over. It compares as calculations 1.1 do: a figure stands for half a unit of its last place up and
down, a figure that is stated more than once for what its statements have in common, and the sum holds where the two
ranges meet. What the report's facts state as not listed is a part, so that an assertion fails only where the checks
report the sum; where no part is stated there is nothing to assert.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import DECLARATION, element, lines, text
from yusuan.emitters.xbrl.networks import Assertion, assertions
from yusuan.ir.concepts import Phrase, definitions

_SPECIFICATIONS: Final = "http://www.xbrl.org"
_ARCROLE: Final = "http://xbrl.org/arcrole"
_HAS_VARIABLE: Final = f"{_ARCROLE}/2008/variable-set"
_HAS_FILTER: Final = f"{_ARCROLE}/2008/variable-filter"
_HAS_PRECONDITION: Final = f"{_ARCROLE}/2008/variable-set-precondition"
_SAYS: Final = f"{_ARCROLE}/2010/assertion-unsatisfied-message"
_IS_GRAVE: Final = f"{_ARCROLE}/2016/assertion-unsatisfied-severity"
_ARCROLES: Final = {
    _HAS_VARIABLE: "2008/variable.xsd#variable-set",
    _HAS_FILTER: "2008/variable.xsd#variable-filter",
    _HAS_PRECONDITION: "2008/variable.xsd#variable-set-precondition",
    _SAYS: "2010/validation-message.xsd#assertion-unsatisfied-message",
    _IS_GRAVE: "2016/assertion-severity.xsd#assertion-unsatisfied-severity",
}
_LINK_ROLE: Final = f"{_SPECIFICATIONS}/2008/role/link"
_MESSAGE_ROLE: Final = f"{_SPECIFICATIONS}/2010/role/message"
_ROLES: Final = {
    _LINK_ROLE: "2008/generic-link.xsd#standard-link-role",
    _MESSAGE_ROLE: "2010/generic-message.xsd#standard-message",
}
# Prefix: namespace and schema.
_NAMESPACES: Final = {
    "gen": ("http://xbrl.org/2008/generic", "2008/generic-link.xsd"),
    "variable": ("http://xbrl.org/2008/variable", "2008/variable.xsd"),
    "va": ("http://xbrl.org/2008/assertion/value", "2008/value-assertion.xsd"),
    "cf": ("http://xbrl.org/2008/filter/concept", "2008/concept-filter.xsd"),
    "df": ("http://xbrl.org/2008/filter/dimension", "2008/dimension-filter.xsd"),
    "acf": ("http://xbrl.org/2010/filter/aspect-cover", "2010/aspect-cover-filter.xsd"),
    "msg": ("http://xbrl.org/2010/message", "2010/generic-message.xsd"),
}
_FUNCTIONS: Final = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xfi": "http://www.xbrl.org/2008/function/instance",
    names.PREFIX: names.NAMESPACE,
}
_SEVERITY: Final = "severity"
# More zeros than any figure has digits.
_ZEROS: Final = "0" * 60


# --- what it reckons --------------------------------------------------------------------------------------------------
# Each step is a single value: where a message is from, processors say by the entries of all sequences, facts or not.


def _half(fact: str) -> str:
    """Half a unit of a figure's last place, made of digits, as XPath has no powers: 50.0 at -2, 0.0050 at 2."""
    places = f"xfi:decimals({fact})"
    whole = f"substring('5{_ZEROS}', 1, max((0, 0 - {places})))"
    fraction = f"substring('{_ZEROS}5', {len(_ZEROS) + 1} - {places})"
    number = f"xs:decimal(concat('0', {whole}, '.', {fraction}, '0'))"
    return f"(if (string({places}) eq 'INF') then xs:decimal('0') else {number})"


def _of_total(function: str, sign: str) -> str:
    return f"{function}(for $f in $total return $f {sign} {_half('$f')})"


def _over_parts(function: str, value: str) -> str:
    """The sum over the names of what a function makes of the statements of one part; `$parts[$i]` is a statement."""
    listed = "tokenize($names, '\\n')"
    statements = f"{function}(for $i in index-of({listed}, $n) return {value})"
    return f"sum(for $n in distinct-values({listed}) return if ($n eq '') then () else {statements})"


def _axis(name: str) -> str:
    return f"xs:QName('{names.PREFIX}:{names.axis(name)}')"


def _scope(fact: str) -> str:
    """The name of the member that says a fact's scope, the default one where it has none."""
    return f"local-name-from-QName(xfi:fact-explicit-dimension-value({fact}, {_axis('Scope')}))"


_STEPS: Final = {
    "scope": _scope("$total[1]"),
    "lowest": _of_total("max", "-"),
    "highest": _of_total("min", "+"),
    "least": _over_parts("max", f"$parts[$i] - {_half('$parts[$i]')}"),
    "most": _over_parts("min", f"$parts[$i] + {_half('$parts[$i]')}"),
    "sum": _over_parts("max", "$parts[$i] + 0"),
}
"""The steps of the reckoning that are the same in every assertion: the total stands for what is from `lowest` to
`highest`, the parts together for what is from `least` to `most`; `sum` is for people."""


def _concepts(one: Assertion) -> tuple[str, ...]:
    """The concepts of what may be a part, each once, and of what is not listed."""
    return tuple(dict.fromkeys((*one.parts, *(concept for concept, _ in one.scoped), one.rest)))


def _names(one: Assertion) -> str:
    """A line for each of the parts in turn: what it is counted as, nothing where it is not.

    Statements of the same have the same name. What is not listed is that of the total, so of its own scope only.
    """
    scoped = _strings(map(_scoped, one.scoped))
    of_scope = f"if (concat($c, ' ', $s) = {scoped}) then concat($c, ' ', $s) else ''" if one.scoped else "''"
    rest = f"if ($c eq '{one.rest}') then (if ($s eq $scope) then $k else '') else ({of_scope})"
    of_total = f"if ($s eq $scope{_or_unsaid(one)}) then $k else ''"
    name = f"if ($c = {_strings(one.parts)}) then ({of_total}) else ({rest})" if one.parts else rest
    facts = f"$p in $parts, $c in {_concept(one, '$p')}, $s in {_scope('$p')}, $k in {_key(one, '$p')}"
    of_each = f"for {facts} return {name}"
    return f"string-join({of_each}, codepoints-to-string(10))"


def _or_unsaid(one: Assertion) -> str:
    """Or a part is stated of all funds, and not of the total's scope as well."""
    default = definitions().axes["Scope"].members[0].name
    if one.scopes == (default,):
        return ""
    return f" or ($s eq '{names.member(default)}' and not($k = tokenize($own, '\\n')))"


def _own(one: Assertion) -> str:
    """A line for each of the parts in turn: what it is, nothing where it is not of the total's scope."""
    of_each = f"for $p in $parts return if ({_scope('$p')} eq $scope) then {_key(one, '$p')} else ''"
    return f"string-join({of_each}, codepoints-to-string(10))"


def _key(one: Assertion, fact: str) -> str:
    """What tells a part from the others, its scope aside."""
    return f"concat({_concept(one, fact)}, '|', {_item(fact)})" if one.has_items else _concept(one, fact)


def _concept(one: Assertion, fact: str) -> str:
    """The name of a fact's concept. Of an Inline document, processors take the name of the element for that."""
    *first, last = _concepts(one)
    tests = (f"if ({fact} instance of element({names.PREFIX}:{name})) then '{name}' else " for name in first)
    return f"({''.join(tests)}'{last}')"


def _item(fact: str) -> str:
    """What tells the items of one concept apart."""
    item, code = (f"string(xfi:fact-typed-dimension-value({fact}, {_axis(axis)}))" for axis in ("Item", "Code"))
    return f"concat({item}, '|', {code})"


def _scoped(part: tuple[str, str]) -> str:
    concept, member = part
    return f"{concept} {names.member(member)}"


def _precondition(one: Assertion) -> str:
    """There is a part; and one that no calculation has, where the total is that of a calculation in its context."""
    if one.telling:
        return f"tokenize($names, '\\n') = {_strings(map(_scoped, one.telling))}"
    return "normalize-space($names) ne ''"


def _strings(values: Iterable[str]) -> str:
    return "({})".format(", ".join(f"'{value}'" for value in values))


# --- the linkbase -----------------------------------------------------------------------------------------------------


def linkbase() -> str:
    """The linkbase."""
    schemas = {names.LINK: "2003/xbrl-linkbase-2003-12-31.xsd", **dict(_NAMESPACES.values())}
    head = {
        "xmlns:link": names.LINK,
        "xmlns:xlink": names.XLINK,
        "xmlns:xsi": names.XSI,
        **{f"xmlns:{prefix}": namespace for prefix, (namespace, _) in _NAMESPACES.items()},
        **{f"xmlns:{prefix}": namespace for prefix, namespace in _FUNCTIONS.items()},
        "xsi:schemaLocation": " ".join(f"{name} {_SPECIFICATIONS}/{path}" for name, path in schemas.items()),
    }
    content = [*_shared(), *(part for assertion in assertions() for part in _assertion(assertion))]
    link = {"xlink:type": "extended", "xlink:role": _LINK_ROLE}
    references = [*_references(), element("gen:link", link, lines(content))]
    return DECLARATION + element("link:linkbase", head, lines(references)) + "\n"


def _references() -> Iterator[str]:
    simple = {"xlink:type": "simple"}
    for role, path in _ROLES.items():
        yield element("link:roleRef", {"roleURI": role, **simple, "xlink:href": f"{_SPECIFICATIONS}/{path}"})
    for arcrole, path in _ARCROLES.items():
        yield element("link:arcroleRef", {"arcroleURI": arcrole, **simple, "xlink:href": f"{_SPECIFICATIONS}/{path}"})


def _shared() -> Iterator[str]:
    """What the assertions have in common: their severity, that of the checks, and the steps of their reckoning."""
    severity = f"{_SPECIFICATIONS}/2016/severities.xml#WARNING"
    yield element("link:loc", {"xlink:type": "locator", "xlink:href": severity, "xlink:label": _SEVERITY})
    for name, select in _STEPS.items():
        yield _variable(name, select)


def _assertion(one: Assertion) -> Iterator[str]:
    """The assertion of a sum, what it binds, when it is made, what it says."""
    test = "$lowest le $most and $least le $highest"
    settings = {"aspectModel": "dimensional", "implicitFiltering": "true", "test": test}
    yield _resource("va:valueAssertion", one.name, {"id": one.name, **settings})
    yield from _facts(one, "total", [one.total], _total_filters(one))
    yield from _facts(one, "parts", _concepts(one), _part_filters(one))
    yield from (_variable_arc(one, name, name) for name in _STEPS)
    for name, select in {"own": _own(one), "names": _names(one)}.items():
        yield _variable(f"{one.name}.{name}", select)
        yield _variable_arc(one, name, f"{one.name}.{name}")
    label = f"{one.name}.precondition"
    yield _resource("variable:precondition", label, {"test": _precondition(one)})
    yield _arc("gen:arc", _HAS_PRECONDITION, one.name, label)
    yield from _messages(one)
    yield _arc("gen:arc", _IS_GRAVE, one.name, _SEVERITY)


# --- what it binds ----------------------------------------------------------------------------------------------------


def _facts(
    one: Assertion, name: str, concepts: Iterable[str], filters: Iterable[tuple[str, str, bool]]
) -> Iterator[str]:
    """A variable of all statements of some concepts: filters are given as element, content, and whether it covers."""
    label = f"{one.name}.{name}"
    yield _resource("variable:factVariable", label, {"bindAsSequence": "true", "matches": "true"})
    yield _variable_arc(one, name, label)
    wanted = "".join(element("cf:concept", {}, _qname("cf", concept)) for concept in concepts)
    for number, (kind, content, covers) in enumerate([("cf:conceptName", wanted, True), *filters], start=1):
        target = f"{label}.filter-{number}"
        yield _resource(kind, target, {}, content)
        flags = {"complement": "false", "cover": "true" if covers else "false"}
        yield _arc("variable:variableFilterArc", _HAS_FILTER, label, target, {**flags, "order": str(number)})


def _total_filters(one: Assertion) -> Iterator[tuple[str, str, bool]]:
    # Not covered: statements of two scopes are two totals.
    yield "df:explicitDimension", _of_members("Scope", one.scopes), False
    if one.has_items:
        yield "df:explicitDimension", _of_members("Measure", [definitions().axes["Measure"].members[0].name]), False


def _part_filters(one: Assertion) -> Iterator[tuple[str, str, bool]]:
    axes = ("Scope", "Item", "Code") if one.has_items else ("Scope",)
    covered = "".join(element("acf:dimension", {}, _qname("acf", names.axis(axis))) for axis in axes)
    yield "acf:aspectCover", covered, True


def _of_members(axis: str, members: Iterable[str]) -> str:
    content = element("df:dimension", {}, _qname("df", names.axis(axis)))
    return content + "".join(element("df:member", {}, _qname("df", names.member(name))) for name in members)


def _qname(prefix: str, name: str) -> str:
    return element(f"{prefix}:qname", {}, f"{names.PREFIX}:{name}")


# --- what it says -----------------------------------------------------------------------------------------------------


def _messages(one: Assertion) -> Iterator[str]:
    # An expression in braces is put in by the processor.
    figure, total = "{string($total[1])}", "{string($sum)}"
    said = definitions().sums.unsatisfied.filled(
        total=one.label, figure=Phrase(figure, figure), sum=Phrase(total, total)
    )
    for language, sentence in said.items():
        label = f"{one.name}.message-{language}"
        yield _resource("msg:message", label, {"xlink:role": _MESSAGE_ROLE, "xml:lang": language}, text(sentence))
        yield _arc("gen:arc", _SAYS, one.name, label)


# --- links ------------------------------------------------------------------------------------------------------------


def _resource(name: str, label: str, values: Mapping[str, str] | None = None, content: str = "") -> str:
    return element(name, {"xlink:type": "resource", "xlink:label": label, **(values or {})}, content)


def _arc(name: str, arcrole: str, source: str, target: str, values: Mapping[str, str] | None = None) -> str:
    ends = {"xlink:type": "arc", "xlink:arcrole": arcrole, "xlink:from": source, "xlink:to": target}
    return element(name, {**ends, **(values or {})})


def _variable(label: str, select: str) -> str:
    return _resource("variable:generalVariable", label, {"select": select, "bindAsSequence": "false"})


def _variable_arc(one: Assertion, name: str, target: str) -> str:
    return _arc("variable:variableArc", _HAS_VARIABLE, one.name, target, {"name": name})
