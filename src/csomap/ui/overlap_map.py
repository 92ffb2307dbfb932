"""The small map of a card: where the activities of one overlap are, as exactly as it is known."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]
import streamlit as st

from csomap import figures, geo
from csomap.i18n import listing
from csomap.tables.places import area_name, places
from csomap.ui import charts, names, parts
from csomap.ui.view import View
from csomap.ui.wording import quoted

_TOLERANCE = 0.003  # degrees; a governorate or less is in view


def show(view: View, found: pd.DataFrame, key: str) -> None:
    """Draw `spots` and the same in words; nothing of what nobody located."""
    if found.empty:
        st.caption(view.t("figure.spots.no_place"))
        return
    marks = found.assign(
        place=[names.place(view, code) for code in found["pcode"]],
        names=[listing(_named(view, codes), view.lang) for codes in found["organisations"]],
        told=[_told(view, row) for row in found.to_dict("records")],
    )
    draw(view, marks, key, _TOLERANCE)
    parts.caveat(view, view.t("figure.spots.caption"))
    st.caption(quoted(figures.described_spots(marks, view.lang)))


def draw(view: View, marks: pd.DataFrame, key: str, tolerance: float) -> None:
    """Draw marks (see `csomap.figures.spots`) on the borders of the governorates; tolerance: degrees."""
    charts.draw(view, key, _on_ground, geo.boundaries(view.settings.boundaries), tolerance, marks, view.lang)


def _on_ground(boundaries: geo.Boundaries, tolerance: float, marks: pd.DataFrame, lang: str) -> go.Figure:
    ground = boundaries.shapes(1, tolerance)
    return figures.spots(ground, marks, {code: area_name(code, lang) for code in ground["pcode"]}, lang)


def spots(activities: pd.DataFrame) -> pd.DataFrame:
    """Return where activities are: pcode, lon, lat (degrees), exact (by coordinates of their own, else the
    middle of their finest place), organisations (ids joined by ;), count; those of most first."""
    known = places().set_index("pcode")[["lon", "lat"]]
    located = activities[activities["pcode"] != ""]
    exact = located["longitude"].notna() & located["latitude"].notna()
    middle = known.reindex(located["pcode"]).set_index(located.index)
    told = located.assign(
        exact=exact,
        lon=located["longitude"].where(exact, middle["lon"]),
        lat=located["latitude"].where(exact, middle["lat"]),
    ).dropna(subset=["lon", "lat"])
    grouped = told.groupby(["pcode", "lon", "lat", "exact"])["organisation"].agg(
        organisations=lambda ids: ";".join(sorted(set(ids))), count="nunique"
    )
    return grouped.reset_index().sort_values(["count", "pcode"], ascending=[False, True], ignore_index=True)


def _named(view: View, codes: str) -> list[str]:
    return sorted(names.organisation(view, code) for code in codes.split(";"))


def _told(view: View, row: Mapping[Any, Any]) -> str:
    return "\n".join([names.place_within(view, row["pcode"]), *_named(view, row["organisations"])])
