"""Cells to raw rows: text becomes dates and numbers, and what cannot be read is told, never guessed."""

import re
from json.encoder import encode_basestring as _quoted

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csomap.importers import numbers, periods
from csomap.importers.body import Body
from csomap.importers.cells import NOT_GIVEN
from csomap.importers.periods import Days
from csomap.importers.problems import NOTE, REJECTED
from csomap.tables.distinct import Distinct, replaced
from csomap.tables.schemas import RAW, columns, valid

_NUMBERS = {
    "latitude": numbers.read_latitudes,
    "longitude": numbers.read_longitudes,
    "targeted": numbers.read_amounts,
    "reached": numbers.read_amounts,
    "value_usd": numbers.read_amounts,
}
_NOT_TEXT = {"source_row", "start", "end", "end_is_stated", "other", "rejected", *_NUMBERS}
_TEXTS = [name for name in columns(RAW) if name not in _NOT_TEXT]
_LIST_SEPARATORS = re.compile("[;؛]")
_LETTER = r"[\p{L}\p{N}]"
_NOTHING = pa.array(sorted(NOT_GIVEN), pa.large_string())


def read(body: Body, period: Days | None) -> pd.DataFrame:
    """Return the raw rows (RAW) of a block.

    `period` dates the rows that have no date of their own. Rows with a fault that only their
    author can mend stay, marked as rejected; every fault is told to the body.
    """
    content: dict[str, object] = {"source_row": body.numbers}
    content |= {field: _texts(body, field) for field in _TEXTS}
    content |= {field: _amounts(body, field) for field in _NUMBERS}
    content |= periods.read(body, period)
    content["other"] = _other(body)
    frame = pd.DataFrame(content, index=range(len(body.numbers)))
    _tell_nameless(frame, body)
    return valid(RAW, frame.assign(rejected=body.rejected))


def _texts(body: Body, field: str) -> "pd.Series[str] | str":
    profile = body.layout.profile
    if field not in body.fields:
        return profile.constants.get(field, "")
    found = body.texts(field, REJECTED, REJECTED)
    is_list = field in profile.columns and profile.columns[field].kind == "list"
    return found.spread(_lists(found.texts) if is_list else _given(found.texts))


def _given(texts: pa.Array) -> pa.Array:
    """Return the texts, "" where one only says that there is nothing to say: N/A, -."""
    nothing = pc.is_in(pc.utf8_lower(texts), value_set=_NOTHING)
    return pc.if_else(nothing, "", texts) if pc.any(nothing).as_py() else texts


def _lists(texts: pa.Array) -> pa.Array:
    several = pc.match_substring_regex(texts, _LIST_SEPARATORS.pattern)
    return _given(replaced(texts, several, _list))


def _list(text: str) -> str:
    items = {item.strip() for item in _LIST_SEPARATORS.split(text)}
    return ";".join(sorted(item for item in items if item.casefold() not in NOT_GIVEN))


def _amounts(body: Body, field: str) -> "pd.Series[float] | float":
    if field not in body.fields:
        return float("nan")
    found = body.texts(field, REJECTED, NOTE)
    values, faults = _NUMBERS[field](found.texts)
    _tell_unread(body, field, found, faults)
    return pd.Series(values[found.codes])


def _tell_unread(body: Body, field: str, found: Distinct, faults: dict[int, tuple[str, str]]) -> None:
    where = np.flatnonzero(np.isin(found.codes, list(faults)))
    here = found.codes[where]
    told = found.texts.take(pa.array(here)).to_pylist()
    body.tell(field, where, told, [faults[at][0] for at in here], NOTE, [faults[at][1] for at in here])


def _tell_nameless(frame: pd.DataFrame, body: Body) -> None:
    named = frame["organisation"].str.contains(_LETTER) | frame["organisation_acronym"].str.contains(_LETTER)
    where = np.flatnonzero(~named.to_numpy(dtype=bool))
    body.tell(
        "organisation", where, list(frame["organisation"].iloc[where]), "organisation_missing", REJECTED
    )


def _other(body: Body) -> "pd.Series[str] | str":
    """Return as JSON what the columns hold that no field takes; only filled cells are told."""
    parts = [
        part
        for label, place in body.free.items()
        if (part := _pairs(label, body.other(label, place))) is not None
    ]
    if not parts:
        return ""
    left, right, nothing = (pa.scalar(text, pa.large_string()) for text in ("{", "}", ""))
    joined = pc.utf8_rtrim(pc.binary_join_element_wise(*parts, nothing), ", ")
    braced = pc.binary_join_element_wise(left, joined, right, nothing)
    return pd.Series(pd.array(pc.if_else(pc.equal(joined, ""), "", braced), dtype="str"))


def _pairs(label: str, found: Distinct) -> pa.Array | None:
    """Return the pair of label and text of each row with a comma, "" for an empty cell; None if all are."""
    if not pc.any(pc.not_equal(found.texts, "")).as_py():
        return None
    name = _quoted(label)
    told = [f"{name}: {_quoted(text)}, " if text else "" for text in found.texts.to_pylist()]
    return pa.array(told, pa.large_string()).take(pa.array(found.codes))
