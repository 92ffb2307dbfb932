"""Where things are, and the thresholds that experts may change."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
GEO = ROOT / "geo"


@dataclass(frozen=True)
class Settings:
    """The place where one installation keeps its imports, catalogue and boundaries."""

    home: Path

    @classmethod
    def from_environment(cls, home: Path | None = None) -> "Settings":
        """Return the settings of this process: `home`, else CSOMAP_HOME, else .csomap/ here."""
        return cls(Path(home or os.environ.get("CSOMAP_HOME") or ".csomap").resolve())

    @property
    def imports(self) -> Path:
        return self.home / "imports"

    @property
    def boundaries(self) -> Path:
        return self.home / "boundaries"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.home / 'catalogue.db'}"


@cache
def rules() -> dict[str, Any]:
    """Return data/rules.yml: thresholds and limits, each with its reason beside it."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "rules.yml").read_text(encoding="utf-8"))
    return loaded
