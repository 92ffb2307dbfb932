"""Who works with whom: organisations that reports name together."""

import pandas as pd

from csomap.tables import organisation_schemas, schemas

# So many under one project_id share a label, such as that of an appeal, and not a project.
CROWD = 30
_PAIR = ["org_a", "org_b"]


def links(active: pd.DataFrame) -> pd.DataFrame:
    """Return LINKS of some activities (ACTIVITIES columns), those of most activities first.

    project: both do work under one project_id that no more than CROWD organisations share; programme and
    funder: the activities of one name the other. Nobody is linked with itself.
    """
    kinds = [_named(active, "programme_organisation", "programme"), _named(active, "funder", "funder")]
    told = pd.concat([_joint(active), *kinds], ignore_index=True)
    found = told.groupby([*_PAIR, "kind"], as_index=False).agg(
        activities=("activity_id", "nunique"), start=("start", "min"), end=("end", "max")
    )
    order = ["activities", *_PAIR, "kind"]
    ranked = found.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    return schemas.valid(organisation_schemas.LINKS, ranked)


def crowds(active: pd.DataFrame) -> int:
    """Count the project_ids that more than CROWD organisations share, which join nobody."""
    sizes = _projects(active).groupby("project_id")["organisation"].nunique()
    return int((sizes > CROWD).sum())


def _projects(active: pd.DataFrame) -> pd.DataFrame:
    return active.loc[active["project_id"] != "", ["project_id", "organisation"]].drop_duplicates()


def _joint(active: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each two organisations of a project and each activity of one of them in it."""
    inside = _projects(active)
    size = inside.groupby("project_id")["organisation"].transform("nunique")
    joint = inside[(size > 1) & (size <= CROWD)].rename(columns={"organisation": "org_a"})
    pairs = joint.merge(joint.rename(columns={"org_a": "org_b"}), on="project_id")
    pairs = pairs[pairs["org_a"] < pairs["org_b"]]
    rows = active[["project_id", "organisation", "activity_id", "start", "end"]]
    sides = [
        pairs.merge(rows.rename(columns={"organisation": side}), on=["project_id", side]) for side in _PAIR
    ]
    return pd.concat(sides, ignore_index=True).assign(kind="project")


def _named(active: pd.DataFrame, column: str, kind: str) -> pd.DataFrame:
    """Return a row for each activity and each other organisation that a column of it names."""
    named = active.loc[active[column] != "", ["organisation", column, "activity_id", "start", "end"]]
    each = named.assign(org_b=named[column].str.split(";")).explode("org_b")
    told = each.rename(columns={"organisation": "org_a"}).assign(kind=kind)
    return told[(told["org_a"] != told["org_b"]) & (told["org_b"] != "")]
