"""What an organisation does: the facts that are known, where it works, and every piece of its work."""

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from csomap.i18n import LANGUAGES, listing, month
from csomap.ui import answers, frame, names, organisation_words, overlap_map, state, tables
from csomap.ui.view import View

_COLUMNS = ["service", "pcode", "population_group", "function", "start", "end", "activities"]
_TOLERANCE = 0.01  # degrees; enough for a map of the country
_KEY = ["service", "pcode", "population_group", "function"]
_NOTHING_FILTERED = dict.fromkeys(state.FILTERS, "")


def show(view: View, one: "pd.Series[Any]") -> None:
    """Draw the part for an organisation (a row of ORGANISATIONS)."""
    active = answers.active(view, view.query)
    own = active[active["organisation"] == one["org_id"]].reset_index(drop=True)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.html(_list(view, facts(view, one, own)))
    with right:
        if len(own):
            st.subheader(view.t("organisation.where"), anchor=False)
            _map(view, own)
    if own.empty:
        _nothing(view, one)
        return
    st.subheader(view.t("organisation.work"), anchor=False)
    done = work(own)
    height = 380 if len(done) > 9 else None
    tables.table(done, _COLUMNS, view, "organisation_work", height=height, download="csomap_organisation")


def _map(view: View, own: pd.DataFrame) -> None:
    """Draw where the work is, as exactly as it is known; the table below says the same in words."""
    found = overlap_map.spots(own)
    if found.empty:
        st.caption(view.t("figure.spots.no_place"))
        return
    places = [names.place_within(view, code) for code in found["pcode"]]
    marks = found.assign(place=places, told=places, names="")
    overlap_map.draw(view, marks, "organisation_map", _TOLERANCE)
    st.caption(view.t("organisation.spots", n=len(set(places))))


def work(own: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each service, place, groups and function of some ACTIVITIES, most of them first, with
    first and last day and the number of activities."""
    grouped = own.groupby(_KEY, as_index=False).agg(
        start=("start", "min"), end=("end", "max"), activities=("activity_id", "nunique")
    )
    return grouped.sort_values(["activities", *_KEY], ascending=[False, *([True] * 4)], ignore_index=True)


def facts(view: View, one: "pd.Series[Any]", own: pd.DataFrame) -> dict[str, str]:
    """Return what is known of an organisation, by the words for it; what nobody knows is "".

    own: its ACTIVITIES in the filters; without any, nothing is said of its work.
    """
    told = {
        "other_names": _names(view, one),
        "aliases": listing(one["aliases"].split(";"), view.lang) if one["aliases"] else "",
        "registration": organisation_words.registrations(view, one["registration"]),
        "founded": one["founded"],
        "functions": organisation_words.functions(view, one["functions"]),
        "reported": _reported(view, one),
        **(_done(view, own) if len(own) else {}),
    }
    return {view.t(f"organisation.fact.{name}"): text for name, text in told.items()}


def _done(view: View, own: pd.DataFrame) -> dict[str, str]:
    """Return what reports say of the work in the filters."""
    rows = own.assign(governorate=own["pcode"].str[:5])
    return {
        fact: _named(view, rows[column], word)
        for fact, column, word in (
            ("services", "service", names.service),
            ("groups", "population_group", names.group),
            ("characteristics", "characteristic", names.characteristic),
            ("functions_reported", "function", names.function),
            ("governorates", "governorate", names.place),
            ("funders", "funder", names.organisation),
            ("programmes", "programme_organisation", names.organisation),
        )
    }


def _names(view: View, one: "pd.Series[Any]") -> str:
    own = view.organisations[one["org_id"]]
    others = dict.fromkeys(one[f"name_{lang}"] for lang in LANGUAGES)
    return listing([names.isolated(text) for text in others if text and text != own], view.lang)


def _reported(view: View, one: "pd.Series[Any]") -> str:
    """Return the first and the last month of all its reports, whatever is filtered."""
    if not one["first_month"]:
        return ""
    days = [pd.Timestamp(f"{one[name]}-01") for name in ("first_month", "last_month") if one[name]]
    shown = [month(day, view.lang) for day in days]
    return " – ".join(dict.fromkeys(shown))


def _named(view: View, cells: "pd.Series[str]", word: Callable[[View, str], str]) -> str:
    codes = {code for cell in cells for code in cell.split(";") if code}
    return listing(sorted(word(view, code) for code in codes), view.lang)


def _list(view: View, told: dict[str, str]) -> str:
    unknown = f"<i>{escape(view.t('organisation.not_known'))}</i>"
    rows = (
        f"<dt>{escape(name)}</dt><dd>{escape(text) if text else unknown}</dd>" for name, text in told.items()
    )
    return f'<dl class="csomap-terms">{"".join(rows)}</dl>'


def _nothing(view: View, one: "pd.Series[Any]") -> None:
    """Say that it does nothing in the filters, and whether it does anywhere."""
    total = int(one["activities"])
    if not total:
        st.info(view.t("organisation.no_activity"))
        return
    st.info(view.t("organisation.none_here", n=total))
    frame.link(
        "organisations",
        view.t("organisation.unfiltered"),
        **{**_NOTHING_FILTERED, "from": "", "organisation": one["org_id"]},
    )
