"""Texts and codes that are compared once for each two distinct ones, and joined back onto the pairs."""

from collections.abc import Callable, Iterator

import pandas as pd

from csomap.matching import relations, sites
from csomap.matching.org_names import Names

# Which columns of the two sides each dimension compares.
SIDES = {
    "service": ("a_service", "b_service"),
    "function": ("a_function", "b_function"),
    "population": ("a_population_group", "b_population_group"),
    "characteristic": ("a_characteristic", "b_characteristic"),
    "site": ("a_site", "b_site"),
    "name": ("org_a", "org_b"),
    "named_a": ("b_named", "org_a"),
    "named_b": ("a_named", "org_b"),
}
Compare = Callable[[str, str], tuple[str, str]]


def compared(sides: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Return the pairs with the answer and the value of each dimension in SIDES: `service_answer` and so on.

    sides: the two activities side by side (`evidence.sides`). named_a, named_b: whether whom one names as its
    programme organisation or funder is likely the organisation of the other under another name.
    """
    by: dict[str, Compare] = {
        "service": relations.of_services,
        "function": relations.of_functions,
        "population": relations.of_groups,
        "characteristic": relations.of_traits,
        "site": lambda one, two: (sites.compare(one, two), ""),
        "name": names.compare,
        "named_a": lambda named, own: (_named(named, own, names), ""),
        "named_b": lambda named, own: (_named(named, own, names), ""),
    }
    return sides.assign(**{name: told for each in by for name, told in _columns(sides, each, by[each])})


def _columns(sides: pd.DataFrame, name: str, compare: Compare) -> Iterator[tuple[str, "pd.Series[str]"]]:
    one, two = SIDES[name]
    keys = list(zip(*(sides[column].to_numpy(dtype=object) for column in (one, two)), strict=True))
    found = {key: compare(*key) for key in set(keys)}
    for place, part in enumerate(("answer", "value")):
        yield f"{name}_{part}", pd.Series([found[key][place] for key in keys], sides.index, dtype="str")


def _named(named: str, own: str, names: Names) -> str:
    others = [code for code in named.split(";") if code and code != own]
    return "variant" if any(names.compare(code, own)[0] == "variant" for code in others) else ""
