"""How many people need something where: figures of others, with their source and date."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from csomap.analysis.need_figures import by_place, of_areas
from csomap.settings import DATA
from csomap.tables.query import PCODE_LENGTH

COLUMNS = [
    *("indicator", "pcode", "population_group", "service", "value", "date", "source", "method", "note"),
]
SUBJECT = ["indicator", "pcode", "population_group", "service"]
COUNTRY = "IQ"
_EVERYBODY = ("", "all")


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
    found = of_areas(by_place(table, indicator), members or {area: [area] for area in areas})["value"]
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
    keys, figures = _keys(table, lines, areas, population, indicators, of_service)
    values = [figures[key]["value"].to_numpy(dtype=float) for key in keys]
    return _cells(lines, areas, keys).assign(people_in_need=np.concatenate([*values, []]))


def sources(
    table: pd.DataFrame,
    lines: Mapping[str, Sequence[str]],
    areas: Mapping[str, Sequence[str]],
    population: str,
    indicators: Mapping[str, str],
    of_service: Mapping[str, str],
) -> pd.DataFrame:
    """Return area, svc, indicator, source, date: what each measure stands on, a row for each source and day.

    Arguments as of `measured`. A sum of parts stands on the figures of all of them.
    """
    keys, figures = _keys(table, lines, areas, population, indicators, of_service)
    told = [pair for key in keys for pair in figures[key]["told"]]
    every = _cells(lines, areas, keys).assign(told=pd.Series(told, dtype=object)).dropna(subset="told")
    pairs = every.assign(told=every["told"].map(sorted)).explode("told", ignore_index=True)
    return pairs.drop(columns="told").assign(
        source=pd.array([pair[0] for pair in pairs["told"]], dtype="str"),
        date=pd.to_datetime([pair[1] for pair in pairs["told"]]),
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


def _keys(
    table: pd.DataFrame,
    lines: Mapping[str, Sequence[str]],
    areas: Mapping[str, Sequence[str]],
    population: str,
    indicators: Mapping[str, str],
    of_service: Mapping[str, str],
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], pd.DataFrame]]:
    """Return the indicator and the code that each line is measured by, and the figures of these by area."""
    general = indicators.get(population, "")
    figures = {(general, ""): of_areas(by_place(table, general), areas)}
    asked = table[table["population_group"] == ("" if population in _EVERYBODY else population)]
    told_of = {str(name): frozenset(codes) for name, codes in asked.groupby("indicator")["service"]}
    keys = [
        _own(asked, line, areas, of_service, told_of, figures) or (general, "") for line in lines.values()
    ]
    return keys, figures


def _cells(
    lines: Mapping[str, Sequence[str]], areas: Mapping[str, Sequence[str]], keys: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area": pd.array(list(areas) * len(lines), dtype="str"),
            "svc": pd.array(list(lines), dtype="str").repeat(len(areas)),
            "indicator": pd.array([name for name, _ in keys], dtype="str").repeat(len(areas)),
        }
    )


def _own(
    table: pd.DataFrame,
    line: Sequence[str],
    areas: Mapping[str, Sequence[str]],
    of_service: Mapping[str, str],
    told_of: Mapping[str, frozenset[str]],
    figures: dict[tuple[str, str], pd.DataFrame],
) -> tuple[str, str] | None:
    """Return the indicator and the code of a service's own figures; None where no area has any.

    told_of: the services that the figures of each indicator name. `figures` takes in those by area of
    what was looked at: services share the codes above them.
    """
    indicator = next((of_service[code] for code in [*line, ""] if code in of_service), "")
    there = told_of.get(indicator, frozenset()) if indicator else frozenset()
    for code in [code for code in line if code in there]:
        if (indicator, code) not in figures:
            figures[indicator, code] = of_areas(by_place(table, indicator, code), areas)
        if figures[indicator, code]["value"].notna().any():
            return indicator, code
    return None


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
