"""Runs of days on which two or more organisations are active, by one sweep over sorted spans."""

import ibis
import ibis.expr.types as ir
from ibis import _

RUN = ["cell", "run_start"]


def crowds(spans: ir.Table, min_days: int = 1) -> ir.Table:
    """Return the longest runs of days in each cell on which at least two organisations are active.

    spans: cell, org, start, end (days, inclusive, none missing). Returns cell, start, end, days; runs
    shorter than `min_days` are left out. With each organisation's spans merged, the days that a span
    shares with those that start before it are start to the smaller of its end and their latest end;
    these stretches, joined where they overlap or touch, are the runs. Costs n log n.
    """
    presence = _merged(spans, ["cell", "org"])
    shared = _after(presence.select("cell", "start", "end"), ["cell"]).filter(_.before >= _.start)
    stretches = shared.select("cell", "start", end=ibis.least(_.end, _.before))
    runs = _merged(stretches, ["cell"], touching=True)
    return runs.mutate(days=_.end.delta(_.start, unit="day") + 1).filter(_.days >= min_days)


def met(spans: ir.Table, key: list[str]) -> ir.Table:
    """Return the keys under which two organisations share a day, each once.

    spans: the columns of `key`, org, start, end. Spans that hang together day by day and are not all
    of one organisation hold two neighbours of different ones. Keys of one organisation are not sorted.
    """
    several = spans.group_by(key).agg(least=_.org.min(), most=_.org.max()).filter(_.least != _.most)
    islands = _islands(spans.semi_join(several, key), key)
    found = islands.group_by([*key, "island"]).agg(least=_.org.min(), most=_.org.max())
    return found.filter(_.least != _.most).select(key).distinct()


def _merged(spans: ir.Table, key: list[str], *, touching: bool = False) -> ir.Table:
    islands = _islands(spans, key, touching=touching).group_by([*key, "island"])
    return islands.agg(start=_.start.min(), end=_.end.max()).drop("island")


def _islands(spans: ir.Table, key: list[str], *, touching: bool = False) -> ir.Table:
    """Number the groups of spans that overlap, or with `touching` also follow on the next day."""
    most = 1 if touching else 0
    apart = (_.start.delta(_.before, unit="day") > most).fill_null(False).cast("int64")
    sofar = ibis.window(group_by=key, order_by=[_.start, _.end], preceding=None, following=0)
    return _after(spans, key).mutate(apart=apart).mutate(island=_.apart.sum().over(sofar))


def _after(spans: ir.Table, key: list[str]) -> ir.Table:
    """Add before: the latest end of the spans that come before in the order of their starts."""
    earlier = ibis.window(group_by=key, order_by=[_.start, _.end], preceding=(None, 1))
    return spans.mutate(before=_.end.max().over(earlier))


def members(cells: ir.Table, runs: ir.Table) -> ir.Table:
    """Return the activities of each run: those of its cell that are active on one of its days.

    cells: cell, start, end; runs: RUN columns, run_end, days. Returns both rows side by side.
    """
    return cells.join(runs, "cell").filter((_.start <= _.run_end) & (_.end >= _.run_start))
