"""What ends next by stated ends, and who stopped reporting: coming gaps (semantics 4)."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.analysis.presence import located
from csomap.tables.known import NOT_ACTIVE
from csomap.tables.query import AreaLevel

_OPEN = ibis.date("9998-12-31")
CELL = ["svc", "area", "group"]


def standing(activities: ir.Table, services: ir.Table, level: AreaLevel) -> ir.Table:
    """Return what is active, with the days between which it goes on by what reports state.

    activities: ACTIVITIES columns; services: `tables.steps.service_steps`. Adds svc, svc_at, area, area_at;
    begins (a missing start is the first day of the month of the end); lasts (the stated end; without one the
    work goes on); told (its newest reported day, known only where it has a date). What has no date at all
    counts nowhere (semantics 2.2).
    """
    steps = services.select("service", "svc", "svc_at")
    rolled = located(activities, level, None).left_join(steps, "service").drop("service_right")
    dated = rolled.filter(~_.status.isin(NOT_ACTIVE) & (_.start.notnull() | _.end.notnull()))
    return dated.mutate(
        begins=ibis.coalesce(_.start, _.end.truncate("M")),
        lasts=ibis.ifelse(_.end_is_stated & _.end.notnull(), _.end, _OPEN),
        told=ibis.coalesce(_.end, _.start),
    )


def ending(activities: ir.Table, services: ir.Table, days: ir.Table, *, area_level: AreaLevel) -> ir.Table:
    """Return the cells that fall to zero, a row for each horizon and organisation that leaves.

    activities: ACTIVITIES columns; days: as_of, horizon_months, day (as_of + horizon). A cell is a service
    at its level, an area at its level and a population group ("" where none is stated), with an activity on
    `as_of` and none on `day`. Returns svc, area, group, horizon_months, day, ends (the last stated end of
    what is active on as_of), organisation.
    """
    there = _in_cells(activities, services, area_level).cross_join(days)
    then = (_.begins <= _.day) & (_.lasts >= _.day)
    seen = there.mutate(now=_now(), then=then)
    falls = (
        seen.group_by([*CELL, "horizon_months"])
        .agg(ends=_.lasts.max(where=_.now), left=_.then.sum())
        .filter(_.ends.notnull() & (_.left == 0))
        .drop("left")
    )
    leaving = seen.filter(_.now).select(*CELL, "horizon_months", "day", "organisation").distinct()
    return leaving.join(falls, [*CELL, "horizon_months"])


def going_on(activities: ir.Table, services: ir.Table, days: ir.Table, *, area_level: AreaLevel) -> ir.Table:
    """Return svc, area, group, organisation of what is active on `as_of`, as `ending` reads it."""
    there = _in_cells(activities, services, area_level).cross_join(days)
    return there.filter(_now()).select(*CELL, "organisation").distinct()


def _in_cells(activities: ir.Table, services: ir.Table, level: AreaLevel) -> ir.Table:
    fine = standing(activities, services, level).filter(_.svc_at & _.area_at)
    spread = fine.mutate(group=_.population_group.split(";").unnest())
    return spread.select(*CELL, "organisation", "begins", "lasts")


def _now() -> ibis.Deferred:
    return (_.begins <= _.as_of) & (_.lasts >= _.as_of)


def stopped(activities: ir.Table, services: ir.Table, limit: ir.Table, *, area_level: AreaLevel) -> ir.Table:
    """Return who stopped reporting a service in an area without saying that it ended.

    activities: ACTIVITIES columns, with those that are coarser than what is asked; limit: one row with
    `since`, the first day of the months in which a report is new enough. Returns svc, area, organisation,
    told (the newest reported day of all its activities there), where that is before `since`, no stated end
    is as late, and nothing that the organisation reported since then could be the same.
    """
    every = standing(activities, services, area_level)
    fine = every.filter(_.svc_at & _.area_at)
    newest = fine.group_by(["svc", "area", "organisation"]).agg(
        told=_.told.max(), stated=_.end.max(where=_.end_is_stated)
    )
    silent = newest.cross_join(limit).filter(_.told < _.since)
    unsaid = silent.filter(_.stated.isnull() | (_.stated < _.told)).drop("stated", *limit.columns)
    return unsaid.anti_join(_could_be(unsaid, every, services, limit), ["svc", "area", "organisation"])


def _could_be(silent: ir.Table, every: ir.Table, services: ir.Table, limit: ir.Table) -> ir.Table:
    """Return svc, area, organisation of `silent` that reported something coarser since: perhaps the same."""
    chains = services.filter(_.svc_at).select("svc", "svc_chain").distinct()
    above = chains.select("svc", above=_.svc_chain.unnest())
    since = every.cross_join(limit).filter((_.told >= _.since) & ~(_.svc_at & _.area_at))
    coarse = since.select("organisation", above="svc", around="area").distinct()
    met = silent.join(above, "svc").join(coarse, ["organisation", "above"])
    return met.filter(_.area.startswith(_.around)).select("svc", "area", "organisation").distinct()


def by_month(activities: ir.Table, days: ir.Table) -> ir.Table:
    """Count what goes on on a day by the month of its stated end.

    activities: as `standing` returns them; days: one row with as_of and until, the last day of the months
    to tell. Returns month (first day; null beyond `until` and without a stated end), kind (stated, later,
    not_stated), activities, organisations.
    """
    now = activities.cross_join(days).filter((_.begins <= _.as_of) & (_.lasts >= _.as_of))
    told = now.mutate(
        kind=ibis.cases((_.lasts == _OPEN, "not_stated"), (_.lasts > _.until, "later"), else_="stated")
    )
    placed = told.mutate(month=ibis.ifelse(_.kind == "stated", _.lasts.truncate("M"), ibis.null("date")))
    return placed.group_by(["month", "kind"]).agg(
        activities=_.activity_id.nunique(), organisations=_.organisation.nunique()
    )
