"""What an area and a service are measured against, read from the contract one cell at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .trees import ancestors

Figure = dict[str, Any]
Parts = Callable[[str], list[str]]


Held = tuple[Any, float]


def newest(figures: Sequence[Figure], indicator: str, place: str, group: str, service: str) -> Held | None:
    """Return date and value of the newest figure of one thing; of one day the one told last."""
    asked = {"indicator": indicator, "pcode": place, "population_group": group, "service": service}
    own = [one for one in figures if all(one[name] == text for name, text in asked.items())]
    latest = max((one["date"] for one in own), default=None)
    return next(((latest, one["value"]) for one in reversed(own) if one["date"] == latest), None)


def held(figures: Sequence[Figure], key: tuple[str, str, str], area: str, parts: Parts) -> Held | None:
    """Return the figure of an area, or the sum of its parts if every one is known and newer than it; key:
    indicator, group, service. A sum is as old as its oldest part."""
    indicator, group, service = key
    own = newest(figures, indicator, area, group, service)
    below = [held(figures, key, part, parts) for part in parts(area)]
    known = [one for one in below if one is not None]
    if not below or len(known) < len(below):
        return own
    oldest = min(day for day, _ in known)
    if own is not None and oldest <= own[0]:
        return own
    return oldest, sum(value for _, value in known)


def of_area(figures: Sequence[Figure], key: tuple[str, str, str], area: str, parts: Parts) -> float | None:
    """Return the number of people of an area, as it is `held`."""
    found = held(figures, key, area, parts)
    return found[1] if found else None


def measure(
    figures: Sequence[Figure],
    area: str,
    service: str,
    areas: Sequence[str],
    group: str,
    parents: Mapping[str, str],
    indicators: Mapping[str, str],
    parts: Parts,
) -> tuple[str, float | None]:
    """Return the indicator and the number of people: people in need of the service itself or of the nearest
    code above it, if any area of the level has one, else what the group is counted by."""
    whom = "" if group == "all" else group
    for code in [service, *ancestors(service, dict(parents))]:
        key = ("people_in_need", whom, code)
        if any(of_area(figures, key, one, parts) is not None for one in areas):
            return "people_in_need", of_area(figures, key, area, parts)
    indicator = indicators.get(group, "")
    counted = {"population": "", "idp": "idp", "returnee": "returnee"}.get(indicator, "")
    return indicator, of_area(figures, (indicator, counted, ""), area, parts) if indicator else None
