"""One of two imports at once: `at_once.py ROWS HOME NAME OTHER` waits for the other and imports slowly.

The database is that of CSOMAP_DATABASE_URL.
"""

import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

from csomap.settings import Settings
from csomap.store import Import, Store, files

given, home, name, other = sys.argv[1:]
keep = files.keep


def slowly(*args: Any) -> Path:
    """Hold the catalogue long enough for the other to meet it locked."""
    time.sleep(0.5)
    return keep(*args)


def wait() -> None:
    folder = Path(home).parent
    (folder / f"ready-{name}").touch()
    end = time.monotonic() + 30
    while not (folder / f"ready-{other}").exists() and time.monotonic() < end:
        time.sleep(0.01)


files.keep = slowly
rows = pd.read_parquet(given)
wait()
import_id = sys.argv[3].split("-")[0]
store = Store(Settings.from_environment(Path(home)))
print(store.add(rows, Import(import_id, name, "5w_plain", "", 3, 3, 0, 0, 0)))
