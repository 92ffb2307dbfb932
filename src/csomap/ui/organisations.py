"""The page of organisations: the directory, one organisation, and who works with whom."""

import streamlit as st

from csomap import flow
from csomap.ui import (
    answers,
    names,
    organisation_directory,
    organisation_network,
    organisation_profile,
    parts,
    state,
)
from csomap.ui.view import View
from csomap.ui.wording import quoted

PARTS = ("directory", "network")


def show(view: View) -> None:
    """Draw the page. Who is registered is told where nobody has reported yet, too."""
    chosen = _chosen(view)
    is_dated = answers.newest_month(view) is not None
    label = view.t("organisation.part.label")
    part = parts.pick(view, "show", PARTS, label, lambda code: view.t(f"organisation.part.{code}"))
    if part == "network":
        organisation_network.show(view, chosen) if is_dated else st.info(view.t("frame.nothing_dated"))
    elif chosen:
        organisation_profile.show(view, chosen)
    else:
        organisation_directory.show(view)


def _chosen(view: View) -> str:
    """Return the organisation that the address names, or the one that it is by now; "" for none."""
    kept = state.kept("organisation")
    if not kept:
        return ""
    now = flow.organisation_now(view.data, kept)
    if not now:
        st.warning(view.t("organisation.unknown", name=quoted(kept)))
    elif now != kept:
        told = {
            "before": quoted(names.organisation(view, kept)),
            "now": quoted(names.organisation(view, now)),
        }
        st.info(view.t("organisation.merged", **told))
    return now
