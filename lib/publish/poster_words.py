"""What the poster, the slide and the words to read aloud say.

All three are made of a published version and say nothing that is not on it.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from lib.plan.promises import PromiseState
from lib.publish.languages import Language, counted, message, offered
from lib.publish.page import PublicPage
from lib.publish.school import PublicSchool
from lib.publish.students import address as path_of
from lib.publish.students import in_order
from lib.publish.wording import LEADS, Wording, wording

AT_MOST = 3
"""Answers that somebody who walks past can read."""

SCAN = message("Scan to read all our answers, and what students say now.")
GO = message("Or go to %(address)s")
_REST = message("Read all our answers at %(address)s")
_SAID = message("You said: %(text)s")
_HELP = message("Not safe? Tell an adult you trust today, or call %(numbers)s.")
_MORE = counted("And %(count)s more answer on the page.", "And %(count)s more answers on the page.")
AS_OF = message("Version %(number)s, last changed on %(day)s.")


@dataclass(frozen=True)
class PosterLine:
    """One answer on a poster, in the poster's language where staff have said it.

    ``reason``: the adults' half says why not, and follows ``lead`` without a stop.
    """

    you_said: str
    lead: str
    we_did: str
    reason: bool

    @property
    def spoken(self) -> str:
        """The adults' half in one breath."""
        return f"{self.lead}{' ' if self.reason else ': '}{self.we_did}"


def address(school: PublicSchool, here: str, language: Language) -> str:
    """Where students find the page: the school's own address of it, else this app's.

    An address of the page as this app has it leads to the page in ``language``; any other is the
    school's own and left as it is. ``here`` is any address of this app; "" where neither is known.
    """
    if school.page_url:
        parts = urlsplit(school.page_url)
        ours = parts.path.rstrip("/") in {path_of(each) for each in offered()}
        return parts._replace(path=path_of(language)).geturl() if ours else school.page_url
    try:
        parts = urlsplit(here)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{path_of(language)}" if parts.netloc else ""


def only_here(link: str) -> bool:
    """Whether an address leads nowhere but to the computer that the app runs on."""
    return urlsplit(link).hostname in {None, "localhost", "127.0.0.1", "::1"}


def chosen(page: PublicPage, words: Wording) -> tuple[PosterLine, ...]:
    """The answers to show: the newest of each state, then others, in the page's order.

    "Not this time" is among them where the page has one: a poster that hides it is an ad.
    """
    told = in_order(page)
    first = {promise.state: promise for promise in reversed(told)}
    ranked = sorted(told, key=lambda p: (p is not first[p.state], told.index(p)))
    kept = ranked[:AT_MOST]
    refused = first.get(PromiseState.NOT_THIS_TIME)
    if refused and refused not in kept:
        kept[-1] = refused
    return tuple(
        PosterLine(
            words.theirs(promise.you_said).words,
            words.language.say(LEADS[promise.state]),
            words.theirs(promise.we_did).words,
            reason=promise.state is PromiseState.NOT_THIS_TIME,
        )
        for promise in sorted(kept, key=told.index)
    )


def announcement(page: PublicPage, language: Language, link: str) -> str:
    """Half a minute to read aloud, in an assembly or over the speakers; one sentence a line."""
    words, say = wording(language, page), language.say
    lines = [say("You told us how class works for you. Here is what came of it.")]
    for line in chosen(page, words):
        lines += [say(_SAID, text=line.you_said), line.spoken]
    lines += [say(_REST, address=spoken(link))] if link else []
    return "\n".join(filter(None, [*lines, help_now(page, language)]))


def heading(language: Language) -> str:
    """The title on one line."""
    return f"{language.say('You said,')} {language.say('we did')}"


def more(page: PublicPage, language: Language, *, shown: int) -> str:
    """How many answers stand on the page beside those ``shown``; "" where none does."""
    left = len(page.promises) - shown
    return language.count(_MORE, left) if left > 0 else ""


def help_now(page: PublicPage, language: Language) -> str:
    """What cannot wait, with the numbers of the help lines; "" where no line has one."""
    either = f" {language.say('or')} "
    numbers = either.join(line.phone for line in page.help_lines if line.phone)
    return language.say(_HELP, numbers=numbers) if numbers else ""


def spoken(link: str) -> str:
    """An address as it is read and typed: without what every browser adds."""
    return link.removeprefix("https://").removeprefix("http://")
