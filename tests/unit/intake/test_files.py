"""Files as people have them: dialects, encodings, workbooks, and what is no table at all."""

import io
import random
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from lib.catalogue import CATALOGUE
from lib.intake import IntakeProblem, encode, read_file, understand
from lib.intake.report import as_json
from tests.unit.intake.reading import cells_of

_HEADER = ["Timestamp", "¿Qué tan clara es la clase?", "Comentarios"]
_ROWS = [
    ["13/03/2023 9:00:00", "5", "más “tiempo”, por favor"],
    ["14/03/2023 9:00:00", "3", "línea uno\nlínea dos"],
    ["15/03/2023 9:00:00", "1", ""],
]


def _csv(delimiter: str = ",", ending: str = "\r\n") -> str:
    def quoted(cell: str) -> str:
        return f'"{cell}"' if any(c in cell for c in f'{delimiter}\n"') else cell

    return ending.join(delimiter.join(map(quoted, row)) for row in [_HEADER, *_ROWS]) + ending


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_delimiters_and_line_ends(delimiter: str, ending: str) -> None:
    assert cells_of(_csv(delimiter, ending).encode()) == (_HEADER, _ROWS)


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=;\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_line_that_tells_excel_the_delimiter_is_heeded_and_no_row(
    line: str, encoding: str
) -> None:
    assert cells_of(f"{line}{_csv(';')}".encode(encoding)) == (_HEADER, _ROWS)
    # More commas than semicolons would have it the other way.
    table = f"{line}Why, in short, or not;Pace\r\na, b, c;5\r\n"
    assert cells_of(table.encode(encoding)) == (
        ["Why, in short, or not", "Pace"],
        [["a, b, c", "5"]],
    )


def test_a_question_that_begins_like_that_line_is_a_question() -> None:
    assert cells_of(b"sep=;Pace\n3;5\n") == (["sep=", "Pace"], [["3", "5"]])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    assert cells_of(_csv().encode(encoding)) == (_HEADER, _ROWS)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1254", "Öğretmenim dersi anlaşılır şekilde anlatıyor ve sorularımı yanıtlıyor"),
        ("cp1256", "يشرح المعلم الدرس بوضوح ويجيب عن أسئلتنا في كل حصة بصبر"),
        ("gb18030", "老师讲解清楚,我们喜欢小组讨论和实验课,希望以后多一些"),
    ],
)
def test_old_encodings_of_other_languages(encoding: str, text: str) -> None:
    rows = "\n".join(f'"{text}";{i % 5 + 1}' for i in range(20))
    header, read = cells_of(f'"{text}";nota\n{rows}\n'.encode(encoding))
    assert header == [text, "nota"]
    assert len(read) == 20


def test_one_bad_byte_spoils_one_cell_and_is_said() -> None:
    rows = "\n".join(f"2024-03-{day:02d} 10:00:00,5,está bién así" for day in range(1, 29))
    data = f"Marca temporal,Ritmo,Comentario\n{rows}\n".encode()
    at = data.index("está".encode()) + 1
    header, read = cells_of(data[:at] + b"\xff" + data[at:])
    assert header == ["Marca temporal", "Ritmo", "Comentario"]
    assert [row[2] for row in read] == ["e\ufffdstá bién así", *["está bién así"] * 27]
    found = [p for p in understand(encode(header, read), CATALOGUE).problems if "\ufffd" in p.says]
    assert [(p.row, p.column) for p in found] == [(2, 3)]
    assert found[0].says.startswith(
        "A letter that cannot be read (\ufffd) stands in 1 cell of this column."
    )


def test_every_record_counts_blank_ones_too() -> None:
    header, rows = cells_of(b"Timestamp,Pace\n\n3/13/2023 9:00,5\n,\n,,,\n3/14/2023 9:00,4\n\n")
    assert len(rows) == 6
    feedback = understand(encode(header, rows), CATALOGUE)
    assert (len(feedback), feedback.left_out) == (2, {"blank row": 4})


def test_a_single_answer_and_no_answer_at_all() -> None:
    assert cells_of(b"Timestamp,Pace\n3/13/2023 9:00,5") == (
        ["Timestamp", "Pace"],
        [["3/13/2023 9:00", "5"]],
    )
    assert cells_of(b"Timestamp,Pace") == (["Timestamp", "Pace"], [])


