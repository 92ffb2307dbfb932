"""How many activities of others could fall into a run, were they told more finely."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.cells import PLACE
from csomap.matching.crowds import RUN
from csomap.matching.levels import area_chain, codes, functions_agree, with_functions

TOLD = {"told_function": "told", "told_function_above": "told_above"}
PEOPLE = ["one_svc", "one_group", "one_trait"]
_KEYS = [*PEOPLE, "one_area", "exact"]


def possible_counts(runs: ir.Table, candidates: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """Return how many coarser activities of other organisations could fall into each run.

    runs: RUN and PLACE columns, place, run_end, org_ids, told (function), told_above; candidates:
    active activities, coarser ones too, rolled up; steps, groups as for `overlaps`. Returns RUN columns
    and possible_count. An activity counts if its service, place, group, characteristic or dates are
    coarser than the run's or missing, none of them contradicts it, and its open reading shares a day.
    """
    looked_up = once(_looked_up(candidates), "candidate_keys")
    reached = _reached(runs.select("place", *PLACE).distinct(), steps, groups)
    # Most combinations are nobody's; those are gone before runs and activities meet.
    keys = once(reached.semi_join(looked_up, _KEYS), "place_keys")
    asking = runs.select(*RUN, "run_end", "place", listed=";" + _.org_ids + ";", **TOLD)
    met = once(asking.join(keys, "place"), "run_keys").join(looked_up, _KEYS)
    others = met.filter(
        (_.open_start <= _.run_end)
        & (_.open_end >= _.run_start)
        & functions_agree(met, "told_", "")
        & ~_.listed.contains(_.name)
    )
    # Only who is told under several codes can be met twice; counting all apart takes most of the time.
    once_each, several = _.count(where=~_.several), _.activity_id.nunique(where=_.several)
    return others.group_by(RUN).agg(possible_count=once_each + several)


def _reached(places: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """One row for each place and each combination of codes that it lies at or below.

    exact: the combination is the place's own.
    """
    areas = places.select("area").distinct().mutate(one_area=area_chain(_.area).unnest())
    known = with_people_above(places, steps, groups).join(areas, "area")
    own = (_.one_svc == _.svc) & (_.one_area == _.area) & (_.one_group == _.group) & (_.one_trait == _.trait)
    return known.mutate(exact=own).select("place", *_KEYS)


def with_people_above(rows: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """Return a row for each of `rows` (svc, group, trait) and each of the PEOPLE at or above its own."""
    root = ibis.array([""])
    services = steps.select("svc", one_svc=_.svc_chain.unnest()).distinct()
    above = groups.select(group="code", one_group=ibis.array([_.code]).concat(_.above).concat(root).unnest())
    traits = rows.select("trait").distinct()
    traits = traits.mutate(one_trait=ibis.array([_.trait]).concat(root).unique().unnest())
    return rows.join(services, "svc").join(above, "group").join(traits, "trait")


def _looked_up(candidates: ir.Table) -> ir.Table:
    """Candidates by their codes: of those with a run's own codes only the ones without dates are coarser."""
    kept = [*PEOPLE, "activity_id", "name", "several", "function", "function_above", "open_start", "open_end"]
    listed = by_people(candidates).select(*kept, "dated", one_area="area")
    keyed = once(listed, "candidate_codes")
    undated = keyed.filter(~_.dated).mutate(exact=True)
    return ibis.union(keyed.mutate(exact=False), undated).drop("dated")


def by_people(candidates: ir.Table) -> ir.Table:
    """Return a row for each of `candidates` (rolled up) and each of the PEOPLE codes that it names.

    Adds name (the organisation between semicolons) and several (it may name more than one).
    """
    groups = ibis.ifelse(_.population_group == "", ibis.array([""]), codes(_.population_group))
    several = _.population_group.contains(";") | _.characteristic.contains(";")
    named = with_functions(candidates).mutate(
        one_svc=_.svc, one_group=groups.unnest(), name=";" + _.organisation + ";", several=several
    )
    return named.mutate(one_trait=_.characteristic.split(";").unnest())
