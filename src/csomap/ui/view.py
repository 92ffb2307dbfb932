"""What every page gets: who reads, what is asked, and the data."""

from dataclasses import dataclass
from functools import cached_property

from csomap.flow import Data
from csomap.flow.names import organisations_in
from csomap.i18n import direction, t
from csomap.settings import Settings
from csomap.tables.query import Query


@dataclass(frozen=True)
class View:
    """One run of one page.

    data: as pages may show it; query: the filters with their window, levels at the defaults;
    present: meeting mode.
    """

    lang: str
    present: bool
    settings: Settings
    data: Data
    query: Query
    page: str

    @property
    def rtl(self) -> bool:
        return direction(self.lang) == "rtl"

    @cached_property
    def organisations(self) -> dict[str, str]:
        """Return the name of every organisation by its id, in the reader's language, else in English."""
        return organisations_in(self.data.organisations, self.lang)

    def t(self, key: str, **values: object) -> str:
        """Return the words of `key` in the reader's language."""
        return t(key, self.lang, **values)
