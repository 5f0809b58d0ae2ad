#!/usr/bin/env bash
# lark 1.3.1: what an overlay says of a terminal's priority is lost without a word.
#
# %extend NAME.30 takes the number and drops it: the terminal keeps the priority of its first definition.
# %override NAME without a number gives the terminal priority 0, whatever it had. Neither is an error or a warning, nor does
# the documentation of grammars say it. Who lays grammars over one another has to carry the priorities himself.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'lark==1.3.1'
cat >"$scratch/try.py" <<'PY'
from lark import Lark

BASE = """
start: (RISES | WORD)+
RISES.5: "rises"
WORD: /[a-z]+/
"""
for overlay in ("", '%extend RISES.30: "soars"', '%override RISES: "soars"', '%override RISES.30: "soars"'):
    built = Lark(f"{BASE}\n{overlay}\n", parser="lalr", lexer="basic")
    print(f"{overlay or 'as it is'} -> {next(one.priority for one in built.terminals if one.name == 'RISES')}")
PY
seen=$("$scratch/venv/bin/python" "$scratch/try.py")
expected='as it is -> 5
%extend RISES.30: "soars" -> 5
%override RISES: "soars" -> 0
%override RISES.30: "soars" -> 30'
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
