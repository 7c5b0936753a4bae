"""The server: Streamlit with the staff app; around it, what the server answers by itself.

``streamlit run app.py`` finds ``app`` by itself.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit import App

from lib import check, step
from lib.front import Front


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[dict[str, Any]]:  # noqa: ARG001
    """Keep the workbook in step while the server runs, however many or few people look."""
    check.log()
    stop = step.keep_in_step()
    try:
        yield {}
    finally:
        stop()


app = App(
    Path(__file__).resolve().parent / "lib" / "frame.py",
    lifespan=lifespan,
    middleware=[Middleware(Front)],
)
