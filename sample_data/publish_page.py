"""Make the one published version of the students' page, as the app itself would have made it.

    python -m sample_data.publish_page

Run it after the form's answers or the way the page is kept have changed, then make_sample again.
The page is a snapshot, like any published one: it does not follow the app's later versions.
"""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from lib import evidence, intake
from lib.catalogue import BY_ID, CATALOGUE
from lib.plan.focus import focuses
from lib.plan.promises import promises
from lib.plan.translations import translated
from lib.publish import PublicPage, compose, read_school, to_json
from lib.workbook import fold, tabs
from lib.workbook.sample import load
from sample_data import school

HERE = Path(__file__).resolve().parent


def page(folder: Path) -> PublicPage:
    """The page as of the moment it was published, from the sample in ``folder``."""
    seed = load(folder)
    local = school.PUBLISHED_AT
    moment = local.replace(tzinfo=ZoneInfo(school.TIME_ZONE)).astimezone(UTC)
    records = fold(event for event in seed.events if event.at <= moment)
    answers = sum(wave.answers for wave in school.WAVES if wave.closes)
    feedback = intake.understand(intake.encode(seed.header, seed.rows[:answers], 2), CATALOGUE)
    windows = evidence.windows(feedback.at, records[tabs.WAVES], now=local)
    names = {practice.practice_id: practice.name for practice in CATALOGUE}
    return compose(
        school=read_school(records[tabs.SETTINGS]),
        promises=promises(records[tabs.PROMISES]),
        focuses=focuses(records[tabs.FOCUS]),
        evidence=evidence.build(feedback, windows, now=local, names=names),
        practices=BY_ID,
        names=names,
        version=1,
        on=local.date(),
        translated=translated(records[tabs.TRANSLATIONS]),
    )


if __name__ == "__main__":
    file = HERE / "students_page.json"
    file.write_text(to_json(page(HERE)) + "\n", encoding="utf-8", newline="\n")
    print(f"Wrote {file.name}; now run python -m sample_data.make_sample.")
