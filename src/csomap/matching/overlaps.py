"""What people see first: who does the same for the same people in the same place at the same time."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.matching.crowds import CELL, RUN, crowds, members
from csomap.matching.kinds import uncoordinated
from csomap.matching.levels import codes, digest, rolled, with_functions
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
    Returns OVERLAPS columns (days in days). A cell is service, population group, characteristic
    and place, and one function (semantics 3). Built from one sweep over dates, never through
    pairs, so its cost is n log n.
    """
    cells = _cells(rolled(activities, steps, area_level))
    runs = crowds(cells, CELL, min_days).rename(run_start="start", run_end="end")
    everyone = members(cells, runs)
    rows = _once(_rows(everyone.semi_join(uncoordinated(everyone), RUN)))
    rows = _with(rows, _sites(cells, runs, everyone), "same_site")
    rows = _with(rows, _funders(cells, runs, everyone), "same_funder")
    rows = rows.left_join(
        possible_counts(rows, rolled(candidates, steps, area_level), steps, groups),
        RUN,
        rname="{name}_possible",
    )
    return _named(rows)


def _cells(ready: ir.Table) -> ir.Table:
    """One row for each activity and each of its groups, characteristics and function cells."""
    fine = with_functions(ready).filter(_.svc_at & _.area_at & _.dated & (_.population_group != ""))
    groups = fine.mutate(group=codes(_.population_group).unnest())
    return _by_function(groups.mutate(trait=_.characteristic.split(";").unnest()))


def _by_function(rows: ir.Table) -> ir.Table:
    """Different functions are different cells; an unknown or coarser one joins those of the cell."""
    place = ["svc", "group", "trait", "area"]
    named = rows.filter(_.function != "").select(*place, work="function", work_above="function_above")
    known = named.distinct().anti_join(
        named.filter(_.work_above != "").select(*place, work="work_above"), [*place, "work"]
    )
    joined = rows.left_join(known, place, rname="{name}_known").mutate(
        work=_.work.fill_null(""), work_above=_.work_above.fill_null("")
    )
    fits = (_.function == "") | (_.function == _.work) | (_.function == _.work_above)
    return joined.filter(fits).drop(*[f"{name}_known" for name in place])


def _rows(everyone: ir.Table) -> ir.Table:
    exact = (_.function == _.work).any()
    cso = _.organisation.nunique(where=_.organisation_type == "cso")
    return everyone.group_by([*RUN, "run_end", "days", "work_above"]).agg(
        told=ibis.ifelse(exact, _.work.max(), _.function.max()),
        org_count=_.organisation.nunique(),
        org_ids=_.organisation.collect(distinct=True).sort().join(";"),
        activity_count=_.activity_id.nunique(),
        activity_ids=_.activity_id.collect(distinct=True).sort().join(";"),
        cso_count=cso,
        funders_known=ibis.ifelse((_.funder != "").all(), "yes", "no"),
    )


def _once(rows: ir.Table) -> ir.Table:
    """Activities of unknown function stand in several function cells; they are shown once."""
    same = ["svc", "group", "trait", "area", "told", "run_start", "run_end", "activity_ids"]
    nth = ibis.row_number().over(group_by=same, order_by="work")
    return rows.mutate(nth=nth).filter(_.nth == 0).drop("nth")


def _with(rows: ir.Table, answer: ir.Table, name: str) -> ir.Table:
    return rows.left_join(answer.rename({name: "answer"}), RUN, rname="{name}_" + name)


def _answers(runs: ir.Table, everyone: ir.Table, shared: ir.Table, unknown: ir.BooleanValue) -> ir.Table:
    """Say of each run: yes if something is shared, else unknown where a member says too little, else no."""
    told = everyone.mutate(unknown=unknown).group_by(RUN).agg(unknown=_.unknown.any())
    met = _inside(shared, runs).select(RUN).distinct().mutate(met=True)
    both = told.left_join(met, RUN)
    return both.select(*RUN, answer=ibis.cases((_.met, "yes"), (_.unknown, "unknown"), else_="no"))


def _inside(shared: ir.Table, runs: ir.Table) -> ir.Table:
    joined = runs.join(shared, CELL)
    return joined.filter((_.start >= _.run_start) & (_.end <= _.run_end))


def _sites(cells: ir.Table, runs: ir.Table, everyone: ir.Table) -> ir.Table:
    sited = cells.filter(_.site_key != "")
    shared = crowds(sited, [*CELL, "pcode", "site_key"]).select(*CELL, "start", "end")
    return _answers(runs, everyone, shared, _.site_key == "")


def _funders(cells: ir.Table, runs: ir.Table, everyone: ir.Table) -> ir.Table:
    funded = cells.mutate(one_funder=codes(_.funder).unnest())
    shared = crowds(funded, [*CELL, "one_funder"]).select(*CELL, "start", "end")
    return _answers(runs, everyone, shared, _.funder == "")


def _named(rows: ir.Table) -> ir.Table:
    cell = [_.svc, _.group, _.trait, _.area, _.told, _.org_ids, _.run_start.cast("string")]
    return rows.mutate(
        overlap_id="o-" + digest(*cell).substr(0, 12),
        service=_.svc,
        population_group=_.group,
        characteristic=_.trait,
        pcode=_.area,
        start=_.run_start,
        end=_.run_end,
        possible_count=_.possible_count.fill_null(0),
        verdict=ibis.literal("undecided"),
    ).select(schemas.columns(schemas.OVERLAPS))
