"""Figures by place and by area: the newest, with the sources and days that each of them stands on."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from csomap.tables.places import places
from csomap.tables.query import PCODE_LENGTH, AreaLevel

_COARSER: tuple[AreaLevel, ...] = ("2", "1")
_Told = frozenset[tuple[str, pd.Timestamp]]
_REMEMBERED = 64  # answers; each is a few hundred rows


class _Same:
    """A table as a question: the same one again is the same question, an equal one is not."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table


def by_place(table: pd.DataFrame, indicator: str, service: str = "") -> pd.DataFrame:
    """Return value, date and told of each place (index: p-code): its newest figure, or the sum of its parts.

    table: as `analysis.needs.needs`. The sum counts where every part has a figure, and the place has none of
    its own or one that is older than every part. date is that of the oldest figure in it, told the (source,
    date) of all that went into it. Remembered: neither the table nor what is returned may be changed.
    """
    return _by_place(_Same(table), indicator, service)


@lru_cache(_REMEMBERED)
def _by_place(same: _Same, indicator: str, service: str) -> pd.DataFrame:
    table = same.table
    chosen = table[(table["indicator"] == indicator) & (table["service"] == service)]
    held = chosen.sort_values("date", kind="stable").drop_duplicates("pcode", keep="last").set_index("pcode")
    told = [frozenset({pair}) for pair in zip(held["source"], held["date"], strict=True)]
    figures = held[["value", "date"]].assign(told=pd.Series(told, index=held.index, dtype=object))
    codes = places()["pcode"].astype(str)
    for level in _COARSER:
        length = PCODE_LENGTH[level]
        finer = codes[codes.str.len() == length + 3]
        figures = _renewed(figures, _sums(figures, list(finer.str[:length]), list(finer)))
    return figures


def of_areas(figures: pd.DataFrame, areas: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return value, date and told of each area (figures: as `by_place`); areas: each with its places.

    Missing where one of the places of an area has no figure.
    """
    owners = [area for area, codes in areas.items() for _ in codes]
    codes = [code for codes in areas.values() for code in codes]
    return _sums(figures, owners, codes).reindex(list(areas))


def _renewed(figures: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    own = figures["date"].reindex(sums.index)
    better = sums[own.isna() | (sums["date"] > own)]
    kept = figures[~figures.index.isin(better.index)]
    return pd.concat([kept, better]) if len(better) else figures


def _sums(figures: pd.DataFrame, owners: Sequence[str], codes: Sequence[str]) -> pd.DataFrame:
    """Return the figures of those whose places all have one, added up."""
    asked = pd.DataFrame({"owner": owners, "code": codes})
    known = asked[asked["code"].isin(figures.index)]
    parts_of, parts_known = asked["owner"].value_counts(), known["owner"].value_counts()
    kept = known[known["owner"].map(parts_known) == known["owner"].map(parts_of)]
    if not kept["owner"].duplicated().any():
        return figures.loc[kept["code"]].set_axis(pd.Index(kept["owner"], name=None), axis="index")
    parts = figures.loc[kept["code"]].set_axis(kept["owner"], axis="index").groupby(level=0, sort=False)
    return pd.DataFrame(
        {"value": parts["value"].sum(), "date": parts["date"].min(), "told": parts["told"].agg(_together)}
    ).rename_axis(None)


def _together(told: Iterable[_Told]) -> _Told:
    return frozenset(pair for one in told for pair in one)
