"""Tables as files that a spreadsheet opens safely."""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from csomap.errors import BadInput

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before every text that a spreadsheet would run as a formula."""
    texts = frame.select_dtypes(["str", "object"]).columns
    return frame.assign(**{name: frame[name].map(_quoted) for name in texts})


def _quoted(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def plain(cell: str) -> str:
    """Return a text as it was before `harmless` put an apostrophe before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def csv(frame: pd.DataFrame) -> bytes:
    """Return the table as CSV in UTF-8, with the mark at its start by which Excel knows the letters."""
    text = harmless(frame).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")
    return text.encode("utf-8-sig")


def xlsx(frame: pd.DataFrame, *, right_to_left: bool = False) -> bytes:
    """Return the table as a workbook of one sheet; texts stay texts."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(
        buffer, engine="xlsxwriter", datetime_format="yyyy-mm-dd", engine_kwargs=options
    ) as book:
        frame.to_excel(book, sheet_name="csomap", index=False, freeze_panes=(1, 0))
        sheet = book.sheets["csomap"]
        sheet.autofit(300)
        if right_to_left:
            sheet.right_to_left()
    return buffer.getvalue()


def parquet(frame: pd.DataFrame) -> bytes:
    """Return the table as Parquet."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


_KINDS: dict[str, Callable[[pd.DataFrame], bytes]] = {".csv": csv, ".xlsx": xlsx, ".parquet": parquet}


def check_kind(path: Path) -> None:
    """Raise BadInput if the name does not end in .csv, .xlsx or .parquet, or its folder does not exist."""
    if path.suffix.lower() not in _KINDS:
        raise BadInput("out_kind", value=path.name)
    if not path.absolute().parent.is_dir():
        raise BadInput("folder_missing", folder=str(path.parent))


def save(frame: pd.DataFrame, path: Path) -> None:
    """Write the table in the form that the ending of `path` names; raises BadInput for another ending."""
    check_kind(path)
    path.write_bytes(_KINDS[path.suffix.lower()](frame))
