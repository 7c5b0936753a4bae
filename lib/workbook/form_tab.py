"""Which of the tabs is the form's."""

import re
from collections.abc import Callable, Mapping, Sequence

from lib.workbook.layout import Sheet
from lib.workbook.protocol import Cell, WorkbookProblem
from lib.workbook.serials import SERIALS

FORM_TITLES = (
    "form responses",
    "form_responses",
    "respuestas de formulario",
    "réponses au formulaire",
    "respostas ao formulário",
    "respostas do formulário",
    "formularantworten",
    "risposte del modulo",
    "formulierreacties",
    "form yanıtları",
    "respons formulir",
    "jawaban formulir",
    "respons borang",
    "maklum balas borang",
    "câu trả lời biểu mẫu",
    "câu trả lời vào biểu mẫu",
    "ردود النموذج",
    "表单回复",
    "表單回應",
    "フォームの回答",
    "설문지 응답",
    "ответы на форму",
    "liczba odpowiedzi",
)
"""How Google names a form's tab in several languages, before its number."""

TIMESTAMP_HEADERS = (
    "timestamp",
    "marca temporal",
    "horodateur",
    "carimbo de data/hora",
    "zeitstempel",
    "informazioni cronologiche",
    "tijdstempel",
    "zaman damgası",
    "cap waktu",
    "stempel waktu",
    "cap masa",
    "dấu thời gian",
    "طابع زمني",
    "时间戳记",
    "時間戳記",
    "タイムスタンプ",
    "타임스탬프",
    "отметка времени",
    "sygnatura czasowa",
)

DATE = re.compile(r"\s*\d{1,4}[/.\-]\s?\d{1,2}[/.\-]\s?\d{1,4}")

QUESTION_WORDS = 3
QUESTIONS = 2
"""How many headers of that many words, or with a question mark, make a form."""


class NoForm(WorkbookProblem):
    """No form writes into the spreadsheet: every tab that could be its is empty."""


def has_form_title(title: str) -> bool:
    """Whether Google gives a form's tab such a title, in one of the languages known."""
    return title.casefold().strip().startswith(FORM_TITLES)


def is_dated(top: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first column of a tab's top rows is a form's timestamp."""
    header, *rows = top or [()]
    if header and str(header[0]).strip().casefold() in TIMESTAMP_HEADERS:
        return True
    values = [row[0] for row in rows if row and row[0] not in ("", None)]
    return bool(values) and all(_is_moment(value) for value in values)


def has_questions(top: Sequence[Sequence[Cell]]) -> bool:
    """Whether several headers of a tab read like questions."""
    header = [str(cell) for cell in top[0]] if top else []
    return sum(_asks(text) for text in header) >= QUESTIONS


def choose_form(sheets: Sequence[Sheet], tops: Mapping[int, Sequence[Sequence[Cell]]]) -> Sheet:
    """The form's tab among ``sheets``; ``tops`` are the first rows of each, by sheet id.

    Raises WorkbookProblem when none or several could be it; NoForm when all are empty.
    """
    filled = [s for s in sheets if any(row for row in tops.get(s.sheet_id, ()))]
    if not filled:
        raise no_form(sheets)
    if len(filled) == 1:
        return filled[0]
    signs: tuple[Callable[[Sheet], bool], ...] = (
        lambda sheet: has_form_title(sheet.title),
        lambda sheet: is_dated(tops[sheet.sheet_id]),
        lambda sheet: has_questions(tops[sheet.sheet_id]),
    )
    for fits in signs:
        fitting = [sheet for sheet in filled if fits(sheet)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise WorkbookProblem(
                f"Several tabs could hold the form's answers: {_titles(fitting)}.",
                "Write the title of the right one into secrets.toml, under "
                f'[connections.gsheets], for example: worksheet = "{fitting[0].title}"',
            )
    raise WorkbookProblem(
        f"None of the tabs looks like a form's answers: {_titles(filled)}.",
        "In Google Forms open Responses and choose Link to Sheets; or write the title of the "
        "right tab into secrets.toml, under [connections.gsheets], as worksheet.",
    )


def no_form(sheets: Sequence[Sheet]) -> NoForm:
    """No form writes here: ``sheets`` are the tabs that could be its."""
    return NoForm(
        f"No form writes into the spreadsheet: {_listed(sheets)} empty.",
        "In Google Forms open Responses, choose Link to Sheets and select this spreadsheet; "
        "the form then makes its own tab.",
    )


def empty_form(sheet: Sheet, tops: Mapping[Sheet, Sequence[Sequence[Cell]]]) -> None:
    """Pass if no other tab holds anything while the one that the secrets name is empty.

    ``tops`` are the first rows of each tab. Raises WorkbookProblem: the wrong one may be named.
    """
    filled = [other for other, top in tops.items() if any(top) and other != sheet]
    if filled:
        raise WorkbookProblem(
            f"The tab “{sheet.title}” is empty; {_titles(filled)} is not.",
            "If the answers are there, correct worksheet in secrets.toml, under "
            "[connections.gsheets]; or leave the line out and the app finds the form's tab by "
            "itself.",
        )


def named_form(sheets: Sequence[Sheet], title: str) -> Sheet:
    """The tab that the secrets name. Raises WorkbookProblem when there is none."""
    sheet = next((sheet for sheet in sheets if sheet.title == title), None)
    if sheet is None:
        raise WorkbookProblem(
            f"The spreadsheet has no tab called “{title}”; it has {_titles(sheets)}.",
            "Correct worksheet in secrets.toml, under [connections.gsheets]; or leave the line "
            "out and the app finds the form's tab by itself.",
        )
    return sheet


def _asks(text: str) -> bool:
    return len(text.split()) >= QUESTION_WORDS or any(mark in text for mark in "?؟？")


def _is_moment(value: Cell) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return SERIALS[0] <= value <= SERIALS[1]
    return isinstance(value, str) and DATE.match(value) is not None


def _titles(sheets: Sequence[Sheet]) -> str:
    return ", ".join(f"“{sheet.title}”" for sheet in sheets) or "no other tab"


def _listed(sheets: Sequence[Sheet]) -> str:
    if not sheets:
        return "apart from the app's own tabs the spreadsheet is"
    return f"the {'tab' if len(sheets) == 1 else 'tabs'} {_titles(sheets)} " + (
        "is" if len(sheets) == 1 else "are"
    )
