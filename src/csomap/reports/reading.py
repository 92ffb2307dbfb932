"""What a report reads: the data and the question, each answer worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from csomap import flow, geo
from csomap.analysis.questions import finest
from csomap.flow.names import organisations_in
from csomap.i18n import t
from csomap.reports import areas
from csomap.tables.query import AreaLevel, Query
from csomap.tables.taxonomy import load

_EVERY_PLACE = ("1", "2", "3")


@dataclass(frozen=True)
class Reading:
    """The data as everybody may see it, a query with its window, and the language of who reads.

    opened: the query at the levels at which overlaps and gaps are compared.
    """

    data: flow.Data
    query: Query
    opened: Query
    lang: str
    boundaries: geo.Boundaries = field(default_factory=geo.Boundaries)

    def t(self, key: str, **values: object) -> str:
        """Return the words of `key` in the reader's language."""
        return t(key, self.lang, **values)

    @cached_property
    def organisations(self) -> Mapping[str, str]:
        """The name of every organisation by its id."""
        return organisations_in(self.data.organisations, self.lang)

    @cached_property
    def present(self) -> pd.DataFrame:
        """The ACTIVITIES that are active with the filters."""
        return flow.find_active(self.data, self.query)

    @cached_property
    def by_sector(self) -> bool:
        """Whether only the sector of the work is known, so that nobody knows that it is the same."""
        return self.opened.service_level == "sector"

    @cached_property
    def standings(self) -> pd.DataFrame:
        """STANDINGS of the overlaps: what people said of each two organisations."""
        return flow.standings(self.data, self.opened, self._found)

    @cached_property
    def evidence(self) -> flow.Evidence | None:
        """The evidence of the overlaps; None where there is nothing to compare."""
        if self.by_sector or self._found.empty:
            return None
        return flow.find_evidence(self.data, self.opened, self._found)

    @cached_property
    def overlaps(self) -> pd.DataFrame:
        """OVERLAPS, strongest first, with what people said of them: the record that the page shows."""
        return flow.ranked(self.marked, self.standings, self.evidence)

    @cached_property
    def marked(self) -> pd.DataFrame:
        """OVERLAPS, most organisations first, with what people said of them."""
        return flow.marked(self._found, self.standings, self.opened)

    @cached_property
    def covered(self) -> pd.DataFrame:
        """COVERAGE by governorate or finer, as the page of gaps opens."""
        return self.coverage(self.gaps_asked)

    def coverage(self, query: Query) -> pd.DataFrame:
        """Return COVERAGE of another query, of the sectors that the data speaks of."""
        return flow.only_named(self.data, query, flow.find_coverage(self.data, query, self.lang))

    def regions(self, query: Query) -> pd.DataFrame:
        """Return COVERAGE of another query by region."""
        return flow.find_regions(self.data, query, self.lang)

    @cached_property
    def gaps_asked(self) -> Query:
        """The question of the page of gaps."""
        return finest(self.opened.but(area_level="1"))

    @cached_property
    def service(self) -> str:
        """The service, topic or sector that is told of in sentences."""
        return self.query.finest_service or areas.FALLBACK

    @property
    def map_level(self) -> AreaLevel:
        """The level of the areas on the map."""
        return areas.offered_levels(self.query)[-1 if self.query.place else 0]

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The areas of the map as `reports.areas` tells of them."""
        asked = areas.asked_service(self.query).but(area_level=self.map_level)
        covered = flow.find_coverage(self.data, asked, self.lang)
        if self.query.finest_service:
            return covered
        return areas.all_sectors(self.present, self.map_level, covered)

    @cached_property
    def ending_asked(self) -> Query:
        """The question of the page of transitions, for which a period is no filter."""
        level = self.opened.area_level if self.opened.area_level in _EVERY_PLACE else "2"
        return finest(self.opened.but(area_level=level, start=None, end=None, min_days=1))

    @cached_property
    def coming_gaps(self) -> pd.DataFrame:
        """COMING_GAPS beside the figures of people, most people first."""
        found = flow.find_coming_gaps(self.data, self.ending_asked)
        return flow.with_need(self.data, self.ending_asked, found)

    @cached_property
    def of_service(self) -> Query:
        """The question for `service` alone."""
        code, nothing = self.service, dict.fromkeys(("sector", "topic", "service"), "")
        return self.query.but(**{**nothing, load("services").level(code): code})

    @cached_property
    def _found(self) -> pd.DataFrame:
        return flow.find_overlaps(self.data, self.opened)
