"""docs/data_dictionary.md, written from the schemas: `python -m csomap.tables.dictionary`."""

import pandera.pandas as pa

from csomap.settings import ROOT
from csomap.tables import schemas

TARGET = ROOT / "docs" / "data_dictionary.md"
_HEAD = """# Data dictionary

Written from `src/csomap/tables/schemas.py` by `python -m csomap.tables.dictionary`; do not edit by hand.
Text that is absent is empty; a day or a number that is absent is missing.
"""


def markdown() -> str:
    """Return the columns of every table that crosses rooms, as Markdown."""
    return "\n".join([_HEAD, *(_section(schema) for schema in schemas.ALL)])


def _section(schema: pa.DataFrameSchema) -> str:
    rows = [
        f"| `{name}` | {_kind(column)} | {column.description} |" for name, column in schema.columns.items()
    ]
    return "\n".join(
        [
            f"## {schema.name}",
            "",
            str(schema.description),
            "",
            "| column | type | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _kind(column: pa.Column) -> str:
    kind = str(column.dtype)
    names = {
        "string": "text",
        "str": "text",
        "int": "whole number",
        "float": "number",
        "bool": "yes or no",
        "date": "day",
    }
    return next(word for start, word in names.items() if kind.startswith(start))


if __name__ == "__main__":
    TARGET.write_text(markdown(), encoding="utf-8")
