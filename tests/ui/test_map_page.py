"""The map page: places of work, what is never drawn, and a ground that nobody gets unasked."""

import pandas as pd
import pytest

from csomap.i18n import LANGUAGES, t
from csomap.tables.places import places
from csomap.ui import map_sites

DISTRICT, SUB_DISTRICT = "IQG15Q05", "IQG15Q05N01"


def active(**cells: object) -> pd.DataFrame:
    told = {
        "organisation": "one",
        "service": "mhpss",
        "characteristic": "",
        "pcode": DISTRICT,
        "site": "",
        "site_key": "",
        "latitude": float("nan"),
        "longitude": float("nan"),
    }
    return pd.DataFrame([told | cells])


def together(*rows: pd.DataFrame) -> pd.DataFrame:
    return map_sites.marks_of(pd.concat(rows, ignore_index=True))


def test_coordinates_make_a_mark_of_their_own_and_the_rest_stands_in_the_middle() -> None:
    found = together(
        active(latitude=36.1, longitude=42.9, site="Clinic A", site_key="clinic a"),
        active(organisation="two", latitude=36.1, longitude=42.9, site="clinic a", site_key="clinic a"),
        active(site="Clinic B", site_key="clinic b"),
        active(organisation="two", site="Clinic C", site_key="clinic c"),
    )
    exact, middle = found[found["exact"]], found[~found["exact"]]
    assert exact[["lat", "lon", "organisations"]].to_numpy().tolist() == [[36.1, 42.9, 2]]
    known = places().set_index("pcode").loc[DISTRICT]
    assert middle[["lat", "lon"]].to_numpy().tolist() == [[known["lat"], known["lon"]]]
    assert middle["site"].item() == "Clinic B · Clinic C"
    assert middle["org_ids"].item() == "one;two"


def test_what_tells_the_governorate_alone_has_no_place_of_work() -> None:
    assert together(active(pcode="IQG15"), active(pcode="")).empty


def test_coordinates_outside_of_iraq_are_not_drawn_as_told() -> None:
    found = together(active(latitude=42.9, longitude=36.1))
    assert not found["exact"].item()


@pytest.mark.parametrize("sensitive", [{"service": "gbv"}, {"characteristic": "gbv_survivors"}])
def test_the_site_of_a_sensitive_service_is_never_drawn(sensitive: dict[str, str]) -> None:
    told = {"latitude": 36.1, "longitude": 42.9, "site": "Shelter", "site_key": "shelter"}
    assert len(together(active(**told))) == 1
    assert together(active(**told, **sensitive)).empty


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_lists_the_places_of_work(page, lang: str) -> None:
    app = page("map", lang=lang, measure="sites")
    assert not app.exception
    assert t("map.sites.table", lang) in [part.value for part in app.subheader]
    assert t("figure.map.exact", lang) in " ".join(part.proto.body for part in app.get("html"))


def test_pictures_from_the_internet_come_only_to_those_who_ask_and_never_in_a_meeting(page) -> None:
    asked = page("map", lang="en", tiles="1")
    assert asked.checkbox(key="map_tiles").value
    assert not page("map", lang="en").checkbox(key="map_tiles").value
    assert not page("map", lang="en", tiles="1", present="1").checkbox
