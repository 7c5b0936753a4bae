"""Two people in one form: each keeps what they changed."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Form = TypeVar("Form", bound="DataclassInstance")

CHANGED_MEANWHILE = (
    "Somebody else changed this since you opened it; History says what. What you typed is still "
    "here: saving keeps your changes and theirs, and yours where you both changed the same."
)


def merged(drawn: Form, typed: Form, now: Form) -> Form:
    """What stands now, with every field that was typed over since the form was drawn."""
    changed = {
        field.name: getattr(typed, field.name)
        for field in fields(typed)
        if getattr(typed, field.name) != getattr(drawn, field.name)
    }
    return replace(now, **changed)


ON_TWO_SCREENS = (
    "This was changed on another screen, too. Nothing is lost: what stands there comes first, what "
    "was typed here follows."
)


def both_texts(drawn: str, typed: str, now: str) -> str:
    """What a text is to be that two screens have open: what one of them changed, or both texts.

    ``drawn`` is what this screen was last in step with, ``typed`` stands in its field and ``now``
    is what is kept.
    """
    if now in (drawn, typed):
        return typed
    if typed == drawn:
        return now
    return " ".join(filter(None, (now, typed)))


def both_choices(drawn: Sequence[str], typed: Sequence[str], now: Sequence[str]) -> list[str]:
    """What is chosen in a field that two people have open: what stands, with what one changed here.

    As in ``both_texts``.
    """
    kept = [each for each in now if each in typed or each not in drawn]
    return [*kept, *(each for each in typed if each not in drawn and each not in now)]
