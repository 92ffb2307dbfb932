"""The registry names each organisation once, and no spelling means two of them."""

import re
from collections import defaultdict

import pandas as pd
import pytest

from csomap.resolve.normalise import normalise
from csomap.settings import DATA

ORGANISATION_COLUMNS = ["org_id", "name_en", "name_ar", "name_ckb", "acronym", "type", "status", "source"]
ALIAS_COLUMNS = ["org_id", "name", "lang", "kind", "source"]
TYPES = {"cso", "ingo", "un", "government", "academic", "donor", "private", "other"}
KINDS = {"name", "acronym", "former", "misspelling"}
LANGUAGES = {"en", "ar", "ckb", "fr", "de", "it", "es", "da", "no", "pl", "cs"}
ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff]")
CONTACT = re.compile(r"@|https?:|www\.|\d{5,}")


@pytest.fixture(scope="module")
def organisations() -> pd.DataFrame:
    return pd.read_csv(DATA / "registry/organisations.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def aliases() -> pd.DataFrame:
    return pd.read_csv(DATA / "registry/organisation_aliases.csv", dtype=str, keep_default_na=False)


def test_the_columns_are_those_of_the_contract(organisations: pd.DataFrame, aliases: pd.DataFrame) -> None:
    assert list(organisations) == ORGANISATION_COLUMNS
    assert list(aliases) == ALIAS_COLUMNS


def test_org_ids_are_unique_and_readable(organisations: pd.DataFrame) -> None:
    assert organisations["org_id"].is_unique
    assert organisations["org_id"].str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*").all()


def test_an_org_id_never_looks_provisional(organisations: pd.DataFrame) -> None:
    assert not organisations["org_id"].str.match(r"new-").any()


def test_types_and_kinds_are_known(organisations: pd.DataFrame, aliases: pd.DataFrame) -> None:
    assert set(organisations["type"]) <= TYPES
    assert set(organisations["status"]) == {"registered"}
    assert set(aliases["kind"]) <= KINDS and set(aliases["lang"]) <= LANGUAGES


def test_every_organisation_has_a_name_and_a_source(organisations: pd.DataFrame) -> None:
    assert (organisations[["name_en", "source"]] != "").all().all()


def test_names_are_in_the_script_of_their_language(
    organisations: pd.DataFrame, aliases: pd.DataFrame
) -> None:
    eastern = pd.concat([organisations["name_ar"], organisations["name_ckb"]])
    assert eastern[eastern != ""].str.contains(ARABIC_SCRIPT).all()
    assert not organisations["name_en"].str.contains(ARABIC_SCRIPT).any()
    assert (aliases["name"].str.contains(ARABIC_SCRIPT) == aliases["lang"].isin(["ar", "ckb"])).all()


def test_aliases_belong_to_registered_organisations(
    organisations: pd.DataFrame, aliases: pd.DataFrame
) -> None:
    assert set(aliases["org_id"]) <= set(organisations["org_id"])
    assert not aliases.duplicated(["org_id", "name"]).any()


def test_no_spelling_means_two_organisations(organisations: pd.DataFrame, aliases: pd.DataFrame) -> None:
    owners = defaultdict(set)
    columns = ["org_id", "name_en", "name_ar", "name_ckb", "acronym"]
    for column in columns:
        for org_id, text in zip(organisations["org_id"], organisations[column], strict=True):
            owners[normalise(text)].add(org_id)
    for org_id, text in zip(aliases["org_id"], aliases["name"], strict=True):
        owners[normalise(text)].add(org_id)
    assert {text: ids for text, ids in owners.items() if text and len(ids) > 1} == {}


def test_no_contact_of_a_person_is_kept(organisations: pd.DataFrame, aliases: pd.DataFrame) -> None:
    for table in (organisations, aliases):
        for column in table:
            assert not table[column].str.contains(CONTACT).any(), column


def test_texts_are_trimmed(organisations: pd.DataFrame, aliases: pd.DataFrame) -> None:
    for table in (organisations, aliases):
        for column in table:
            assert (table[column] == table[column].str.split().str.join(" ")).all(), column


def test_the_types_that_the_source_had_wrong_stay_mended(organisations: pd.DataFrame) -> None:
    types = organisations.set_index("org_id")["type"]
    assert (types["dary"], types["arche-nova"], types["doh-erbil"]) == ("cso", "ingo", "government")


def test_the_partners_of_the_iraq_3w_are_all_there(organisations: pd.DataFrame) -> None:
    assert organisations["source"].str.startswith("OCHA Iraq 3W 2021-2022").sum() == 141


def test_each_governorate_has_a_directorate_of_health(organisations: pd.DataFrame) -> None:
    directorates = organisations["org_id"][organisations["org_id"].str.startswith("doh-")]
    assert len(directorates) == 19 and directorates.str.startswith("doh-baghdad-").sum() == 2


def test_words_are_in_the_script_of_their_language_and_mean_one_kind_of_thing() -> None:
    words = pd.read_csv(DATA / "registry/words.csv", dtype=str, keep_default_na=False)
    assert set(words["kind"]) == {"word", "form", "general", "filler", "branch", "country"}
    assert set(words["lang"]) <= {"en", "ar", "ckb", "fr", "es", "de", "it"}
    assert (words["word"].str.contains(ARABIC_SCRIPT) == words["lang"].isin(["ar", "ckb"])).all()
    assert not words.duplicated().any()


def test_a_counted_word_is_in_some_but_not_in_all_names() -> None:
    counts = pd.read_csv(DATA / "registry/word_counts.csv", keep_default_na=False).set_index("word")["names"]
    assert counts.index.is_unique and (counts.drop("") < counts[""]).all() and (counts >= 5).all()
