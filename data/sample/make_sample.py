"""Write the fictional sample and its truth beside this file: `python data/sample/make_sample.py`.

What is planted is planned first and its truth written down; spellings, languages, repeats and order
come after. The same seed writes the same bytes. Every organisation, site and figure is invented.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import naive
import near_misses
import planted_overlaps
from background import Background, is_health
from plan import Activity, Case, Plan
from telling import COLUMNS, DUPLICATES, Row, Teller, reports
from world import HERE, LANGUAGES, World, load

SEED = 20250101
ROWS = 1500
OTHER_SECTOR_ROWS = 300
ORGANISATION = ["org_id", "name_en", "name_ar", "name_ckb", "acronym", "type", "status", "source"]
ALIAS = ["org_id", "name", "lang", "kind", "source"]
SOURCE = "invented for the sample"


class PlanFailed(Exception):
    """The sample would not say what its truth says."""


def main(out: Path = HERE) -> None:
    """Plan, check and write the five files."""
    world = load()
    plan = Plan(world, Random(SEED))
    cases = _numbered([*planted_overlaps.planted(plan), *near_misses.planted(plan)])
    truth = [line for case in cases for line in case.truth]
    told = _told(plan, [activity for case in cases for activity in case.activities])
    _check([row for rows in told for row in rows], truth)
    rows = Teller(world, Random(SEED + 1)).rows(told)
    _write(out / "truth.csv", list(truth[0]), truth)
    _write(out / "organisations.csv", ORGANISATION, list(_registry(world)))
    _write(out / "organisation_aliases.csv", ALIAS, list(_aliases(world)))
    _write(out / "sample_5w.csv", COLUMNS, rows, encoding="utf-8-sig")


def _numbered(cases: list[Case]) -> list[Case]:
    for nth, line in enumerate((line for case in cases for line in case.truth), start=1):
        line["truth_id"] = f"T{nth:03d}"
    return cases


def _told(plan: Plan, planted: list[Activity]) -> list[list[Row]]:
    """Return the coded rows of every activity, filled up to the size of the sample."""
    rng, ground = Random(SEED + 2), Background(plan)
    fixed = [*planted, *ground.thin(), *ground.sensitive(), *ground.repeated_ids(), *ground.newest()]
    told = [reports(activity, plan.world, rng) for activity in fixed]
    others = OTHER_SECTOR_ROWS - sum(not is_health(row["service"]) for rows in told for row in rows)
    told += _until(others, ground.other_sectors(), plan.world, rng)
    missing = ROWS - DUPLICATES - sum(map(len, told))
    return told + _until(missing, ground.crowded(), plan.world, rng)


def _until(count: int, activities: Iterator[Activity], world: World, rng: Random) -> list[list[Row]]:
    told: list[list[Row]] = []
    while sum(map(len, told)) < count:
        told.append(reports(next(activities), world, rng))
    return told


def _check(rows: list[Row], truth: list[dict[str, str]]) -> None:
    """Raise PlanFailed unless the cells that overlap are exactly the planted ones."""
    planted = {
        naive.Overlap(*(line[name] for name in naive.Overlap._fields))
        for line in truth
        if line["kind"] == "overlap"
    }
    found = naive.overlaps(rows)
    if found != planted:
        raise PlanFailed(f"not planted: {sorted(found - planted)}; not found: {sorted(planted - found)}")


def _registry(world: World) -> Iterator[dict[str, str]]:
    for o in world.organisations.values():
        fields = (o.org_id, *map(o.official, LANGUAGES), o.acronym, o.type, "registered", SOURCE)
        yield dict(zip(ORGANISATION, fields, strict=True))


def _aliases(world: World) -> Iterator[dict[str, str]]:
    for o in world.organisations.values():
        for name, lang, kind in o.spellings():
            if kind not in ("official", "acronym"):
                yield dict(zip(ALIAS, (o.org_id, name, lang, kind, SOURCE), strict=True))


def _write(path: Path, columns: list[str], rows: list[dict[str, str]], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
