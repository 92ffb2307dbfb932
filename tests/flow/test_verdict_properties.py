"""What holds of verdicts whatever people say, in whatever order, and whatever comes beside it."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csomap import flow
from csomap.matching.standing import CELL, COUNTED, VERDICTS, Verdict
from csomap.settings import Settings
from csomap.store import Decisions
from csomap.tables.query import Query
from tests.flow.forms import act, data

SERVICES = ["mhpss_counselling", "mhpss_group", "mhpss"]
PLACES = ["IQG01Q01", "IQG01Q01N01", "IQG01"]
TRAITS = ["", "children", "children_under_5"]
SITE = "IQG01Q01N01|clinic"


def _world() -> flow.Data:
    """Four organisations beside one another in several cells, finer and coarser ones among them."""
    rows = []
    for n, (service, group, trait) in enumerate(
        (service, group, trait)
        for service in SERVICES[:2]
        for group in ("idp_camp", "host")
        for trait in ("children_under_5", "")
    ):
        fine = {"service": service, "population_group": group, "characteristic": trait, "pcode": PLACES[1]}
        for name, days in {"a": ("01-01", "03-31"), "b": ("01-01", "02-28"), "c": ("02-20", "03-31")}.items():
            rows.append(act(f"{name}{n}", *days, site="clinic", **fine))
        rows.append(act(f"d{n}", "03-01", "03-31", site="school", **fine))
    return data(*rows)


WORLD = _world()
QUERIES = [
    Query(service_level=service, area_level=area, min_days=days)  # type: ignore[arg-type]
    for service, area, days in (("service", "site", 1), ("topic", "2", 1), ("service", "3", 30))
]
ROWS = [flow.find_overlaps(WORLD, query) for query in QUERIES]
ABOVE = {
    "mhpss_counselling": {"mhpss_counselling", "mhpss"},
    "mhpss_group": {"mhpss_group", "mhpss"},
    "mhpss": {"mhpss"},
    "immunisation": {"immunisation"},
    "idp_camp": {"idp_camp", "idp", "all"},
    "idp": {"idp", "all"},
    "all": {"all"},
    "host": {"host", "all"},
    "children_under_5": {"children_under_5", "children", ""},
    "children": {"children", ""},
    "": {""},
    "IQG15": {"IQG15"},
    "IQG01": {"IQG01"},
    "IQG01Q01": {"IQG01Q01", "IQG01"},
    "IQG01Q01N01": {"IQG01Q01N01", "IQG01Q01", "IQG01"},
    SITE: {SITE, "IQG01Q01N01", "IQG01Q01", "IQG01"},
}

cells = st.tuples(
    st.sampled_from([*SERVICES, "immunisation"]),
    st.sampled_from(["idp_camp", "idp", "host", "all"]),
    st.sampled_from(TRAITS),
    st.sampled_from([*PLACES, SITE, "IQG15"]),
)
said = st.tuples(st.sampled_from(list(combinations("abcd", 2))), cells, st.sampled_from(VERDICTS))
levels = st.sampled_from(range(len(QUERIES)))


def verdicts(told: list[tuple[tuple[str, str], tuple[str, ...], str]]) -> tuple[Verdict, ...]:
    return tuple(Verdict(n, *one, frozenset(one[0])) for n, one in enumerate(told, start=1))  # type: ignore[arg-type]


def standings(world: flow.Data, level: int) -> pd.DataFrame:
    return flow.standings(world, QUERIES[level], ROWS[level])


def naive(pair: tuple[str, str], cell: tuple[str, ...], said: tuple[Verdict, ...]) -> tuple[str, int]:
    """Return the verdict and its id as a reader of the definition would find them."""
    best: tuple[tuple[int, int], Verdict] | None = None
    for one in said:
        if one.pair != pair or not all(code in ABOVE[own] for own, code in zip(cell, one.cell, strict=True)):
            continue
        depth = sum(len(ABOVE[code]) for code in one.cell)
        if best is None or (depth, one.id) > best[0]:
            best = (depth, one.id), one
    return (best[1].verdict, best[1].id) if best else ("undecided", 0)


@given(st.lists(said, max_size=25), levels)
def test_each_pair_has_the_verdict_that_the_definition_gives_it_and_each_row_their_common_one(
    told: list, level: int
) -> None:
    world = replace(WORLD, verdicts=verdicts(told))
    rows, found = ROWS[level], standings(world, level)
    here = {row.overlap_id: tuple(getattr(row, name) for name in CELL) for row in rows.itertuples()}
    for one in found.itertuples():
        assert (one.verdict, one.verdict_id) == naive(
            (one.org_a, one.org_b), here[one.overlap_id], world.verdicts
        )
    by_row = {name: set(own) for name, own in found.groupby("overlap_id")["verdict"]}
    shown = flow.judged(world, QUERIES[level], rows).set_index("overlap_id")["verdict"]
    counts = dict(zip(rows["overlap_id"], flow.counted(rows, found), strict=True))
    for name, own in by_row.items():
        assert shown[name] == (next(iter(own)) if len(own) == 1 else "mixed")
        assert counts[name] == bool(own & set(COUNTED))


@given(st.lists(said, max_size=12), said, levels)
def test_a_verdict_on_others_or_elsewhere_changes_nothing(told: list, other: tuple, level: int) -> None:
    before = standings(replace(WORLD, verdicts=verdicts(told)), level)
    pair, (_, *rest), verdict = other
    elsewhere = (pair, ("immunisation", *rest), verdict)
    others = (("a", "x"), other[1], verdict)
    after = standings(replace(WORLD, verdicts=verdicts([*told, elsewhere, others])), level)
    pd.testing.assert_frame_equal(before.drop(columns="is_new"), after.drop(columns="is_new"))


@given(st.lists(said, max_size=12), levels, st.randoms())
def test_what_was_said_of_the_cell_itself_holds_in_whatever_order_others_were_judged(
    told: list, level: int, random: "st.randoms"
) -> None:  # type: ignore[valid-type]
    before = standings(replace(WORLD, verdicts=verdicts(told)), level)
    own = before[(before["verdict_id"] > 0) & ~before["inherited"]]
    by_cell: dict[tuple, list] = {}
    for one in told:
        by_cell.setdefault(one[:2], []).append(one)
    queues = list(by_cell.values())
    order = [n for n, queue in enumerate(queues) for _ in queue]
    random.shuffle(order)  # type: ignore[attr-defined]
    streams: list[Iterator] = [iter(queue) for queue in queues]
    after = standings(replace(WORLD, verdicts=verdicts([next(streams[n]) for n in order])), level)
    kept = ["overlap_id", "org_a", "org_b", "verdict", "inherited"]
    pd.testing.assert_frame_equal(own[kept], after.loc[own.index, kept])


@settings(max_examples=20)
@given(st.lists(said, max_size=12), st.sampled_from(["IQG15Q05", "IQG02Q01"]))
def test_an_import_elsewhere_changes_no_verdict(told: list, place: str) -> None:
    rows = [act(f"{name}_far", "01-01", "03-31", pcode=place) for name in "abd"]
    wider = data(*rows)
    both = replace(WORLD, activities=pd.concat([WORLD.activities, wider.activities], ignore_index=True))
    found = flow.find_overlaps(replace(both, verdicts=verdicts(told)), QUERIES[1])
    asked = flow.standings(replace(both, verdicts=verdicts(told)), QUERIES[1], found)
    here = asked[asked["overlap_id"].isin(ROWS[1]["overlap_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(here, standings(replace(WORLD, verdicts=verdicts(told)), 1))


steps = st.lists(
    st.tuples(
        st.sampled_from(["say", "say", "undo", "restore"]),
        levels,
        st.sampled_from(VERDICTS),
        st.integers(0, 30),
    ),
    min_size=2,
    max_size=5,
)


def _do(settings: Settings, step: tuple[str, int, str, int]) -> None:
    """Let somebody judge the pairs of a row, or take back or restore what somebody judged."""
    what, level, verdict, number = step
    if what == "say":
        asked = standings(flow.with_verdicts(WORLD, settings), level)
        row = ROWS[level].iloc[number % len(ROWS[level])]["overlap_id"]
        own = asked[asked["overlap_id"] == row]
        if len(own):
            flow.set_verdict(settings, own, ROWS[level], verdict, note=str(number))
        return
    history = Decisions(settings).history()
    fits = history["undone_at"].isna() if what == "undo" else history["undone_at"].notna()
    ids = history.loc[fits & (history["kind"] == "verdict"), "id"]
    if len(ids):
        chosen = int(ids.iloc[number % len(ids)])
        (flow.undo_decision if what == "undo" else flow.restore_decision)(settings, chosen)


@settings(max_examples=10)
@given(steps)
def test_the_history_never_shrinks_and_undoing_the_last_word_brings_back_what_was(todo: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Settings(Path(folder) / "home")
        known: list[set[tuple]] = [set() for _ in ROWS]
        for step in todo:
            before = standings(flow.with_verdicts(WORLD, home), 0)
            _do(home, step)
            for level, rows in enumerate(ROWS):
                told = flow.verdict_history(flow.with_verdicts(WORLD, home), home, rows.iloc[0])
                now = set(
                    told[["id", "verdict", "note", "org_a", "org_b", "cell"]].itertuples(
                        index=False, name=None
                    )
                )
                assert known[level] <= now
                known[level] = now
            history = Decisions(home).history()
            if step[0] == "say" and len(history):
                flow.undo_decision(home, int(history["id"].iloc[0]))
                after = standings(flow.with_verdicts(WORLD, home), 0)
                pd.testing.assert_frame_equal(before, after)
                flow.restore_decision(home, int(history["id"].iloc[0]))


def test_the_world_of_these_tests_asks_for_verdicts_at_every_level() -> None:
    asked = [len(standings(WORLD, level)) for level in range(len(QUERIES))]
    assert min(asked) > 10 and len(set(asked)) > 1


@pytest.mark.parametrize("level", range(len(QUERIES)))
def test_a_planted_verdict_is_inherited_somewhere(level: int) -> None:
    world = replace(WORLD, verdicts=verdicts([(("a", "b"), ("mhpss", "all", "", "IQG01"), "shared_load")]))
    found = standings(world, level)
    assert found.loc[found["verdict"] == "shared_load", "inherited"].all()
    assert (found["verdict"] == "shared_load").sum() == (
        (found["org_a"] == "a") & (found["org_b"] == "b")
    ).sum()
