"""Two windows, two imports: the sides of a comparison."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store import Store
from csomap.tables.query import Query
from tests.flow.forms import loaded, row, write

PALM, REED = "Palm Grove Society", "Reed Boat Union"
QUERY = Query(place="IQG15", area_level="2", start=dt.date(2021, 1, 1), end=dt.date(2021, 6, 30))


def _at(found: pd.DataFrame, pcode: str = "IQG15Q05", service: str = "immunisation") -> "pd.Series[object]":
    return found.set_index(["pcode", "service"]).loc[(pcode, service)]


def _days(side: flow.Side) -> tuple[str, str]:
    return str(side.start), str(side.end)


def test_one_half_of_a_year_is_compared_with_the_other(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(start="2021-01", end="2021-03"),
        row(organisation=REED, start="2021-01", end="2021-06"),
    )
    sides = flow.usual_sides(data, QUERY)
    assert sides is not None
    assert [_days(side) for side in sides] == [("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-06-30")]
    found = _at(flow.find_change(*sides, QUERY))
    assert (found["organisations_before"], found["organisations_now"], found["change"]) == (2, 1, "shrunk")
    assert (found["presence_before"], found["presence_now"]) == (2, 1)


def test_where_the_months_before_were_reported_they_are_the_other_side(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(start="2020-07", end="2021-06"))
    sides = flow.usual_sides(data, QUERY)
    assert sides is not None
    assert [_days(side) for side in sides] == [("2020-07-01", "2020-12-31"), ("2021-01-01", "2021-06-30")]


def test_months_before_that_only_their_last_report_reaches_are_no_other_side(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(start="2020-12", end="2021-06"))
    sides = flow.usual_sides(data, QUERY)
    assert sides is not None
    assert [_days(side) for side in sides] == [("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-06-30")]


def test_months_that_nobody_reported_are_left_out_on_both_ends(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(start="2021-01", end="2021-06"))
    wide = QUERY.but(start=dt.date(2020, 11, 1), end=dt.date(2021, 12, 31))
    sides = flow.usual_sides(data, wide)
    assert sides is not None
    assert [_days(side) for side in sides] == [("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-06-30")]
    assert [[str(day) for day in days] for days in sides[0].unreported] == [
        ["2020-11-01", "2020-12-31"],
        ["2021-07-01", "2021-12-31"],
    ]
    own = flow.Side(data, dt.date(2020, 1, 1), dt.date(2021, 3, 31))
    found = _at(flow.find_change(own, flow.Side(data), QUERY.but(start=dt.date(2021, 4, 1), end=wide.end)))
    assert (found["months_before"], found["months_now"], found["change"]) == (3, 3, "same")


def test_a_window_that_nobody_reported_at_all_is_silent(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(start="2021-01", end="2021-06"))
    before = flow.Side(data, dt.date(2019, 1, 1), dt.date(2019, 6, 30))
    assert _at(flow.find_change(before, flow.Side(data), QUERY))["change"] == "silent_before"


def test_of_an_odd_number_of_months_the_first_is_left_out(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(start="2021-01", end="2021-05"))
    sides = flow.usual_sides(data, QUERY.but(end=dt.date(2021, 5, 31)))
    assert sides is not None
    assert [_days(side) for side in sides] == [("2021-02-01", "2021-03-31"), ("2021-04-01", "2021-05-31")]
    assert sides[0].odd == dt.date(2021, 1, 1)


def test_one_month_has_no_halves(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(start="2021-01", end="2021-01"))
    one = QUERY.but(end=dt.date(2021, 1, 31))
    assert flow.usual_sides(data, one) is None
    with pytest.raises(BadInput) as error:
        flow.analyse(data, "change", one)
    assert error.value.key == "change_one_month"


def test_two_imports_stand_each_for_themselves_and_for_their_own_months(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    first = flow.ingest(
        write(tmp_path / "a.csv", row(start="2021-01", end="2021-03")), settings
    ).entry.import_id
    both = (row(start="2021-04", end="2021-05"), row(organisation=REED, start="2021-04", end="2021-05"))
    second = flow.ingest(write(tmp_path / "b.csv", *both), settings).entry.import_id
    sides = [flow.import_side(settings, code) for code in (first, second)]
    assert [_days(side) for side in sides] == [("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-05-31")]
    found = _at(flow.find_change(*sides, QUERY))
    assert (found["months_before"], found["months_now"]) == (3, 2)
    assert (found["presence_before"], found["presence_now"], found["change"]) == (1, 2, "grown")


def test_rows_that_both_imports_tell_count_on_both_sides(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    same = row(start="2021-01", end="2021-03")
    first = flow.ingest(write(tmp_path / "a.csv", same), settings).entry.import_id
    more = write(tmp_path / "b.csv", same, row(organisation=REED, start="2021-01", end="2021-03"))
    second = flow.ingest(more, settings, replaces=first).entry.import_id
    assert Store(settings).live() == [second]
    found = _at(flow.find_change(*(flow.import_side(settings, code) for code in (first, second)), QUERY))
    assert (found["organisations_before"], found["organisations_now"]) == (1, 2)
    assert found["org_ids_gone"] == ""


def test_an_activity_by_hand_is_part_of_no_import(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    code = flow.ingest(write(tmp_path / "a.csv", row()), settings).entry.import_id
    flow.add_activity(settings, row(organisation=REED))
    assert len(flow.load(settings).activities) == 2
    assert len(flow.import_side(settings, code).data.activities) == 1


def test_an_import_that_never_was_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        flow.import_side(Settings(tmp_path / "home"), "nothing")
    assert error.value.key == "import_never"


def test_silence_before_is_not_a_gain_and_silence_now_not_a_loss(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(start="2021-01", end="2021-03"),
        row(pcode="IQG15Q01", start="2021-04", end="2021-06"),
    )
    sides = flow.usual_sides(data, QUERY)
    assert sides is not None
    found = flow.find_change(*sides, QUERY)
    assert _at(found)["change"] == "silent_now"
    assert _at(found, "IQG15Q01")["change"] == "silent_before"
    assert _at(found, "IQG15Q02")["change"] == "silent"
    assert set(found["org_ids_new"]) == set(found["org_ids_gone"]) == {""}


def test_the_real_file_in_two_halves(real_data: flow.Data) -> None:
    query = Query(sector="health", service_level="sector", area_level="1")
    sides = flow.usual_sides(real_data, query)
    assert sides is not None
    found = flow.find_change(*sides, query)
    assert found["change"].value_counts().to_dict() == {
        "none": 6, "same": 5, "grown": 5, "shrunk": 1, "silent_before": 1,
    }  # fmt: skip
    anbar = found.set_index("pcode").loc["IQG01"]
    assert (anbar["org_months_before"], anbar["org_months_now"], anbar["change"]) == (40, 34, "shrunk")
    assert found.set_index("pcode").loc["IQG14", "change"] == "silent_before"


def test_in_the_real_file_one_more_provider_relieves_most_in_basrah(real_data: flow.Data) -> None:
    query = Query(sector="health", service_level="sector", area_level="1")
    found = flow.find_where_next(real_data, query)
    assert len(found) == 18 and list(found["pcode"].head(3)) == ["IQG02", "IQG08", "IQG17"]
    basrah = found.iloc[0]
    assert (basrah["people_in_need"], basrah["providers"], basrah["relief"]) == (2_908_491, 0, 2_908_491 / 2)
    first = found[found["status"] == "covered"]["rank"].min()
    assert (found.loc[found["status"] == "gap", "rank"] < first).all()


def test_of_a_group_only_those_who_surely_serve_it_are_named(tmp_path: Path) -> None:
    days = {"start": "2021-04", "end": "2021-06"}
    data = loaded(
        tmp_path,
        row(start="2021-01", end="2021-06"),
        row(organisation=REED, population_group="", **days),
        row(organisation="River Bend Relief", service="health", **days),
        row(organisation="Olive Tree Union", pcode="IQG15", **days),
    )
    sides = flow.usual_sides(data, QUERY)
    assert sides is not None
    found = _at(flow.find_change(*sides, QUERY.but(population="idp")))
    assert (found["organisations_now"], found["org_ids_new"], found["change"]) == (1, "", "same")
