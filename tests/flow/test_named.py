"""Sectors that a list never asks for are no gaps: nothing is known of them."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.tables import taxonomy
from csomap.tables.query import Query
from tests.flow.forms import loaded, row

YEAR = {"start": "2021-01", "end": "2021-12"}


@pytest.fixture
def data(tmp_path: Path) -> flow.Data:
    return loaded(
        tmp_path,
        row(service="immunisation", pcode="IQG01", **YEAR),
        row(organisation="Olive Tree Union", service="wash", pcode="IQG02", **YEAR),
    )


def test_a_sector_is_named_by_whatever_lies_below_it(data: flow.Data) -> None:
    unnamed = flow.unnamed_sectors(data)
    services = taxonomy.load("services")
    assert not {"health", "wash"} & set(unnamed) and "education" in unnamed
    assert {services.level(code) for code in unnamed} == {"sector"}


@pytest.mark.parametrize("level", ["sector", "topic"])
def test_only_named_sectors_are_told_of_where_none_is_asked_for(data: flow.Data, level: str) -> None:
    query = Query(service_level=level, area_level="1")  # type: ignore[arg-type]
    covered = flow.find_coverage(data, query)
    kept = flow.only_named(data, query, covered)
    services = taxonomy.load("services")
    assert {services.at_level(code, "sector") for code in kept["service"]} == {"health", "wash"}
    assert len(covered) > len(kept) > 0


def test_who_asks_for_a_sector_is_answered_though_nobody_names_it(data: flow.Data) -> None:
    query = Query(sector="education", service_level="sector", area_level="1")
    covered = flow.find_coverage(data, query)
    assert len(flow.only_named(data, query, covered)) == len(covered) == 18
