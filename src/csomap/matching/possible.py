"""How many activities of others could fall into a run, were they told more finely."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.matching.crowds import RUN
from csomap.matching.levels import area_chain, codes, functions_agree, with_functions

_KEYS = ["one_svc", "one_area", "one_group", "one_trait"]


def possible_counts(runs: ir.Table, candidates: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """Return how many coarser activities of other organisations could fall into each run.

    runs: RUN columns, run_end, org_ids, told (function), work_above; candidates: active activities,
    coarser ones too, rolled up; steps, groups as for `overlaps`. Returns RUN columns and
    possible_count. An activity counts if its service, place, group, characteristic or dates are
    coarser than the run's or missing, none of them contradicts it, and its open reading shares a day.
    """
    met = _reached(runs, steps, groups).join(_keyed(candidates), _KEYS)
    listed = ";" + _.org_ids + ";"
    others = met.filter(
        ~listed.contains(";" + _.organisation + ";")
        & functions_agree(met, "run_", "")
        & (_.open_start <= _.run_end)
        & (_.open_end >= _.run_start)
        & _is_coarser()
    )
    return others.group_by(RUN).agg(possible_count=_.activity_id.nunique())


def _reached(runs: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """One row for each run and each combination of codes that its cell lies at or below."""
    root = ibis.array([""])
    known = runs.join(steps.select("service", "svc_chain"), [("svc", "service")]).join(
        groups, [("group", "code")]
    )
    return (
        known.mutate(
            one_svc=_.svc_chain.unnest(),
            run_function=_.told,
            run_function_above=ibis.ifelse(_.told == _.work, _.work_above, ""),
        )
        .mutate(one_area=area_chain(_.area).unnest())
        .mutate(one_group=ibis.array([_.group]).concat(_.above).concat(root).unnest())
        .mutate(one_trait=ibis.array([_.trait]).concat(root).unique().unnest())
        .select(*RUN, *_KEYS, "run_end", "org_ids", "run_function", "run_function_above")
    )


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


def _is_coarser() -> ibis.Deferred:
    return (
        (_.one_svc != _.svc)
        | (_.one_area != _.area)
        | (_.one_group != _.group)
        | (_.one_trait != _.trait)
        | ~_.dated
    )
