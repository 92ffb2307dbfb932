"""Other ways to find an organisation by its name, each set up as well as it can be."""

import logging
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from rapidfuzz import fuzz, process
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

from csomap.resolve.normalise import normalise

Floats = npt.NDArray[np.float64]
_SHARED = (0.99, 0.75, 0.6, 0.4, 0.2)
_JARO_WINKLER = (0.96, 0.92, 0.88, 0.8)


def token_set(names: pd.DataFrame, registry: pd.DataFrame) -> Floats:
    """Return the likeness, 0 to 1, of each of `names` (rows) to each organisation (columns, sorted org_id):
    rapidfuzz's token_set_ratio of the name or of the acronym to the likest spelling of the registry."""
    known = registry["name"].map(normalise).tolist()
    scores = [
        process.cdist(names[column].map(normalise).tolist(), known, scorer=fuzz.token_set_ratio) / 100
        for column in ("name", "acronym")
    ]
    told = (names["acronym"] != "").to_numpy()[:, None]
    return _by_organisation(np.maximum(scores[0], np.where(told, scores[1], 0.0)), registry["org_id"])


def splink_model(names: pd.DataFrame, registry: pd.DataFrame, tuning: pd.DataFrame) -> Floats:
    """Return the match probability of each of `names` to each organisation, by splink (Fellegi-Sunter).

    link_only; the name as written and the acronym, both normalised, are compared on levels of exact and
    Jaro-Winkler, of the words in order and sorted, and by the share of words in common. u comes from random
    pairs, m from the labels of `tuning`.
    """
    model = _trained(tuning, registry)
    found = _predicted(model, names, registry)
    scores = np.zeros((len(names), len(registry)))
    scores[found["unique_id_l"].to_numpy(), found["unique_id_r"].to_numpy()] = found["match_probability"]
    return _by_organisation(scores, registry["org_id"])


def _trained(tuning: pd.DataFrame, registry: pd.DataFrame) -> dict[str, object]:
    linker = _linker(tuning, registry, _settings())
    linker.training.estimate_probability_two_random_records_match(
        ["l.words = r.words", "l.acronym = r.acronym"], recall=0.3
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_m_from_label_column("org_id")
    return linker.misc.save_model_to_json()


def _predicted(model: dict[str, object], names: pd.DataFrame, registry: pd.DataFrame) -> pd.DataFrame:
    return _linker(names, registry, model).inference.predict().as_pandas_dataframe()


def _settings() -> SettingsCreator:
    likeness = (
        "greatest(jaro_winkler_similarity(words_l, words_r), jaro_winkler_similarity(sorted_l, sorted_r))"
    )
    name = comparisons.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            levels.NullLevel("words"),
            levels.CustomLevel("words_l = words_r or sorted_l = sorted_r", "the same words"),
            *(levels.CustomLevel(f"{likeness} >= {least}", f"from {least}") for least in _JARO_WINKLER),
            levels.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        comparisons=[name, _shared_words(), comparisons.ExactMatch("acronym")],
        blocking_rules_to_generate_predictions=["1 = 1"],
        additional_columns_to_retain=["org_id"],
    )


def _shared_words() -> comparisons.CustomComparison:
    shared = "len(list_intersect(split(words_l, ' '), split(words_r, ' ')))"
    every = "len(list_distinct(split(words_l || ' ' || words_r, ' ')))"
    return comparisons.CustomComparison(
        output_column_name="shared",
        comparison_levels=[
            levels.NullLevel("words"),
            *(levels.CustomLevel(f"{shared} / {every} >= {least}", f"share {least}") for least in _SHARED),
            levels.ElseLevel(),
        ],
    )


def _linker(names: pd.DataFrame, registry: pd.DataFrame, settings: object) -> Linker:
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI()
    tables = [
        database.register(_records(table), dataset_display_name=name)
        for name, table in (("a_names", names), ("b_registry", registry))
    ]
    return Linker(tables, settings, log_level=None, validate_settings=False)


def _records(table: pd.DataFrame) -> pd.DataFrame:
    """Return unique_id, org_id, words, sorted and acronym; what has one word is an acronym too."""
    keys = table["name"].map(normalise)
    called = (
        table["acronym"].map(normalise).where(table["acronym"] != "", keys.where(~keys.str.contains(" ")))
    )
    records = pd.DataFrame({"unique_id": range(len(table)), "words": keys.to_list()})
    return records.assign(
        sorted=[" ".join(sorted(key.split())) for key in keys],
        acronym=called.to_list(),
        org_id=table["org_id"].replace("", None).to_list(),
    )


def _by_organisation(scores: Floats, org_ids: Iterable[str]) -> Floats:
    owners = np.array(list(org_ids))
    return np.stack([scores[:, owners == org_id].max(axis=1) for org_id in sorted(set(owners))], axis=1)
