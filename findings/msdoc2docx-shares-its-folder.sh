#!/usr/bin/env bash
# msdoc2docx 0.36.6 and doc2docx 0.2.4: two packages of PyPI, one import package.
#
# Both convert Word files of 1997 to 2003 and both install a package called doc2docx. pip installs them side by side without a
# word; the one that comes last overwrites the other's `__init__.py`, so that `convert` is another function (doc2docx drives
# Microsoft Word and has no form for Linux). Removing either takes the file from both. The versions that pip lists say nothing
# of this: who asks for the distribution finds it, and imports the other.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
pip() { "$scratch/venv/bin/pip" -q --disable-pip-version-check "$@" 2>/dev/null; }
cat >"$scratch/try.py" <<'PY'
import importlib.metadata as metadata

installed = [name for name in ("doc2docx", "msdoc2docx") if any(metadata.distributions(name=name))]
try:
    import doc2docx

    has = "has convert" if hasattr(doc2docx, "convert") else "has no convert"
    whose = "drives Word" if hasattr(doc2docx, "windows") else "reads the file"
except ImportError:
    has, whose = "is gone", "-"
print(f"installed: {', '.join(installed)}; doc2docx {has}; {whose}")
PY
look() { "$scratch/venv/bin/python" "$scratch/try.py"; }
pip install 'msdoc2docx==0.36.6'
seen=$(look)
pip install 'doc2docx==0.2.4'
seen+=$'\n'$(look)
pip uninstall -y doc2docx
seen+=$'\n'$(look)
expected='installed: msdoc2docx; doc2docx has convert; reads the file
installed: doc2docx, msdoc2docx; doc2docx has convert; drives Word
installed: msdoc2docx; doc2docx has no convert; reads the file'
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
