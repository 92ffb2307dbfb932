"""Who is who: the registry, the newcomers, and what each is seen to do."""

import pandas as pd
import pytest

from csomap.analysis.directory import directory
from tests.flow.forms import act, data

REGISTRY = pd.DataFrame(
    [
        ("well", "Seven Wells", "الآبار السبع", "", "SW", "cso", "registered", "a list"),
        ("boat", "Reed Boat", "", "", "", "ingo", "registered", "a list"),
    ],
    columns=["org_id", "name_en", "name_ar", "name_ckb", "acronym", "type", "status", "source"],
)
ALIASES = pd.DataFrame(
    [("well", "The Wells"), ("well", "7 Wells"), ("well", "The Wells")], columns=["org_id", "name"]
)
NEW = pd.DataFrame([("new-1", "Palm Grove", "PG", "cso")], columns=["org_id", "name", "acronym", "type"])


@pytest.fixture
def everyone() -> pd.DataFrame:
    told = data(
        act("w1", "03-05", "04-10", organisation="well"),
        act("w2", "01-01", "02-28", organisation="well"),
        act("n1", "", "", organisation="new-1"),
    )
    return directory(REGISTRY, ALIASES, NEW, told.activities).set_index("org_id")


def test_everybody_is_there_once_with_status(everyone: pd.DataFrame) -> None:
    assert everyone["status"].to_dict() == {
        "well": "registered",
        "boat": "registered",
        "new-1": "provisional",
    }


def test_activities_and_months_are_those_that_were_reported(everyone: pd.DataFrame) -> None:
    told = everyone[["activities", "first_month", "last_month"]]
    assert told.loc["well"].tolist() == [2, "2021-01", "2021-04"]
    assert told.loc["boat"].tolist() == [0, "", ""]
    assert told.loc["new-1"].tolist() == [1, "", ""], "without a date there is no month"


def test_other_names_are_sorted_and_told_once(everyone: pd.DataFrame) -> None:
    assert everyone["aliases"].to_dict() == {"well": "7 Wells;The Wells", "boat": "", "new-1": ""}


def test_a_newcomer_has_the_name_of_its_file_and_no_other(everyone: pd.DataFrame) -> None:
    new = everyone.loc["new-1"]
    assert new[["name_en", "name_ar", "name_ckb", "acronym", "type"]].tolist() == [
        "Palm Grove",
        "",
        "",
        "PG",
        "cso",
    ]


def test_without_newcomers_and_activities_the_registry_remains() -> None:
    found = directory(REGISTRY, ALIASES, NEW.head(0), data().activities)
    assert list(found["org_id"]) == ["well", "boat"] and (found["activities"] == 0).all()
