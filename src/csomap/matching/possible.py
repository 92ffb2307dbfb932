"""How many activities of others could fall into a run, were they told more finely."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.crowds import RUN
from csomap.matching.levels import area_chain, codes, functions_agree, with_functions

_KEYS = ["one_svc", "one_area", "one_group", "one_trait"]


def possible_counts(runs: ir.Table, candidates: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """Return how many coarser activities of other organisations could fall into each run.

    runs: RUN and PLACE columns, run_end, org_ids, told (function), work, work_above; candidates: active
    activities, coarser ones too, rolled up; steps, groups as for `overlaps`. Returns RUN columns and
    possible_count. An activity counts if its service, place, group, characteristic or dates are
    coarser than the run's or missing, none of them contradicts it, and its open reading shares a day.
    """
    looked_up = once(_looked_up(candidates), "candidate_keys")
    met = once(_reached(runs, steps, groups), "run_keys").join(looked_up, [*_KEYS, "exact"])
    listed = ";" + _.org_ids + ";"
    others = met.filter(
        (_.open_start <= _.run_end)
        & (_.open_end >= _.run_start)
        & functions_agree(met, "run_", "")
        & ~listed.contains(";" + _.organisation + ";")
    )
    return others.group_by(RUN).agg(possible_count=_.activity_id.nunique())


def _reached(runs: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """One row for each run and each combination of codes that its cell lies at or below.

    exact: the combination is the cell's own.
    """
    root = ibis.array([""])
    services = steps.select("svc", one_svc=_.svc_chain.unnest()).distinct()
    areas = runs.select("area").distinct().mutate(one_area=area_chain(_.area).unnest())
    above = groups.select(group="code", one_group=ibis.array([_.code]).concat(_.above).concat(root).unnest())
    traits = runs.select("trait").distinct()
    traits = traits.mutate(one_trait=ibis.array([_.trait]).concat(root).unique().unnest())
    known = runs.join(services, "svc").join(areas, "area").join(above, "group").join(traits, "trait")
    every = known.mutate(
        run_function=_.told,
        run_function_above=ibis.ifelse(_.told == _.work, _.work_above, ""),
    )
    own = (_.one_svc == _.svc) & (_.one_area == _.area) & (_.one_group == _.group) & (_.one_trait == _.trait)
    kept = [*RUN, *_KEYS, "run_end", "org_ids", "run_function", "run_function_above"]
    return every.mutate(exact=own).select(*kept, "exact")


def _looked_up(candidates: ir.Table) -> ir.Table:
    """Candidates by their codes: of those with a run's own codes only the ones without dates are coarser."""
    keyed = once(_keyed(candidates), "candidate_codes")
    undated = keyed.filter(~_.dated).mutate(exact=True)
    return ibis.union(keyed.mutate(exact=False), undated).drop("dated")


def _keyed(candidates: ir.Table) -> ir.Table:
    ready = with_functions(candidates)
    groups = ibis.ifelse(_.population_group == "", ibis.array([""]), codes(_.population_group))
    return (
        ready.mutate(one_svc=_.svc, one_area=_.area, one_group=groups.unnest())
        .mutate(one_trait=_.characteristic.split(";").unnest())
        .select(
            *_KEYS,
            "activity_id",
            "organisation",
            "function",
            "function_above",
            "open_start",
            "open_end",
            "dated",
        )
    )
