"""What comes in, what waits, what leaves and what comes back: imports as the analysis sees them."""

import datetime as dt
from pathlib import Path

import pytest

from csomap import flow
from csomap.errors import BadInput, Cancelled
from csomap.importers import regular
from csomap.settings import Settings
from csomap.store import Store
from csomap.tables.query import Query
from tests.flow.forms import loaded, row, write

JANUARY, FEBRUARY, JUNE = (row(start=month, end=month) for month in ("2021-01", "2021-02", "2021-06"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


def told(data: flow.Data, column: str = "start") -> list[str]:
    return sorted(data.reports[column].astype(str))


def test_every_row_is_counted_once(tmp_path: Path, settings: Settings) -> None:
    rows = [
        JANUARY,
        JANUARY,
        JANUARY,
        FEBRUARY,
        row(service="teaching goats to fly"),
        row(start="30/02/2021"),
    ]
    done = flow.ingest(write(tmp_path / "rows.csv", *rows), settings)
    entry = done.entry
    assert (entry.rows_read, entry.accepted, entry.duplicate_rows) == (6, 2, 2)
    assert (entry.review, entry.rejected) == (1, 1)
    data = flow.load(settings)
    assert len(data.reports) == 2 and data.waiting == 1
    assert list(data.activities["report_count"]) == [2]


def test_rows_that_wait_for_review_are_not_part_of_the_duplicates(tmp_path: Path, settings: Settings) -> None:
    unknown = row(service="teaching goats to fly")
    entry = flow.ingest(write(tmp_path / "rows.csv", unknown, unknown, JANUARY), settings).entry
    assert (entry.review, entry.duplicate_rows, entry.accepted) == (2, 0, 1)


def test_months_that_touch_are_one_activity_and_a_hole_splits(tmp_path: Path) -> None:
    data = loaded(tmp_path, JANUARY, FEBRUARY, JUNE)
    periods = data.activities[["start", "end"]].astype(str).sort_values("start").to_numpy().tolist()
    assert periods == [["2021-01-01", "2021-02-28"], ["2021-06-01", "2021-06-30"]]


def test_importing_the_same_file_under_another_name_is_a_no_op(tmp_path: Path, settings: Settings) -> None:
    flow.ingest(write(tmp_path / "rows.csv", JANUARY), settings)
    again = flow.ingest(write(tmp_path / "copy.csv", JANUARY), settings)
    assert not again.is_new and len(Store(settings).imports()) == 1


def test_checking_stores_nothing(tmp_path: Path, settings: Settings) -> None:
    done = flow.check(write(tmp_path / "rows.csv", JANUARY))
    assert done.entry.accepted == 1 and not settings.home.exists()


def test_identical_rows_of_two_imports_are_one_report_and_undo_keeps_the_others(
    tmp_path: Path, settings: Settings
) -> None:
    one = flow.ingest(write(tmp_path / "one.csv", JANUARY, FEBRUARY), settings).entry.import_id
    two = flow.ingest(write(tmp_path / "two.csv", FEBRUARY, JUNE), settings).entry.import_id
    both = flow.load(settings)
    assert told(both) == ["2021-01-01", "2021-02-01", "2021-06-01"]
    assert set(both.reports.loc[both.reports["start"] == "2021-02-01", "source_id"]) == {one}
    Store(settings).undo(one)
    left = flow.load(settings)
    assert told(left) == ["2021-02-01", "2021-06-01"] and set(left.reports["source_id"]) == {two}


def test_a_replaced_import_leaves_the_analysis_and_comes_back(tmp_path: Path, settings: Settings) -> None:
    wrong = flow.ingest(write(tmp_path / "wrong.csv", row(pcode="IQG02Q01")), settings).entry.import_id
    before = flow.state(settings)
    right = flow.ingest(write(tmp_path / "right.csv", row(pcode="IQG15Q05")), settings, replaces=wrong)
    assert right.is_new and flow.state(settings) != before
    assert told(flow.load(settings), "pcode") == ["IQG15Q05"]
    assert set(Store(settings).imports()["import_id"]) == {wrong, right.entry.import_id}
    Store(settings).undo(right.entry.import_id)
    assert told(flow.load(settings), "pcode") == ["IQG02Q01"]
    assert flow.state(settings) == before


def test_replacing_an_unknown_import_stores_nothing(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(BadInput, match="nobody"):
        flow.ingest(write(tmp_path / "rows.csv", JANUARY), settings, replaces="nobody")
    assert Store(settings).imports().empty and not list(settings.imports.glob("*"))


def test_without_an_import_there_is_the_sample_or_a_kind_word(settings: Settings) -> None:
    assert flow.load(settings).is_sample
    with pytest.raises(BadInput) as error:
        flow.load(settings, sample=False)
    assert error.value.key == "nothing_imported"


def test_the_sample_goes_when_something_real_comes(tmp_path: Path, settings: Settings) -> None:
    flow.ingest(flow.SAMPLE, settings)
    assert flow.load(settings).is_sample
    real = flow.ingest(write(tmp_path / "rows.csv", JANUARY), settings).entry.import_id
    data = flow.load(settings)
    assert not data.is_sample and set(data.reports["source_id"]) == {real}
    assert not data.organisations["org_id"].str.startswith("x-").any()


def test_a_fictional_organisation_is_nobody_outside_the_sample(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(organisation="Striped Kite Children's Organization (fictional)"))
    assert data.reports.loc[0, "organisation"].startswith("new-")


def test_an_unknown_organisation_is_taken_in_as_a_provisional_one(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(organisation="Palm Grove Society", organisation_type="Local NGO", start="2021-01", end="2021-02"),
        row(organisation="PALM  GROVE society", organisation_type="", start="2021-05", end="2021-05"),
        row(organisation="World Health Organization", funder="Fund of the Seven Wells"),
    )
    everyone = data.organisations.set_index("org_id")
    new = everyone[everyone["status"] == "provisional"].set_index("name_en")
    palm = new.loc["Palm Grove Society"]
    assert set(new.index) == {"Palm Grove Society", "Fund of the Seven Wells"}
    assert (palm["type"], palm["activities"]) == ("cso", 2)
    assert (palm["first_month"], palm["last_month"]) == ("2021-01", "2021-05")
    assert new.loc["Fund of the Seven Wells", "activities"] == 0
    assert everyone.loc["who", "status"] == "registered" and everyone.loc["who", "activities"] == 1


def test_a_provisional_organisation_keeps_its_id(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = loaded(tmp_path, row(organisation="Palm Grove Society"))
    two = loaded(tmp_path / "other", row(organisation="Reed Boat"), row(organisation="palm grove society"))
    assert one.reports.loc[0, "organisation"] in set(two.reports["organisation"])
    assert two.reports["organisation"].nunique() == 2


def test_what_is_sensitive_is_coarser_on_pages_and_full_on_the_command_line(tmp_path: Path) -> None:
    cells = {"pcode": "IQG15Q05", "site": "Clinic by the Bridge", "latitude": 36.3, "longitude": 43.1}
    data = loaded(tmp_path, row(service="srh_clinical_rape", **cells), row(**cells))
    shown = flow.for_pages(data)
    for table in (shown.reports, shown.activities):
        hidden = table[table["service"] == "srh_clinical_rape"].iloc[0]
        assert (hidden["pcode"], hidden["site"], hidden["site_key"]) == ("IQG15", "", "")
        assert hidden[["latitude", "longitude"]].isna().all()
        other = table[table["service"] == "immunisation"].iloc[0]
        assert (other["pcode"], other["site"]) == ("IQG15Q05", "Clinic by the Bridge")
    assert set(data.reports["pcode"]) == {"IQG15Q05"}


def test_a_period_dates_the_rows_without_a_date_and_is_part_of_what_an_import_is(
    tmp_path: Path, settings: Settings
) -> None:
    year, next_year = ((dt.date(n, 1, 1), dt.date(n, 12, 31)) for n in (2021, 2022))
    path = write(tmp_path / "rows.csv", row(start="", end=""), JANUARY)
    assert flow.ingest(path, settings, period=year).is_new
    assert told(flow.load(settings)) == ["2021-01-01", "2021-01-01"]
    assert told(flow.load(settings), "end") == ["2021-01-31", "2021-12-31"]
    assert flow.ingest(path, settings, period=next_year).is_new
    assert not flow.ingest(path, settings, period=year).is_new


def test_a_file_is_compared_as_it_would_be_read(tmp_path: Path, settings: Settings) -> None:
    period = (dt.date(2021, 1, 1), dt.date(2021, 3, 31))
    undated = row(start="", end="")
    old = flow.ingest(write(tmp_path / "old.csv", undated), settings, period=period).entry.import_id
    told = flow.find_changes(write(tmp_path / "new.csv", undated), settings, old, period=period)
    assert (told.same, len(told.added), len(told.gone), told.changed_rows) == (1, 0, 0, 0)
    assert flow.find_changes(tmp_path / "new.csv", settings, old).same == 0


def test_problems_are_told_in_the_order_of_the_rows_and_in_the_words_of_the_file(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "rows.csv"
    text = "Organisation,Service,Place,Start,People reached\nReed Boat,goats,Al-Basrah,2021-01,many\n"
    path.write_text(text + "Reed Boat,immunisation,Atlantis,2021-13,4\n", encoding="utf-8")
    problems = flow.check(path).problems
    told = set(zip(problems["source_row"], problems["column"], problems["code"], strict=True))
    assert told >= {
        (2, "Service", "service_unknown"),
        (2, "People reached", "number_unreadable"),
        (3, "Start", "date_impossible"),
    }
    assert list(problems["source_row"]) == sorted(problems["source_row"])


def test_the_way_back_to_the_source_rows_of_an_activity(tmp_path: Path) -> None:
    data = loaded(tmp_path, JUNE, FEBRUARY, JANUARY, JANUARY)
    early = data.activities[data.activities["start"] == "2021-01-01"]
    assert sorted(flow.reports_of(data, early["activity_id"])["source_row"]) == [3, 4]


def test_what_waits_for_review_is_in_no_answer(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(organisation="Reed Boat"),
        row(organisation="Palm Grove Society", characteristic="people who like goats"),
    )
    assert data.waiting == 1
    assert flow.find_pairs(data, Query()).empty
    assert flow.find_coverage(data, Query(area_level="1"))["organisations"].max() == 1


@pytest.mark.parametrize("at", ["open", "read", "keep"])
def test_what_is_cancelled_leaves_nothing_behind(tmp_path: Path, settings: Settings, at: str) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if step == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        flow.ingest(write(tmp_path / "rows.csv", JANUARY), settings, progress=stop)
    assert Store(settings).imports().empty and not list(settings.imports.glob("*"))
    assert flow.ingest(write(tmp_path / "rows.csv", JANUARY), settings).is_new


def test_rows_are_counted_once_however_the_file_is_cut_into_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, waits = row(start="30/02/2021"), row(service="goats")
    site = row(pcode="", latitude="36.34", longitude="43.13")
    points = [site | {"start": month, "end": month} for month in ("2021-07", "2021-08", "2021-09")]
    rows = [JANUARY, FEBRUARY, bad, JANUARY, waits, FEBRUARY, JUNE, JANUARY, *points]
    path = write(tmp_path / "rows.csv", *rows)
    whole = flow.check(path)
    assert list(whole.problems["code"]).count("place_from_point") == 1
    for size in (1, 2, 3):
        monkeypatch.setattr(regular, "BLOCK_ROWS", size)
        cut = flow.check(path)
        assert cut.entry == whole.entry and cut.entry.duplicate_rows == 3
        assert cut.problems.to_dict() == whole.problems.to_dict()
        assert size == 1 or cut.preview["source_row"].iloc[0] == 2
