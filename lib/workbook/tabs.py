"""Our own tabs: their names and readable columns. The guide's data dictionary is made from this."""

from dataclasses import dataclass

KEY_COLUMNS = ("event_id", "record_id", "revision", "at", "who")
"""Every tab of ours starts with these; none of their cells is ever empty."""


@dataclass(frozen=True)
class Tab:
    """One of our tabs: what it holds, and what each readable column means."""

    name: str
    holds: str
    columns: dict[str, str]


SETTINGS = "PD Settings"
PRACTICES = "PD Practices"
WAVES = "PD Waves"
COLUMNS = "PD Columns"
GROUPS = "PD Groups"
ROSTER = "PD Roster"
FOCUS = "PD Focus"
SESSIONS = "PD Sessions"
PROMISES = "PD Promises"
CONVERSATIONS = "PD Conversations"
PANELS = "PD Panels"
REVIEWS = "PD Reviews"
THEMES = "PD Themes"
TRANSLATIONS = "PD Translations"
PUBLISHED = "PD Published"
EVIDENCE = "PD Evidence"

TABS: dict[str, Tab] = {
    tab.name: tab
    for tab in (
        Tab(
            SETTINGS,
            "The school's settings, and the pasted blocks of rows that are left out",
            {
                "name": "which setting",
                "value": "its value; for a block: left out, or counted again",
                "rows": "how many rows the block has",
                "fingerprint": "what tells the block's rows from others, wherever they stand",
            },
        ),
        Tab(
            PRACTICES,
            "The catalogue as this school uses it",
            {
                "name": "staff name",
                "statement": "the student's sentence",
                "looks_like": "what it looks like, two lines",
                "monday_move": "one move for Monday",
            },
        ),
        Tab(
            WAVES,
            "Collection windows",
            {
                "label": "name of the wave",
                "opens": "first moment, school's local time (ISO 8601)",
                "closes": "first moment after it, school's local time; empty while open",
            },
        ),
        Tab(
            COLUMNS,
            "Which question of the form is what, as a person accepted or corrected it",
            {
                "header": "the question's text",
                "ordinal": "which of the columns with this text, counted from the left",
                "role": "what the column holds",
                "practice": "which practice it rates",
                "low": "lowest point of the scale",
                "high": "highest point of the scale",
                "favorable_from": "lowest point that counts as favorable",
                "date_order": "day first or month first, for the time of the answer",
                "letter": "where it stood in the sheet when this was written",
                "same_as": "the question's earlier wording, where it was reworded",
                "state": "asked or no longer asked, once a person has accepted how it is read",
            },
        ),
        Tab(
            GROUPS,
            "How many students each group has, to see who was not heard",
            {
                "grouping": "the group question's text",
                "label": "the group, as the form's answers call it",
                "enrolled": "how many students are in it",
            },
        ),
        Tab(
            ROSTER,
            "Names of staff to mask in comments and conversations",
            {
                "name": "first and last name",
                "also_called": "what students call them, separated by semicolons",
            },
        ),
        Tab(
            FOCUS,
            "Practices chosen for PD, with the evidence they were chosen on",
            {
                "practice": "which practice",
                "state": "running, finished or dropped",
                "wave": "the wave it was chosen on",
                "evidence": "what the numbers said, in words",
                "owner": "who looks after it",
                "done_when": "how we will know",
                "reason": "why it was dropped or reopened",
                "baseline": "the wave to compare with",
                "students_order": "where a panel of students put it, in words",
                "quotes": "which approved words were seen with it, by their ids",
                "prefer": "how students would like it, in the team's words",
                "recheck": "day to look again (ISO 8601)",
            },
        ),
        Tab(
            SESSIONS,
            "PD events",
            {
                "focus": "record id of the focus",
                "date": "day of the session (ISO 8601)",
                "student_part": "told, asked, at the table, co-designing or leading",
                "state": "planned or cancelled",
                "minutes": "how long it takes",
                "format": "workshop, lesson study, panel, learning walk, coaching cycle or "
                "student-led",
                "led_by": "who leads it",
                "students": "how many students take part: a few, 5-9 or 10 or more",
                "materials": "web address of the materials",
                "agenda": "its parts: '10 min: Students first', the protocol, lines with a dash",
                "attended": "how many adults came",
                "committed": "what staff committed to",
            },
        ),
        Tab(
            PROMISES,
            "What students said and what became of it",
            {
                "focus": "record id of the focus",
                "practice": "which practice",
                "wave": "the wave it comes from",
                "you_said": "what students said, in the staff's words",
                "state": "listening, doing, half done, done or not this time",
                "we_did": "what we did, are doing, or why not this time",
                "owner": "who looks after it",
                "revisit": "when we look again (ISO 8601)",
                "follow_up": "words after 'We said we would' in the form, where it asks",
                "reason": "what students said that opened it again",
            },
        ),
        Tab(
            CONVERSATIONS,
            "Talks with students that somebody wrote down, without names",
            {
                "date": "day of the conversation (ISO 8601)",
                "kind": "informal talk, student panel, shadowing day or student-led PD",
                "students": "a few, 5-9 or 10 or more",
                "standings": "practices and what was said of each: 'choice: isn't working; ...'",
                "student_part": "told, asked, at the table, co-designing or leading",
                "heard": "what was heard, in the words of whoever wrote it down",
                "state": "logged or withdrawn",
            },
        ),
        Tab(
            PANELS,
            "What a room of students, or of staff, made of the charts",
            {
                "date": "day of the panel (ISO 8601)",
                "kind": "student panel or staff meeting",
                "students": "a few, 5-9 or 10 or more",
                "wave": "record id of the wave whose charts were read",
                "guesses": "one guess of the room a practice, in percent: 'choice: 40; ...'",
                "order": "practices in the order the students gave them, first what matters most",
                "strengths": "what is strong, one line a practice: 'choice: ...'",
                "concerns": "what worries them, one line a practice",
                "ideas": "a first idea, one line a practice",
                "state": "held or withdrawn",
            },
        ),
        Tab(
            REVIEWS,
            "Decisions about comments; the comments themselves stay where they were written",
            {
                "source": "comment, conversation, panel or drill",
                "state": "unreviewed, passed, redacted, held or referred",
                "words": "the words to show instead, where somebody edited them; else empty",
                "wave": "record id of the wave it was written in",
                "month": "month it was written in (2027-01)",
                "step": "new, seen, handed over or closed, where it was referred",
            },
        ),
        Tab(
            THEMES,
            "Which words show which practice, and comments that people put right",
            {
                "kind": "word or comment",
                "practice": "the practice; for a comment all of its practices, by semicolons",
                "language": "language of the word (en, es)",
                "phrase": "the word or phrase; empty for a comment",
                "state": "added or removed",
            },
        ),
        Tab(
            EVIDENCE,
            "The printed table and words of each closed wave, frozen",
            {
                "wave": "record id of the wave",
                "label": "name of the wave when it closed",
                "edition": "1 when the wave closed; higher after each recompute",
                "part": "which part of the content, from 1",
                "parts": "how many parts there are",
                "digest": "fingerprint of the whole content: its parts belong together",
                "content": "the table, as JSON under 40,000 characters",
            },
        ),
        Tab(
            TRANSLATIONS,
            "What the school's own sentences on the students' page are in other languages",
            {
                "language": "code of the language (es)",
                "text": "the sentence as it stands in English",
                "translation": "the same in that language; empty where it was taken back",
            },
        ),
        Tab(
            PUBLISHED,
            "Versions of the students' page",
            {
                "version": "number of the version",
                "state": "published or withdrawn; proposed, approved or taken back",
                "content": "what the page says, as JSON under 40,000 characters",
            },
        ),
    )
}
