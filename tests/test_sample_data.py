"""The fictional sample says what its truth says, in three scripts, and cannot be taken for real."""

import datetime as dt
import re
import subprocess
import sys
from calendar import monthrange
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from csomap.resolve import reference
from csomap.resolve.normalise import normalise
from csomap.settings import DATA, GEO
from csomap.tables import taxonomy
from tests.oracle import overlaps as naive_overlaps
from tests.oracle import pairs as naive_pairs
from tests.oracle import runs as naive_runs
from tests.oracle.asked import is_active
from tests.oracle.trees import Trees

SAMPLE = DATA / "sample"
WRITTEN = ("sample_5w.csv", "organisations.csv", "organisation_aliases.csv", "truth.csv")
COLUMNS = (
    "activity_id project_id organisation programme_organisation funder organisation_type service function "
    "population_group characteristic pcode site latitude longitude start end status targeted reached "
    "value_usd"
)
NAMES = ["name_en", "name_ar", "name_ckb", "acronym"]
BODIES = ("organisation", "programme_organisation", "funder")
TERMS = {
    "service": "services",
    "function": "functions",
    "population_group": "population_groups",
    "characteristic": "characteristics",
    "status": "statuses",
    "organisation_type": "organisation_types",
}
NOT_CONFIRMED = {
    "service": "different",
    "service_coarser": "nested",
    "population": "different",
    "population_nested": "nested",
    "population_unknown": "unknown",
    "characteristic": "different",
    "characteristic_one_stated": "nested",
    "area": "different",
    "area_coarser": "nested",
    "time": "different",
    "end_missing": "unknown",
    "function": "different",
}
WITHOUT_RELATION = {"same_organisation", "joint", "chain", "status"}
RELATION_OF = {"end_missing": "time"}
SORANI_LETTER = re.compile("[ڕێۆەڵ]")
ARABIC_LETTER = re.compile("[ةيىأإ]")
CONTACT = re.compile(r"@|https?:|www\.|\+964|\b\d{7,}\b")


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLE / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return _read("sample_5w.csv")


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return _read("truth.csv")


@pytest.fixture(scope="module")
def spellings() -> dict[str, set[str]]:
    """Every way of writing an organisation of the sample, with the organisations that it may mean."""
    found = defaultdict(set)
    names = _read("organisations.csv").melt("org_id", NAMES, value_name="name")
    for row in pd.concat([names, _read("organisation_aliases.csv")]).itertuples():
        found[normalise(row.name)].add(row.org_id)
    return {name: ids for name, ids in found.items() if name}


@pytest.fixture(scope="module")
def coded(sample: pd.DataFrame) -> pd.DataFrame:
    """The rows with codes in place of texts; "?" where nothing was found."""
    known = reference.resolvers(sample=True)
    resolvers = {"pcode": known.places} | dict.fromkeys(BODIES, known.organisations)
    resolvers |= {column: known.terms[name] for column, name in TERMS.items()}
    return sample.assign(**{name: _codes(sample[name], resolver) for name, resolver in resolvers.items()})


def _codes(cells: pd.Series, resolver: Any) -> pd.Series:
    return cells.map({cell: _each(cell, resolver) for cell in cells.unique()})


def _each(cell: str, resolver: Any) -> str:
    answers = [resolver.resolve(text) for text in cell.split(";") if text]
    return ";".join(sorted(one.id or ("" if one.method == "vague" else "?") for one in answers))


@pytest.fixture(scope="module")
def activities(coded: pd.DataFrame) -> list[dict[str, Any]]:
    return naive_runs.activities([_report(row, nth) for nth, row in enumerate(coded.to_dict("records"), 2)])


def _report(row: dict[str, str], nth: int) -> dict[str, Any]:
    numbers = {name: float(row[name]) if row[name] else None for name in ("targeted", "reached", "value_usd")}
    is_month = len(row["end"]) == 7 and row["start"] == row["end"]
    days = {"start": _day(row["start"], last=False), "end": _day(row["end"], last=True)}
    stated = {"end_is_stated": bool(row["end"]) and not is_month}
    return {**row, **numbers, **days, **stated, "source_id": "s", "source_row": nth, "review": ""}


def _day(text: str, *, last: bool) -> dt.date | None:
    if len(text) != 7:
        return dt.date.fromisoformat(text) if text else None
    year, month = int(text[:4]), int(text[5:])
    return dt.date(year, month, monthrange(year, month)[1] if last else 1)


