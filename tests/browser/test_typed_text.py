"""What people typed is shown as they typed it: what Streamlit's front end really makes of it.

A page of a few hundred texts, each put together of all that its front end reads, is opened in a
browser, and what stands there is compared with what was typed.
"""

import json
import random
from pathlib import Path

import pytest

from tests.browser.app import ROOT, running_app
from tests.browser.conftest import Visit, settle

pytestmark = pytest.mark.browser

PIECES = (
    *(
        "http://evil.example",
        "HTTPS://evil.example/p?q=1",
        "www.evil.com",
        "a.b+c@evil.co",
        "@b.co",
    ),
    *(":material/delete:", ":material_home:", ":streamlit:", ":smile:", ":+1:", "10:30:15", ":"),
    *("->", "<-", "<->", "--", "---", ">=", "<=", "~=", "-", "<", ">", "=", "~~gone~~"),
    *(":red[x]", ":blue-background[y]", ":small[z]", "::note", "$x^2$", "$$y$$", "$5", "`code`"),
    *("# head", "- item", "1. one", "> quote", "| a | b |", "**bold**", "_i_", "[l](http://e.co)"),
    *("![p](http://e.co/p.png)", "<b>b</b>", "<img src=x onerror=alert(1)>", "&lt;i&gt;", "&amp;"),
    *("[^1]", "[x]: y", "\\", "\\*", "word", "Año", "今日", "\ufeff", "!", "***", "___", "```"),
)

PAGE = """
import json, sys
import pandas as pd
import streamlit as st

sys.path.insert(0, {root!r})
from lib.tables import plain_table
from lib.text import plain

st.title("Typed")
texts = json.load(open({texts!r}, encoding="utf-8"))
for number, text in enumerate(texts):
    with st.container(key=f"alone-{{number}}"):
        st.markdown(plain(text))
    with st.container(key=f"within-{{number}}"):
        # Beside an emoji of the page's own: then its front end looks for emoji everywhere.
        st.caption(f":smile: {{plain(text)}} {{plain(text)}}")
st.table(plain_table(pd.DataFrame({{"Typed": texts}})), hide_index=True)
"""

MADE = "root => root.querySelectorAll('a, img, code, li, h2, blockquote, del, .katex, em').length"


def typed(many: int) -> list[str]:
    """Each piece alone, and ``many`` texts of up to four of them; the same in every run."""
    chance = random.Random(1)
    joined = [
        chance.choice(("", " ", " ", "a")).join(chance.choices(PIECES, k=chance.randint(2, 4)))
        for _ in range(many)
    ]
    return [text for text in (*PIECES, *joined) if text.strip("\ufeff ")]


def shown(text: str) -> str:
    """A text as a browser gives it back: one line, without marks that nobody sees."""
    return " ".join(text.replace("\u2060", "").replace("\ufeff", " ").split())


def test_whatever_was_typed_is_shown_as_it_was_typed(tmp_path: Path, visit: Visit) -> None:
    texts = typed(200)
    file, script = tmp_path / "texts.json", tmp_path / "typed.py"
    file.write_text(json.dumps(texts), encoding="utf-8")
    script.write_text(PAGE.format(root=str(ROOT), texts=str(file)), encoding="utf-8")
    with running_app(tmp_path, script=script) as address:
        page = visit(address)
        settle(page)
        for number, text in enumerate(texts):
            alone = page.locator(f".st-key-alone-{number}")
            assert shown(alone.inner_text()) == shown(text)
            assert alone.evaluate(MADE) == 0, text
            within = page.locator(f".st-key-within-{number}")
            assert shown(within.inner_text()).removeprefix("😄 ") == shown(f"{text} {text}")
            assert within.evaluate(MADE) == 0, text
        cells = page.locator("table td").all_inner_texts()
        assert [shown(cell) for cell in cells] == [shown(text) for text in texts]
        page.close()
