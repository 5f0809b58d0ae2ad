"""ZIP files that are the same bytes for the same content, whenever they are written."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def archive(files: Iterable[tuple[str, str]]) -> bytes:
    """A ZIP file of texts, by their paths in it; they are written as UTF-8, line ends as they are."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    buffer = BytesIO()
    with ZipFile(buffer, "w") as packed:
        for name, content in files:
            # The time of a file is the first that a ZIP file can state.
            packed.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return buffer.getvalue()
