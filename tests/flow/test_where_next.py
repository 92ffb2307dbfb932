"""Where next, for a service and for one organisation."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.tables.neighbours import neighbours
from csomap.tables.query import Query
from tests.flow.forms import loaded, row

PALM, REED = "Palm Grove Society", "Reed Boat Union"
QUERY = Query(sector="health", area_level="1", start=dt.date(2021, 1, 1), end=dt.date(2021, 3, 31))


@pytest.fixture
def data(tmp_path: Path) -> flow.Data:
    return loaded(
        tmp_path,
        row(population_group="host"),
        row(organisation=REED, population_group="host", pcode="IQG02Q01"),
        row(organisation=REED, population_group="host", pcode="IQG02Q01", service="wash"),
    )


def _id(data: flow.Data, name: str) -> str:
    return str(data.organisations.set_index("name_en").loc[name, "org_id"])


def test_all_governorates_are_ranked_for_each_service(data: flow.Data) -> None:
    found = flow.find_where_next(data, QUERY)
    own = found[found["service"] == "immunisation"].set_index("pcode")
    assert len(own) == 18
    assert (own.loc["IQG15", "providers"], own.loc["IQG08", "providers"]) == (1, 0)
    assert own.loc["IQG15", "people_now"] == own.loc["IQG15", "people_in_need"] / 2


def test_districts_have_no_figure_and_so_no_order(data: flow.Data) -> None:
    assert flow.find_where_next(data, QUERY.but(area_level="2")).empty


def test_an_organisation_sees_its_services_where_it_is_not(data: flow.Data) -> None:
    found = flow.find_where_next(data, QUERY, _id(data, PALM))
    assert set(found["service"]) == {"immunisation"}
    assert "IQG15" not in set(found["pcode"]) and len(found) == 17
    reach = found.set_index("pcode")["reach"]
    assert set(reach.index[reach == "beside"]) == set(neighbours("IQG15"))
    assert "same_governorate" not in set(reach)


def test_who_works_in_the_governorate_with_something_else_is_near(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(), row(pcode="IQG02Q01", service="wash"))
    found = flow.find_where_next(data, QUERY, _id(data, PALM)).set_index("pcode")
    assert set(found["service"]) == {"immunisation"}
    assert found.loc["IQG02", "reach"] == "same_governorate"
    assert list(found.index[found["reach"] == "same_governorate"]) == ["IQG02"]


def test_what_it_names_only_coarsely_may_be_any_area_in_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = loaded(tmp_path, row(pcode="IQG15"), row(pcode="IQG02Q01"))
    people = pd.DataFrame(
        {
            "indicator": "idp",
            "date": "2021-12-31",
            "source": "Invented",
            "pcode": ["IQG15Q01", "IQG15Q05", "IQG02Q01", "IQG02Q02"],
            "value": 1000.0,
        }
    )
    data = replace(
        data,
        needs=people.reindex(columns=data.needs.columns).fillna(
            {"population_group": "", "service": "", "method": "", "note": ""}
        ),
    )
    query = QUERY.but(area_level="2", population="idp")
    assert set(flow.find_where_next(data, query)["pcode"]) == set(people["pcode"])
    found = flow.find_where_next(data, query, _id(data, PALM))
    assert set(found["pcode"]) == {"IQG02Q02"}


def test_those_next_door_are_named(data: flow.Data) -> None:
    found = flow.find_where_next(data, QUERY)
    own = found[found["service"] == "immunisation"].set_index("pcode")["beside"]
    for code in neighbours("IQG15"):
        assert _id(data, PALM) in own[code].split(";")
    assert _id(data, PALM) not in own["IQG15"]


def test_an_organisation_that_is_not_there_is_refused(data: flow.Data) -> None:
    with pytest.raises(BadInput) as error:
        flow.find_where_next(data, QUERY, "nobody")
    assert error.value.key == "organisation_unknown"
