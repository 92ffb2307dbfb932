"""Cells that hold several values, one row each: services, places or organisations side by side."""

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from csomap.importers.cells import clean
from csomap.importers.layout import Layout
from csomap.tables.distinct import Answers, answered

Places = npt.NDArray[np.int64]
Parted = tuple[tuple[int, str, str], ...]


def parted(layout: Layout, fields: pd.DataFrame) -> tuple[pd.DataFrame, Places | None, Parted]:
    """Return the fields with one row a value, the row places they come from, and the cells parted."""
    told: list[tuple[int, str, str]] = []
    places = np.arange(len(fields))
    for field, pattern in (layout.profile.split or {}).items():
        if field not in fields:
            continue
        parts = _several(fields, field, re.compile(pattern))
        if not len(parts.where(lambda each: len(each) > 1)):
            continue
        counts = np.array([len(each) for each in parts.distinct], dtype=int)[parts.codes]
        many = fields[counts > 1]
        told += zip(many["source_row"], [field] * len(many), many[field], strict=True)
        rows = np.repeat(np.arange(len(fields)), counts)
        single = pd.array([part for each in parts for part in each], dtype="str")
        fields, places = fields.iloc[rows].reset_index(drop=True).assign(**{field: single}), places[rows]
    return fields, places if told else None, tuple(dict.fromkeys(told))


def _several(fields: pd.DataFrame, field: str, by: re.Pattern[str]) -> Answers[list[str]]:
    if field != "organisation_acronym" or "organisation" not in fields:
        return answered([fields[field]], lambda text: _parts(text, by))
    # A full name beside it names one organisation, whatever the acronym holds.
    named = fields["organisation"].str.strip() != ""
    return answered([fields[field], named], lambda text, full: [text] if full else _parts(text, by))


def _parts(text: str, by: re.Pattern[str]) -> list[str]:
    found = list(dict.fromkeys(part for part in map(clean, by.split(text)) if part))
    return found if len(found) > 1 else [text]
