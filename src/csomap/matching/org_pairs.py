"""Two organisations of one overlap: which of its activities meet, for how many days, and as what."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once

_WHO = ["activity_id", "organisation", "project_id", "programme_organisation", "funder"]
_RANKS = {"overlap": 0, "joint": 1, "chain": 2}


def org_pairs(overlaps: ir.Table, activities: ir.Table, *, min_days: int) -> ir.Table:
    """Return every two organisations of each overlap that have activities with a day in common there.

    overlaps: OVERLAPS columns; activities: what `levels.active` keeps. Returns overlap_id, org_a, org_b
    (the smaller as text first), kind (overlap if any of their pairs is, else joint, else chain), days (most
    days that two activities of that kind share within the run), pair_count, and asks: whether people are
    asked for a verdict (kind overlap and at least `min_days`).
    """
    met = once(activity_pairs(overlaps, activities), "met")
    ranked = met.mutate(rank=_.kind.cases(*_RANKS.items(), else_=9))
    key = ["overlap_id", "org_a", "org_b"]
    told = ranked.mutate(first=_.rank.min().over(ibis.window(group_by=key)))
    found = told.group_by(key).agg(
        rank=_.first.min(), days=_.days.max(where=_.rank == _.first), pair_count=_.count()
    )
    named = found.mutate(kind=_.rank.cases(*((rank, kind) for kind, rank in _RANKS.items()), else_=""))
    return named.mutate(asks=(_.kind == "overlap") & (_.days >= min_days)).drop("rank")


def activity_pairs(overlaps: ir.Table, activities: ir.Table) -> ir.Table:
    """Return every two activities of different organisations of each overlap with a day in common in its run.

    Takes what `org_pairs` takes. Returns overlap_id, activity_a, activity_b, org_a, org_b (the smaller as
    text first), kind, days (in common, within the run; days).
    """
    listed = overlaps.select(
        "overlap_id", run_start="start", run_end="end", activity_id=_.activity_ids.split(";").unnest()
    )
    inside = listed.join(activities.select(*_WHO, "start", "end"), "activity_id").mutate(
        start=ibis.greatest(_.start, _.run_start), end=ibis.least(_.end, _.run_end)
    )
    slim = once(inside.drop("run_start", "run_end"), "inside")
    both = slim.join(slim.view(), "overlap_id", rname="b_{name}").filter(
        (_.organisation < _.b_organisation) & (_.start <= _.b_end) & (_.end >= _.b_start)
    )
    return both.select(
        "overlap_id",
        activity_a=_.activity_id,
        activity_b=_.b_activity_id,
        org_a=_.organisation,
        org_b=_.b_organisation,
        kind=_kind(),
        days=ibis.least(_.end, _.b_end).delta(ibis.greatest(_.start, _.b_start), unit="day") + 1,
    )


def _kind() -> ir.StringValue:
    joint = (_.project_id != "") & (_.project_id == _.b_project_id)
    chain = _names(_.programme_organisation, _.funder, _.b_organisation) | _names(
        _.b_programme_organisation, _.b_funder, _.organisation
    )
    return ibis.cases((joint, "joint"), (chain, "chain"), else_="overlap")


def _names(programme: ibis.Deferred, funder: ibis.Deferred, organisation: ibis.Deferred) -> ibis.Deferred:
    return (";" + programme + ";" + funder + ";").contains(";" + organisation + ";")
