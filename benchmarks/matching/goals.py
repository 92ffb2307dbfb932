"""How the goals of the benchmark are met, from its lines."""

import math

import pandas as pd

OVERLAPS, FROM_FILE = "csomap overlaps", "csomap overlaps, from a file"
BY_HAND, MERGED, PAIRS = "SQL by hand, overlaps", "pandas self-merge", "csomap pairs"
MILLION, GROWTHS = 1_000_000, ((10_000, OVERLAPS), (100_000, OVERLAPS), (1_000_000, FROM_FILE))
MOST_SECONDS = 300.0
Figures = dict[tuple[str, int, str], "pd.Series[float]"]


def goals(lines: pd.DataFrame) -> pd.DataFrame:
    """Return goal, wanted and found by the clock and by the seconds of all processors; "" is not known."""
    done = lines[lines["finished"] == "yes"]
    keys = zip(done["density"], done["activities"], done["contender"], strict=True)
    figures: Figures = {key: row for key, (_, row) in zip(keys, done.iterrows(), strict=True)}
    rows = [
        *_ratios(figures, lines),
        *_crowding(figures),
        *_large(figures),
    ]
    return pd.DataFrame(rows, columns=["goal", "wanted", "by_the_clock", "by_processors"]).fillna("")


def _ratios(figures: Figures, lines: pd.DataFrame) -> list[tuple[object, ...]]:
    own = figures.get(("country", MILLION, OVERLAPS))
    hand, merged = (figures.get(("country", MILLION, name)) for name in (BY_HAND, MERGED))
    if own is not None and merged is None and _tried(lines, MILLION, MERGED):
        merged = pd.Series({"seconds": MOST_SECONDS, "cpu_seconds": MOST_SECONDS})
    rows = [
        ("10^6: overlaps / SQL by hand", "<= 1.3", *_ratio(own, hand)),
        ("10^6: pandas self-merge (300 s where it did not finish) / overlaps", ">= 5", *_ratio(merged, own)),
    ]
    for size, name in GROWTHS:
        small, large = (figures.get(("country", n, name)) for n in (size, 10 * size))
        rows.append((f"{10 * size:,} / {size:,}: {name}", "<= 12", *_ratio(large, small)))
    return rows


def _tried(lines: pd.DataFrame, size: int, name: str) -> bool:
    return bool(((lines["activities"] == size) & (lines["contender"] == name)).any())


def _ratio(above: "pd.Series[float] | None", below: "pd.Series[float] | None") -> tuple[object, object]:
    if above is None or below is None:
        return None, None
    clock, processors = (round(above[name] / below[name], 2) for name in ("seconds", "cpu_seconds"))
    return clock, processors


def _large(figures: Figures) -> list[tuple[object, ...]]:
    own = figures.get(("country", 10 * MILLION, FROM_FILE))
    if own is None:
        return [("10^7 from a file: seconds", "<= 300", None, None)]
    return [
        ("10^7 from a file: seconds", "<= 300", own["seconds"], own["cpu_seconds"]),
        ("10^7 from a file: peak MB", "< 2,000", own["peak_mb"], None),
    ]


def _crowding(figures: Figures) -> list[tuple[object, ...]]:
    """The power of n by which the last step of each curve grows: n log n is a little above 1."""
    rows: list[tuple[object, ...]] = []
    for name, wanted in ((OVERLAPS, "about 1"), (PAIRS, "about 2")):
        found = {n: row for (density, n, who), row in figures.items() if (density, who) == ("crowding", name)}
        if len(found) > 1:
            before, last = sorted(found)[-2:]
            powers = [
                round(math.log(found[last][unit] / found[before][unit]) / math.log(last / before), 2)
                for unit in ("seconds", "cpu_seconds")
            ]
            rows.append((f"crowding, {before:,} to {last:,}: power of {name}", wanted, *powers))
    return rows
