"""The service of a row, from the column that names it and the wider heading that it stands under."""

from dataclasses import dataclass

from csomap.resolve.resolution import Resolution
from csomap.resolve.terms import TermResolver


@dataclass(frozen=True, slots=True)
class Service:
    """The code of a row's service ("" = none), and the text that nobody could resolve.

    `unknown` makes the row wait: neither text is known. `coarser` holds it up no longer: the heading is
    known and stands for it. `column` is the field that the text stands in.
    """

    code: str
    unknown: tuple[Resolution, ...] = ()
    coarser: tuple[Resolution, ...] = ()
    column: str = "service"


def service_of(service: str, sector: str, resolver: TermResolver) -> Service:
    """Return the finest service that the two texts of a row name.

    A service is sought below its heading first. One that is vague, empty or unknown leaves the heading,
    and so does one that only repeats what stands above the heading.
    """
    heading = resolver.resolve(sector)
    found = resolver.resolve(service, heading.id)
    if found.id:
        return Service(heading.id if resolver.is_within(heading.id, found.id) else found.id)
    lost = (found,) if service and found.method != "vague" else ()
    if heading.id:
        return Service(heading.id, coarser=lost)
    if lost or not sector or heading.method == "vague":
        return Service("", unknown=lost)
    return Service("", unknown=(heading,), column="sector")
