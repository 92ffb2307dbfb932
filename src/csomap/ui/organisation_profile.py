"""One organisation: who it is, and what reports and people say of it, a part at a time."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from csomap.ui import (
    names,
    organisation_directory,
    organisation_next,
    organisation_overlaps,
    organisation_partners,
    organisation_registry,
    organisation_work,
    parts,
    remembered,
)
from csomap.ui.view import View
from csomap.ui.wording import quoted

PARTS: dict[str, Callable[[View, "pd.Series[Any]"], None]] = {
    "work": organisation_work.show,
    "partners": organisation_partners.show,
    "overlaps": organisation_overlaps.show,
    "next": organisation_next.show,
    "registry": organisation_registry.show,
}


def show(view: View, org_id: str) -> None:
    """Draw the profile of an organisation; only one part is drawn, and the address keeps which."""
    known = view.data.organisations
    one = known[known["org_id"] == org_id].iloc[0]
    st.button(
        view.t("organisation.back"),
        key="organisation_back",
        type="tertiary",
        on_click=organisation_directory.open_profile,
        args=("",),
    )
    st.header(names.organisation(view, org_id), anchor=False)
    st.markdown(" · ".join(quoted(told) for told in _said(view, one)))
    remembered.told(view)
    label = view.t("organisation.part.profile")
    part = parts.pick(view, "part", list(PARTS), label, lambda code: view.t(f"organisation.part.{code}"))
    PARTS[part](view, one)


def _said(view: View, one: "pd.Series[Any]") -> list[str]:
    """Return acronym, type, and whether somebody has confirmed the name."""
    kind = names.organisation_type(view, one["type"]) if one["type"] else view.t("organisation.not_known")
    return [
        *([one["acronym"]] if one["acronym"] else []),
        kind,
        view.t(f"organisation.status.{one['status']}"),
    ]
