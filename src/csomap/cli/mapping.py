"""The command line for files of unknown layout: a proposal to correct, and the mapping that comes back."""

from pathlib import Path

import pandas as pd

from csomap.flow import mappings
from csomap.importers.profile import Profile
from csomap.settings import Settings


def proposed(file: Path, out: Path) -> pd.DataFrame:
    """Write what the columns of a file may be as YAML; return column, field, confidence, evidence."""
    proposal = mappings.propose(file)
    out.write_text(mappings.proposal_file(proposal, file.stem), encoding="utf-8")
    return mappings.proposal_table(proposal)


class Given:
    """The mapping that a person gave for files, if any, to read them with and to keep."""

    def __init__(self, mapping: Path | None) -> None:
        self._mapping = mapping

    def profile(self, file: Path) -> Profile | None:
        """Return the layout to read a file with; None where no mapping was given."""
        return mappings.mapping_of(file, self._mapping)[0] if self._mapping else None

    def keep(self, file: Path, settings: Settings) -> bool:
        """Keep the mapping for all files with the headers of this one; tell whether there was one."""
        if self._mapping:
            mappings.keep_mapping(file, mappings.mapping_of(file, self._mapping)[1], settings)
        return self._mapping is not None
