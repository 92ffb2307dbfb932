"""Places of work: each activity where it is told to be, by coordinates or in the middle of its place."""

from dataclasses import dataclass
from functools import cached_property

import folium
import pandas as pd
import streamlit as st

from csomap import figures
from csomap.geo.near import EAST, NORTH, SOUTH, WEST
from csomap.i18n import listing
from csomap.tables.places import area_name, places
from csomap.tables.query import PCODE_LENGTH, Query
from csomap.tables.visibility import is_sensitive
from csomap.ui import answers, names, tables
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View

_TABLE = ["pcode", "site", "organisations", "services", "org_ids"]
_SPOT = ["pcode", "lon", "lat", "exact", "spot"]
_JOINED = {"site": " · ", "service": ";", "organisation": ";"}
_HEIGHT = 420


@dataclass(frozen=True)
class Sites:
    """What is drawn of a query: `marks` (columns of `marks_of`), and how many activities have no place."""

    view: View

    @cached_property
    def _found(self) -> tuple[pd.DataFrame, int]:
        view = self.view
        return _found(answers.active(view, view.query), view.data.version, view.query)

    @property
    def marks(self) -> pd.DataFrame:
        return self._found[0]

    @property
    def unplaced(self) -> int:
        return self._found[1]

    @property
    def legend(self) -> str:
        return figures.sites_legend_html(self.view.lang, self.view.t("map.measure.sites"))

    @property
    def layer(self) -> folium.FeatureGroup:
        called = {code: area_name(code, self.view.lang) for code in set(self.marks["pcode"])}
        return figures.sites(self.marks, called, self.view.organisations, self.view.lang)

    @property
    def words(self) -> str:
        """Return the marks in words: how many there are, and what could not be drawn."""
        marks = self.marks
        exact = int(marks["exact"].sum())
        drawn = self.view.t("map.sites.drawn", n=len(marks), exact=exact, middle=len(marks) - exact)
        return f"{drawn} {self.view.t('map.sites.unplaced', n=self.unplaced)}"


def placed(activities: pd.DataFrame) -> "pd.Series[bool]":
    """Return which activities have a place of work: finer than the governorate, and not sensitive.

    Sensitive services and characteristics are never drawn, however they came here.
    """
    finer = activities["pcode"].str.len() > PCODE_LENGTH["1"]
    return (finer | _located(activities)) & ~is_sensitive(activities)


def marks_of(activities: pd.DataFrame) -> pd.DataFrame:
    """Return a row a mark: pcode, lon, lat (degrees), exact, site, services, org_ids (joined by ;),
    organisations (how many).

    Exact is what gives coordinates: a mark for each site there. The rest stands in the middle of its finest
    place, a mark for each place, with the names of its sites.
    """
    located = _spotted(activities[placed(activities)])
    columns = {name: _joined(located, name, by) for name, by in _JOINED.items()}
    order = sorted(columns["site"])
    told = {name: [texts[spot] for spot in order] for name, texts in columns.items()}
    marks = pd.DataFrame(order, columns=_SPOT).drop(columns="spot").assign(**told)
    found = marks.rename(columns={"service": "services", "organisation": "org_ids"})
    return found.assign(organisations=[ids.count(";") + 1 for ids in told["organisation"]])


def _spotted(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities with lon, lat, exact and spot: what tells two sites at one point apart."""
    known = places().set_index("pcode")[["lon", "lat"]]
    exact = _located(activities)
    middle = known.reindex(activities["pcode"]).set_index(activities.index)
    spotted = activities.assign(
        exact=exact,
        lon=activities["longitude"].where(exact, middle["lon"]),
        lat=activities["latitude"].where(exact, middle["lat"]),
        spot=activities["site_key"].where(exact, ""),
    )
    return spotted.dropna(subset=["lon", "lat"])


def _located(activities: pd.DataFrame) -> "pd.Series[bool]":
    """Return which activities give coordinates around Iraq: what lies outside is a slip of the pen."""
    across, along = activities["longitude"].between(WEST, EAST), activities["latitude"].between(SOUTH, NORTH)
    return across & along


def table(sites: Sites) -> None:
    """Draw the marks as a table."""
    view = sites.view
    marks = sites.marks.sort_values(["organisations", "pcode"], ascending=[False, True], ignore_index=True)
    words = {"services": lambda codes: _services(view, codes)}
    st.subheader(view.t("map.sites.table"), anchor=False)
    tables.table(marks, _TABLE, view, "map_sites", height=_HEIGHT, download="csomap-sites", words=words)


def _services(view: View, codes: str) -> str:
    return listing([names.service(view, code) for code in codes.split(";")], view.lang)


def _joined(activities: pd.DataFrame, column: str, by: str) -> dict[tuple[object, ...], str]:
    """Return the distinct texts of a column, in order, by spot; pandas would take seconds for thousands."""
    texts: dict[tuple[object, ...], set[str]] = {}
    spots = activities[_SPOT].itertuples(index=False, name=None)
    for spot, text in zip(spots, activities[column], strict=True):
        texts.setdefault(spot, set()).add(text)
    return {spot: by.join(sorted(found - {""})) for spot, found in texts.items()}


@asked_once
def _found(_active: pd.DataFrame, version: str, query: Query) -> tuple[pd.DataFrame, int]:
    return marks_of(_active), len(_active) - int(placed(_active).sum())
