"""Who works with whom: the picture, the same in words, and every link in a table."""

import textwrap

import pandas as pd
import streamlit as st

from csomap import figures
from csomap.ui import answers, charts, names, organisation_answers, organisation_directory, state, tables
from csomap.ui.organisation_words import words
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["org_a", "link", "org_b", "activities", "start", "end"]
_LABEL = 34  # letters


def show(view: View, chosen: str) -> None:
    """Draw the page's part; `chosen` stands out with its partners."""
    st.caption(view.t("organisation.network.meaning"))
    links = organisation_answers.links(view)
    if links.empty:
        st.info(view.t("organisation.network.nothing"))
        return
    linked = {*links["org_a"], *links["org_b"]}
    _choose(view, linked, chosen)
    if chosen and chosen not in linked:
        st.info(view.t("organisation.network.none_of", name=quoted(names.organisation(view, chosen))))
    _draw(view, links, chosen if chosen in linked else "")
    _apart(view, linked)
    _table(view, links, chosen if chosen in linked else "")


def _choose(view: View, linked: set[str], chosen: str) -> None:
    offered = sorted(linked, key=lambda code: names.organisation(view, code).casefold())
    st.session_state["organisation_network"] = chosen if chosen in linked else ""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            view.t("organisation.network.choose"),
            ["", *offered],
            key="organisation_network",
            format_func=lambda code: names.organisation(view, code) or view.t("organisation.network.nobody"),
            on_change=lambda: state.keep("organisation", st.session_state["organisation_network"]),
        )
        if chosen:
            st.button(
                view.t("organisation.network.profile"),
                key="organisation_to_profile",
                on_click=organisation_directory.open_profile,
                args=(chosen,),
            )


def _draw(view: View, links: pd.DataFrame, chosen: str) -> None:
    drawn, places = organisation_answers.drawn(view, chosen)
    called = {code: view.organisations.get(code, code) for code in places}
    shown = figures.Network(drawn, places, called, _labels(view, called), chosen)
    left_out = len({*links["org_a"], *links["org_b"]}) - len(places)
    if left_out:
        st.caption(view.t("organisation.network.left_out", n=left_out, most=organisation_answers.DRAWN))
    charts.draw(view, "organisation_network_chart", figures.network, shown, view.lang)
    st.caption(quoted(figures.described_network(shown, view.lang)))


def _labels(view: View, called: dict[str, str]) -> dict[str, str]:
    """Return what is written beside a dot: in Latin letters the acronym, else the name, cut where long."""
    known = view.data.organisations.set_index("org_id")["acronym"].to_dict()
    acronyms = known if view.lang == "en" else {}
    return {
        code: acronyms.get(code) or textwrap.shorten(name, _LABEL, placeholder=" …")
        for code, name in called.items()
    }


def _apart(view: View, linked: set[str]) -> None:
    """Say how many organisations no report names together with another."""
    active = set(answers.active(view, view.query)["organisation"])
    told = [view.t("organisation.network.apart", n=len(active - linked))] if active - linked else []
    crowds = organisation_answers.crowds(view)
    told += [view.t("organisation.network.crowds", n=crowds)] if crowds else []
    if told:
        st.markdown(" ".join(told))


def _table(view: View, links: pd.DataFrame, chosen: str) -> None:
    st.subheader(view.t("organisation.network.table"), anchor=False)
    own = links[(links["org_a"] == chosen) | (links["org_b"] == chosen)] if chosen else links
    rows = own.rename(columns={"kind": "link"})
    tables.table(
        rows, _COLUMNS, view, "organisation_links", height=420 if len(rows) > 10 else None,
        download="csomap_links", words=words(view),
    )  # fmt: skip
