"""What a query asks for, as values that SQL leaves room for."""

import datetime as dt

from csomap.tables.query import Query
from csomap.tables.wanted import days, wanted


def test_what_is_left_open_is_not_named() -> None:
    assert wanted(Query()) == wanted(Query(), coarser=True) == days(Query()) == {}


def test_a_filter_keeps_what_lies_below_it() -> None:
    asked = wanted(Query(topic="immunisation", population="idp", place="IQG01", organisation_type="cso"))
    assert list(asked) == ["services", "groups", "place", "organisation_type"]
    assert {"immunisation", "immunisation_routine"} <= set(asked["services"])  # type: ignore[arg-type]
    assert "health" not in asked["services"]  # type: ignore[operator]
    assert set(asked["groups"]) == {"idp", "idp_camp", "idp_out_of_camp"}  # type: ignore[arg-type]


def test_what_is_known_more_coarsely_could_be_meant_too() -> None:
    asked = wanted(Query(topic="immunisation", population="idp_camp", place="IQG01Q01"), coarser=True)
    assert {"immunisation", "health", ""} <= set(asked["services"])  # type: ignore[arg-type]
    assert set(asked["groups"]) >= {"idp_camp", "idp", ""}  # type: ignore[arg-type]
    assert set(asked["around"]) == {"", "IQG01", "IQG01Q01"}  # type: ignore[arg-type]
    assert asked["place"] == "IQG01Q01"


def test_days_are_those_of_the_query() -> None:
    start = dt.date(2021, 4, 1)
    assert days(Query(start=start)) == {"first": start}
    assert days(Query(start=start, end=start)) == {"first": start, "last": start}
