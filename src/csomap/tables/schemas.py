"""What a valid row is: the columns of every table that crosses rooms, with their meaning."""

import pandera.pandas as pa

from csomap.tables import fairness_schemas, organisation_schemas, transition_schemas
from csomap.tables.change_schemas import CHANGE as CHANGE
from csomap.tables.change_schemas import WHERE_NEXT as WHERE_NEXT
from csomap.tables.evidence_schemas import EVIDENCE as EVIDENCE
from csomap.tables.evidence_schemas import ORG_PAIRS as ORG_PAIRS
from csomap.tables.fields import column, count, day, flag, number, schema, text
from csomap.tables.organisation_schemas import ORGANISATIONS as ORGANISATIONS
from csomap.tables.suggestion_schemas import NEAR as _BESIDE
from csomap.tables.suggestion_schemas import SUGGESTIONS as SUGGESTIONS
from csomap.tables.validity import columns as columns
from csomap.tables.validity import none as none
from csomap.tables.validity import valid as valid
from csomap.tables.verdict_schemas import STANDINGS as STANDINGS

_LIST = "sorted, distinct, joined by ;"


_WHERE_FROM = {
    "source_id": text("the import that the row came in with"),
    "source_row": count("row number as the spreadsheet shows it, first row = 1"),
}

_PEOPLE = {
    "targeted": number("people the activity is meant for, as reported; persons"),
    "reached": number("people reached, as reported; persons"),
    "value_usd": number("money, as reported; US dollars"),
}

_COORDINATES = {
    "latitude": number("degrees north, WGS 84"),
    "longitude": number("degrees east, WGS 84"),
}

RAW = schema(
    "raw rows",
    "A row of a source file as it stands; text is what the file says.",
    {
        "source_row": _WHERE_FROM["source_row"],
        **{
            name: text("as the file says it; empty = not stated")
            for name in [
                "activity_id",
                "project_id",
                "organisation",
                "organisation_acronym",
                "programme_organisation",
                "funder",
                "organisation_type",
                "sector",
                "service",
                "function",
                "population_group",
                "characteristic",
                "country",
                "pcode",
                "adm1",
                "adm1_name",
                "adm2",
                "adm2_name",
                "adm3",
                "adm3_name",
                "admin_level",
                "site",
                "status",
            ]
        },
        **_COORDINATES,
        "start": day("first day"),
        "end": day("last day, inclusive"),
        "end_is_stated": flag("the source gave an end; a last reported month is not an end"),
        **_PEOPLE,
        "other": text("JSON of the columns of the file that no field takes"),
        "rejected": flag("the row has a fault that only its author can mend"),
    },
)

_CANONICAL = {
    "activity_id": text("the source's own id; empty where it has none"),
    "project_id": text("what several activities may share; empty = not stated"),
    "organisation": text("org_id of the organisation that does the work"),
    "programme_organisation": text(f"org_ids of those that report or lead; {_LIST}"),
    "funder": text(f"org_ids of the funders; {_LIST}"),
    "organisation_type": text("code of organisation_types.csv"),
    "service": text("code of services.csv, the finest that was reported; empty = unknown"),
    "function": text("code of functions.csv; empty = unknown"),
    "population_group": text(f"codes of population_groups.csv; {_LIST}; empty = unknown"),
    "characteristic": text(f"codes of characteristics.csv; {_LIST}; empty = everybody"),
    "pcode": text("finest place that is known; empty = unknown"),
    "site": text("name of the place of work, as reported; empty = not stated"),
    **_COORDINATES,
    "start": day("first day"),
    "end": day("last day, inclusive"),
    "status": text("code of statuses.csv; empty = not stated"),
    **_PEOPLE,
}

_ADDED = {
    "end_is_stated": flag("the source gave an end; a last reported month is not an end"),
    "site_key": text("site as it is compared: normalised; empty = not stated"),
}

REPORTS = schema(
    "reports",
    "A raw row with its codes; one row for each distinct report.",
    {
        **_CANONICAL,
        **_WHERE_FROM,
        **_ADDED,
        "review": text(f"columns that wait for a person; {_LIST}; empty = in the analysis"),
    },
)

ACTIVITIES = schema(
    "activities",
    "One organisation, service, function, set of groups, place and site over one unbroken period.",
    {
        **_CANONICAL,
        "activity_id": column(str, "names exactly one activity", checks=pa.Check(lambda s: s.is_unique)),
        "source_id": text("import of its first report"),
        "source_row": count("row of its first report"),
        **_ADDED,
        "report_count": count("reports that tell of it"),
        **{name: number("largest of its reports, never a sum") for name in _PEOPLE},
        "targeted_sum": number("added up over its reports; may count one person many times"),
        "reached_sum": number("added up over its reports; may count one person many times"),
    },
)

