"""What a run over inputs came to, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from yusuan.compiler.cli.progress import duration

if TYPE_CHECKING:
    from yusuan.compiler.rendering.words import Words
    from yusuan.compiler.workspace.inputs import Inputs, PassedOver

# How many kinds of files that were passed over are told one by one.
_KINDS: Final = 8
_CUT: Final = "..."


@frozen(slots=True)
class RunTotals:
    """What a run came to.

    Attributes:
        inputs: what was compiled, and what was passed over.
        compiled: how many inputs gave a document with content.
        failed: how many failed, by diagnostics of the severity `fail_on` or graver.
        fail_on: `error` or `warning`.
        counts: how many diagnostics of each severity there are, shown or not.
        seconds: how long it took; absent where that is not to be told.
        infos_hidden: whether infos are counted only.
    """

    inputs: Inputs
    compiled: int
    failed: int
    fail_on: str
    counts: Mapping[str, int]
    seconds: float | None
    infos_hidden: bool = field(kw_only=True)


def summary(totals: RunTotals, said: Words, *, always: bool) -> Iterator[str]:
    """What was passed over, kind by kind, and a line with all numbers.

    Args:
        totals: what is told.
        said: the words.
        always: whether that line is written for a single input too.
    """
    inputs = totals.inputs
    for path, passed in (("passed_over.files", inputs.passed_over), ("passed_over.forms", inputs.set_aside)):
        if passed:
            yield said.say(path, kinds=_kinds(passed, said))
    if always or len(inputs.taken) > 1:
        yield said.say("separator").join(_numbers(totals, said)) + _remark(totals, said)


def _numbers(totals: RunTotals, said: Words) -> Iterator[str]:
    inputs = totals.inputs
    yield said.say("compiled", number=totals.compiled, inputs=said.count("inputs", len(inputs.taken)))
    if totals.failed and len(inputs.taken) > 1:
        yield said.say(f"counted.failed.{totals.fail_on}", number=totals.failed)
    passed = sum(kind.number for passed in (inputs.passed_over, inputs.set_aside) for kind in passed.values())
    if passed:
        yield said.say("counted.passed_over", number=passed)
    for severity, number in totals.counts.items():
        yield said.count(f"counted.{severity}", number)
    if totals.seconds is not None:
        yield said.say("counted.time", time=duration(totals.seconds, said))


def _remark(totals: RunTotals, said: Words) -> str:
    return said.say("infos_hidden") if totals.counts["info"] and totals.infos_hidden else ""


def _kinds(passed: Mapping[str, PassedOver], said: Words) -> str:
    """The kinds, the most frequent first, with the first files of each."""
    ordered = sorted(passed.items(), key=lambda one: (-one[1].number, one[0]))
    parts = [
        said.say("passed_over.kind", number=one.number, kind=_kind(kind, said), examples=_examples(one))
        for kind, one in ordered[:_KINDS]
    ]
    rest = sum(one.number for _, one in ordered[_KINDS:])
    if rest:
        parts.append(said.say("passed_over.others", number=rest))
    return said.say("separator").join(parts)


def _kind(kind: str, said: Words) -> str:
    from yusuan.compiler.workspace.inputs import LINK

    words = {"": "passed_over.without_suffix", LINK: "passed_over.link"}
    return said.say(words[kind]) if kind in words else kind


def _examples(passed: PassedOver) -> str:
    return ", ".join([*passed.examples, *([_CUT] if passed.number > len(passed.examples) else [])])
