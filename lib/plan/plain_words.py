"""How a promise reads, in English: advice for whoever writes it, never a reason to hold it back."""

import re

from lib.decided import one_line
from lib.plan.promises import PromiseState, Sentences, because

GUIDANCE = (
    "Say what a student would see, where, and from which day. Short words, no jargon, no names."
)
"""Stands beside the box."""

HARD_FROM = 8
"""The grade from which advice is given: the students of grade 6 read the page too."""

_WORDS_AT_LEAST = 6
"""A formula for long texts says nothing of three words."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")

_VAGUE = (
    *("look into", "looking into", "explore", "exploring", "consider", "considering"),
    *("try to", "trying to", "aim to", "hope to", "hoping to", "strive", "endeavor", "plan to"),
    *("committed to", "commitment", "work towards", "working towards", "work on", "working on"),
    *("continue to", "encourage", "raise awareness", "where possible", "when possible"),
    *("as needed", "as appropriate", "in due course", "discuss", "be mindful", "value your"),
)
"""What a school says when nothing happens yet."""

_JARGON = {
    "assessment": "test",
    "assessments": "tests",
    "differentiate": "give different tasks",
    "differentiated": "made to fit each student",
    "differentiation": "tasks that fit each student",
    "facilitate": "help",
    "formative": "along the way",
    "implement": "start",
    "implemented": "started",
    "implementing": "starting",
    "initiative": "plan",
    "initiatives": "plans",
    "instruction": "teaching",
    "instructional": "teaching",
    "learners": "students",
    "leverage": "use",
    "metacognition": "thinking about thinking",
    "modalities": "ways",
    "pedagogical": "teaching",
    "pedagogy": "teaching",
    "prioritize": "put first",
    "rigor": "hard work",
    "scaffold": "help",
    "scaffolding": "help",
    "scaffolds": "help",
    "stakeholders": "people",
    "strategies": "ways",
    "summative": "at the end",
    "utilize": "use",
}
"""Words of the trade, and what to say in their place."""

_WHEN = re.compile(
    r"\d|\b(?:every|each|daily|weekly|monthly|always|today|tomorrow|tonight|now|since|until|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|"
    r"september|october|november|december|in may|by may|since may|spring|summer|fall|autumn|"
    r"winter|once|twice|before|after|week|weeks|month|months|term|semester|next year|this year)\b",
    re.IGNORECASE,
)


def grade(text: str) -> float | None:
    """The Flesch-Kincaid grade of an English text; None where it has too few words to say.

    Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new readability formulas for Navy
    enlisted personnel (Research Branch Report 8-75): 0.39 words a sentence + 11.8 syllables a
    word - 15.59. Syllables are counted by their vowels, which is right for most words.
    """
    words = _WORD.findall(text)
    if len(words) < _WORDS_AT_LEAST:
        return None
    sentences = max(len(_SENTENCE_END.findall(text.strip())), 1)
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables an English word has, about: groups of vowels, less a silent ending."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(letters))
    silent_e = letters.endswith("e") and not re.search(r"([aeiouy]|[^aeiouy]l)e$", letters)
    silent_ed = re.search(r"[^aeioutd]ed$", letters) is not None
    silent_es = re.search(r"[^aeiouyszcxgh]es$", letters) is not None
    return max(groups - (silent_e or silent_ed or silent_es), 1)


def advice(promise: Sentences) -> tuple[str, ...]:
    """What would make a promise plainer, a sentence each; empty where nothing stands out."""
    you_said, we_did = one_line(promise.you_said), because(one_line(promise.we_did))
    said = [*_nothing_promised(promise.state, we_did, dated=promise.revisit is not None)]
    for text in (you_said, we_did):
        read_at = grade(text)
        if read_at is not None and round(read_at) >= HARD_FROM:
            said.append(
                f"“{_start(text)}” reads like grade {min(round(read_at), 16)}. Cut it in two, or "
                "use shorter words: students of grade 6 read this too."
            )
    words = {word.lower() for word in _WORD.findall(f"{you_said} {we_did}")}
    said += [
        f"“{word}” is a word of the trade. Say “{plainer}”?"
        for word, plainer in _JARGON.items()
        if word in words
    ]
    return tuple(said)


def _nothing_promised(state: PromiseState, we_did: str, *, dated: bool) -> list[str]:
    """Why a sentence binds nobody: it has no day, or says nothing that a student could see."""
    if not we_did:
        return []
    folded = f" {we_did.lower()} "
    vague = next((each for each in _VAGUE if re.search(rf"\b{each}\b", folded)), "")
    said = []
    if vague and state is not PromiseState.NOT_THIS_TIME:
        said.append(
            f"“{vague}” promises nothing yet. Say what happens, or choose “listening” and the day "
            "on which students hear more."
        )
    if state in {PromiseState.NOT_THIS_TIME, PromiseState.LISTENING}:
        dateless = not dated and not _WHEN.search(we_did)
        need = "No day is given. Say by when students hear more."
    else:
        dateless = not _WHEN.search(we_did)
        need = "No day and no number: say from when, how often, or in which classes."
    return [*said, need] if dateless else said


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")
