import json
from datetime import date, datetime, timedelta

from lib import charts
from lib.evidence.types import Band, Coding, Figure, Hidden, Wave
from lib.tables import drawn_card

FALL = charts.Point("Fall 2025", date(2025, 10, 1), Figure(40, 34, 46))
GAP = charts.Point("Winter 2026", date(2026, 1, 15), Hidden("Too few answers."))
SPRING = charts.Point("Spring 2026", date(2026, 4, 1), Figure(52, 46, 58))


def shipped(picture: charts.Picture) -> list[dict[str, object]]:
    """All rows of data that reach the browser with a chart."""
    spec = json.loads(picture.spec)
    sets = [*spec.get("datasets", {}).values(), spec.get("data", {}).get("values", [])]
    return [row for rows in sets for row in rows]


def test_a_trend_says_what_it_shows() -> None:
    picture = charts.trend(
        (FALL, GAP, SPRING), (charts.Mark(date(2026, 2, 3), "PD"),), charts.LIGHT
    )
    assert picture.alt == (
        "Percent favorable by wave. Fall 2025: 40%; Winter 2026: Too few answers.; "
        "Spring 2026: 52%. PD session in February 2026."
    )
    assert picture.table.to_dict("records") == [
        {"Wave": "Fall 2025", "Favorable": "40%", "Likely between": "34% to 46%"},
        {"Wave": "Winter 2026", "Favorable": "Too few answers.", "Likely between": ""},
        {"Wave": "Spring 2026", "Favorable": "52%", "Likely between": "46% to 58%"},
    ]


def test_a_trend_breaks_at_a_gap_and_ships_printed_figures_only() -> None:
    rows = shipped(charts.trend((FALL, GAP, SPRING), (), charts.LIGHT))
    pieces = {(row["wave"], row["piece"]) for row in rows}
    assert pieces == {("Fall 2025", 0), ("Spring 2026", 1)}
    assert {key for row in rows for key in row} == {
        *("wave", "day", "percent", "low", "high", "said", "piece")
    }


def test_a_session_far_from_all_waves_is_not_on_a_trend() -> None:
    days = (date(2025, 1, 1), FALL.day, SPRING.day + timedelta(days=300), date(2028, 1, 1))
    marks = tuple(charts.Mark(day, "PD session") for day in days)
    picture = charts.trend((FALL, SPRING), marks, charts.LIGHT)
    drawn = [row["day"] for row in shipped(picture) if "word" in row]
    assert drawn == [day.isoformat() for day in days[1:3]]
    assert picture.alt.count("PD session in") == 2


def sizes(part: object) -> list[object]:
    """Every size of words that a chart names, in whatever depth."""
    if isinstance(part, dict):
        own = [size for name, size in part.items() if name in ("fontSize", "labelFontSize")]
        return own + [size for inner in part.values() for size in sizes(inner)]
    return [size for inner in part for size in sizes(inner)] if isinstance(part, list) else []


def test_all_words_in_a_chart_grow_with_its_width() -> None:
    spread = (("Fall 2025", (Band("Sometimes", 40), Band("Often", 60))),)
    trend = charts.trend((FALL, SPRING), (charts.Mark(SPRING.day, "PD"),), charts.LIGHT)
    words = {"expr": "clamp(width / 85, 12, 18)"}
    figure = {"expr": "clamp(width / 64, 16, 22)"}
    assert set(map(str, sizes(json.loads(trend.spec)))) == {str(words), str(figure)}
    spec = json.loads(charts.distribution(spread, charts.LIGHT).spec)
    assert {str(size) for size in sizes(spec)} == {str(words)}


def test_a_distribution_goes_from_brown_to_blue() -> None:
    bands = (Band("Almost never or Once in a while", 30), Band("Sometimes", 20), Band("Often", 50))
    picture = charts.distribution((("Fall 2025", bands),), charts.LIGHT)
    assert [row["shade"] for row in shipped(picture)] == [0, 2, 4]
    assert picture.alt.endswith(
        "Fall 2025: Almost never or Once in a while 30%, Sometimes 20%, Often 50%."
    )


def test_a_guess_stands_in_the_drawing_and_in_its_words() -> None:
    figure = Figure(40, 34, 46)
    svg = charts.interval(figure, "Choices", charts.LIGHT, guess=50)
    assert "Choices: 40%, likely 34% to 46%; guessed 50%" in svg
    assert 'd="M132.0 7l' in svg  # the middle of the axis
    assert "<path" not in charts.interval(figure, "Choices", charts.LIGHT)


def test_an_interval_is_a_drawing_with_words() -> None:
    svg = charts.interval(Figure(5, 3, 9, Coding.AT_MOST), "A <b> & c, not favorable", charts.LIGHT)
    assert 'aria-label="A &lt;b&gt; &amp; c, not favorable: at most 5%, likely 3% to 9%"' in svg
    assert ">at most 5%</text>" in svg


def test_a_small_trend_leaves_out_what_is_hidden() -> None:
    waves = [
        (Wave("1", "Fall", datetime(2025, 9, 1), datetime(2025, 10, 1)), FALL.printed),
        (Wave("2", "Winter", datetime(2026, 1, 1), datetime(2026, 2, 1)), GAP.printed),
    ]
    svg = charts.small_trend(waves, "Clear goals")
    assert "<title>Clear goals: percent favorable by wave</title>" in svg
    assert "Fall: 40%; Winter: not shown" in svg


def test_a_hidden_share_is_a_mark_with_its_reason() -> None:
    assert charts.hidden("Fewer than <5>.") == '<span class="hidden">Fewer than &lt;5&gt;.</span>'


def test_ten_dots_say_how_sure_a_place_is() -> None:
    drawn = charts.times(0.62, "Real <choices>", charts.LIGHT)
    assert drawn.count(f'fill="{charts.LIGHT.accent}"') == 6
    assert drawn.count('fill="none"') == 4
    assert 'aria-label="Real &lt;choices&gt;, among the three lowest: 6 in 10"' in drawn


def test_a_card_is_one_text_with_its_words_escaped() -> None:
    said = drawn_card("<svg></svg>", [("Fell from 74% to 56%.", True), ("a <b>\n\nb", False)])
    assert said == (
        '<div class="said"><svg></svg><p>Fell from 74% to 56%.</p>'
        '<p class="quiet">a &lt;b&gt; b</p></div>'
    )


def test_a_reason_is_one_line_of_its_drawing() -> None:
    drawn = charts.hidden("Too <few>\n\n# here")
    assert drawn == '<span class="hidden">Too &lt;few&gt; # here</span>'
