"""Who does what where: areas by colour, and the organisations of the one that is chosen."""

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from csomap.i18n import listing
from csomap.tables.query import AreaLevel
from csomap.ui import answers, areas, drawing, frame, map_sites, names, state, style, tables
from csomap.ui.view import View

_TABLE = ["pcode", "organisations", "activities", "months_active", "people_in_need", "organisations_per_100k"]
_PRESENT = ["organisation", "services", "groups", "months"]


def show(view: View) -> None:
    """Draw the page."""
    first, second, third = st.columns([2, 1.4, 2.4])
    level = _level(view, second)
    found = areas.by_area(view, view.query, level)
    offered = [*areas.offered_measures(view.query, found, answers.opening(view)), drawing.SITES]
    measure = _choice(view, first, "measure", offered, offered[0])
    if measure == "overlaps":
        found = areas.with_overlaps(view, found, level)
    place = _place(view, third, areas.names_of(view, view.query, level))
    picture = drawing.Picture(view, view.query, found, measure, level, place, _with_tiles(view))
    with st.container(key="map_whole"):
        style.say(" ".join(frame.told_sources(view)), "print")
        left, right = st.columns([3, 2], gap="medium")
        with left:
            drawing.draw(picture, "map", height=560, listen=True)
        with right:
            _who(view, place)
    if picture.sites:
        map_sites.table(picture.sites)
    else:
        _table(view, found)


def _with_tiles(view: View) -> bool:
    """Let the reader ask for pictures of another host below the map; in a meeting there are none."""
    if view.present:
        return False
    st.session_state["map_tiles"] = state.kept("tiles") == "1"
    st.checkbox(
        view.t("map.tiles"),
        key="map_tiles",
        help=view.t("map.tiles_help"),
        on_change=lambda: state.keep("tiles", "1" if st.session_state["map_tiles"] else ""),
    )
    return bool(st.session_state["map_tiles"])


def _table(view: View, found: pd.DataFrame) -> None:
    st.subheader(view.t("map.table"), anchor=False)
    ranked = found.sort_values(["organisations", "pcode"], ascending=[False, True], ignore_index=True)
    stated = ["status"] if view.query.finest_service else []
    columns = [name for name in (*_TABLE, *stated) if ranked[name].notna().any()]
    counted = {"people_in_need": view.t(f"frame.indicator.{found['indicator'].iloc[0] or 'none'}")}
    tables.table(ranked, columns, view, "map_areas", download="csomap-areas", labels=counted)


def _level(view: View, where: DeltaGenerator) -> AreaLevel:
    levels = areas.offered_levels(view.query)
    opened = levels[-1] if view.query.place else levels[0]
    chosen = _choice(view, where, "level", levels, opened)
    return next(level for level in levels if level == chosen)


def _choice(view: View, where: DeltaGenerator, name: str, options: Sequence[str], first: str) -> str:
    chosen = state.kept(name, first)
    key = f"map_{name}"
    st.session_state[key] = chosen if chosen in options else first
    where.selectbox(
        view.t(f"map.{name}.title"),
        options,
        key=key,
        format_func=lambda code: view.t(f"map.{name}.{code}"),
        on_change=lambda: state.keep(name, st.session_state[key]),
    )
    return str(st.session_state[key])


def _place(view: View, where: DeltaGenerator, places: dict[str, str]) -> str:
    kept = state.kept("at")
    st.session_state["map_at"] = kept if kept in places else ""
    where.selectbox(
        view.t("map.place"),
        ["", *sorted(places, key=places.__getitem__)],
        key="map_at",
        format_func=lambda code: names.place(view, code) if code else view.t("map.no_place"),
        on_change=lambda: state.keep("at", st.session_state["map_at"]),
    )
    return str(st.session_state["map_at"])


def _who(view: View, place: str) -> None:
    """List the organisations of the chosen place, with what they do there, for whom, and when."""
    if not place:
        st.info(view.t("map.choose"))
        return
    st.subheader(names.place_within(view, place), anchor=False)
    present = answers.active(view, view.query.but(place=place))
    if present.empty:
        st.write(view.t("map.nobody"))
        return
    listed = organisations_of(view, present)
    st.write(view.t("map.listed", n=len(listed)))
    with st.container(height=520, border=False, key="map_list"):
        st.html(_list(view, listed))
    if not view.present:
        tables.files(listed, _PRESENT, view, "map_who", f"csomap-{place}")


def _list(view: View, listed: pd.DataFrame) -> str:
    """Return the organisations as a list to read; what is the same for all is not repeated."""
    told = [name for name in _PRESENT[1:] if name != "services" or listed[name].nunique() > 1]
    lines = (
        f"<li><b>{escape(names.organisation(view, row['organisation']))}</b>"
        + "".join(f"<span>{escape(row[name])}</span>" for name in told)
        + "</li>"
        for row in listed.to_dict("records")
    )
    return f'<ul class="csomap-who">{"".join(lines)}</ul>'


def organisations_of(view: View, present: pd.DataFrame) -> pd.DataFrame:
    """Return organisation, services, groups, months: a row for each organisation of some activities."""
    grouped = present.groupby("organisation")
    first, last = grouped["start"].min(), grouped["end"].max()
    span = pd.Series(list(zip(first, last, strict=True)), index=first.index, dtype=object)
    listed = pd.DataFrame(
        {
            "services": grouped["service"].agg(lambda codes: _named(codes, view, names.service)),
            "groups": grouped["population_group"].agg(lambda codes: _named(codes, view, names.group)),
            "months": span.map(lambda days: names.months(view, *days)),
        }
    ).reset_index()
    order = listed["organisation"].map(lambda code: names.organisation(view, code))
    return listed.iloc[order.argsort()].reset_index(drop=True)


def _named(cells: "pd.Series[str]", view: View, name: Callable[[View, str], str]) -> str:
    codes = sorted({code for cell in cells for code in cell.split(";")})
    return listing([name(view, code) for code in codes], view.lang)
