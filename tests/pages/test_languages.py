"""You said, we did in other languages: what staff translate, and what they take away."""

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from lib import live
from lib.plan.translations import record_id_of, translated
from lib.publish import PROPOSAL_ID
from lib.workbook import new_event, tabs
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


def test_a_field_nobody_touched_takes_back_nothing_of_a_colleague_s(open_app: OpenApp) -> None:
    labs = "We used to do labs every week and then they stopped."
    theirs, better = "Antes había laboratorios cada semana.", "Queremos decidir más."
    mine, colleague = open_app("you_said_we_did"), open_app("you_said_we_did")
    colleague.text_area(key=f"{record_id_of('es', labs)}-translate-es").set_value(theirs)
    colleague.button(key="save-translate-es").click().run()
    # The first sentence of the form is another one now, so its field is new to both.
    colleague.text_area(key="yousaid-promise-choice").set_value("We want to choose.")
    colleague.button(key="save-promise-choice").click().run()
    mine.run()
    field = f"{record_id_of('es', 'We want to choose.')}-translate-es"
    mine.text_area(key=field).set_value(better)
    mine.button(key="save-translate-es").click().run()
    assert not mine.error
    known = translated(live.live().school().of(tabs.TRANSLATIONS))["es"]
    assert (known[labs], known["We want to choose."]) == (theirs, better)


def test_a_press_is_for_what_its_button_said_and_a_raised_floor_ends_what_waits(
    open_app: OpenApp,
) -> None:
    def given(name: str, value: str) -> None:
        fields = {"name": name, "value": value}
        at = datetime(2027, 1, 1, tzinfo=UTC)
        live.live().record([new_event(tabs.SETTINGS, fields, who="it", at=at)])

    def key(start: str) -> str:
        (found,) = (b.key for b in app.button if b.key and b.key.startswith(start))
        return found

    app = open_app("you_said_we_did")
    field = f"{record_id_of('es', ENGLISH)}-translate-es"
    app.text_area(key=field).set_value(SPANISH)
    app.button(key="save-translate-es").click().run()
    publish = app.button(key=key("publish-"))
    given("second approver", "yes")
    publish.click().run()
    assert PROPOSAL_ID not in live.live().school().of(tabs.PUBLISHED)
    app.button(key=key("ask-")).click().run()
    assert not app.button(key=key("approve-")).disabled
    given("floor public", "15")
    app.run()
    assert app.button(key=key("approve-")).disabled
    assert "The floor was raised since. Take this back" in words(app).replace("\\", "")
