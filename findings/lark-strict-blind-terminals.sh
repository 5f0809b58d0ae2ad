#!/usr/bin/env bash
# lark 1.3.1 with interegular 0.3.3: strict=True, which promises to find colliding terminals, passes over every terminal that
# interegular cannot turn into an automaton, and says so only at the level DEBUG of its logger.
#
# A pattern with a lookbehind, an atomic group or a possessive quantifier is such a one. Two terminals that take the very same
# word are "without collisions" then. A grammar that mostly has such patterns is not checked at all by being strict.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 has possessive quantifiers"'
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'lark==1.3.1' 'interegular==0.3.3'
cat >"$scratch/try.py" <<'PY'
from lark import Lark
from lark.exceptions import LexError

for first in ("/abc/", "/ab(?=c)c/", "/(?<!x)abc/", "/(?:abc)++/", "/a(?>bc)/"):
    try:
        Lark(f"start: A | B\nA: {first}\nB: /ab[c]/\n", parser="lalr", lexer="basic", strict=True)
        print(f"{first} beside /ab[c]/: no collision")
    except LexError:
        print(f"{first} beside /ab[c]/: collision")
PY
seen=$("$scratch/venv/bin/python" "$scratch/try.py")
expected='/abc/ beside /ab[c]/: collision
/ab(?=c)c/ beside /ab[c]/: collision
/(?<!x)abc/ beside /ab[c]/: no collision
/(?:abc)++/ beside /ab[c]/: no collision
/a(?>bc)/ beside /ab[c]/: no collision'
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
