"""Columns of codes as words: the one home of how a column is read, on pages and in reports."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import percent

Words = Mapping[str, Callable[[Any], object]]

CODES: dict[str, Callable[[Reader, str], str]] = {
    "service": names.service,
    "function": names.function,
    "population_group": names.groups,
    "characteristic": names.characteristic,
    "pcode": names.place_within,
    "region": names.place,
    "organisation": names.organisation,
    "org_a": names.organisation,
    "org_b": names.organisation,
    "org_ids": names.organisations,
    "programme_organisation": names.organisations,
    "funder": names.organisations,
    "organisation_type": names.organisation_type,
    "status": names.status,
}
ANSWERS = ("same_site", "funders_known", "same_funder")
SHARES = (
    *("continuity", "need_share", "presence_share", "gap_score", "share"),
    *("people_share", "completeness"),
)


def worded(
    frame: pd.DataFrame,
    columns: Sequence[str],
    view: Reader,
    words: Words | None = None,
    labels: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return `columns` of a table with names for codes and words for headers; numbers and days stay.

    words: how further columns are read; labels: other headers than table.<column>.
    """
    readers = {**_readers(view), **(words or {})}
    cells = [_read(frame[name], readers.get(name)) for name in columns]
    headers = [(labels or {}).get(name) or header(view, name) for name in columns]
    if not cells:
        return pd.DataFrame()
    return pd.concat(cells, axis="columns").set_axis(headers, axis="columns").reset_index(drop=True)


def header(view: Reader, name: str) -> str:
    """Return the header of a column: where codes are read, it is the name that is shown."""
    return view.t("table.place" if name == "pcode" else f"table.{name}")


def _readers(view: Reader) -> dict[str, Callable[[Any], object]]:
    answers = {name: lambda code: view.t(f"frame.answer.{code}") if code else "" for name in ANSWERS}
    shares = dict.fromkeys(SHARES, lambda value: percent(value, view.lang))
    return {**{name: partial(read, view) for name, read in CODES.items()}, **answers, **shares}


def _read(column: "pd.Series[Any]", read: Callable[[Any], object] | None) -> "pd.Series[Any]":
    if read is None:
        return column
    known = {cell: read(cell) for cell in column.dropna().unique()}
    cells = ["" if pd.isna(cell) else known[cell] for cell in column]
    return pd.Series(cells, index=column.index, name=column.name, dtype=object)
