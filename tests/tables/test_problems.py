"""Problems in words: where, what, and how to mend it, in three languages."""

import pandas as pd
import pytest

from csomap.i18n import LANGUAGES
from csomap.tables.problems import told

COLUMNS = ["source_row", "column", "value", "code", "hint", "effect"]
PROBLEMS = pd.DataFrame(
    [
        (4, "Service", "goats", "service_unknown", "", "review"),
        (14, "District", "Hamdania", "place_unknown", "IQG15Q03", "review"),
        (9, "Reached", "=A1", "formula", "S9", "rejected"),
    ],
    columns=COLUMNS,
)


def test_the_columns_are_those_of_the_contract() -> None:
    assert list(told(PROBLEMS)) == ["source_row", "column", "value", "reason", "suggestion"]
    assert list(told(PROBLEMS.head(0))) == ["source_row", "column", "value", "reason", "suggestion"]


def test_row_column_and_value_are_those_of_the_file() -> None:
    assert told(PROBLEMS).iloc[1][["source_row", "column", "value"]].tolist() == [14, "District", "Hamdania"]


def test_the_nearest_is_named_once() -> None:
    suggestions = told(PROBLEMS)["suggestion"]
    assert [text.count(hint) for text, hint in zip(suggestions[1:], ["IQG15Q03", "S9"], strict=True)] == [
        1,
        1,
    ]
    assert "Perhaps meant" in suggestions[1]
    assert not any("Perhaps meant" in suggestions[row] for row in (0, 2))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_words_for_each(lang: str) -> None:
    words = told(PROBLEMS, lang)
    assert all(words["reason"]) and all(words["suggestion"])
    assert not words["reason"].str.startswith("problem.").any()
    assert {text.isascii() for text in words["reason"]} == {lang == "en"}
