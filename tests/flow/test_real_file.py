"""The file as OCHA publishes it: Iraq 3W of 2021, from the spreadsheet to the answers of the first issue."""

import csv
import io
import time

import pandas as pd
import pytest
from typer.testing import CliRunner

from csomap import cli, flow
from csomap.settings import ROOT, Settings
from csomap.store import Store
from csomap.tables.query import Query

SHARED = ROOT.parent / "shared"
FILE = SHARED / "data" / "3w" / "irq_3w_jan_dec_2021_longtable_20220120.xlsx"
SHEET = "3W longtable Jan-Dec 2021"
ROWS = 21_092
SECONDS = 20
# Basrah, Muthanna, Najaf, Kerbala, Maysan, Thi Qar and Wassit.
WITHOUT_HEALTH = {"IQG02", "IQG03", "IQG04", "IQG12", "IQG14", "IQG17", "IQG18"}
HEALTH = Query(sector="health", area_level="1")

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the real file is not in the repository")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def brought(home: Settings) -> tuple[flow.Ingested, float]:
    began = time.perf_counter()
    return flow.ingest(FILE, home), time.perf_counter() - began


@pytest.fixture(scope="module")
def data(home: Settings, brought: tuple[flow.Ingested, float]) -> flow.Data:
    return flow.load(home)


def test_every_row_is_read_and_accounted_for(brought: tuple[flow.Ingested, float]) -> None:
    entry = brought[0].entry
    assert brought[0].is_new
    assert entry.rows_read == ROWS
    assert entry.accepted + entry.duplicate_rows + entry.review + entry.rejected == ROWS
    assert entry.duplicate_rows > 0


def test_it_takes_less_than_twenty_seconds(brought: tuple[flow.Ingested, float]) -> None:
    assert brought[1] < SECONDS


def test_no_place_is_left_for_review_and_none_is_wrong(
    brought: tuple[flow.Ingested, float], data: flow.Data
) -> None:
    problems = brought[0].problems
    assert not problems["code"].str.startswith("place").any()
    assert brought[0].entry.review == data.waiting == 0
    assert (data.reports["pcode"].str.len() >= 5).all()


def test_what_is_loaded_is_what_was_counted(brought: tuple[flow.Ingested, float], data: flow.Data) -> None:
    assert len(data.reports) == brought[0].entry.accepted
    assert data.activities["report_count"].sum() == len(data.reports)
    assert not data.is_sample


def test_every_report_lies_in_the_sub_district_of_its_row(data: flow.Data) -> None:
    raw = pd.read_excel(FILE, sheet_name=SHEET, header=None, dtype=str, engine="calamine")
    rows = raw.set_axis(list(raw.loc[0]), axis=1).loc[data.reports["source_row"] - 1]
    assert set(rows["admin_level"]) == {"4"}
    assert (rows["ADM3_PCODE"].to_numpy() == data.reports["pcode"]).all()


def test_a_second_import_changes_nothing(home: Settings, data: flow.Data) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.imports.iterdir()}
    again = flow.ingest(FILE, home)
    assert not again.is_new
    assert {path: path.stat().st_mtime_ns for path in home.imports.iterdir()} == before
    store = Store(home)
    assert len(store.imports()) == len(store.history()) == 1
    assert flow.state(home) == data.version


def test_the_command_line_shows_24_organisations_in_ninewa_and_seven_gaps(
    home: Settings, data: flow.Data
) -> None:
    command = (
        "table coverage --sector health --area-level 1 --service-level sector "
        "--from 2021-01-01 --to 2021-12-31 --home"
    )
    told = CliRunner().invoke(cli.app, [*command.split(), str(home.home)])
    assert told.exit_code == 0
    rows = {line["pcode"]: line for line in csv.DictReader(io.StringIO(told.stdout))}
    assert len(rows) == 18 and {line["service"] for line in rows.values()} == {"health"}
    assert rows["IQG15"]["organisations"] == "24"
    assert {pcode for pcode, line in rows.items() if line["status"] == "gap"} == WITHOUT_HEALTH
    assert not any(line["status"] == "no_data" for line in rows.values())


def test_where_health_was_reported_no_health_topic_is_a_gap(data: flow.Data) -> None:
    found = flow.find_coverage(data, HEALTH)
    topics = found["service"].nunique()
    assert topics >= 16 and len(found) == 18 * topics
    somebody = ~found["pcode"].isin(WITHOUT_HEALTH)
    assert set(found.loc[somebody, "status"]) == {"unknown"}
    assert set(found.loc[~somebody, "status"]) == {"gap"}


def test_nothing_is_called_an_overlap_of_which_the_service_is_not_known(data: flow.Data) -> None:
    assert flow.find_overlaps(data, Query()).empty


def test_at_sector_level_every_row_is_of_a_sector(data: flow.Data) -> None:
    found = flow.find_overlaps(data, Query(service_level="sector"))
    sectors = set(flow.find_coverage(data, Query(service_level="sector", area_level="1"))["service"])
    assert len(found) > 100 and set(found["service"]) <= sectors
    assert (found["org_count"] >= 2).all() and found["overlap_id"].is_unique


def test_pages_open_at_the_level_that_the_file_speaks_at(data: flow.Data) -> None:
    opened = flow.opening(data, Query())
    assert (opened.service_level, opened.area_level) == ("sector", "2")


def test_a_number_leads_back_to_its_rows(data: flow.Data) -> None:
    crowded = flow.find_overlaps(data, Query(service_level="sector")).iloc[0]
    behind = flow.reports_of(data, crowded["activity_ids"].split(";"))
    assert set(behind["organisation"]) == set(crowded["org_ids"].split(";"))
    assert behind["source_row"].between(2, ROWS + 10).all()
