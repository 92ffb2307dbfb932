"""On the sample every planted overlap is found, no near miss is, and each says what kept it out.

A near miss is off in one dimension. Where the two are `different`, no pair is left to look at; so the test
mends one dimension after the other in the data, and only the named one may make the two a confirmed pair.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pandas as pd
import pytest

from csomap import flow
from csomap.settings import DATA, Settings
from csomap.tables.query import Query

TRUTH = pd.read_csv(DATA / "sample" / "truth.csv", dtype=str, keep_default_na=False)
PLANTED = TRUTH[TRUTH["kind"] == "overlap"]
NEAR = TRUTH[TRUTH["kind"] == "near_miss"]
CELL = ["service", "population_group", "characteristic", "pcode", "start", "end"]
RELATIONS = ["service", "population", "characteristic", "area", "time"]

# What keeps each near miss out, as a pair tells it; None: there is no pair, for something is different.
POSSIBLE = {
    "service_coarser": ("service", "nested"),
    "population_nested": ("population", "nested"),
    "population_unknown": ("population", "unknown"),
    "characteristic_one_stated": ("characteristic", "nested"),
    "area_coarser": ("area", "nested"),
    "end_missing": ("time", "unknown"),
}
DIFFERENT = {"service", "population", "characteristic", "area", "time", "function"}
NO_PAIR = {*DIFFERENT, "same_organisation", "status"}
COORDINATED = {"joint", "chain"}
MENDED_BY = {name: relation for name, (relation, _) in POSSIBLE.items()}

Mend = Callable[[pd.DataFrame, list[str], list[str]], None]


@dataclass(frozen=True)
class Case:
    """One near miss: its line of truth and the activities of its two sides."""

    truth_id: str
    dimension: str
    one: list[str]
    two: list[str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> flow.Data:
    return flow.load(Settings(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def found(data: flow.Data) -> pd.DataFrame:
    return flow.find_overlaps(data, Query())


@pytest.fixture(scope="module")
def pairs(data: flow.Data) -> pd.DataFrame:
    return flow.find_pairs(data, Query())


@pytest.fixture(scope="module")
def cases(data: flow.Data) -> list[Case]:
    return list(_cases(data.activities["activity_id"]))


def _cases(ids: "pd.Series[str]") -> Iterator[Case]:
    for line in NEAR.itertuples():
        named = [list(ids[ids.str.split("#").str[0] == own]) for own in line.activity_ids.split(";")]
        yield Case(line.truth_id, line.dimension, *named)


def test_the_truth_is_rich_enough_to_be_a_test() -> None:
    assert len(PLANTED) >= 60 and len(NEAR) >= 60
    assert set(NEAR["dimension"]) == set(POSSIBLE) | NO_PAIR | COORDINATED


def test_every_planted_overlap_is_found_and_nothing_else(found: pd.DataFrame) -> None:
    told = found.assign(start=found["start"].astype(str), end=found["end"].astype(str))
    planted = PLANTED.rename(columns={"organisations": "org_ids"})
    columns = [*CELL, "org_ids"]
    assert set(told[columns].itertuples(index=False, name=None)) == set(
        planted[columns].itertuples(index=False, name=None)
    )
    assert len(found) == len(PLANTED)


def test_no_activity_of_a_near_miss_meets_its_other_side_in_an_overlap(
    found: pd.DataFrame, cases: list[Case]
) -> None:
    rows = [set(ids.split(";")) for ids in found["activity_ids"]]
    for case in cases:
        assert case.one and case.two, f"{case.truth_id} is not in the data"
        assert not [row for row in rows if row & set(case.one) and row & set(case.two)], case.truth_id


@pytest.mark.parametrize("dimension", sorted(POSSIBLE))
def test_a_near_miss_is_only_possible_for_one_named_reason(
    dimension: str, cases: list[Case], pairs: pd.DataFrame
) -> None:
    relation, value = POSSIBLE[dimension]
    for case in _of(cases, dimension):
        met = _met(pairs, case)
        assert set(met["grade"]) == {"possible"} and set(met["kind"]) == {"overlap"}, case.truth_id
        for name in RELATIONS:
            expected = value if name == relation else "same"
            assert set(met[f"{name}_relation"]) == {expected}, (case.truth_id, name)


@pytest.mark.parametrize("kind", sorted(COORDINATED))
def test_a_near_miss_that_is_coordination_is_a_confirmed_pair_of_its_kind(
    kind: str, cases: list[Case], pairs: pd.DataFrame
) -> None:
    for case in _of(cases, kind):
        met = _met(pairs, case)
        assert set(met["kind"]) == {kind} and set(met["grade"]) == {"confirmed"}, case.truth_id


@pytest.mark.parametrize("dimension", sorted(NO_PAIR))
def test_a_near_miss_that_differs_is_no_pair(dimension: str, cases: list[Case], pairs: pd.DataFrame) -> None:
    for case in _of(cases, dimension):
        assert _met(pairs, case).empty, case.truth_id


@pytest.mark.parametrize("dimension", sorted(set(NEAR["dimension"])))
def test_only_mending_its_own_dimension_lets_a_near_miss_in(
    dimension: str, cases: list[Case], mended: dict[str, pd.DataFrame]
) -> None:
    for case in _of(cases, dimension):
        opened = {name for name, pairs in mended.items() if _is_overlap(_met(pairs, case))}
        assert opened == {MENDED_BY.get(dimension, dimension)}, case.truth_id


@pytest.fixture(scope="module")
def mended(data: flow.Data, cases: list[Case]) -> dict[str, pd.DataFrame]:
    """The pairs of the near misses alone, once for each dimension, mended in that dimension."""
    names = {name for case in cases for name in (*case.one, *case.two)}
    kept = data.activities[data.activities["activity_id"].isin(names)]
    return {name: _pairs_once_mended(data, kept, cases, mend) for name, mend in MENDS.items()}


def _pairs_once_mended(data: flow.Data, kept: pd.DataFrame, cases: list[Case], mend: Mend) -> pd.DataFrame:
    table = kept.set_index("activity_id", drop=False)
    for case in cases:
        mend(table, case.one, case.two)
    return flow.find_pairs(replace(data, activities=table.reset_index(drop=True)), Query())


def _like(*columns: str) -> Mend:
    def mend(table: pd.DataFrame, one: list[str], two: list[str]) -> None:
        for column in columns:
            table.loc[two, column] = table.at[one[0], column]

    return mend


def _both(value: str, *columns: str) -> Mend:
    def mend(table: pd.DataFrame, one: list[str], two: list[str]) -> None:
        table.loc[[*one, *two], list(columns)] = value

    return mend


def _same_days(table: pd.DataFrame, one: list[str], two: list[str]) -> None:
    known = table.loc[[*one, *two]]
    for column in ("start", "end"):
        table.loc[[*one, *two], column] = known[column].dropna().iloc[0]


def _another(table: pd.DataFrame, one: list[str], two: list[str]) -> None:
    if table.at[one[0], "organisation"] == table.at[two[0], "organisation"]:
        table.loc[two, "organisation"] = "x-somebody-else"


MENDS: dict[str, Mend] = {
    "service": _like("service"),
    "population": _like("population_group"),
    "characteristic": _like("characteristic"),
    "area": _like("pcode", "site", "site_key"),
    "time": _same_days,
    "function": _like("function"),
    "status": _both("ongoing", "status"),
    "joint": _both("", "project_id"),
    "chain": _both("", "programme_organisation", "funder"),
    "same_organisation": _another,
}


def _of(cases: list[Case], dimension: str) -> list[Case]:
    chosen = [case for case in cases if case.dimension == dimension]
    assert len(chosen) >= 4
    return chosen


def _met(pairs: pd.DataFrame, case: Case) -> pd.DataFrame:
    one, two = pairs["activity_a"], pairs["activity_b"]
    there = one.isin(case.one) & two.isin(case.two)
    return pairs[there | (one.isin(case.two) & two.isin(case.one))]


def _is_overlap(met: pd.DataFrame) -> bool:
    return bool(((met["kind"] == "overlap") & (met["grade"] == "confirmed")).any())
