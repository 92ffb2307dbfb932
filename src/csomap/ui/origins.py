"""From a figure back to the rows of the files that it was made of."""

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import listing
from csomap.store import Store
from csomap.ui import frame, names, tables
from csomap.ui.evidence import Record
from csomap.ui.view import View
from csomap.ui.wording import quoted, ranges

_COLUMNS = [
    "source_row",
    "file",
    "organisation",
    "service",
    "population_group",
    "pcode",
    "site",
    "start",
    "end",
]
_RUNS = 60
_LINKS = 12


def show(view: View, record: Record) -> None:
    """Draw, when it is opened, which rows of which file the activities of a record come from."""
    of_activities(view, tuple(record.overlap["activity_ids"].split(";")), "card")
    _mend(view, record.activities)


def _mend(view: View, activities: pd.DataFrame) -> None:
    """Lead to the page on which one of the activities can be corrected or ended."""
    with st.expander(view.t("edit.from_card")):
        for row in activities.head(_LINKS).to_dict("records"):
            when = names.months(view, row["start"], row["end"])
            told = (names.organisation(view, row["organisation"]), names.service(view, row["service"]), when)
            frame.link("edit", " · ".join(told), activity=row["activity_id"])


def of_activities(view: View, ids: tuple[str, ...], key: str) -> None:
    """Draw, when it is opened, which rows of which file activities come from."""
    part = st.expander(view.t("overlap.origin.title"), key=f"{key}_origin", on_change="rerun")
    if not part.open:
        return
    told = _reports(view.data, view.data.version, ids)
    reports = told.assign(file=told["source_id"].map(files(view)))
    with part:
        st.markdown(view.t("overlap.origin.told", n=len(reports)))
        for file, rows in reports.groupby("file"):
            named = view.t(
                "overlap.origin.file", file=quoted(str(file)), rows=_rows(view, rows["source_row"])
            )
            st.markdown(f"- {named}")
        st.caption(view.t("overlap.origin.caption"))
        ordered = reports.sort_values(["file", "source_row"])
        tables.table(ordered, _COLUMNS, view, f"{key}_reports", download="csomap_rows")


@st.cache_data(max_entries=64, show_spinner=False)
def _reports(_data: flow.Data, version: str, ids: tuple[str, ...]) -> pd.DataFrame:
    return flow.reports_of(_data, ids)


def files(view: View) -> dict[str, str]:
    """Return the name of the file of each import; where nothing is imported, the words for the sample."""
    known = Store(view.settings).imports()
    sample = {code: view.t("overlap.origin.sample") for code in set(view.data.reports["source_id"])}
    by_hand = {flow.BY_HAND: view.t("edit.by_hand")}
    return sample | by_hand | dict(zip(known["import_id"], known["name"], strict=True))


def _rows(view: View, numbers: "pd.Series[int]") -> str:
    """Return row numbers as people write them: 3, 5–9; many are cut, the table below has all."""
    runs = ranges([int(number) for number in numbers])
    words = [
        str(first) if first == last else view.t("overlap.origin.row_range", first=str(first), last=str(last))
        for first, last in runs[:_RUNS]
    ]
    more = len(runs) - _RUNS
    return listing([*words, view.t("overlap.evidence.more", n=more)] if more > 0 else words, view.lang)
