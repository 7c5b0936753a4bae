"""How staff pages look where no setting of Streamlit's reaches: one style sheet for all of them."""

from lib.charts import KEY_STYLE, Palette
from lib.heat import STYLE as HEAT_STYLE
from lib.tables import STYLE as TABLE_STYLE

_STYLES = HEAT_STYLE + KEY_STYLE + TABLE_STYLE
"""What drawings and tables bring along, the same in both themes."""


def style(colors: Palette) -> str:
    """The few rules that no setting of Streamlit's covers; only containers we named are styled.

    A page is as wide as keeps a row's button near its number, and grows with a projector's screen,
    a panel's room most; on a phone what belongs together stands together; no line ends in a single
    word where that can be helped; links look alike and stand flush with the text around them; the
    keyboard's focus is seen, and does not stop at each heading; what may be chosen is seen, and
    what is chosen can be read in the dark; every trend and interval is drawn alike.
    """
    return f"""<style>
.st-key-page, .st-key-foot {{ max-width: 75rem; margin-inline: auto; }}
a:focus-visible {{ outline: 3px solid currentColor !important; outline-offset: 2px; }}
[data-testid="stHeaderActionElements"] {{ display: none; }}
.st-key-page :is(p, li) {{ text-wrap: pretty; }}
[data-testid="stRadioOption"]:not([data-selected]) > div > div:first-child
  {{ border-color: {colors.quiet}; }}
[class*="st-key-link-"] a {{ padding-left: 0; padding-right: 0; }}
[class*="st-key-link-"] :is(a p, p a) {{ white-space: normal; color: {colors.accent};
  text-decoration: underline 1px; text-underline-offset: 0.2em; }}
:is([class*="st-key-card-"], [class*="st-key-row-"], [class*="st-key-head-"],
  [class*="st-key-room-"]) svg {{ display: block; max-width: 23.75rem; }}
svg.trend :is(path, circle):not([stroke-dasharray]) {{ color: {colors.accent}; }}
svg.trend path[fill-opacity] {{ fill-opacity: 0.3; }}
@media (max-width: 640px) {{
  [class*="st-key-head-"] [data-testid="stColumn"]:nth-child(n+3) {{ display: none; }}
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) {{ row-gap: 1rem; }}
  [class*="st-key-row-"] [data-testid="stHorizontalBlock"] {{ row-gap: 0.5rem;
    margin-bottom: 1rem; }}
  :is([class*="st-key-head-"], [class*="st-key-row-"])
    [data-testid="stColumn"]:not(:has([data-testid="stElementContainer"])) {{ display: none; }}
  .st-key-foot [data-testid="stHorizontalBlock"] {{ row-gap: 0.5rem; }} }}
[class*="st-key-practices-"] button[aria-pressed="true"] p,
[class*="st-key-guess-"] [data-testid="stSliderThumbValue"] p {{ color: {colors.ink}; }}
@media (min-width: 1600px) {{
  html {{ font-size: min(1.1vw, 1.375em); }}
  .stGrid {{ grid-template-columns: repeat(3, 1fr) !important; }}
  [class*="st-key-room-"] {{ zoom: 1.15; }} }}
[class*="st-key-said-"] p {{ font-size: 1.25rem; line-height: 1.5; }}
.heat th[scope="row"] {{ background: {colors.paper}; }}
[data-testid="stDownloadButtonError"] {{ font-size: 0; }}
[data-testid="stDownloadButtonError"]::after {{ font-size: 0.875rem;
  content: "The file could not be made. Nothing is lost: load the page again, then press again."; }}
.st-key-foot p {{ font-size: 0.875rem; }}
.st-key-banner code {{ font: inherit; color: inherit; background: none; padding: 0; }}
.st-key-banner {{ border-left: 3px solid {colors.accent}; padding-left: 0.75rem; row-gap: 0; }}
{_STYLES}</style>"""
