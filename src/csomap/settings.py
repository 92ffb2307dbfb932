"""Where things are, and the thresholds that experts may change."""

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
GEO = ROOT / "geo"


_SQLITE = "sqlite:///{}"


@dataclass(frozen=True)
class Settings:
    """The place where one installation keeps its imports, catalogue and boundaries.

    database_url: where the catalogue and the decisions are, postgresql://USER:PASSWORD@HOST/DATABASE; without
    one in a SQLite file in the home. It may hold a password, so it is never shown.
    """

    home: Path
    database_url: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        own = _SQLITE.format(self.home / "catalogue.db")
        object.__setattr__(self, "database_url", self.database_url or own)

    @classmethod
    def from_environment(cls, home: Path | None = None) -> "Settings":
        """Return the settings of this process: `home`, else CSOMAP_HOME, else .csomap/ here; with
        CSOMAP_DATABASE_URL."""
        place = Path(home or os.environ.get("CSOMAP_HOME") or ".csomap").resolve()
        return cls(place, os.environ.get("CSOMAP_DATABASE_URL", "").strip())

    @property
    def imports(self) -> Path:
        """The files of the imports; each database has its own folder, so that none sweeps another's."""
        if self.database_url == _SQLITE.format(self.home / "catalogue.db"):
            return self.home / "imports"
        name = self.database_url.partition("?")[0].rpartition("/")[2]
        return self.home / f"imports-{quote(name, safe='%')}"

    @property
    def boundaries(self) -> Path:
        return self.home / "boundaries"


def engine() -> str:
    """Return which backend runs the analysis: CSOMAP_ENGINE, else duckdb."""
    return os.environ.get("CSOMAP_ENGINE") or "duckdb"


@cache
def rules() -> dict[str, Any]:
    """Return data/rules.yml: thresholds and limits, each with its reason beside it."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "rules.yml").read_text(encoding="utf-8"))
    return loaded
