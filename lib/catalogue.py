"""The practices, and the form that asks students about them.

``CATALOGUE`` seeds the tab PD Practices, after which the tab rules. ``FORM`` is the shape of our
own form as data: the form's script, the sample school and the guides are all made from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Practice:
    """One practice. ``looks_like`` is two short lines; all texts are for people to read."""

    practice_id: str
    name: str
    statement: str
    looks_like: tuple[str, str]
    monday_move: str


@dataclass(frozen=True)
class Choice:
    """A question with one answer out of ``options``, lowest first where they have an order."""

    title: str
    options: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Grid:
    """A grid: each row is one statement, answered on one scale, lowest point first.

    ``not_applicable`` is the last column of the grid; it says nothing about the practice.
    """

    title: str
    rows: tuple[str, ...]
    points: tuple[str, ...]
    not_applicable: str

    def header(self, row: str) -> str:
        """The column's header, exactly as Google Forms writes it for a grid."""
        return f"{self.title} [{row}]"


@dataclass(frozen=True)
class PickList:
    """A question with up to ``at_most`` answers, which Forms joins by ", " in one cell.

    ``standing`` is one of the values of ``lib.intake.feedback.Standing``.
    """

    title: str
    standing: str
    options: tuple[str, ...]
    at_most: int = 3


@dataclass(frozen=True)
class Prompt:
    """An open question. ``standing`` as in PickList: what an answer to it is about."""

    title: str
    standing: str


@dataclass(frozen=True)
class FollowUp:
    """The question asked once for each promise of the last wave.

    ``pattern`` takes the promise as words that follow "We said we would".
    """

    pattern: str
    options: tuple[str, ...]

    def title(self, promise: str) -> str:
        """The question for one promise: "give comments before the grade", say."""
        return self.pattern.format(promise=promise.strip().rstrip("."))


@dataclass(frozen=True)
class Form:
    """Our own form, in the order in which students meet it.

    ``notice`` stands above the first question: nobody reads the answers as they arrive.
    """

    title: str
    notice: str
    groups: tuple[Choice, ...]
    grid: Grid
    pick_lists: tuple[PickList, ...]
    prompts: tuple[Prompt, ...]
    trust: tuple[Choice, ...]
    followup: FollowUp

    def headers(self, promises: Iterable[str] = ()) -> tuple[str, ...]:
        """The header row of the form's tab, as Google Forms writes it, for these promises."""
        return (
            "Timestamp",
            *(question.title for question in self.groups),
            *(self.grid.header(row) for row in self.grid.rows),
            *(question.title for question in self.pick_lists),
            *(question.title for question in self.prompts),
            *(question.title for question in self.trust),
            *(self.followup.title(promise) for promise in promises),
        )


