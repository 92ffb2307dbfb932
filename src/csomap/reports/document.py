"""What a report holds, whatever it is written as."""

from dataclasses import dataclass
from importlib import import_module

import pandas as pd

from csomap.errors import BadInput

KINDS = ("pdf", "pptx", "xlsx")


@dataclass(frozen=True)
class Section:
    """One part of a report: a title, and what stands under it in this order: text, picture, table.

    title, text: words as people read them, a paragraph each; nothing in them is markup or a formula
    table: header and cells are words already; whole numbers, decimals and days stay what they are, and each
        writer gives them the form of the language (a workbook keeps them as numbers and days); None and NaN
        are empty cells
    picture: PNG; alt: the same in words, for those who do not see it
    most: so many rows of the table are printed on pages, and as many of them on slides as fit on a few; the
        workbook holds them all; None prints all of them everywhere
    """

    title: str
    text: tuple[str, ...] = ()
    table: pd.DataFrame | None = None
    picture: bytes | None = None
    alt: str = ""
    most: int | None = 30

    @property
    def has_rows(self) -> bool:
        """Whether there is a table with something in it to print."""
        return self.table is not None and not self.table.empty


@dataclass(frozen=True)
class Document:
    """A report in one language.

    title, subtitle: what it is, and what was asked (period, area, filters)
    lang: en, ar or ckb; Arabic and Sorani are set from right to left
    notes: what stands on the last page: sources with days and licences, definitions
    banner: what stands on every page, such as that the data is a fictional sample; "" is none
    """

    title: str
    subtitle: str
    lang: str
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    banner: str = ""


def write(document: Document, kind: str) -> bytes:
    """Return the report as a file: kind is pdf, pptx or xlsx; raises BadInput for another kind."""
    if kind not in KINDS:
        raise BadInput("report_kind", value=kind)
    written: bytes = import_module(f"csomap.reports.{kind}").written(document)
    return written
