#!/usr/bin/env bash
# pypdfium2 5.15.2 (PDFium): where the letters of a PDF stand hangs on the fonts of the machine that reads it.
#
# For a font that a file does not embed PDFium takes one of the system's by its name, else one of its own. Not only pictures are
# drawn by it: the boxes of letters that FPDFText_* tell are too, so that lines, gaps and columns made of them differ from machine
# to machine for the same bytes. An empty list of font paths (`m_pUserFontPaths`) keeps the system's fonts out. Here a font of PyPI
# stands for what a machine may have.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'pypdfium2==5.15.2' 'font-roboto==0.0.1' 2>/dev/null
cat >"$scratch/try.py" <<'PY'
import ctypes
import sys

import pypdfium2_raw as raw  # without the package above it, which starts the library at once

CONTENT = b"BT /F 20 Tf 50 100 Td (Budget) Tj ET"
OBJECTS = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(CONTENT), CONTENT),
    b"<</Type/Font/Subtype/TrueType/BaseFont/Roboto-Regular/Encoding/WinAnsiEncoding>>",
]
data, offsets = b"%PDF-1.4\n", []
for number, body in enumerate(OBJECTS, start=1):
    offsets.append(len(data))
    data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
data += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(data))

paths = (ctypes.POINTER(ctypes.c_char) * 2)()
if sys.argv[1:]:
    folder = ctypes.create_string_buffer(sys.argv[1].encode())
    paths[0] = ctypes.cast(folder, ctypes.POINTER(ctypes.c_char))
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
document = raw.FPDF_LoadMemDocument(data, len(data), None)
text = raw.FPDFText_LoadPage(raw.FPDF_LoadPage(document, 0))
box = raw.FS_RECTF()
raw.FPDFText_GetLooseCharBox(text, 5, box)
print(f"{'with' if sys.argv[1:] else 'without'} the font: t from {box.left:.1f} to {box.right:.1f}")
PY
fonts=$(dirname "$(find "$scratch/venv" -name Roboto-Regular.ttf)")
seen=$("$scratch/venv/bin/python" "$scratch/try.py"; "$scratch/venv/bin/python" "$scratch/try.py" "$fonts")
expected='without the font: t from 109.4 to 118.6
with the font: t from 106.6 to 113.1'
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
