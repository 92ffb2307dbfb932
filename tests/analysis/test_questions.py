"""Which rows a question asks for, and what they are measured against."""

import datetime as dt

import pandas as pd
import pytest

from csomap.analysis.needs import needs
from csomap.analysis.questions import asked_areas, asked_needs, asked_services, finest, ranked
from csomap.errors import BadInput
from csomap.tables.places import regions
from csomap.tables.query import Query
from csomap.tables.schemas import COVERAGE, columns

YEAR = Query(start=dt.date(2021, 1, 1), end=dt.date(2021, 12, 31))


def people(query: Query, *areas: pd.DataFrame) -> "pd.Series[float]":
    """How many people each area has, whatever the service."""
    found = asked_needs(needs(), query, *areas)
    assert found.groupby("area")["people_in_need"].nunique().eq(1).all()
    return found.drop_duplicates("area").set_index("area")["people_in_need"]


@pytest.mark.parametrize(
    ("query", "levels"),
    [
        (Query(), ("topic", "2")),
        (Query(sector="health"), ("topic", "2")),
        (Query(service_level="sector", topic="immunisation"), ("topic", "2")),
        (Query(service_level="sector", service="immunisation_routine"), ("service", "2")),
        (Query(service_level="service", sector="health"), ("service", "2")),
        (Query(service_level="service", sector="wash"), ("topic", "2")),
        (Query(service_level="service", sector="multi_sector_development"), ("sector", "2")),
        (Query(area_level="1", place="IQG15Q05"), ("topic", "2")),
        (Query(area_level="1", place="IQG15Q05N03"), ("topic", "3")),
        (Query(area_level="3", place="IQG15"), ("topic", "3")),
        (Query(area_level="1", place="IQG15"), ("topic", "1")),
    ],
)
def test_no_level_is_coarser_than_its_filter_or_finer_than_what_it_has(
    query: Query, levels: tuple[str, str]
) -> None:
    found = finest(query)
    assert (found.service_level, found.area_level) == levels


def test_an_unknown_place_and_a_list_of_sites_are_refused() -> None:
    with pytest.raises(BadInput, match="IQG99"):
        finest(Query(place="IQG99"))
    with pytest.raises(BadInput) as error:
        finest(Query(area_level="site"))
    assert error.value.key == "no_site_coverage"


def test_areas_are_those_of_the_level_inside_the_place() -> None:
    assert len(asked_areas(YEAR.but(area_level="1"), "en")) == 18
    inside = asked_areas(YEAR.but(place="IQG15"), "ar")
    assert inside["area"].str.startswith("IQG15Q").all() and len(inside) > 5
    assert inside.set_index("area").loc["IQG15Q05", "area_name"] == "الموصل"
    measured = asked_needs(needs(), YEAR.but(place="IQG15"))
    assert measured["people_in_need"].isna().all(), "no figure of a governorate is split"


def test_an_area_lies_in_all_that_is_above_it() -> None:
    areas = asked_areas(YEAR.but(area_level="3", place="IQG15Q05"), "en").set_index("area")
    assert set(areas.loc["IQG15Q05N03", "area_chain"]) == {"", "IQG15", "IQG15Q05", "IQG15Q05N03"}


def test_regions_know_their_people_and_lie_in_the_unknown_only() -> None:
    found = asked_areas(YEAR.but(area_level="1"), "en", regions()).set_index("area")
    assert set(found.index) == {"kri", "north", "centre", "south"}
    assert list(found.loc["south", "area_chain"]) == ["", "south"]
    of_regions, own = (people(YEAR.but(area_level="1"), *some) for some in ([regions()], []))
    assert of_regions["kri"] == own[["IQG06", "IQG09", "IQG11"]].sum()


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ((2021, 1, 1), (2021, 12, 31), 12),
        ((2021, 1, 31), (2021, 2, 1), 2),
        ((2020, 12, 15), (2021, 1, 15), 2),
        ((2021, 5, 5), (2021, 5, 5), 1),
    ],
)
def test_months_of_a_window_are_those_that_it_touches(
    start: tuple[int, ...], end: tuple[int, ...], months: int
) -> None:
    query = Query(start=dt.date(*start), end=dt.date(*end), area_level="1")
    assert set(asked_areas(query, "en")["months"]) == {months}


def test_only_the_population_of_governorates_has_a_threshold_for_thin() -> None:
    for query, threshold in (
        (YEAR.but(area_level="1"), 0.1),
        (YEAR.but(area_level="2"), 0.0),
        (YEAR.but(area_level="1", population="idp"), 0.0),
    ):
        assert set(asked_needs(needs(), query)["thin_per_100k"]) == {threshold}
    by_region = asked_needs(needs(), YEAR.but(area_level="1"), regions())
    assert set(by_region["thin_per_100k"]) == {0.0}


def test_services_asked_for_are_those_of_the_level_below_the_filter() -> None:
    wanted = asked_services(Query(sector="health")).query("wanted")
    assert len(wanted) >= 16 and set(wanted["svc_chain"].str[-1]) == {"health"}
    assert list(asked_services(Query(topic="immunisation")).query("wanted")["service"]) == ["immunisation"]
    assert len(asked_services(Query(service_level="sector")).query("wanted")) >= 15


def _coverage(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["pcode", "status", "gap_score"]).assign(service="health")
    return table.reindex(columns=columns(COVERAGE)).assign(gap_score=table["gap_score"].astype(float))


def test_gaps_come_worst_first_and_leave_out_what_is_covered() -> None:
    told = _coverage(("a", "thin", 0.1), ("b", "covered", 0.9), ("c", "gap", 0.4), ("d", "thin", -0.2))
    assert list(ranked(told)["pcode"]) == ["c", "a", "d"]
    assert list(ranked(told)) == columns(COVERAGE)


def test_without_scores_gaps_come_by_status() -> None:
    told = _coverage(("a", "thin", None), ("b", "unknown", None), ("c", "gap", None), ("d", "no_data", None))
    assert list(ranked(told)["status"]) == ["gap", "no_data", "unknown", "thin"]
