"""Who is who: the directory of the sample counted again by hand, ids followed, neighbours found."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.tables.neighbours import neighbours
from csomap.tables.query import Query
from tests.flow.forms import NOBODY, act, data, row, write

Row = dict[Any, Any]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> flow.Data:
    return flow.for_pages(flow.load(Settings(tmp_path_factory.mktemp("home"))))


def _rows(data: flow.Data, query: Query) -> list[Row]:
    return list(flow.find_active(data, flow.window(data, query)).to_dict("records"))


def test_the_directory_of_the_sample_is_what_its_activities_say(sample: flow.Data) -> None:
    query = Query(sector="health", place="IQG15")
    own: dict[str, list[Row]] = {}
    for one in _rows(sample, query):
        own.setdefault(one["organisation"], []).append(one)
    found = flow.find_directory(sample, query).set_index("org_id")
    assert set(found.index) == set(own) and len(own) > 10
    for org_id, rows in own.items():
        told = found.loc[org_id]
        assert told["services"].split(";") == sorted({one["service"] for one in rows})
        assert told["governorates"].split(";") == sorted({one["pcode"][:5] for one in rows})
        assert told["activities"] == len({one["activity_id"] for one in rows})
        assert told["months"] == len({month for one in rows for month in _months(one)})


def _months(one: Row) -> list[str]:
    if pd.isna(one["start"]) or pd.isna(one["end"]):
        return []
    return [str(month) for month in pd.period_range(one["start"], one["end"], freq="M")]


def test_the_links_of_the_sample_are_those_that_its_activities_name(sample: flow.Data) -> None:
    query = Query(sector="health")
    rows = _rows(sample, query)
    told: dict[tuple[str, str, str], set[str]] = {}
    for one in rows:
        for kind, column in (("funder", "funder"), ("programme", "programme_organisation")):
            for other in set(one[column].split(";")) - {"", one["organisation"]}:
                told.setdefault((one["organisation"], other, kind), set()).add(one["activity_id"])
        for beside in rows if one["project_id"] else ():
            if beside["project_id"] == one["project_id"] and beside["organisation"] != one["organisation"]:
                first, second = sorted((one["organisation"], beside["organisation"]))
                told.setdefault((first, second, "project"), set()).add(one["activity_id"])
    found = flow.find_links(sample, query).to_dict("records")
    counted = {(one["org_a"], one["org_b"], one["kind"]): one["activities"] for one in found}
    assert counted == {pair: len(ids) for pair, ids in told.items()}
    assert {kind for *_, kind in told} == {"funder", "programme", "project"}
    assert flow.find_crowds(sample, query) == 0


def test_who_waits_for_a_verdict_is_counted_as_the_standings_say(sample: flow.Data) -> None:
    query = flow.opening(sample, flow.window(sample, Query(sector="health")))
    said = flow.standings(sample, query, flow.find_overlaps(sample, query))
    found = flow.find_directory(sample, query, said).set_index("org_id")["overlaps_undecided"]
    for org_id, count in found.items():
        mine = said[(said["org_a"] == org_id) | (said["org_b"] == org_id)]
        assert count == mine.loc[mine["verdict"] == "undecided", "overlap_id"].nunique()
    assert found.sum() > 0
    decided = said.assign(verdict="shared_load")
    assert flow.find_directory(sample, query, decided)["overlaps_undecided"].sum() == 0


def test_who_gives_the_same_beside_one_is_what_a_map_would_say(sample: flow.Data) -> None:
    query = Query(sector="health", service_level="sector")
    placed = {(one["organisation"], one["pcode"][:5]) for one in _rows(sample, query) if one["pcode"]}
    org_id = "x-almond-gate"
    own = {place for one, place in placed if one == org_id}
    near = {beside for place in own for beside in neighbours(place)} - own
    found = flow.find_same_service(sample, query, org_id).set_index("org_id")
    others = {one for one, place in placed if one != org_id and place in own | near}
    assert set(found.index) == others and len(others) > 5
    for one in others:
        where = {place for name, place in placed if name == one}
        assert set(found.loc[one, "here"].split(";")) - {""} == where & own
        assert set(found.loc[one, "beside"].split(";")) - {""} == where & near


def test_what_is_known_only_above_the_level_is_nobodys_neighbour() -> None:
    told = data(
        act("1", "01-01", "03-31", organisation="well", service="mhpss", pcode="IQG01"),
        act("2", "01-01", "03-31", organisation="boat", service="health", pcode="IQG01"),
        act("3", "01-01", "03-31", organisation="palm", service="mhpss_counselling", pcode="IQG01"),
    )
    found = flow.find_same_service(told, Query(service_level="topic"), "well")
    assert list(found["org_id"]) == ["palm"]
    assert flow.find_same_service(told, Query(service_level="service"), "well").empty


def test_an_id_leads_to_the_organisation_that_it_is_now(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    told = write(tmp_path / "a.csv", row(), row(organisation="Reed Boat Relief"), row(organisation="WHO"))
    flow.ingest(told, settings)
    before = flow.load(settings)
    palm, reed = (before.newcomers.set_index("name").loc[name, "org_id"] for name in
                  ("Palm Grove Society", "Reed Boat Relief"))  # fmt: skip
    assert [flow.organisation_now(before, one) for one in ("who", palm, "nobody", "")] == [
        "who",
        palm,
        "",
        "",
    ]
    flow.merge(settings, palm, reed)
    flow.merge(settings, reed, "who")
    after = flow.load(settings)
    assert [flow.organisation_now(after, one) for one in (palm, reed, "who")] == ["who"] * 3


def test_a_name_that_was_settled_since_leads_on(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    flow.ingest(write(tmp_path / "a.csv", row()), settings)
    (palm,) = flow.load(settings).newcomers["org_id"]
    flow.decide(settings, "organisation", "Palm Grove Society", "who")
    assert flow.organisation_now(flow.load(settings), palm) == "who"


def test_a_thousand_organisations_are_listed_without_a_wait() -> None:
    groups = ["immunisation", "mhpss", "srh", "ncd"]
    many = [
        act(f"a{n}", "01-01", "12-31", organisation=f"org-{n % 1000}", service=groups[n % 4],
            pcode=f"IQG{n % 18 + 1:02d}", funder=f"org-{n % 7}")
        for n in range(12_000)
    ]  # fmt: skip
    told = data(*many)
    query = Query()
    flow.find_active(told, flow.window(told, query))  # the first question warms the engine
    begun = time.process_time()
    found, links = flow.find_directory(told, query), flow.find_links(told, query)
    assert time.process_time() - begun < 8, "a busy machine may be slow, but not as slow as one by one"
    assert len(found) == 1000 and len(links) > 900


def test_nothing_dated_is_refused_in_words() -> None:
    told = replace(data(act("1", "", "")), newcomers=NOBODY)
    with pytest.raises(BadInput):
        flow.find_directory(told, Query())
