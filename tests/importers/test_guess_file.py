"""A proposal as a file: it says why, it comes back in, and a broken one is refused with a way out."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from csomap.errors import BadInput
from csomap.importers import guess_file, profile
from csomap.importers.guess import guess

ROWS = [
    ["Partner: name", "Activity", "no", "Month"],
    ["Palm Grove Society", "Immunisation", "x", "2021-01"],
]


def _written(path: Path) -> str:
    return guess_file.written(guess(path), "a: title", lambda column: f"{column.confidence}", "unused")


def test_a_proposal_comes_back_as_it_was(table: Callable[..., Path], tmp_path: Path) -> None:
    path, out = table(*ROWS), tmp_path / "mapping.yml"
    out.write_text(_written(path), "utf-8")
    content = guess_file.read(out)
    assert content["title"] == "a: title"
    assert profile.parse("x", content).columns == guess(path).profile().columns


def test_each_column_stands_in_the_file_with_its_confidence(table: Callable[..., Path]) -> None:
    text = _written(table(*ROWS))
    assert "  # 90\n  organisation: {headers: ['Partner: name']}" in text
    assert "#   'no': 0" in text
    assert set(yaml.safe_load(text)["columns"]) == {"organisation", "service", "start"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "columns:",
        "columns: {organisation: Partner}",
        "columns: {organisation: {headers: []}}",
        "columns: {organisation: {headers: [no]}}",
        "columns: {organisation: [unclosed",
        "!!python/object/apply:os.system ['true']",
        "a list of nothing",
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "mapping.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput) as fault:
        guess_file.read(file)
    assert fault.value.key == "mapping_unreadable"


def test_a_field_that_does_not_exist_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yml"
    file.write_text("columns: {partner: {headers: [Partner]}}", "utf-8")
    with pytest.raises(BadInput) as fault:
        guess_file.read(file)
    assert fault.value.key == "mapping_field"
    assert "partner" in str(fault.value)


def test_a_mapping_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as fault:
        guess_file.read(tmp_path / "none.yml")
    assert fault.value.key == "mapping_missing"
