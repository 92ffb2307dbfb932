"""Which runs are more than one project or one chain of a funder and those it pays."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.crowds import RUN
from csomap.matching.levels import codes


def uncoordinated(members: ir.Table) -> ir.Table:
    """Return the runs with two activities of kind overlap on a day in common.

    members: RUN columns, activity_id, organisation, org, project_id, programme_organisation, funder,
    start, end. Returns RUN columns. On every day of a run another organisation is active, so one
    member without any tie to the others settles it; only runs where all are tied are compared
    pair by pair.
    """
    free = once(members.anti_join(_tied(members), [*RUN, "activity_id"]).select(RUN).distinct(), "free")
    return ibis.union(free, _compared(members.anti_join(free, RUN))).distinct()


def _tied(members: ir.Table) -> ir.Table:
    """Members that share a project with another organisation, name one of the run or are named."""
    projects = members.filter(_.project_id != "").group_by([*RUN, "project_id"])
    shared = projects.agg(least=_.org.min(), most=_.org.max()).filter(_.least != _.most)
    joint = members.semi_join(shared, [*RUN, "project_id"]).select(*RUN, "activity_id")
    named = once(_named_others(members), "named")
    namers = named.semi_join(members.select(*RUN, name="organisation"), [*RUN, "name"]).select(
        *RUN, "activity_id"
    )
    bearers = members.semi_join(named.select(*RUN, organisation="name"), [*RUN, "organisation"]).select(
        *RUN, "activity_id"
    )
    return ibis.union(joint, namers, bearers).distinct()


def _named_others(members: ir.Table) -> ir.Table:
    names = codes(_.programme_organisation).concat(codes(_.funder))
    own_only = _.programme_organisation.isin(["", _.organisation]) & (_.funder == "")
    listed = members.filter(~own_only).select(*RUN, "activity_id", "organisation", name=names.unnest())
    return listed.filter(_.name != _.organisation)


def _compared(members: ir.Table) -> ir.Table:
    """Runs in which two tied members, on a day in common, are tied to others but not to each other."""
    kept = [
        "activity_id",
        "organisation",
        "org",
        "project_id",
        "programme_organisation",
        "funder",
        "start",
        "end",
    ]
    slim = once(members.select(*RUN, *kept), "coordinated")
    both = slim.join(slim.view(), RUN, rname="b_{name}").filter(
        (_.org < _.b_org) & (_.start <= _.b_end) & (_.end >= _.b_start)
    )
    joint = (_.project_id != "") & (_.project_id == _.b_project_id)
    chain = _names(_.programme_organisation, _.funder, _.b_organisation) | _names(
        _.b_programme_organisation, _.b_funder, _.organisation
    )
    return both.filter(~joint & ~chain).select(RUN).distinct()


def _names(programme: ibis.Deferred, funder: ibis.Deferred, organisation: ibis.Deferred) -> ibis.Deferred:
    return (";" + programme + ";" + funder + ";").contains(";" + organisation + ";")
