"""Make the sample school. Run from the repository's folder:

    python -m sample_data.make_sample

It writes responses.csv, decisions.json and school.json beside itself, the same bytes every time.
"""

import csv
import io
import json
from pathlib import Path

import numpy as np

from lib.catalogue import FORM
from sample_data import school
from sample_data.answers import wave_rows
from sample_data.decisions import decisions

SEED = 20243178
HERE = Path(__file__).resolve().parent
STREAMS_A_WAVE = 4


def responses_csv() -> str:
    """The form's tab, exactly as Google Forms exports it (lines end in a bare newline)."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(FORM.headers(school.FOLLOW_UPS))
    for index, seeds in enumerate(np.random.SeedSequence(SEED).spawn(len(school.WAVES))):
        streams = [np.random.default_rng(seed) for seed in seeds.spawn(STREAMS_A_WAVE)]
        sheet.writerows(wave_rows(index, streams))
    return out.getvalue()


def decisions_json(responses: str) -> str:
    """Every decision taken so far, one event a line; ``responses`` is the form's tab as CSV."""
    header, *rows = csv.reader(io.StringIO(responses))
    lines = ",\n".join(json.dumps(event, ensure_ascii=False) for event in decisions(header, rows))
    return f"[\n{lines}\n]\n"


def school_json() -> str:
    """What the app must know about the sample beyond its rows."""
    facts = {
        "clock": school.CLOCK.isoformat(),
        "time_zone": school.TIME_ZONE,
        "form_title": "Form Responses 1",
    }
    return json.dumps(facts, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write the three files into ``folder``."""
    responses = responses_csv()
    for name, text in (
        ("responses.csv", responses),
        ("decisions.json", decisions_json(responses)),
        ("school.json", school_json()),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(HERE)
    print(f"Wrote the sample school into {HERE}.")
