"""Newer figures of need come in whole or not at all, replace by date, and can be taken out again."""

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from csomap import flow
from csomap.analysis.needs import needs
from csomap.errors import BadInput, CsomapError
from csomap.flow.faults import Faults
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.tables.query import Query

TODAY = dt.date(2025, 6, 30)
HEAD = "indicator,pcode,population_group,service,value,date,source,method,note"
YEAR = Query(sector="health", service_level="sector", area_level="1")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines, ""]).encode()


def brought_in(settings: Settings, *lines: str) -> str:
    read = flow.read_needs(file(*lines), settings, "told.csv", TODAY)
    assert flow.keep_needs(read, settings, "ab")
    return read.upload_id


def idp(settings: Settings, place: str = "IQG15") -> float:
    found = flow.find_coverage(flow.load(settings), YEAR.but(population="idp")).set_index("pcode")
    return float(found.loc[place, "people_in_need"])


def test_a_newer_figure_holds_and_an_older_one_is_kept_beside_it(settings: Settings) -> None:
    before, version = idp(settings), flow.load(settings).version
    brought_in(settings, "idp,IQG15,,,777,2024-05,DTM 2024,,", "idp,IQG09,,,5,2019-01,DTM 2019,,")
    assert (idp(settings), before) == (777, 256_034)
    assert idp(settings, "IQG09") == 249_513, "older than what holds"
    assert flow.load(settings).version != version
    own = flow.load(settings).needs.query("indicator == 'idp' and pcode == 'IQG15'")
    assert own["value"].tolist() == [256_034, 777]
    assert own["date"].iloc[-1] == pd.Timestamp("2024-05-31"), "a month stands for its last day"


def test_what_was_taken_out_comes_back_on_every_database(tmp_path: Path, database_url: str) -> None:
    settings = Settings(tmp_path, database_url)
    upload = brought_in(settings, "idp,IQG15,,,777,2024-05-01,DTM 2024,,")
    flow.undo_needs(settings, upload, "cd")
    assert idp(settings) == 256_034
    with pytest.raises(BadInput):
        flow.undo_needs(settings, upload)
    told = flow.needs_history(settings)
    assert told[["upload_id", "status", "who", "undone_by", "rows"]].values.tolist() == [
        [upload, "undone", "ab", "cd", 1]
    ]
    flow.restore_needs(settings, upload)
    assert idp(settings) == 777
    with pytest.raises(BadInput):
        flow.restore_needs(settings, upload)


def test_the_same_bytes_again_change_nothing(settings: Settings) -> None:
    line = "idp,IQG15,,,777,2024-05-01,DTM 2024,,"
    brought_in(settings, line)
    again = flow.read_needs(file(line), settings, "other.csv", TODAY)
    assert again.is_known and flow.keep_needs(again, settings) == 0
    assert len(flow.needs_history(settings)) == 1
    assert len(flow.load(settings).needs) == len(needs()) + 1


def test_of_two_files_of_one_day_the_later_one_holds(settings: Settings) -> None:
    brought_in(settings, "idp,IQG15,,,777,2024-05-01,first,,")
    brought_in(settings, "idp,IQG15,,,888,2024-05-01,second,,")
    assert idp(settings) == 888


def test_every_fault_is_told_at_once_with_its_row_and_column_and_nothing_is_stored(
    settings: Settings,
) -> None:
    read = flow.read_needs(
        file(
            "idp,IQG15,,,777,2024-05-01,DTM 2024,,",
            "goats,Nowhere,giants,magic,-3,2024-13,,,",
            "people_in_need,Basra,,,1.234,2099-01,s,,",
            "severity,IQG15Q05,,,2.5,,s,=1+1,",
            "idp,IQG15,host,health,,2024-05,s,,",
            "idp,IQG15,,,778,2024-05-01,DTM 2024,,",
        ),
        settings,
        today=TODAY,
    )
    told = read.problems[["source_row", "column", "code"]].values.tolist()
    assert told == [
        [3, "date", "date_impossible"],
        [3, "indicator", "needs_indicator"],
        [3, "pcode", "needs_place"],
        [3, "population_group", "needs_group"],
        [3, "service", "needs_service"],
        [3, "source", "needs_source"],
        [3, "value", "needs_value_negative"],
        [4, "date", "needs_date_late"],
        [4, "service", "needs_service_missing"],
        [4, "value", "needs_value"],
        [5, "date", "needs_date_missing"],
        [5, "method", "needs_formula"],
        [5, "value", "needs_severity"],
        [6, "population_group", "needs_group_other"],
        [6, "service", "needs_service_none"],
        [6, "value", "needs_value_missing"],
        [7, "value", "needs_twice"],
    ]
    with pytest.raises(Faults) as refused:
        flow.keep_needs(read, settings)
    assert "Row 3, pcode: 'Nowhere'" in str(refused.value)
    assert flow.needs_history(settings).empty and idp(settings) == 256_034


@pytest.mark.parametrize(("others", "is_clear"), [("Ninewa", True), ("Mosul", False), ("IQG15Q05", False)])
def test_a_name_of_two_places_is_taken_only_among_governorates(
    settings: Settings, others: str, is_clear: bool
) -> None:
    lines = ["idp,Basra,,,1,2024-05,s,,", f"idp,{others},,,2,2024-05,s,,"]
    read = flow.read_needs(file(*lines), settings, today=TODAY)
    assert read.problems["code"].tolist() == ([] if is_clear else ["needs_place_several"])
    if is_clear:
        assert read.figures["pcode"].tolist() == ["IQG02", "IQG15"]


