"""What a valid row is: the columns of every table that crosses rooms, with their meaning.

docs/data_dictionary.md is generated from these schemas.
"""

from typing import Any

import pandas as pd
import pandera.pandas as pa

_LIST = "sorted, distinct, joined by ;"


def _column(kind: Any, meaning: str, *, empty: bool = False, checks: Any = None) -> pa.Column:
    return pa.Column(kind, checks, nullable=empty, coerce=True, description=meaning)


def _text(meaning: str) -> pa.Column:
    return _column(str, meaning)


def _number(meaning: str) -> pa.Column:
    return _column(float, meaning, empty=True)


def _day(meaning: str) -> pa.Column:
    return _column("datetime64[us]", meaning, empty=True)


def _count(meaning: str) -> pa.Column:
    return _column(int, meaning)


def _flag(meaning: str) -> pa.Column:
    return _column(bool, meaning)


def _schema(name: str, meaning: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name, description=meaning, strict="filter", ordered=False)


_WHERE_FROM = {
    "source_id": _text("the import that the row came in with"),
    "source_row": _count("row number as the spreadsheet shows it, first row = 1"),
}

_PEOPLE = {
    "targeted": _number("people the activity is meant for, as reported; persons"),
    "reached": _number("people reached, as reported; persons"),
    "value_usd": _number("money, as reported; US dollars"),
}

_COORDINATES = {
    "latitude": _number("degrees north, WGS 84"),
    "longitude": _number("degrees east, WGS 84"),
}

RAW = _schema(
    "raw rows",
    "A row of a source file as it stands; text is what the file says.",
    {
        "source_row": _WHERE_FROM["source_row"],
        **{
            name: _text("as the file says it; empty = not stated")
            for name in (
                "activity_id project_id organisation organisation_acronym programme_organisation funder "
                "organisation_type service function population_group characteristic pcode adm1 adm1_name "
                "adm2 adm2_name adm3 adm3_name admin_level site status"
            ).split()
        },
        **_COORDINATES,
        "start": _day("first day"),
        "end": _day("last day, inclusive"),
        "end_is_stated": _flag("the source gave an end; a last reported month is not an end"),
        **_PEOPLE,
        "other": _text("JSON of the columns of the file that no field takes"),
        "rejected": _flag("the row has a fault that only its author can mend"),
    },
)

_CANONICAL = {
    "activity_id": _text("the source's own id; empty where it has none"),
    "project_id": _text("what several activities may share; empty = not stated"),
    "organisation": _text("org_id of the organisation that does the work"),
    "programme_organisation": _text(f"org_ids of those that report or lead; {_LIST}"),
    "funder": _text(f"org_ids of the funders; {_LIST}"),
    "organisation_type": _text("code of organisation_types.csv"),
    "service": _text("code of services.csv, the finest that was reported; empty = unknown"),
    "function": _text("code of functions.csv; empty = unknown"),
    "population_group": _text(f"codes of population_groups.csv; {_LIST}; empty = unknown"),
    "characteristic": _text(f"codes of characteristics.csv; {_LIST}; empty = everybody"),
    "pcode": _text("finest place that is known; empty = unknown"),
    "site": _text("name of the place of work, as reported; empty = not stated"),
    **_COORDINATES,
    "start": _day("first day"),
    "end": _day("last day, inclusive"),
    "status": _text("code of statuses.csv; empty = not stated"),
    **_PEOPLE,
}

_STATED = {"end_is_stated": _flag("the source gave an end; a last reported month is not an end")}
_SITE_KEY = {"site_key": _text("site as it is compared: normalised; empty = not stated")}

REPORTS = _schema(
    "reports",
    "A raw row with its codes; one row for each distinct report.",
    {
        **_CANONICAL,
        **_WHERE_FROM,
        **_STATED,
        **_SITE_KEY,
        "review": _text(f"columns that wait for a person; {_LIST}; empty = in the analysis"),
    },
)

ACTIVITIES = _schema(
    "activities",
    "One organisation, service, function, set of groups, place and site over one unbroken period.",
    {
        **_CANONICAL,
        "activity_id": _column(str, "names exactly one activity", checks=pa.Check(lambda s: s.is_unique)),
        "source_id": _text("import of its first report"),
        "source_row": _count("row of its first report"),
        **_STATED,
        **_SITE_KEY,
        "report_count": _count("reports that tell of it"),
        "targeted": _number("largest of its reports, never a sum; persons"),
        "reached": _number("largest of its reports, never a sum; persons"),
        "value_usd": _number("largest of its reports, never a sum; US dollars"),
        "targeted_sum": _number("added up over its reports; persons, may count one person many times"),
        "reached_sum": _number("added up over its reports; persons, may count one person many times"),
    },
)

_RELATION = "same, nested or unknown"

