"""What a valid row of a comparison is, and of the list of where one more provider would relieve most."""

import pandera.pandas as pa

from csomap.tables.fields import count, number, schema, text

_SIDES = {"before": "the first window", "now": "the second window"}
_KNOWN = "empty where a side is no_data or unknown"
_LIST = "org_ids, sorted, joined by ;"


def _both(name: str, kind: str, meaning: str) -> dict[str, pa.Column]:
    make = {"count": count, "number": number, "text": text}[kind]
    return {f"{name}_{side}": make(f"{meaning}, in {window}") for side, window in _SIDES.items()}


CHANGE = schema(
    "change",
    "One area and one service in two windows, or in two states of the data.",
    {
        "pcode": text("area"),
        "area_name": text("name in the chosen language"),
        "service": text("code at the service level"),
        **_both("organisations", "count", "distinct organisations active"),
        **_both("cso_count", "count", "those of them that are CSOs"),
        **_both("org_months", "count", "over organisations, the months in which each is active, added up"),
        **_both("months", "count", "calendar months"),
        **_both("presence", "number", "org_months / months: organisations present at a time, on average"),
        **_both("status", "text", "no_data, unknown, gap, thin or covered"),
        "org_ids_new": text(f"active now and not before; {_KNOWN}; {_LIST}"),
        "org_ids_gone": text(f"active before and not now; {_KNOWN}; {_LIST}"),
        "change": text(
            "new, gone, grown, shrunk, same, none (a gap both times), silent_before, silent_now, silent "
            "(no data both times) or unknown"
        ),
    },
)

WHERE_NEXT = schema(
    "where-next",
    "Areas in the order in which one more provider of a service would relieve most people of sharing one.",
    {
        "rank": count("place in the list, from 1"),
        "pcode": text("area"),
        "area_name": text("name in the chosen language"),
        "service": text("code at the service level"),
        "indicator": text("what people_in_need counts, such as population or idp"),
        "people_in_need": number("value of the indicator; persons"),
        "organisations": count("distinct organisations active in the window"),
        "providers": number("org_months / months of the window: organisations present at a time, on average"),
        "people_now": number("people_in_need / (providers + 1); persons"),
        "people_after": number("people_in_need / (providers + 2); persons"),
        "relief": number("people_now - people_after; persons"),
        "status": text("no_data, unknown, gap, thin or covered"),
        "unspecified": count("activities known only more coarsely that could be here"),
        "severity": number("1 to 5 as published; empty = unknown"),
        "beside": text(f"organisations that give the service in areas that share a border; {_LIST}"),
        "reach": text(
            "of the organisation that was asked for: same_governorate (it works there), beside (it works in "
            "an area that shares a border) or far; empty = nobody was asked for"
        ),
    },
)
