from hypothesis import given
from hypothesis import strategies as st

from lib.text import count, join_words, plain


def test_plain_takes_the_meaning_out_of_markdown() -> None:
    assert plain("# *Hi* [x](y) $a$ :red[b] <b>") == (
        r"\# \*Hi\* \[x\]\(y\) \$a\$ \:red\[b\] \<b\>"
    )


def test_plain_keeps_a_sentence_on_one_line() -> None:
    assert plain("one\n\n- two") == r"one \- two"


@given(st.text())
def test_plain_loses_no_word(text: str) -> None:
    shown = plain(text).replace("\\", "").replace("\u2060", "")
    assert shown == " ".join(text.split()).replace("\\", "").replace("\u2060", "")


def test_words_are_joined_as_in_a_sentence() -> None:
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a and b"
    assert join_words(["a", "b", "c"]) == "a, b and c"


def test_count_says_how_many() -> None:
    assert [count(n, "day") for n in (0, 1, 2)] == ["no days", "1 day", "2 days"]
    assert count(2, "child", "children") == "2 children"
