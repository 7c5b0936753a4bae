"""The server: Streamlit with the staff app; around it, what the server answers by itself.

``streamlit run app.py`` finds ``app`` by itself.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit import App

from lib import check, step
from lib.front import Front
from lib.shell import Shell

# Seconds that one page's script may hold the interpreter while the server, which sends all pages,
# waits for it. Python's own 5 ms add up to seconds when many staff arrive (docs/performance.md).
SWITCH_S = 0.001


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[dict[str, Any]]:  # noqa: ARG001
    """Keep the workbook in step while the server runs, however many or few people look."""
    sys.setswitchinterval(SWITCH_S)
    check.log()
    stop = step.keep_in_step()
    try:
        yield {}
    finally:
        stop()


app = App(
    Path(__file__).resolve().parent / "lib" / "frame.py",
    lifespan=lifespan,
    middleware=[Middleware(Front), Middleware(Shell)],
)
