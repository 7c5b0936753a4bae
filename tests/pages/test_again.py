"""Setup offers closed waves that were frozen before a question was read differently."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import live
from lib.evidence.types import Figure
from lib.intake.feedback import Role
from lib.plan import mapping, waves
from lib.workbook import tabs
from tests.pages import forms
from tests.pages.conftest import OpenApp, words

CHOICES = "I get real choices"
OFFER = "Closed waves were frozen before the form was read as it is now."


def said(app: AppTest) -> str:
    assert not app.exception
    return words(app).replace("\\", "")


def set_waves() -> None:
    """Take over the suggested waves, so that they are frozen."""
    school = live.live().school()
    labels = [wave.label for wave in school.suggested_waves]
    live.live().record(waves.accept(school.suggested_waves, labels, {}, who="it", at=live.moment()))
    live.live().refresh()


def only_the_highest() -> None:
    """Say that only a 5 is favorable in the question on choices."""
    school = live.live().school()
    asked = mapping.questions(school.understanding.columns, school.of(tabs.COLUMNS))
    question = next(q for q in asked if q.column.role is Role.RATING and CHOICES in q.column.header)
    stricter = replace(mapping.as_read(question), low=1, high=5, favorable_from=5)
    live.live().record([mapping.save(question, stricter, who="it", at=live.moment())])


def shares() -> list[str]:
    """What everybody said of choices, wave by wave."""
    school = live.live().school()
    (practice,) = [p for p in school.names if school.name(p) == CHOICES]
    tables = [table.everybody for table in school.evidence.waves]
    printed = [everybody.favorable[practice] for everybody in tables if everybody]
    return [p.text for p in printed if isinstance(p, Figure)]


@pytest.fixture
def remapped(tmp_path: Path) -> None:
    """Three frozen waves of forty answers, and a question read differently since."""
    forms.write(tmp_path)
    set_waves()
    assert shares() == ["40%", "40%", "40%"]
    only_the_highest()


def test_nothing_is_offered_on_the_sample(open_app: OpenApp) -> None:
    app = open_app("waves")
    assert OFFER not in said(app)
    assert not [b for b in app.button if b.key == "make-again"]


@pytest.mark.usefixtures("remapped")
def test_the_frozen_figures_stay_until_somebody_decides_and_then_show_everywhere(
    open_app: OpenApp,
) -> None:
    assert shares() == ["40%", "40%", "40%"]
    app = open_app("waves")
    text = said(app)
    assert OFFER in text
    # One practice, for everybody and three grades.
    assert "It changes 4 figures of September 2025, 4 figures of December 2025 and " in text
    assert "Editions" not in text
    app.button(key="make-again").click()
    app.run()
    assert "Made again, as the form is read now." in said(app)
    assert shares() == ["20%", "20%", "20%"]
    assert OFFER not in said(app)
    assert "September 2025, edition 2: May 1, 2026, sample visitor." in said(app)
    assert "September 2025, edition 1: May 1, 2026, the app." in said(app)
    assert f"{CHOICES}: percent favorable by wave" in said(open_app("trends"))
    assert ">20%</text>" in said(open_app("trends"))
    kept = live.live().school().of(tabs.EVIDENCE)
    assert {record.fields["edition"] for record in kept.values()} == {"1", "2"}


@pytest.mark.usefixtures("remapped")
def test_two_people_who_make_them_again_leave_one_edition(open_app: OpenApp) -> None:
    ann, ben = open_app("waves"), open_app("waves")
    ann.button(key="make-again").click()
    ann.run()
    assert "Made again" in said(ann)
    ben.button(key="make-again").click()
    ben.run()
    assert OFFER not in said(ben)
    kept = live.live().school().of(tabs.EVIDENCE)
    assert len(kept) == 9  # three waves, two editions each, and the months shown before
    assert shares() == ["20%", "20%", "20%"]


@pytest.mark.usefixtures("remapped")
def test_a_wave_with_a_few_late_answers_is_refused_in_words(
    open_app: OpenApp, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "workbook.sqlite") as database:
        database.executemany(
            "INSERT INTO form_row (cells) VALUES (?)",
            [(f'["20/09/2025 11:00:0{i}", "", "Grade 6", "5", "5", "", ""]',) for i in range(3)],
        )
    live.forget()
    app = open_app("waves")
    text = said(app)
    assert "September 2025 stays as it was frozen. Everybody: the answers behind" in text
    assert "figures of September 2025" not in text
    assert "figures of December 2025" in text
    app.button(key="make-again").click()
    app.run()
    assert shares() == ["40%", "20%", "20%"]
    assert "September 2025 stays as it was frozen." in said(app)
    assert not [b for b in app.button if b.key == "make-again"]


def test_all_refused_offers_nothing(open_app: OpenApp, tmp_path: Path) -> None:
    rows = [row for row in forms.rows() if "/09/2025" in row[0]]
    forms.write(tmp_path, forms.HEADER, rows)
    set_waves()
    only_the_highest()
    forms.change(tmp_path, lambda header, table: table[0].__setitem__(0, "14/09/2025 10:07:59"))
    app = open_app("waves")
    assert "September 2025 stays as it was frozen." in said(app)
    assert OFFER not in said(app)
    assert live.live().school().now == datetime(2026, 5, 1, 9)
