"""How a picture is kept: in few colors, and small enough for a school's network."""

import io
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parents[1] / "pictures"
MOST = 100_000
"""Bytes a picture may have."""

COLORS = 48


def keep(name: str, picture: Image.Image | bytes) -> None:
    """Write a picture (PNG, where it is bytes). Raises ValueError when it is too large."""
    if isinstance(picture, bytes):
        picture = Image.open(io.BytesIO(picture))
    path = FOLDER / f"{name}.png"
    picture.convert("RGB").quantize(COLORS).save(path, optimize=True)
    if path.stat().st_size > MOST:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes; {MOST} are the most")


def beside(pages: list[Image.Image], *, gap: int = 16) -> Image.Image:
    """Pictures side by side on gray, with a gap (pixels) around each."""
    wide = sum(page.width + gap for page in pages) + gap
    sheet = Image.new("RGB", (wide, max(page.height for page in pages) + 2 * gap), "#DDD9CF")
    left = gap
    for page in pages:
        sheet.paste(page, (left, gap))
        left += page.width + gap
    return sheet
