"""Real files of seven kinds are each read as what they are, without being told."""

import datetime as dt

import pandas as pd
import pytest

from csomap import settings
from csomap.importers import read

REAL = settings.ROOT.parent / "shared/data/3w"
COLOMBIA, CONGO = "col_345w_2021.xlsx", "cod_extrait_mai_2025.xlsx"
JORDAN_EN, JORDAN_AR = "jor_services_2014_en.csv", "jor_services_2014_ar.csv"
IATI, LEBANON = "lbn_iati_activities_in_lebanon.csv", "lbn_sectorsreporting_bydistrict_20240902_hxlated.csv"
IRAQ = "irq_3w_jan_dec_2021_longtable_20220120.xlsx"

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the published files are not beside the repository")


@pytest.fixture(scope="module")
def imported():
    """Return a function that reads a published file once."""
    known = {}
    return lambda name: known[name] if name in known else known.setdefault(name, read(REAL / name))


@pytest.mark.parametrize(
    ("name", "profile", "sheet", "row", "rows", "rejected"),
    [
        (COLOMBIA, "ocha_colombia_345w", "Records", 1, 4662, 0),
        (CONGO, "ocha_drc_3w", "Data", 1, 4343, 11),
        (IRAQ, "ocha_iraq_3w", "3W longtable Jan-Dec 2021", 1, 21092, 0),
        (JORDAN_EN, "unhcr_jordan_services", "", 1, 562, 0),
        (JORDAN_AR, "unhcr_jordan_services", "", 1, 562, 0),
        (IATI, "hdx_iati_activities", "", 1, 2694, 19),
        # 70 cells name two partners or three, each of which became a row.
        (LEBANON, "interagency_lebanon_sectors", "", 1, 13684, 0),
    ],
)
def test_the_layout_of_a_published_file_is_detected(imported, name, profile, sheet, row, rows, rejected):
    file = imported(name)
    assert (file.profile, file.sheet, file.header_row) == (profile, sheet, row)
    assert (len(file.rows), int(file.rows["rejected"].sum())) == (rows, rejected)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (
            COLOMBIA,
            "activity_id project_id organisation sector service population_group country adm1 status reached",
        ),
        (
            CONGO,
            "project_id organisation sector service population_group funder adm3 start end status targeted",
        ),
        (JORDAN_EN, "activity_id organisation sector service pcode latitude longitude start end"),
        (IATI, "activity_id organisation funder sector service country pcode latitude start end status"),
        (LEBANON, "organisation organisation_acronym sector service adm1 adm2_name start"),
    ],
)
def test_what_a_published_file_states_is_found(imported, name, fields):
    rows = imported(name).rows
    empty = [field for field in fields.split() if rows[field].isna().all() or (rows[field] == "").all()]
    assert set(fields.split()) <= set(imported(name).mapping) | {"country"}
    assert empty == []


@pytest.mark.parametrize(
    ("name", "country"), [(COLOMBIA, "CO"), (CONGO, "CD"), (JORDAN_AR, "JO"), (IATI, "LB"), (LEBANON, "LB")]
)
def test_every_row_says_of_which_country_it_is(imported, name, country):
    assert set(imported(name).rows["country"]) == {country}


@pytest.mark.parametrize("name", [COLOMBIA, CONGO, JORDAN_EN, JORDAN_AR, IATI, LEBANON, IRAQ])
def test_nearly_every_row_has_a_date_and_a_service(imported, name):
    rows = imported(name).rows
    assert rows["start"].notna().mean() >= 0.95
    assert ((rows["service"] != "") | (rows["sector"] != "")).mean() >= 0.95


def test_the_arabic_and_the_english_services_of_jordan_differ_in_words_only(imported):
    same = ["source_row", "activity_id", "organisation", "country", "latitude", "longitude", "start", "end"]
    english, arabic = (imported(name).rows for name in (JORDAN_EN, JORDAN_AR))
    pd.testing.assert_frame_equal(english[same], arabic[same])
    assert english["service"].nunique() == arabic["service"].nunique() == 21
    pairs = set(zip(english["service"], arabic["service"], strict=True))
    assert len(pairs) == 21


def test_days_since_1970_become_dates_and_iati_codes_words(imported):
    first = imported(IATI).rows.iloc[0]
    assert (first["start"].date(), first["end"].date()) == (dt.date(2017, 1, 1), dt.date(2022, 12, 31))
    assert (first["status"], first["service"], first["sector"]) == ("ongoing", "14010", "140")


def test_a_month_in_words_beside_a_year_is_a_month(imported):
    rows = imported(LEBANON).rows
    assert rows["start"].min() == pd.Timestamp(2024, 1, 1)
    assert rows["end"].max() == pd.Timestamp(2024, 8, 31)
    assert not rows["end_is_stated"].any()


def test_several_partners_in_one_cell_are_rows_of_their_own(imported):
    file = imported(LEBANON)
    parted = file.problems[file.problems["code"] == "cell_parted"]
    assert (len(parted), set(parted["effect"])) == (70, {"note"})
    assert not file.rows["organisation_acronym"].str.contains("+", regex=False).any()


def test_the_month_of_the_colombian_report_is_no_end(imported):
    rows = imported(COLOMBIA).rows
    assert sorted(rows["start"].dt.strftime("%Y-%m").unique()) == [f"2021-0{month}" for month in range(1, 7)]
    assert not rows["end_is_stated"].any()
