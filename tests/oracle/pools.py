"""The small pools that the drawn worlds are made of, and the table that holds them."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from .trees import Trees, ancestors

Row = dict[str, Any]
TAXONOMIES = Path(__file__).resolve().parents[2] / "data" / "taxonomies"

TINY_SERVICES = {
    "health": "", "mhpss": "health", "mhpss_counselling": "mhpss", "mhpss_group": "mhpss",
    "srh": "health", "srh_family_planning": "srh",
    "wash": "", "wash_water": "wash", "wash_water_trucking": "wash_water",
}  # fmt: skip
TINY_GROUPS = {
    "all": "", "idp": "all", "idp_camp": "idp", "idp_out_of_camp": "idp",
    "returnee": "all", "refugee": "all", "host": "all",
}  # fmt: skip
TINY_FUNCTIONS = {
    "direct_support": "", "direct_care": "direct_support", "direct_training": "direct_support",
    "advocacy": "", "advocacy_campaign": "advocacy",
}  # fmt: skip

ORGANISATIONS = {"org_a": "cso", "org_ab": "cso", "org_c": "ingo", "org_d": "un", "org_e": "cso"}
"""The id of one begins that of another: a list of ids is not a text in which to look."""
PLACES = (
    "IQG01", "IQG01Q01", "IQG01Q01N01", "IQG01Q01N02", "IQG01Q02", "IQG01Q02N01",
    "IQG02", "IQG02Q01", "IQG02Q01N01",
)  # fmt: skip
SITES = ("", "Camp One", "camp  one", "ＣＡＭＰ One ", "Camp Two", "  ")
STATUSES = ("ongoing", "completed", "suspended", "", "planned", "cancelled")
FIRST_DAY = date(2021, 1, 20)
MONTH_EDGES = [date(2021, 1, 31), date(2021, 2, 1), date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 31)]
MONTHS = [(date(2021, m, 1), date(2021, m + 1, 1) - timedelta(days=1)) for m in (1, 2, 3, 4)]

REPORT_COLUMNS = (
    "source_id", "source_row", "activity_id", "project_id", "organisation", "programme_organisation",
    "funder", "organisation_type", "service", "function", "population_group", "characteristic", "pcode",
    "site", "latitude", "longitude", "start", "end", "end_is_stated", "status", "targeted", "reached",
    "value_usd", "review",
)  # fmt: skip
ACTIVITY_COLUMNS = (*REPORT_COLUMNS[:-1], "report_count", "targeted_sum", "reached_sum")


def real_trees() -> Trees:
    """Return the trees of data/taxonomies, or tiny ones for the files that are not there."""
    levels = _column("services", "level")
    depth = {code: len(ancestors(code, TINY_SERVICES)) for code in TINY_SERVICES}
    tiny_levels = {code: ("sector", "topic", "service")[n] for code, n in depth.items()}
    return Trees(
        services=_column("services", "parent") or TINY_SERVICES,
        levels=levels or tiny_levels,
        groups=_column("population_groups", "parent") or TINY_GROUPS,
        functions=_column("functions", "parent") or TINY_FUNCTIONS,
        characteristics=_column("characteristics", "parent"),
    )


def _column(name: str, column: str) -> dict[str, str]:
    path = TAXONOMIES / f"{name}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {line["code"]: line[column] for line in csv.DictReader(lines)}


TREES = real_trees()
CHARACTERISTICS = (list(_column("characteristics", "code")) or ["children_under_5", "disability"])[:3]


def service_pool(trees: Trees = TREES) -> list[str]:
    """Return 2 sectors, 3 topics and 4 services where the tree has them."""
    children = {
        code: [c for c, parent in trees.services.items() if parent == code] for code in trees.services
    }
    sectors = [code for code, parent in trees.services.items() if not parent]
    deep = {s: sorted(children[s], key=lambda topic: -len(children[topic])) for s in sectors}
    first, second = sorted(sectors, key=lambda s: -sum(len(children[t]) for t in deep[s]))[:2]
    topics = [*deep[first][:2], *deep[second][:1]]
    services = [code for topic, n in zip(topics, (2, 1, 1), strict=False) for code in children[topic][:n]]
    return [*services, *topics, first, second]


def function_pool(trees: Trees = TREES) -> list[str]:
    """Return two functions with what is below them, at most two each, and none."""
    roots = [code for code, parent in trees.functions.items() if not parent][:2]
    below = [[code for code, parent in trees.functions.items() if parent == root][:2] for root in roots]
    return ["", *roots, *(code for codes in below for code in codes)]


def frame(rows: list[Row], columns: Sequence[str] = ACTIVITY_COLUMNS) -> pd.DataFrame:
    """Return the rows as a table with the types of the real one, also when there are none."""
    table = pd.DataFrame(rows, columns=list(columns))
    numbers_ = ("latitude", "longitude", "targeted", "reached", "value_usd", "targeted_sum", "reached_sum")
    types = {
        "start": "datetime64[us]",
        "end": "datetime64[us]",
        "source_row": "int64",
        "end_is_stated": "bool",
    }
    types |= {"report_count": "int64"} | dict.fromkeys(numbers_, "float64")
    texts = {name: "str" for name in columns if name not in types}
    return table.astype({name: kind for name, kind in (types | texts).items() if name in table})
