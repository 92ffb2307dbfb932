"""The rules of the likely cause: read from the top, each can be met, and no doubt ends in an accusation."""

from itertools import product
from typing import Any

import pytest

from csomap.i18n import keys
from csomap.matching.causes import CAUSES, cause_of
from csomap.settings import rules

RULES = rules()["causes"]["rules"]
ANSWERS = {
    key.split(".")[1]: {
        name.split(".")[2] for name in keys("en") if name.startswith(f"evidence.{key.split('.')[1]}.")
    }
    for key in keys("en")
    if key.startswith("evidence.") and not key.startswith("evidence.label.")
}
# One year in one camp post, by two organisations that nothing joins.
DOUBLED = {
    "service": "same", "function": "same", "population": "same", "characteristic": "everybody",
    "area": "same_subdistrict", "distance": "unknown", "site": "same", "time": "most", "status": "active",
    "funder": "different", "role": "none", "project": "unknown", "need": "unknown", "scale": "unknown",
    "name": "different", "report": "different",
}  # fmt: skip


def told(**changed: str) -> tuple[str, str]:
    return cause_of(DOUBLED | changed, RULES)


STORIES = [
    ({}, ("duplicate_work", "site")),
    ({"site": "unknown"}, ("duplicate_work", "area")),
    ({"site": "unknown", "area": "same_district"}, ("none", "area")),
    ({"site": "unknown", "area": "same_district", "scale": "above"}, ("duplicate_work", "scale")),
    ({"site": "unknown", "area": "same_district", "distance": "here"}, ("duplicate_work", "distance")),
    ({"site": "unknown", "area": "same_district", "distance": "same_point"}, ("none", "area")),
    ({"site": "unknown", "area": "same_governorate", "service": "everywhere"}, ("duplicate_work", "service")),
    ({"area": "different"}, ("none", "area")),
    ({"area": "apart", "site": "other"}, ("none", "area")),
    ({"area": "apart", "role": "same_lead"}, ("shared_load", "role")),
    ({"service": "different"}, ("none", "service")),
    ({"service": "related"}, ("none", "service")),
    ({"service": "related", "project": "same"}, ("shared_load", "project")),
    ({"service": "different", "role": "funder"}, ("none", "service")),
    ({"function": "different"}, ("none", "function")),
    ({"population": "different"}, ("none", "population")),
    ({"population": "different", "project": "same"}, ("shared_load", "project")),
    ({"characteristic": "different"}, ("none", "characteristic")),
    ({"time": "different"}, ("none", "time")),
    ({"time": "brief"}, ("none", "time")),
    ({"time": "after"}, ("none", "time")),
    ({"time": "after", "project": "same"}, ("shared_load", "project")),
    ({"name": "variant"}, ("double_report", "name")),
    ({"name": "same", "time": "after"}, ("double_report", "name")),
    ({"name": "variant", "site": "other"}, ("none", "site")),
    ({"role": "programme"}, ("chain", "role")),
    ({"role": "alike", "report": "same"}, ("chain", "role")),
    ({"site": "divided"}, ("shared_load", "site")),
    ({"report": "same"}, ("double_report", "report")),
    ({"report": "round"}, ("double_report", "report")),
    ({"report": "round", "site": "divided"}, ("shared_load", "site")),
    ({"role": "donor", "funder": "unknown"}, ("chain", "role")),
    ({"role": "donor"}, ("none", "role")),
    ({"role": "authority"}, ("shared_load", "role")),
    ({"project": "same"}, ("shared_load", "project")),
    ({"funder": "same"}, ("shared_load", "funder")),
    ({"scale": "small"}, ("none", "scale")),
    ({"site": "other"}, ("none", "site")),
    ({"site": "alike"}, ("none", "site")),
    ({"distance": "far"}, ("none", "distance")),
    ({"status": "stopped"}, ("none", "status")),
]


@pytest.mark.parametrize(("changed", "expected"), STORIES)
def test_the_first_rule_that_is_met_decides(changed: dict[str, str], expected: tuple[str, str]) -> None:
    assert told(**changed) == expected


def test_every_rule_speaks_of_causes_reasons_and_answers_that_exist() -> None:
    for rule in RULES:
        assert rule["cause"] in CAUSES
        assert rule["because"] in ANSWERS
        assert {reason: set(wanted) - ANSWERS[reason] for reason, wanted in rule["when"].items()} == {
            reason: set() for reason in rule["when"]
        }


def test_every_answer_with_points_exists() -> None:
    points = rules()["evidence"]["points"]
    assert {reason: set(told) - ANSWERS[reason] for reason, told in points.items()} == {
        reason: set() for reason in points
    }


BESIDE: list[dict[str, str]] = [
    {},
    {"site": "unknown"},
    {"site": "unknown", "area": "same_district"},
    {"site": "unknown", "area": "near"},
    {"area": "near"},
    {"funder": "unknown"},
    {"project": "same"},
    {"project": "same", "role": "programme"},
]


def _decides(nth: int, answers: dict[str, str]) -> bool:
    above = RULES[: nth + 1]
    met = [all(answers.get(name) in wanted for name, wanted in rule["when"].items()) for rule in above]
    return met[-1] and not any(met[:-1])


@pytest.mark.parametrize("nth", range(len(RULES)))
def test_every_answer_of_a_rule_can_decide(nth: int) -> None:
    when = RULES[nth]["when"]
    idle = []
    for name, answer in ((name, answer) for name, wanted in when.items() for answer in wanted):
        choices = [[answer] if other == name else wanted for other, wanted in when.items()]
        drawn = [dict(zip(when, choice, strict=True)) for choice in product(*choices)]
        if not any(_decides(nth, DOUBLED | beside | one) for beside in BESIDE for one in drawn):
            idle.append(f"{name}.{answer}")
    assert idle == []


def test_something_is_always_said() -> None:
    assert RULES[-1]["when"] == {}


DOUBTS = [
    ("service", ("related", "different", "unknown", "sector")),
    ("function", ("step", "different")),
    ("population", ("different",)),
    ("characteristic", ("different",)),
    ("area", ("apart", "different", "unknown", "nested_wide")),
    ("site", ("divided", "other", "alike")),
    ("distance", ("far",)),
    ("time", ("brief", "unknown", "after", "different")),
    ("status", ("stopped",)),
    ("funder", ("same",)),
    ("role", ("programme", "funder", "alike", "same_lead", "donor", "authority")),
    ("project", ("same",)),
    ("scale", ("small",)),
    ("name", ("same", "variant")),
    ("report", ("same", "same_figure", "round")),
]


@pytest.mark.parametrize(("reason", "answer"), [(one, each) for one, answers in DOUBTS for each in answers])
def test_one_reason_for_doubt_is_enough_not_to_accuse(reason: str, answer: str) -> None:
    """Whatever the place and the scale say: with one such answer nothing is called duplicate work."""
    places: list[dict[str, Any]] = [{}, {"site": "unknown"}, {"site": "unknown", "scale": "above"}]
    assert "duplicate_work" not in {told(**(place | {reason: answer}))[0] for place in places}
