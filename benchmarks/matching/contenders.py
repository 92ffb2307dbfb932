"""Ways to find who does the same as whom; each takes activities (ACTIVITIES) and returns a table.

    python benchmarks/matching/contenders.py NAME FILE.parquet LEVELS ROUNDS ENOUGH

Prints one line of JSON for each round: seconds, seconds of all processors, peak memory of the process in
megabytes, rows and a sum of the rows' hashes, by which outputs are compared. LEVELS are service level and
area level, joined by a comma; the SQL by hand knows only topic,2.
"""

import json
import logging
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from csomap.flow import Data, find_overlaps, find_pairs
from csomap.flow.large_files import find_overlaps_of_file
from csomap.tables import schemas, taxonomy
from csomap.tables.known import NOT_ACTIVE
from csomap.tables.query import PCODE_LENGTH, Query
from csomap.tables.steps import ancestors, service_steps

HERE = Path(__file__).parent
MOST_MEGABYTES, TOO_MUCH = 8 * 1024, 9
Activities = pd.DataFrame


def data(activities: Activities) -> Data:
    """Return activities as the analysis takes them."""
    nobody = pd.DataFrame(columns=["org_id", "name", "acronym", "type"])
    return Data(activities, activities, nobody, waiting=0, is_sample=False, version="made up")


def csomap_overlaps(activities: Activities, query: Query) -> pd.DataFrame:
    """csomap: one sweep over dates in each cell."""
    return find_overlaps(data(activities), query)


def csomap_pairs(activities: Activities, query: Query) -> pd.DataFrame:
    """csomap: every activity beside every other that may be the same work."""
    return find_pairs(data(activities), query)


def csomap_from_file(file: Path, query: Query) -> pd.DataFrame:
    """csomap's overlaps from a Parquet file to another, for more activities than memory holds."""
    with tempfile.TemporaryDirectory() as place:
        into = Path(place) / "overlaps.parquet"
        find_overlaps_of_file(file, query, into)
        (rows,) = duckdb.sql(f"SELECT count(*) FROM '{into}'").fetchone() or (0,)
        (told,) = duckdb.sql(f"SELECT sum(hash(found)::HUGEINT) FROM '{into}' found").fetchone() or ("",)
    return pd.DataFrame({"digest": [told]}, index=range(rows))


def sql_overlaps(activities: Activities, query: Query) -> pd.DataFrame:
    """The rows of csomap's overlaps by SQL written by hand for DuckDB and these levels: the limit."""
    return schemas.valid(schemas.OVERLAPS, _by_hand("overlaps.sql", activities))


def sql_pairs(activities: Activities, query: Query) -> pd.DataFrame:
    """The rows of csomap's pairs by SQL written by hand."""
    return schemas.valid(schemas.PAIRS, _by_hand("pairs.sql", activities))


def _by_hand(file: str, activities: Activities) -> pd.DataFrame:
    functions = taxonomy.load("functions")
    connection = duckdb.connect()
    connection.register("activities", activities)
    connection.register("steps", service_steps("topic"))
    connection.register("groups", ancestors("population_groups"))
    above = [functions.parent(code) for code in functions.codes]
    connection.register("functions", pd.DataFrame({"code": functions.codes, "above": above}))
    sql = (HERE / file).read_text("utf-8")
    return connection.execute(sql).to_arrow_table().to_pandas(date_as_object=False)


def pandas_pairs(activities: Activities, query: Query) -> pd.DataFrame:
    """The rows of csomap's pairs by merging the table with itself, as an analyst would."""
    table = _rolled(activities, query)
    met = _merged(table)
    met = met[_open_days(table, met) >= query.min_days].reset_index(drop=True)
    for name, relation in (
        ("population_group", _population), ("characteristic", _characteristic), ("function", _function)
    ):  # fmt: skip
        met[name] = _looked_up(table[name], met, relation)
        met = met[met[name] != "different"].reset_index(drop=True)
    return schemas.valid(schemas.PAIRS, _described(table, met)).sort_values(
        ["activity_a", "activity_b"], ignore_index=True
    )


def _rolled(activities: Activities, query: Query) -> pd.DataFrame:
    wrong = activities["status"].isin(NOT_ACTIVE) | (activities["start"] > activities["end"])
    table = activities[~wrong].merge(service_steps(query.service_level), on="service")
    length = PCODE_LENGTH[query.area_level]
    return table.assign(area=table["pcode"].str[:length], area_at=table["pcode"].str.len() >= length)