def _xlsx(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_workbooks_moments_come_as_the_sheet_would_give_them() -> None:
    rows = [["Timestamp", "Pace", "Day"], [datetime(2023, 3, 15, 12), 4, date(2023, 3, 14)]]
    header, read = cells_of(_xlsx({"Form Responses 1": rows}))
    assert list(header) == ["Timestamp", "Pace", "Day"]
    assert read == [[45000.5, 4, 44999.0]]
    assert as_json(understand(encode(header, read), CATALOGUE))["first"] == "2023-03-15T12:00:00"


def test_the_sheet_with_the_answers_is_found() -> None:
    answers = [["Timestamp", "Pace"], *[[f"3/{d}/2023 9:00", d % 5 + 1] for d in range(13, 25)]]
    header, rows = cells_of(_xlsx({"Notes": [["ask Monday"]], "Answers": answers, "Chart": []}))
    assert list(header) == ["Timestamp", "Pace"]
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b",,,\n,,,\n", "empty"),
        (b"just one line of words", "only one column"),
        (b"one\ntwo\nthree\n", "only one column"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"PK\x03\x04 but broken", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "an old Excel"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b'{"answers": [1, 2, 3]}', "JSON"),
        (bytes(range(256)) * 40, "not text"),
        (b'Timestamp,Pace\n"3/13/2023,5\n' + b"x" * 300_000, "quotation mark"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(IntakeProblem) as problem:
        cells_of(data)
    assert says in problem.value.says
    assert problem.value.do


_QUOTED = 'Timestamp,Pace,Why\r\n2024-03-01 10:00:00,5,"he said "hi" to me"\r\n'
_FINE = "".join(f"2024-03-{day:02d} 10:00:00,4,fine\r\n" for day in range(3, 29))


def test_quotation_marks_inside_an_answer_are_read() -> None:
    for ending in ("", '2024-03-02 10:00:00,4,"one\ntwo, three, four\n5, six"'):
        header, rows = cells_of(f"{_QUOTED}{_FINE}{ending}".encode())
        assert header == ["Timestamp", "Pace", "Why"]
        assert rows[:2] == [
            ["2024-03-01 10:00:00", "5", 'he said hi" to me"'],
            ["2024-03-03 10:00:00", "4", "fine"],
        ]
        assert len(rows) == (28 if ending else 27)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        # To the end of the file, whether or not a line ends it.
        (f'{_QUOTED}2024-03-02 10:00:00,4,"never closed\r\n{_FINE}', 3),
        (f'{_QUOTED}2024-03-02 10:00:00,4,"never closed', 3),
        (f'{_QUOTED}{_FINE}2024-03-02 10:00:00,4,"', 29),
        # Until another answer's quotation mark, which is taken for the one that closes it.
        (f'{_QUOTED}2024-03-02 10:00:00,4,"open\r\n2024-03-03 10:00:00,4,"fine"\r\n{_FINE}', 3),
        (f'{_QUOTED}2024-03-02 10:00:00,"4,open\r\n2024-03-03 10:00:00,"4",fine\r\n{_FINE}', 3),
        # With no moments: lines as wide as the header.
        ('Pace,Calm,Why\n5,4,"a "b" c"\n4,4,"open\n3,3,no\n2,2,"so"\n1,1,x\n', 3),
        # A file in which nothing else is wrong.
        (f'Timestamp,Pace,Why\r\n{_FINE}2024-03-29 10:00:00,4,"open\r\n', 28),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(table: str, line: int) -> None:
    with pytest.raises(IntakeProblem, match=f"row that begins on line {line} is never closed"):
        cells_of(table.encode())


def test_a_workbook_that_would_unpack_to_a_flood_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lib.intake.xlsx_files._LARGEST_UNPACKED_MB", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    with pytest.raises(IntakeProblem, match="too large"):
        cells_of(packed.getvalue())


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(IntakeProblem, match="cannot be opened"):
        read_file(tmp_path / "nothing.csv")
    with pytest.raises(IntakeProblem, match="No file is named: this is a folder"):
        read_file(tmp_path)


def test_no_bytes_whatever_raise_anything_else() -> None:
    chance = random.Random(7)
    starts = [b"", b"PK\x03\x04", b"\xff\xfe", b"a;b\n", b'"', _csv().encode(), _xlsx({"a": [[1]]})]
    for _ in range(150):
        data = chance.choice(starts) + chance.randbytes(chance.randrange(60))
        try:
            header, rows = cells_of(data)
        except IntakeProblem:
            continue
        understand(encode(header, rows), CATALOGUE)


@pytest.mark.parametrize(
    "words",
    [
        "año",
        "Sözel,ü,ö",
        "Café ou thé ?",
        "Größe",
        "é,è",
        "Prénom,élève",
        "señal,niño",
        "Múltiplo,ão,ó",
    ],
)
def test_a_very_small_latin_file_is_not_taken_for_another_script(words: str) -> None:
    text = f"Timestamp,Q,{words}\n3/2/2026 9:00:00,1,{words}\n"
    header, rows = cells_of(text.encode("cp1252"))
    assert ",".join(map(str, header)) == f"Timestamp,Q,{words}"
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("gb18030", "你的年级是什么"), ("big5", "你的年級是什麼")],
)
def test_other_scripts_are_still_told_apart(encoding: str, words: str) -> None:
    text = f"Timestamp,{words}\n" + f"3/2/2026 9:00:00,{words}\n" * 8
    header, _ = cells_of(text.encode(encoding))
    assert header[1] == words
