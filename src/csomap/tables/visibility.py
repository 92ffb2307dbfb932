"""Do no harm: what pages, reports and their exports may show of sensitive services."""

import pandas as pd

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH


def is_sensitive(activities: pd.DataFrame) -> "pd.Series[bool]":
    """Return which rows tell of a service or a characteristic marked sensitive (survivors, HIV).

    activities: columns service, characteristic (codes joined by ;).
    """
    services, traits = taxonomy.load("services"), taxonomy.load("characteristics")
    by_service = activities["service"].map(lambda code: bool(code) and services.is_sensitive(code))
    by_trait = activities["characteristic"].map(
        lambda cell: any(traits.is_sensitive(code) for code in cell.split(";") if code)
    )
    return by_service.astype(bool) | by_trait.astype(bool)


def for_everybody(activities: pd.DataFrame) -> pd.DataFrame:
    """Return reports or activities with sensitive ones known no finer than the governorate.

    Their site and coordinates are taken away, so nothing that is built on the table can show them.
    """
    hidden = is_sensitive(activities)
    return activities.assign(
        pcode=activities["pcode"].where(~hidden, activities["pcode"].str[: PCODE_LENGTH["1"]]),
        site=activities["site"].where(~hidden, ""),
        site_key=activities["site_key"].where(~hidden, ""),
        latitude=activities["latitude"].where(~hidden),
        longitude=activities["longitude"].where(~hidden),
    )


def needs_for_everybody(needs: pd.DataFrame) -> pd.DataFrame:
    """Return figures of need without those of a sensitive service below the governorate.

    needs: columns service, pcode. They are left out, never added up: how many survivors live in a district is
    nobody's to see, whoever published it.
    """
    services = taxonomy.load("services")
    hidden = needs["service"].map(lambda code: bool(code) and services.is_sensitive(code)).astype(bool)
    return needs[~(hidden & (needs["pcode"].str.len() > PCODE_LENGTH["1"]))].reset_index(drop=True)
