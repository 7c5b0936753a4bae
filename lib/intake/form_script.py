"""The script that makes our own form in Google Forms, its spreadsheet and our tabs.

The script's code is one fixed file; all that differs goes into it as one JSON value.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from lib.catalogue import Choice, Form, Practice
from lib.intake.text import clean, fold
from lib.workbook.tabs import KEY_COLUMNS, TABS

_SCRIPT = Path(__file__).parent / "templates" / "make_form.gs"
_PLACE = "__FORM__"

_WORDS_PAGE = "In your own words"
_LAST_PAGE = "About this form"
_LAST_HELP = "Two quick taps, and we are done."
_FOLLOW_UP_HELP = "A few quick taps, also on what we said we would do."
_THANKS = "Thank you. You will hear what comes of it: look for “You said, we did”."


def form_script(
    form: Form,
    practices: Sequence[Practice],
    *,
    service_account: str = "",
    spreadsheet: str = "",
    promises: Iterable[str] = (),
    contacts: Iterable[str] = (),
) -> str:
    """The Apps Script file, in plain ASCII, whose function ``makeForm`` makes the form.

    The form asks about ``practices``, the school's own list. ``promises`` are words that follow
    "We said we would"; ``contacts`` lines that say whom a student can turn to; ``service_account``
    the address to share the spreadsheet with; ``spreadsheet`` the key of one that is there already
    and has no form yet: without it, or where it cannot be written to, the script makes one.
    """
    asked = with_practices(form, practices)
    said = [clean(promise) for promise in promises if clean(promise)]
    who = "\n".join(clean(contact) for contact in contacts if clean(contact))
    before, after = asked.followup.pattern.split("{promise}")
    data = {
        "title": asked.title,
        "description": _paragraphs(asked.notice, who),
        "thanks": _paragraphs(_THANKS, who),
        "groups": [_choice(question) for question in asked.groups],
        "grid": {
            "title": asked.grid.title,
            "rows": asked.grid.rows,
            "columns": (*asked.grid.points, asked.grid.not_applicable),
        },
        "pages": {
            "words": {"title": _WORDS_PAGE, "help": _paragraphs(asked.notice, who)},
            "last": {"title": _LAST_PAGE, "help": _FOLLOW_UP_HELP if said else _LAST_HELP},
        },
        "pickLists": [
            {"title": pick.title, "options": pick.options, "atMost": pick.at_most}
            for pick in asked.pick_lists
        ],
        "prompts": [prompt.title for prompt in asked.prompts],
        "trust": [_choice(question) for question in asked.trust],
        "followUps": {
            "before": before,
            "after": after,
            "options": asked.followup.options,
            "titles": list(dict.fromkeys(asked.followup.title(promise) for promise in said)),
        },
        "tabs": [
            {"name": tab.name, "header": (*KEY_COLUMNS, *tab.columns)} for tab in TABS.values()
        ],
        "serviceAccount": service_account.strip(),
        "spreadsheet": spreadsheet,
    }
    return _SCRIPT.read_text(encoding="utf-8").replace(_PLACE, _literal(data))


def with_practices(form: Form, practices: Sequence[Practice]) -> Form:
    """The form about these practices, in words that Google Forms takes and that we read back.

    Google Forms refuses equal labels; a comma parts the answers of a pick-list in its cell and
    brackets part a grid's header, so labels do without them. Without practices: the form as it is.
    """
    rows = _labels((p.statement or p.name for p in practices), _grid_row)
    options = _labels((p.name or p.statement for p in practices), _option)
    if not rows or not options:
        return form
    return replace(
        form,
        grid=replace(form.grid, rows=rows),
        pick_lists=tuple(replace(pick, options=options) for pick in form.pick_lists),
    )


def _labels(texts: Iterable[str], fitted: Callable[[str], str]) -> tuple[str, ...]:
    """The labels, fitted; one that reads like an earlier one is left out."""
    kept: dict[str, str] = {}
    for text in texts:
        label = fitted(text)
        if label:
            kept.setdefault(fold(label) or label, label)
    return tuple(kept.values())


def _grid_row(text: str) -> str:
    return clean(text.replace("[", "(").replace("]", ")"))


def _option(text: str) -> str:
    return clean(text.replace(",", " ").replace(";", " "))


def _choice(question: Choice) -> dict[str, object]:
    return {
        "title": question.title,
        "options": question.options,
        "required": question.required,
    }


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _literal(data: object) -> str:
    """JSON that is safe inside a script, in a web page too: ASCII only, and no closing tag."""
    return json.dumps(data, ensure_ascii=True, indent=2).replace("</", "<\\/")
