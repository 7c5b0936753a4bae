"""Languages of the students' page: complete or not offered, and each by its own rules."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from lib.evidence.floors import Floors
from lib.evidence.types import Band, Coding, Figure
from lib.plan.plain_words import grade
from lib.publish import (
    Instead,
    Language,
    PublicPage,
    address,
    messages,
    offered,
    render,
    render_instead,
    texts,
)
from lib.publish.languages import DOMAIN, ENGLISH, LOCALE
from lib.publish.messages import template, update
from lib.publish.page import PublicFollowUp, Translation
from lib.publish.school import Meeting, privacy
from lib.publish.wording import untranslated
from tests.unit.publish.catalogues import change, pseudo_arabic, with_language
from tests.unit.publish.pages import ON, SCHOOL, public_page, public_promise
from tests.unit.publish.test_students import Reader

SPANISH = {lang.code: lang for lang in offered()}["es"]
ASKED = PublicFollowUp("We said we would … Did it change?", "Fall 2026", (Band("Not yet", 55),))


def page(**changes: object) -> PublicPage:
    told = [replace(public_promise(i), followup=ASKED if i else None) for i in range(5)]
    whole = replace(
        public_page(*told),
        panels=(Meeting(date(2027, 2, 10), "Library"),),
        privacy=privacy(Floors()),
    )
    return replace(whole, **changes)


def read(language: Language, what: PublicPage | None = None, switch: tuple[Language, ...] = ()):
    return Reader(render(what or page(), today=ON, language=language, switch=switch).decode())


def test_every_text_of_the_code_is_in_the_template() -> None:
    with (LOCALE / f"{DOMAIN}.pot").open("rb") as kept:
        assert {m.id for m in read_po(kept)} == {m.id for m in template()}, (
            "run: python -m lib.publish.messages"
        )


def test_english_and_spanish_are_offered() -> None:
    assert offered()[0] == ENGLISH
    assert {("en", "English", "English"), ("es", "Español", "Spanish")} <= {
        (lang.code, lang.name, lang.english_name) for lang in offered()
    }


def test_a_language_is_added_by_a_catalogue(tmp_path: Path) -> None:
    folder = with_language(tmp_path / "locale", "fr", lambda text: f"{text} !")
    french = offered(folder)[-1]
    assert (french.code, french.name, french.direction) == ("fr", "Français", "ltr")
    assert [address(lang) for lang in offered(folder)] == [
        "/students",
        "/students/es",
        "/students/fr",
    ]
    assert "Counted on 12 octobre 2026. !" in read(french).words


def lose(message: Message) -> None:
    message.string = "" if message.id == "We did" else message.string


def doubt(message: Message) -> None:
    message.flags |= {"fuzzy"} if message.id == "We did" else set()


def forget_a_value(message: Message) -> None:
    message.string = "Contado." if message.id == "Counted on %(day)s." else message.string


def invent_a_value(message: Message) -> None:
    message.string = "%(wave)s" if message.id == "Counted on %(day)s." else message.string


@pytest.mark.parametrize("fault", [lose, doubt, forget_a_value, invent_a_value])
def test_a_language_that_does_not_say_everything_is_not_offered(
    tmp_path: Path, fault: Callable[[Message], None]
) -> None:
    folder = with_language(tmp_path / "locale", "fr", lambda text: text + "!")
    change(folder / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po", fault)
    assert [lang.code for lang in offered(folder)] == ["en", "es"]
    assert [len(left) for left in update(folder).values()] == [0, 1]


def test_a_folder_that_is_no_language_is_named(tmp_path: Path) -> None:
    folder = with_language(tmp_path / "locale", "fr", lambda text: text)
    (folder / "fr").rename(folder / "xx")
    with pytest.raises(ValueError, match="no language is called xx"):
        offered(folder)


def test_days_and_numbers_follow_the_language() -> None:
    assert ENGLISH.day(ON) == "October 12, 2026"
    assert SPANISH.day(ON) == "12 de octubre de 2026"
    assert ENGLISH.percent(62) == "62%"
    assert SPANISH.percent(62) == "62\u00a0%"
    assert SPANISH.figure(Figure(95, 90, 100, Coding.AT_LEAST)) == "al menos 95\u00a0%"
    assert [ENGLISH.whole(n) for n in (290, 12_345)] == ["290", "12,345"]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Fall 2026", "otoño 2026"),
        ("January 2027", "enero de 2027"),
        ("Wave 3", None),
        ("Wave 2027", None),
        ("January 0000", None),
        ("Calm time to work", "Tiempo tranquilo para trabajar"),
        ("", None),
    ],
)
def test_what_everybody_calls_alike_is_said_in_the_language(label: str, said: str | None) -> None:
    assert SPANISH.knows(label) == said
    assert ENGLISH.knows(label) == label


def test_the_spanish_page_is_spanish() -> None:
    read_in = read(SPANISH)
    assert read_in.elements[0] == ("html", {"lang": "es"})
    assert read_in.texts("title")[0] == "Ustedes dijeron, nosotros hicimos · Harbor Hill School"
    for sentence in (
        "Lo contamos el 12 de octubre de 2026.",
        "Nos lo dijeron en primavera 2025, en unas 290 respuestas.",
        "En primavera 2026, de unas 335 respuestas a «Me dicen qué corregir cuando todavía puedo "
        "corregirlo», fueron positivas: 47\u00a0%.".replace("\u00a0", " "),
        "Dijeron: todavía no 55 %",
        "1 hecha",
        "Algunas frases todavía están en inglés.",
        "10 de febrero de 2027",
        "Los adultos ven números solo de grupos de 5 respuestas o más. En esta página, de 10.",
    ):
        assert sentence in read_in.words, sentence
    assert read_in.texts("desc")[0].startswith("otoño 2023: 40\u00a0%; primavera 2023")
    assert "mitad" in read_in.texts("text")


def test_a_sentence_nobody_translated_is_shown_and_marked_as_english() -> None:
    sentence = "Comments come back after the grade, when it is too late to use them."
    marked = [a for a in read(SPANISH).tags("p") if a.get("class") == "said"]
    assert [a.get("lang") for a in marked] == ["en"] * 5
    said = page(translations=(Translation("es", sentence, "Los comentarios llegan tarde."),))
    done = read(SPANISH, said)
    assert done.texts("p").count("Los comentarios llegan tarde.") == 5
    assert {a.get("lang") for a in done.tags("p") if a.get("class") == "said"} == {None}
    assert sentence in read(ENGLISH, said).words
    assert sentence not in untranslated(said, SPANISH, texts(said))
    assert sentence in untranslated(page(), SPANISH, texts(page()))
    assert untranslated(page(), ENGLISH, texts(page())) == ()


def test_with_every_sentence_said_nothing_is_marked() -> None:
    whole = page()
    said = tuple(Translation("es", text, "Dicho.") for text in texts(whole))
    done = read(SPANISH, replace(whole, translations=said))
    assert [a["lang"] for _, a in done.elements if a.get("lang")] == ["es"]
    assert "en inglés" not in done.words


def test_the_switch_names_each_language_in_its_own_words() -> None:
    page = read(SPANISH, switch=(ENGLISH, SPANISH))
    assert page.texts("span")[0] == "Español"
    (english,) = [a for a in page.tags("a") if a.get("hreflang")]
    assert english == {"href": "/students", "lang": "en", "hreflang": "en"}
    assert not [a for a in read(SPANISH).tags("a") if a.get("hreflang")]


def test_a_language_from_right_to_left_says_every_word_of_ours(tmp_path: Path) -> None:
    """Whatever the template forgot to ask the catalogue for would stand here in English."""
    arabic = pseudo_arabic(tmp_path / "locale")
    for read_in in (
        read(arabic),
        read(arabic, replace(page(), promises=())),
        Reader(render_instead(Instead.BROKEN, SCHOOL, language=arabic).decode()),
    ):
        assert read_in.elements[0] == ("html", {"lang": "ar", "dir": "rtl"})
        theirs = {*texts(page()), "Harbor Hill School", "Hello"}
        theirs |= {text.rstrip(".") for text in theirs}
        for tag, said in read_in.said:
            if tag != "style":
                ours = " ".join(
                    re.split("|".join(map(re.escape, sorted(theirs, key=len)[::-1])), said)
                )
                assert not re.search("[A-Za-z]", ours), said


def test_thirty_promises_are_light_in_every_language() -> None:
    long = public_page(*(public_promise(i) for i in range(25)))
    for language in offered():
        assert len(render(long, today=ON, language=language, switch=offered())) < 60_000


def sentences(text: str) -> list[str]:
    """The sentences of a text of ours, with what is put into it as a word of one syllable."""
    return re.split(r"(?<=[.!?])\s+", re.sub(r"%\(\w+\)s", "ten", text))


def test_a_sixth_grader_reads_what_is_always_on_the_page() -> None:
    """Flesch-Kincaid over all of our sentences together, and over each long one by itself."""
    ours = [m.id if isinstance(m.id, str) else m.id[1] for m in template() if m.id]
    said = [s for text in ours for s in sentences(text) if s[-1:] in ".!?"]
    together = grade(" ".join(said))
    assert together is not None
    assert together <= 6
    hard = {s: round(g, 1) for s in said if len(s.split()) > 7 and (g := grade(s)) and g > 9}
    assert hard == {}


def test_the_command_says_what_a_language_does_not_say_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(messages, "update", partial(update, tmp_path))
    assert messages.main(["fr"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("fr: ")
    assert "  You said,\n" in said
