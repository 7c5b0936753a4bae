"""The protected table as JSON and back, the same to the last field."""

import json
from datetime import datetime
from typing import Any

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from lib.evidence.types import WaveTable


class CodecProblem(ValueError):
    """A text is not a table that was written here."""


def to_json(table: WaveTable) -> str:
    """One line of JSON."""
    return json.dumps(_CONVERTER.unstructure(table), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> WaveTable:
    """The table that ``to_json`` wrote. Raises CodecProblem."""
    try:
        return _CONVERTER.structure(json.loads(text), WaveTable)
    except (ValueError, cattrs.BaseValidationError, cattrs.StructureHandlerNotFoundError) as error:
        raise CodecProblem from error


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    # JSON has no tuples as keys: a mapping by grouping is written as pairs.
    converter.register_unstructure_hook(
        WaveTable,
        make_dict_unstructure_fn(
            WaveTable, converter, not_offered=override(unstruct_hook=lambda by: list(by.items()))
        ),
    )
    converter.register_structure_hook(
        WaveTable,
        make_dict_structure_fn(
            WaveTable, converter, not_offered=override(struct_hook=_by_grouping)
        ),
    )
    return converter


def _by_grouping(pairs: Any, _: object) -> dict[tuple[str, ...], str]:
    return {tuple(grouping): says for grouping, says in pairs}


_CONVERTER = _converter()
