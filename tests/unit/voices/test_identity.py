"""Masking: names and contacts, by pattern and by roster; what is masked stays masked."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.voices.contacts import Identifier
from lib.voices.identity import NOBODY, Masked, Roster, mask, roster_from
from lib.workbook import fold, new_event, tabs
from sample_data.planted import CONTACTS, NAMED, ROSTER, Planted
from tests.unit.voices.people import at


def school_roster() -> Roster:
    events = [
        new_event(
            tabs.ROSTER, {"name": name, "also_called": also}, who="Office", at=at(1), record_id=name
        )
        for name, also in ROSTER
    ]
    return roster_from(fold(events)[tabs.ROSTER])


STAFF = school_roster()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mr.O is fine", "[name] is fine"),
        ("ms smith rocks, smith is great", "[name] rocks, [name] is great"),
        ("Ask Miss Lee", "Ask [name]"),
        ("Coach Diaz Ortega yells", "[name] yells"),
        ("my friend Zarina Holt", "my friend [name]"),
        ("emily copies my work", "[name] copies my work"),
        ("my mom Maria", "my mom [name]"),
        ("la Sra. Núñez", "la [name]"),
        ("text me at 555-0142", "text me at [phone]"),
        ("+1 (512) 555-0142 ok", "[phone] ok"),
        ("write ana.b+x@mail.example or @quill_07!", "write [e-mail] or [handle]!"),
        ("kim at gmail dot com", "[e-mail]"),
        ("snap: quill_07", "[handle]"),
        ("see instagram.com/quill", "see [link]"),
        ("my id is 12345, yes 12345", "my id is [number], yes [number]"),
        ("born 3/4/2010", "[date]"),
        ("my birthday is March 4", "my [date]"),
        ("4 de marzo de 2011", "[date]"),
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "teacher I like",
        "professor. She is kind",
        "i miss Fridays",
        "i miss science labs",
        "Mr is a title",
        "we had 30 minutes and 2 labs in 2026",
        "coach says no",
        "THE COACH SAYS NO",
        "may we go? will it work? hope so",
        "",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "comment", [c for c in NAMED if "Olmo" not in c.text], ids=lambda c: c.text
)
def test_the_roster_masks_the_samples_names(comment) -> None:
    shown = mask(comment.text, STAFF).text.lower()
    for name in comment.names:
        assert name.lower().split()[-1].rstrip("s") not in shown


def test_the_roster_masks_a_nickname_with_its_title() -> None:
    assert mask("Los experimentos con el profe Olmo.", STAFF).text == (
        "Los experimentos con el [name]."
    )


@pytest.mark.parametrize("comment", CONTACTS, ids=lambda c: c.text)
def test_the_samples_contacts_are_masked(comment: Planted) -> None:
    assert all(name not in mask(comment.text).text for name in comment.names)


def test_a_name_on_the_roster_is_known_with_a_slip_of_the_pen() -> None:
    assert mask("quincee and yarow and tansie", STAFF).text == "[name] and [name] and tansie"
    assert mask("bran is healthy", STAFF).text == "bran is healthy"


def test_a_nickname_of_one_letter_needs_its_title() -> None:
    assert mask("ms. q and dr y but q and a", STAFF).text == "[name] and [name] but q and a"


def test_a_name_that_is_a_word_too_needs_a_capital() -> None:
    brown = Roster(frozenset({"brown"}))
    assert mask("the brown desks, and Brown knows", brown).text == (
        "the brown desks, and [name] knows"
    )


def test_a_roster_holds_names_and_what_students_call_them() -> None:
    assert STAFF.words >= {"rowan", "alder", "bram", "olmo"}
    assert not STAFF.words & {"coach", "profe", "mr"}
    assert ("ms", "q") in STAFF.phrases


def test_spans_say_what_and_where() -> None:
    found = mask("Hi Ms. Holt, 555-0142")
    assert [(found.original[s.start : s.end], s.kind) for s in found.spans] == [
        ("Ms. Holt", Identifier.NAME),
        ("555-0142", Identifier.PHONE),
    ]


PIECES = st.lists(
    st.sampled_from(
        [
            *("Mr. Alder", "ms q", "Holt", "rowan", "emily", "@a.b", "x@y.zz", "555-0142"),
            *("my id is 12345", "12345", "[name]", "[phone]", "3/4/2010", "and", ".", "coach"),
            *("friend", "Ana", "de", "www.x.yz", "insta: a_1", "’s", "Dr", "\n", "É", "-", "0"),
        ]
    ),
    max_size=12,
)
TEXTS = st.text(st.characters(), max_size=80) | PIECES.map(" ".join) | PIECES.map("".join)


def survivors(found: Masked) -> list[str]:
    """Masked parts that still stand in the shown text as words of their own."""
    return [
        part
        for span in found.spans
        if (part := found.original[span.start : span.end])
        and re.search(
            rf"(?<!\w){re.escape(part)}(?!\w)", re.sub(r"\[[a-z-]+\]", " \ue000 ", found.text)
        )
    ]


@settings(deadline=None)
@given(TEXTS, st.sampled_from([NOBODY, STAFF]))
@example("Mr. Mr. [name] Holt", STAFF)
def test_masking_twice_is_masking_once_and_nothing_masked_survives(
    text: str, roster: Roster
) -> None:
    found = mask(text, roster)
    assert mask(found.text, roster).text == found.text
    assert survivors(found) == []
    ends = [0, *(edge for span in found.spans for edge in (span.start, span.end))]
    assert ends == sorted(ends)


def test_a_long_word_is_read_in_good_time() -> None:
    assert mask("a" * 50_000 + "@" + "b" * 50_000).spans == ()
