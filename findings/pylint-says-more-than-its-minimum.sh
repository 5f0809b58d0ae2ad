#!/usr/bin/env bash
# pylint 4.1.4: `min-similarity-lines = N` tells of N + 1 lines that stand twice and more, and passes over N.
#
# The option is documented as "Minimum lines number of a similarity"; the checker asks for more lines than that (symilar.py:
# `eff_cmn_nb > min_similarity_lines`). A project that allows at most five equal lines has to say 5, not 6.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'pylint==4.1.4' 2>/dev/null
for name in a b; do
  {
    echo "def of_$name():"
    for number in 1 2 3 4 5 6; do echo "    value_$number = compute($number)"; done
    echo "    return value_$name"
  } >"$scratch/$name.py"
done
told() {
  cd "$scratch" && { "$scratch/venv/bin/pylint" --disable=all --enable=similarities --min-similarity-lines="$1" a.py b.py || true; } |
    grep -c R0801 || true
}
seen="six equal lines, minimum 6: $(told 6) told; minimum 5: $(told 5) told"
printf '%s\n' "$seen"
[[ $seen == "six equal lines, minimum 6: 0 told; minimum 5: 1 told" ]] || { echo "this is no longer so" >&2; exit 1; }
