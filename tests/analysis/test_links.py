"""Who works with whom: what reports name together, counted by activity."""

from csomap.analysis import links
from tests.flow.forms import act, data


def _links(*activities: dict[str, object]) -> list[tuple[object, ...]]:
    found = links.links(data(*activities).activities)
    return list(found[["org_a", "org_b", "kind", "activities"]].itertuples(index=False, name=None))


def test_a_funder_and_a_programme_organisation_are_joined_to_whom_they_are_named_for() -> None:
    told = _links(
        act("1", "01-01", "02-28", organisation="well", funder="fund;coin", programme_organisation="lead"),
        act("2", "03-01", "03-31", organisation="well", funder="coin"),
    )
    assert told == [
        ("well", "coin", "funder", 2),
        ("well", "fund", "funder", 1),
        ("well", "lead", "programme", 1),
    ]


def test_nobody_is_joined_with_itself() -> None:
    assert _links(act("1", "01-01", "02-28", organisation="well", funder="well")) == []


def test_a_project_joins_each_two_of_its_organisations_once() -> None:
    told = _links(
        act("1", "01-01", "01-31", organisation="c", project_id="P1"),
        act("2", "02-01", "02-28", organisation="a", project_id="P1"),
        act("3", "03-01", "03-31", organisation="b", project_id="P1"),
        act("4", "04-01", "04-30", organisation="a", project_id="P1"),
        act("5", "04-01", "04-30", organisation="d", project_id="P2"),
        act("6", "04-01", "04-30", organisation="e"),
    )
    assert told == [("a", "b", "project", 3), ("a", "c", "project", 3), ("b", "c", "project", 2)]


def test_a_link_lasts_from_the_first_to_the_last_day_that_is_known() -> None:
    rows = data(
        act("1", "02-01", "02-28", organisation="well", funder="coin"),
        act("2", "", "05-31", organisation="well", funder="coin"),
        act("3", "01-15", "", organisation="well", funder="coin"),
    ).activities
    one = links.links(rows).iloc[0]
    assert (str(one["start"])[:10], str(one["end"])[:10]) == ("2021-01-15", "2021-05-31")


def test_a_project_number_that_a_crowd_shares_joins_nobody_and_is_counted() -> None:
    crowd = [act(str(n), "01-01", "01-31", organisation=f"o{n}", project_id="HRP") for n in range(31)]
    rows = data(*crowd).activities
    assert links.links(rows).empty and links.crowds(rows) == 1
    fewer = data(*crowd[:30]).activities
    assert len(links.links(fewer)) == 30 * 29 / 2 and links.crowds(fewer) == 0


def test_without_activities_there_are_no_links() -> None:
    assert links.links(data().activities).empty and links.crowds(data().activities) == 0
