"""What would change on the students' page, in one sentence for staff."""

from collections import defaultdict
from collections.abc import Sequence

from lib.publish.page import PublicPage, PublicPromise, still_ahead
from lib.text import count


def differences(before: PublicPage, after: PublicPage) -> str:
    """Say what ``after`` changes for students; "" where they would read the same.

    A panel day that has merely passed, by the later of both days, is no change.

    "Changes since version 1: Real choices: new sentence; newer numbers in 2 answers."
    """
    day = max(before.published_on, after.published_on)
    before, after = still_ahead(before, day), still_ahead(after, day)
    pairs, gone = _pairs(before.promises, after.promises)
    said = [f"{new.practice}: {what}" for old, new in pairs if (what := _of_answer(old, new))]
    said += [f"{old.practice}: taken off the page" for old in gone]
    counted = sum(_numbers(old) != _numbers(new) for old, new in pairs if old)
    if counted:
        said.append(f"newer numbers in {count(counted, 'answer')}")
    said += _of_the_rest(before, after)
    return f"Changes since version {before.version}: {'; '.join(said)}." if said else ""


def _pairs(
    before: Sequence[PublicPromise], after: Sequence[PublicPromise]
) -> tuple[list[tuple[PublicPromise | None, PublicPromise]], list[PublicPromise]]:
    """The answers after, each beside the one before, and those that are gone.

    Both are newest first; of several answers on one practice the oldest go together.
    """
    told: defaultdict[str, list[PublicPromise]] = defaultdict(list)
    for promise in before:
        told[promise.practice].append(promise)
    pairs = [
        (told[promise.practice].pop() if told[promise.practice] else None, promise)
        for promise in reversed(after)
    ]
    return pairs[::-1], [promise for left in told.values() for promise in left]


def _of_answer(old: PublicPromise | None, new: PublicPromise) -> str:
    if old is None:
        return "new answer"
    said = []
    if old.state is not new.state:
        said.append(f"now “{new.state.value}”")
    if (old.you_said, old.we_did, old.statement) != (new.you_said, new.we_did, new.statement):
        said.append("new sentence")
    if old.revisit != new.revisit:
        said.append("new day" if new.revisit else "no day any more")
    return ", ".join(said)


def _numbers(promise: PublicPromise) -> tuple[object, ...]:
    return (
        promise.wave,
        promise.answers,
        promise.trend,
        promise.change,
        promise.since,
        promise.followup,
    )


def _of_the_rest(before: PublicPage, after: PublicPage) -> list[str]:
    parts = {
        "the school's name": before.school != after.school,
        "what we are listening to now": (before.listening, before.collecting)
        != (after.listening, after.collecting),
        "the form's link": before.form_url != after.form_url,
        "whom to turn to": (before.contacts, before.help_lines)
        != (after.contacts, after.help_lines),
        "panel days": before.panels != after.panels,
        "translations": before.translations != after.translations,
        "what adults can see": before.privacy != after.privacy,
    }
    return [part for part, changed in parts.items() if changed]
