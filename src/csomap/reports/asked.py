"""What is asked, in one sentence."""

from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import period
from csomap.tables.query import Query


def sentence(view: Reader, query: Query) -> str:
    """Return the filters of a query in one sentence: service, people, place, organisations, months."""
    every = {name: view.t(f"filter.all.{name}") for name in ("sector", "population", "place")}
    code = query.finest_service
    parts = [
        names.service(view, code) if code else every["sector"],
        names.group(view, query.population) if query.population else every["population"],
        names.place_within(view, query.place) if query.place else every["place"],
        *([names.organisation_type(view, query.organisation_type)] if query.organisation_type else []),
        *([period(query.start, query.end, view.lang)] if query.start and query.end else []),
    ]
    return view.t("filter.sentence", parts=" · ".join(parts))
