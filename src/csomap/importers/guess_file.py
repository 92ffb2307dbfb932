"""A proposal as a file that people correct and hand back: YAML as in data/profiles/, reasons as comments."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from csomap.errors import BadInput
from csomap.importers import profile
from csomap.importers.guess import FIELDS, GuessedColumn, Proposal

_REST = ("melt", "required", "constants", "month_is_report")
_LARGEST = 1_000_000  # bytes; a mapping is a page of text


def written(proposal: Proposal, title: str, told: Callable[[GuessedColumn], str], foot: str) -> str:
    """Return a proposal as YAML.

    told: the confidence and evidence of a column as one line; foot: the line above the columns that no
    field takes, which follow as comments.
    """
    content = {"title": title, **proposal.content()}
    by_field = {column.field: column for column in proposal.columns if column.field}
    lines = [f"title: {_scalar(content['title'])}", "", "columns:"]
    for field, given in content["columns"].items():
        lines += [f"  # {told(by_field[field])}", f"  {field}: {_scalar(given)}"]
    lines += ["", f"# {foot}"]
    lines += [
        f"#   {_scalar(column.header)}: {told(column)}" for column in proposal.columns if not column.field
    ]
    rest = {key: content[key] for key in _REST if key in content}
    lines += ["", *(f"{key}: {_scalar(value)}" for key, value in rest.items())]
    return "\n".join(lines) + "\n"


def read(path: Path) -> dict[str, Any]:
    """Return the content of a mapping that a person wrote.

    Raises BadInput if there is no such file, or it is no mapping: columns that name fields with headers.
    """
    if not path.is_file():
        raise BadInput("mapping_missing", file=path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(path.name)
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        _check(content)
        profile.parse(path.stem, content)
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput("mapping_unreadable", file=path.name, fault=_line(fault)) from None
    unknown = sorted(set(content["columns"]) - set(FIELDS))
    if unknown:
        raise BadInput("mapping_field", file=path.name, value=", ".join(unknown), known=", ".join(FIELDS))
    kept: dict[str, Any] = content
    return kept


def _check(content: Any) -> None:
    """Raise ValueError unless every column has headers that are texts: YAML takes `no` for a truth value."""
    for given in content["columns"].values():
        headers = given["headers"]
        if not headers or not all(isinstance(header, str) for header in headers):
            raise ValueError(headers)


def _line(fault: Exception) -> str:
    return " ".join(str(fault).split())


def _scalar(value: Mapping[str, Any] | Any) -> str:
    """Return a value as YAML in one line."""
    told = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return " ".join(told.removesuffix("...\n").split("\n")).strip()