def _merged(table: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of positions (a, b) whose service and area are equal or one above the other."""
    keys = table[["svc", "area", "svc_chain"]].assign(
        no=np.arange(len(table), dtype="int32"), org=pd.factorize(table["organisation"])[0]
    )
    fine = (table["svc_at"] & table["area_at"]).to_numpy()
    keys["area_chain"] = [sorted({"", area[:5], area}) for area in table["area"]]
    plain = keys[["svc", "area", "no", "org"]]
    below = keys.drop(columns=["svc", "area"]).explode("svc_chain").explode("area_chain")
    below = below.rename(columns={"svc_chain": "svc", "area_chain": "area"})
    coarse = keys[~fine]
    by_area = coarse.drop(columns=["area"]).explode("area_chain").rename(columns={"area_chain": "area"})
    by_service = coarse.drop(columns=["svc"]).explode("svc_chain").rename(columns={"svc_chain": "svc"})
    sides = [(plain[fine], plain[fine]), (plain[~fine], below), (by_area, by_service)]
    met = pd.concat([_beside(one, two) for one, two in sides])
    return met.drop_duplicates(ignore_index=True)


def _beside(one: pd.DataFrame, two: pd.DataFrame) -> pd.DataFrame:
    columns = ["svc", "area", "no", "org"]
    met = one[columns].merge(two[columns], on=["svc", "area"])
    met = met[met["org_x"] != met["org_y"]]
    lower, upper = np.minimum(met["no_x"], met["no_y"]), np.maximum(met["no_x"], met["no_y"])
    return pd.DataFrame({"a": lower, "b": upper}).drop_duplicates()


def _open_days(table: pd.DataFrame, met: pd.DataFrame) -> pd.Series:
    start = table["start"].fillna(pd.Timestamp("0001-01-01").as_unit("us")).to_numpy()
    end = table["end"].fillna(pd.Timestamp("9998-12-31").as_unit("us")).to_numpy()
    return _shared_days(start, end, met)


def _shared_days(start: np.ndarray, end: np.ndarray, met: pd.DataFrame) -> pd.Series:
    a, b = met["a"].to_numpy(), met["b"].to_numpy()
    return pd.Series(np.minimum(end[a], end[b]) - np.maximum(start[a], start[b])).dt.days + 1


def _looked_up(texts: pd.Series, met: pd.DataFrame, relation: Callable[[str, str], str]) -> pd.Series:
    """Judge each two different texts once."""
    codes, distinct = pd.factorize(texts)
    table = np.array([[relation(one, two) for two in distinct] for one in distinct], dtype=object)
    return pd.Series(table[codes[met["a"]], codes[met["b"]]], dtype="str")


def _population(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    a, b = set(one.split(";")), set(two.split(";"))
    if a & b:
        return "same"
    tree = taxonomy.load("population_groups")
    above = [{up for code in codes for up in tree.ancestors(code)} for codes in (a, b)]
    return "nested" if a & above[1] or b & above[0] else "different"


def _characteristic(one: str, two: str) -> str:
    if set(one.split(";")) & set(two.split(";")):
        return "same"
    return "different" if one and two else "nested"


def _function(one: str, two: str) -> str:
    parent = taxonomy.load("functions").parent
    agree = not one or not two or one == two or parent(one) == two or parent(two) == one
    return "same" if agree else "different"


def _described(table: pd.DataFrame, met: pd.DataFrame) -> pd.DataFrame:
    turned = _side(table["activity_id"], met["a"]) > _side(table["activity_id"], met["b"])
    met = met.assign(a=met["a"].where(~turned, met["b"]), b=met["b"].where(~turned, met["a"]))
    one, two = (table.iloc[met[side]].reset_index(drop=True) for side in "ab")
    days = _shared_days(table["start"].to_numpy(), table["end"].to_numpy(), met)
    found = pd.DataFrame(
        {
            "activity_a": one["activity_id"],
            "activity_b": two["activity_id"],
            "org_a": one["organisation"],
            "org_b": two["organisation"],
            "kind": _kind(one, two),
            "service": two["svc"].where(_is_above(two["svc"], one["svc"]), one["svc"]),
            "service_relation": _tree(one["svc"], two["svc"], one["svc_at"] & two["svc_at"]),
            "population_relation": met["population_group"],
            "characteristic_relation": met["characteristic"],
            "area_relation": _tree(one["area"], two["area"], one["area_at"] & two["area_at"]),
            "time_relation": _worded(days.notna(), "same", "unknown"),
            "days": days.astype(float),
            "same_site": _same_site(one, two),
        }
    )
    same = [found[f"{name}_relation"] == "same" for name in ("service", "population", "characteristic")]
    same += [found["area_relation"] == "same", found["time_relation"] == "same"]
    return found.assign(grade=_worded(np.logical_and.reduce(same), "confirmed", "possible"))


def _side(column: pd.Series, where: pd.Series) -> pd.Series:
    return column.take(where).reset_index(drop=True)


def _worded(is_so: "pd.Series | np.ndarray", yes: str, no: str) -> pd.Series:
    return pd.Series(np.where(is_so, yes, no), dtype="str")


def _is_above(upper: pd.Series, lower: pd.Series) -> pd.Series:
    tree, pairs = taxonomy.load("services"), pd.MultiIndex.from_arrays([upper, lower])
    above = {(up, code) for code in tree.codes for up in ("", code, *tree.ancestors(code))}
    return pd.Series(pairs.isin(list(above | {("", "")})))


def _tree(one: pd.Series, two: pd.Series, fine: pd.Series) -> pd.Series:
    told = np.where(fine, "same", "nested")
    return pd.Series(np.where((one == "") | (two == ""), "unknown", told), dtype="str")


def _kind(one: pd.DataFrame, two: pd.DataFrame) -> pd.Series:
    joint = (one["project_id"] != "") & (one["project_id"] == two["project_id"])
    chain = _names(one, two["organisation"]) | _names(two, one["organisation"])
    return pd.Series(np.where(joint, "joint", np.where(chain, "chain", "overlap")), dtype="str")


def _names(rows: pd.DataFrame, organisations: pd.Series) -> np.ndarray:
    listed = zip(rows["programme_organisation"], rows["funder"], organisations, strict=True)
    return np.array([own in f"{lead};{paid}".split(";") for lead, paid, own in listed], dtype=bool)


def _same_site(one: pd.DataFrame, two: pd.DataFrame) -> pd.Series:
    shorter = np.minimum(one["pcode"].str.len(), two["pcode"].str.len())
    nested = [
        a[:length] == b[:length] for a, b, length in zip(one["pcode"], two["pcode"], shorter, strict=True)
    ]
    told = np.select(
        [
            (one["site_key"] == "") | (two["site_key"] == ""), one["site_key"] != two["site_key"],
            one["pcode"] == two["pcode"], np.array(nested, dtype=bool),
        ],
        ["unknown", "no", "yes", "unknown"], "no",
    )  # fmt: skip
    return pd.Series(told, dtype="str")


def splink_pairs(activities: Activities, query: Query) -> pd.DataFrame:
    """Splink's exact-match model: the same service, place and group by other organisations at the time.

    It knows no codes above others, no lists and no missing dates; services and places are rolled up for it.
    """
    import splink.comparison_library as comparisons
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    compared = ["service", "place", "population_group", "characteristic", "function"]
    same = " and ".join(f"l.{name} = r.{name}" for name in compared[:3])
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparisons.ExactMatch(name) for name in compared],
        blocking_rules_to_generate_predictions=[
            f"{same} and l.organisation <> r.organisation and l.first <= r.last and r.first <= l.last"
        ],
    )
    database = DuckDBAPI()
    table = database.register(_records(activities, query), dataset_display_name="activities")
    linker = Linker(table, settings, log_level=None, validate_settings=False)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    return linker.inference.predict().as_pandas_dataframe()


def _records(activities: Activities, query: Query) -> pd.DataFrame:
    table = _rolled(activities, query)
    kept = table[table["svc_at"] & table["area_at"]]
    names = ["organisation", "population_group", "characteristic", "function"]
    renamed = kept.assign(unique_id=kept["activity_id"], service=kept["svc"], place=kept["area"])
    dates = renamed.assign(first=kept["start"], last=kept["end"])
    return dates[["unique_id", "service", "place", *names, "first", "last"]].replace({"": None})


CONTENDERS: dict[str, Callable[[Any, Query], pd.DataFrame]] = {
    "csomap overlaps": csomap_overlaps,
    "csomap overlaps, from a file": csomap_from_file,
    "SQL by hand, overlaps": sql_overlaps,
    "csomap pairs": csomap_pairs,
    "SQL by hand, pairs": sql_pairs,
    "pandas self-merge": pandas_pairs,
    "splink, exact match": splink_pairs,
}


def peak() -> float:
    """Return the most memory that this process had until now, in megabytes.

    Linux counts the parent's memory at the fork into ru_maxrss, so the kernel's own figure is read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _stop_when_full() -> None:
    while peak() < MOST_MEGABYTES:
        time.sleep(0.05)
    os._exit(TOO_MUCH)


def digest(found: pd.DataFrame) -> str:
    """Return the sum of the hashes of all rows, or the one that was told beside a file."""
    if list(found.columns) == ["digest"]:
        return str(found["digest"].iloc[0])
    (told,) = duckdb.sql("SELECT sum(hash(found)::HUGEINT) FROM found").fetchone() or ("",)
    return str(told)


def main(name: str, file: str, levels: str, rounds: int, enough: float) -> None:
    """Run one contender until all rounds are done or took `enough` seconds together."""
    threading.Thread(target=_stop_when_full, daemon=True).start()
    service_level, area_level = levels.split(",")
    query = Query(service_level=service_level, area_level=area_level)  # type: ignore[arg-type]
    activities = Path(file) if name.endswith("from a file") else pd.read_parquet(file)
    for nth in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        found = CONTENDERS[name](activities, query)
        took, most = time.perf_counter() - began, peak()
        told = {"seconds": took, "cpu_seconds": time.process_time() - worked, "peak_mb": most}
        told |= {"rows": len(found)}
        told |= {"digest": digest(found)} if nth == 0 else {}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        enough -= took
        if enough < 0:
            break


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