def test_people_in_need_of_a_sector_go_before_the_population(settings: Settings) -> None:
    brought_in(settings, "people_in_need,IQG15,,health,120000,2024-12,s,,")
    data = flow.load(settings)
    found = flow.find_coverage(data, Query(service_level="sector", area_level="1"))
    own = found.set_index(["pcode", "service"])
    assert own.loc[("IQG15", "health"), ["indicator", "people_in_need"]].tolist() == [
        *("people_in_need", 120_000)
    ]
    assert pd.isna(own.loc[("IQG16", "health"), "people_in_need"]), "one indicator at one level"
    assert own.loc[("IQG15", "wash"), "indicator"] == "population"
    finer = flow.find_coverage(data, Query(sector="health", area_level="2"))
    assert set(finer["indicator"]) == {"population"}, "never split downwards"
    assert set(flow.find_regions(data, YEAR)["indicator"]) == {"population"}, "no region is known as a whole"


def test_severity_is_told_of_the_nearest_service_and_never_split(settings: Settings) -> None:
    lines = ["severity,IQG15Q05,,,3,2024-05,all,,", "severity,IQG15Q05,,health,4,2024-05,own,,"]
    brought_in(settings, *lines, "severity,IQG16,,,5,2024-05,governorate,,")
    found = flow.find_severity(flow.load(settings), Query(area_level="2"))
    assert list(found.columns) == ["area", "service", "severity", "date", "source"]
    assert set(found["area"]) == {"IQG15Q05"}
    by_service = found.set_index("service")["severity"]
    assert (by_service["immunisation"], by_service["wash_water_supply"]) == (4, 3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_comes_back_in_with_the_words_of_its_language(
    settings: Settings, tmp_path: Path, lang: str
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(flow.needs_template(lang))
    book = openpyxl.load_workbook(path)
    words = [
        t("needs.indicator.people_in_need", lang),
        "Mosul (IQG15Q05)",
        None,
        "health",
        12,
        "2024-05",
        "s",
    ]
    for place, value in enumerate(words, start=1):
        book.worksheets[0].cell(2, place, value)
    book.save(path)
    read = flow.read_needs(path, settings, today=TODAY)
    assert read.problems.empty
    told = read.figures[["indicator", "pcode", "service", "value"]].values.tolist()
    assert told == [["people_in_need", "IQG15Q05", "health", 12.0]]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"a,b\n1,2\n", "needs_columns"),
        (b"indicator,value\nidp,2\n", "needs_columns"),
        (file(head=HEAD.replace("note", "value")), "needs_column_twice"),
        (file(), "needs_no_lines"),
        (b"\x89PNG\r\n", "file_not_a_table"),
    ],
)
def test_what_is_no_table_of_figures_is_refused(settings: Settings, content: bytes, key: str) -> None:
    with pytest.raises(CsomapError) as refused:
        flow.read_needs(content, settings, "x.csv", TODAY)
    assert refused.value.key == key


def test_what_changes_is_shown_beside_what_holds(settings: Settings) -> None:
    lines = ["idp,IQG15,,,777,2024-05,s,,", "idp,IQG15Q05,,,5,2019-05,s,,", "returnee,IQG15,,,5,2019-05,s,,"]
    changes = flow.read_needs(file(*lines), settings, today=TODAY).changes(needs())
    assert changes["before"].isna().tolist() == [False, False, True] and changes["before"].iloc[0] == 256_034
    assert changes["taken"].tolist() == ["yes", "no", "yes"]


def test_what_is_told_of_few_areas_is_said_before_it_is_kept(settings: Settings) -> None:
    lines = ["people_in_need,IQG15,,health,777,2024-05,s,,", "people_in_need,IQG15Q05,,health,7,2024-05,s,,"]
    every = [f"people_in_need,IQG{n:02},,wash,5,2024-05,s,," for n in range(1, 19)]
    read = flow.read_needs(file(*lines, *every), settings, today=TODAY)
    assert read.problems.empty
    assert read.few(needs()).values.tolist() == [["health", "1", 1, 18], ["health", "2", 1, 101]]


def test_pages_leave_out_figures_of_sensitive_services_below_the_governorate(settings: Settings) -> None:
    places, kinds = ("IQG15", "IQG15Q05"), ("people_in_need", "severity")
    lines = [f"{kind},{place},,{code},3,2024-05,s,," for kind in kinds for place in places
             for code in ("gbv", "health")]  # fmt: skip
    brought_in(settings, *lines)
    data = flow.load(settings)
    shown = flow.for_pages(data).needs.query("source == 's'")
    assert set(shown.loc[shown["service"] == "gbv", "pcode"]) == {"IQG15"}
    assert set(shown.loc[shown["service"] == "health", "pcode"]) == set(places)
    assert len(data.needs.query("source == 's'")) == 8, "the command line is full"
    districts = Query(sector="gbv", service_level="sector", area_level="2")
    assert flow.find_severity(flow.for_pages(data), districts).empty and len(
        flow.find_severity(data, districts)
    )
