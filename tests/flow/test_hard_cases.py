"""Odd but honest files: what they say is neither lost nor turned into something else."""

from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadFile, BadInput
from csomap.settings import Settings
from csomap.tables.query import Query

HEADER = (
    "activity_id,project_id,organisation,organisation_type,service,population_group,pcode,start,end,status"
)
PLACE = "IQG15Q03"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


def bring(settings: Settings, name: str, *lines: str, header: str = HEADER) -> flow.Ingested:
    file = settings.home.parent / name
    file.write_text("\n".join([header, *lines]), "utf-8")
    return flow.ingest(file, settings)


def line(
    organisation: str,
    start: str = "2021-01-01",
    end: str = "2021-03-31",
    *,
    own: str = "",
    kind: str = "cso",
    service: str = "health_promotion",
    group: str = "idp",
    status: str = "",
) -> str:
    return f"{own},,{organisation},{kind},{service},{group},{PLACE},{start},{end},{status}"


def test_activities_that_were_exported_come_back_in_beside_their_source(settings: Settings) -> None:
    bring(settings, "a.csv", line("Reed Boat"), line("Blue Door", own="7"), line("Salt Road", own="7"))
    table = flow.analyse(flow.load(settings), "activities", Query())
    exported = settings.home.parent / "exported.csv"
    table.to_csv(exported, index=False)
    flow.ingest(exported, settings)
    assert flow.load(settings).activities["activity_id"].is_unique


def test_a_month_that_is_only_planned_does_not_hide_the_months_before(settings: Settings) -> None:
    told = [line("Reed Boat", f"2021-0{n}", f"2021-0{n}", status="ongoing") for n in range(1, 5)]
    bring(
        settings,
        "a.csv",
        *told,
        line("Reed Boat", "2021-05", "2021-05", status="planned"),
        line("Blue Door", "2021-01-01", "2021-04-30"),
    )
    (overlap,) = flow.find_overlaps(flow.load(settings), Query()).to_dict("records")
    assert overlap["days"] == 120


def test_a_group_filter_tells_of_that_group_only(settings: Settings) -> None:
    both = '"host;idp"'
    bring(settings, "a.csv", line("Reed Boat", group=both), line("Blue Door", group=both))
    found = flow.find_overlaps(flow.load(settings), Query(population="idp"))
    assert list(found["population_group"]) == ["idp"]


def test_names_without_a_letter_are_no_organisation(settings: Settings) -> None:
    done = bring(settings, "a.csv", line("★"), line("..."), line("🏥"), line("Reed Boat"))
    assert (done.entry.rejected, done.entry.accepted, done.entry.duplicate_rows) == (3, 1, 0)


def test_an_organisation_that_no_registry_knows_has_one_type(settings: Settings) -> None:
    bring(
        settings, "a.csv", line("Reed Boat"), line("Reed Boat", "2021-05-01", "2021-05-31"),
        line("Reed Boat", "2021-07-01", "2021-07-31", kind="ingo"),
    )  # fmt: skip
    data = flow.load(settings)
    assert set(data.activities["organisation_type"]) == {"cso"} == set(data.newcomers["type"])


def test_what_is_sensitive_can_still_be_traced_to_its_rows(settings: Settings) -> None:
    bring(
        settings,
        "a.csv",
        *(line(name, service="mhpss_survivors") for name in ("Reed Boat", "Blue Door")),
    )
    data = flow.for_pages(flow.load(settings))
    (overlap,) = flow.find_overlaps(data, Query(area_level="1")).to_dict("records")
    told = flow.reports_of(data, overlap["activity_ids"].split(";"))
    assert sorted(told["source_row"]) == [2, 3]
    assert set(told["pcode"]) == {"IQG15"}


def test_a_file_without_a_row_that_can_be_used_is_refused_and_the_sample_stays(settings: Settings) -> None:
    with pytest.raises(BadFile, match="1 of 1"):
        bring(settings, "a.csv", line("Reed Boat", "2021-06-01", "2021-01-01"))
    assert flow.load(settings).is_sample


def test_a_stated_end_counts_up_to_the_day_of_the_import(settings: Settings) -> None:
    bring(settings, "a.csv", line("Reed Boat", "2021-01-01", "2021-12-31"))
    window = flow.window(flow.load(settings), Query())
    assert (str(window.start), str(window.end)) == ("2021-01-01", "2021-12-31")


def test_a_file_that_was_replaced_does_not_come_back_beside_its_successor(settings: Settings) -> None:
    first = bring(settings, "a.csv", line("Reed Boat"))
    file = settings.home.parent / "b.csv"
    file.write_text(f"{HEADER}\n{line('Blue Door')}", "utf-8")
    flow.ingest(file, settings, replaces=first.entry.import_id)
    with pytest.raises(BadInput, match="replaced"):
        bring(settings, "a.csv", line("Reed Boat"))
    assert list(flow.load(settings).newcomers["name"]) == ["Blue Door"]


def test_three_decimals_of_a_workbook_are_no_thousands(settings: Settings) -> None:
    file = settings.home.parent / "a.xlsx"
    row = {"organisation": "Reed Boat", "service": "health", "pcode": "IQG15", "start": "2021-01"}
    pd.DataFrame([row | {"end": "2021-02", "value_usd": 950.125}]).to_excel(file, index=False)
    flow.ingest(file, settings)
    assert flow.load(settings).reports.loc[0, "value_usd"] == 950.125
