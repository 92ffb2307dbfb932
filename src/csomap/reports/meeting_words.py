"""What a meeting agreed on and about, as people read it: on the page, in minutes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from csomap.errors import BadInput
from csomap.flow import Action, Agreed, names
from csomap.flow.names import Reader
from csomap.i18n import date, listing

NOBODY = "–"  # what stands for who decided where nobody said it


def who(view: Reader, action: Agreed) -> str:
    """Return who does what was agreed: the organisation, else the role, else that nobody is named yet."""
    if action.organisation:
        return names.organisation(view, action.organisation)
    return names.isolated(action.role) or view.t("meeting.action.nobody")


def by_when(view: Reader, action: Agreed) -> str:
    """Return the day until which, or that none is set."""
    return date(action.by, view.lang) if action.by else view.t("meeting.action.no_day")


def standing(view: Reader, action: Action, day: dt.date) -> str:
    """Return how an action stands on a day; of a late one, the day on which it was due."""
    if action.is_late(day):
        return view.t("meeting.action.late", day=date(action.by, view.lang))
    return view.t(f"meeting.status.{action.status}")


def about(view: Reader, codes: Mapping[str, str]) -> str:
    """Return what an action came from, "" if from nothing that the tool shows; codes that a later version no
    longer knows stay codes."""
    if not codes:
        return ""
    try:
        return view.t(f"meeting.about.{codes['kind']}", what=_cell(view, codes))
    except BadInput:
        known = [code for name, code in codes.items() if code and name != "kind"]
        return view.t(f"meeting.about.{codes['kind']}", what=", ".join(known))


def cell(view: Reader, row: Mapping[Any, Any]) -> str:
    """Return service, people and place of a row in words; people and characteristic where it names them."""
    trait = row.get("characteristic")
    told = [
        names.service(view, row["service"]),
        *([names.group(view, row["population_group"])] if row.get("population_group") else []),
        *([names.characteristic(view, trait)] if trait else []),
        names.place_within(view, row["pcode"]),
    ]
    return " · ".join(told)


def _cell(view: Reader, codes: Mapping[str, str]) -> str:
    orgs = [names.organisation(view, code) for code in codes.get("org_ids", "").split(";") if code]
    return " · ".join([cell(view, codes), *([listing(orgs, view.lang)] if orgs else [])])
