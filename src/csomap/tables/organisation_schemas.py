"""What a valid row is of who is who: the registry, the directory of a question, and who works with whom."""

from csomap.i18n import LANGUAGES
from csomap.tables.fields import count, day, schema, text

_LIST = "sorted, distinct, joined by ;"

# Where an organisation is registered: with the federal NGO directorate, with the department of the
# Kurdistan Region, or in another country.
REGISTRATIONS = ("federal", "kurdistan", "abroad")
# What a registry may leave out, or not know of an organisation.
OPTIONAL = ("registration", "founded", "functions")

ORGANISATIONS = schema(
    "organisations",
    "Who: the registry, and the names that files brought and nobody has confirmed yet.",
    {
        "org_id": text("names the organisation"),
        **{f"name_{lang}": text("name in that language; empty = not known") for lang in LANGUAGES},
        "acronym": text("acronym; empty = none"),
        "type": text("code of organisation_types.csv"),
        "status": text("registered, provisional or merged"),
        "registration": text(f"where: {', '.join(REGISTRATIONS)}; {_LIST}; empty = not known"),
        "founded": text("year in which it was founded, YYYY; empty = not known"),
        "functions": text(f"codes of functions.csv, as the registry has them; {_LIST}; empty = not known"),
        "aliases": text(_LIST),
        "activities": count("activities it does"),
        **{f"{name}_month": text(f"{name} month with an activity, YYYY-MM") for name in ("first", "last")},
    },
)

DIRECTORY = schema(
    "directory",
    "The organisations that do something in the filters, with what, where and since when.",
    {
        "org_id": text("the organisation"),
        "type": text("code of organisation_types.csv; empty = not known"),
        "services": text(f"codes of services.csv; {_LIST}; empty = none is stated"),
        "governorates": text(f"p-codes of the governorates; {_LIST}; empty = no place is known"),
        "activities": count("distinct activities in the filters"),
        "months": count("calendar months of the window in which one of them is active, by its dates"),
        "start": day("first day that is known of them; missing = no date"),
        "end": day("last day that is known of them; missing = no date"),
        "overlaps_undecided": count("overlaps of the query in which it waits for a verdict"),
    },
)

LINKS = schema(
    "links",
    "Two organisations that reports name together, once for each kind of link.",
    {
        "org_a": text("org_id; of a programme or a funder, the one that does the work"),
        "org_b": text("the other org_id; of a programme or a funder, that one"),
        "kind": text("project (the same project_id), programme (it reports or leads) or funder"),
        "activities": count("activities that tell of it"),
        "start": day("first day of them; missing = no date"),
        "end": day("last day of them; missing = no date"),
    },
)

SAME_SERVICE = schema(
    "same-service",
    "The organisations that give a service of one organisation, where it works or next to it.",
    {
        "org_id": text("the other organisation"),
        "services": text(f"codes at the service level that both give in such places; {_LIST}"),
        "here": text(f"governorates in which both give one of them; {_LIST}"),
        "beside": text(f"governorates of the other that share a border with one of its own; {_LIST}"),
    },
)

ALL = (ORGANISATIONS, DIRECTORY, LINKS, SAME_SERVICE)
