"""Every benchmark in small, and one table of what they found: ``python -m benchmarks [NAME ...]``.

Each has a process of its own. Ends with 0 when all of them ran; a target that was missed is said
in the table, for on a busy computer it may say more of the computer.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import KEPT_IN, Figure, kept, table

ROOT = Path(__file__).resolve().parents[1]

SMALL: Mapping[str, Sequence[str]] = {
    "table": ("--repeats", "3"),
    "growth": (),
    "imports": ("--rounds", "1"),
    "refresh": (),
    "intake": ("100000",),
    "first_day": ("--repeats", "1"),
    "honesty": ("--runs", "100"),
    "pages": ("--rounds", "3"),
    "memory": (),
    "crowd": ("--short",),
    "large_sheet": ("20000",),
    "soak": ("--minutes", "1"),
}
"""The benchmarks, with what makes them short enough to be run together."""

LEFT_OUT: Mapping[str, str] = {"voices": "it needs texts that are no part of the repository"}


def run(name: str, found: Path) -> tuple[list[Figure], bool]:
    """Run one benchmark; returns its figures, and whether it ended well."""
    began = time.monotonic()
    print(f"\n== {name}", flush=True)
    ended = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *SMALL[name]],
        cwd=ROOT,
        env={**os.environ, KEPT_IN: str(found)},
        check=False,
    )
    print(f"({time.monotonic() - began:.0f} s)", flush=True)
    return kept(found), ended.returncode == 0


def main() -> int:
    """Print what each says, and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*SMALL, []], metavar="NAME", help="only these")
    chosen = parser.parse_args().names
    names = chosen or list(SMALL)
    day, before = f"{datetime.now(UTC):%Y-%m-%d}", os.getloadavg()[0]
    figures: list[Figure] = []
    badly: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name in names:
            found, well = run(name, Path(folder) / name)
            figures += found
            badly += [] if well else [name]
    # What else the computer does is half of every figure that is not a ratio.
    print(f"\n{day}, {os.cpu_count()} cores; load {before:.1f} before the first one\n")
    print(table(figures))
    for name, why in () if chosen else LEFT_OUT.items():
        print(f"\nLeft out: {name}, for {why}.")
    if badly:
        print(f"\nDid not end well: {', '.join(badly)}. What it said stands above.")
    return 1 if badly else 0


if __name__ == "__main__":
    sys.exit(main())
