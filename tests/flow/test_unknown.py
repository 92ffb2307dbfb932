"""How much is not known: each hole counted by hand, in small files."""

from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.tables import taxonomy
from csomap.tables.query import Query
from tests.flow.forms import loaded, row

YEAR = {"start": "2021-01", "end": "2021-12"}


def _holes(data: flow.Data, query: Query) -> dict[str, tuple[int, int]]:
    found = flow.find_unknown(data, query)
    assert ((found["missing"] / found["of"]).dropna() == found["share"].dropna()).all()
    counts = found[["what", "missing", "of"]].itertuples(index=False, name=None)
    return {what: (missing, of) for what, missing, of in counts}


def test_every_hole_is_counted_among_those_that_could_have_it(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(**YEAR),
        row(organisation="Reed Boat Union", service="health", pcode="IQG15", **YEAR),
        row(organisation="Olive Tree Union", population_group="", start="2021-03", end=""),
        row(organisation="Olive Tree Union", service="wash", pcode="IQG02", **YEAR),
    )
    holes = _holes(data, Query(start=pd.Timestamp(2021, 1, 1).date(), end=pd.Timestamp(2021, 12, 31).date()))
    assert holes["unlocated"] == (2, 4)
    assert holes["service"] == (2, 4)
    assert holes["group"] == (1, 4)
    assert holes["dates"] == (1, 4)
    assert holes["months"] == (0, 12)
    assert holes["waiting"] == (0, 4)
    assert holes["silent_1"] == (16, 18)
    assert holes["silent_2"] == (100, 101)


def test_what_could_be_meant_counts_under_a_filter(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(),
        row(organisation="Reed Boat Union", service="health", pcode="IQG15"),
        row(organisation="Olive Tree Union", service="wash"),
    )
    holes = _holes(data, Query(topic="immunisation", place="IQG15Q05", area_level="2"))
    assert holes["service"] == (1, 2)  # "Health" may be immunisation; water is not
    assert holes["unlocated"] == (1, 2)  # somewhere in Ninewa may be here
    assert holes["silent_2"] == (0, 1) and "silent_1" not in holes


def test_an_area_where_only_another_sector_reports_is_not_silent(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(), row(service="wash", pcode="IQG02Q01"))
    assert _holes(data, Query(sector="health"))["silent_1"] == (16, 18)


def test_activities_are_counted_once_and_reports_each(tmp_path: Path) -> None:
    months = [row(pcode="IQG15", start=f"2021-0{n}", end=f"2021-0{n}") for n in (1, 2, 3)]
    holes = _holes(loaded(tmp_path, *months), Query())
    assert holes["unlocated"] == (1, 1)
    assert holes["service"] == (0, 3)


def test_silent_months_are_those_of_organisations_that_usually_report(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        *[row(start=f"2021-{n:02d}", end=f"2021-{n:02d}") for n in (1, 2, 3, 6, 7, 8)],
        row(organisation="Reed Boat Union", start="2021-01", end="2021-01"),
        row(organisation="Olive Tree Union", service="wash", start="2021-04", end="2021-08"),
    )
    rows = flow.find_reporting(data, Query()).set_index("org_id")
    names = dict(zip(data.organisations["org_id"], data.organisations["name_en"], strict=True))
    told = {names[org]: (one.expected, one.told, one.usual) for org, one in rows.iterrows()}
    assert told["Palm Grove Society"] == (8, 6, True)
    assert told["Reed Boat Union"] == (8, 1, False)
    assert told["Olive Tree Union"] == (5, 5, True)
    assert _holes(data, Query())["silent_months"] == (2, 13)
    assert _holes(data, Query(sector="health"))["silent_months"] == (2, 8)


def test_an_organisation_that_reports_something_else_is_not_silent(tmp_path: Path) -> None:
    data = loaded(
        tmp_path,
        row(start="2021-01", end="2021-03"),
        row(service="wash", start="2021-04", end="2021-06"),
    )
    (one,) = flow.find_reporting(data, Query(sector="health")).itertuples()
    assert (one.expected, one.told, one.silent_months) == (6, 6, "")


def test_months_of_which_nobody_tells_are_counted(tmp_path: Path) -> None:
    data = loaded(
        tmp_path, row(start="2021-02", end="2021-03"), row(service="wash", start="2021-01", end="2021-06")
    )
    year = {"start": pd.Timestamp(2021, 1, 1).date(), "end": pd.Timestamp(2021, 6, 30).date()}
    assert _holes(data, Query(**year))["months"] == (0, 6)
    assert _holes(data, Query(sector="health", **year))["months"] == (4, 6)


def test_rows_that_wait_are_counted_beside_those_that_are_in(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(), row(service="goats"))
    assert _holes(data, Query())["waiting"] == (1, 2)


@pytest.mark.parametrize("level", ["1", "2", "3", "site"])
def test_the_place_is_measured_at_the_level_that_is_asked(tmp_path: Path, level: str) -> None:
    data = loaded(
        tmp_path, row(pcode="IQG15"), row(pcode="IQG15Q05"), row(pcode="IQG15Q05N01", site="Clinic")
    )
    coarser = {"1": 0, "2": 1, "3": 2, "site": 2}[level]
    assert _holes(data, Query(area_level=level))["unlocated"] == (coarser, 3)  # type: ignore[arg-type]


def test_a_place_that_is_kept_back_is_not_an_unknown_place(tmp_path: Path) -> None:
    sensitive = next(code for code in taxonomy.load("services").codes if _is_sensitive(code))
    data = loaded(
        tmp_path,
        row(service=sensitive, pcode="IQG15Q05"),
        row(service=sensitive, pcode="IQG02"),
        row(service="immunisation", pcode="IQG15"),
    )
    for seen in (data, flow.for_pages(data)):
        missing, of = _holes(seen, Query(area_level="2"))["unlocated"]
        assert (missing, of) == (
            1,
            2 if seen is data else 1,
        )  # one sensitive place is known where all may see it


def _is_sensitive(code: str) -> bool:
    return taxonomy.load("services").is_sensitive(code)
