"""Where one more provider relieves most: the figures by hand, and what holds whatever they are."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap.analysis.where_next import reach_of, relieved, where_next
from csomap.tables import schemas

NOBODY = pd.DataFrame({name: pd.Series([], dtype="str") for name in ("pcode", "service", "organisation")})
NO_SEVERITY = pd.DataFrame({"pcode": [], "service": [], "severity": []}).astype(
    {"pcode": "str", "service": "str", "severity": "float64"}
)
Told = tuple[str, float | None, int]


def _coverage(*rows: Told, months: int = 12) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["pcode", "people_in_need", "org_months"])
    blank = schemas.none(schemas.COVERAGE).reindex(range(len(rows)))
    told = {"area_name": "A", "service": "health", "indicator": "population", "status": "thin"}
    counts = {"organisations": 1, "unspecified": 0, "months": months}
    return blank.assign(**told, **counts).assign(
        pcode=table["pcode"],
        people_in_need=table["people_in_need"].astype(float),
        org_months=table["org_months"],
    )


def _next(*rows: Told, **other: object) -> pd.DataFrame:
    return where_next(relieved(_coverage(*rows)), NOBODY, NO_SEVERITY, lambda _: (), **other)  # type: ignore[arg-type]


def test_the_figures_are_those_worked_out_by_hand() -> None:
    found = _next(("IQG01", 600_000, 24), ("IQG02", 300_000, 0), ("IQG03", 1_200_000, 12)).set_index("pcode")
    # Two present: 600,000 / 3 = 200,000 share one, with one more 600,000 / 4 = 150,000.
    assert list(found.loc["IQG01", ["providers", "people_now", "people_after", "relief"]]) == [
        2, 200_000, 150_000, 50_000,
    ]  # fmt: skip
    assert list(found.loc["IQG02", ["people_now", "people_after", "relief"]]) == [300_000, 150_000, 150_000]
    # One present: 600,000 share one, with one more 400,000.
    assert list(found.loc["IQG03", ["people_now", "people_after", "relief"]]) == [600_000, 400_000, 200_000]
    assert list(found.index) == ["IQG03", "IQG02", "IQG01"] and list(found["rank"]) == [1, 2, 3]


def test_an_area_without_a_figure_or_without_people_is_not_ranked() -> None:
    assert list(_next(("IQG01", None, 0), ("IQG02", 0, 0), ("IQG03", 10, 0))["pcode"]) == ["IQG03"]


def test_of_two_that_relieve_the_same_the_nearer_one_comes_first() -> None:
    reach = {"IQG01": "far", "IQG02": "beside", "IQG03": "same_governorate"}
    equal: list[Told] = [(code, 100, 0) for code in reach]
    assert list(_next(*equal, reach=reach)["pcode"]) == ["IQG03", "IQG02", "IQG01"]
    assert list(_next(*equal)["pcode"]) == list(reach)


def test_severity_is_shown_where_it_is_known_and_never_moves_the_order() -> None:
    severity = pd.DataFrame({"pcode": ["IQG02"], "service": ["health"], "severity": [5.0]})
    rows: list[Told] = [("IQG01", 200, 0), ("IQG02", 100, 0)]
    found = where_next(relieved(_coverage(*rows)), NOBODY, severity, lambda _: ())
    assert list(found["pcode"]) == ["IQG01", "IQG02"]
    assert found["severity"].isna().tolist() == [True, False] and found["severity"].iloc[1] == 5


def test_those_who_give_the_service_next_door_are_named_once() -> None:
    there = pd.DataFrame(
        [
            ("IQG02", "health", "b"),
            ("IQG03", "health", "a"),
            ("IQG03", "health", "b"),
            ("IQG03", "wash", "z"),
        ],
        columns=["pcode", "service", "organisation"],
    )
    beside = {"IQG01": ("IQG02", "IQG03")}
    found = where_next(
        relieved(_coverage(("IQG01", 100, 0))), there, NO_SEVERITY, lambda code: beside.get(code, ())
    )
    assert list(found["beside"]) == ["a;b"]


@pytest.mark.parametrize(
    ("worked", "reach"),
    [
        (["IQG01Q02"], "same_governorate"),
        (["IQG01"], "same_governorate"),
        (["IQG02Q01N01"], "beside"),
        (["IQG02Q02"], "far"),
        (["IQG02"], "far"),
        ([], "far"),
    ],
)
def test_reach_says_how_far_an_organisation_would_have_to_go(worked: list[str], reach: str) -> None:
    beside = {"IQG01Q01": ("IQG01Q02", "IQG02Q01")}
    assert reach_of(["IQG01Q01"], worked, lambda code: beside.get(code, ())) == {"IQG01Q01": reach}


_AREAS = st.lists(
    st.tuples(st.integers(1, 10_000_000), st.integers(0, 240)), min_size=2, max_size=8, unique=True
)


@given(_AREAS)
def test_relief_is_always_a_gain_and_more_providers_always_less_of_it(areas: list[tuple[int, int]]) -> None:
    found = _next(*((f"IQG{n:02}", float(need), there) for n, (need, there) in enumerate(areas, 1)))
    assert (found["relief"] > 0).all() and (found["people_after"] < found["people_now"]).all()
    assert found["relief"].is_monotonic_decreasing
    crowded = _next(*((f"IQG{n:02}", float(need), there + 12) for n, (need, there) in enumerate(areas, 1)))
    both = found.set_index("pcode")["relief"], crowded.set_index("pcode")["relief"]
    assert (both[1] < both[0].reindex(both[1].index)).all()
