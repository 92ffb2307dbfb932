"""Survivors of violence and people with HIV are shown no finer than the governorate."""

import pandas as pd
import pytest

from csomap.tables import taxonomy
from csomap.tables.visibility import for_everybody, is_sensitive

PLACE = {
    "pcode": "IQG15Q05N03",
    "site": "Clinic by the Bridge",
    "site_key": "clinic by the bridge",
    "latitude": 36.3,
    "longitude": 43.1,
}
SENSITIVE = [
    ("communicable_hiv", ""),
    ("mhpss_survivors", ""),
    ("srh_clinical_rape", ""),
    ("gbv", ""),
    ("gbv_psychosocial", ""),
    ("primary_care", "people_with_hiv"),
    ("primary_care", "children;conflict_survivors"),
    ("", "gbv_survivors"),
]
OPEN = [("primary_care", ""), ("srh", ""), ("health", ""), ("", ""), ("immunisation", "children;women")]


def row(service: str, characteristic: str) -> pd.DataFrame:
    return pd.DataFrame([{"service": service, "characteristic": characteristic} | PLACE])


@pytest.mark.parametrize(("service", "characteristic"), SENSITIVE)
def test_what_is_sensitive_loses_district_site_and_coordinates(service: str, characteristic: str) -> None:
    shown = for_everybody(row(service, characteristic)).iloc[0]
    assert shown["pcode"] == "IQG15"
    assert (shown["site"], shown["site_key"]) == ("", "")
    assert shown[["latitude", "longitude"]].isna().all()
    assert shown["service"] == service, "it is not hidden that it is done"


@pytest.mark.parametrize(("service", "characteristic"), OPEN)
def test_what_is_not_sensitive_stays_as_it_is(service: str, characteristic: str) -> None:
    told = row(service, characteristic)
    pd.testing.assert_frame_equal(for_everybody(told), told)


def test_the_table_that_came_in_is_not_changed() -> None:
    told = row("communicable_hiv", "")
    for_everybody(told)
    assert told.loc[0, "pcode"] == "IQG15Q05N03"


def test_all_below_a_sensitive_service_is_sensitive() -> None:
    tree = taxonomy.load("services")
    below = [code for code in tree.codes if "gbv" in tree.ancestors(code)]
    rows = pd.DataFrame({"service": below, "characteristic": ""})
    assert len(below) > 5 and is_sensitive(rows).all()


def test_a_coarser_place_is_not_made_finer() -> None:
    told = row("communicable_hiv", "").assign(pcode=["IQG15"])
    assert for_everybody(told).loc[0, "pcode"] == "IQG15"
    assert for_everybody(told.assign(pcode=[""])).loc[0, "pcode"] == ""


def test_an_empty_table_stays_empty() -> None:
    assert for_everybody(row("primary_care", "").head(0)).empty
