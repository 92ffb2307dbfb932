"""What a person asks for is checked before anything is counted."""

import datetime as dt

import pytest

from csomap.errors import BadInput
from csomap.tables.query import Query

MAY, APRIL = dt.date(2021, 5, 1), dt.date(2021, 4, 1)


def test_the_defaults_are_topic_district_and_one_day() -> None:
    query = Query().checked()
    assert (query.service_level, query.area_level, query.min_days) == ("topic", "2", 1)
    assert query.services() is None and query.finest_service == ""


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"sector": "goats"}, "code_unknown"),
        ({"topic": "goats"}, "code_unknown"),
        ({"service": "goats"}, "code_unknown"),
        ({"sector": "immunisation"}, "service_level_differs"),
        ({"service": "immunisation"}, "service_level_differs"),
        ({"topic": "immunisation_routine"}, "service_level_differs"),
        ({"population": "goats"}, "code_unknown"),
        ({"organisation_type": "circus"}, "code_unknown"),
        ({"service_level": "cluster"}, "level_unknown"),
        ({"area_level": "4"}, "level_unknown"),
        ({"area_level": 2}, "level_unknown"),
        ({"start": MAY, "end": APRIL}, "period_backwards"),
        ({"min_days": 0}, "min_days"),
        ({"min_days": -3}, "min_days"),
    ],
)
def test_what_does_not_exist_is_refused_and_says_what_does(fields: dict[str, object], key: str) -> None:
    with pytest.raises(BadInput) as error:
        Query(**fields).checked()  # type: ignore[arg-type]
    assert (error.value.key, error.value.exit_code) == (key, 2)


def test_a_misspelt_code_gets_its_nearest() -> None:
    with pytest.raises(BadInput, match="immunisation"):
        Query(topic="imunisation").checked()


def test_a_period_of_one_day_is_a_period() -> None:
    assert Query(start=MAY, end=MAY).checked().start == MAY


def test_the_finest_filter_counts_and_keeps_what_lies_below() -> None:
    query = Query(sector="health", topic="immunisation")
    services = query.services()
    assert query.finest_service == "immunisation" and services is not None
    assert {"immunisation", "immunisation_routine"} <= set(services)
    assert "health" not in services and "srh" not in services


def test_a_changed_copy_leaves_the_query_as_it_was() -> None:
    query = Query(sector="health")
    assert query.but(sector="wash").sector == "wash" and query.sector == "health"
    assert hash(query) == hash(Query(sector="health"))
