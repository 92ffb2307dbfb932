"""The labelled spellings of benchmarks/places: what the resolver must reach on them."""

import importlib.util
from types import ModuleType

import pandas as pd
import pytest

from csomap.resolve import reference
from csomap.settings import ROOT, rules

FOLDER = ROOT / "benchmarks/places"


def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("place_spellings", FOLDER / "spellings.py")
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


SPELLINGS = module()


def ours(text: str, level: int | None, within: str) -> str:
    return reference.place_resolver().resolve(text, level=level, within=within or None).id


@pytest.fixture(scope="module")
def told() -> pd.DataFrame:
    return SPELLINGS.answered(SPELLINGS.spellings(), ours)


@pytest.fixture(scope="module")
def reached(told: pd.DataFrame) -> pd.DataFrame:
    return SPELLINGS.figures(told, "csomap").set_index(["half", "script"])


def test_enough_is_labelled_in_three_scripts_and_to_refuse() -> None:
    told = SPELLINGS.spellings()
    assert len(told) >= 400
    assert (told["script"].value_counts() >= 100).all()
    assert (told["pcode"] == "").sum() >= 300
    assert not told.duplicated(["text", "level", "within"]).any()


def test_no_text_is_in_both_halves() -> None:
    halves = SPELLINGS.spellings().groupby("text")["half"].nunique()
    assert (halves == 1).all()


@pytest.mark.parametrize("half", ["tuning", "held out"])
def test_the_goals_are_met(half: str, reached: pd.DataFrame) -> None:
    assert reached.loc[(half, "all"), "precision"] >= 0.99
    assert reached.loc[(half, "all"), "recall"] >= 0.95


@pytest.mark.parametrize("script", ["latin", "arabic", "sorani"])
def test_the_goals_are_met_in_each_script(script: str, reached: pd.DataFrame) -> None:
    assert reached.loc[("all", script), "precision"] >= 0.99
    assert reached.loc[("all", script), "recall"] >= 0.95


def test_a_resolver_that_answers_everything_would_not_meet_them(told: pd.DataFrame) -> None:
    guessing = told.assign(answer=told["answer"].where(told["answer"] != "", "IQG15"))
    figures = SPELLINGS.figures(guessing, "guessing").set_index(["half", "script"])
    assert figures.loc[("all", "all"), "precision"] < 0.99


def test_what_is_published_is_what_the_resolver_does(reached: pd.DataFrame) -> None:
    published = pd.read_csv(ROOT / "benchmarks/results/places.csv")
    ours_then = published[published["matcher"] == "csomap"].set_index(["half", "script"])
    figures = ["places", "to_refuse", "right", "wrong", "precision", "recall"]
    pd.testing.assert_frame_equal(reached[figures], ours_then[figures], check_dtype=False)


def test_the_thresholds_are_those_that_the_sweep_chose() -> None:
    swept = pd.read_csv(ROOT / "benchmarks/results/places_thresholds.csv")
    safe = swept[swept["wrong"] <= swept["wrong"].iloc[-1]]
    best = safe.sort_values(["recall", "accept", "lead"]).iloc[-1]
    assert rules()["resolve"]["places"] == {"accept": best["accept"], "lead": best["lead"]}
