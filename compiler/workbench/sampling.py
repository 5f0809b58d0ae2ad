"""Strings for a pattern, made from the tree that Python's engine reads it into: some that match, some that nearly do.

Lookarounds are read as if what they look for stood there, or not at all, so a string need not match; who needs one that
does tries it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from re import _constants as code
from re import _parser
from typing import Any, Final

from attrs import field, frozen

from yusuan.compiler.language.expressions import operators, parts

LONGEST: Final = 1024
"""How many characters a string of `pumped` has at most."""

# What no pattern names: it ends whatever is repeated in front of it.
_STRANGE: Final = "\ue000"
_BEGIN, _END = "\uf8fe", "\uf8ff"
# What is looked back for; it counts in front of a string only.
_BEHIND: Final = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")
_REPEATS: Final = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_CATEGORIES: Final[dict[Any, Callable[[str], bool]]] = {
    code.CATEGORY_DIGIT: str.isdecimal,
    code.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    code.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    code.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}
# Some of each category, for patterns that name no character.
_COMMON: Final = "0a ,\n\u3000"
_FIRST_LENGTH: Final = 16
_MOST_REPEATS: Final = 60
_MOST_INNER: Final = 4


def _takes(operator: Any, argument: Any, char: str) -> bool:
    """Whether an element of one character takes it."""
    if operator is code.ANY:
        return char != "\n"
    if operator is code.LITERAL:
        return ord(char) == int(argument)
    if operator is code.NOT_LITERAL:
        return ord(char) != int(argument)
    if operator is code.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    if operator is code.CATEGORY:
        return _CATEGORIES[argument](char)
    is_negated = argument[0][0] is code.NEGATE
    return is_negated != any(_takes(kind, value, char) for kind, value in argument[is_negated:])


def _named(operator: Any, argument: Any) -> Iterator[str]:
    """The characters that an element names."""
    if operator in (code.LITERAL, code.NOT_LITERAL):
        yield chr(argument)
    elif operator is code.RANGE:
        yield chr(argument[0])
    elif operator is code.IN:
        for one in argument:
            yield from _named(*one)


_ONE: Final = (code.ANY, code.LITERAL, code.NOT_LITERAL, code.IN)


@frozen(slots=True)
class Sampler:
    """Makes strings for a pattern.

    Attributes:
        pattern: the pattern; it is sound.
    """

    pattern: str
    _tree: Any = field(init=False)
    _liked: tuple[str, ...] = field(init=False)
    _taken: dict[Any, list[str]] = field(init=False, factory=dict)
    # The tree that each stands in, and those that a repeated body stands in with itself. The tree stays, so its parts
    # keep their identity.
    _holders: dict[int, int] = field(init=False)
    _leading: dict[int, set[int]] = field(init=False, factory=dict)

    @_tree.default
    def _read(self) -> Any:
        return _parser.parse(self.pattern)

    @_holders.default
    def _hold(self) -> dict[int, int]:
        holders = dict[int, int]()
        trees = [self._tree]
        for tree in trees:
            inner = [part for operator, argument in tree for part in parts(operator, argument)]
            holders |= {id(part): id(tree) for part in inner}
            trees += inner
        return holders

    @_liked.default
    def _rank(self) -> tuple[str, ...]:
        """The characters that strings are made of, those first that the most elements take: what two parts of a pattern
        both take is what the engine can be busy with."""
        elements = [one for one in operators(self._tree) if one[0] in _ONE]
        chars = dict.fromkeys(char for one in elements for char in _named(*one)) | dict.fromkeys(_COMMON)
        sets = [one for one in elements if one[0] is not code.LITERAL][:_MOST_REPEATS]
        return tuple(sorted(chars, key=lambda char: -sum(_takes(*one, char) for one in sets)))

    # --- strings that match -------------------------------------------------------------------------------------------

    def matching(self, number: int) -> list[tuple[str, int]]:
        """Strings made to match from a place on, each with that place; in front of it stands what is looked back for,
        behind the match what is looked ahead for. Each once, the same in every run.

        Args:
            number: how many are made, such as are alike included.
        """
        chance = random.Random(0)
        found = {}
        for _ in range(number):
            written = self._random(self._tree, chance)
            front = _BEHIND.match(written)
            start = front.end() - 2 if front else 0
            found[_BEHIND.sub("", written[front.end() :] if front else written), start] = front[1] if front else ""
        return [(front + text, start) for (text, start), front in found.items()]

    def _random(self, tree: Any, chance: random.Random) -> str:
        return "".join(self._random_one(operator, argument, chance) for operator, argument in tree)

    def _random_one(self, operator: Any, argument: Any, chance: random.Random) -> str:
        if operator in _ONE:
            return self._char(operator, argument, chance)
        if operator is code.BRANCH:
            return self._random(chance.choice(argument[1]), chance)
        if operator in _REPEATS:
            least, most = int(argument[0]), int(argument[1])
            times = chance.randint(least, max(least, min(most, least + 2)))
            return "".join(self._random(argument[2], chance) for _ in range(min(times, 40)))
        if operator is code.ASSERT_NOT:
            return ""
        written = "".join(self._random(part, chance) for part in parts(operator, argument))
        return f"{_BEGIN}{written}{_END}" if operator is code.ASSERT and argument[0] < 0 else written

    def _char(self, operator: Any, argument: Any, chance: random.Random | None = None) -> str:
        """A character that an element takes: the one that is liked best, or any."""
        if operator is code.LITERAL:
            return chr(argument)
        key = (operator, argument if isinstance(argument, int) else id(argument))
        if key not in self._taken:
            taken = [char for char in self._liked if _takes(operator, argument, char)]
            others = (char for char in map(chr, range(0x21, 0x2FFF)) if _takes(operator, argument, char))
            self._taken[key] = taken or [next(others, _STRANGE)]
        return chance.choice(self._taken[key]) if chance else self._taken[key][0]

    # --- strings that are pumped --------------------------------------------------------------------------------------

    def pumped(self, longest: int = LONGEST) -> Iterator[str]:
        """Strings in which a part that repeats is repeated, twice as often each time: whole, cut off behind it, and
        with another character there, or at the end.

        Args:
            longest: how many characters they may have.
        """
        repeats = [one for one in operators(self._tree) if one[0] in _REPEATS and one[1][1] > 1]
        made = [
            (before, inner, behind, int(most))
            for operator, (least, most, body) in repeats[:: max(1, len(repeats) // _MOST_REPEATS)]
            for before, inner, behind in self._around(body)
        ]
        length = _FIRST_LENGTH
        while made and length <= longest:
            # What cannot grow any more has been tried.
            made = [one for one in made if length == _FIRST_LENGTH or len(one[1]) * one[3] > length // 2]
            for before, inner, behind, most in made:
                whole = before + inner * min(most, max(1, length // len(inner)))
                for tail in dict.fromkeys((behind, "", _STRANGE, behind[:-1] + _STRANGE)):
                    yield (whole + tail)[:longest]
            length *= 2

    def _around(self, body: Any) -> Iterator[tuple[str, str, str]]:
        """What stands before a repeated body, what it may be, and what stands behind."""
        found: dict[str, tuple[str, str]] = {}
        for choice in range(_MOST_INNER):
            for least in (0, 1, 3):
                written = self._shortest(self._tree, body, choice, least)
                before, _, rest = written.partition(_BEGIN)
                inner, _, behind = rest.partition(_END)
                if inner and len(found) < _MOST_INNER:
                    found.setdefault(inner, (before, behind))
        return ((before, inner, behind) for inner, (before, behind) in found.items())

    def _shortest(self, tree: Any, body: Any, choice: int, least: int) -> str:
        """The shortest string, but with the body that is looked for in it, between marks."""
        return "".join(self._shortest_one(one, body, choice, least) for one in tree)

    def _shortest_one(self, one: tuple[Any, Any], body: Any, choice: int, least: int) -> str:
        operator, argument = one
        if operator in _ONE:
            return self._char(operator, argument)
        inner = parts(operator, argument)
        leading = [part for part in inner if self._leads(part, body)]
        if operator in _REPEATS:
            if argument[2] is body:
                return _BEGIN + self._inside(body, choice, least) + _END
            rest = self._shortest(argument[2], None, 0, 0) * min(int(argument[0]) - bool(leading), LONGEST)
            return self._shortest(argument[2], body, choice, least) + rest if leading else rest
        if leading:
            return self._shortest(leading[0], body, choice, least)
        if operator is code.BRANCH:
            return min((self._shortest(part, None, 0, 0) for part in inner), key=len)
        if operator is code.ASSERT_NOT or (operator is code.ASSERT and argument[0] > 0):
            return ""
        return "".join(self._shortest(part, None, 0, 0) for part in inner)

    def _leads(self, tree: Any, body: Any) -> bool:
        """Whether a tree is the body that is looked for, or has it in it."""
        if body is None:
            return False
        if id(body) not in self._leading:
            at: int | None = id(body)
            self._leading[id(body)] = leading = set[int]()
            while at is not None:
                leading.add(at)
                at = self._holders.get(at)
        return id(tree) in self._leading[id(body)]

    def _inside(self, tree: Any, choice: int, least: int) -> str:
        """A string of the repeated body: of its alternatives one, of its own repetitions some."""
        written = []
        for operator, argument in tree:
            if operator in _ONE:
                written.append(self._char(operator, argument))
            elif operator is code.BRANCH:
                written.append(self._inside(argument[1][choice % len(argument[1])], choice, least))
            elif operator in _REPEATS:
                times = max(int(argument[0]), min(least, int(argument[1])))
                written.append(self._inside(argument[2], choice, least) * min(times, LONGEST))
            elif operator not in (code.ASSERT, code.ASSERT_NOT):
                written += [self._inside(part, choice, least) for part in parts(operator, argument)]
        return "".join(written)
