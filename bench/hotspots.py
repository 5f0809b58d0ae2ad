"""Where compiling a file spends its time: `python bench/hotspots.py FILE` prints the thirty costliest calls.

Not called `profile.py`, which would hide the module of that name from the profiler.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from pathlib import Path

from measure import WARM_UP, read

from yusuan import compile_text


def main() -> None:
    parser = argparse.ArgumentParser(description="Show where compiling a file spends its time.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--sort", default="tottime", help="a sort key of pstats (default: tottime)")
    arguments = parser.parse_args()

    text = read(arguments.file)
    compile_text(text[:WARM_UP])
    with cProfile.Profile() as profile:
        compile_text(text, arguments.file.stem)
    pstats.Stats(profile).strip_dirs().sort_stats(arguments.sort).print_stats(30)


if __name__ == "__main__":
    main()
