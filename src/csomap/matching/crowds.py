"""Runs of days on which two or more organisations are active, by one sweep over sorted dates."""

import ibis
import ibis.expr.types as ir
from ibis import _

CELL = ["svc", "group", "trait", "area", "work"]
RUN = [*CELL, "run_start"]


def crowds(spans: ir.Table, cell: list[str], min_days: int = 1) -> ir.Table:
    """Return the longest runs of days in each cell on which at least two organisations are active.

    spans: the columns of `cell`, organisation, start, end (days, inclusive, none missing).
    Returns the columns of `cell`, start, end, days; runs shorter than `min_days` are left out.
    Each date at which somebody starts or stops is an event; the running sum of events sorted by
    date is the number of organisations. Costs n log n.
    """
    steps = _steps(_presence(spans, [*cell, "organisation"]), cell)
    crowded = _numbered(steps, cell).filter(_.level >= 2)
    runs = crowded.group_by([*cell, "run"]).agg(start=_.date.min(), end=_.until.max())
    counted = runs.mutate(end=_.end - ibis.interval(days=1), days=_.end.delta(_.start, unit="day"))
    return counted.filter(_.days >= min_days).drop("run")


def _presence(spans: ir.Table, key: list[str]) -> ir.Table:
    """Merge one organisation's spans, so that two of its activities do not count as two."""
    sofar = ibis.window(group_by=key, order_by=[_.start, _.end], preceding=None, following=0)
    before = _.latest.lag().over(group_by=key, order_by=[_.start, _.end])
    marked = spans.select(*key, "start", "end").mutate(latest=_.end.max().over(sofar))
    breaks = marked.mutate(before=before).mutate(
        breaks=(_.before.isnull() | (_.start > _.before)).cast("int64")
    )
    numbered = breaks.mutate(span=_.breaks.sum().over(sofar))
    return numbered.group_by([*key, "span"]).agg(start=_.start.min(), end=_.end.max())


def _steps(presence: ir.Table, cell: list[str]) -> ir.Table:
    starts = presence.select(*cell, date=_.start, change=ibis.literal(1, "int64"))
    stops = presence.select(
        *cell, date=(_.end + ibis.interval(days=1)).cast("date"), change=ibis.literal(-1, "int64")
    )
    events = ibis.union(starts, stops).group_by([*cell, "date"]).agg(change=_.change.sum())
    sofar = ibis.window(group_by=cell, order_by="date", preceding=None, following=0)
    return events.mutate(
        level=_.change.sum().over(sofar), until=_.date.lead().over(group_by=cell, order_by="date")
    )


def _numbered(steps: ir.Table, cell: list[str]) -> ir.Table:
    before = _.level.lag().over(group_by=cell, order_by="date")
    sofar = ibis.window(group_by=cell, order_by="date", preceding=None, following=0)
    opened = steps.mutate(before=before).mutate(
        opens=((_.level >= 2) & (_.before.isnull() | (_.before < 2))).cast("int64")
    )
    return opened.mutate(run=_.opens.sum().over(sofar))


def members(cells: ir.Table, runs: ir.Table) -> ir.Table:
    """Return the activities of each run: those of its cell that are active on one of its days.

    cells: CELL, start, end; runs: CELL, run_start, run_end, days. Returns both rows side by side.
    """
    return cells.join(runs, CELL).filter((_.start <= _.run_end) & (_.end >= _.run_start))
