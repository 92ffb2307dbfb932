"""The files that coordinators have: how much of each one finds its codes, without anybody's help."""

from functools import cache

import pandas as pd
import pytest

from csomap import importers
from csomap.resolve import reference
from csomap.resolve.reports import to_reports
from csomap.settings import ROOT, rules

FOLDER = ROOT.parent / "shared" / "data" / "3w"
JORDAN = ("jor_services_2014_en.csv", "jor_services_2014_ar.csv")
# Name, rows without a repeat header, and whether it tells of Iraq: only there are places looked for.
FILES = {
    "irq_3w_jan_dec_2021_longtable_20220120.xlsx": (21_092, True),
    "col_345w_2021.xlsx": (4_662, False),
    "cod_extrait_mai_2025.xlsx": (4_343, False),
    "lbn_sectorsreporting_bydistrict_20240902_hxlated.csv": (13_599, False),
    "lbn_iati_activities_in_lebanon.csv": (2_694, False),
    **dict.fromkeys(JORDAN, (562, False)),
}

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the real files are not in the repository")


@cache
def _told(name: str) -> pd.DataFrame:
    """Return the reports of a file beside the texts that they were made of; rejected rows are empty."""
    imported = importers.read(FOLDER / name, limits=rules()["limits"])
    raw = imported.rows.reset_index(drop=True)
    reports = to_reports(raw, name, reference.resolvers(), imported.mapping).reports
    texts = raw[["source_row", "service", "sector", "latitude", "longitude", "rejected"]]
    kept = texts[~texts["rejected"]].index
    columns = ["organisation", "service", "start", "end", "pcode"]
    coded = reports[columns].set_index(kept).rename(columns={"service": "service_code"})
    return texts.join(coded)


def shares(name: str) -> dict[str, float]:
    """Return the share of the file's rows with each of them; the service of the rows that state one."""
    told = _told(name).fillna({"organisation": "", "service_code": "", "pcode": ""})
    stating = told[(told["service"] != "") | (told["sector"] != "")]
    return {
        "rows": len(told),
        "organisation": float((told["organisation"] != "").mean()),
        "registered": float(
            ((told["organisation"] != "") & ~told["organisation"].str.startswith("new-")).mean()
        ),
        "service": float((stating["service_code"] != "").mean()),
        "dates": float(told["start"].notna().mean()),
        "place": float((told["pcode"] != "").mean()),
    }


@pytest.mark.parametrize("name", FILES)
def test_at_least_95_of_100_rows_have_their_service_and_their_dates(name: str) -> None:
    found = shares(name)
    assert found["rows"] >= FILES[name][0]
    assert found["service"] >= 0.95
    assert found["dates"] >= 0.95
    assert found["organisation"] >= 0.95


@pytest.mark.parametrize("name", FILES)
def test_places_are_found_in_iraq_and_never_guessed_into_it(name: str) -> None:
    is_iraq = FILES[name][1]
    assert shares(name)["place"] == (1 if is_iraq else 0)


def test_the_two_editions_of_the_jordan_services_tell_the_same_row_by_row() -> None:
    english, arabic = map(_told, JORDAN)
    same = ["source_row", "organisation", "start", "end", "latitude", "longitude", "service_code"]
    pd.testing.assert_frame_equal(english[same], arabic[same])
    assert len(english) == FILES[JORDAN[0]][0]
    assert english["latitude"].notna().all() and (english["organisation"] != "").all()


@pytest.mark.parametrize("name", JORDAN)
def test_each_of_the_21_activity_names_has_one_service(name: str) -> None:
    named = _told(name)[["service", "service_code"]].drop_duplicates()
    assert len(named) == named["service"].nunique() == 21
    assert (named["service_code"] != "").all()


def test_the_two_editions_do_not_share_their_words() -> None:
    english, arabic = (set(_told(name)["service"]) for name in JORDAN)
    assert not english & arabic