PAIRS = schema(
    "pairs",
    "Two activities of different organisations that are, or may be, the same work.",
    {
        "activity_a": text("the smaller activity_id"),
        "activity_b": text("the larger activity_id"),
        "org_a": text("org_id of activity_a"),
        "org_b": text("org_id of activity_b"),
        "kind": text("overlap, joint (same project) or chain (one is the other's programme or funder)"),
        "grade": text("confirmed (every relation is same) or possible"),
        "service": text("rolled-up code of the coarser one; empty = unknown"),
        **{f"{name}_relation": text("same, nested or unknown") for name in ("service", "population")},
        "characteristic_relation": text("same or nested"),
        "area_relation": text("same, nested, unknown or near (different, and near by their coordinates)"),
        "time_relation": text("same or unknown"),
        "days": number("days that both are active; empty where a date is missing"),
        "same_site": text("yes, no or unknown"),
    },
)

NEAR = schema("near", "Pairs that only a border parts; never counted.", {**PAIRS.columns, **_BESIDE})

OVERLAPS = schema(
    "overlaps",
    "A longest run of days in one cell on each of which two or more organisations are active.",
    {
        "overlap_id": text("hash of the cell, the organisations and the first day"),
        "service": text("code at the service level"),
        "population_group": text("code"),
        "characteristic": text("code; empty = everybody"),
        "pcode": text("code at the area level; at level site: pcode|site"),
        "start": day("first day of the run"),
        "end": day("last day of the run, inclusive"),
        "days": count("length of the run; days"),
        "org_count": count("organisations"),
        "org_ids": text(_LIST),
        "activity_count": count("activities"),
        "activity_ids": text(_LIST),
        "same_site": text("yes, no or unknown"),
        "cso_count": count("organisations that are CSOs"),
        "funders_known": text("yes if every activity names a funder, else no"),
        "same_funder": text("yes, no or unknown"),
        "possible_count": count("activities of others that could fall into this cell and run"),
        "verdict": text("what people decided of its pairs: undecided until then, mixed where they differ"),
    },
)

COVERAGE = schema(
    "coverage",
    "One area and one service in a window of months, silent ones too.",
    {
        "pcode": text("area; in the table regions this column is called region"),
        "area_name": text("name in the chosen language"),
        "service": text("code at the service level"),
        "population_group": text("the group that was asked for; empty = everybody"),
        "indicator": text("what people_in_need counts, such as population or idp"),
        "organisations": count("distinct organisations active in the window"),
        "cso_count": count("those of them that are CSOs"),
        "activities": count("distinct activities active in the window"),
        "months_active": count("months of the window with at least one active activity"),
        "months": count("months of the window"),
        "continuity": number("months_active / months, 0 to 1"),
        "org_months": count("over organisations, the months in which each is active, added up"),
        **{
            f"{who}_{how}": number(f"{meaning}; persons; empty = nobody reports it")
            for who in ("targeted", "reached")
            for how, meaning in (("max", "largest of the activities"), ("sum", "added up over all reports"))
        },
        "people_in_need": number("value of the indicator; persons; empty = unknown"),
        "organisations_per_100k": number("organisations / people_in_need x 100,000"),
        "unspecified": count("activities known only more coarsely that could be here"),
        "unlocated": count("those of them of which only the area is coarser"),
        "status": text("no_data, unknown, gap, thin or covered"),
        "need_share": number("people_in_need / its total, 0 to 1"),
        "presence_share": number("org_months / its total, 0 to 1"),
        "gap_score": number("need_share - presence_share, -1 to 1"),
    },
)

PROBLEMS = schema(
    "problems",
    "What is wrong with a row of a file, and how to mend it.",
    {
        "source_row": _WHERE_FROM["source_row"],
        "column": text("the file's own header"),
        "value": text("what the cell says"),
        "code": text("names the words of the reason in the catalogue"),
        "hint": text("nearest valid values"),
        "effect": text("rejected, review or note"),
    },
)

ALL = (
    *(RAW, REPORTS, ACTIVITIES, PAIRS, NEAR, OVERLAPS, ORG_PAIRS, EVIDENCE, STANDINGS, SUGGESTIONS),
    *(COVERAGE, PROBLEMS),
    *organisation_schemas.ALL,
    *fairness_schemas.ALL,
    *transition_schemas.ALL,
    *(CHANGE, WHERE_NEXT),
)
