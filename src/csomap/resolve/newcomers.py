"""Organisations that are known only by the name a file gives them."""

from collections.abc import Callable

import numpy as np
import pandas as pd

COLUMNS = ["name", "acronym", "type", "org_id"]


def told(rows: pd.DataFrame, ask: Callable[[str, str], tuple[str, bool]]) -> pd.DataFrame:
    """Return name, acronym, type and org_id of each organisation that nobody knows, as it is told most often.

    rows: RAW columns, organisation_type as a code. `ask` gives the org_id of a name and an acronym, and
    whether it is unknown.
    """
    done = (
        pd.DataFrame(
            {
                "name": rows["organisation"].where(rows["organisation"] != "", rows["organisation_acronym"]),
                "acronym": rows["organisation_acronym"],
                "type": rows["organisation_type"],
            }
        )
        .value_counts(sort=False)
        .reset_index(name="told")
    )
    listed = pd.concat([rows["programme_organisation"], rows["funder"]]).drop_duplicates()
    named = pd.DataFrame({"name": listed.str.split(";").explode().str.strip().drop_duplicates()})
    everyone = pd.concat([done, named.assign(acronym="", type="", told=0)])
    found = [ask(name, acronym) for name, acronym in zip(everyone["name"], everyone["acronym"], strict=True)]
    unknown = np.array([new for _, new in found], dtype=bool)
    new = everyone.assign(org_id=[org_id for org_id, _ in found])[unknown]
    best = new.assign(typed=new["type"] != "").sort_values(
        ["typed", "told", "type", "name"], ascending=[False, False, True, True]
    )
    return best.drop_duplicates("org_id")[COLUMNS]
