"""A QR code as a picture inside a page."""

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=16)
def qr_svg(address: str, title: str) -> Markup:
    """Draw an address as inline SVG, black on white whatever the page's colors; "" without one.

    ``title`` is its text alternative. Kept, for each page that is rendered asks for the same one.
    """
    if not address:
        return Markup("")
    drawn = segno.make_qr(address, error="m").svg_inline(
        omitsize=True, border=3, light="#fff", title=title, svgclass="code"
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" width="128" height="128" ', 1))  # noqa: S704  (segno escapes)
