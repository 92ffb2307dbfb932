"""Reports to activities: what is told month by month is one activity while it is unbroken."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.matching.levels import digest
from csomap.tables.known import NOT_ACTIVE

KEY = (
    "activity_id",
    "organisation",
    "project_id",
    "service",
    "function",
    "population_group",
    "characteristic",
    "pcode",
    "site",
)
_APART = ("alone", "island")
_OTHERS = ("source_id", "source_row")


def distinct(reports: ir.Table) -> ir.Table:
    """Return each report once: of rows that agree in every field, the first by source and row.

    reports: REPORTS columns. Rows of two imports that agree are one report.
    """
    same = [name for name in reports.columns if name not in _OTHERS]
    first = ibis.row_number().over(group_by=same, order_by=list(_OTHERS))
    return reports.mutate(nth=first).filter(_.nth == 0).drop("nth")


def activities(reports: ir.Table) -> ir.Table:
    """Return activities: reports with the same key whose periods overlap or touch are one.

    reports: REPORTS columns, without rows that wait for review.
    Returns ACTIVITIES columns. The next report touches if it starts at most one day after the
    latest end so far. A report without a start or an end is never merged (semantics 2.2). What is
    planned or cancelled is not merged with work that is done, which it would hide.
    """
    return named(assigned(reports))


def assigned(reports: ir.Table) -> ir.Table:
    """Return the distinct reports with final_id: the activity that each became part of."""
    islands = _islands(distinct(reports))
    numbered = _numbered(_merged(islands, *_APART)).select(*KEY, *_APART, final_id="own")
    return islands.join(numbered, [*KEY, *_APART]).drop(*_APART)


def named(reports: ir.Table) -> ir.Table:
    """Return the activities (ACTIVITIES columns) of reports to which `assigned` gave their final_id."""
    return _merged(reports, "final_id").mutate(activity_id=_.final_id).drop("final_id")


def _islands(reports: ir.Table) -> ir.Table:
    whole = reports.start.notnull() & reports.end.notnull()
    order = [_.start, _.end, _.source_id, _.source_row]
    apart = ibis.ifelse(_.status.isin(NOT_ACTIVE), _.status, "")
    dated = reports.mutate(
        alone=ibis.ifelse(whole, apart, _.source_id + ":" + _.source_row.cast("string"))
    ).mutate(latest=_.end.max().over(_window(order)))
    before = _.latest.lag().over(group_by=[*KEY, "alone"], order_by=order)
    broken = dated.mutate(before=before).mutate(
        breaks=(_.before.isnull() | (_.start > _.before + ibis.interval(days=1))).cast("int64")
    )
    return broken.mutate(island=_.breaks.sum().over(_window(order))).drop("latest", "before", "breaks")


def _window(order: list[ir.Value]) -> object:
    return ibis.window(group_by=[*KEY, "alone"], order_by=order, preceding=None, following=0)


def _merged(reports: ir.Table, *by: str) -> ir.Table:
    """Return one row for the reports of each activity, told apart by KEY and `by`."""
    turn = ibis.struct({name: _[name] for name in ("start", "source_id", "source_row")})
    newest = ibis.struct({name: _[name] for name in ("start", "source_row", "source_id")})
    return (
        reports.mutate(turn=turn, newest=newest)
        .group_by([*KEY, *by])
        .agg(
            start=_.start.min(),
            end=_.end.max(),
            end_is_stated=(_.end.max() == _.end.max(where=_.end_is_stated)).fill_null(False),
            status=_.status.argmax(_.newest, where=_.status.notnull()),
            site_key=_.site_key.min(),
            programme_organisation=_union(_.programme_organisation),
            funder=_union(_.funder),
            report_count=_.count(),
            **_first_and_people(),
        )
    )


def _first_and_people() -> dict[str, ibis.Deferred]:
    """Return the fields that the first report tells, and the figures of people and money."""
    told = ("source_id", "source_row", "latitude", "longitude", "organisation_type")
    return {
        **{name: _[name].argmin(_.turn, where=_[name].notnull()) for name in told},
        **{name: _[name].max() for name in ("targeted", "reached", "value_usd")},
        **{f"{name}_sum": _[name].sum() for name in ("targeted", "reached")},
    }


def _union(lists: ibis.Deferred) -> ibis.Deferred:
    together = lists.group_concat(";").split(";").filter(lambda item: item != "")
    return together.unique().sort().join(";").fill_null("")


def _numbered(merged: ir.Table) -> ir.Table:
    """Add own: the source's id where that names one activity, else a hash (semantics 2.5)."""
    fields = [_[name] for name in KEY]
    day = ibis.ifelse(_.start.isnull(), "", _.start.cast("string"))
    loose = ibis.ifelse(_.start.isnull() | _.end.isnull(), _.end.cast("string").fill_null("open"), "")
    apart = ibis.ifelse(_.alone.isin(NOT_ACTIVE), _.alone, "")
    hashed = merged.mutate(key=digest(*fields, day, loose, apart)).mutate(
        twin=ibis.row_number().over(group_by="key", order_by=[_.source_id, _.source_row]),
        namesakes=_.count().over(group_by="activity_id"),
    )
    unique = hashed.mutate(key=(_.key + ibis.ifelse(_.twin == 0, "", _.twin.cast("string"))).hexdigest("md5"))
    named = unique.mutate(
        own=ibis.cases(
            (_.activity_id == "", "a-" + _.key.substr(0, 12)),
            (_.namesakes == 1, _.activity_id),
            else_=_.activity_id + "#" + _.key.substr(0, 8),
        )
    ).mutate(clashes=_.count().over(group_by="own"))
    named = named.mutate(own=ibis.ifelse(_.clashes > 1, _.own + "~" + _.key, _.own)).drop("clashes")
    return named.drop("key", "twin", "namesakes")
