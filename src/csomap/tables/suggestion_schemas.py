"""What a valid suggestion is, and what the pairs that work near each other say beside the others."""

from csomap.tables.fields import count, number, schema, text

SUGGESTIONS = schema(
    "suggestions",
    "What two organisations of an overlap could do about it; which of the two is never said.",
    {
        "org_a": text("org_id, the smaller as text"),
        "org_b": text("the other org_id"),
        "rank": count("place in the list of the two, from 1"),
        "suggestion": text("call, report_once, write_down, divide_area, divide_group, phases or move"),
        "service": text("code of the overlap's service"),
        "pcode": text("place of the overlap; for move that of the gap"),
        "km": number("move only: between the points of the two places, on the ellipsoid; km"),
        "people_in_need": number("move only: value of the indicator there; persons; empty = unknown"),
        "indicator": text("what people_in_need counts, such as population or idp"),
        "other": text(
            "codes joined by ; in their order: call: roles of data/suggestions/roles.csv; divide_area: "
            "p-codes; divide_group: groups or characteristics; phases: services, with =org_id where reports "
            "say who; report_once: name, where the two may be one organisation"
        ),
    },
)

# Beside the columns of the pairs.
NEAR = {
    "km": number("between the coordinates of the two activities, on the ellipsoid; km"),
    **{f"pcode_{one}": text(f"finest place known of activity_{one}") for one in ("a", "b")},
    **{
        f"site_{one}": text(f"name of the place of work of activity_{one}, as reported") for one in ("a", "b")
    },
}
