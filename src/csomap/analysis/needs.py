"""How many people need something where: figures of others, with their source and date."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from csomap.settings import DATA
from csomap.tables.places import places
from csomap.tables.query import PCODE_LENGTH, AreaLevel

COLUMNS = [
    *("indicator", "pcode", "population_group", "service", "value", "date", "source", "method", "note"),
]
SUBJECT = ["indicator", "pcode", "population_group", "service"]
COUNTRY = "IQ"
_EVERYBODY = ("", "all")
_COARSER: tuple[AreaLevel, ...] = ("2", "1")


@cache
def needs() -> pd.DataFrame:
    """Return data/needs/needs.csv: the figures that come with csomap (COLUMNS; value in the unit of its
    indicator, date a day)."""
    table = pd.read_csv(DATA / "needs" / "needs.csv", dtype=str, keep_default_na=False)
    return table.assign(value=pd.to_numeric(table["value"]), date=pd.to_datetime(table["date"]))[COLUMNS]


def newest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures (COLUMNS) that hold: of each SUBJECT the newest, of one day the one told last."""
    return table.sort_values("date", kind="stable").drop_duplicates(SUBJECT, keep="last", ignore_index=True)


def people_in_need(
    table: pd.DataFrame,
    areas: Sequence[str],
    population: str,
    indicators: Mapping[str, str],
    members: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Return area, indicator, people_in_need (persons; missing = unknown) for each area, of all services.

    table: as `needs`; the newest figure of each place counts. `indicators` names the indicator of
    each population group; a group that is not named has none: a wider group's figure is never
    split. An area without a figure of its own has the sum of all its parts, if every one is known.
    `members` lists the places of each area where the areas are regions: added up in the same way.
    """
    indicator = indicators.get(population, "")
    found = _of_areas(_by_place(table, indicator), members or {area: [area] for area in areas})
    return pd.DataFrame(
        {"area": list(areas), "indicator": indicator, "people_in_need": found.reindex(list(areas)).to_numpy()}
    )


def measured(
    table: pd.DataFrame,
    lines: Mapping[str, Sequence[str]],
    areas: Mapping[str, Sequence[str]],
    population: str,
    indicators: Mapping[str, str],
    of_service: Mapping[str, str],
) -> pd.DataFrame:
    """Return area, svc, indicator, people_in_need (persons; missing = unknown): the measure of each.

    table: as `needs`; lines: each service with all codes above it, nearest first; areas: all areas of the
    level, each with the places that it is made of. A service is measured against the figure that `of_service`
    names for it (or for the nearest code above it; "" is every service), told of the service itself or of the
    nearest code above it for the same people, where at least one area has one; else against the figure of its
    population group (`indicators`). So one service has one indicator at one level.
    """
    general = indicators.get(population, "")
    figures = {(general, ""): _of_areas(_by_place(table, general), areas)}
    asked = table[table["population_group"] == ("" if population in _EVERYBODY else population)]
    told_of = {str(name): frozenset(codes) for name, codes in asked.groupby("indicator")["service"]}
    keys = [
        _own(asked, line, areas, of_service, told_of, figures) or (general, "") for line in lines.values()
    ]
    return pd.DataFrame(
        {
            "area": pd.array(list(areas) * len(lines), dtype="str"),
            "svc": pd.array(list(lines), dtype="str").repeat(len(areas)),
            "indicator": pd.array([name for name, _ in keys], dtype="str").repeat(len(areas)),
            "people_in_need": np.concatenate([figures[key].to_numpy() for key in keys]),
        }
    )


def severity(
    table: pd.DataFrame, lines: Mapping[str, Sequence[str]], areas: Sequence[str], population: str
) -> pd.DataFrame:
    """Return area, service, severity (1 to 5), date, source where somebody told how severe the needs are.

    Of each service that of the nearest code at or above it, else that of all services together. A severity
    is never split or added up: it holds for the area that it names.
    """
    group = "" if population in _EVERYBODY else population
    is_asked = (table["indicator"] == "severity") & (table["population_group"] == group)
    held = newest(table[is_asked & table["pcode"].isin(set(areas))])
    steps = [
        (service, code, rank) for service, line in lines.items() for rank, code in enumerate([*line, ""])
    ]
    asked = pd.DataFrame(steps, columns=["service", "code", "rank"])
    named = held.rename(columns={"service": "code", "pcode": "area", "value": "severity"})
    met = asked.merge(named, on="code")
    nearest = met.sort_values("rank", kind="stable").drop_duplicates(["area", "service"])
    told = nearest.sort_values(["area", "service"], ignore_index=True)
    return told[["area", "service", "severity", "date", "source"]]


def cited(table: pd.DataFrame, indicator: str, services: Sequence[str] = ()) -> tuple[str, str]:
    """Return the source and the newest date (YYYY-MM-DD) of an indicator's figures by place.

    The total of the country is not among them: no area is measured against it. `services` keeps the figures
    of these codes and of all services together. "" if there are none.
    """
    by_place = (table["indicator"] == indicator) & (table["pcode"] != COUNTRY)
    if services:
        by_place &= table["service"].isin(["", *services])
    chosen = table[by_place].sort_values("date", kind="stable")
    if chosen.empty:
        return "", ""
    last = chosen.iloc[-1]
    return str(last["source"]), last["date"].date().isoformat()


def _own(
    table: pd.DataFrame,
    line: Sequence[str],
    areas: Mapping[str, Sequence[str]],
    of_service: Mapping[str, str],
    told_of: Mapping[str, frozenset[str]],
    figures: dict[tuple[str, str], "pd.Series[float]"],
) -> tuple[str, str] | None:
    """Return the indicator and the code of a service's own figures; None where no area has any.

    told_of: the services that the figures of each indicator name. `figures` takes in the values by area of
    what was looked at: services share the codes above them.
    """
    indicator = next((of_service[code] for code in [*line, ""] if code in of_service), "")
    there = told_of.get(indicator, frozenset()) if indicator else frozenset()
    for code in [code for code in line if code in there]:
        if (indicator, code) not in figures:
            figures[indicator, code] = _of_areas(_by_place(table, indicator, code), areas)
        if figures[indicator, code].notna().any():
            return indicator, code
    return None


def _by_place(table: pd.DataFrame, indicator: str, service: str = "") -> "pd.Series[float]":
    """Return the newest figure of each place; a place without one has the sum of its parts, if all have."""
    chosen = table[(table["indicator"] == indicator) & (table["service"] == service)]
    held = chosen.sort_values("date", kind="stable").drop_duplicates("pcode", keep="last")
    return _added_up(held.set_index("pcode")["value"])


def _added_up(values: "pd.Series[float]") -> "pd.Series[float]":
    codes = places()["pcode"].astype(str)
    for level in _COARSER:
        length = PCODE_LENGTH[level]
        finer = codes[codes.str.len() == length + 3]
        sums = _sums(values, list(finer.str[:length]), list(finer))
        values = values.combine_first(sums.dropna())
    return values


def _of_areas(values: "pd.Series[float]", areas: Mapping[str, Sequence[str]]) -> "pd.Series[float]":
    owners = [area for area, codes in areas.items() for _ in codes]
    return _sums(values, owners, [code for codes in areas.values() for code in codes]).reindex(list(areas))


def _sums(values: "pd.Series[float]", owners: Sequence[str], codes: Sequence[str]) -> "pd.Series[float]":
    """Return the sum over the codes of each owner; missing where any of them is."""
    parts = pd.Series(values.reindex(list(codes)).to_numpy(dtype=float), index=list(owners))
    is_whole = parts.notna().groupby(level=0).all()
    return parts.groupby(level=0).sum().where(is_whole)


def held(table: pd.DataFrame) -> pd.DataFrame:
    """Return what holds, in short: indicator, service, population_group, level (country, 1, 2 or 3), places
    (how many have a figure), date (the newest), source, one row for each source."""
    level = {len(COUNTRY): "country"} | {length: level for level, length in PCODE_LENGTH.items()}
    told = newest(table).assign(level=lambda rows: rows["pcode"].str.len().map(level))
    by = ["indicator", "service", "population_group", "level", "source"]
    found = told.groupby(by, as_index=False, sort=False).agg(
        places=("pcode", "nunique"), date=("date", "max")
    )
    return found.sort_values(["indicator", "service", "level", "date"], ignore_index=True)


def of_country(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures (COLUMNS) that hold for the country as a whole: context, never what an area is
    measured against."""
    return newest(table[table["pcode"] == COUNTRY])
