"""Where one more provider would relieve most: of a service, or for one organisation."""

import pandas as pd

from csomap.analysis import where_next
from csomap.errors import BadInput
from csomap.flow.active import active
from csomap.flow.change import find_present
from csomap.flow.live import Data
from csomap.flow.questions import find_coverage, find_severity, window
from csomap.tables.neighbours import neighbours
from csomap.tables.query import Query


def find_where_next(data: Data, query: Query, organisation: str = "", lang: str = "en") -> pd.DataFrame:
    """Return WHERE_NEXT for the areas and services of the query, most relief first.

    Areas without a known need are left out: no figure is split or guessed. With an `organisation` (org_id):
    only services that it gives in the window, and areas where it does not give them: an area in a place that
    it names only coarsely may be one of those. Raises BadInput for an organisation that is not there. See
    `analysis.where_next.relieved` for the formula.
    """
    asked = window(data, query)
    relief = where_next.relieved(find_coverage(data, asked, lang))
    there = find_present(data, asked)
    severity = find_severity(data, asked).rename(columns={"area": "pcode"})
    reach = None
    if organisation:
        relief = _open_to(organisation, relief, find_present(data, asked, coarser=True), data)
        reach = where_next.reach_of(list(relief["pcode"]), _worked(data, asked, organisation), neighbours)
    return where_next.where_next(relief, there, severity, neighbours, reach)


def _open_to(organisation: str, relief: pd.DataFrame, there: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Keep the services that an organisation gives, in areas that no place of theirs holds."""
    if organisation not in set(data.organisations["org_id"]):
        raise BadInput("organisation_unknown", value=organisation)
    own = there[there["organisation"] == organisation]
    given = relief[relief["service"].isin(set(own["service"]))]
    places = {service: tuple(rows) for service, rows in own.groupby("service")["pcode"]}
    at = zip(given["pcode"], given["service"], strict=True)
    return given[[not area.startswith(places[service]) for area, service in at]]


def _worked(data: Data, query: Query, organisation: str) -> list[str]:
    """Return the places in which an organisation does anything at all in the window."""
    whole = Query(start=query.start, end=query.end)
    own = data.activities[data.activities["organisation"] == organisation]
    return sorted(set(active(own, whole)["pcode"]) - {""})
