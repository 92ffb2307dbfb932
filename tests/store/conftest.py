"""Raw rows and entries for the catalogue, small enough to count."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from csomap import importers
from csomap.settings import Settings
from csomap.store import Import, Store
from tests.flow.forms import row, write

ENTRY = Import("new", "new.csv", "5w_plain", "", 3, 3, 0, 0, 0)


def entry(import_id: str) -> Import:
    return replace(ENTRY, import_id=import_id, name=f"{import_id}.csv")


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    months = [row(start=month, end=month) for month in ("2021-01", "2021-02", "2021-03")]
    return importers.read(write(tmp_path_factory.mktemp("rows") / "three.csv", *months)).rows


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(tmp_path / "home", database_url)


@pytest.fixture
def store(settings: Settings) -> Store:
    return Store(settings)
