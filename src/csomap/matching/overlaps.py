"""What people see first: who does the same for the same people in the same place at the same time."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.cells import cells
from csomap.matching.crowds import RUN, crowds, members, met
from csomap.matching.kinds import uncoordinated
from csomap.matching.levels import codes, digest, rolled
from csomap.matching.possible import possible_counts
from csomap.tables import schemas
from csomap.tables.query import AreaLevel


def overlaps(
    activities: ir.Table,
    candidates: ir.Table,
    steps: ir.Table,
    groups: ir.Table,
    *,
    area_level: AreaLevel,
    min_days: int,
) -> ir.Table:
    """Return the runs of days in one cell on which two or more organisations do the same work.

    activities: what `levels.active` keeps; candidates: the same with coarser ones; steps: services at
    the service level; groups: population groups with all above them (`tables.steps`).
    Returns OVERLAPS columns (days in days), told and told_above: the row's function and the one above
    it. A cell is service, population group, characteristic and place, and one function (semantics 3).
    Built from one sweep over dates, never through pairs, so its cost is n log n.
    """
    inside, places = cells(rolled(activities, steps, area_level))
    runs = once(crowds(inside.select("cell", "org", "start", "end"), min_days), "runs")
    everyone = once(members(inside, runs.rename(run_start="start", run_end="end")), "members")
    told = once(everyone.semi_join(uncoordinated(everyone), RUN), "told")
    rows = once(_once(_rows(told)).join(places, "place"), "found")
    counts = possible_counts(rows, rolled(candidates, steps, area_level), steps, groups)
    full = _marked(_marked(rows, _same_site(told), "site_shared"), _same_funder(told), "funder_shared")
    return _named(full.left_join(once(counts, "counts"), RUN, rname="{name}_possible"))


def _rows(told: ir.Table) -> ir.Table:
    exact, work = (_.function == _.work).any(), _.work.max()
    return told.group_by([*RUN, "run_end", "days"]).agg(
        place=_.place.max(),
        work=work,
        told=ibis.ifelse(exact, work, _.function.max()),
        told_above=ibis.ifelse(exact, _.work_above.max(), ""),
        org_count=_.org.nunique(),
        org_ids=_.organisation.collect(distinct=True).sort().join(";"),
        activity_count=_.count(),
        activity_ids=_.activity_id.collect().sort().join(";"),
        cso_count=_.org.nunique(where=_.organisation_type == "cso"),
        sited=(_.site_key != "").all(),
        funded=(_.funder != "").all(),
    )


def _once(rows: ir.Table) -> ir.Table:
    """Activities of unknown function stand in several function cells; they are shown once."""
    same = ["place", "told", "run_start", "run_end", "activity_ids"]
    nth = ibis.row_number().over(group_by=same, order_by="work")
    return rows.mutate(nth=nth).filter(_.nth == 0).drop("nth")


def _marked(rows: ir.Table, runs: ir.Table, name: str) -> ir.Table:
    return rows.left_join(runs.mutate(**{name: True}), RUN, rname="{name}_" + name)


def _same_site(told: ir.Table) -> ir.Table:
    sited = told.filter(_.site_key != "").select(*RUN, "pcode", "site_key", "org", "start", "end")
    return met(sited, [*RUN, "pcode", "site_key"]).select(RUN).distinct()


def _same_funder(told: ir.Table) -> ir.Table:
    funded = told.filter(_.funder != "").select(*RUN, "org", "start", "end", funder=codes(_.funder).unnest())
    return met(funded, [*RUN, "funder"]).select(RUN).distinct()


def _answer(shared: ir.BooleanValue, known: ir.BooleanValue) -> ir.StringValue:
    """Say yes if something is shared, else unknown where a member says too little, else no."""
    return ibis.cases((shared, "yes"), (known, "no"), else_="unknown")


def _named(rows: ir.Table) -> ir.Table:
    cell = [_.svc, _.group, _.trait, _.area, _.told, _.org_ids]
    first_day = _.run_start.cast("timestamp").cast("string")
    return rows.mutate(
        overlap_id="o-" + digest(*cell, first_day).substr(0, 12),
        service=_.svc,
        population_group=_.group,
        characteristic=_.trait,
        pcode=_.area,
        start=_.run_start,
        end=_.run_end,
        same_site=_answer(_.site_shared, _.sited),
        funders_known=ibis.ifelse(_.funded, "yes", "no"),
        same_funder=_answer(_.funder_shared, _.funded),
        possible_count=_.possible_count.fill_null(0),
        verdict=ibis.literal("undecided"),
    ).select(*schemas.columns(schemas.OVERLAPS), "told", "told_above")
