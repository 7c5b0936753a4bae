"""The start-up check: names each setting that is missing, in words, and never a setting's value.

``python -m lib.check`` says it before the app is started, and reads the spreadsheet once too. The
app itself says it in its log when it starts, and on Setup.
"""

import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib import live
from lib.access import Role
from lib.admission import doubts, gaps
from lib.workbook import WorkbookProblem
from lib.workbook.account import connection
from lib.workbook.connect import sample_path

logger = logging.getLogger(__name__)

NO_FORM = "Start the app, open Setup and follow its steps: the form's script is there."

_ACCOUNT = ("type", "project_id", "private_key", "client_email")
_SWITCHES = ("open", "trust_email")


@dataclass(frozen=True)
class Finding:
    """One thing to mend; both sentences are for a person to read."""

    says: str
    do: str


def settings(secrets: Mapping[str, Any], folder: Path) -> tuple[Finding, ...]:
    """What is missing in the secrets file, and whether ``folder`` can keep what the app keeps."""
    return (*_spreadsheet(secrets), *_sign_in(secrets), *_folder(folder))


def now() -> tuple[Finding, ...]:
    """What is missing now, without asking Google."""
    folder = sample_path().parent
    try:
        return settings(live.secrets(), folder)
    except WorkbookProblem as problem:
        return (Finding(problem.says, problem.do),)


def log() -> None:
    """Say in the log what is missing."""
    for finding in now():
        logger.warning("to mend: %s %s", finding.says, finding.do)


def _spreadsheet(secrets: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        where = connection(secrets)
    except WorkbookProblem as problem:
        yield Finding(problem.says, problem.do)
        return
    if where is None:
        if "auth" in secrets:
            yield Finding(
                "There is [auth], but no [connections.gsheets]: the app shows its fictional "
                "school, and so does the students' page.",
                "Add the block as in .streamlit/secrets.example.toml, or take [auth] out.",
            )
        return
    if not where.spreadsheet:
        yield Finding(
            "[connections.gsheets] names no spreadsheet.",
            'Add `spreadsheet = "..."`: its address, as the browser shows it.',
        )
    elif where.key is None:
        yield Finding(
            "`spreadsheet` in [connections.gsheets] is no address of a Google spreadsheet.",
            "Copy it from the browser while the spreadsheet is open: https://docs.google.com/...",
        )
    account = dict(where.account)
    missing = [name for name in _ACCOUNT if _empty(account.get(name))]
    if missing:
        yield Finding(
            f"The service account in [connections.gsheets] lacks {_named(missing)}.",
            "Copy every field of the account's JSON key.",
        )
    elif "-----BEGIN PRIVATE KEY-----" not in account["private_key"]:
        yield Finding(
            "`private_key` in [connections.gsheets] is cut off.",
            "Copy it whole, from -----BEGIN PRIVATE KEY----- to the end, in quotes.",
        )
    if account.get("type") not in (None, "", "...", "service_account"):
        yield Finding(
            "`type` in [connections.gsheets] is not `service_account`.",
            "Make a key of a service account; one of an OAuth client does not work.",
        )


def _sign_in(secrets: Mapping[str, Any]) -> Iterator[Finding]:
    where = "docs/sign-in.md explains each setting."
    access = secrets.get("access", {})
    if not isinstance(access, Mapping):
        yield Finding("[access] is no block.", "Write it as in .streamlit/secrets.example.toml.")
        return
    unknown = sorted(set(map(str, access)) - {*Role, *_SWITCHES})
    if unknown:
        yield Finding(
            f"[access] has {_named(unknown)}, which means nothing.",
            f"The roles are {_named(Role)}.",
        )
    for gap in gaps(secrets):
        yield Finding(f"[auth] lacks {gap}.", where)
    for doubt in doubts(secrets):
        yield Finding(f"In [access]: {doubt}", where)
    if "auth" in secrets and not access.get(Role.PRINCIPAL):
        yield Finding(
            "[access] names no principal: nobody would see the results.",
            'Add `principal = ["head@school.example"]`.',
        )
    if "auth" not in secrets and "connections" in secrets and access.get("open") is not True:
        yield Finding(
            "A spreadsheet is connected, but there is no [auth]: nobody can sign in.",
            "Add [auth] as docs/sign-in.md says; or, on your own computer only, `open = true` "
            "under [access].",
        )


def _folder(folder: Path) -> Iterator[Finding]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError:
        yield Finding(
            f"Nothing can be written into the folder {folder}: decisions made while Google is "
            "out of reach would be lost.",
            "Let the app's user write there, or name a file elsewhere in SEAT_WORKBOOK.",
        )


def _empty(value: object) -> bool:
    """Whether a field still has to be filled in; "..." is the example's."""
    return str(value if value is not None else "").strip() in ("", "...")


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def main() -> int:
    """Print what is missing; returns 1 if something is."""
    say = sys.stdout.write
    found = list(now())
    if not found:
        try:
            school = live.live().school()
            found += [Finding(note, "Mend it in the spreadsheet.") for note in school.notes]
            if school.trouble:
                found.append(Finding(school.trouble.says, school.trouble.do))
            if not (school.has_form or school.trouble):
                found.append(Finding("No form writes into the spreadsheet yet.", NO_FORM))
            if live.on_sample(live.secrets()):
                say("No spreadsheet is named: the app shows its fictional school.\n")
        except WorkbookProblem as problem:
            found.append(Finding(problem.says, problem.do))
    for finding in found:
        say(f"- {finding.says}\n  {finding.do}\n")
    say(f"{len(found)} to mend.\n" if found else "Nothing is missing.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
