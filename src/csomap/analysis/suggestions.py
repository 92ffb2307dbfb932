"""What two organisations of an overlap could do about it: a small set, from tables that people can edit."""

from collections.abc import Collection, Mapping
from functools import cache

import pandas as pd

from csomap.settings import DATA, rules
from csomap.tables import taxonomy
from csomap.tables.places import places

CODES = ("call", "report_once", "write_down", "divide_area", "divide_group", "phases", "move")


def ordered(cause: str, answers: Mapping[str, str]) -> list[str]:
    """Return the suggestions (CODES) for a cause of ORG_PAIRS, best first; none where no cause is known.

    answers: the answer of each reason of the pair's EVIDENCE, and camp, run. The first line of
    `suggestions.order` in rules.yml holds that has the cause and among whose answers all of them are.
    """
    for line in rules()["suggestions"]["order"]:
        told = (answers.get(reason) in wanted for reason, wanted in line.get("when", {}).items())
        if line["cause"] == cause and all(told):
            return list(line["order"])
    return []


def roles(service: str, group: str) -> list[str]:
    """Return who to ask for (role of data/suggestions/roles.csv), for a service and a population group."""
    line, table = _line(service), _table("roles")
    fits = table["within"].isin(["", *line]) & table["population_group"].isin(["", group])
    return list(table.loc[fits, "role"].drop_duplicates())


def sub_areas(pcode: str) -> list[str]:
    """Return the p-codes right below a governorate or district; none for a site or fewer than two."""
    table = places()
    below = sorted(table.loc[table["parent"] == pcode, "pcode"])
    return below if len(below) > 1 else []


def sub_groups(service: str, group: str, characteristic: str) -> list[str]:
    """Return population groups or characteristics into which the people of a cell can be divided.

    Groups below `group`, else characteristics below `characteristic`; where none is stated those of
    data/suggestions/groups.csv for the service. None if there are fewer than two.
    """
    below = taxonomy.load("population_groups").children(group) if group else ()
    if len(below) < 2:
        below = _traits(service, characteristic)
    return list(below) if len(below) > 1 else []


def _traits(service: str, characteristic: str) -> tuple[str, ...]:
    if characteristic:
        return taxonomy.load("characteristics").children(characteristic)
    table = _table("groups").set_index("within")["characteristics"]
    told = [table[code] for code in _line(service) if code in table.index]
    return tuple(told[0].split(";")) if told else ()


def steps(service: str) -> list[str]:
    """Return the steps (codes of services.csv) in which the work of a service can be done, in their order.

    Those of data/suggestions/steps.csv for the service, else for what lies above it; a step without a code
    is the service itself. None if there are fewer than two.
    """
    table = _table("steps")
    known = [code for code in _line(service) if code in set(table["within"])]
    if not known:
        return []
    rows = table[table["within"] == known[0]].sort_values("position")
    found = list(rows["code"].where(rows["code"] != "", service).drop_duplicates())
    return found if len(found) > 1 else []


def taken(steps_: Collection[str], services: dict[str, str]) -> dict[str, str]:
    """Return step -> org_id where the organisations' own services (org_id -> code) are different steps.

    Empty where one of them is at no step, or both are at the same: then nobody has said who does which.
    """
    tree = taxonomy.load("services")
    at = {
        org: next((step for step in steps_ if step in (code, *tree.ancestors(code))), "")
        for org, code in services.items()
        if code
    }
    known = {step: org for org, step in at.items() if step}
    return known if len(known) == len(services) else {}


def _line(service: str) -> list[str]:
    """Return a service and all above it, finest first."""
    return [service, *taxonomy.load("services").ancestors(service)] if service else []


@cache
def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "suggestions" / f"{name}.csv", dtype=str, keep_default_na=False)
