"""Small files in the canonical layout, as a partner would send them."""

from pathlib import Path

from csomap import flow
from csomap.settings import Settings

HEADERS = "organisation,organisation_type,service,population_group,pcode,site,start,end,project_id"


def form(*rows: str) -> bytes:
    """Return a CSV of the canonical form; each row is in the order of HEADERS."""
    return "\n".join([HEADERS, *rows]).encode()


def brought_in(home: Path, folder: Path, *rows: str) -> str:
    """Import a form into an installation; return the id of the import."""
    file = folder / "form.csv"
    file.write_bytes(form(*rows))
    return flow.ingest(file, Settings(home)).entry.import_id


# Two partners that name only the sector, and one of another sector in the south.
VAGUE = (
    "Palm Grove Society,cso,health,returnee,IQG15Q05,,2021-01,2021-12,",
    "Reed Boat Relief,ingo,health,returnee,IQG15Q05,,2021-01,2021-12,",
    "Olive Tree Union,cso,wash,host,IQG02Q01,,2021-01,2021-12,",
)
# Two partners of one service, and one that says less.
PLAIN = (
    "Palm Grove Society,cso,immunisation,returnee,IQG15Q05N01,Clinic by the bridge,2021-01-01,2021-06-30,",
    "Reed Boat Relief,ingo,immunisation,returnee,IQG15Q05N01,Clinic by the bridge,2021-03-01,2021-12-31,",
    "Olive Tree Union,cso,health,returnee,IQG15Q05,,2021-01-01,2021-12-31,",
)
