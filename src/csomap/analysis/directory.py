"""Who is who: the registry and the newcomers, with what each is seen to do."""

import pandas as pd

from csomap.tables import schemas


def directory(
    registry: pd.DataFrame, aliases: pd.DataFrame, newcomers: pd.DataFrame, activities: pd.DataFrame
) -> pd.DataFrame:
    """Return everybody of the registry and everybody that a file brought.

    registry, aliases: as in data/registry; newcomers: org_id, name, acronym, type; activities:
    ACTIVITIES columns. Returns ORGANISATIONS columns; months are YYYY-MM, empty without a date.
    """
    new = newcomers.rename(columns={"name": "name_en"}).assign(name_ar="", name_ckb="", status="provisional")
    everyone = pd.concat([registry, new], ignore_index=True)
    other_names = aliases.groupby("org_id")["name"].agg(lambda names: ";".join(sorted(set(names))))
    seen = activities.groupby("organisation").agg(
        activities=("activity_id", "nunique"), first=("start", "min"), last=("end", "max")
    )
    known = everyone.join(other_names.rename("aliases"), on="org_id").join(seen, on="org_id")
    filled = known.assign(
        aliases=known["aliases"].fillna(""),
        activities=known["activities"].fillna(0),
        first_month=known["first"].dt.strftime("%Y-%m").fillna(""),
        last_month=known["last"].dt.strftime("%Y-%m").fillna(""),
    )
    return schemas.valid(schemas.ORGANISATIONS, filled)
