"""What two organisations could do about their overlap, from the reports to the sentence."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd
import pyproj
import pytest

from csomap import flow
from csomap.analysis.needs import needs
from csomap.i18n import LANGUAGES, number
from csomap.settings import DATA
from csomap.tables import schemas
from csomap.tables.places import area_name, places
from csomap.tables.query import Query

from .forms import act, data

MOSUL, NEXT, BASRA, UNCLEAR = "IQG15Q05", "IQG15Q08", "IQG02Q04", "IQG15Q02"
YEAR = ("01-01", "12-31")
ORGANISATIONS = {"a": "Palm Grove Society", "b": "Reed Boat Union", "c": "River Bend Relief"}
ASKED = Query(service_level="service")


def both(**told: Any) -> list[dict[str, Any]]:
    """Two organisations that do the same all year in Mosul, for displaced people."""
    plain = {"service": "ncd_screening", "population_group": "idp", "pcode": MOSUL}
    return [act(name, *YEAR, **plain | told) for name in ("a1", "b1")]


def elsewhere(name: str, pcode: str, service: str = "immunisation_routine") -> dict[str, Any]:
    """Work of a third organisation in another place."""
    return act(name, *YEAR, pcode=pcode, service=service, population_group="idp")


def suggested(
    *activities: dict[str, Any], cause: str = "duplicate_work", asked: Query = ASKED, pages: bool = False
) -> pd.DataFrame:
    """Return what is suggested for the only overlap, as if the evidence had led to `cause`."""
    told = flow.for_pages(data(*activities)) if pages else data(*activities)
    rows = flow.find_overlaps(told, asked)
    assert len(rows) == 1
    return flow.suggestions(told, asked, rows.iloc[0], evidence(rows.iloc[0], cause))


def evidence(overlap: "pd.Series[Any]", cause: str, kind: str = "overlap") -> flow.Evidence:
    """Return every two organisations of a row with one cause, and no reasons."""
    pairs = [
        {"overlap_id": overlap["overlap_id"], "org_a": one, "org_b": two, "kind": kind, "days": 1}
        | {"pair_count": 1, "activity_a": f"{one}1", "activity_b": f"{two}1", "strength": 50}
        | {"cause": cause, "cause_reason": "start"}
        for one, two in combinations(overlap["org_ids"].split(";"), 2)
    ]
    told = schemas.valid(schemas.ORG_PAIRS, pd.DataFrame(pairs))
    return flow.Evidence(told, schemas.none(schemas.EVIDENCE))


def only(found: pd.DataFrame, suggestion: str) -> "pd.Series[Any]":
    rows = found[found["suggestion"] == suggestion]
    assert len(rows) == 1
    return rows.iloc[0]


def words(found: pd.DataFrame, lang: str = "en") -> list[str]:
    return [" | ".join(flow.suggestion_words(row, lang, ORGANISATIONS)) for _, row in found.iterrows()]


def test_likely_duplicate_work_gets_a_ranked_list_with_a_call_first() -> None:
    found = suggested(*both(), elsewhere("c1", NEXT))
    assert list(found.columns) == schemas.columns(schemas.SUGGESTIONS)
    assert found["suggestion"].tolist() == ["call", "move", "divide_area", "divide_group", "phases"]
    assert found["rank"].tolist() == [1, 2, 3, 4, 5]
    assert set(found["org_a"] + found["org_b"]) == {"ab"}


@pytest.mark.parametrize(
    ("cause", "codes"),
    [
        ("double_report", ["report_once", "call"]),
        ("chain", ["report_once", "call"]),
        ("shared_load", ["write_down", "call"]),
        ("none", ["call"]),
    ],
)
def test_other_causes_get_what_fits_them(cause: str, codes: list[str]) -> None:
    assert suggested(*both(), elsewhere("c1", NEXT), cause=cause)["suggestion"].tolist() == codes


def test_the_evidence_itself_leads_to_a_suggestion() -> None:
    told = data(*both(site="Palm clinic"))
    rows = flow.find_overlaps(told, ASKED)
    own = flow.find_evidence(told, ASKED, rows)
    assert own.pairs["cause"].tolist() == ["duplicate_work"]
    found = flow.suggestions(told, ASKED, rows.iloc[0], own)
    assert found["suggestion"].tolist()[:3] == ["call", "phases", "divide_group"]


# To the nearest gap


def test_the_nearest_gap_is_named_with_its_distance_and_its_people() -> None:
    found = only(suggested(*both(), elsewhere("c1", NEXT), elsewhere("c2", BASRA)), "move")
    assert (found["pcode"], found["service"], found["indicator"]) == (NEXT, "ncd_screening", "idp")
    assert found["km"] == pytest.approx(_km(MOSUL, NEXT))
    assert found["people_in_need"] == _displaced(NEXT)
    assert _km(MOSUL, NEXT) < _km(MOSUL, BASRA)


def _km(one: str, two: str) -> float:
    point = places().set_index("pcode")[["lon", "lat"]]
    return float(pyproj.Geod(ellps="WGS84").inv(*point.loc[one], *point.loc[two])[2]) / 1000


def _displaced(pcode: str) -> float:
    table = needs()
    return float(table.loc[(table["indicator"] == "idp") & (table["pcode"] == pcode), "value"].iloc[0])


def test_where_nobody_knows_or_nobody_reports_is_no_gap() -> None:
    vague = elsewhere("c2", UNCLEAR, "health")
    assert _km(MOSUL, UNCLEAR) < _km(MOSUL, BASRA)
    assert only(suggested(*both(), vague, elsewhere("c1", BASRA)), "move")["pcode"] == BASRA
    assert "move" not in suggested(*both(), vague)["suggestion"].tolist()


def test_a_gap_of_another_year_is_none() -> None:
    asked = ASKED.but(start=pd.Timestamp("2021-01-01").date(), end=pd.Timestamp("2021-12-31").date())
    old = elsewhere("c1", NEXT) | {"start": pd.Timestamp("2019-01-01"), "end": pd.Timestamp("2019-12-31")}
    assert "move" not in suggested(*both(), old, asked=asked)["suggestion"].tolist()


def test_a_filter_of_place_or_type_hides_no_gap_and_makes_none() -> None:
    others = [elsewhere("c1", NEXT), elsewhere("c2", BASRA)]
    taken = elsewhere("d1", NEXT, "ncd_screening") | {"organisation_type": "ingo"}
    asked = ASKED.but(place=MOSUL, organisation_type="cso")
    assert only(suggested(*both(), *others, asked=asked), "move")["pcode"] == NEXT
    assert only(suggested(*both(), *others, taken, asked=asked), "move")["pcode"] == BASRA


def test_where_none_of_these_people_are_is_no_gap_to_go_to() -> None:
    table = needs()
    nobody = table.assign(value=table["value"].mask(table["pcode"] == NEXT, 0.0))
    told = replace(data(*both(), elsewhere("c1", NEXT), elsewhere("c2", BASRA)), needs=nobody)
    row = flow.find_overlaps(told, ASKED).iloc[0]
    found = flow.suggestions(told, ASKED, row, evidence(row, "duplicate_work"))
    assert only(found, "move")["pcode"] == BASRA


def test_where_no_report_has_a_day_that_is_past_no_gap_is_told() -> None:
    told = replace(data(*both(), elsewhere("c1", NEXT)), as_of=date(2020, 1, 1))
    row = flow.find_overlaps(told, ASKED).iloc[0]
    found = flow.suggestions(told, ASKED, row, evidence(row, "duplicate_work"))
    assert found["suggestion"].tolist() == ["call", "divide_area", "divide_group", "phases"]


def test_people_that_nobody_counted_stay_unknown() -> None:
    found = only(suggested(*both(population_group="host"), elsewhere("c1", NEXT)), "move")
    assert pd.isna(found["people_in_need"]) and found["pcode"] == NEXT
    assert "not known" in words(found.to_frame().T)[0]


def test_at_a_site_the_gap_is_sought_from_its_district() -> None:
    found = suggested(*both(site="Camp B"), elsewhere("c1", NEXT), asked=ASKED.but(area_level="site"))
    assert only(found, "move")["km"] == pytest.approx(_km(MOSUL, NEXT))
    assert "divide_area" not in found["suggestion"].tolist()


# Dividing, and steps


def test_a_district_is_divided_by_its_sub_districts_and_a_governorate_by_its_districts() -> None:
    district = only(suggested(*both()), "divide_area")
    assert district["other"].split(";") == [f"{MOSUL}N0{n}" for n in (1, 2, 3, 4)]
    governorate = only(suggested(*both(), asked=ASKED.but(area_level="1")), "divide_area")
    assert governorate["other"].split(";") == [f"IQG15Q0{n}" for n in range(1, 10)]
    lowest = suggested(*both(pcode=f"{MOSUL}N01"), asked=ASKED.but(area_level="3"))
    assert "divide_area" not in lowest["suggestion"].tolist()


def test_in_a_camp_people_and_steps_are_divided_and_nobody_is_sent_away() -> None:
    found = suggested(*both(population_group="idp_camp"), elsewhere("c1", NEXT))
    assert found["suggestion"].tolist() == ["call", "phases", "divide_group"]
    assert only(found, "call")["other"].endswith(";camp_manager")


def test_at_topic_level_the_reports_say_who_does_which_step() -> None:
    one, two = both()
    asked = ASKED.but(service_level="topic")
    told = (one | {"service": "nutrition_screening"}, two | {"service": "nutrition_treatment"})
    found = only(suggested(*told, asked=asked), "phases")
    assert found["other"] == "nutrition_screening=a;nutrition_treatment=b;nutrition_feeding"
    assert "Malnutrition screening: Palm Grove Society" in words(found.to_frame().T)[0]
    same = only(suggested(*both(service="nutrition_screening"), asked=asked), "phases")
    assert same["other"] == "nutrition_screening;nutrition_treatment;nutrition_feeding"


def test_what_is_long_over_asks_for_a_call_only() -> None:
    late = elsewhere("c1", NEXT) | {"end": pd.Timestamp("2022-06-30")}
    assert suggested(*both(), late)["suggestion"].tolist() == ["call"]
    recent = elsewhere("c1", NEXT) | {"end": pd.Timestamp("2022-02-28")}
    assert len(suggested(*both(), recent)) > 1


# What is never said


def test_nothing_is_suggested_at_sector_level() -> None:
    asked = Query(service_level="sector")
    told = both(service="health")
    assert suggested(*told, asked=asked, cause="duplicate_work").empty
    rows = flow.find_overlaps(data(*told), asked)
    own = flow.find_evidence(data(*told), asked, rows)
    found = flow.suggestions(data(*told), asked, rows.iloc[0], own)
    assert found.empty and list(found.columns) == schemas.columns(schemas.SUGGESTIONS)


def test_without_a_known_cause_nothing_is_suggested() -> None:
    assert suggested(*both(), cause="").empty


@pytest.mark.parametrize(
    "told",
    [{"service": "srh_clinical_rape"}, {"service": "mhpss_counselling", "characteristic": "gbv_survivors"}],
    ids=["service", "characteristic"],
)
@pytest.mark.parametrize("pages", [True, False])
def test_sensitive_work_is_told_no_finer_than_the_governorate(told: dict[str, Any], pages: bool) -> None:
    asked = ASKED.but(area_level="1" if pages else "2")
    found = suggested(*both(**told), elsewhere("c1", BASRA), asked=asked, pages=pages)
    assert set(found["pcode"].str.len()) == {5}
    assert only(found, "move")["pcode"] == BASRA[:5]
    assert "divide_area" not in found["suggestion"].tolist()
    assert not any(code in "".join(found["other"]) for code in (MOSUL, BASRA))


def test_a_sensitive_member_hides_the_district_of_its_topic() -> None:
    one, two = both(service="srh_family_planning")
    found = suggested(one, two | {"service": "srh_clinical_rape"}, asked=ASKED.but(service_level="topic"))
    assert set(found["pcode"]) == {"IQG15"}


def test_joint_work_asks_for_nothing() -> None:
    told = data(*both(), elsewhere("c1", NEXT))
    rows = flow.find_overlaps(told, ASKED)
    tied = evidence(rows.iloc[0], "duplicate_work", kind="joint")
    assert flow.suggestions(told, ASKED, rows.iloc[0], tied).empty


def test_three_organisations_get_a_list_for_each_two() -> None:
    third = both()[0] | {"activity_id": "c1", "organisation": "c"}
    found = suggested(*both(), third)
    assert [tuple(pair) for pair in found[["org_a", "org_b"]].drop_duplicates().to_numpy()] == [
        ("a", "b"), ("a", "c"), ("b", "c")
    ]  # fmt: skip
    assert found[found["rank"] == 1]["suggestion"].tolist() == ["call"] * 3


# In words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_suggestion_has_kind_words_that_name_what_they_speak_of(lang: str) -> None:
    found = suggested(*both(), elsewhere("c1", NEXT))
    call, move, area, group, phases = words(found, lang)
    assert all(name in call for name in (*list(ORGANISATIONS.values())[:2], area_name("IQG15", lang)))
    people = number(int(_displaced(NEXT)), lang)
    assert all(part in move for part in (area_name(NEXT, lang), people, f"{_km(MOSUL, NEXT):.0f}"))
    assert all(area_name(f"{MOSUL}N0{n}", lang) in area for n in (1, 2, 3, 4))
    tree = pd.read_csv(DATA / "taxonomies" / "population_groups.csv").set_index("code")[f"label_{lang}"]
    assert all(tree[code] in group for code in ("idp_camp", "idp_out_of_camp"))
    assert "{" not in call + move + area + group + phases


@pytest.mark.parametrize("lang", LANGUAGES)
def test_which_of_the_two_moves_or_begins_is_never_said(lang: str) -> None:
    found = suggested(*both(), elsewhere("c1", NEXT))
    chosen = found[found["suggestion"].isin(["move", "phases"])]
    assert len(chosen) == 2
    assert not any(name in told for told in words(chosen, lang) for name in ORGANISATIONS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cause", ["double_report", "shared_load"])
def test_the_other_causes_have_words_too(lang: str, cause: str) -> None:
    first = words(suggested(*both(), cause=cause), lang)[0]
    assert "suggestion." not in first and "{" not in first and ORGANISATIONS["b"] in first


def test_one_organisation_under_two_names_is_sent_to_the_review_page() -> None:
    found = suggested(*both(), cause="double_report")
    named = found.assign(other=found["other"].mask(found["suggestion"] == "report_once", "name"))
    assert "Review" in words(named)[0] and "Review" not in words(found)[0]


def test_names_are_made_ready_for_where_they_are_written() -> None:
    row = suggested(*both()).iloc[0]
    told = flow.suggestion_words(row, "en", ORGANISATIONS, lambda name: f"<{name}>")[1]
    assert "<Palm Grove Society>" in told and "<Ninewa>" in told
