"""What a valid row of the standings is: what people have said of two organisations of an overlap."""

from csomap.tables.fields import count, day, flag, schema, text

_CELL = "of the cell that the verdict was given for; empty = no verdict, or everybody"

STANDINGS = schema(
    "standings",
    "Two organisations of one overlap that ask for a verdict, with the one that holds.",
    {
        "overlap_id": text("the overlap"),
        "org_a": text("org_id, the smaller as text"),
        "org_b": text("the other org_id"),
        "days": count("most days that two of their activities share within the run; days"),
        "verdict": text("undecided, duplicate_work, shared_load, same_project or data_error"),
        "verdict_id": count("the decision that holds; 0 = none"),
        "inherited": flag("the verdict was given for a coarser cell"),
        "service": text(f"code {_CELL}"),
        "population_group": text(f"code {_CELL}"),
        "characteristic": text(f"code {_CELL}"),
        "pcode": text(f"code, or pcode|site, {_CELL}"),
        "note": text("why, as people wrote it"),
        "who": text("who gave it"),
        "at": day("when, UTC; missing = no verdict"),
        "is_new": flag("one of the two was not there yet when people judged this overlap"),
    },
)
