"""Making frozen waves again after a remapping: what is offered, what changes, what is refused."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from lib.evidence import Floors, Frozen, as_events, build, newly_closed, thaw
from lib.evidence.again import Remake, remakes
from lib.evidence.freeze import reading
from lib.evidence.summary import history
from lib.evidence.types import Change, Evidence, Figure, Hidden
from lib.intake.feedback import Column, Feedback, Role, Scale
from lib.workbook.records import fold
from lib.workbook.tabs import EVIDENCE
from tests.unit.evidence.schools import FIRST_DAY, NOW, feedback, windows
from tests.unit.evidence.test_freeze import AT

SECOND_DAY = FIRST_DAY + timedelta(days=120)
TWO = windows(
    (FIRST_DAY, FIRST_DAY + timedelta(days=14)), (SECOND_DAY, SECOND_DAY + timedelta(days=14))
)
STRICT = Scale(1, 5, 5)


def school(extra: int = 0) -> Feedback:
    """Two waves of a hundred answers to two questions, ten each of 1 to 5 in both grades.

    In the second wave everybody answers "goals" one point higher. ``extra`` answers come late and
    belong to the first wave.
    """
    first = [1 + i % 5 for i in range(100)]
    second = [min(point + 1, 5) for point in first]
    late = [5] * extra
    grades = ["6"] * 50 + ["7"] * 50
    return feedback(
        {"goals": [*first, *second, *late], "calm": [*first, *first, *late]},
        groups={"Grade": [*grades, *grades, *["6"] * extra]},
        at=[
            *(FIRST_DAY + timedelta(minutes=i) for i in range(100)),
            *(SECOND_DAY + timedelta(minutes=i) for i in range(100)),
            *(FIRST_DAY + timedelta(minutes=200 + i) for i in range(extra)),
        ],
    )


def strictly(responses: Feedback, *practices: str) -> Feedback:
    """The same answers, of which only the highest counts as favorable."""
    return replace(responses, scales={**responses.scales, **dict.fromkeys(practices, STRICT)})


def frozen_of(responses: Feedback) -> tuple[Evidence, dict[str, Frozen | Hidden]]:
    evidence = build(responses, TWO, now=NOW)
    made = newly_closed(evidence, responses, TWO, {})
    return evidence, {one.table.wave.wave_id: one for one in made}


def offered(responses: Feedback, now: Feedback) -> tuple[Remake, ...]:
    evidence, frozen = frozen_of(responses)
    return remakes(evidence, now, TWO, frozen, names={}, floors=Floors())


def shares(evidence: Evidence, practice: str) -> list[str]:
    return [p.text if isinstance(p, Figure) else p.reason for _, p in history(evidence, practice)]


def test_nothing_is_offered_while_the_form_is_read_as_before() -> None:
    assert offered(school(), school()) == ()
    assert offered(school(), school(extra=3)) == ()


def test_a_stricter_rule_offers_each_wave_with_the_figures_that_change() -> None:
    first, second = offered(school(), strictly(school(), "goals"))
    # Everybody and two grades, one practice: 40 and 60 % become 20 and 40 %.
    assert [(r.wave.label, r.edition, r.figures) for r in (first, second)] == [
        ("Wave 1", 1, 3),
        ("Wave 2", 1, 3),
    ]
    assert first.made is not None
    assert second.made is not None
    assert [r.made.edition for r in (first, second) if r.made] == [2, 2]
    tables = (first.made.table, second.made.table)
    assert shares(Evidence(tables, None, ""), "goals") == ["20%", "40%"]
    assert shares(Evidence(tables, None, ""), "calm") == ["40%", "40%"]


def test_words_compare_two_new_editions_with_each_other() -> None:
    _, second = offered(school(), strictly(school(), "goals"))
    assert second.made is not None
    rose = second.made.table.since_last["goals"]
    assert rose.change is Change.BETTER
    assert rose.moved == "rose from 20% to 40% since Wave 1"
    assert second.made.table.notes == ()


def test_a_few_late_answers_refuse_their_wave_and_not_the_other() -> None:
    first, second = offered(school(), strictly(school(extra=3), "goals"))
    assert (first.made, first.figures) == (None, 0)
    assert first.refused[0].startswith("Everybody: the answers behind these figures have changed")
    assert second.made is not None
    # Its figures are by another rule than the first wave's, so the two are not compared.
    assert "goals" not in second.made.table.since_last
    assert second.made.table.since_last["calm"].change is Change.SAME
    assert second.made.table.notes == (
        "goals: not compared with Wave 1, where other answers counted as favorable.",
    )
    evidence, _ = frozen_of(school())
    mixed = Evidence((evidence.waves[0], second.made.table), None, "")
    assert shares(mixed, "goals") == [
        "Other answers counted as favorable in this wave.",
        "40%",
    ]


def test_a_wave_closed_under_a_new_rule_is_not_compared_with_the_old_one() -> None:
    """Without a remake: the first wave is frozen, the second is made after the remapping."""
    _, frozen = frozen_of(school())
    stricter = strictly(school(), "goals")
    evidence = build(stricter, TWO, now=NOW, frozen={"w1": frozen["w1"]})
    assert set(evidence.waves[1].since_last) == {"calm"}
    six = next(cell for cell in evidence.waves[1].cells if cell.name == "6")
    assert set(six.since_last) == {"calm"}


def test_two_people_at_once_leave_one_edition() -> None:
    evidence, frozen = frozen_of(school())
    stricter = strictly(school(), "goals")
    ann, ben = (
        [r.made for r in remakes(evidence, stricter, TWO, frozen, names={}, floors=Floors())]
        for _ in range(2)
    )
    rows = [
        *(
            e
            for one in frozen.values()
            if isinstance(one, Frozen)
            for e in as_events(one, who="app", at=AT)
        ),
        *(e for one in ann if one for e in as_events(one, who="Ann", at=AT + timedelta(days=1))),
        *(e for one in ben if one for e in as_events(one, who="Ben", at=AT + timedelta(days=1))),
    ]
    kept = fold(rows)[EVIDENCE]
    assert len(kept) == 4  # two waves, two editions each
    assert all(len(record.history) == 1 for record in kept.values())
    assert [one.edition for one in thaw(kept).values() if isinstance(one, Frozen)] == [2, 2]


def test_once_made_again_nothing_is_offered() -> None:
    stricter = strictly(school(), "goals")
    made = [remake.made for remake in offered(school(), stricter)]
    again = {one.table.wave.wave_id: one for one in made if one}
    evidence = build(stricter, TWO, now=NOW, frozen=again)
    assert remakes(evidence, stricter, TWO, again, names={}, floors=Floors()) == ()


def test_how_a_form_is_read_does_not_depend_on_answers_or_places() -> None:
    columns = (
        Column(1, "Timestamp", Role.TIMESTAMP),
        Column(2, "Goals", Role.RATING, "goals", Scale(1, 5, 4)),
        Column(3, "Notes", Role.NOTE),
    )
    asked = replace(school(), columns=columns)
    fewer = replace(asked, ratings=np.full_like(asked.ratings, -1))
    moved = replace(asked, columns=(columns[0], replace(columns[1], position=7)))
    assert reading(asked) == reading(fewer) == reading(moved)
    other = replace(asked, columns=(columns[0], replace(columns[1], practice="calm")))
    assert reading(other) != reading(asked)
