"""What lib hands to a viewer: the sample school through the eyes of each role."""

from dataclasses import replace
from pathlib import Path

import pytest

from lib import live
from lib.access import GRANTS, TAB_HOLDS, Data, Denied, Role, Viewer
from lib.evidence.types import Audience, Beside, Flag
from lib.intake.feedback import Standing
from lib.school import School
from lib.view import View, bare, public_part
from lib.workbook import tabs
from lib.workbook.connect import open_workbook
from tests.unit.people import viewer

KIND_OF = {
    "evidence": Data.RESULTS,
    "reached": Data.RESULTS,
    "public_evidence": Data.RESULTS,
    "turnout": Data.STAFF_GROUPS,
    "came_up": Data.VOICES,
    "students_order": Data.CONVERSATIONS,
    "waves": Data.WINDOWS,
    "waves_given": Data.WINDOWS,
    "suggested_waves": Data.WINDOWS,
    "words": Data.WINDOWS,
    "understanding": Data.READING,
    "notes": Data.READING,
    "editions": Data.READING,
    "form_title": Data.READING,
    "source": Data.STATUS,
    "title": Data.STATUS,
    "now": Data.STATUS,
    "zone": Data.STATUS,
    "practices": Data.STATUS,
    "names": Data.STATUS,
    "trouble": Data.STATUS,
    "unsaved": Data.STATUS,
    "answered": Data.STATUS,
    "has_form": Data.STATUS,
    "lacks_words": Data.STATUS,
    "rates_nothing": Data.STATUS,
    "age_in_words": Data.STATUS,
    "stale_in_words": Data.STATUS,
}
NOT_OF_ONE_KIND = {"records"}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    file = Path(tmp_path_factory.mktemp("view")) / "workbook.sqlite"
    workbook = open_workbook(None, str(file))
    return live.Live(workbook, workbook.clock).school()


def test_every_property_has_its_kind_here() -> None:
    properties = {name for name, value in vars(View).items() if isinstance(value, property)}
    assert properties == set(KIND_OF) | NOT_OF_ONE_KIND


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", KIND_OF)
def test_a_property_is_given_to_the_roles_of_its_kind_and_to_no_other(
    name: str, role: Role, school: School
) -> None:
    view = View(school, viewer(role))
    if role in GRANTS[KIND_OF[name]].see:
        assert getattr(view, name) is not NotImplemented
    else:
        with pytest.raises(Denied):
            getattr(view, name)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("tab", list(tabs.TABS))
def test_a_tab_is_given_to_the_roles_of_its_kind_and_to_no_other(
    tab: str, role: Role, school: School
) -> None:
    view = View(school, viewer(role))
    if role in GRANTS[TAB_HOLDS[tab]].see:
        assert view.of(tab) == school.of(tab)
        assert view.records.get(tab, {}) == school.of(tab)
    else:
        for ask in (view.of, view.records.get, view.records.__getitem__):
            with pytest.raises(Denied):
                ask(tab)
        assert tab not in list(view.records)
        with pytest.raises(Denied):
            _ = tab in view.records


def test_going_through_the_records_gives_the_viewers_own_tabs(school: School) -> None:
    own = dict(View(school, viewer(Role.COUNSELOR)).records)
    plan = {tabs.FOCUS, tabs.SESSIONS, tabs.PROMISES, tabs.TRANSLATIONS}
    assert set(own) == {*plan, tabs.WAVES}
    assert len(View(school, viewer()).records) == 0


def test_what_came_up_is_counted_by_what_was_said_and_the_students_order_is_a_panels(
    school: School,
) -> None:
    assert View(school, viewer(Role.COUNSELOR)).came_up["calm"] == {Standing.ISNT_WORKING: 2}
    order = View(school, viewer(Role.PD_TEAM)).students_order
    assert order is not None
    assert order.practices == ("choice", "calm", "handson", "retry", "pace")


def test_the_script_of_the_form_is_for_setup(school: School) -> None:
    script = View(school, viewer(Role.COORDINATOR)).form_script("app@x.iam.gserviceaccount.com")
    assert "app@x.iam.gserviceaccount.com" in script
    coordinator = viewer(Role.COORDINATOR)
    assert "the-key" not in View(school, coordinator).form_script("", "the-key")
    without = replace(school, form_title="")
    assert '"spreadsheet": "the-key"' in View(without, coordinator).form_script("", "the-key")
    with pytest.raises(Denied):
        View(school, viewer(Role.PD_TEAM)).form_script("")


def test_nobody_without_a_role_gets_anything_from_live() -> None:
    with pytest.raises(Denied):
        live.school(Viewer(frozenset(), "nobody"))


def test_waves_alone_hold_how_many_answered_and_no_figure(school: School) -> None:
    waves = View(school, viewer(Role.COORDINATOR)).waves
    assert waves.all_waves == school.evidence.all_waves
    assert waves.latest is not None
    assert waves.latest.everybody is not None
    assert waves.latest.everybody.n == school.evidence.waves[-1].cells[0].n
    assert "Figure" not in repr(waves)
    assert "percent" not in repr(waves)
    assert "Figure" in repr(school.evidence)


def test_a_wave_too_small_to_show_stays_so_among_waves_alone(school: School) -> None:
    small = replace(school.evidence, waves=(replace(school.evidence.waves[0], cells=()),))
    assert bare(small).latest is None
    assert len(bare(small).waves) == 1


def test_the_public_part_holds_no_cell_and_no_sentence_of_staff_alone(school: School) -> None:
    table = school.evidence.waves[-1]
    cell = replace(table.cells[1], audience=Audience.STAFF)
    said = (
        Beside(Flag.GAP, 9, "only staff know", Audience.STAFF),
        Beside(Flag.FALL, 9, "all may know", Audience.PUBLIC),
    )
    mixed = replace(
        table,
        cells=(*table.cells[:1], cell),
        priorities=(replace(table.priorities[0], beside=said),),
    )
    (seen,) = public_part(replace(school.evidence, waves=(mixed,))).waves
    assert seen.cells == mixed.cells[:1]
    assert [beside.sentence for beside in seen.priorities[0].beside] == ["all may know"]


def test_who_does_not_see_the_finer_groups_gets_the_public_part(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    counselor = viewer(Role.COUNSELOR)
    whole = View(school, counselor).evidence
    monkeypatch.setattr(
        "lib.access.GRANTS", {k: g for k, g in GRANTS.items() if k is not Data.STAFF_GROUPS}
    )
    part = View(school, counselor).evidence
    assert {cell.audience for table in part.waves for cell in table.cells} == {Audience.PUBLIC}
    assert whole == school.evidence
    with pytest.raises(Denied):
        _ = View(school, counselor).turnout
