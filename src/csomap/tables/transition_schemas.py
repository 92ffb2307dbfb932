"""What a valid row is of the tables of what ends next, and of who could take over."""

from csomap.tables.fields import count, day, number, schema, text

_LIST = "sorted, distinct, joined by ;"

COMING_GAPS = schema(
    "coming-gaps",
    "A service that somebody gives on a day and nobody is known to give some months later.",
    {
        "pcode": text("code at the area level"),
        "service": text("code at the service level"),
        "population_group": text("code; empty = not stated, or stopped_reporting: all groups together"),
        "horizon_months": number("months ahead: 3, 6 or 12; empty for stopped_reporting"),
        "ends": day(
            "ending: the last stated end; stopped_reporting: the last day of the newest reported month"
        ),
        "org_ids_leaving": text(f"org_ids active there on the day asked for that pass the filters; {_LIST}"),
        "org_ids_staying": text(f"org_ids still known to give the service in the area; {_LIST}"),
        "candidates": text("org_ids that could take over, best first, joined by ;"),
        "kind": text("ending or stopped_reporting"),
    },
)

HANDOVER = schema(
    "handover",
    "An organisation that could take over a service, with the reasons for its rank.",
    {
        "org_id": text("names the organisation"),
        "rank": count("1 = first to ask"),
        "where": text("nearest place where it gives the service: here, beside or governorate"),
        "same_population": text("yes, no or unknown: whether it serves the same population group there"),
        "local": text("yes for an organisation of Iraq (rules.yml), else no"),
        "activities": count("its activities of the service there"),
        "last_month": text("newest reported month of them, YYYY-MM; empty = none has begun yet"),
    },
)

ENDINGS = schema(
    "endings",
    "Activities of a day by the month in which they end, as far as reports state it.",
    {
        "month": day("first day of the month; missing for later and not_stated"),
        "kind": text("stated, later (a stated end beyond the months shown) or not_stated"),
        "activities": count("activities that go on on the day asked for"),
        "organisations": count("distinct organisations that do them"),
    },
)

ALL = (COMING_GAPS, HANDOVER, ENDINGS)
