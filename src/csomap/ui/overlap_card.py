"""One row of the overlaps: who, why it is here, when, and from which rows of which file."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import figures, flow
from csomap.i18n import date, listing
from csomap.tables.query import Query
from csomap.ui import evidence, names, origins, others, tables
from csomap.ui.evidence import Record
from csomap.ui.view import View
from csomap.ui.wording import quoted

_BARS = 25
_FRAME, _ROW = 80, 38  # pixels; a long name takes two lines
_WHO = [
    "organisation",
    "acronym",
    "organisation_type",
    "activity_count",
    "services",
    "funders",
    "start",
    "end",
]


def show(view: View, overlap: "pd.Series[Any]", query: Query) -> None:
    """Draw the card of one row of OVERLAPS."""
    record = _record(view.data, view.data.version, overlap.to_dict(), query)
    with st.container(border=True):
        _head(view, record)
        _why(view, record)
        _who(view, record)
        _timeline(view, record)
        _pairs(view, record)
        others.show(view, record)
        origins.show(view, record)


@st.cache_data(max_entries=64, show_spinner=False)
def _record(_data: flow.Data, version: str, overlap: dict[Any, Any], query: Query) -> Record:
    row = pd.Series(overlap)
    return Record(row, *flow.card(_data, row, query), query)


def _head(view: View, record: Record) -> None:
    row = record.overlap
    title = "title_sector" if record.by_sector else "title"
    service, place = names.service(view, row["service"]), quoted(names.place_within(view, row["pcode"]))
    st.subheader(view.t(f"overlap.card.{title}", service=service, place=place), anchor=False)
    group = names.group(view, row["population_group"])
    people = view.t("overlap.card.people", group=group)
    if row["characteristic"]:
        trait = names.characteristic(view, row["characteristic"])
        people = view.t("overlap.card.people_and", group=group, characteristic=trait)
    days = (date(row["start"], view.lang), date(row["end"], view.lang))
    when = view.t("overlap.card.period", start=days[0], end=days[1])
    st.markdown(" · ".join([people, when, *_verdict(view, record)]))


def _verdict(view: View, record: Record) -> list[str]:
    """Return what people decided; nobody is asked where the service is not known."""
    if record.by_sector:
        return []
    told = view.t(f"overlap.verdict.{record.overlap['verdict']}")
    return [view.t("overlap.card.verdict", verdict=told)]


def _why(view: View, record: Record) -> None:
    st.markdown(f"**{view.t('overlap.card.why_sector' if record.by_sector else 'overlap.card.why')}**")
    st.markdown("\n".join(f"- {sentence}" for sentence in evidence.lines(view, record)))


def _who(view: View, record: Record) -> None:
    st.markdown(f"**{view.t('overlap.card.who')}**")
    words = {
        "services": lambda codes: listing(
            [names.service(view, code) for code in codes.split(";")], view.lang
        ),
        "funders": lambda codes: names.organisations(view, codes) or view.t("frame.not_stated"),
    }
    everyone = organisations(record.activities, view.data.organisations)
    tables.table(everyone, _WHO, view, "card_who", download="csomap_organisations", words=words)


def organisations(activities: pd.DataFrame, directory: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each organisation of an overlap, most activities first: organisation, acronym,
    organisation_type, activity_count, services and funders (codes joined by ;), start, end."""
    joined = activities.groupby("organisation").agg(
        organisation_type=("organisation_type", "first"),
        activity_count=("activity_id", "nunique"),
        services=("service", _codes),
        funders=("funder", _codes),
        start=("start", "min"),
        end=("end", "max"),
    )
    acronyms = directory.set_index("org_id")["acronym"].reindex(joined.index).fillna("")
    return (
        joined.assign(acronym=acronyms)
        .sort_values("activity_count", ascending=False, kind="stable")
        .reset_index()
    )


def _codes(cells: "pd.Series[str]") -> str:
    return ";".join(sorted({code for cell in cells for code in cell.split(";") if code}))


def _timeline(view: View, record: Record) -> None:
    st.markdown(f"**{view.t('overlap.card.timeline')}**")
    found = periods(record.activities)
    bars = found.assign(
        organisation=[names.organisation(view, code) for code in found["organisation"]],
        label=[view.t("overlap.card.timeline_label", n=int(count)) for count in found["activities"]],
    )
    drawn = bars.head(_BARS)
    chart = figures.timeline(drawn, view.lang).update_layout(height=_FRAME + _ROW * len(drawn))
    st.plotly_chart(chart, config=figures.CONFIG, theme=None, key="card_timeline")
    few = [view.t("overlap.card.timeline_few")] if len(bars) > _BARS else []
    told = [view.t("overlap.card.timeline_caption"), *few, figures.described_timeline(drawn, view.lang)]
    st.caption(quoted(" ".join(told)))


def periods(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the unbroken times of each organisation: organisation, start, end, activities (how many);
    organisations with the most days first."""
    ordered = activities.dropna(subset=["start", "end"]).sort_values(["organisation", "start"], kind="stable")
    so_far = ordered.groupby("organisation")["end"].cummax().groupby(ordered["organisation"]).shift()
    breaks = so_far.isna() | (ordered["start"] > so_far + pd.Timedelta(days=1))
    found = (
        ordered.assign(nth=breaks.cumsum())
        .groupby(["organisation", "nth"], as_index=False)
        .agg(start=("start", "min"), end=("end", "max"), activities=("activity_id", "nunique"))
    )
    days = (found["end"] - found["start"]).dt.days + 1
    total = days.groupby(found["organisation"]).transform("sum")
    ranked = found.assign(total=total).sort_values(
        ["total", "organisation"], ascending=[False, True], kind="stable"
    )
    return ranked.drop(columns=["nth", "total"]).reset_index(drop=True)


def _pairs(view: View, record: Record) -> None:
    found = together(record.pairs)
    with st.expander(view.t("overlap.card.pairs")):
        columns = ["org_a", "org_b", "days_together", "same_site", "pair_count"]
        kinds = [] if (found["kind"] == "overlap").all() else ["kind"]
        words = {"kind": lambda code: view.t(f"overlap.kind.{code}")}
        tables.table(found, [*columns, *kinds], view, "card_pairs", download="csomap_pairs", words=words)
        st.caption(view.t("overlap.card.pairs_caption"))


def together(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each two organisations, longest first: org_a, org_b, days_together (the most that
    any two of their activities share), same_site, pair_count, kind."""
    swapped = pairs["org_a"] > pairs["org_b"]
    one, two = pairs["org_a"].where(~swapped, pairs["org_b"]), pairs["org_b"].where(~swapped, pairs["org_a"])
    found = (
        pairs.assign(org_a=one, org_b=two)
        .groupby(["org_a", "org_b"], as_index=False)
        .agg(
            days_together=("days", "max"),
            same_site=("same_site", _answer),
            pair_count=("activity_a", "size"),
            kind=("kind", _kind),
        )
    )
    return found.sort_values("days_together", ascending=False, kind="stable", ignore_index=True)


def _answer(told: "pd.Series[str]") -> str:
    return next((answer for answer in ("yes", "unknown") if (told == answer).any()), "no")


def _kind(kinds: "pd.Series[str]") -> str:
    return next((kind for kind in ("overlap", "joint") if (kinds == kind).any()), "chain")
