"""The tables behind the suggestions: every code in them exists, and what they say is what comes out."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from csomap.analysis import suggestions as known
from csomap.i18n import LANGUAGES, keys
from csomap.matching.causes import CAUSES
from csomap.settings import DATA, rules
from csomap.tables import taxonomy

SERVICES = taxonomy.load("services")
ORDER: list[dict[str, Any]] = rules()["suggestions"]["order"]
POINTS: dict[str, Any] = rules()["evidence"]["points"]
OWN = {"camp": {"yes"}, "run": {"over"}}


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "suggestions" / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_has_suggestions_and_to_call_is_always_among_them(cause: str) -> None:
    lines = [line["order"] for line in ORDER if line["cause"] == cause]
    assert lines and all("call" in line and set(line) <= set(known.CODES) for line in lines)
    assert known.ordered(cause, {}) == lines[-1]


def test_where_nobody_knows_the_cause_nothing_is_suggested() -> None:
    assert known.ordered("", {}) == []


def test_every_answer_that_the_order_asks_for_is_one_that_the_evidence_gives() -> None:
    asked = [(reason, set(wanted)) for line in ORDER for reason, wanted in line.get("when", {}).items()]
    assert asked
    given = {reason: set(points) for reason, points in POINTS.items()} | OWN
    assert [(reason, wanted - given[reason]) for reason, wanted in asked if wanted - given[reason]] == []


@pytest.mark.parametrize(
    ("cause", "answers", "first"),
    [
        ("double_report", {}, "report_once"),
        ("chain", {"site": "same"}, "report_once"),
        ("shared_load", {}, "write_down"),
        ("duplicate_work", {}, "call"),
        ("none", {}, "call"),
    ],
)
def test_what_comes_first_follows_the_cause(cause: str, answers: dict[str, str], first: str) -> None:
    assert known.ordered(cause, answers)[0] == first


@pytest.mark.parametrize(
    ("answers", "second"),
    [
        ({}, ["move", "divide_area", "divide_group", "phases"]),
        ({"site": "other"}, ["move", "divide_area", "divide_group", "phases"]),
        ({"site": "same"}, ["phases", "divide_group", "move", "divide_area"]),
        ({"distance": "here", "site": "unknown"}, ["phases", "divide_group", "move", "divide_area"]),
        ({"camp": "yes", "site": "same"}, ["phases", "divide_group"]),
        ({"run": "over", "camp": "yes"}, []),
    ],
)
def test_what_comes_next_follows_the_facts(answers: dict[str, str], second: list[str]) -> None:
    assert known.ordered("duplicate_work", answers) == ["call", *second]


def test_where_both_reach_few_of_those_in_need_nobody_is_asked_to_go() -> None:
    assert "move" not in known.ordered("none", {"scale": "small"})
    assert len(known.ordered("none", {"scale": "small"})) > len(known.ordered("none", {}))


def _codes() -> Iterator[tuple[str, str]]:
    for name in ("steps", "groups", "roles"):
        yield from (("services", code) for code in table(name)["within"] if code)
    yield from (("services", code) for code in table("steps")["code"] if code)
    yield from (
        ("characteristics", c) for cell in table("groups")["characteristics"] for c in cell.split(";")
    )
    yield from (("population_groups", code) for code in table("roles")["population_group"] if code)


@pytest.mark.parametrize(("tree", "code"), sorted(set(_codes())))
def test_every_code_of_the_tables_is_one_of_the_taxonomies(tree: str, code: str) -> None:
    assert code in taxonomy.load(tree).codes


def test_every_line_says_why_and_every_step_where_it_comes_from() -> None:
    assert all((table(name)["reason"] != "").all() for name in ("steps", "groups", "roles"))
    assert table("steps")["source"].str.contains(r"\d{4}|IMCI|HeRAMS").all()


def test_steps_are_numbered_from_one() -> None:
    for within, rows in table("steps").groupby("within"):
        assert rows["position"].astype(int).tolist() == list(range(1, len(rows) + 1)), within
        assert len(known.steps(str(within))) == len(rows)


def test_nobody_is_asked_to_divide_by_what_is_sensitive() -> None:
    traits = taxonomy.load("characteristics")
    told = {code for cell in table("groups")["characteristics"] for code in cell.split(";")}
    assert [code for code in told if traits.is_sensitive(code)] == []


def test_every_role_has_words_and_is_no_person() -> None:
    told = set(table("roles")["role"])
    for lang in LANGUAGES:
        assert {key for key in keys(lang) if key.startswith("suggestion.role.")} == {
            f"suggestion.role.{role}" for role in told
        }


@pytest.mark.parametrize(
    ("service", "group", "roles"),
    [
        ("ncd_screening", "host", ["programme_manager", "health_coordinator", "directorate_of_health"]),
        (
            "mhpss_counselling",
            "idp_camp",
            [
                *("programme_manager", "health_coordinator", "directorate_of_health", "mhpss_working_group"),
                "camp_manager",
            ],
        ),
        ("wash_hygiene_kits", "idp", ["programme_manager", "sector_coordinator"]),
        ("", "", ["programme_manager"]),
    ],
)
def test_who_to_ask_for_follows_service_and_people(service: str, group: str, roles: list[str]) -> None:
    assert known.roles(service, group) == roles


@pytest.mark.parametrize(
    ("service", "steps"),
    [
        ("nutrition", ["nutrition_screening", "nutrition_treatment", "nutrition_feeding"]),
        ("nutrition_screening", ["nutrition_screening", "nutrition_treatment", "nutrition_feeding"]),
        ("ncd_screening", ["ncd_screening", "primary_care_referral"]),
        ("ncd_cardiovascular", ["ncd_screening", "ncd_cardiovascular", "primary_care_referral"]),
        ("wash_hygiene_kits", ["wash_hygiene_kits", "wash_hygiene_promotion"]),
        ("medicines_kits", []),
        ("health", []),
        ("", []),
    ],
)
def test_the_steps_of_a_service_are_those_of_the_table(service: str, steps: list[str]) -> None:
    assert known.steps(service) == steps


@pytest.mark.parametrize(
    ("one", "two", "taken"),
    [
        (
            "nutrition_screening",
            "nutrition_treatment",
            {"nutrition_screening": "a", "nutrition_treatment": "b"},
        ),
        (
            "nutrition_treatment",
            "nutrition_screening",
            {"nutrition_treatment": "a", "nutrition_screening": "b"},
        ),
        ("nutrition_screening", "nutrition_screening", {}),
        ("nutrition_screening", "nutrition", {}),
        ("nutrition_screening", "nutrition_supplements", {}),
        ("nutrition_screening", "", {}),
        ("", "", {}),
    ],
)
def test_who_does_which_step_is_said_only_where_both_reports_say_it(
    one: str, two: str, taken: dict[str, str]
) -> None:
    assert known.taken(known.steps("nutrition"), {"a": one, "b": two}) == taken


@pytest.mark.parametrize(
    ("service", "group", "characteristic", "groups"),
    [
        ("ncd_screening", "idp", "", ["idp_camp", "idp_out_of_camp"]),
        ("ncd_screening", "all", "", ["host", "idp", "returnee", "refugee"]),
        ("ncd_screening", "host", "", ["older_people", "people_with_disabilities"]),
        ("ncd_screening", "host", "women", []),
        ("medicines_kits", "host", "", []),
    ],
)
def test_people_are_divided_by_the_groups_below_theirs_or_by_characteristics(
    service: str, group: str, characteristic: str, groups: list[str]
) -> None:
    assert known.sub_groups(service, group, characteristic) == groups


@pytest.mark.parametrize(
    ("pcode", "count"), [("IQG15Q05", 4), ("IQG15", 9), ("IQG15Q05N01", 0), ("IQG15Q05|camp", 0), ("", 0)]
)
def test_a_place_is_divided_by_what_lies_right_below_it(pcode: str, count: int) -> None:
    found = known.sub_areas(pcode)
    assert len(found) == count
    assert all(code.startswith(pcode) and len(code) == len(pcode) + 3 for code in found)


def test_one_sub_district_alone_is_no_division() -> None:
    places = pd.read_csv(DATA.parent / "geo" / "places.csv")
    counted = places[places["level"] == 3].groupby("parent").size()
    alone = counted[counted == 1].index
    assert len(alone) and all(known.sub_areas(pcode) == [] for pcode in alone)
