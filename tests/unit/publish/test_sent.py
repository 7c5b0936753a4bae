"""The students' page as the server sends it: packed once, in every language, each with its tag."""

import gzip

from lib.publish import withdraw
from lib.publish.languages import offered
from lib.publish.sent import in_all, ready
from lib.publish.students import etag
from lib.publish.versions import RECORD_ID, publish
from lib.workbook import Event, fold, tabs
from tests.unit.publish.pages import AT, ON, SCHOOL, public_page, public_promise

FIRST = publish(public_page(public_promise()), who="lead", at=AT, previous=None)


def sent(*events: Event) -> str:
    records = fold(events).get(tabs.PUBLISHED, {})
    return in_all(records, SCHOOL, today=ON).body.decode()


def test_every_language_is_sent_plain_and_packed_each_with_its_own_tag() -> None:
    page = in_all(fold([FIRST])[tabs.PUBLISHED], SCHOOL, today=ON)
    assert [code for code, _ in page.others] == [each.code for each in offered()[1:]]
    tags = []
    for each in (page, *(other for _, other in page.others)):
        assert gzip.decompress(each.packed) == each.body
        assert (each.etag, each.packed_etag) == (etag(each.body), etag(each.packed))
        tags += [each.etag, each.packed_etag]
    assert len(set(tags)) == len(tags)
    assert 'lang="es"' in page.in_language("es").body.decode()
    assert page.in_language("xx") is page.in_language("en") is page


def test_it_is_packed_once_and_the_same_on_every_copy_of_the_app() -> None:
    assert ready(b"a page") is ready(b"a page")
    ready.cache_clear()
    again = ready(b"a page")
    assert again.packed == gzip.compress(b"a page", 9, mtime=0)


def test_what_is_sent_follows_what_was_published_and_withdrawn() -> None:
    down = withdraw(fold([FIRST])[tabs.PUBLISHED][RECORD_ID], who="lead", at=AT)
    assert "will stand here" in sent()
    assert "gives one comment on a draft" in sent(FIRST)
    assert "Come back soon" in sent(FIRST, down)