PAIRS = _schema(
    "pairs",
    "Two activities of different organisations that are, or may be, the same work.",
    {
        "activity_a": _text("the smaller activity_id"),
        "activity_b": _text("the larger activity_id"),
        "org_a": _text("org_id of activity_a"),
        "org_b": _text("org_id of activity_b"),
        "kind": _text("overlap, joint (same project) or chain (one is the other's programme or funder)"),
        "grade": _text("confirmed (every relation is same) or possible"),
        "service": _text("rolled-up code of the coarser one; empty = unknown"),
        "service_relation": _text(_RELATION),
        "population_relation": _text(_RELATION),
        "characteristic_relation": _text("same or nested"),
        "area_relation": _text(_RELATION),
        "time_relation": _text("same or unknown"),
        "days": _number("days that both are active; empty where a date is missing"),
        "same_site": _text("yes, no or unknown"),
    },
)

OVERLAPS = _schema(
    "overlaps",
    "A longest run of days in one cell on each of which two or more organisations are active.",
    {
        "overlap_id": _text("hash of the cell, the organisations and the first day"),
        "service": _text("code at the service level"),
        "population_group": _text("code"),
        "characteristic": _text("code; empty = everybody"),
        "pcode": _text("code at the area level; at level site: pcode|site"),
        "start": _day("first day of the run"),
        "end": _day("last day of the run, inclusive"),
        "days": _count("length of the run; days"),
        "org_count": _count("organisations"),
        "org_ids": _text(_LIST),
        "activity_count": _count("activities"),
        "activity_ids": _text(_LIST),
        "same_site": _text("yes, no or unknown"),
        "cso_count": _count("organisations that are CSOs"),
        "funders_known": _text("yes if every activity names a funder, else no"),
        "same_funder": _text("yes, no or unknown"),
        "possible_count": _count("activities of others that could fall into this cell and run"),
        "verdict": _text("what people decided: undecided until then"),
    },
)

COVERAGE = _schema(
    "coverage",
    "One area and one service in a window of months, silent ones too.",
    {
        "pcode": _text("area; in the table regions this column is called region"),
        "area_name": _text("name in the chosen language"),
        "service": _text("code at the service level"),
        "population_group": _text("the group that was asked for; empty = everybody"),
        "indicator": _text("what people_in_need counts, such as population or idp"),
        "organisations": _count("distinct organisations active in the window"),
        "cso_count": _count("those of them that are CSOs"),
        "activities": _count("distinct activities active in the window"),
        "months_active": _count("months of the window with at least one active activity"),
        "months": _count("months of the window"),
        "continuity": _number("months_active / months, 0 to 1"),
        "org_months": _count("over organisations, the months in which each is active, added up"),
        "targeted_max": _number("largest of the activities; persons; empty = nobody reports it"),
        "targeted_sum": _number("added up over activities and reports; persons"),
        "reached_max": _number("largest of the activities; persons; empty = nobody reports it"),
        "reached_sum": _number("added up over activities and reports; persons"),
        "people_in_need": _number("value of the indicator; persons; empty = unknown"),
        "organisations_per_100k": _number("organisations / people_in_need x 100,000"),
        "unspecified": _count("activities known only more coarsely that could be here"),
        "unlocated": _count("those of them of which only the area is coarser"),
        "status": _text("no_data, unknown, gap, thin or covered"),
        "need_share": _number("people_in_need / its total, 0 to 1"),
        "presence_share": _number("org_months / its total, 0 to 1"),
        "gap_score": _number("need_share - presence_share, -1 to 1"),
    },
)

ORGANISATIONS = _schema(
    "organisations",
    "Who: the registry, and the names that files brought and nobody has confirmed yet.",
    {
        "org_id": _text("names the organisation"),
        "name_en": _text("name in English"),
        "name_ar": _text("name in Arabic; empty = not known"),
        "name_ckb": _text("name in Sorani; empty = not known"),
        "acronym": _text("acronym; empty = none"),
        "type": _text("code of organisation_types.csv"),
        "status": _text("registered, provisional or merged"),
        "aliases": _text(_LIST),
        "activities": _count("activities it does"),
        "first_month": _text("first month with an activity, YYYY-MM"),
        "last_month": _text("last month with an activity, YYYY-MM"),
    },
)

PROBLEMS = _schema(
    "problems",
    "What is wrong with a row of a file, and how to mend it.",
    {
        "source_row": _WHERE_FROM["source_row"],
        "column": _text("the file's own header"),
        "value": _text("what the cell says"),
        "code": _text("names the words of the reason in the catalogue"),
        "hint": _text("nearest valid values"),
        "effect": _text("rejected, review or note"),
    },
)

ALL = (RAW, REPORTS, ACTIVITIES, PAIRS, OVERLAPS, COVERAGE, ORGANISATIONS, PROBLEMS)


def columns(schema: pa.DataFrameSchema) -> list[str]:
    """Return the column names of a schema in their order."""
    return [str(name) for name in schema.columns]


def valid(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the schema's columns in their order and types; report every fault at once.

    Raises pandera's SchemaErrors, which names each column and row that does not fit.
    """
    checked: pd.DataFrame = schema.validate(frame, lazy=True)
    return checked[columns(schema)]


def none(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a valid table without rows."""
    return valid(schema, pd.DataFrame({name: [] for name in columns(schema)}))
