"""What a viewer holds of the memory, against a bare page: ``python -m benchmarks.memory``.

Each viewer has Trends open in a live session, as a browser would, and stays; the bare page draws
the same from constants. Some come and go before anything is weighed: what the first ones bring is
there for everybody.
"""

import argparse
import asyncio
import contextlib
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, keep
from benchmarks.pages import bare, constants_of, ours
from benchmarks.visitors import Server, staff, viewer

FIRST = 10


async def each_mb(server: Server, page: str, query: str, viewers: int) -> float:
    """Megabytes that one of so many viewers adds."""
    for _ in range(FIRST):
        await viewer(server, page, query=query)()
    before = server.memory_mb()
    async with contextlib.AsyncExitStack() as stay:
        for _ in range(viewers):
            visit = await stay.enter_async_context(staff(server, page, query=query))
            if not visit.served:
                raise SystemExit(f"{page} was not served: the benchmark says nothing.")
        return (server.memory_mb() - before) / viewers


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--viewers", type=int, default=100)
    viewers = parser.parse_args().viewers
    with tempfile.TemporaryDirectory(prefix="memory-") as kept:
        with ours(Path(kept), 1) as app:
            constants = asyncio.run(constants_of(app))
            mine = asyncio.run(each_mb(app, "trends", "", viewers))
        with bare(Path(kept), constants) as plain:
            theirs = asyncio.run(each_mb(plain, "", "drawn=trends", viewers))
    print(f"{viewers} viewers of Trends, each: ours {mine:.2f} MB, bare {theirs:.2f} MB")
    keep(Figure("memory of a viewer", "a bare page of the same", mine, theirs, "MB"))


if __name__ == "__main__":
    main()
