"""Comments that are there for a reason, each at its place. All names of people are invented."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Planted:
    """One comment at a fixed place.

    ``wave`` and ``answer`` count from 0, answers in the order they came in; ``prompt`` is 0 for
    what is not working and 1 for what used to help. ``names`` are the words a reader must not see.
    """

    wave: int
    answer: int
    prompt: Literal[0, 1]
    text: str
    names: tuple[str, ...] = ()


DISCLOSURE = Planted(
    7,
    171,
    0,
    "please dont show this to anyone in class. my moms boyfriend hits me when my grades go down "
    "and im scared to go home on report card day",
)
DISTRESS = Planted(
    8,
    97,
    1,
    "nothing helps anymore and its not about school. i dont really want to be alive and i dont "
    "know who to tell",
)
FOR_THE_COUNSELOR: tuple[Planted, ...] = (DISCLOSURE, DISTRESS)
"""The only two comments that cannot wait."""

NAMED: tuple[Planted, ...] = (
    Planted(0, 41, 1, "Mr. Alder let us redo quizzes on Fridays. That was great.", ("Mr. Alder",)),
    Planted(1, 120, 0, "I wish every class had a draft day like Ms. Quince does.", ("Ms. Quince",)),
    Planted(2, 77, 1, "coach bram had stations for fractions. i miss that", ("coach bram",)),
    Planted(3, 205, 0, "Can all teachers post notes the way mrs tansy does?", ("mrs tansy",)),
    Planted(4, 18, 1, "Los experimentos con el profe Olmo.", ("profe Olmo",)),
    Planted(
        5, 260, 0, "Mr Alder and Ms Quince have different phone rules.", ("Mr Alder", "Ms Quince")
    ),
    Planted(6, 90, 1, "Dr. Yarrow's river lab!! bring it back", ("Dr. Yarrow",)),
    Planted(7, 66, 0, "It's only calm in Ms. Quince's room.", ("Ms. Quince",)),
    Planted(7, 233, 1, "rowan alder ran the maker carts and everyone loved it", ("rowan alder",)),
    Planted(8, 30, 0, "more choice like in mr. alders class", ("mr. alders",)),
)
"""Harmless, but somebody is named."""

CONTACTS: tuple[Planted, ...] = (
    Planted(
        6,
        12,
        0,
        "If you want ideas for projects ask me, larkie.m@mail.example",
        ("larkie.m@mail.example",),
    ),
    Planted(7, 140, 1, "the film club. clips are at @quill_clips_07", ("@quill_clips_07",)),
    Planted(7, 201, 0, "text me at 555-0142 if the panel needs people", ("555-0142",)),
)
"""Harmless, but somebody could be found."""

IDIOMS: tuple[Planted, ...] = (
    Planted(0, 200, 0, "This homework is killing me. Three projects in one week."),
    Planted(2, 15, 1, "The egg drop. We were dying laughing."),
    Planted(4, 144, 0, "I'm going to die of boredom without the labs."),
    Planted(6, 222, 0, "That test murdered us all lol"),
    Planted(7, 99, 0, "im dead after lunch, its so loud nobody can work"),
    Planted(8, 61, 0, "5 tests in one week, shoot me an email before you plan that"),
)
"""They sound alarming and are not."""

OTHER_LANGUAGE: tuple[Planted, ...] = (
    Planted(5, 33, 0, "Em muốn có thêm thời gian để thực hành."),
    Planted(7, 255, 1, "Lớp học ngoài vườn rất vui và dễ hiểu."),
)
"""Neither English nor Spanish: a person has to read them."""

ON_TWO_LINES: tuple[Planted, ...] = (
    Planted(3, 50, 0, "Two things:\n1. slower notes\n2. one phone rule"),
    Planted(7, 20, 1, 'My teacher used to say "show me another way", and we did.\nI miss it.'),
)
"""Line breaks, quotation marks and commas inside one cell."""

PLANTED: tuple[Planted, ...] = (
    FOR_THE_COUNSELOR + NAMED + CONTACTS + IDIOMS + OTHER_LANGUAGE + ON_TWO_LINES
)

ROSTER: tuple[tuple[str, str], ...] = (
    ("Rowan Alder", "Mr. Alder"),
    ("Imogen Quince", "Ms. Quince; Ms. Q"),
    ("Bram Teasel", "Coach Bram; Mr. Teasel"),
    ("Odile Tansy", "Mrs. Tansy"),
    ("Salvio Olmo", "Profe Olmo; Mr. Olmo"),
    ("Petra Yarrow", "Dr. Yarrow; Dr. Y"),
)
"""Staff who do not exist, with what students call them."""
