"""What the log gets of a fault."""

from lib.faults import kind_and_place


def _deep(depth: int) -> None:
    if depth:
        _deep(depth - 1)
    raise ValueError("She told me that")


def test_a_fault_is_logged_by_its_kind_and_its_three_innermost_places() -> None:
    try:
        _deep(5)
    except ValueError as error:
        said = kind_and_place(error)
    assert said.startswith("ValueError at ")
    assert said.count(__file__) == 3
    assert said.endswith(f"{__file__}:9")
    assert "told" not in said


def test_a_fault_that_was_never_raised_has_no_place() -> None:
    assert kind_and_place(KeyError("secret")) == "KeyError at no place"
