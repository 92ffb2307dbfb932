"""When each organisation of an overlap was active, side by side."""

import pandas as pd
import streamlit as st

from csomap import figures
from csomap.ui import charts, names
from csomap.ui.view import View
from csomap.ui.wording import quoted

_BARS = 25
_FRAME, _ROW = 80, 38  # pixels; a long name takes two lines


def show(view: View, found: pd.DataFrame, key: str) -> None:
    """Draw the unbroken times of organisations (`periods`), and the same in words."""
    st.markdown(f"**{view.t('overlap.card.timeline')}**")
    bars = found.assign(
        organisation=[names.organisation(view, code) for code in found["organisation"]],
        label=[view.t("overlap.card.timeline_label", n=int(count)) for count in found["activities"]],
    )
    drawn = bars.head(_BARS)
    charts.draw(
        view, key, figures.timeline, drawn, view.lang, height=_FRAME + _ROW * drawn["organisation"].nunique()
    )
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
