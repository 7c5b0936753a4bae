"""You said, we did in other languages: what staff translate, and what they take away."""

from streamlit.testing.v1 import AppTest

from lib import live
from lib.plan.translations import record_id_of
from tests.pages.conftest import OpenApp, words

ENGLISH = "We want more say in how we show what we learned."
SPANISH = "Queremos opinar más sobre cómo mostramos lo que aprendimos."


def students_read() -> str:
    page = live.live().students_page()
    assert page is not None
    return page.in_language("es").body.decode()


def titles(app: AppTest) -> list[str]:
    return [e.label for e in app.expander if e.label.startswith("In Spanish")]


def test_a_sentence_is_translated_then_published_and_then_read(open_app: OpenApp) -> None:
    app = open_app("you_said_we_did")
    assert titles(app) == ["In Spanish: 2 sentences missing"]
    assert f'lang="en">{ENGLISH}' in students_read()
    field = f"{record_id_of('es', ENGLISH)}-translate-es"
    app.text_area(key=field).set_value(SPANISH)
    app.button(key="save-translate-es").click().run()
    assert not app.error
    assert titles(app) == ["In Spanish: 1 sentence missing"]
    assert "The Spanish is saved." in words(app).replace("\\", "")
    assert SPANISH not in students_read()
    (press,) = (b.key for b in app.button if b.key and b.key.startswith("publish-"))
    app.button(key=press).click().run()
    assert f">{SPANISH}<" in students_read()


def test_what_goes_on_a_wall_is_the_published_page(open_app: OpenApp) -> None:
    app = open_app("you_said_we_did")
    assert not app.error
    assert [button.label for button in app.get("download_button")][-3:] == [
        "Poster (PDF)",
        "Slide (PDF)",
        "Page (HTML)",
    ]
    assert "leads to this computer alone" in words(app)
    (aloud,) = app.code
    assert aloud.value.startswith("You told us how class works for you.")
    app.selectbox(key="away-language").select("es").run()
    assert app.code[0].value.startswith("Nos dijeron cómo les va en clase.")
    app.button(key="withdraw").click().run()
    assert "Publish the page first." in words(app)
    assert not app.code
