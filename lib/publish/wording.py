"""How the students' page says what its data hold, in one language."""

from collections import Counter
from dataclasses import dataclass, field, replace
from unicodedata import bidirectional

from markupsafe import Markup, escape

from lib.evidence.types import Band, Change
from lib.plan.promises import PromiseState
from lib.publish.languages import SOURCE, Language, counted, message
from lib.publish.page import PublicPage, PublicPoint, PublicPromise
from lib.publish.school import privacy
from lib.publish.sparkline import TrendPoint, trend_svg

LEADS = {
    PromiseState.DONE: message("We did"),
    PromiseState.HALF_DONE: message("Half done"),
    PromiseState.DOING: message("We are doing"),
    PromiseState.LISTENING: message("We are listening"),
    PromiseState.NOT_THIS_TIME: message("Not this time, because"),
}
_COUNTED = {
    PromiseState.DONE: counted("%(count)s done", "%(count)s done"),
    PromiseState.HALF_DONE: counted("%(count)s half done", "%(count)s half done"),
    PromiseState.DOING: counted("%(count)s being done", "%(count)s being done"),
    PromiseState.LISTENING: counted("%(count)s being listened to", "%(count)s being listened to"),
    PromiseState.NOT_THIS_TIME: counted("%(count)s not this time", "%(count)s not this time"),
}
_CHANGED = {
    Change.BETTER: message("Better than in %(wave)s"),
    Change.SAME: message("About the same as in %(wave)s"),
    Change.WORSE: message("Worse than in %(wave)s"),
    Change.TOO_FEW: message("Too few answers to tell if it changed since %(wave)s"),
}
_CHANGED_SINCE_TOLD = {
    Change.BETTER: message("Better than in %(wave)s, when you told us"),
    Change.SAME: message("About the same as in %(wave)s, when you told us"),
    Change.WORSE: message("Worse than in %(wave)s, when you told us"),
    Change.TOO_FEW: message(
        "Too few answers to tell if it changed since %(wave)s, when you told us"
    ),
}
# What the form offers, in full and as said after another one.
_VERDICTS = {
    "changed a lot": (message("changed a lot"), message("a lot")),
    "changed a bit": (message("changed a bit"), message("a bit")),
    "not yet": (message("not yet"), message("not yet")),
}


_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})


@dataclass(frozen=True)
class Theirs:
    """A text that is not ours: the words to show, and the code of their language.

    ``language`` is "" where they are in the page's own. ``apart``: they may run another way than
    the page does.
    """

    words: str
    language: str = ""
    apart: bool = False

    @property
    def attributes(self) -> Markup:
        """What its element bears: a direction found from the words, and another language."""
        auto = Markup(' dir="auto"') if self.apart else Markup("")
        return auto + self._lang

    @property
    def inline(self) -> Markup:
        """Within a sentence of ours, kept apart from it."""
        if self.apart:
            return Markup("<bdi{}>{}</bdi>").format(self._lang, self.words)
        if self.language:
            return Markup("<span{}>{}</span>").format(self._lang, self.words)
        return escape(self.words)

    @property
    def _lang(self) -> Markup:
        return Markup(' lang="{}"').format(self.language) if self.language else Markup("")


