"""What a valid row is of how evenly presence is spread, and of how completely organisations report."""

from csomap.tables.fields import count, flag, number, schema, text

_MISSING = "empty = no presence, or fewer than two areas"

EQUITY = schema(
    "inequality",
    "How evenly the presence for one service is spread over the people in need, over all governorates.",
    {
        "service": text("code at the service level"),
        "indicator": text("what is counted as need, such as population or idp"),
        "areas": count("governorates whose people in need are known: those that are compared"),
        "silent": count("those of them without any report of any sector, which count as no presence"),
        "unknown": count("those of them where coarser reports could be this service; counted as no presence"),
        "organisations": count("distinct organisations active in the governorates compared"),
        "org_months": count("over organisations and governorates, the months active, added up"),
        "gini": number(f"Gini index of org_months per person in need, 0 to 1; 0 = even; {_MISSING}"),
        "gini_low": number("lower end of its 95 % interval; empty for fewer than two organisations"),
        "gini_high": number("upper end of its 95 % interval; empty for fewer than two organisations"),
        "gini_told": number(f"Gini index without the silent governorates; {_MISSING}"),
        "theil": number(f"Theil T index, 0 = even; {_MISSING}"),
        "theil_between": number("the part of it that lies between the regions"),
        "theil_within": number("the part of it that lies within the regions"),
    },
)

LORENZ = schema(
    "lorenz",
    "The governorates behind a Lorenz curve, least presence per person in need first.",
    {
        "pcode": text("governorate"),
        "area_name": text("name in the chosen language"),
        "region": text("its region"),
        "status": text("no_data, unknown, gap, thin or covered"),
        "people_in_need": number("value of the indicator; persons"),
        "org_months": count("over organisations, the months active, added up"),
        "org_months_per_100k": number("org_months / people_in_need x 100,000"),
        "people_share": number("share of the people in need up to this governorate, 0 to 1"),
        "presence_share": number("share of the organisation-months up to this governorate, 0 to 1"),
    },
)

REPORTING = schema(
    "reporting",
    "How many of the months from its first report on each organisation tells of.",
    {
        "org_id": text("the organisation"),
        "first_month": text("first month that a report of it covers, YYYY-MM"),
        "expected": count(
            "months of the window from then to the newest of the data, or to its last stated end"
        ),
        "told": count("those of them that a report of it covers"),
        "completeness": number("told / expected, 0 to 1"),
        "silent_months": text("the others, YYYY-MM joined by ;"),
        "usual": flag("it usually reports: enough months expected, and most of them told (rules.yml)"),
    },
)

UNKNOWN = schema(
    "unknown",
    "One kind of hole in the data: how many of how many.",
    {
        "what": text("unlocated, service, group, dates, ends, silent_months, months, waiting, silent_1..3"),
        "missing": count("how many are not known, or silent"),
        "of": count("of how many"),
        "share": number("missing / of, 0 to 1; empty where there are none"),
    },
)

ALL = (EQUITY, LORENZ, REPORTING, UNKNOWN)
