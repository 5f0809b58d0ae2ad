"""Writes the reference into a folder: `python -m docs build/docs`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from docs.site import files


def main() -> None:
    """Replace the folder by the pages of the grammar as it is now."""
    parser = argparse.ArgumentParser(prog="python -m docs", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages are written; what an earlier run wrote is removed")
    folder: Path = parser.parse_args().folder
    written = dict(files())
    for name in {path.partition("/")[0] for path in written}:
        old = folder / name
        if old.is_dir():
            shutil.rmtree(old)
    for name, content in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    print(f"{len(written)} files; open {folder / 'index.html'}")


if __name__ == "__main__":
    main()
