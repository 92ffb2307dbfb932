"""Stories of what ends next, and of who could take over."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from csomap import cli, flow
from csomap.analysis.handover import same_population
from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.tables.query import Query
from tests.ui.forms import form

HEALTH = Query(sector="health")
STORY = (
    "Palm Grove Society,cso,immunisation,returnee;idp_camp,IQG01Q01,,2021-01-01,2021-12-31,",
    "Reed Boat Relief,ingo,immunisation,idp,IQG01Q01,,2021-12,,",
    "Olive Tree Union,cso,immunisation,returnee,IQG01Q03,,2021-12,,",
    "Olive Tree Union,cso,immunisation,idp_camp,IQG01Q02,,2021-12,,",  # farther away: it counts for nothing
    "White Heron Care,cso,immunisation,returnee,IQG01,,2021-12,,",
    "Far Well,cso,immunisation,returnee,IQG02Q01,,2021-12,,",
    "Old Bridge,cso,immunisation,returnee,IQG01Q01,,2021-02,,",
)


def _data(tmp_path: Path, *rows: str) -> flow.Data:
    file = tmp_path / "form.csv"
    file.write_bytes(form(*rows))
    settings = Settings(tmp_path)
    flow.ingest(file, settings)
    return flow.load(settings)


def _names(data: flow.Data, codes: str) -> list[str]:
    named = data.organisations.set_index("org_id")["name_en"]
    return [named[code] for code in codes.split(";") if code]


def test_a_group_loses_its_last_and_the_nearest_are_asked_first(tmp_path: Path) -> None:
    data = _data(tmp_path, *STORY)
    found = flow.find_coming_gaps(data, HEALTH)
    ending = found[(found["kind"] == "ending") & (found["horizon_months"] == 3)]
    assert list(ending["population_group"]) == ["idp_camp"]  # for returnees Old Bridge states no end
    row = ending.iloc[0]
    assert _names(data, row["org_ids_leaving"]) == ["Palm Grove Society"]
    assert _names(data, row["org_ids_staying"]) == ["Reed Boat Relief"]
    assert _names(data, row["candidates"]) == ["Reed Boat Relief", "Olive Tree Union", "White Heron Care"]
    taken = flow.find_handover(data, HEALTH, row)
    assert ";".join(taken["org_id"]) == row["candidates"]
    assert list(taken["where"]) == ["here", "beside", "governorate"]
    assert list(taken["same_population"]) == ["unknown", "no", "no"]
    assert list(taken["local"]) == ["no", "yes", "yes"]
    assert list(taken["activities"]) == [1, 1, 1]


def test_who_was_silent_is_neither_gone_nor_a_candidate(tmp_path: Path) -> None:
    data = _data(tmp_path, *STORY)
    found = flow.find_coming_gaps(data, HEALTH)
    silent = found[found["kind"] == "stopped_reporting"].iloc[0]
    assert _names(data, silent["org_ids_leaving"]) == ["Old Bridge"]
    assert silent["ends"] == pd.Timestamp("2021-02-28") and pd.isna(silent["horizon_months"])
    assert not found["candidates"].str.contains(silent["org_ids_leaving"]).any()


def test_the_day_decides_what_is_ahead(tmp_path: Path) -> None:
    data = _data(tmp_path, *STORY)
    early = flow.find_coming_gaps(data, HEALTH.but(as_of=pd.Timestamp("2021-07-15").date()))
    assert set(early.loc[early["kind"] == "ending", "horizon_months"]) == {6, 12}
    assert flow.day_asked(data, HEALTH) == pd.Timestamp("2021-12-31").date()


def test_a_period_is_no_filter_of_what_comes(tmp_path: Path) -> None:
    data = _data(tmp_path, *STORY)
    first = HEALTH.but(start=pd.Timestamp("2021-01-01").date(), end=pd.Timestamp("2021-03-31").date())
    pd.testing.assert_frame_equal(flow.find_coming_gaps(data, first), flow.find_coming_gaps(data, HEALTH))


def test_the_months_ahead_tell_stated_ends_apart_from_unknown_ones(tmp_path: Path) -> None:
    found = flow.find_endings(_data(tmp_path, *STORY), HEALTH)
    assert list(found["kind"]) == ["stated"] * 13 + ["later", "not_stated"]
    counts = found.groupby("kind")["activities"].sum().to_dict()
    assert counts == {"stated": 1, "later": 0, "not_stated": 6}
    assert found.loc[found["activities"] == 1, "month"].tolist() == [pd.Timestamp("2021-12-01")]


def test_rows_with_people_come_first_and_name_what_was_counted(tmp_path: Path) -> None:
    data = _data(tmp_path, STORY[0], STORY[-1])
    by_governorate = HEALTH.but(area_level="1")
    rows = flow.with_need(data, by_governorate, flow.find_coming_gaps(data, by_governorate))
    known = rows["people_in_need"].notna()
    assert known.is_monotonic_decreasing and known.any() and not known.all()
    assert (rows.loc[known, "indicator"] != "").all()
    assert flow.with_need(data, HEALTH, rows.head(0)).empty


def test_sites_are_no_areas_to_look_at(tmp_path: Path) -> None:
    data = _data(tmp_path, *STORY)
    with pytest.raises(BadInput):
        flow.find_coming_gaps(data, HEALTH.but(area_level="site"))


@pytest.mark.parametrize(
    ("group", "cell", "told"),
    [
        ("returnee", "host;returnee", "yes"),
        ("idp_camp", "idp", "unknown"),
        ("idp", "idp_camp;host", "unknown"),
        ("idp_camp", "all", "unknown"),
        ("idp_camp", "idp_out_of_camp", "no"),
        ("", "host", "unknown"),
        ("host", "", "unknown"),
    ],
)
def test_the_same_people_are_told_as_in_an_overlap(group: str, cell: str, told: str) -> None:
    assert same_population(group, cell) == told


def test_the_command_line_tells_the_columns_of_the_contract(tmp_path: Path) -> None:
    _data(tmp_path, *STORY)
    command = ["table", "coming-gaps", "--sector", "health", "--as-of", "2021-07", "--home", str(tmp_path)]
    told = CliRunner().invoke(cli.app, command)
    assert told.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert list(rows[0]) == [
        *("pcode", "service", "population_group", "horizon_months", "ends", "org_ids_leaving"),
        *("org_ids_staying", "candidates", "kind"),
    ]
    assert {row["ends"][:10] for row in rows if row["kind"] == "ending"} == {"2021-12-31"}
    assert {row["horizon_months"] for row in rows if row["kind"] == "stopped_reporting"} == {""}


def test_who_reported_something_coarser_since_has_not_stopped(tmp_path: Path) -> None:
    story = (
        *("Old Bridge,cso,immunisation,returnee,IQG01Q01,,2021-01,,", STORY[1]),
        "Far Well,cso,immunisation,returnee,IQG01Q01,,2021-01,,",
        "White Heron Care,cso,immunisation,returnee,IQG01Q01,,2021-01,,",
        "Old Bridge,cso,health,returnee,IQG01,,2021-11,,",
        "Far Well,cso,immunisation,returnee,IQG02,,2021-11,,",
        "White Heron Care,cso,wash,returnee,IQG01,,2021-11,,",
    )
    data = _data(tmp_path, *story)
    for asked in (HEALTH, Query(topic="immunisation")):
        found = flow.find_coming_gaps(data, asked)
        silent = found.loc[found["kind"] == "stopped_reporting", "org_ids_leaving"]
        assert sorted(_names(data, ";".join(silent))) == ["Far Well", "White Heron Care"]


def test_nothing_ends_where_another_type_of_organisation_goes_on(tmp_path: Path) -> None:
    ends = "Palm Grove Society,cso,immunisation,idp,IQG01Q01,,2021-01-01,2021-12-31,"
    data = _data(tmp_path, ends, STORY[1])
    assert not (flow.find_coming_gaps(data, HEALTH.but(organisation_type="cso"))["kind"] == "ending").any()


def test_the_filter_says_whose_work_ends(tmp_path: Path) -> None:
    data = _data(
        tmp_path,
        "Palm Grove Society,cso,immunisation,idp,IQG01Q01,,2021-01-01,2021-12-31,",
        "Reed Boat Relief,ingo,immunisation,idp,IQG01Q01,,2021-01-01,2022-01-31,",
        "Far Well,cso,immunisation,returnee,IQG02Q01,,2021-12,,",
    )
    asked = HEALTH.but(organisation_type="cso", as_of=pd.Timestamp("2021-12-31").date())
    found = flow.find_coming_gaps(data, asked)
    row = found[(found["kind"] == "ending") & (found["horizon_months"] == 3)].iloc[0]
    assert _names(data, row["org_ids_leaving"]) == ["Palm Grove Society"]
    assert row["ends"] == pd.Timestamp("2022-01-31")  # the last known activity there, whoever's it is


def test_a_candidate_that_has_not_begun_has_no_newest_report(tmp_path: Path) -> None:
    data = _data(
        tmp_path,
        "Palm Grove Society,cso,immunisation,idp,IQG01Q01,,2021-01-01,2098-01-31,",
        "Reed Boat Relief,ingo,immunisation,returnee,IQG01Q01,,2098-02-01,2099-12-31,",
    )
    asked = HEALTH.but(as_of=pd.Timestamp("2098-01-15").date())
    found = flow.find_coming_gaps(data, asked)
    row = found[found["kind"] == "ending"].iloc[0]
    taken = flow.find_handover(data, asked, row)
    assert list(taken["last_month"]) == [""] and _names(data, row["candidates"]) == ["Reed Boat Relief"]