@pytest.fixture(scope="module")
def params() -> naive_pairs.Params:
    trees = {}
    for name in ("services", "population_groups", "functions"):
        tree = taxonomy.load(name)
        trees[name] = {code: tree.parent(code) for code in tree.codes}
    services = taxonomy.load("services")
    levels = {code: services.level(code) for code in services.codes}
    known = Trees(trees["services"], levels, trees["population_groups"], trees["functions"])
    return naive_pairs.Params(known)


def test_the_file_is_the_canonical_one_and_excel_reads_its_letters(sample: pd.DataFrame) -> None:
    assert list(sample) == COLUMNS.split()
    assert 1400 <= len(sample) <= 1600
    assert (SAMPLE / "sample_5w.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLE / "make_sample.py", tmp_path], check=True)
    for name in WRITTEN:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), f"run make_sample.py: {name}"


def test_enough_is_planted_in_every_dimension(truth: pd.DataFrame) -> None:
    assert (truth["kind"] == "overlap").sum() >= 70
    near = truth.loc[truth["kind"] == "near_miss", "dimension"].value_counts()
    assert set(near.index) == set(NOT_CONFIRMED) | WITHOUT_RELATION
    assert near.sum() >= 70 and near.min() >= 4
    assert truth["truth_id"].is_unique


def test_the_truth_names_only_what_exists(truth: pd.DataFrame) -> None:
    services, places = taxonomy.load("services"), pd.read_csv(GEO / "places.csv", dtype=str)
    assert all(services.level(code) == "topic" for code in truth["service"])
    assert {services.parent(code) for code in truth["service"]} == {"health"}
    assert set(truth["pcode"]) <= set(places.loc[places["level"] == "2", "pcode"])
    assert set(truth["population_group"]) <= set(taxonomy.load("population_groups").codes)
    assert set(truth["characteristic"]) - {""} <= set(taxonomy.load("characteristics").codes)
    named = {org_id for cell in truth["organisations"] for org_id in cell.split(";")}
    assert named <= set(_read("organisations.csv")["org_id"])


def test_every_case_has_its_own_topic_district_and_group(truth: pd.DataFrame) -> None:
    cells = truth[truth["dimension"] != "two_runs"]
    assert not cells.duplicated(["service", "pcode", "population_group"]).any()


def test_no_fictional_name_is_a_real_one(spellings: dict[str, set[str]]) -> None:
    registry, aliases = reference.registry(), reference.registry_aliases()
    named = pd.concat([aliases["name"], *(registry[column] for column in NAMES)])
    real = set(named.map(normalise))
    assert not real & set(spellings)
    assert not set(registry["org_id"]) & set(_read("organisations.csv")["org_id"])


def test_every_name_in_the_registry_says_that_it_is_fictional() -> None:
    organisations = _read("organisations.csv")
    for column, word in {"name_en": "(fictional)", "name_ar": "(خيالية)", "name_ckb": "(خەیاڵی)"}.items():
        names = organisations.loc[organisations[column] != "", column]
        assert len(names) > 20 and names.str.endswith(word).all()
    assert organisations["org_id"].str.startswith("x-").all()
    assert organisations["acronym"].str.startswith("X-").all()
    assert set(organisations["type"]) == {"cso", "ingo", "un", "government", "donor"}


def test_no_spelling_means_two_organisations_and_all_are_used(
    sample: pd.DataFrame, spellings: dict[str, set[str]]
) -> None:
    assert {name: ids for name, ids in spellings.items() if len(ids) > 1} == {}
    written = {normalise(name) for column in BODIES for cell in sample[column] for name in cell.split(";")}
    assert written - {""} == set(spellings)


def test_many_organisations_are_written_in_two_ways_or_more(
    sample: pd.DataFrame, coded: pd.DataFrame
) -> None:
    ways = sample.groupby(coded["organisation"])["organisation"].nunique()
    assert (ways >= 2).sum() >= 40


@pytest.mark.parametrize("column", ["organisation", "service", "population_group", "pcode"])
def test_three_scripts_are_in_use(sample: pd.DataFrame, column: str) -> None:
    texts = sample[column]
    assert texts.str.contains("[A-Za-z]").mean() > 0.5
    assert texts.str.contains(SORANI_LETTER).sum() > 15
    assert (texts.str.contains(ARABIC_LETTER) & ~texts.str.contains(SORANI_LETTER)).sum() > 30


def test_every_text_is_understood(sample: pd.DataFrame, coded: pd.DataFrame) -> None:
    for column in (*BODIES, *TERMS, "pcode"):
        lost = coded[column].str.contains("?", regex=False)
        assert set(sample.loc[lost, column]) == set(), column


