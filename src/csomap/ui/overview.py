"""What is going on, and how much is not known: figures, map, findings, and the holes in the data."""

from html import escape

import pandas as pd
import streamlit as st

from csomap.i18n import number
from csomap.tables.places import areas_within
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.ui import answers, areas, drawing, findings, frame, style, unknown
from csomap.ui.view import View


def show(view: View) -> None:
    """Draw the page."""
    with st.spinner(view.t("frame.working")):
        opened = answers.opening(view)
        present = answers.active(view, view.query)
    if present.empty:
        st.info(view.t("frame.empty"))
    here = [_who(view, present), _what(view, present), _where(view, opened, present)]
    st.html(_cards([*here, *_attention(view, opened)]))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.subheader(view.t("overview.map"), anchor=False)
        level = areas.offered_levels(view.query)[0]
        found = areas.by_area(view, view.query, level)
        picture = drawing.Picture(view, view.query, found, "organisations", level)
        drawing.draw(picture, "overview_map", height=460)
        frame.link("map", view.t("overview.to.map"))
    with right:
        _findings(view, opened)
    unknown.show(view, view.query, short=True)


def _who(view: View, present: pd.DataFrame) -> tuple[str, str, str]:
    local = present.loc[present["organisation_type"] == "cso", "organisation"].nunique()
    return (
        number(present["organisation"].nunique(), view.lang),
        view.t("overview.figure.organisations"),
        view.t("overview.figure.of_them_cso", n=local),
    )


def _what(view: View, present: pd.DataFrame) -> tuple[str, str, str]:
    count = number(len(present), view.lang)
    return count, view.t("overview.figure.activities"), view.t("overview.figure.activity_is")


def _where(view: View, opened: Query, present: pd.DataFrame) -> tuple[str, str, str]:
    level = opened.area_level if opened.area_level in PCODE_LENGTH else "2"
    total = len(areas_within(level, opened.place))
    return (
        number(_told(present, level), view.lang),
        view.t(f"overview.figure.places_{level}"),
        view.t(f"overview.figure.of_all_{level}", n=total),
    )


def _attention(view: View, opened: Query) -> list[tuple[str, str, str]]:
    rows = answers.overlaps(view, opened)
    by_sector = opened.service_level == "sector"
    kind = "same_sector" if by_sector else "overlaps"
    waiting = len(rows) if by_sector else int(rows["is_open"].sum())
    covered = answers.coverage(view, opened.but(area_level="1"))  # as the page of gaps opens
    return [
        (
            number(waiting, view.lang),
            view.t(f"overview.figure.{kind}"),
            view.t(f"overview.figure.{kind}_is", n=int(rows["is_counted"].sum())),
        ),
        (
            number(int((covered["status"] == "gap").sum()), view.lang),
            view.t("overview.figure.gaps"),
            view.t(f"overview.figure.gaps_{opened.service_level}"),
        ),
    ]


def _cards(figures: list[tuple[str, str, str]]) -> str:
    drawn = (
        f'<div class="csomap-figure"><b>{escape(value)}</b><span>{escape(label)}</span>'
        f"<small>{escape(told)}</small></div>"
        for value, label, told in figures
    )
    return f'<div class="csomap-figures">{"".join(drawn)}</div>'


def _findings(view: View, opened: Query) -> None:
    st.subheader(view.t("overview.findings"), anchor=False)
    found = findings.findings(view, opened)
    if not found:
        st.write(view.t("overview.nothing_found"))
    for one in found:
        with st.container(border=True):
            style.say(one.text, "finding")
            frame.link(one.page, view.t(f"overview.to.{one.page}"), **one.filters)


def _told(activities: pd.DataFrame, level: AreaLevel) -> int:
    """Count the areas of a level of which some activity speaks."""
    length = PCODE_LENGTH[level]
    return int(activities.loc[activities["pcode"].str.len() >= length, "pcode"].str[:length].nunique())
