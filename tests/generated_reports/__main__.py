"""`python -m tests.generated_reports`: print a report."""

from __future__ import annotations

import argparse
import sys

from tests.generated_reports import FAULTS, clean, faulty


def main() -> None:
    parser = argparse.ArgumentParser(description="Print an invented report, or one with a planted fault.")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another report")
    parser.add_argument("--fault", choices=FAULTS, help="plant a fault of this kind; where is told on stderr")
    arguments = parser.parse_args()
    report = faulty(arguments.seed, arguments.fault) if arguments.fault else clean(arguments.seed)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text file at run time
    sys.stdout.write(report.text)
    if report.planted:
        print(f"planted {report.planted.kind} at lines {sorted(report.planted.lines)}", file=sys.stderr)


if __name__ == "__main__":
    main()
