"""How finely the data speaks, and from when to when."""

import datetime as dt

import pandas as pd

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH, SERVICE_LEVELS, AreaLevel, ServiceLevel

NOT_ACTIVE = ("planned", "cancelled")  # statuses of work that is told of and not done


def service_shares(activities: pd.DataFrame) -> dict[ServiceLevel, float]:
    """Return, for each service level, the share (0 to 1) of activities whose service is known there."""
    tree = taxonomy.load("services")
    depth = {code: SERVICE_LEVELS.index(tree.level(code)) for code in tree.codes}
    known = activities["service"].map(depth).fillna(-1)
    return {level: _share(known >= place) for place, level in enumerate(SERVICE_LEVELS)}


def area_shares(activities: pd.DataFrame) -> dict[AreaLevel, float]:
    """Return, for each area level, the share (0 to 1) of activities whose place is known there."""
    length = activities["pcode"].str.len()
    shares: dict[AreaLevel, float] = {
        level: _share(length >= wanted) for level, wanted in PCODE_LENGTH.items()
    }
    return shares | {"site": _share((length > 0) & (activities["site_key"] != ""))}


def _share(known: "pd.Series[bool]") -> float:
    return float(known.mean()) if len(known) else 0.0


def finest_service(activities: pd.DataFrame, share: float) -> ServiceLevel:
    """Return the finest service level at which at least `share` of the activities are known."""
    shares = service_shares(activities)
    fine = [level for level in SERVICE_LEVELS if shares[level] >= share]
    return fine[-1] if fine else "sector"


def finest_area(activities: pd.DataFrame, share: float, population: str = "") -> AreaLevel:
    """Return the finest of district and governorate at which at least `share` of the activities are known.

    For people in camps it is the site: a district may hold several camps.
    """
    if population == "idp_camp":
        return "site"
    return "2" if area_shares(activities)["2"] >= share else "1"


def oldest_month(reports: pd.DataFrame, as_of: dt.date) -> dt.date | None:
    """Return the first day of the oldest month that has a report; what counts is as in `newest_month`."""
    told = _told_by(reports, as_of)
    oldest = told["start"].fillna(told["end"]).min()
    return None if pd.isna(oldest) else min(oldest.date(), as_of).replace(day=1)


def newest_month(reports: pd.DataFrame, as_of: dt.date) -> dt.date | None:
    """Return the first day of the newest month that has a report.

    What lies after `as_of` is not reported yet: a stated end counts up to that day only, and a later
    start, a planned and a cancelled activity do not count.
    """
    last, told = pd.Timestamp(as_of), _told_by(reports, as_of)
    newest = told["end"].fillna(told["start"]).max()
    return None if pd.isna(newest) else min(newest, last).date().replace(day=1)


def _told_by(reports: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    return reports[~reports["status"].isin(NOT_ACTIVE) & ~(reports["start"] > pd.Timestamp(as_of))]


def last_day(month: dt.date) -> dt.date:
    """Return the last day of the month of `month`."""
    return (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date()


def year_ending(month: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the 12 months that end with `month`."""
    first = (pd.Timestamp(month) - pd.DateOffset(months=11)).date().replace(day=1)
    return first, last_day(month)
