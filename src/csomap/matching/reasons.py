"""The reasons by which two activities are compared.

Each makes one answer (a code) and up to three values that its sentence shows from `both`: the two activities
side by side, as a_ and b_ columns, with what was measured and compared before (measures, compared).
"""

from csomap.matching import reasons_between, reasons_work
from csomap.matching.told import Reason, compared

# In the order in which people read them.
REASONS: dict[str, Reason] = {
    "service": reasons_work.service,
    "function": compared("function", "function"),
    "population": compared("population", "population_group"),
    "characteristic": compared("characteristic", "characteristic"),
    "area": reasons_work.area,
    "distance": reasons_work.distance,
    "site": reasons_work.site,
    "time": reasons_work.time,
    "status": reasons_work.status,
    "funder": reasons_between.funder,
    "role": reasons_between.role,
    "project": reasons_between.project,
    "need": reasons_between.need,
    "scale": reasons_between.scale,
    "name": reasons_between.name,
    "report": reasons_between.report,
}
