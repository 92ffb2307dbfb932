"""Made-up activities of any size, written as Parquet, so that benchmarks need no real data.

    python benchmarks/matching/synthetic.py 100000 country FILE.parquet

Densities: `country`, where a cell (topic, district, group) holds 1 to 20 activities, 9 on average, and
the number of districts, governorates and organisations grows with the size, as with more countries;
`crowded`, where every cell holds 200; `crowding`, where there are 50 cells whatever the size, so that
only the crowd in each grows. The same size and density give the same file.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from csomap.tables import schemas, taxonomy

SEED, BLOCK = 20260, 250_000
DISTRICT_CELLS = {"country": 45, "crowded": 8, "crowding": 5}
CROWD, CROWDING_CELLS = 200, 50
GOVERNORATE_DISTRICTS = 7
FIRST_DAY, DAYS = np.datetime64("2018-01-01", "D").astype(int), 6 * 365
# Shares in percent.
GROUPS = {
    "host": 30,
    "idp_camp": 20,
    "idp_out_of_camp": 15,
    "returnee": 20,
    "refugee": 10,
    "idp": 3,
    "all": 2,
}
FUNCTIONS = {"": 30, "direct_basic_services": 25, "direct_support": 18, "direct_education": 8}
FUNCTIONS |= {"direct_specialised": 7, "advocacy": 5, "advocacy_awareness": 4, "policy_evidence": 3}
TRAITS = {"": 60, "women": 12, "children": 8, "pregnant_lactating": 6, "older_people": 4}
TRAITS |= {"people_with_disabilities": 4, "children;women": 4, "people_with_disabilities;women": 2}
STATUSES = {"ongoing": 40, "completed": 35, "": 20, "planned": 3, "cancelled": 2}
TYPES = ("cso", "ingo", "un", "government")

Ints = npt.NDArray[np.int64]


def write(size: int, density: str, path: Path) -> Path:
    """Write `size` activities (ACTIVITIES columns) block by block, so that any size fits in memory."""
    writer = None
    for number, first in enumerate(range(0, size, BLOCK)):
        rng = np.random.default_rng([SEED, size, number])
        table = _block(rng, first, min(BLOCK, size - first), size, density)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
    return path


def _block(rng: np.random.Generator, first: int, rows: int, size: int, density: str) -> pa.Table:
    cell = _cells(rng, rows, size, density)
    district, topic, group = _places(rng, cell, density)
    if density != "crowding":
        district += first // 50  # districts of two blocks never meet: none holds fewer than 50 activities
    who = _organisations(rng, cell, district)
    columns = {
        **_work(rng, topic, group),
        **who,
        **_where(rng, district),
        **_when(rng, rows),
        **_people(rng, rows),
        "activity_id": _numbered("act-", np.arange(first, first + rows)),
        "source_id": _picked(np.zeros(rows, int), ["made-up"]),
        "source_row": pa.array(np.arange(first, first + rows) + 2),
    }
    return pa.table({name: columns[name] for name in schemas.columns(schemas.ACTIVITIES)})


def _cells(rng: np.random.Generator, rows: int, size: int, density: str) -> Ints:
    """Return the number of the cell of each row, in order."""
    if density == "crowded":
        return np.arange(rows) // CROWD
    if density == "crowding":
        return np.arange(rows) * CROWDING_CELLS // size
    sizes = np.clip(1 + rng.negative_binomial(2, 0.2, rows), 1, 20)
    return np.repeat(np.arange(rows), sizes)[:rows]


def _places(rng: np.random.Generator, cell: Ints, density: str) -> tuple[Ints, Ints, Ints]:
    """Return district, topic and group of each row, as numbers: each cell differs from all others."""
    topics, shares = len(_topics()), np.array(list(GROUPS.values())) / 100
    of_one = DISTRICT_CELLS[density]
    weights = np.tile(shares, topics) * np.repeat(np.geomspace(1, 0.1, topics), len(shares))
    districts = int(cell[-1]) // of_one + 1
    drawn = np.argsort(-(rng.random((districts, weights.size)) ** (1 / weights)), axis=1)[:, :of_one]
    combination = drawn.ravel()[cell]
    return cell // of_one, combination // len(shares), combination % len(shares)


def _topics() -> list[str]:
    return list(taxonomy.load("services").children("health"))


def _work(rng: np.random.Generator, topic: Ints, group: Ints) -> dict[str, pa.Array]:
    rows, services, groups = len(topic), taxonomy.load("services"), list(GROUPS)
    fine = [services.children(code) or (code,) for code in _topics()]
    flat = [code for codes in fine for code in codes]
    starts = np.cumsum([0, *map(len, fine)])[:-1]
    exact = starts[topic] + (rng.random(rows) * np.array([len(codes) for codes in fine])[topic]).astype(int)
    # 70 % name the service, 23 % the topic, 5 % only the sector, 2 % nothing.
    told = _drawn(rng, rows, [70, 23, 5, 2])
    known = np.choose(told, [exact, len(flat) + topic, len(flat) + len(fine), len(flat) + len(fine) + 1])
    # 80 % serve one group, 12 % two, 8 % do not say whom.
    other = _drawn(rng, rows, list(GROUPS.values()))
    told = _drawn(rng, rows, [80, 12, 8])
    both = [";".join(sorted({one, two})) for one in groups for two in groups] + [""]
    meant = np.choose(told, [group * (len(groups) + 1), group * len(groups) + other, len(both) - 1])
    return {
        "service": _picked(known, [*flat, *_topics(), "health", ""]),
        "population_group": _picked(meant, both),
        "function": _shared_out(rng, rows, FUNCTIONS),
        "characteristic": _shared_out(rng, rows, TRAITS),
        "status": _shared_out(rng, rows, STATUSES),
    }


def _organisations(rng: np.random.Generator, cell: Ints, district: Ints) -> dict[str, pa.Array]:
    """60 % of the work is done by one of the governorate's 40 organisations, the rest by 120 others."""
    rows = len(cell)
    local = 120 + district // GOVERNORATE_DISTRICTS * 40 + rng.integers(0, 40, rows)
    doing = np.where(rng.random(rows) < 0.6, local, rng.integers(0, 120, rows))
    beside = np.roll(doing, 1)  # mostly of the same cell
    # 45 % name no leader, 45 % themselves, 10 % are a chain.
    leading = np.choose(_drawn(rng, rows, [45, 45, 10]), [-1, doing, beside])
    # 30 % name no funder, 53 % one, 15 % two, 2 % another one of the cell.
    donor, second = rng.integers(0, 60, rows), rng.integers(60, 80, rows)
    told = _drawn(rng, rows, [30, 53, 15, 2])
    one = _text("don-", donor)
    funders = pc.choose(
        pa.array(told),
        pa.scalar(""),
        one,
        pc.binary_join_element_wise(one, _text("don-", second), ";"),
        _text("org-", beside),
    )
    # 45 % have no project, 48 % one of their own, 7 % one of several organisations of the cell.
    own = pc.binary_join_element_wise(_text("p-", doing), _text("", rng.integers(0, 9, rows)), "-")
    joint = pc.binary_join_element_wise(_text("j-", district), _text("", cell % 1000), "-")
    project = pc.choose(pa.array(_drawn(rng, rows, [45, 48, 7])), pa.scalar(""), own, joint)
    return {
        "organisation": _text("org-", doing).cast("large_string"),
        "organisation_type": _picked(doing % len(TYPES), TYPES),
        "programme_organisation": _text("org-", leading).cast("large_string"),
        "funder": funders.cast("large_string"),
        "project_id": project.cast("large_string"),
    }


