"""Who together with whom: each two organisations of an overlap that were there on the same days."""

import streamlit as st

from csomap.ui import tables
from csomap.ui.judged import Judged
from csomap.ui.overlap_words import words
from csomap.ui.view import View

_COLUMNS = ["org_a", "org_b", "strength", "cause", "days_together", "pair_count"]


def show(view: View, found: Judged, overlap_id: str) -> None:
    """Draw the pairs of one row, if there is more than the one that the card speaks of."""
    pairs = found.pairs(overlap_id).rename(columns={"days": "days_together"})
    if len(pairs) < 2:
        return
    kinds = [] if (pairs["kind"] == "overlap").all() else ["kind"]
    label = f"{view.t('overlap.card.pairs')} ({len(pairs)})"
    part = st.expander(label, key="card_pairs_part", on_change="rerun")
    if part.open:
        with part:
            columns = [*_COLUMNS, *kinds]
            tables.table(pairs, columns, view, "card_pairs", download="csomap_pairs", words=words(view))
            st.caption(view.t("overlap.card.pairs_caption"))
