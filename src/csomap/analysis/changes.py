"""What a file says now beside what an earlier one of the same source said: added, gone and changed rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

Blocks = Callable[[], Iterable[pd.DataFrame]]

_OWN = ("source_row", "rejected")
_PLACE = ("pcode", "adm1", "adm1_name", "adm2", "adm2_name", "adm3", "adm3_name")
# Keys by which two rows that differ are told to be the same row, changed: the surest first.
_KEYS = (
    ("activity_id", "start"),
    ("organisation", "service", *_PLACE, "start", "site", "population_group"),
    ("activity_id",),
    ("organisation", "service", *_PLACE, "start"),
    ("organisation", "service", "start", "site", "population_group", "project_id"),
)
_STATED = ("activity_id", "organisation")  # a key is worth nothing where its first column is empty


@dataclass(frozen=True)
class Changes:
    """How many rows are added, gone, changed and the same, and the tables behind the first three.

    added, gone: RAW columns; changed: row_before, row_now, organisation, service, pcode, column, before,
    now: one line for each cell that differs.
    """

    same: int
    added: pd.DataFrame
    gone: pd.DataFrame
    changed: pd.DataFrame

    @property
    def changed_rows(self) -> int:
        return len(self.changed[["row_before", "row_now"]].drop_duplicates())


def changes(before: Blocks, now: Blocks) -> Changes:
    """Return what changed between two imports; each gives its rows (RAW) anew when called.

    A row that is there twice counts twice. Of the rows that differ, those with one key are one row that
    changed; a key that stands for several rows pairs them in their order. Only the rows that differ are
    kept in memory.
    """
    marks = [pd.concat([_marks(block) for block in side()], ignore_index=True) for side in (before, now)]
    kept = _unequal(*marks)
    old, new = (_picked(side, those) for side, those in zip((before, now), kept, strict=True))
    pairs: list[tuple[int, int]] = []
    for key in _KEYS:
        found = _paired(old.drop([a for a, _ in pairs]), new.drop([b for _, b in pairs]), key)
        pairs += found
    return Changes(
        same=len(marks[1]) - int(kept[1].sum()),
        added=new.drop([b for _, b in pairs]).reset_index(drop=True),
        gone=old.drop([a for a, _ in pairs]).reset_index(drop=True),
        changed=_cells(old, new, pairs),
    )


def _marks(rows: pd.DataFrame) -> "pd.Series[int]":
    """Return a number for each raw row, equal for rows that say the same."""
    return pd.util.hash_pandas_object(rows.drop(columns=list(_OWN)), index=False)


def _unequal(old: "pd.Series[int]", new: "pd.Series[int]") -> tuple["pd.Series[bool]", "pd.Series[bool]"]:
    """Tell of each row of either side whether the other side has no row left that says the same."""
    here, there = old.value_counts(), new.value_counts()
    return (
        old.groupby(old).cumcount() >= old.map(there).fillna(0),
        new.groupby(new).cumcount() >= new.map(here).fillna(0),
    )


def _picked(side: Blocks, wanted: "pd.Series[bool]") -> pd.DataFrame:
    first, parts = 0, []
    for block in side():
        parts.append(block[wanted.iloc[first : first + len(block)].to_numpy()])
        first += len(block)
    return pd.concat(parts, ignore_index=True)


def _paired(old: pd.DataFrame, new: pd.DataFrame, key: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the index of each row of `old` with that of the row of `new` of the same key and turn."""
    sides = [_keyed(side, key) for side in (old, new)]
    found = sides[0].merge(sides[1], on=[*key, "turn"], suffixes=("_before", "_now"))
    return list(zip(found["at_before"], found["at_now"], strict=True))


def _keyed(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    stated = rows[rows[key[0]] != ""] if key[0] in _STATED else rows
    own = pd.DataFrame({name: stated[name].astype(str).str.strip().str.casefold() for name in key})
    return own.assign(turn=own.groupby(list(key)).cumcount(), at=own.index)


def _cells(old: pd.DataFrame, new: pd.DataFrame, pairs: list[tuple[int, int]]) -> pd.DataFrame:
    """Return one line for each cell that differs between the two rows of a pair."""
    was = old.loc[[a for a, _ in pairs]].reset_index(drop=True)
    is_ = new.loc[[b for _, b in pairs]].reset_index(drop=True)
    head = pd.DataFrame({"row_before": was["source_row"], "row_now": is_["source_row"]}).join(
        is_[["organisation", "service", "pcode"]]
    )
    parts = []
    for name in (name for name in old.columns if name not in _OWN):
        told = pd.DataFrame({"before": _text(was[name]), "now": _text(is_[name])})
        differs = told["before"] != told["now"]
        parts.append(head[differs].assign(column=name).join(told[differs]))
    return pd.concat(parts).sort_values(["row_now", "row_before"], kind="stable", ignore_index=True)


def _text(column: "pd.Series[Any]") -> "pd.Series[str]":
    if pd.api.types.is_datetime64_any_dtype(column):
        days: pd.Series[str] = column.dt.strftime("%Y-%m-%d").fillna("")
        return days
    if pd.api.types.is_float_dtype(column):
        return column.map(lambda value: "" if pd.isna(value) else f"{value:g}").astype("str")
    return column.astype("str")
