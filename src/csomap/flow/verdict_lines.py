"""The lines of a list of verdicts: each two organisations in each cell once, and what readers see of them."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from csomap.flow.evidence import Evidence, find_evidence
from csomap.flow.live import Data
from csomap.flow.questions import find_overlaps
from csomap.flow.verdicts import standings
from csomap.i18n import t
from csomap.matching.standing import CELL
from csomap.tables import taxonomy
from csomap.tables.places import area_name
from csomap.tables.query import Query

PAIR = ("org_a", "org_b")
SHOWN = ("service", "population_group", "characteristic", "pcode", *PAIR)  # what a line is about
# Hidden in the workbook: what the line is about, as codes; who was there; what was seen, by its decision.
KEYS = (*SHOWN, "seen", "days", "verdict_id", "was", "was_note")
CHECK = "check"
HIDDEN = tuple(f"csomap:{name}" for name in (*KEYS, CHECK))
_LINE = [*CELL, *PAIR]
_FIRST = ["verdict", "verdict_id", "inherited", "note", "who", "at", "strength", "cause"]
COLUMNS = [*_LINE, *_FIRST, "days", "start", "end", "is_new", "seen"]


def lines(data: Data, query: Query, evidence: Evidence | None = None) -> pd.DataFrame:
    """Return a line for each two organisations that ask for a verdict in a cell, the strongest first.

    Several runs of days in one cell are one line. Returns the columns of STANDINGS that are about the
    verdict, the codes of the cell and org_a, org_b; strength and cause of `evidence` (found where it is not
    given); days (the most that they share in one run), start and end of all runs, is_new and seen (the
    organisations of these overlaps, joined by ;).
    """
    rows = find_overlaps(data, query)
    told = standings(data, query, rows).drop(columns=[*CELL])
    if told.empty:
        return pd.DataFrame(columns=COLUMNS)
    placed = told.merge(rows[["overlap_id", *CELL, "start", "end", "org_ids"]], on="overlap_id")
    reasons = (evidence or find_evidence(data, query, rows)).pairs[["overlap_id", *PAIR, "strength", "cause"]]
    joined = placed.merge(reasons, on=["overlap_id", *PAIR], how="left")
    ranked = joined.sort_values("strength", ascending=False, kind="stable")
    return ranked.groupby(_LINE, sort=False, as_index=False).agg(
        **{name: (name, "first") for name in _FIRST},
        days=("days", "max"),
        start=("start", "min"),
        end=("end", "max"),
        is_new=("is_new", "any"),
        seen=("org_ids", _together),
    )


def _together(org_ids: "pd.Series[str]") -> str:
    return ";".join(sorted({one for cell in org_ids for one in cell.split(";")}))


def names(data: Data, lang: str) -> dict[str, str]:
    """Return the name of each organisation in `lang`, else in English."""
    known = data.organisations
    own = known[f"name_{lang}"].where(known[f"name_{lang}"] != "", known["name_en"])
    return dict(zip(known["org_id"], own, strict=True))


def shown(line: Mapping[Any, Any], organisations: Mapping[str, str], lang: str) -> list[str]:
    """Return the words for what a line is about (SHOWN)."""
    trait = line["characteristic"]
    return [
        taxonomy.load("services").label(line["service"], lang),
        taxonomy.load("population_groups").label(line["population_group"], lang),
        taxonomy.load("characteristics").label(trait, lang) if trait else t("table.everybody", lang),
        area_name(line["pcode"], lang),
        *(organisations.get(line[name], line[name]) for name in PAIR),
    ]


def hidden(name: str) -> str:
    """Return the header of a hidden column; no column of a reader's own is called so."""
    return f"csomap:{name}"


def check(texts: Iterable[str]) -> str:
    """Return a mark by which it shows that keys and words of a line still belong together.

    A column that was sorted alone, or a key that was typed over, would put a verdict on others.
    """
    return hashlib.sha256("\x1f".join(" ".join(text.split()) for text in texts).encode()).hexdigest()[:12]
