"""What each page imports, against a bare page: ``python -m benchmarks.imports``.

In processor seconds, each in a fresh Python, the median of the rounds. A bare page imports what it
takes to draw a chart. The server pays once for each module, before the first visitor comes.
"""

import argparse
import ast
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure, keep

ROOT = Path(__file__).resolve().parents[1]
BARE = "import altair, pandas, streamlit"
TIMED = """
import sys, time
sys.path.insert(0, ".")
began = time.process_time()
{imports}
print(time.process_time() - began)
"""


def imports(page: Path) -> str:
    """The lines by which a page imports what it needs."""
    body = ast.parse(page.read_text(encoding="utf-8")).body
    return "\n".join(ast.unparse(x) for x in body if isinstance(x, ast.Import | ast.ImportFrom))


def seconds(lines: str) -> float:
    """Processor seconds that these imports take in a fresh Python."""
    command = [sys.executable, "-c", TIMED.format(imports=lines)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(said.stdout)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    pages = {page.stem: imports(page) for page in sorted((ROOT / "pages").glob("*.py"))}
    seconds(pages["home"])  # the first one reads the files from the disk
    took: dict[str, list[float]] = {name: [] for name in ("", *pages)}
    for _ in range(rounds):
        for name, times in took.items():
            times.append(seconds(pages.get(name, BARE)))
    bare, *ours = (statistics.median(times) for times in took.values())
    print(f"{'a bare page':<18}{bare:6.2f} s  1.00")
    for name, middle in zip(pages, ours, strict=True):
        print(f"{name:<18}{middle:6.2f} s  {middle / bare:.2f}")
        keep(Figure(f"imports of {name}", "a bare page’s", middle, bare))


if __name__ == "__main__":
    main()
