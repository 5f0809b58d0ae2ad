#!/usr/bin/env bash
# cattrs 26.2.1 with attrs 26.1.0: writing one object changes what its class says of itself, for the whole process.
#
# Under `from __future__ import annotations` attrs.fields(C).x.type is a text. The first time that a converter unstructures an
# instance, cattrs resolves the types of the class in place, and from then on the attribute is the type. Code that tells attributes
# by `.type` so behaves by what ran before it. typing.get_type_hints(C) says the same at any time.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'attrs==26.1.0' 'cattrs==26.2.1' 2>/dev/null
cat >"$scratch/try.py" <<'PY'
from __future__ import annotations

import typing

import attrs
import cattrs


@attrs.frozen
class Figure:
    value: int


def said() -> str:
    return f"fields: {attrs.fields(Figure).value.type!r}, hints: {typing.get_type_hints(Figure)['value']!r}"


print(said())
cattrs.Converter().unstructure(Figure(1))
print(said())
PY
seen=$("$scratch/venv/bin/python" "$scratch/try.py")
expected="fields: 'int', hints: <class 'int'>
fields: <class 'int'>, hints: <class 'int'>"
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
