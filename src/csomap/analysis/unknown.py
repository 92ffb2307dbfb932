"""How much is not known: counts of what reports leave unsaid."""

import ibis
import ibis.expr.types as ir
from ibis import Deferred, _

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH, AreaLevel


def unsaid(reports: ir.Table, level: AreaLevel) -> ir.Table:
    """Return one row of counts: reports, and those without a service, group, dates or stated end; activities,
    and those of them whose place is known only more coarsely than the level (unlocated). Of sensitive
    services and characteristics nothing finer than the governorate is shown: what is kept back is neither.

    reports: final_id (of the activity), service, characteristic, population_group, pcode,
    site_key, start, end, end_is_stated. A sector alone is no service; `dates` lack a start or an end; of
    `ends` a last reported month stands for the end.
    """
    tree = taxonomy.load("services")
    named = [code for code in tree.codes if tree.level(code) != "sector"]
    coarse = (
        (_.site_key == "") | (_.pcode == "") if level == "site" else _.pcode.length() < PCODE_LENGTH[level]
    )
    kept_back = coarse & (_.pcode != "") & _sensitive()
    return reports.agg(
        reports=_.count(),
        activities=_.final_id.nunique(where=~kept_back),
        service=_.count(where=~_.service.isin(named)),
        group=_.count(where=_.population_group == ""),
        dates=_.count(where=_.start.isnull() | _.end.isnull()),
        ends=_.count(where=~_.end_is_stated & _.end.notnull()),
        unlocated=_.final_id.nunique(where=coarse & ~kept_back),
    )


def _sensitive() -> Deferred:
    """Return whether a row tells of a service or a characteristic marked sensitive."""
    services, traits = (taxonomy.load(name) for name in ("services", "characteristics"))
    marked = ibis.array([code for code in traits.codes if traits.is_sensitive(code)])
    by_service = _.service.isin([code for code in services.codes if services.is_sensitive(code)])
    return by_service | (_.characteristic.split(";").intersect(marked).length() > 0)