def test_places_are_written_as_codes_and_as_names(sample: pd.DataFrame) -> None:
    assert 0.3 < sample["pcode"].str.startswith("IQG").mean() < 0.8


def test_a_report_is_told_in_every_way(sample: pd.DataFrame, activities: list[dict[str, Any]]) -> None:
    by_month = (sample["start"].str.len() == 7) & (sample["start"] == sample["end"])
    assert by_month.sum() > 400
    assert (sample["end"].str.len() == 10).sum() > 100 and (sample["end"] == "").sum() > 20
    assert (sample["end"] >= "2026").sum() > 40 and sample["end"].max() <= "2026-06-30"
    assert sample["start"].min() >= "2025" and sample["start"].max() < "2026"
    assert sample.duplicated().sum() == 35
    owned = pd.Series([a["own_id"] for a in activities if a["own_id"]]).value_counts()
    assert (owned > 1).sum() > 10


def test_the_overlaps_are_exactly_the_planted_ones(
    activities: list[dict[str, Any]], truth: pd.DataFrame, params: naive_pairs.Params
) -> None:
    active = [{**a, "activity_id": f"{nth:04d}"} for nth, a in enumerate(activities)]
    columns = ["service", "population_group", "characteristic", "pcode", "start", "end", "org_ids"]
    found = {tuple(str(row[name]) for name in columns) for row in naive_overlaps.overlaps(active, params)}
    planted = truth[truth["kind"] == "overlap"].rename(columns={"organisations": "org_ids"})
    assert found == set(planted[columns].itertuples(index=False, name=None))


def test_each_near_miss_is_off_in_exactly_one_dimension(
    activities: list[dict[str, Any]], truth: pd.DataFrame, params: naive_pairs.Params
) -> None:
    for line in truth[truth["kind"] == "near_miss"].itertuples():
        one, two = ([a for a in activities if a["own_id"] == name] for name in line.activity_ids.split(";"))
        assert one and two
        for a, b in product(one, two):
            assert _off(a, b, params) == {line.dimension}, line.truth_id


def _off(a: dict[str, Any], b: dict[str, Any], params: naive_pairs.Params) -> set[str]:
    told = naive_pairs.relations(a, b, params)
    found = {
        name
        for name, relation in NOT_CONFIRMED.items()
        if told[RELATION_OF.get(name, re.sub("_.*", "", name))] == relation
    }
    kind = naive_pairs.kind(a, b)
    found |= {kind} - {"overlap"}
    found |= {"same_organisation"} if a["organisation"] == b["organisation"] else set()
    return found | (set() if all(map(is_active, (a, b))) else {"status"})


def test_a_same_organisation_near_miss_is_written_in_two_ways(
    sample: pd.DataFrame, truth: pd.DataFrame
) -> None:
    for line in truth[truth["dimension"] == "same_organisation"].itertuples():
        rows = sample[sample["activity_id"].isin(line.activity_ids.split(";"))]
        assert rows["organisation"].nunique() >= 2


def test_areas_are_crowded_thin_without_health_and_silent(coded: pd.DataFrame) -> None:
    services = taxonomy.load("services")
    is_health = coded["service"].map(lambda code: "health" in (code, *services.ancestors(code)))
    assert 0.75 < is_health.mean() < 0.85
    governorate = coded["pcode"].str[:5]
    in_health = coded[is_health].groupby(governorate)["organisation"].nunique()
    assert set(governorate) - set(in_health.index) == {"IQG05", "IQG12", "IQG14"}
    assert "IQG03" not in set(governorate) and governorate.nunique() == 17
    assert in_health[["IQG02", "IQG04", "IQG07", "IQG17", "IQG18"]].max() <= 3
    assert in_health[["IQG06", "IQG09", "IQG11", "IQG15"]].min() >= 15


def test_nobody_can_be_reached_through_the_sample() -> None:
    for name in (*WRITTEN, "names.csv", "README.md"):
        assert not CONTACT.search((SAMPLE / name).read_text(encoding="utf-8-sig")), name


def test_the_readme_says_that_all_is_fictional_and_counts_right(
    sample: pd.DataFrame, truth: pd.DataFrame
) -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "fictional" in text.splitlines()[0]
    kinds = truth["kind"].value_counts()
    assert f"{len(sample):,} rows" in text
    assert f"{kinds['overlap']} overlaps" in text and f"{kinds['near_miss']} near misses" in text
    for dimension, count in truth["dimension"].value_counts().items():
        assert f"| {dimension} | {count} |" in text
