"""DuckDB and Spark tell the same rows: sample, drawn worlds, the real file, and values at the edge."""

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pytest
from ibis import _

from csomap import flow
from csomap.analysis.presence import month_of
from csomap.engine import once, run
from csomap.flow import Data, blocks
from csomap.matching import runs
from csomap.matching.levels import area_chain, codes, digest
from csomap.settings import ROOT, Settings
from csomap.tables.query import Query
from tests.engine.both import needs_spark, on, the_same
from tests.matching import naive
from tests.oracle import cases, told
from tests.oracle.pools import REPORT_COLUMNS, Row
from tests.oracle.stacks import Stack

pytestmark = [needs_spark, pytest.mark.turns(3)]
REAL = ROOT.parent / "shared" / "data" / "3w" / "irq_3w_jan_dec_2021_longtable_20220120.xlsx"
SEED = 2021


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return flow.load(Settings(tmp_path_factory.mktemp("sample")))


def _told_again(data: Data) -> pd.DataFrame:
    return data.reports.drop(columns="final_id")


def _evidence(data: Data, query: Query, overlaps: pd.DataFrame) -> pd.DataFrame:
    found = flow.find_evidence(data, query, overlaps)
    return pd.concat([found.pairs, found.reasons], ignore_index=True)


@pytest.mark.parametrize("step", [runs.activities, runs.assigned])
def test_reports_of_the_sample_become_the_same_activities(step: object, sample: Data) -> None:
    assert len(the_same(lambda: run(step, reports=_told_again(sample)))) > 600  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ["overlaps", "pairs", "coverage", "coming-gaps"])
def test_a_table_of_the_sample_is_the_same(table: str, sample: Data) -> None:
    assert len(the_same(lambda: flow.analyse(sample, table, Query()))) > 50


def test_filters_and_months_of_the_sample_are_the_same(sample: Data) -> None:
    asked = Query(sector="health", population="idp", place="IQG15", start=date(2025, 3, 15), min_days=5)
    assert len(the_same(partial(flow.analyse, sample, "overlaps", asked))) > 0


def test_evidence_for_the_sample_is_the_same(sample: Data) -> None:
    overlaps = flow.find_overlaps(sample, Query())
    assert len(the_same(lambda: _evidence(sample, Query(), overlaps))) > 50


def test_pairs_near_each_other_are_the_same(sample: Data) -> None:
    some = sample.activities.head(200)
    nth = pd.Series(range(len(some)), index=some.index)
    placed = some.assign(latitude=33 + nth % 7 * 0.01, longitude=44 + nth % 5 * 0.01)
    data = replace(sample, activities=placed)
    assert len(the_same(lambda: flow.find_near(data, Query(near_km=2.0)))) > 0


def _stack(service_level: str, area_level: int | str) -> Stack:
    return next(cases.stacks(service_level, area_level, 1, SEED))


def _rows(stack: Stack) -> list[Row]:
    return list(chain.from_iterable(stack.apart()))


def test_drawn_worlds_have_the_same_overlaps_and_pairs() -> None:
    stack = _stack("service", "site")
    data, query = naive.data(_rows(stack)), naive.query(stack.params)
    the_same(lambda: flow.find_overlaps(data, query))
    the_same(lambda: flow.find_pairs(data, query))


def test_what_has_no_place_is_counted_the_same_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows(_stack("topic", 2))
    monkeypatch.setattr(blocks, "BLOCK", len(rows) - 1)
    found = the_same(lambda: flow.find_overlaps(naive.data(rows), Query()))
    assert found["possible_count"].sum() > 0


def test_drawn_reports_become_the_same_activities() -> None:
    random = Random(SEED)
    drawn = replace(_stack("topic", 2), worlds=[told.reports(random) for _world in range(25)])
    reports = naive.table(_rows(drawn), REPORT_COLUMNS)
    assert len(the_same(lambda: run(runs.activities, reports=reports))) > 50


def test_drawn_worlds_are_covered_the_same() -> None:
    stack = _stack("topic", 2)
    rows = zip(_rows(stack), chain.from_iterable(stack.worlds), strict=True)
    data = naive.data([row | {"pcode": own["pcode"]} for row, own in rows])  # real places, and crowded
    asked = Query(start=date(2021, 1, 1), end=date(2021, 4, 30), population="idp")
    assert the_same(lambda: flow.find_coverage(data, asked))["status"].nunique() > 2


@pytest.mark.parametrize("table", ["overlaps", "coverage"])
def test_nothing_is_the_same_nothing(table: str) -> None:
    asked = Query(start=date(2021, 1, 1), end=date(2021, 4, 30))
    the_same(lambda: flow.analyse(naive.data([]), table, asked))


