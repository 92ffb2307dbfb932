"""One activity added, corrected or ended by hand: beside the rows, with who and when, and undone exactly."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.flow.faults import Faults
from csomap.i18n import LANGUAGES
from csomap.settings import Settings
from csomap.store import Store
from tests.flow.forms import row, write
from tests.flow.test_review import same

MONTHS = [
    row(start=f"2021-0{n}", end=f"2021-0{n}", reached=n, site="Clinic by the Bridge") for n in range(1, 7)
]
OTHER = row(organisation="UNICEF", pcode="IQG02Q01", start="2021-02", end="2021-02")
ADDED = {
    "organisation": "World Health Organization",
    "service": "Immunisation",
    "population_group": "idp",
    "pcode": "Al-Hamdaniya",
    "start": "2021-03",
    "end": dt.date(2021, 5, 31),
    "reached": 12.0,
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Settings(tmp_path / "home")
    flow.ingest(write(tmp_path / "a.csv", *MONTHS, OTHER), home)
    return home


def activity(settings: Settings, start: str = "2021-01-01") -> "pd.Series":  # type: ignore[type-arg]
    told = flow.load(settings).activities
    (one,) = told[(told["start"] == start) & (told["organisation"] != "unicef")].to_dict("records")
    return pd.Series(one)


def days(one: "pd.Series") -> tuple[str, str]:  # type: ignore[type-arg]
    return str(one["start"])[:10], str(one["end"])[:10]


def test_an_added_activity_stands_in_the_analysis_and_says_where_it_is_from(settings: Settings) -> None:
    before = flow.load(settings)
    made = flow.add_activity(settings, ADDED, note="told by phone", who="Nada")
    data = flow.load(settings)
    (one,) = data.activities[data.activities["source_id"] == "by-hand"].to_dict("records")
    assert (one["organisation"], one["service"], one["pcode"]) == ("who", "immunisation", "IQG15Q03")
    assert (one["source_row"], one["reached"], one["end_is_stated"]) == (made, 12, True)
    assert days(pd.Series(one)) == ("2021-03-01", "2021-05-31")
    (told,) = flow.edits_of(settings, data, one["activity_id"]).to_dict("records")
    assert (told["who"], told["note"], told["status"]) == ("Nada", "told by phone", "holds")
    flow.undo_decision(settings, made)
    same(flow.load(settings), before)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"start": "30/02/2021"}, "start"),
        ({"start": "2021-06-01", "end": "2021-05-01"}, "start"),
        ({"service": "teaching goats to fly"}, "service"),
        ({"pcode": "Aleppo"}, "pcode"),
        ({"reached": "many"}, "reached"),
        ({"latitude": 120}, "latitude"),
        ({"organisation": ""}, "organisation"),
        ({"population_group": "goats"}, "population_group"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(
    settings: Settings, fields: dict[str, object], column: str
) -> None:
    with pytest.raises(Faults) as error:
        flow.add_activity(settings, ADDED | fields)
    assert column in set(error.value.problems["column"])
    assert all(column in error.value.told(lang) for lang in LANGUAGES)
    assert flow.decisions(settings).empty


def test_a_field_that_does_not_exist_is_refused(settings: Settings) -> None:
    for fields in ({"goats": "1"}, {"source_id": "x"}, {}):
        with pytest.raises(BadInput) as error:
            flow.add_activity(settings, fields)
        assert error.value.key == "activity_field"


def test_a_corrected_activity_is_corrected_in_all_its_reports(settings: Settings) -> None:
    before, raw = flow.load(settings), rows(settings)
    one = activity(settings)
    made = flow.correct_activity(
        settings, one["activity_id"], {"pcode": "IQG15Q03", "site": "", "service": "nutrition"}, who="Nada"
    )
    now = activity(settings)
    assert (now["pcode"], now["site"], now["service"]) == ("IQG15Q03", "", "nutrition")
    assert (now["report_count"], now["reached"], days(now)) == (6, 6, ("2021-01-01", "2021-06-30"))
    assert list(flow.edits_of(settings, flow.load(settings), now["activity_id"])["id"]) == [made]
    pd.testing.assert_frame_equal(rows(settings), raw)
    flow.undo_decision(settings, made)
    same(flow.load(settings), before)


def rows(settings: Settings) -> pd.DataFrame:
    store = Store(settings)
    return pd.concat([store.rows(import_id) for import_id in store.live()])


def test_only_the_reports_of_the_activity_are_touched(settings: Settings) -> None:
    before = flow.load(settings).activities.query("organisation == 'unicef'").reset_index(drop=True)
    flow.correct_activity(settings, activity(settings)["activity_id"], {"status": "completed"})
    after = flow.load(settings).activities.query("organisation == 'unicef'").reset_index(drop=True)
    pd.testing.assert_frame_equal(before, after)


def test_a_repeat_of_a_report_does_not_come_back_with_the_old_value(
    settings: Settings, tmp_path: Path
) -> None:
    flow.ingest(write(tmp_path / "again.csv", MONTHS[0], OTHER), settings)
    flow.correct_activity(settings, activity(settings)["activity_id"], {"pcode": "IQG15Q03"})
    told = flow.load(settings).activities
    assert set(told.loc[told["organisation"] != "unicef", "pcode"]) == {"IQG15Q03"}
    assert len(told) == 2


def test_people_of_the_whole_are_stated_once(settings: Settings) -> None:
    flow.correct_activity(settings, activity(settings)["activity_id"], {"reached": "1,200"})
    now = activity(settings)
    assert (now["reached"], now["reached_sum"]) == (1200, 1200)


def test_an_ended_activity_has_a_stated_end_and_loses_the_months_after(settings: Settings) -> None:
    before = flow.load(settings)
    made = flow.end_activity(settings, activity(settings)["activity_id"], dt.date(2021, 4, 10))
    now = activity(settings)
    assert days(now) == ("2021-01-01", "2021-04-10")
    assert (now["end_is_stated"], now["report_count"]) == (True, 4)
    flow.undo_decision(settings, made)
    same(flow.load(settings), before)


def test_an_end_after_the_last_report_makes_it_longer(settings: Settings) -> None:
    flow.end_activity(settings, activity(settings)["activity_id"], "2021-08")
    now = activity(settings)
    assert days(now) == ("2021-01-01", "2021-08-31") and now["end_is_stated"]


@pytest.mark.parametrize(("day", "key"), [("2020-12-31", "activity_days"), ("soon", "date_argument")])
def test_an_end_that_cannot_be_is_refused(settings: Settings, day: str, key: str) -> None:
    with pytest.raises(BadInput) as error:
        flow.end_activity(settings, activity(settings)["activity_id"], day)
    assert error.value.key == key


def test_both_ends_may_move_away_from_all_reports(settings: Settings) -> None:
    changes = {"start": "2022-01-01", "end": "2022-02-28"}
    flow.correct_activity(settings, activity(settings)["activity_id"], changes)
    assert days(activity(settings, "2022-01-01")) == ("2022-01-01", "2022-02-28")


def test_an_activity_may_begin_earlier_than_any_report(settings: Settings) -> None:
    flow.correct_activity(settings, activity(settings)["activity_id"], {"start": "2020-11"})
    assert days(activity(settings, "2020-11-01")) == ("2020-11-01", "2021-06-30")


def test_edits_follow_each_other_and_are_undone_one_by_one(settings: Settings) -> None:
    first = flow.correct_activity(settings, activity(settings)["activity_id"], {"pcode": "IQG15Q03"})
    second = flow.end_activity(settings, activity(settings)["activity_id"], "2021-03-31")
    assert (activity(settings)["pcode"], days(activity(settings))[1]) == ("IQG15Q03", "2021-03-31")
    flow.undo_decision(settings, first)
    assert (activity(settings)["pcode"], days(activity(settings))[1]) == ("IQG15Q05", "2021-03-31")
    flow.undo_decision(settings, second)
    assert days(activity(settings))[1] == "2021-06-30"


def test_what_was_added_by_hand_can_be_corrected_by_hand(settings: Settings) -> None:
    flow.add_activity(settings, ADDED)
    hand: Callable[[], pd.DataFrame] = lambda: flow.load(settings).activities.query("source_id == 'by-hand'")  # noqa: E731
    flow.correct_activity(settings, hand()["activity_id"].iloc[0], {"reached": 99})
    assert list(hand()["reached"]) == [99]
    assert len(flow.edits_of(settings, flow.load(settings), hand()["activity_id"].iloc[0])) == 2


def test_an_edit_sleeps_while_its_import_is_out(settings: Settings) -> None:
    flow.correct_activity(settings, activity(settings)["activity_id"], {"pcode": "IQG15Q03"})
    store = Store(settings)
    (import_id,) = store.live()
    store.undo(import_id)
    assert flow.load(settings).is_sample
    store.restore(import_id)
    assert activity(settings)["pcode"] == "IQG15Q03"


def test_an_unknown_activity_is_told(settings: Settings) -> None:
    with pytest.raises(BadInput) as error:
        flow.correct_activity(settings, "nothing", {"site": "x"})
    assert error.value.key == "activity_unknown"


def test_an_activity_by_hand_is_real_where_nothing_was_imported_and_stays_with_the_sample(
    tmp_path: Path,
) -> None:
    alone, demo = Settings(tmp_path / "alone"), Settings(tmp_path / "demo")
    flow.add_activity(alone, ADDED)
    data = flow.load(alone, sample=False)
    assert not data.is_sample and list(data.activities["source_id"]) == ["by-hand"]
    flow.ingest(flow.SAMPLE, demo)
    flow.add_activity(demo, ADDED)
    assert "by-hand" in set(flow.load(demo).activities["source_id"])
    flow.ingest(write(tmp_path / "a.csv", OTHER), demo)
    assert "by-hand" not in set(flow.load(demo).activities["source_id"])


def test_the_months_of_next_month_s_file_join_a_corrected_activity_only_if_they_say_the_same(
    settings: Settings, tmp_path: Path
) -> None:
    flow.correct_activity(settings, activity(settings)["activity_id"], {"pcode": "IQG15Q03"})
    july = MONTHS[0] | {"start": "2021-07", "end": "2021-07", "pcode": "IQG15Q03"}
    flow.ingest(write(tmp_path / "july.csv", july), settings)
    assert days(activity(settings)) == ("2021-01-01", "2021-07-31")


def test_an_edit_speaks_of_the_same_row_in_every_file_that_tells_it(
    settings: Settings, tmp_path: Path
) -> None:
    (first,) = Store(settings).live()
    made = flow.correct_activity(settings, activity(settings)["activity_id"], {"pcode": "IQG15Q03"})
    flow.ingest(write(tmp_path / "again.csv", MONTHS[3]), settings)
    assert set(palm(settings)["pcode"]) == {"IQG15Q03"}
    flow.ingest(write(tmp_path / "b.csv", OTHER, *MONTHS[1:]), settings, replaces=first)
    (one,) = palm(settings).to_dict("records")
    assert (one["pcode"], days(pd.Series(one))) == ("IQG15Q03", ("2021-02-01", "2021-06-30"))
    assert list(flow.edits_of(settings, flow.load(settings), one["activity_id"])["id"]) == [made]


def palm(settings: Settings) -> pd.DataFrame:
    return flow.load(settings).activities.query("organisation != 'unicef'")


def test_an_edit_whose_rows_are_gone_is_told(settings: Settings, tmp_path: Path) -> None:
    flow.correct_activity(settings, activity(settings)["activity_id"], {"pcode": "IQG15Q03"})
    (first,) = Store(settings).live()
    some = flow.ingest(write(tmp_path / "b.csv", *MONTHS[1:]), settings, replaces=first).entry.import_id
    assert list(flow.decisions(settings)["status"]) == ["partly"]
    flow.ingest(write(tmp_path / "c.csv", OTHER), settings, replaces=some)
    assert list(flow.decisions(settings)["status"]) == ["sleeps"]


def test_a_row_that_waits_is_no_part_of_an_activity_and_stays_as_it_is(
    settings: Settings, tmp_path: Path
) -> None:
    flow.ingest(write(tmp_path / "b.csv", MONTHS[5] | {"function": "teaching goats to fly"}), settings)
    flow.end_activity(settings, activity(settings)["activity_id"], "2021-03-31")
    assert flow.load(settings).waiting == 1


def test_coordinates_of_the_old_place_leave_with_it(settings: Settings, tmp_path: Path) -> None:
    far = row(organisation="UNHCR", pcode="IQG15", latitude=33.5, longitude=36.3)
    flow.ingest(write(tmp_path / "b.csv", far), settings)
    hers: Callable[[], pd.DataFrame] = lambda: flow.load(settings).activities.query("organisation == 'unhcr'")  # noqa: E731
    flow.correct_activity(settings, hers()["activity_id"].iloc[0], {"pcode": "Basrah"})
    assert hers()["pcode"].to_list() == ["IQG02"] and hers()["latitude"].isna().all()


def test_undoing_the_first_of_two_ends_does_not_bring_back_what_the_second_one_excludes(
    settings: Settings,
) -> None:
    first = flow.end_activity(settings, activity(settings)["activity_id"], "2021-03-31")
    flow.end_activity(settings, activity(settings)["activity_id"], "2021-02-15")
    flow.undo_decision(settings, first)
    assert days(palm(settings).iloc[0]) == ("2021-01-01", "2021-02-15") and len(palm(settings)) == 1


def test_what_is_left_out_by_hand_is_counted_as_aside(settings: Settings) -> None:
    flow.end_activity(settings, activity(settings)["activity_id"], "2021-04-30")
    told = flow.counts(flow.load(settings))[["accepted", "review", "duplicate_rows", "aside"]]
    assert told.to_numpy().tolist() == [[5, 0, 0, 2]]


def test_the_sample_gives_way_to_an_activity_by_hand_as_to_a_real_file(tmp_path: Path) -> None:
    home = Settings(tmp_path / "home")
    flow.add_activity(home, ADDED)
    flow.ingest(flow.SAMPLE, home)
    flow.add_activity(home, ADDED | {"pcode": "IQG02"})
    data = flow.load(home)
    assert (
        not data.is_sample and set(data.activities["source_id"]) == {"by-hand"} and len(data.activities) == 2
    )
