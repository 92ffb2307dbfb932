"""How much is not known: counts of what reports leave unsaid."""

import ibis.expr.types as ir
from ibis import _

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH, AreaLevel


def unsaid(reports: ir.Table, level: AreaLevel) -> ir.Table:
    """Return one row of counts: reports, and those without a service, group, dates or stated end; activities,
    and those of them whose place is known only more coarsely than the level (unlocated).

    reports: final_id (of the activity), service, population_group, pcode, site_key, start, end,
    end_is_stated. A sector alone is no service; `dates` lack a start or an end; of `ends` a last reported
    month stands for the end.
    """
    tree = taxonomy.load("services")
    named = [code for code in tree.codes if tree.level(code) != "sector"]
    coarse = (
        (_.site_key == "") | (_.pcode == "") if level == "site" else _.pcode.length() < PCODE_LENGTH[level]
    )
    return reports.agg(
        reports=_.count(),
        activities=_.final_id.nunique(),
        service=_.count(where=~_.service.isin(named)),
        group=_.count(where=_.population_group == ""),
        dates=_.count(where=_.start.isnull() | _.end.isnull()),
        ends=_.count(where=~_.end_is_stated & _.end.notnull()),
        unlocated=_.final_id.nunique(where=coarse),
    )
