"""What the lists of words find in texts that their author did not write.

    python -m benchmarks.voices --comments FILE --evals FOLDER [--safety FILE ...]

FILE of comments: the EduRABSA reviews (columns text, quadruplets_json); FOLDER: course evaluations.
A safety file is a CSV with the columns text and label (1: a person should see it), written by
others. None of these texts is part of this repository; ``voices_marks.json`` holds only the places
of names in them, with the files' fingerprints. Prints the figures that docs/methods.md quotes: they
are limits of the lists, not an assurance.

Half of each safety file was used to improve the lists (an even first byte of the text's SHA-256);
figures are of the other half.
"""

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from lib.catalogue import BY_ID
from lib.intake.text import fold
from lib.voices.contacts import Identifier
from lib.voices.identity import NOBODY, Roster, mask
from lib.voices.safety import Level, assess
from lib.voices.themes import Lists, lists_from

MARKS = Path(__file__).with_name("voices_marks.json")

MAPPED: Mapping[str, frozenset[str]] = {
    "Staff - Teaching": frozenset({"explain", "stretch"}),
    "Course - Difficulty": frozenset({"stretch"}),
    "Course - Assessment": frozenset({"feedback", "retry"}),
    "Course - Learning activity": frozenset({"handson", "talk"}),
    "Staff - Attitude": frozenset({"respect"}),
    "Staff - Helpfulness": frozenset({"notice"}),
    "Course - Workload": frozenset({"pace"}),
}
"""Labels of the reviews that speak of one of our practices or two; the others have none."""


def held_out(text: str) -> bool:
    """Whether a text was kept out of sight while the lists were improved."""
    return sha256(text.encode()).digest()[0] % 2 == 1


def safety(name: str, rows: Sequence[tuple[str, bool]]) -> None:
    """Flags among texts that a person should see, and among others."""
    found: dict[bool, Counter[Level]] = {True: Counter(), False: Counter()}
    for text, concern in rows:
        found[concern][assess(mask(text)).level] += 1
    for concern, levels in found.items():
        total = sum(levels.values())
        if total:
            red, amber = levels[Level.RED] / total, levels[Level.AMBER] / total
            kind = "should be seen" if concern else "others"
            print(f"  {name}, {kind} ({total}): red {red:.3f}, amber {amber:.3f}")


def alert_load(texts: Sequence[str]) -> None:
    """Flags per 1,000 real comments, and the time it takes."""
    begin = time.perf_counter()
    levels = Counter(assess(mask(text)).level for text in texts)
    seconds = time.perf_counter() - begin
    per = 1000 / len(texts)
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"  of 1,000: red {levels[Level.RED] * per:.0f}, amber {levels[Level.AMBER] * per:.0f}")
    print(f"  {seconds * per:.1f} s for 1,000 comments of {words:.0f} words")


def identity(texts: Mapping[str, list[dict[str, str]]]) -> None:
    """Marked names that are masked, and masks that no mark explains; with and without a roster."""
    kept = json.loads(MARKS.read_text(encoding="utf-8"))
    marks: dict[tuple[str, int, str], list[tuple[int, int]]] = {}
    names: set[str] = set()
    for file, row, column, start, end in kept["marks"]:
        place = file, row, kept["columns"][column]
        marks.setdefault(place, []).append((start, end))
        names.add(fold(texts[file][row][place[2]][start:end]).split()[-1])
    roster = Roster(frozenset(name for name in names if len(name) > 2))
    for label, used in (("patterns alone", NOBODY), ("with a roster", roster)):
        hit = extra = total = comments = 0
        for file, rows in texts.items():
            for number, row in enumerate(rows):
                for column in columns_of(row):
                    wanted = marks.get((file, number, column), [])
                    spans = mask(row[column] or "", used).spans
                    comments += bool(row[column])
                    total += len(wanted)
                    hit += sum(
                        any(s.start < end and start < s.end for s in spans) for start, end in wanted
                    )
                    extra += sum(
                        not any(s.start < end and start < s.end for start, end in wanted)
                        for s in spans
                        if s.kind is Identifier.NAME
                    )
        print(
            f"  {label}: recall {hit / total:.2f} ({hit} of {total}), "
            f"precision {hit / max(hit + extra, 1):.2f}, "
            f"{1000 * extra / comments:.1f} needless masks in 1,000 comments"
        )


def columns_of(row: Mapping[str, str]) -> list[str]:
    """The columns that hold free text."""
    return [c for c in row if c == "text" or c.startswith(("What have", "Were there", "Any other"))]


def themes(rows: Sequence[Mapping[str, str]], lists: Lists) -> None:
    """Practices found against the reviewers' labels, where a label speaks of a practice."""
    hits: Counter[str] = Counter()
    found_all: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    none = 0
    for row in rows:
        categories = {q["category"] for q in json.loads(row["quadruplets_json"])}
        found = set(lists.practices_of(row["text"]))
        none += not found
        for category, practices in MAPPED.items():
            says, is_so = bool(found & practices), category in categories
            hits[category] += says and is_so
            found_all[category] += says
            labelled[category] += is_so
    for category in MAPPED:
        print(
            f"  {category}: precision {hits[category] / max(found_all[category], 1):.2f}, "
            f"recall {hits[category] / labelled[category]:.2f} ({labelled[category]} labelled)"
        )
    precision = sum(hits.values()) / sum(found_all.values())
    recall = sum(hits.values()) / sum(labelled.values())
    score = 2 * precision * recall / (precision + recall)
    print(f"  all: precision {precision:.2f}, recall {recall:.2f}, F1 {score:.2f}")
    print(f"  unassigned: {none / len(rows):.2f} of the reviews")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=Path, required=True)
    parser.add_argument("--evals", type=Path, required=True)
    parser.add_argument("--safety", type=Path, nargs="*", default=[])
    chosen = parser.parse_args()
    files = [*sorted(chosen.evals.glob("*.csv")), chosen.comments]
    known = json.loads(MARKS.read_text(encoding="utf-8"))["files"]
    for file in files:
        if known.get(file.name) != sha256(file.read_bytes()).hexdigest():
            raise SystemExit(f"{file.name} is not the file in which the names were marked.")
    texts = {file.name: read(file) for file in files}
    reviews = texts[chosen.comments.name]
    print("Safety: texts written by others (the half that was held out)")
    for file in chosen.safety:
        rows = [(row["text"], row["label"].strip() == "1") for row in read(file)]
        safety(file.stem, [row for row in rows if held_out(row[0])])
    print(f"Safety: alert load among {len(reviews)} real reviews")
    alert_load([row["text"] for row in reviews])
    print("Identity: names marked by hand")
    identity(texts)
    print("Themes: lists against labels, by review")
    themes(reviews, lists_from({}, tuple(BY_ID)))


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


if __name__ == "__main__":
    main()
