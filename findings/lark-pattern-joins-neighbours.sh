#!/usr/bin/env bash
# lark 1.3.1: a terminal that joins a pattern of alternatives to something else loses the brackets around it.
#
# A: /a|b/ "c" becomes a|bc, which takes a and bc. Brackets in the grammar do not help, nor does giving the pattern a name:
# (/a|b/) "c" and _X "c" with _X: /a|b/ come to the same. Words as words are put in brackets: ("a" | "b") "c" takes ac and bc.
# Nothing is told. Who builds long terminals of shorter ones has to put (?:…) into every pattern with a bar.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'lark==1.3.1'
cat >"$scratch/try.py" <<'PY'
from lark import Lark
from lark.exceptions import LarkError


def takes(parser, text):
    try:
        parser.parse(text)
    except LarkError:
        return False
    return True


for body, more in (('/a|b/ "c"', ""), ('(/a|b/) "c"', ""), ('_X "c"', "_X: /a|b/"), ('("a" | "b") "c"', ""), ('/(?:a|b)/ "c"', "")):
    parser = Lark(f"start: A\nA: {body}\n{more}\n", parser="lalr", lexer="basic")
    print(f"{body} takes {' '.join(text for text in ('a', 'ac', 'bc') if takes(parser, text))}")
PY
seen=$("$scratch/venv/bin/python" "$scratch/try.py")
expected='/a|b/ "c" takes a bc
(/a|b/) "c" takes a bc
_X "c" takes a bc
("a" | "b") "c" takes ac bc
/(?:a|b)/ "c" takes ac bc'
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