@pytest.mark.skipif("not config.getoption('--every')", reason="takes Spark some minutes: pytest --every")
@pytest.mark.skipif(not REAL.exists(), reason="the real file is not in the repository")
def test_the_real_file_is_the_same(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    flow.ingest(REAL, settings)
    data = flow.load(settings)
    asked = Query(service_level="sector", area_level="2")
    assert len(the_same(lambda: run(runs.activities, reports=_told_again(data)))) == len(data.activities)
    assert len(the_same(lambda: flow.find_overlaps(data, asked))) > 100
    assert len(the_same(lambda: flow.find_coverage(data, asked))) > 100


LISTS = pd.ArrowDtype(pa.list_(pa.string()))  # with its type also where there is no row
DAYS = pd.Series(["0001-01-01", "9999-12-31", "2020-02-29", None, "1969-12-31"], dtype="datetime64[us]")
EDGES = pd.DataFrame(
    {
        "day": DAYS,
        "n": pd.array([0, -1, 2**53 + 1, None, 3], dtype="Int64"),
        "share": [0.1, -0.0, 1e300, None, 2.5],
        "name": ["", "منظمة الصحة", "ڕێکخراو;ب", None, "Ünïcode 𝒳;a'b\"c\\d|`e`"],
        "nothing": [None] * 5,
        "empty": pd.Series([None] * 5, dtype="str"),
        "no_number": [float("nan")] * 5,
        "list": pd.Series([["b", "a"], [], [""], ["ع"], ["x", "x"]], dtype=LISTS),
        "is": [True, False, True, False, True],
    }
)


def _values(t: ir.Table) -> ir.Table:
    return t.mutate(
        month=month_of(_.day),
        after=_.day.delta(date(2020, 1, 1), unit="day"),
        told=_.day.cast("string"),
        at=_.day.cast("timestamp").cast("string"),
        parts=codes(_.name),
        above=area_chain(_.name.fill_null("")).sort(),
        key=digest(_.name, _.n.cast("string")),
        long=_.name.length(),
        first=_.name.substr(0, 3),
        part=_.n / 4,
        known=_.empty.fill_null("") + _.name.fill_null("-"),
        half=_.no_number.fill_null(0.5) + _.share,
        least=ibis.least(_.n, 1),
        inside=_.list.contains("a"),
        joined=_.list.sort().join(";").fill_null(""),  # of an empty list Spark says null
        small=ibis.literal(1, "int8"),
    )


def _sums(t: ir.Table) -> ir.Table:
    return t.group_by("is").agg(
        first=_.day.min(),
        all=_.n.sum(),
        none=_.no_number.sum(),
        names=_.name.fill_null("").collect(distinct=True).sort(),
        texts=_.empty.max(),
        count=_.name.count(),
        kinds=_.name.nunique(where=_.n > 0),
        each=(_.n > 0).all(),
        some=(_.n > 2).any(),
    )


def _windows(t: ir.Table) -> ir.Table:
    """Null days and texts stand at the same end, and sums run over whole numbers and empty ones alike."""
    sofar = ibis.window(order_by=[_.day, _.name], preceding=None, following=0)
    kept = once(t.mutate(nth=ibis.row_number().over(order_by=[_.name.desc(), _.day])), "kept")
    shown = kept.mutate(latest=_.day.max().over(sofar), sofar=_.n.sum().over(sofar))
    return shown.join(kept.select("nth", other="name"), "nth")


@pytest.mark.parametrize("rows", [EDGES, EDGES.head(0), EDGES.iloc[[3]]], ids=["all", "none", "missing"])
@pytest.mark.parametrize("ask", [_values, _sums, _windows])
def test_values_at_the_edge_come_back_the_same(ask: object, rows: pd.DataFrame) -> None:
    the_same(lambda: run(ask, t=rows))  # type: ignore[arg-type]


def test_a_row_that_differs_is_seen() -> None:
    calls = iter([EDGES, EDGES.assign(n=EDGES["n"] + 1), EDGES, EDGES.astype({"is": "object"})])
    for _nth in range(2):
        with pytest.raises(AssertionError):
            the_same(lambda: next(calls))


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_both_refuse_a_value_that_does_not_fit(engine: str) -> None:
    goats = pd.DataFrame({"n": ["goats"]})
    with on(engine), pytest.raises(Exception, match="goats"):
        run(lambda t: t.mutate(n=_.n.cast("int64")), t=goats)
