"""The small trend: drawn in the right place, whole in words, safe in a page."""

import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.evidence.types import Coding
from lib.publish import TrendPoint, describe, trend_svg

A = TrendPoint("Fall 2025", 40, 30, 50)
B = TrendPoint("Spring 2026", 60, 50, 70)


def draw(*points: TrendPoint | None) -> ET.Element:
    return ET.fromstring(trend_svg(points, title="Calm", description="In words"))


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter("text")]


def paths(svg: ET.Element) -> list[str]:
    return [element.get("d", "") for element in svg.iter("path")]


def test_two_waves_are_drawn_from_0_to_100() -> None:
    svg = draw(A, B)
    # 120 high, less 8 above and 22 below: 0 % lies at y = 98 and 100 % at y = 8.
    assert paths(svg)[-2:] == ["M42 53l240-18 0 18-240 18z", "M42 62l240-18"]
    (last,) = svg.iter("circle")
    assert (last.get("cx"), last.get("cy")) == ("282", "44")


def test_a_second_trend_lies_behind_as_a_dashed_line() -> None:
    svg = trend_svg([A, B], title="t", description="d", behind=[B, None])
    alone = trend_svg([A, B], title="t", description="d")
    dashed = 'd="M42 44" fill="none" stroke="currentColor" stroke-opacity=".55"'
    assert dashed in svg
    assert dashed not in alone
    assert svg.index(dashed) < svg.index("M42 62l240-18")


def test_both_ends_are_named_where_there_is_room() -> None:
    assert texts(draw(A, B)) == ["half", "60%", "Fall 2025", "Spring 2026"]


def test_the_picture_has_its_text_alternative() -> None:
    svg = draw(A, B)
    assert (svg.get("role"), svg.findtext("title"), svg.findtext("desc")) == (
        "img",
        "Calm",
        "In words",
    )


def test_a_gap_breaks_the_line() -> None:
    svg = draw(A, B, None, A, B)
    assert paths(svg)[1:] == [
        "M42 53l60-18 0 18-60 18z",
        "M42 62l60-18",
        "M222 53l60-18 0 18-60 18z",
        "M222 62l60-18",
    ]


def test_a_lone_point_keeps_its_interval() -> None:
    svg = draw(A, None, B)
    assert [(c.get("cx"), c.get("r")) for c in svg.iter("circle")] == [
        ("42", "2.5"),
        ("282", "2.5"),
        ("282", "4.5"),
    ]
    assert paths(svg)[1:] == ["M42 53V71", "M282 35V53"]


def test_a_trend_that_ends_in_a_gap_names_its_last_point() -> None:
    svg = draw(A, B, None)
    assert texts(svg)[1:] == ["60%", "Spring 2026"]
    assert svg.findall("circle")[-1].get("cx") == "162"


def test_without_points_there_is_no_picture() -> None:
    assert trend_svg([], title="t", description="d") == ""
    assert trend_svg([None, None], title="t", description="d") == ""


def test_coded_figures_keep_their_sign() -> None:
    low = TrendPoint("Fall", 5, 0, 9, Coding.AT_MOST)
    high = TrendPoint("Fall", 95, 91, 100, Coding.AT_LEAST)
    assert "≤ 5%" in texts(draw(low))
    assert "≥ 95%" in texts(draw(high))


def test_a_trend_is_said_wave_by_wave() -> None:
    low = TrendPoint("Fall", 5, 0, 9, Coding.AT_MOST)
    assert describe([A, None, low], ["Fall 2025", "Winter", "Fall"]) == (
        "Fall 2025: 40%; Winter: not shown; Fall: at most 5%"
    )


POINT = st.builds(
    lambda label, shares: TrendPoint(label, shares[1], shares[0], shares[2]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=20),
    st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted),
)


@settings(max_examples=80)
@given(st.lists(st.none() | POINT, max_size=12))
def test_any_points_stay_inside_the_picture(points: list[TrendPoint | None]) -> None:
    svg = trend_svg(points, title="<b>&", description='"')
    if not any(points):
        assert svg == ""
        return
    for circle in ET.fromstring(svg).iter("circle"):
        assert 0 <= float(circle.get("cx", "-1")) <= 340
        assert 0 <= float(circle.get("cy", "-1")) <= 120


def test_a_coded_figure_gets_the_room_its_sign_needs() -> None:
    coded = TrendPoint("Fall 2026", 88, 70, 96, Coding.AT_LEAST)
    (exact_point,), (coded_point,) = draw(A, B).iter("circle"), draw(A, coded).iter("circle")
    assert (exact_point.get("cx"), coded_point.get("cx")) == ("282", "264")
