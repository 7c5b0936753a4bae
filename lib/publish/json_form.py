"""The students' page as JSON, as it is kept in the tab PD Published."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache

from lib.decided import DecisionProblem
from lib.evidence.floors import Floors
from lib.evidence.types import Band, Change, Coding, Figure
from lib.plan.promises import PromiseState
from lib.publish.page import PublicFollowUp, PublicPage, PublicPoint, PublicPromise, Translation
from lib.publish.school import Contact, Meeting, dialable, web_address

FORMAT = 1
"""One more whenever an older app could no longer read what is written."""

MOST_CHARACTERS = 40_000
"""What one cell of a Google sheet holds, with room to spare."""

_MOST = 10**9
"""No version, count or floor is larger; far larger ones no language can write."""


class UnreadablePage(Exception):
    """A kept page that cannot be read back; both sentences are for a person to read.

    Nobody decided anything, so it is no ``DecisionProblem``: who asks for the page goes without.
    """

    def __init__(self, says: str, do: str) -> None:
        super().__init__(f"{says} {do}")
        self.says = says
        self.do = do


def to_json(page: PublicPage) -> str:
    """Write a page as JSON. Raises DecisionProblem where it is longer than a cell may be."""
    content = {"format": FORMAT, **asdict(page), "published_on": page.published_on.isoformat()}
    content["promises"] = [_promise_out(promise) for promise in page.promises]
    content["panels"] = [[panel.on.isoformat(), panel.where] for panel in page.panels]
    content["translations"] = [[t.language, t.text, t.said] for t in page.translations]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_CHARACTERS:
        raise DecisionProblem(
            f"The page has {len(text):,} characters, and {MOST_CHARACTERS:,} fit.",
            "Leave out the oldest promises or shorten some sentences.",
        )
    return text


@lru_cache(maxsize=32)
def from_json(text: str) -> PublicPage:
    """Read a page back. Raises UnreadablePage when the text was damaged or is of a newer format.

    Kept, for each run of the page You said, we did reads every version, and some of them often.
    """
    try:
        content = _Object(json.loads(text))
        if content.whole("format") > FORMAT:
            raise UnreadablePage(
                "This version of the students' page was made by a newer version of the app.",
                "Update this app, or publish the page again from here.",
            )
        return PublicPage(
            school=content.text("school"),
            version=content.whole("version"),
            published_on=date.fromisoformat(content.text("published_on")),
            promises=tuple(_promise_in(item) for item in content.objects("promises")),
            listening=content.texts("listening"),
            collecting=content.text("collecting"),
            form_url=web_address(content.text("form_url")),
            contacts=tuple(_contact_in(item) for item in content.objects("contacts")),
            help_lines=tuple(_contact_in(item) for item in content.objects("help_lines")),
            privacy=content.texts("privacy"),
            floors=_floors_in(content.maybe("floors")),
            panels=tuple(_panel_in(item) for item in content.items_if_any("panels")),
            translations=tuple(
                _translation_in(item) for item in content.items_if_any("translations")
            ),
        )
    # A deeply nested text ends in RecursionError; a bad key, type, date or word in the others.
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadablePage(
            "The published page in the tab PD Published is damaged and cannot be read.",
            "Publish the page again.",
        ) from error


class _Object:
    """A JSON object whose values are read by their kind. Raises KeyError or TypeError."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, Mapping):
            raise TypeError
        self._value: Mapping[str, object] = value

    def text(self, key: str) -> str:
        return _text(self._value[key])

    def whole(self, key: str) -> int:
        return _whole(self._value[key])

    def items(self, key: str) -> list[object]:
        value = self._value[key]
        if not isinstance(value, list):
            raise TypeError
        return value

    def items_if_any(self, key: str) -> list[object]:
        """Empty where the key is missing, as in pages of earlier versions of the app."""
        return self.items(key) if key in self._value else []

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_text(item) for item in self.items(key))

    def maybe(self, key: str) -> "_Object | None":
        """None where the key is missing, as in pages of earlier versions of the app."""
        value = self._value.get(key)
        return None if value is None else _Object(value)

    def objects(self, key: str) -> list["_Object"]:
        return [_Object(item) for item in self.items(key)]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a character raises UnicodeEncodeError, a ValueError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    if not 0 <= value <= _MOST:
        raise ValueError
    return value


def _promise_out(promise: PublicPromise) -> dict[str, object]:
    return {
        **asdict(promise),
        "change": promise.change.value if promise.change else "",
        "revisit": promise.revisit.isoformat() if promise.revisit else "",
        "trend": [_point_out(point) for point in promise.trend],
    }


def _promise_in(item: _Object) -> PublicPromise:
    change, revisit = item.text("change"), item.text("revisit")
    return PublicPromise(
        practice=item.text("practice"),
        statement=item.text("statement"),
        you_said=item.text("you_said"),
        state=PromiseState(item.text("state")),
        we_did=item.text("we_did"),
        wave=item.text("wave"),
        answers=item.whole("answers"),
        trend=tuple(_point_in(point) for point in item.items("trend")),
        change=Change(change) if change else None,
        since=item.text("since"),
        revisit=date.fromisoformat(revisit) if revisit else None,
        followup=_followup_in(asked) if (asked := item.maybe("followup")) else None,
    )


def _followup_in(item: _Object) -> PublicFollowUp:
    said = tuple(Band(band.text("label"), band.whole("percent")) for band in item.objects("said"))
    if any(not 0 <= band.percent <= 100 for band in said):
        raise ValueError
    return PublicFollowUp(item.text("question"), item.text("wave"), said)


def _point_out(point: PublicPoint) -> list[object]:
    """A point is a short list, for there are many: [wave] or [wave, n, percent, low, high, how]."""
    figure = point.figure
    if figure is None:
        return [point.wave]
    return [
        point.wave,
        point.answers,
        figure.percent,
        figure.low,
        figure.high,
        figure.coding.value,
    ]


def _point_in(value: object) -> PublicPoint:
    if not isinstance(value, list):
        raise TypeError
    if len(value) == 1:
        return PublicPoint(_text(value[0]), None, 0)
    wave, answers, percent, low, high, coding = value
    shares = (_whole(percent), _whole(low), _whole(high))
    if any(not 0 <= share <= 100 for share in shares):
        raise ValueError
    return PublicPoint(_text(wave), Figure(*shares, Coding(_text(coding))), _whole(answers))


def _contact_in(item: _Object) -> Contact:
    return Contact(item.text("who"), item.text("how"), dialable(item.text("phone")))


def _floors_in(item: _Object | None) -> Floors:
    return Floors(item.whole("staff"), item.whole("public")) if item else Floors()


def _panel_in(value: object) -> Meeting:
    on, where = _parts(value, 2)
    return Meeting(date.fromisoformat(on), where)


def _translation_in(value: object) -> Translation:
    return Translation(*_parts(value, 3))


def _parts(value: object, how_many: int) -> list[str]:
    if not isinstance(value, list) or len(value) != how_many:
        raise TypeError
    return [_text(part) for part in value]