def _where(rng: np.random.Generator, district: Ints) -> dict[str, pa.Array]:
    """46.3 % name the district, 50 % a sub-district, 3.5 % the governorate, 0.2 % nothing."""
    rows = len(district)
    told = np.where(rng.random(rows) < 0.5, 1, _drawn(rng, rows, [92.6, 0, 7, 0.4]))
    governorate = _base36("X", district // GOVERNORATE_DISTRICTS, 4)
    fine = _base36("D", district % GOVERNORATE_DISTRICTS, 2)
    site = rng.integers(0, 12, rows)
    finest = _base36("S", site // 4, 2)
    place = [
        pc.binary_join_element_wise(governorate, fine, ""),
        pc.binary_join_element_wise(governorate, fine, finest, ""),
        governorate,
        pa.scalar(""),
    ]
    # 40 % name the site; sites lie in the sub-districts.
    name = pc.if_else(pa.array((rng.random(rows) < 0.4) & (told < 2)), _text("site ", site), "")
    return {
        "pcode": pc.choose(pa.array(told), *place).cast("large_string"),
        "site": name.cast("large_string"),
        "site_key": name.cast("large_string"),
        "latitude": pa.array(rng.uniform(30, 37, rows)),
        "longitude": pa.array(rng.uniform(39, 48, rows)),
    }


def _when(rng: np.random.Generator, rows: int) -> dict[str, pa.Array]:
    """Half a year in the median; 2 % have no start, 5 % no end."""
    start = FIRST_DAY + rng.integers(0, DAYS, rows)
    length = np.clip(rng.lognormal(np.log(180), 0.8, rows), 5, 1400).astype(np.int64)
    no_start, no_end = rng.random(rows) < 0.02, rng.random(rows) < 0.05
    return {
        "start": _days(start, no_start),
        "end": _days(start + length, no_end),
        "end_is_stated": pa.array(~no_end & (rng.random(rows) < 0.6)),
    }


def _people(rng: np.random.Generator, rows: int) -> dict[str, pa.Array]:
    """Half say how many people they mean, a third how many they reached, a tenth what it cost."""
    shares = {"targeted": 0.5, "reached": 0.33, "value_usd": 0.1, "targeted_sum": 0.5, "reached_sum": 0.33}
    told = {
        name: pa.array(np.floor(rng.lognormal(6, 1.2, rows)), mask=rng.random(rows) > share)
        for name, share in shares.items()
    }
    return {**told, "report_count": pa.array(rng.integers(1, 12, rows))}


def _drawn(rng: np.random.Generator, rows: int, shares: Sequence[float]) -> Ints:
    found: Ints = np.searchsorted(np.cumsum(shares) / np.sum(shares), rng.random(rows), side="right")
    return found


def _shared_out(rng: np.random.Generator, rows: int, shares: dict[str, int]) -> pa.Array:
    return _picked(_drawn(rng, rows, list(shares.values())), list(shares))


def _picked(numbers: Ints, texts: Sequence[str]) -> pa.Array:
    return pa.array(list(texts), pa.large_string()).take(pa.array(numbers))


def _text(before: str, numbers: Ints) -> pa.Array:
    """Return the numbers as text with something before them; "" for -1."""
    shown = pc.binary_join_element_wise(before, pc.cast(pa.array(numbers), pa.string()), "")
    return pc.if_else(pa.array(numbers < 0), "", shown)


def _numbered(before: str, numbers: Ints) -> pa.Array:
    padded = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), 8, "0")
    return pc.binary_join_element_wise(before, padded, "").cast("large_string")


def _base36(before: str, numbers: Ints, width: int) -> pa.Array:
    """Return codes of one width, as p-codes have."""
    distinct, where = np.unique(numbers, return_inverse=True)
    codes = [before + np.base_repr(number, 36).rjust(width, "0") for number in distinct]
    return pa.array(codes).take(pa.array(where))


def _days(numbers: Ints, missing: npt.NDArray[np.bool_]) -> pa.Array:
    return pa.array(numbers, mask=missing).cast(pa.int32()).cast(pa.date32()).cast(pa.timestamp("us"))


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
