"""The holes in the data, in words."""

import pandas as pd

from csomap.flow.names import Reader
from csomap.i18n import percent

# Holes that may say most of a page; a last month in place of an end is so common that it says little.
_TELLING = ("service", "unlocated", "group", "dates", "silent_1", "silent_2", "silent_3", "silent_months")


def most(view: Reader, found: pd.DataFrame) -> str:
    """Return one sentence: what the largest hole (UNKNOWN) means for what the page shows."""
    holes = found[found["what"].isin(_TELLING) & (found["missing"] > 0)]
    if holes.empty:
        return view.t("unknown.means.nothing")
    largest = holes.sort_values("share", ascending=False, kind="stable")["what"].iloc[0]
    return view.t(f"unknown.means.{largest}")


def part(view: Reader, missing: int, share: float) -> str:
    """Return the share; of what is there but rounds to nothing, that it is below one percent."""
    if missing and share < 0.005:
        return view.t("unknown.under", share=percent(0.01, view.lang))
    return percent(share, view.lang)
