"""Who is who: the directory of a question, an organisation by its id, and who gives the same beside it."""

import pandas as pd

from csomap.analysis import work_of
from csomap.flow.live import Data
from csomap.flow.questions import find_active, window
from csomap.tables import organisation_schemas, schemas, taxonomy
from csomap.tables.neighbours import neighbours
from csomap.tables.query import PCODE_LENGTH, Query


def find_directory(data: Data, query: Query, standings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return DIRECTORY: who does something in the window and passes the filters.

    standings: STANDINGS of the overlaps in which verdicts are awaited; without them nothing is awaited.
    Raises BadInput if no report has a date.
    """
    said = schemas.none(schemas.STANDINGS) if standings is None else standings
    waiting = said[said["verdict"] == "undecided"]
    return work_of.directory_of(find_active(data, window(data, query)), waiting)


def organisation_now(data: Data, org_id: str) -> str:
    """Return the organisation that an id stands for by now: the one it was merged into; "" if unknown."""
    known = data.organisations
    there = set(known.loc[known["status"] != "merged", "org_id"])
    now = data.merged.get(org_id, org_id)
    return now if now in there else next((one for one in [data.formerly.get(org_id, "")] if one in there), "")


def find_same_service(data: Data, query: Query, org_id: str) -> pd.DataFrame:
    """Return SAME_SERVICE: who gives a service of an organisation in its governorates or next to them.

    Services are compared at the query's service level, and what is known only more coarsely is left out, as
    it may be another one.
    """
    tree, level = taxonomy.load("services"), query.service_level
    active = find_active(data, window(data, query))
    rolled = {code: tree.at_level(code, level) for code in set(active["service"]) - {""}}
    at_level = {code: top for code, top in rolled.items() if tree.level(top) == level}
    placed = pd.DataFrame(
        {
            "organisation": active["organisation"],
            "service": active["service"].map(at_level).fillna(""),
            "governorate": active["pcode"].str[: PCODE_LENGTH["1"]],
        }
    )
    known = placed[(placed["service"] != "") & (placed["governorate"] != "")].drop_duplicates()
    if org_id not in set(known["organisation"]):
        return schemas.none(organisation_schemas.SAME_SERVICE)
    return work_of.same_service(known, org_id, neighbours)
