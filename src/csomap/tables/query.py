"""What a person asks for: filters and levels, the same for pages, command line and reports."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from csomap.errors import BadInput
from csomap.settings import rules
from csomap.tables import taxonomy

ServiceLevel = Literal["sector", "topic", "service"]
AreaLevel = Literal["1", "2", "3", "site"]
SERVICE_LEVELS: tuple[ServiceLevel, ...] = ("sector", "topic", "service")
AREA_LEVELS: tuple[AreaLevel, ...] = ("1", "2", "3", "site")
PCODE_LENGTH: dict[AreaLevel, int] = {"1": 5, "2": 8, "3": 11}


@dataclass(frozen=True)
class Query:
    """Filters keep the codes at or below them; `start` and `end` clip periods; days are inclusive.

    `near_km` also compares activities of different places whose coordinates lie so many km apart.
    `as_of` is the day from which what ends next is looked at: the last one of the newest reported month.
    """

    sector: str = ""
    topic: str = ""
    service: str = ""
    population: str = ""
    place: str = ""
    organisation_type: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    service_level: ServiceLevel = "topic"
    area_level: AreaLevel = "2"
    min_days: int = 1
    near_km: float | None = None
    as_of: dt.date | None = None

    def checked(self) -> "Query":
        """Return the query itself, or raise BadInput for the first thing in it that does not exist."""
        for level in SERVICE_LEVELS:
            self._check_service(level)
        self._check_one_line()
        _check_code("population_groups", self.population)
        _check_code("organisation_types", self.organisation_type)
        if self.service_level not in SERVICE_LEVELS:
            raise BadInput("level_unknown", value=self.service_level, known=", ".join(SERVICE_LEVELS))
        if self.area_level not in AREA_LEVELS:
            raise BadInput("level_unknown", value=self.area_level, known=", ".join(AREA_LEVELS))
        if self.start and self.end and self.start > self.end:
            raise BadInput("period_backwards", start=self.start, end=self.end)
        if self.min_days < 1:
            raise BadInput("min_days", value=str(self.min_days))
        self._check_near()
        return self

    @property
    def finest_service(self) -> str:
        """The finest of sector, topic and service that is set, or ""."""
        return self.service or self.topic or self.sector

    def services(self) -> tuple[str, ...] | None:
        """Return the codes that the filter keeps, or None if it keeps all."""
        code = self.finest_service
        return tuple(taxonomy.load("services").descendants(code)) if code else None

    def but(self, **changes: object) -> "Query":
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def _check_one_line(self) -> None:
        line = [code for code in (self.sector, self.topic, self.service) if code]
        for above, code in pairwise(line):
            if above not in taxonomy.load("services").ancestors(code):
                raise BadInput("services_differ", code=code, above=above)

    def _check_near(self) -> None:
        most = rules()["near"]["most_km"]
        if self.near_km is not None and not 0 < self.near_km <= most:
            raise BadInput("near_km", value=str(self.near_km), most=most)

    def _check_service(self, level: ServiceLevel) -> None:
        code = getattr(self, level)
        if not code:
            return
        _check_code("services", code)
        found = taxonomy.load("services").level(code)
        if found != level:
            raise BadInput("service_level_differs", code=code, level=level, found=found)


def _check_code(name: str, code: str) -> None:
    if code:
        taxonomy.load(name).parent(code)
