"""What is only possible, gathered at the coarser of the two: one row for each cell."""

from typing import Any

import pandas as pd

from csomap import flow
from csomap.matching.grouped import COLUMNS
from csomap.tables.query import Query
from tests.flow.forms import act, data

JANUARY = ("01-01", "01-31")


def possible(*activities: dict[str, Any], **asked: Any) -> pd.DataFrame:
    return flow.find_possible(data(*activities), Query(**asked))


def test_a_pair_stands_in_the_cell_of_its_coarser_side() -> None:
    found = possible(act("a1", *JANUARY), act("b1", *JANUARY, service="health", pcode="IQG01"))
    assert list(found) == COLUMNS
    assert found.iloc[0].tolist() == ["health", "IQG01", 2, "a;b", 1, "service;area"]


def test_a_coarse_activity_gathers_all_that_it_could_be() -> None:
    fine = [
        act("a1", *JANUARY),
        act("b1", *JANUARY, service="immunisation"),
        act("c1", *JANUARY, service="srh"),
    ]
    found = possible(*fine, act("d1", *JANUARY, service="health"))
    assert found.iloc[0].tolist() == ["health", "IQG01Q01", 4, "a;b;c;d", 3, "service"]


def test_reasons_are_all_dimensions_that_are_not_the_same() -> None:
    found = possible(
        act("a1", *JANUARY, characteristic="children"), act("b1", "01-01", "", population_group="")
    )
    assert found.loc[0, "reasons"] == "population;characteristic;time"


def test_what_is_confirmed_or_coordinated_is_not_possible() -> None:
    confirmed = act("a1", *JANUARY), act("b1", *JANUARY)
    chain = act("c1", *JANUARY, pcode="IQG02Q01"), act("d1", *JANUARY, pcode="IQG02", funder="c")
    found = possible(*confirmed, *chain)
    assert found.empty and list(found) == COLUMNS


def test_a_sub_district_is_rolled_up_to_the_level_that_was_asked_for() -> None:
    told = (
        act("a1", *JANUARY, pcode="IQG01Q01N01"),
        act("b1", *JANUARY, pcode="IQG01Q01N01", service="health"),
    )
    assert possible(*told).loc[0, "pcode"] == "IQG01Q01"
    assert possible(*told, area_level="1").loc[0, "pcode"] == "IQG01"
    assert possible(*told, area_level="3").loc[0, "pcode"] == "IQG01Q01N01"


def test_crowds_come_first() -> None:
    small = act("a1", *JANUARY, pcode="IQG02Q01"), act("b1", *JANUARY, pcode="IQG02")
    large = (act("c1", *JANUARY), act("d1", *JANUARY, service="srh"), act("e1", *JANUARY, service="health"))
    assert list(possible(*small, *large)["org_count"]) == [3, 2]
