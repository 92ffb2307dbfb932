"""The directory counts what is in the filters, and says who gives the same beside whom."""

import pandas as pd

from csomap.analysis import work_of
from tests.flow.forms import act, data

NOBODY = pd.DataFrame(columns=["overlap_id", "org_a", "org_b"])


def _directory(*activities: dict[str, object], undecided: pd.DataFrame = NOBODY) -> pd.DataFrame:
    return work_of.directory_of(data(*activities).activities, undecided).set_index("org_id")


def test_services_and_governorates_are_told_once_and_in_order() -> None:
    found = _directory(
        act("1", "01-01", "01-31", organisation="well", service="mhpss", pcode="IQG15Q05"),
        act("2", "01-01", "01-31", organisation="well", service="immunisation", pcode="IQG01"),
        act("3", "01-01", "01-31", organisation="well", service="mhpss", pcode="IQG15Q01"),
        act("4", "01-01", "01-31", organisation="boat", service="", pcode=""),
    )
    assert found.loc["well", ["services", "governorates", "activities"]].tolist() == [
        "immunisation;mhpss",
        "IQG01;IQG15",
        3,
    ]
    assert found.loc["boat", ["services", "governorates"]].tolist() == ["", ""], "nothing is made up"


def test_a_month_counts_once_and_only_where_both_days_are_known() -> None:
    found = _directory(
        act("1", "01-20", "03-02", organisation="well"),
        act("2", "03-01", "04-30", organisation="well"),
        act("3", "09-01", "", organisation="well"),
        act("4", "", "", organisation="boat"),
    )
    assert found["months"].to_dict() == {"boat": 0, "well": 4}
    assert str(found.loc["well", "start"])[:10] == "2021-01-20"
    assert pd.isna(found.loc["boat", "start"])


def test_an_overlap_waits_once_for_each_organisation_in_it() -> None:
    waiting = pd.DataFrame(
        [("o1", "boat", "well"), ("o1", "palm", "well"), ("o2", "boat", "well")], columns=list(NOBODY)
    )
    found = _directory(
        *(act(name, "01-01", "01-31", organisation=name) for name in ("well", "boat", "palm", "reed")),
        undecided=waiting,
    )
    assert found["overlaps_undecided"].to_dict() == {"boat": 2, "palm": 1, "reed": 0, "well": 2}


def test_nobody_active_is_an_empty_directory() -> None:
    assert work_of.directory_of(data().activities, NOBODY).empty


def _beside(placed: list[tuple[str, str, str]], org_id: str) -> list[tuple[str, ...]]:
    rows = pd.DataFrame(placed, columns=["organisation", "service", "governorate"])
    borders = {"north": ("middle",), "middle": ("north", "south"), "south": ("middle",)}
    return list(work_of.same_service(rows, org_id, borders.__getitem__).itertuples(index=False, name=None))


def test_who_gives_the_same_in_the_same_place_comes_before_who_gives_it_next_to_it() -> None:
    found = _beside(
        [
            ("well", "care", "north"),
            ("well", "births", "north"),
            ("next", "care", "middle"),
            ("here", "care", "north"),
            ("far", "care", "south"),
            ("other", "teeth", "north"),
            ("both", "care", "north"),
            ("both", "births", "middle"),
        ],
        "well",
    )
    assert found == [
        ("both", "births;care", "north", "middle"),
        ("here", "care", "north", ""),
        ("next", "care", "", "middle"),
    ]


def test_an_organisation_without_a_place_has_nobody_beside_it() -> None:
    assert _beside([("next", "care", "north")], "well") == []


def test_a_place_of_its_own_is_never_also_next_to_it() -> None:
    found = _beside(
        [("well", "care", "north"), ("well", "care", "middle"), ("here", "care", "middle")], "well"
    )
    assert found == [("here", "care", "middle", "")]
