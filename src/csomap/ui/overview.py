"""What is going on, and how much is not known: figures, map, findings, and the holes in the data."""

from functools import partial
from html import escape

import streamlit as st

from csomap.reports import findings, overview_figures
from csomap.tables.query import Query
from csomap.ui import answers, areas, drawing, frame, style, unknown
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View


def show(view: View) -> None:
    """Draw the page."""
    with st.spinner(view.t("frame.working")):
        opened = answers.opening(view)
        present = answers.active(view, view.query)
    if present.empty:
        st.info(view.t("frame.empty"))
    overlaps, covered = answers.overlaps(view, opened), answers.coverage(view, opened.but(area_level="1"))
    st.html(_cards(overview_figures.figures(view, opened, present, overlaps, covered)))
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


def _cards(figures: list[tuple[str, str, str]]) -> str:
    drawn = (
        f'<div class="csomap-figure"><b>{escape(value)}</b><span>{escape(label)}</span>'
        f"<small>{escape(told)}</small></div>"
        for value, label, told in figures
    )
    return f'<div class="csomap-figures">{"".join(drawn)}</div>'


def _findings(view: View, opened: Query) -> None:
    st.subheader(view.t("overview.findings"), anchor=False)
    found = _found(view, view.data.version, view.query, opened, view.lang, answers.verdict_state(view.data))
    if not found:
        st.write(view.t("overview.nothing_found"))
    for one in found:
        with st.container(border=True):
            style.say(one.text, "finding")
            is_vague = one.page == "overlaps" and opened.service_level == "sector"
            label = view.t("overview.to.same_sector" if is_vague else f"overview.to.{one.page}")
            frame.link(one.page, label, **one.filters)


@asked_once
def _found(
    _view: View, version: str, query: Query, opened: Query, lang: str, said: str
) -> list[findings.Finding]:
    coverage, regions = partial(answers.coverage, _view), partial(answers.regions, _view)
    overlaps, needs = answers.overlaps(_view, opened), _view.data.needs
    return findings.findings(_view, findings.Asked(query, opened, overlaps, coverage, regions, needs))
