"""Who is who: the registry and the newcomers, with what each is seen to do."""

from collections.abc import Collection

import pandas as pd

from csomap.tables import schemas
from csomap.tables.organisation_schemas import OPTIONAL


def directory(
    registry: pd.DataFrame,
    aliases: pd.DataFrame,
    newcomers: pd.DataFrame,
    activities: pd.DataFrame,
    merged: Collection[str] = (),
) -> pd.DataFrame:
    """Return everybody of the registry and everybody that a file brought.

    registry, aliases: as in data/registry; newcomers: org_id, name, acronym, type; activities:
    ACTIVITIES columns; `merged`: the org_ids that are another organisation now. Returns ORGANISATIONS
    columns; months are YYYY-MM, empty without a date.
    """
    unknown = newcomers[~newcomers["org_id"].isin(registry["org_id"])]
    new = unknown.rename(columns={"name": "name_en"}).assign(name_ar="", name_ckb="", status="provisional")
    everyone = pd.concat([registry, new], ignore_index=True)
    other_names = aliases.groupby("org_id")["name"].agg(lambda names: ";".join(sorted(set(names))))
    seen = activities.groupby("organisation").agg(
        activities=("activity_id", "nunique"), first=("start", "min"), last=("end", "max")
    )
    known = everyone.join(other_names.rename("aliases"), on="org_id").join(seen, on="org_id")
    filled = known.assign(
        status=known["status"].mask(known["org_id"].isin(list(merged)), "merged"),
        aliases=known["aliases"].fillna(""),
        **{name: known[name].fillna("") if name in known else "" for name in OPTIONAL},
        activities=known["activities"].fillna(0),
        first_month=known["first"].dt.strftime("%Y-%m").fillna(""),
        last_month=known["last"].dt.strftime("%Y-%m").fillna(""),
    )
    return schemas.valid(schemas.ORGANISATIONS, filled)
