"""What people say of overlaps: kept for each two organisations, never lost, and all that changes counts."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput, Outdated
from csomap.flow.judging import Judgement, keep
from csomap.flow.renamed import Names
from csomap.flow.verdicts import judged
from csomap.resolve.organisations import provisional_id
from csomap.settings import Settings
from csomap.store import Decisions, Store
from csomap.tables.query import Query
from tests.flow.forms import act, data

pytestmark = pytest.mark.turns(2)

FINE = {"service": "mhpss_counselling", "pcode": "IQG01Q01", "site": "clinic"}


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(tmp_path / "home", database_url)


THREE = data(act("a1", "01-01", "03-31"), act("b1", "01-01", "03-31"), act("c1", "03-01", "03-05"))


class Group:
    """People who look at the same data and judge it."""

    def __init__(self, settings: Settings, data: flow.Data, query: Query = Query()) -> None:  # noqa: B008
        self.settings, self._data, self.query = settings, data, query
        self._rows: pd.DataFrame | None = None

    @property
    def data(self) -> flow.Data:
        return flow.with_verdicts(self._data, self.settings)

    @property
    def rows(self) -> pd.DataFrame:
        """What people see; the overlaps themselves do not change while the group judges them."""
        if self._rows is None:
            self._rows = flow.find_overlaps(self._data, self.query)
        return flow.judged(self.data, self.query, self._rows)

    @property
    def asked(self) -> pd.DataFrame:
        if self._rows is None:
            self._rows = flow.find_overlaps(self._data, self.query)
        return flow.standings(self.data, self.query, self._rows)

    def at(self, **other: str) -> "Group":
        return Group(self.settings, self._data, self.query.but(**other))

    def say(self, verdict: str, pair: str = "", **other: str) -> int:
        asked = self.asked
        kept = asked[(asked["org_a"] + asked["org_b"]) == pair] if pair else asked
        return flow.set_verdict(self.settings, kept, self.rows, verdict, **other)

    @property
    def told(self) -> dict[str, str]:
        asked = self.asked
        return dict(zip(asked["org_a"] + asked["org_b"], asked["verdict"], strict=True))

    @property
    def counted(self) -> list[bool]:
        return list(flow.counted(self.rows, self.asked))

    @property
    def history(self) -> list[str]:
        return list(flow.verdict_history(self.data, self.settings, self.rows.iloc[0])["verdict"])


@pytest.fixture
def group(settings: Settings) -> Group:
    return Group(settings, THREE)


def test_until_somebody_says_something_every_pair_is_undecided_and_nothing_is_made(group: Group) -> None:
    asked = group.asked
    assert group.told == {"ab": "undecided", "ac": "undecided", "bc": "undecided"}
    assert (asked["verdict_id"] == 0).all() and asked["at"].isna().all() and not asked["is_new"].any()
    assert list(group.rows["verdict"]) == ["undecided"] and group.counted == [True]
    assert group.history == [] and not group.settings.home.exists()


def test_a_verdict_on_a_row_sets_all_its_pairs_at_once_and_is_undone_at_once(group: Group) -> None:
    made = group.say("shared_load", note="they split it", who="Nada")
    asked = group.asked
    assert set(group.told.values()) == {"shared_load"} and list(group.rows["verdict"]) == ["shared_load"]
    assert set(asked["note"]) == {"they split it"} and set(asked["who"]) == {"Nada"}
    assert not asked["inherited"].any() and asked["at"].notna().all() and asked["verdict_id"].is_unique
    assert set(asked["pcode"]) == {"IQG01Q01"} and set(asked["service"]) == {"mhpss"}
    flow.undo_decision(group.settings, made)
    assert set(group.told.values()) == {"undecided"} and len(group.history) == 3
    flow.restore_decision(group.settings, made)
    assert set(group.told.values()) == {"shared_load"}


@pytest.mark.parametrize(
    ("verdict", "counts"),
    [
        ("undecided", True),
        ("duplicate_work", True),
        ("shared_load", False),
        ("same_project", False),
        ("data_error", False),
    ],
)
def test_a_row_counts_while_one_of_its_pairs_is_open_or_duplicate_work(
    group: Group, verdict: str, counts: bool
) -> None:
    for pair in ("ac", "bc"):
        group.say("shared_load", pair)
    assert list(group.rows["verdict"]) == ["mixed"] and group.counted == [True]
    group.say(verdict, "ab")
    assert list(group.rows["verdict"]) == ["shared_load" if verdict == "shared_load" else "mixed"]
    assert group.counted == [counts]


def test_only_pairs_with_enough_days_together_ask(settings: Settings) -> None:
    few = Group(settings, THREE, Query(min_days=10))
    assert few.told == {"ab": "undecided"}
    few.say("same_project")
    assert list(few.rows["verdict"]) == ["same_project"] and few.counted == [False]
    assert list(Group(settings, THREE).rows["verdict"]) == ["mixed"]


def test_a_row_of_which_no_pair_asks_waits_for_nobody_and_counts(settings: Settings) -> None:
    relay = data(act("a1", "01-01", "01-31"), act("b1", "01-01", "01-06"), act("c1", "01-07", "01-12"))
    found = Group(settings, relay, Query(min_days=10))
    assert len(found.rows) == 1 and found.asked.empty
    assert list(found.rows["verdict"]) == ["undecided"] and found.counted == [True]


def test_pairs_that_only_share_a_project_or_a_chain_do_not_ask(settings: Settings) -> None:
    tied = data(
        act("a1", "01-01", "03-31", project_id="p"),
        act("b1", "01-01", "03-31", project_id="p"),
        act("c1", "01-01", "03-31", funder="a"),
    )
    found = Group(settings, tied)
    assert list(found.rows["org_count"]) == [3] and list(found.told) == ["bc"]
    found.say("data_error")
    assert list(found.rows["verdict"]) == ["data_error"] and found.counted == [False]


def test_a_change_of_mind_stays_in_the_history_and_undoing_it_brings_back_what_was(group: Group) -> None:
    group.say("shared_load", "ab", who="Nada")
    second = group.say("duplicate_work", "ab", note="they did not", who="Omar")
    assert group.told["ab"] == "duplicate_work" and group.history == ["duplicate_work", "shared_load"]
    flow.undo_decision(group.settings, second, who="Nada")
    assert group.told["ab"] == "shared_load"
    told = flow.verdict_history(group.data, group.settings, group.rows.iloc[0])
    assert list(told["verdict"]) == ["duplicate_work", "shared_load"]
    assert list(told["undone_at"].notna()) == [True, False] and list(told["undone_by"]) == ["Nada", ""]
    assert list(told["cell"]) == ["mhpss|idp||IQG01Q01"] * 2 and list(told["who"]) == ["Omar", "Nada"]


def test_the_history_of_a_row_tells_of_its_own_organisations_alone(settings: Settings) -> None:
    days = {"a": ("01-01", "04-30"), "b": ("01-01", "01-31"), "c": ("04-01", "04-30")}
    two_runs = Group(settings, data(*(act(f"{name}1", *span) for name, span in days.items())))
    two_runs.say("shared_load", "ab")
    two_runs.say("data_error", "ac")
    told = [flow.verdict_history(two_runs.data, settings, row) for _, row in two_runs.rows.iterrows()]
    assert {(one["org_b"].item(), one["verdict"].item()) for one in told} == {
        ("b", "shared_load"),
        ("c", "data_error"),
    }


def test_undecided_is_a_verdict_too_and_opens_what_was_settled(group: Group) -> None:
    group.say("same_project")
    group.say("undecided", note="we are asking them")
    assert group.counted == [True] and set(group.told.values()) == {"undecided"}
    assert (group.asked["verdict_id"] > 0).all() and set(group.asked["note"]) == {"we are asking them"}


def test_a_verdict_is_inherited_by_finer_levels_and_never_by_coarser_ones(settings: Settings) -> None:
    fine = data(act("a1", "01-01", "03-31", **FINE), act("b1", "01-01", "03-31", **FINE))
    coarse = Group(settings, fine)
    coarse.say("shared_load", who="Nada")
    finer = coarse.at(service_level="service", area_level="site")
    told = finer.asked.iloc[0]
    assert (told["verdict"], told["inherited"], told["pcode"], told["service"]) == (
        *("shared_load", True, "IQG01Q01", "mhpss"),
    )
    assert list(finer.rows["verdict"]) == ["shared_load"] and finer.counted == [False]
    finer.say("duplicate_work")
    assert finer.asked["inherited"].tolist() == [False] and finer.told == {"ab": "duplicate_work"}
    assert coarse.told == {"ab": "shared_load"}
    assert finer.at(area_level="2").told == {"ab": "shared_load"}
    finer.say("undecided")
    assert finer.told == {"ab": "undecided"} and finer.counted == [True]


def test_at_the_level_of_the_sector_nothing_is_asked_and_nothing_can_be_said(group: Group) -> None:
    group.say("shared_load")
    sector = group.at(service_level="sector")
    assert len(sector.rows) == 1 and list(sector.rows["verdict"]) == ["undecided"]
    assert sector.asked.empty and sector.counted == [True]
    asked = group.asked.assign(overlap_id=sector.rows["overlap_id"].iloc[0])
    with pytest.raises(BadInput) as error:
        flow.set_verdict(group.settings, asked, sector.rows, "shared_load")
    assert error.value.key == "verdict_sector" and len(group.history) == 3


@pytest.mark.parametrize(
    ("verdict", "nobody", "key"),
    [
        ("mixed", False, "verdict_unknown"),
        ("goat", False, "verdict_unknown"),
        ("same_project", True, "verdict_nothing"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    group: Group, verdict: str, nobody: bool, key: str
) -> None:
    asked = group.asked.iloc[:0] if nobody else group.asked
    with pytest.raises(BadInput) as error:
        flow.set_verdict(group.settings, asked, group.rows, verdict)
    assert error.value.key == key and group.history == []


def test_one_pair_is_judged_in_many_cells_and_runs_in_one_batch(settings: Settings) -> None:
    spread = data(
        *(act(f"{name}{n}", "01-01", "01-31", pcode=place) for n, place in enumerate(("IQG01Q01", "IQG15Q05"))
          for name in "abc"),
        *(act(f"{name}9", "03-01", "03-31") for name in "ab"),
    )  # fmt: skip
    group = Group(settings, spread)
    assert len(group.rows) == 3
    made = group.say("shared_load", "ab")
    held = Decisions(settings).holding("verdict")
    assert {one.context for one in held} == {"mhpss|idp||IQG01Q01", "mhpss|idp||IQG15Q05"} and len(held) == 2
    assert {tuple(one.answer["seen"]) for one in held} == {("a", "b", "c")}
    assert (group.asked["verdict"] == "shared_load").sum() == 3
    flow.undo_decision(settings, made)
    assert (group.asked["verdict"] == "undecided").all()


def test_the_second_to_save_is_told_of_the_first_and_nothing_is_lost(group: Group) -> None:
    mine, rows = group.asked, group.rows
    group.say("shared_load", "ab", who="Nada", note="they split it")
    with pytest.raises(Outdated) as error:
        flow.set_verdict(group.settings, mine, rows, "data_error", who="Omar")
    (other,) = error.value.held
    assert (other.who, other.answer["verdict"], other.note) == ("Nada", "shared_load", "they split it")
    assert group.history == ["shared_load"]
    flow.set_verdict(group.settings, group.asked, rows, "data_error", who="Omar")
    assert group.history == ["data_error"] * 3 + ["shared_load"]


def test_of_many_who_save_at_once_one_is_first_and_all_others_are_told(group: Group) -> None:
    asked, rows = group.asked, group.rows

    def save(number: int) -> bool:
        try:
            flow.set_verdict(group.settings, asked, rows, "shared_load", who=f"person {number}")
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(save, range(6)))
    assert sum(done) == 1
    assert set(group.asked["who"]) == {f"person {done.index(True)}"} and len(group.history) == 3


def test_somebody_who_saw_a_verdict_that_was_taken_back_is_told(group: Group) -> None:
    made = group.say("shared_load", "ab", who="Nada")
    mine = group.asked
    flow.undo_decision(group.settings, made, who="Nada")
    with pytest.raises(Outdated) as error:
        flow.set_verdict(group.settings, mine[mine["verdict_id"] > 0], group.rows, "data_error")
    assert error.value.undone and group.told["ab"] == "undecided"


def test_a_wider_verdict_that_came_since_makes_a_finer_look_outdated(settings: Settings) -> None:
    fine = data(act("a1", "01-01", "03-31", **FINE), act("b1", "01-01", "03-31", **FINE))
    group = Group(settings, fine)
    finer = group.at(service_level="service")
    mine, rows = finer.asked, finer.rows
    group.say("shared_load", who="Nada")
    with pytest.raises(Outdated):
        flow.set_verdict(settings, mine, rows, "data_error")
    seen = finer.asked
    group.say("same_project", who="Omar")
    with pytest.raises(Outdated):
        flow.set_verdict(settings, seen, rows, "data_error")
    flow.set_verdict(settings, finer.asked, rows, "data_error")
    coarse = group.asked
    assert (finer.told, group.told) == ({"ab": "data_error"}, {"ab": "same_project"})
    finer.say("undecided")
    flow.set_verdict(settings, coarse, group.rows, "duplicate_work")
    assert group.told == {"ab": "duplicate_work"}


def test_a_verdict_that_is_coarser_than_the_one_that_was_seen_disturbs_nobody(settings: Settings) -> None:
    fine = data(act("a1", "01-01", "03-31", **FINE), act("b1", "01-01", "03-31", **FINE))
    finer = Group(settings, fine, Query(service_level="service"))
    finer.say("shared_load")
    seen = finer.asked
    finer.at(service_level="topic").say("same_project")
    flow.set_verdict(settings, seen, finer.rows, "data_error")
    assert finer.told == {"ab": "data_error"}


def test_after_a_reset_an_old_page_is_told_that_nothing_is_there_any_more(group: Group) -> None:
    group.say("shared_load")
    seen, rows = group.asked, group.rows
    Store(group.settings).clear()
    with pytest.raises(Outdated):
        flow.set_verdict(group.settings, seen, rows, "data_error")


def test_a_filter_shows_the_verdicts_of_what_it_keeps(group: Group) -> None:
    group.say("shared_load")
    assert list(group.at(place="IQG01").rows["verdict"]) == ["shared_load"]
    assert group.at(place="IQG15").rows.empty


def test_the_table_of_analyse_tells_verdicts_too(group: Group) -> None:
    group.say("same_project")
    assert list(flow.analyse(group.data, "overlaps", Query())["verdict"]) == ["same_project"]


def test_decisions_tell_verdicts_in_three_languages(group: Group) -> None:
    made = group.say("shared_load", "ab")
    group.say("data_error", "ac")
    flow.undo_decision(group.settings, made)
    for lang, words in (("en", "shared on purpose"), ("ar", "مقسَّم عن قصد"), ("ckb", "بە ئەنقەست")):
        told = flow.decisions(group.settings, lang)
        assert list(told["status"]) == ["holds", "holds", "undone"]
        assert words in told["told"].iloc[-1] and "decision." not in "".join(told["told"])


def test_one_who_was_in_no_registry_and_no_file_for_a_while_is_found_by_name(settings: Settings) -> None:
    found = data(act("a1", "01-01", "03-31"))
    told = pd.DataFrame(
        {"org_id": ["own-1"], "name_en": ["Palm Grove Society"], "aliases": ["Reed Boat; PGS"]}
    )
    for name in ("name_ar", "name_ckb", "acronym"):
        told[name] = ""
    vars(found)["organisations"] = told
    names = Names(found)
    assert names.now(provisional_id("palm grove  SOCIETY")) == "own-1"
    assert names.now(provisional_id("Reed Boat")) == "own-1"
    assert names.now(provisional_id("Nobody")) == provisional_id("Nobody")
    assert (names.now("own-1"), names.now("own-2"), names.now("who")) == ("own-1", "own-2", "who")
    merged = replace(found, merged={"own-1": "who"})
    vars(merged)["organisations"] = told
    assert Names(merged).now(provisional_id("Reed Boat")) == "who"


def test_thousands_of_verdicts_and_rows_are_put_together_quickly(settings: Settings) -> None:
    places = [f"IQG{g:02}Q{q:02}" for g in range(1, 19) for q in range(1, 30)]
    many = data(
        *(act(f"{name}_{place}", "01-01", "03-31", pcode=place) for place in places for name in "abcd")
    )
    group = Group(settings, many)
    rows, asked = group.rows, group.asked
    assert len(rows) == len(places) and len(asked) == 6 * len(places)
    flow.set_verdict(settings, asked, rows, "shared_load")
    began = time.process_time()
    found = group.data
    read = time.process_time() - began
    began = time.process_time()
    told = judged(found, Query(), rows)
    assert set(told["verdict"]) == {"shared_load"}
    assert read < 1 and time.process_time() - began < 2


def test_where_nobody_judged_the_rows_are_handed_on_as_they_are(settings: Settings) -> None:
    rows = flow.find_overlaps(THREE, Query())
    assert judged(THREE, Query(), rows) is rows


def test_judgements_of_one_pair_in_one_cell_are_one_decision(settings: Settings) -> None:
    here = ("mhpss", "idp", "", "IQG01Q01")
    said = [
        Judgement(("a", "b"), here, "shared_load", frozenset(row), days, 0)
        for row, days in (("abc", 9), ("abd", 3))
    ]
    keep(settings, said, note="  why  ")
    (held,) = Decisions(settings).holding("verdict")
    answer = {"verdict": "shared_load", "seen": ["a", "b", "c", "d"], "days": 9}
    assert (held.answer, held.note) == (answer, "why")
