"""The labelled names of benchmarks/organisations hold the goals: who is found, and who is refused."""

import hashlib

import pandas as pd
import pytest

from csomap.resolve.normalise import normalise
from csomap.resolve.reference import organisation_resolver, registry
from csomap.settings import ROOT

LABELLED = ROOT / "benchmarks/organisations/labelled.csv"
HELD_OUT = ROOT / "benchmarks/results/organisations.csv"


@pytest.fixture(scope="module")
def labelled() -> pd.DataFrame:
    return pd.read_csv(LABELLED, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def answered(labelled: pd.DataFrame) -> pd.DataFrame:
    resolver = organisation_resolver()
    asked = zip(labelled["name"], labelled["acronym"], strict=True)
    found = [resolver.resolve(name, acronym) for name, acronym in asked]
    return labelled.assign(
        taken=[one.id for one in found], offered=[[code for code, _ in one.candidates] for one in found]
    )


def test_the_labels_are_of_the_registry_and_many(labelled: pd.DataFrame) -> None:
    assert set(labelled["org_id"]) - {""} <= set(registry()["org_id"])
    assert (labelled["org_id"] != "").sum() >= 500 and (labelled["org_id"] == "").sum() >= 150
    assert not labelled.duplicated(["name", "acronym"]).any()


def test_no_label_is_learnt_by_heart(labelled: pd.DataFrame) -> None:
    aliases = pd.read_csv(ROOT / "data/registry/organisation_aliases.csv", dtype=str, keep_default_na=False)
    known = {normalise(name) for name in aliases["name"]}
    alone = labelled[(labelled["acronym"] == "") & (labelled["org_id"] != "")]
    assert not known & set(alone["name"].map(normalise))


def test_hardly_anybody_is_mistaken(answered: pd.DataFrame) -> None:
    taken = answered[answered["taken"] != ""]
    wrong = taken[taken["taken"] != taken["org_id"]]
    assert 1 - len(wrong) / len(taken) >= 0.99, wrong.to_string()


def test_most_are_found_and_most_others_offered(answered: pd.DataFrame) -> None:
    registered = answered[answered["org_id"] != ""]
    assert (registered["taken"] == registered["org_id"]).mean() >= 0.85
    waiting = registered[registered["taken"] == ""]
    there = [org_id in three for org_id, three in zip(waiting["org_id"], waiting["offered"], strict=True)]
    assert sum(there) / len(there) >= 0.85


def test_the_published_figures_are_of_these_labels(labelled: pd.DataFrame) -> None:
    keys = labelled["org_id"].where(labelled["org_id"] != "", labelled["name"].map(normalise))
    held_out = labelled[keys.map(lambda key: hashlib.sha256(key.encode()).digest()[0] % 2 == 1)]
    ours = pd.read_csv(HELD_OUT).set_index("contender").loc["csomap"]
    assert ours["registered"] == (held_out["org_id"] != "").sum()
    assert ours["precision"] >= 0.99 and ours["recall"] >= 0.85
