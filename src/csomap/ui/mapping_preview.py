"""The first rows of a file as they would be read with the columns that a person chose."""

from collections.abc import Callable, Mapping

import streamlit as st

from csomap.errors import CsomapError
from csomap.flow import mappings
from csomap.importers import Days
from csomap.importers.guess import Proposal
from csomap.ui import names
from csomap.ui.view import View
from csomap.ui.wording import quoted

_NAMES: dict[str, Callable[[View, str], str]] = {
    "organisation": names.organisation,
    "service": names.service,
    "pcode": names.place_within,
}
# The columns that are understood together; what is understood stands after the last of them.
_TOLD_BY = {
    "organisation": ("organisation", "organisation_acronym"),
    "service": ("service", "sector"),
    "pcode": (
        "pcode",
        "adm1",
        "adm1_name",
        "adm2",
        "adm2_name",
        "adm3",
        "adm3_name",
        "latitude",
        "longitude",
    ),
}


def show(view: View, proposal: Proposal, choices: Mapping[int, str], period: Days | None) -> None:
    """Draw the rows, with what is understood of organisation, service and place beside the texts."""
    try:
        rows = mappings.preview(proposal, choices, view.settings, period)
    except CsomapError as fault:
        st.warning(quoted(fault.told(view.lang)))
        return
    shown = rows.assign(**{str(name): rows[name].dt.date for name in rows.select_dtypes("datetime")})
    order = _order(list(map(str, rows.columns)))
    texts = [name for name in order if not name.startswith("understood_") and name != "source_row"]
    labels = {name: mappings.field_name(name, view.lang) for name in texts}
    labels["source_row"] = view.t("import.preview.row")
    for field, named in _NAMES.items():
        column = f"understood_{field}"
        shown[column] = [named(view, code) if code else view.t("mapping.not_known") for code in rows[column]]
        labels[column] = view.t("mapping.read_as", field=mappings.field_name(field, view.lang))
    st.markdown(view.t("mapping.preview", n=len(shown)))
    st.dataframe(
        shown,
        key="import_mapping_preview",
        hide_index=True,
        column_order=order[::-1] if view.rtl else order,
        column_config=labels,
    )


def _order(columns: list[str]) -> list[str]:
    """Put what is understood beside the texts that say it, and leave out what no column says."""
    order = [name for name in columns if not name.startswith("understood_")]
    for field, told_by in _TOLD_BY.items():
        there = [order.index(name) for name in told_by if name in order]
        if there:
            order.insert(max(there) + 1, f"understood_{field}")
    return order