@dataclass(frozen=True)
class Wording:
    """The words of one page in one language; ``said`` are the staff's translations by text."""

    language: Language
    said: dict[str, str] = field(default_factory=dict)

    def ours(self, text: str, /, **values: object) -> Markup:
        """A text of our own; what is put into it is escaped unless it is markup."""
        said = escape(self.language.say(text))
        return said % {key: escape(value) for key, value in values.items()} if values else said

    def theirs(self, text: str) -> Theirs:
        """A text of the school's, in this language where somebody has said it."""
        known = self.said.get(text) or self.language.knows(text)
        language = SOURCE if known is None and _has_words(text) else ""
        words = known or text
        return Theirs(words, language, apart=self.language.direction == "rtl" or turns(words))

    def own(self, name: str) -> Theirs:
        """A name that is the same in every language."""
        return Theirs(name, apart=self.language.direction == "rtl" or turns(name))

    def name(self, text: str) -> Markup:
        """A text of the school's within a sentence."""
        return self.theirs(text).inline

    def quoted(self, text: str) -> Markup:
        """The same between quotation marks in a sentence that goes on."""
        found = self.theirs(text)
        return replace(found, words=found.words.rstrip(".")).inline

    def lead(self, state: PromiseState) -> Markup:
        """What stands before the adults' sentence."""
        return self.ours(LEADS[state])

    def glance(self, page: PublicPage) -> list[tuple[PromiseState, str]]:
        """How the answers stand, counted: "2 done", "1 not this time"."""
        counts = Counter(promise.state for promise in page.promises)
        return [
            (state, self.language.count(texts, counts[state]))
            for state, texts in _COUNTED.items()
            if counts[state]
        ]

    def privacy(self, page: PublicPage) -> list[Theirs]:
        """What adults can see: as published, in this language where it still reads as then."""
        here = privacy(page.floors, self.language)
        known = dict(zip(privacy(page.floors), here, strict=True))
        return [
            Theirs(known[line]) if line in known else self.theirs(line) for line in page.privacy
        ]

    def verdict(self, promise: PublicPromise) -> Markup:
        """What the answers say now, in a few words."""
        if promise.change is not None:
            # Versions made before this one compared with the last wave instead.
            told = promise.since == promise.wave
            words = (_CHANGED_SINCE_TOLD if told else _CHANGED)[promise.change]
            return self.ours(words, wave=self.name(promise.since))
        if not promise.wave:
            return self.ours(message("We have not asked you again"))
        return self.ours(
            message("We have not asked you again since %(wave)s"), wave=self.name(promise.wave)
        )

    def own_words(self, said: tuple[Band, ...]) -> str:
        """What students said of a promise: "changed a lot 45%, a bit 37%, not yet 18%"."""
        either = self.language.say(message("or"))
        answers = iter(
            self._answer(label, first=place == 0)
            for place, label in enumerate(label for band in said for label in _ends(band))
        )
        return ", ".join(
            f"{f' {either} '.join(next(answers) for _ in _ends(band))} "
            f"{self.language.percent(band.percent)}"
            for band in said
        )

    def trend(self, promise: PublicPromise) -> Markup:
        """The small trend, with its text alternative."""
        labels = [self.theirs(point.wave).words for point in promise.trend]
        points = [_trend_point(p, label) for p, label in zip(promise.trend, labels, strict=True)]
        hidden = self.language.say(message("not shown"))
        described = "; ".join(
            f"{label}: {self.language.figure(point.figure) if point.figure else hidden}"
            for label, point in zip(labels, promise.trend, strict=True)
        )
        return Markup(  # noqa: S704  (trend_svg escapes every text)
            trend_svg(
                points,
                title=self.language.say(message("Positive answers in each wave")),
                description=described,
                half=self.language.say(message("half")),
                percent=self.language.percent,
            )
        )

    def _answer(self, label: str, *, first: bool) -> str:
        texts = _VERDICTS.get(label)
        return self.language.say(texts[0 if first else 1]) if texts else self.theirs(label).words


def wording(language: Language, page: PublicPage | None = None) -> Wording:
    """The words for one page in one language."""
    known = page.translations if page else ()
    return Wording(language, {t.text: t.said for t in known if t.language == language.code})


def untranslated(page: PublicPage, language: Language, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these texts that a page would show in English."""
    words = wording(language, page)
    return tuple(text for text in texts if words.theirs(text).language)


def turns(text: str) -> bool:
    """Whether a text has letters, numbers or signs that run from right to left."""
    return any(bidirectional(char) in _TURNING for char in text)


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _trend_point(point: PublicPoint, label: str) -> TrendPoint | None:
    figure = point.figure
    if figure is None:
        return None
    return TrendPoint(label, figure.percent, figure.low, figure.high, figure.coding)


def _ends(band: Band) -> list[str]:
    """A band's labels, most change first: answers that few gave share a band, "a to b"."""
    return [label.lower() for label in reversed(band.label.split(" to "))]
