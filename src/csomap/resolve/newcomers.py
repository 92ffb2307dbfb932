"""Organisations that are known only by the name a file gives them."""

from collections.abc import Callable

import pandas as pd

from csomap.resolve.organisations import provisional_id

COLUMNS = ["name", "acronym", "type", "org_id"]


def named(rows: pd.DataFrame, ask: Callable[[str, str], tuple[str, bool]]) -> pd.DataFrame:
    """Return name, acronym, type, told (in how many rows as the one that works), org_id and is_new of every
    organisation that the rows name, as often as they tell it otherwise.

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
    others = pd.DataFrame({"name": listed.str.split(";").explode().str.strip().drop_duplicates()})
    everyone = pd.concat([done, others.assign(acronym="", type="", told=0)])
    found = [ask(name, acronym) for name, acronym in zip(everyone["name"], everyone["acronym"], strict=True)]
    return everyone.assign(
        org_id=[org_id for org_id, _ in found], is_new=pd.array([new for _, new in found], dtype=bool)
    )


def told(names: pd.DataFrame) -> pd.DataFrame:
    """Return name, acronym, type and org_id of each organisation that nobody knows, as it is told most often.

    names: what `named` returns.
    """
    new = names[names["is_new"]]
    best = new.assign(typed=new["type"] != "").sort_values(
        ["typed", "told", "type", "name"], ascending=[False, False, True, True]
    )
    return best.drop_duplicates("org_id")[COLUMNS]


def known_as(names: pd.DataFrame) -> dict[str, str]:
    """Return the org_id of each text that stands for a known organisation, by the id that it would have had
    as a newcomer's name; texts that stand for several are left out.

    names: what `named` returns.
    """
    known = names[~names["is_new"] & (names["name"] != "")].drop_duplicates(["name", "org_id"])
    one = known[~known["name"].duplicated(keep=False)]
    return dict(zip(map(provisional_id, one["name"]), one["org_id"], strict=True))
