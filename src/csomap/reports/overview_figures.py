"""The figures of the overview: who, what, where, and what needs attention."""

import pandas as pd

from csomap.flow.names import Reader
from csomap.i18n import number
from csomap.tables.places import areas_within
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query

Figure = tuple[str, str, str]


def figures(
    view: Reader, opened: Query, present: pd.DataFrame, overlaps: pd.DataFrame, covered: pd.DataFrame
) -> list[Figure]:
    """Return the figures, each as its value, its name and what it counts.

    opened: the query at the levels at which pages open; present: its ACTIVITIES; overlaps: its OVERLAPS as
    `flow.marked` gives them; covered: its COVERAGE by governorate.
    """
    here = [_who(view, present), _what(view, present), _where(view, opened, present)]
    return [*here, _overlaps(view, opened, overlaps), _gaps(view, opened, covered)]


def _who(view: Reader, present: pd.DataFrame) -> tuple[str, str, str]:
    local = present.loc[present["organisation_type"] == "cso", "organisation"].nunique()
    return (
        number(present["organisation"].nunique(), view.lang),
        view.t("overview.figure.organisations"),
        view.t("overview.figure.of_them_cso", n=local),
    )


def _what(view: Reader, present: pd.DataFrame) -> tuple[str, str, str]:
    count = number(len(present), view.lang)
    return count, view.t("overview.figure.activities"), view.t("overview.figure.activity_is")


def _where(view: Reader, opened: Query, present: pd.DataFrame) -> tuple[str, str, str]:
    level = opened.area_level if opened.area_level in PCODE_LENGTH else "2"
    total = len(areas_within(level, opened.place))
    return (
        number(_told(present, level), view.lang),
        view.t(f"overview.figure.places_{level}"),
        view.t(f"overview.figure.of_all_{level}", n=total),
    )


def _overlaps(view: Reader, opened: Query, rows: pd.DataFrame) -> Figure:
    by_sector = opened.service_level == "sector"
    kind = "same_sector" if by_sector else "overlaps"
    waiting, counted = len(rows) if by_sector else int(rows["is_open"].sum()), int(rows["is_counted"].sum())
    told = view.t(f"overview.figure.{kind}_is", n=counted)
    return number(waiting, view.lang), view.t(f"overview.figure.{kind}"), told


def _gaps(view: Reader, opened: Query, covered: pd.DataFrame) -> Figure:
    """Count the gaps as the page of gaps opens."""
    count = number(int((covered["status"] == "gap").sum()), view.lang)
    return count, view.t("overview.figure.gaps"), view.t(f"overview.figure.gaps_{opened.service_level}")


def _told(activities: pd.DataFrame, level: AreaLevel) -> int:
    """Count the areas of a level of which some activity speaks."""
    length = PCODE_LENGTH[level]
    return int(activities.loc[activities["pcode"].str.len() >= length, "pcode"].str[:length].nunique())
