"""The school's plan over the years: what it chose, when it met, and what it promised.

Percents in these sentences are those of the answers; a test compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAD = "PD team lead"
PRINCIPAL = "Principal"
ADVISOR = "Student council advisor"

SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("school-name", "school name", "Quillhaven Secondary School"),
    ("time-zone", "time zone", "America/Chicago"),
    ("form-link", "form link", "https://forms.example/quillhaven"),
    (
        "contact-counselor",
        "contact",
        "The counselors | room 114, school days from 8:00 to 3:30 | 555-0114",
    ),
    ("contact-principal", "contact", "The principal | front office, any morning before class"),
    ("help-danger", "help line", "911 | if anyone is in danger right now | 911"),
    (
        "help-crisis",
        "help line",
        "988 | Suicide and Crisis Lifeline: call or text, day and night | 988",
    ),
)
"""Record id, name and value of each setting."""


@dataclass(frozen=True)
class Step:
    """One decision: the columns that it sets or changes. ``at`` is local time (ISO 8601)."""

    record_id: str
    at: str
    who: str
    fields: Mapping[str, str]


def _session(record_id: str, at: str, focus: str, day: str, student_part: str, **more: str) -> Step:
    fields = {"focus": focus, "date": day, "student_part": student_part, "state": "planned"}
    return Step(record_id, at, LEAD, {**fields, **more})


FOCUSES: tuple[Step, ...] = (
    Step(
        "focus-feedback",
        "2024-10-23T15:40",
        LEAD,
        {
            "practice": "feedback",
            "state": "running",
            "wave": "2024-fall",
            "evidence": "Fall 2024: 58% not favorable, about 300 answers. Possible priority. "
            "Students say comments come when the grade is already in.",
            "owner": "Humanities team",
            "done_when": "More than half of students say often or almost always.",
        },
    ),
    Step(
        "focus-feedback",
        "2026-02-24T16:05",
        LEAD,
        {"state": "finished"},
    ),
    Step(
        "focus-explain",
        "2025-02-19T15:35",
        LEAD,
        {
            "practice": "explain",
            "state": "running",
            "wave": "2025-winter",
            "evidence": "Winter 2025: 45% not favorable, about 290 answers. Not now by the "
            "numbers; chosen because the staff survey asked for it.",
            "owner": "Math and science team",
            "done_when": "Two of three students say often or almost always.",
        },
    ),
    Step("focus-explain", "2025-11-19T15:50", LEAD, {"state": "finished"}),
    Step(
        "focus-reallife",
        "2025-05-21T15:30",
        LEAD,
        {
            "practice": "reallife",
            "state": "running",
            "wave": "2025-spring",
            "evidence": "Spring 2025: 56% not favorable, about 330 answers. Clear priority.",
            "owner": "Career office",
            "done_when": "Half of students say often or almost always.",
        },
    ),
    Step(
        "focus-reallife",
        "2025-10-22T15:45",
        PRINCIPAL,
        {
            "state": "dropped",
            "reason": "Three at once was too much this year: pace in grades 6 and 7 comes first.",
        },
    ),
    Step(
        "focus-pace",
        "2025-10-22T15:55",
        LEAD,
        {
            "practice": "pace",
            "state": "running",
            "wave": "2025-fall",
            "evidence": "Fall 2025: 31% not favorable, about 335 answers. Not now for the whole "
            "school, but more than half of grades 6 and 7 cannot keep up.",
            "owner": "Grade 6 and 7 team",
            "done_when": "Grades 6 and 7 no longer differ from the rest.",
            "baseline": "2025-spring",
        },
    ),
    Step(
        "focus-handson",
        "2026-05-13T15:30",
        LEAD,
        {
            "practice": "handson",
            "state": "running",
            "wave": "2026-spring",
            "evidence": "Spring 2026: 44% not favorable, about 310 answers. Possible priority. "
            "More students say it used to work than of any other practice.",
            "owner": "Science team",
            "done_when": "Fewer than one in ten say it used to help and stopped.",
            "baseline": "2026-winter",
            "prefer": "Short labs that students set up themselves.",
            "recheck": "2027-05-03",
        },
    ),
    Step(
        "focus-handson",
        "2026-10-21T15:30",
        LEAD,
        {"owner": "Science and art team"},
    ),
)

SESSIONS: tuple[Step, ...] = (
    _session(
        "session-feedback",
        "2025-01-15T15:30",
        "focus-feedback",
        "2025-02-26",
        "told",
        minutes="60",
        format="workshop",
        led_by="Humanities team",
    ),
    Step(
        "session-feedback",
        "2025-02-27T08:15",
        LEAD,
        {"attended": "31", "committed": "One comment on a draft before the grade, in every unit."},
    ),
    _session(
        "session-explain",
        "2025-05-14T15:30",
        "focus-explain",
        "2025-08-20",
        "asked",
        minutes="90",
        format="lesson study",
        led_by="Math and science team",
    ),
    Step(
        "session-explain",
        "2025-08-21T08:10",
        LEAD,
        {"attended": "12", "committed": "A look at every answer before the next step."},
    ),
    _session(
        "session-pace",
        "2026-01-14T15:30",
        "focus-pace",
        "2026-03-04",
        "at the table",
        minutes="45",
        format="learning walk",
        led_by="Grade 6 and 7 team",
        students="a few",
    ),
    Step(
        "session-pace",
        "2026-03-05T08:20",
        LEAD,
        {"attended": "9", "committed": "A show of hands in the middle of class: slower or faster."},
    ),
    _session(
        "session-handson-labs",
        "2026-10-21T15:40",
        "focus-handson",
        "2026-11-18",
        "co-designing",
        minutes="60",
        format="coaching cycle",
        led_by="Science team and four students",
        students="a few",
    ),
    Step(
        "session-handson-labs",
        "2026-11-19T08:10",
        LEAD,
        {"attended": "14", "committed": "One lab every two weeks, out of those students picked."},
    ),
    _session(
        "session-handson-snow", "2026-10-21T15:45", "focus-handson", "2026-12-09", "co-designing"
    ),
    Step("session-handson-snow", "2026-12-09T06:10", PRINCIPAL, {"state": "cancelled"}),
    _session(
        "session-handson-students",
        "2026-12-16T15:30",
        "focus-handson",
        "2027-02-10",
        "leading",
        minutes="60",
        format="student-led",
        led_by="Student council",
        students="5-9",
    ),
)

PROMISES: tuple[Step, ...] = (
    Step(
        "promise-feedback",
        "2024-11-06T15:30",
        LEAD,
        {
            "focus": "focus-feedback",
            "practice": "feedback",
            "wave": "2024-fall",
            "you_said": "Comments come too late to use them.",
            "state": "listening",
            "we_did": "We are reading what you wrote about comments and asking ten of you more.",
            "owner": "Humanities team",
            "revisit": "2025-02-03",
        },
    ),
    Step(
        "promise-feedback",
        "2025-02-27T15:30",
        LEAD,
        {
            "state": "doing",
            "we_did": "Every teacher gives one comment on a draft before it is graded.",
            "revisit": "2025-03-28",
            "follow_up": "give comments while the work is still open",
        },
    ),
    Step(
        "promise-feedback",
        "2025-04-02T15:30",
        LEAD,
        {
            "state": "done",
            "we_did": "Since March every big task has a draft day: one comment and class time "
            "to use it before the grade.",
            "revisit": "",
        },
    ),
    Step(
        "promise-explain",
        "2025-05-28T15:30",
        LEAD,
        {
            "focus": "focus-explain",
            "practice": "explain",
            "wave": "2025-winter",
            "you_said": "If we get lost we hear the same words again.",
            "state": "doing",
            "we_did": "Teachers learn quick checks in August: a look at every answer before "
            "the next step.",
            "owner": "Math and science team",
            "revisit": "2025-10-15",
            "follow_up": "check what everyone understood before moving on",
        },
    ),
    Step(
        "promise-explain",
        "2025-11-19T15:30",
        LEAD,
        {
            "state": "done",
            "we_did": "Small whiteboards are in every math and science room for quick checks.",
            "revisit": "",
        },
    ),
    Step(
        "promise-retry",
        "2026-03-11T15:30",
        PRINCIPAL,
        {
            "focus": "",
            "practice": "retry",
            "wave": "2026-winter",
            "you_said": "Let us retake every test we fail.",
            "state": "not this time",
            "we_did": "Because there is no room or teacher free for that many retakes until the "
            "new schedule starts. Until then you can redo one unit test a term.",
            "owner": "Principal",
            "revisit": "2027-06-01",
        },
    ),
    Step(
        "promise-pace",
        "2025-12-03T15:30",
        LEAD,
        {
            "focus": "focus-pace",
            "practice": "pace",
            "wave": "2025-fall",
            "you_said": "In grades 6 and 7 lessons go too fast to keep up.",
            "state": "doing",
            "we_did": "We are planning a catch-up block on Fridays.",
            "owner": "Grade 6 and 7 team",
            "revisit": "2026-03-20",
            "follow_up": "add a catch-up block each Friday",
        },
    ),
    Step(
        "promise-pace",
        "2026-05-27T15:30",
        LEAD,
        {
            "state": "half done",
            "we_did": "Grade 6 has a catch-up block every Friday. Grade 7 does not yet.",
            "revisit": "2026-12-15",
        },
    ),
    Step(
        "promise-handson",
        "2026-05-20T15:30",
        LEAD,
        {
            "focus": "focus-handson",
            "practice": "handson",
            "wave": "2026-spring",
            "you_said": "We used to do labs every week and then they stopped.",
            "state": "listening",
            "we_did": "We are counting which labs stopped and asking why.",
            "owner": "Science team",
            "revisit": "2026-10-14",
        },
    ),
    Step(
        "promise-handson",
        "2026-11-19T15:30",
        LEAD,
        {
            "state": "doing",
            "we_did": "One lab every two weeks is back in grades 8 to 12. Students picked the "
            "first four.",
            "owner": "Science and art team",
            "revisit": "2027-02-26",
            "follow_up": "bring back one hands-on lab every two weeks",
        },
    ),
    Step(
        "promise-choice",
        "2026-11-12T15:30",
        ADVISOR,
        {
            "focus": "",
            "practice": "choice",
            "wave": "2026-fall",
            "you_said": "We want more say in how we show what we learned.",
            "state": "listening",
            "we_did": "Two students from each grade will sit with us in February to plan it.",
            "owner": "Student council advisor",
            "revisit": "2027-02-19",
        },
    ),
)
