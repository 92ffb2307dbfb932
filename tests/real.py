"""The real file of the OCHA Iraq 3W of 2021: brought in once for all tests of a process that only read it."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.settings import ROOT, Settings

REAL = ROOT.parent / "shared/data/3w/irq_3w_jan_dec_2021_longtable_20220120.xlsx"


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the real file; who changes it takes one of their own."""
    if not REAL.exists():
        pytest.skip("the published file is not here")
    home = tmp_path_factory.mktemp("real")
    flow.ingest(REAL, Settings(home))
    return home


@pytest.fixture(scope="session")
def real_data(real_home: Path) -> flow.Data:
    return flow.load(Settings(real_home))
