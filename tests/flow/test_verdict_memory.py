"""What a working group decides in one month holds in the next, whatever became of names and files since."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.resolve.organisations import provisional_id
from csomap.settings import Settings
from csomap.store import Store
from tests.flow.judged import PALM, REED, RIVER, asked, bring, now, of, one, say, told, verdicts

NEW_NAME = "Palm Grove Development Trust"
BOTH = (PALM, REED)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


@pytest.fixture
def month_1(settings: Settings, tmp_path: Path) -> str:
    return decided(settings, tmp_path)


def decided(settings: Settings, tmp_path: Path) -> str:
    """January and February: two organisations, and the group says that they divided the work."""
    first = bring(settings, tmp_path, "month_1", told(PALM), told(REED))
    say(settings, "shared_load", note="Palm the north, Reed the south", who="Health working group")
    return first


def march(name: str, **other: object) -> dict[str, object]:
    return told(name, start="2021-03", end="2021-03", **other)


def test_month_1_is_decided_and_month_2_finds_it_in_place_with_one_renamed_and_one_new(
    tmp_path: Path, database_url: str
) -> None:
    settings = Settings(tmp_path / "home", database_url)
    decided(settings, tmp_path)
    bring(settings, tmp_path, "month_2", march(NEW_NAME), march(REED), march(RIVER))
    made = flow.decide(settings, "organisation", NEW_NAME, provisional_id(PALM))
    rows, found = asked(now(settings))
    ids = {name: provisional_id(name) for name in (PALM, REED, RIVER)}
    assert {org for cell in rows["org_ids"] for org in cell.split(";")} == set(ids.values())
    kept = of(found, ids[PALM], ids[REED]).iloc[-1]
    assert (kept["verdict"], kept["note"]) == ("shared_load", "Palm the north, Reed the south")
    assert (kept["who"], kept["inherited"], kept["is_new"]) == ("Health working group", False, False)
    for other in (PALM, REED):
        new = one(of(found, ids[other], ids[RIVER]))
        assert (new.verdict, new.verdict_id, new.is_new) == ("undecided", 0, True)
    last = rows.set_index("start").loc["2021-01-01"]
    assert last["verdict"] == "mixed"
    assert list(flow.counted(rows, found)) == [True]
    flow.undo_decision(settings, made)
    again = verdicts(settings)
    assert (again[BOTH], again[NEW_NAME, REED]) == ("shared_load", "undecided")


def test_a_registered_organisation_that_is_renamed_by_an_alias_keeps_its_verdicts(
    settings: Settings, tmp_path: Path
) -> None:
    bring(settings, tmp_path, "month_1", told("UNICEF"), told(REED))
    say(settings, "same_project")
    bring(settings, tmp_path, "month_2", march("Children's Boat Fund"), march(REED))
    flow.decide(settings, "organisation", "Children's Boat Fund", "unicef")
    assert set(verdicts(settings).values()) == {"same_project"}
    assert len(asked(now(settings))[0]) == 1


def test_next_month_takes_the_place_of_the_file_and_the_verdict_stays(
    settings: Settings, tmp_path: Path, month_1: str
) -> None:
    rows = [told(name, end="2021-03") for name in (PALM, REED, RIVER)]
    second = bring(settings, tmp_path, "month_2", *rows, replaces=month_1)
    assert verdicts(settings)[BOTH] == "shared_load"
    assert asked(now(settings))[1]["is_new"].sum() == 2
    Store(settings).undo(second)
    assert verdicts(settings) == {BOTH: "shared_load"}


def test_an_import_that_is_undone_and_comes_again_finds_its_verdict(
    settings: Settings, tmp_path: Path, month_1: str
) -> None:
    Store(settings).undo(month_1)
    with pytest.raises(BadInput):
        flow.load(settings, sample=False)
    assert bring(settings, tmp_path, "month_1", told(PALM), told(REED)) == month_1
    assert verdicts(settings) == {BOTH: "shared_load"}


def test_a_newcomer_that_is_registered_keeps_its_verdicts_and_undoing_that_does_too(
    settings: Settings, month_1: str
) -> None:
    made = flow.decide(settings, "organisation", PALM, "new")
    ids = set(now(settings).activities["organisation"])
    assert any(org_id.startswith("own-") for org_id in ids)
    assert verdicts(settings) == {BOTH: "shared_load"}
    say(settings, "same_project")
    assert verdicts(settings) == {BOTH: "same_project"}
    flow.undo_decision(settings, made)
    assert provisional_id(PALM) in set(now(settings).activities["organisation"])
    assert verdicts(settings) == {BOTH: "same_project"}


@pytest.mark.parametrize(
    "registered",
    [f"{provisional_id(PALM)},Palm Grove Trust,,,PGT,cso,", ",Palm Grove Society Association,,,,cso,"],
    ids=["by its own id, under another name", "by a name that is like it"],
)
def test_a_newcomer_that_an_edited_registry_names_keeps_its_verdicts(
    settings: Settings, tmp_path: Path, month_1: str, registered: str
) -> None:
    file = tmp_path / "registry.csv"
    file.write_text(f"org_id,name_en,name_ar,name_ckb,acronym,type,aliases\n{registered}\n", "utf-8")
    made = flow.import_registry(file, settings).decision_id
    ((pair, verdict),) = verdicts(settings).items()
    assert verdict == "shared_load" and PALM not in pair
    flow.undo_decision(settings, made)
    assert verdicts(settings) == {BOTH: "shared_load"}


def test_a_merge_is_followed_and_so_is_taking_it_back(
    settings: Settings, tmp_path: Path, month_1: str
) -> None:
    bring(settings, tmp_path, "month_2", march(RIVER), march(REED))
    made = flow.merge(settings, provisional_id(PALM), provisional_id(RIVER))
    assert verdicts(settings) == {(REED, RIVER): "shared_load"}
    flow.undo_decision(settings, made)
    assert verdicts(settings) == {BOTH: "shared_load", (REED, RIVER): "undecided"}


def test_of_two_that_become_one_the_newest_verdict_speaks_and_both_are_there_again_after_it(
    settings: Settings, tmp_path: Path
) -> None:
    bring(settings, tmp_path, "month_1", *map(told, (PALM, REED, RIVER)))
    say(settings, "data_error", provisional_id(RIVER), provisional_id(REED))
    say(settings, "shared_load", provisional_id(PALM), provisional_id(REED))
    made = flow.merge(settings, provisional_id(PALM), provisional_id(RIVER))
    assert verdicts(settings) == {(REED, RIVER): "shared_load"}
    flow.undo_decision(settings, made)
    assert verdicts(settings) == {
        BOTH: "shared_load",
        (REED, RIVER): "data_error",
        (PALM, RIVER): "undecided",
    }


def test_a_verdict_on_two_that_are_one_by_now_sleeps(settings: Settings, month_1: str) -> None:
    made = flow.merge(settings, provisional_id(PALM), provisional_id(REED))
    assert now(settings).verdicts == () and verdicts(settings) == {}
    flow.undo_decision(settings, made)
    assert verdicts(settings) == {BOTH: "shared_load"}


def test_somebody_who_judges_after_a_merge_is_told_of_a_verdict_under_the_old_name(
    settings: Settings, tmp_path: Path, month_1: str
) -> None:
    bring(settings, tmp_path, "month_2", march(RIVER), march(REED))
    flow.merge(settings, provisional_id(PALM), provisional_id(RIVER))
    rows, found = asked(now(settings))
    assert set(found["verdict_id"]) == {1}
    flow.set_verdict(settings, found, rows, "same_project")
    assert verdicts(settings) == {(REED, RIVER): "same_project"}
    assert list(flow.verdict_history(now(settings), settings, rows.iloc[0])["verdict"]) == [
        "same_project",
        "shared_load",
    ]


def test_a_third_that_joins_is_new_until_the_group_has_seen_it(
    settings: Settings, tmp_path: Path, month_1: str
) -> None:
    bring(settings, tmp_path, "month_2", told(RIVER, end="2021-03"))
    palm, reed, river = map(provisional_id, (PALM, REED, RIVER))
    _, found = asked(now(settings))
    assert dict(zip(found["org_a"] + found["org_b"], found["is_new"], strict=True)) == {
        "".join(sorted(pair)): river in pair for pair in ((palm, reed), (palm, river), (reed, river))
    }
    say(settings, "duplicate_work", palm, river)
    assert not asked(now(settings))[1]["is_new"].any()


def test_verdicts_are_no_data_and_nothing_is_loaded_anew_for_them(settings: Settings, month_1: str) -> None:
    state, version = flow.state(settings), flow.load(settings).version
    say(settings, "data_error")
    assert (flow.state(settings), flow.load(settings).version) == (state, version)
    assert flow.load(settings).verdicts == ()
    assert flow.waiting(settings)["kind"].isin(["organisation"]).all()