CATALOGUE: tuple[Practice, ...] = (
    Practice(
        "goals",
        "Clear goals",
        "I can say in my own words what the lesson is for.",
        (
            "The goal is on the board in words students use and comes back at the end.",
            "Ask any student what this task is for and you get an answer.",
        ),
        "Stop once in the middle of a lesson and let two students say what it is for.",
    ),
    Practice(
        "explain",
        "Another way to explain",
        "If I get lost the teacher shows it a different way.",
        (
            "After a blank look comes a drawing or an example and not the same words again.",
            "Checks happen before the next step: fingers or a quick question on paper.",
        ),
        "Plan a second way to show the hardest idea of the day before the lesson starts.",
    ),
    Practice(
        "feedback",
        "Feedback in time to use",
        "I hear what to fix while I can still fix it.",
        (
            "Comments come while the work is still open.",
            "Class time is set aside to act on one comment.",
        ),
        "Hand back one draft with a single comment and ten minutes to use it.",
    ),
    Practice(
        "retry",
        "Another try",
        "I can redo work after I learn from my mistakes.",
        (
            "A retake or a redo has a plain rule that everyone knows.",
            "The new result counts for what the student knows now.",
        ),
        "Let students redo one question from the last quiz and tell them how it will count.",
    ),
    Practice(
        "choice",
        "Real choices",
        "I get to pick how I do some of my work.",
        (
            "There are two or three ways to show the same learning.",
            "Students can tell why they chose the one they chose.",
        ),
        "Offer two ways to do one task this week: write it or record it.",
    ),
    Practice(
        "pace",
        "A pace that fits",
        "Lessons move at a speed I can keep up with.",
        (
            "Nobody waits long with nothing to do and nobody copies without thinking.",
            "There is a next step for those who finish and a pause for those who need it.",
        ),
        "Ask for a show of hands in the middle of class: slower or faster or just right.",
    ),
    Practice(
        "reallife",
        "Links to real life",
        "We use what we learn on things outside school.",
        (
            "Examples come from the town or the news or jobs that students know.",
            "A task has a reader or a user other than the teacher.",
        ),
        "Swap one textbook example for one that a student brings in.",
    ),
    Practice(
        "stretch",
        "Work that makes us think",
        "I get work that I have to puzzle out.",
        (
            "Questions have more than one good answer or more than one way to get there.",
            "Students get time to struggle before anyone shows the way.",
        ),
        "Give one question with no steps shown and five minutes before any hint.",
    ),
    Practice(
        "talk",
        "Talking it through",
        "We talk with classmates to figure things out.",
        (
            "Pairs speak before the whole class does.",
            "Students answer each other and not only the teacher.",
        ),
        "Before you take answers give every pair one minute to agree on theirs.",
    ),
    Practice(
        "handson",
        "Hands-on learning",
        "We make or test things ourselves.",
        (
            "Students hold the tools or run the trial or build the model.",
            "Notes come after the trying and not in place of it.",
        ),
        "Turn one demonstration into something each table tries for itself.",
    ),
    Practice(
        "listen",
        "Acting on what students say",
        "Something changes in class after we say what would help.",
        (
            "The teacher asks what helps and says what will change.",
            "What cannot change is said too and so is the reason.",
        ),
        "Ask for one thing to change and tell the class on Tuesday what you did with it.",
    ),
    Practice(
        "respect",
        "Respect in the room",
        "People in my classes treat me with respect.",
        (
            "Names are said right and wrong answers are safe.",
            "Put-downs are stopped at once by whoever is nearest.",
        ),
        "Greet each student by name at the door and ask about any name you are not sure of.",
    ),
    Practice(
        "notice",
        "Seeing who is stuck",
        "A teacher comes to me when I am stuck.",
        (
            "The teacher walks the room and stops at the quiet tables too.",
            "There is a way to ask for help that nobody else sees.",
        ),
        "Give every table a card to turn over when it is stuck.",
    ),
    Practice(
        "calm",
        "Calm time to work",
        "It is calm enough in class to get my work done.",
        (
            "Class starts with something to do that everyone can begin alone.",
            "Noise and phones have one rule and it is the same for all.",
        ),
        "Start each class this week with three quiet minutes on one question.",
    ),
)
"""The practices as a new school gets them; ids never change, words may."""

_NAMES = tuple(practice.name for practice in CATALOGUE)

_AGREEMENT = ("Strongly disagree", "Disagree", "In the middle", "Agree", "Strongly agree")

FORM = Form(
    title="How is class working for you?",
    notice=(
        "Nobody reads these answers as they come in. They are read after the form closes. "
        "If you or someone you know is not safe, please do not wait: tell an adult you trust "
        "today or call the help line on this page. You do not have to answer any question you "
        "would rather skip. Please do not write names."
    ),
    groups=(
        Choice("Grade", tuple(f"Grade {grade}" for grade in range(6, 13)), required=True),
        Choice(
            "Program",
            ("General", "Arts", "STEM", "Newcomer ESL", "Work Study"),
            required=True,
        ),
    ),
    grid=Grid(
        "How often is this true in your classes?",
        tuple(practice.statement for practice in CATALOGUE),
        ("Almost never", "Once in a while", "Sometimes", "Often", "Almost always"),
        "Doesn't apply",
    ),
    pick_lists=(
        PickList("Works best for me (pick up to three)", "works", _NAMES),
        PickList("Isn't working for me (pick up to three)", "isn't working", _NAMES),
        PickList("Used to help me and we stopped (pick up to three)", "used to work", _NAMES),
    ),
    prompts=(
        Prompt("What is not working for you in class? What would help?", "isn't working"),
        Prompt("What used to help you learn that we do not do any more?", "used to work"),
    ),
    trust=(
        Choice("I felt OK answering honestly", _AGREEMENT),
        Choice("Adults here will use this", _AGREEMENT),
    ),
    followup=FollowUp(
        "We said we would {promise}: did it change?",
        ("Changed a lot", "Changed a bit", "Not yet"),
    ),
)
"""Our form. Four minutes at most: 2 taps, 14 taps, 3 pick-lists, 2 open prompts, 2 to 5 taps."""

BY_ID: Mapping[str, Practice] = {practice.practice_id: practice for practice in CATALOGUE}
"""The practices of ``CATALOGUE`` by their id."""


def last_name(practice: str) -> str:
    """What a practice that is in no list was called last, by its id.

    That is the catalogue's name, else the words that the id was made of: "Calm time".
    """
    if practice in BY_ID:
        return BY_ID[practice].name
    return practice.replace("-", " ").capitalize()


def called(practice: str, names: Mapping[str, str]) -> str:
    """What a practice is called on screen; ``names`` are those of today by id."""
    return names.get(practice) or f"{last_name(practice)} (no longer asked)"
