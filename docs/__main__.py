"""Writes the reference into a folder: `python -m docs build/docs`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from docs.site import build
from docs.speech import LANGUAGES


def main() -> None:
    """Replace the folder by the pages of the grammar as it is now."""
    parser = argparse.ArgumentParser(prog="python -m docs", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages are written; what an earlier run wrote is removed")
    folder: Path = parser.parse_args().folder
    for language in LANGUAGES:
        shutil.rmtree(folder / language, ignore_errors=True)
    build(folder)
    print(f"open {folder / 'index.html'}")


if __name__ == "__main__":
    main()
