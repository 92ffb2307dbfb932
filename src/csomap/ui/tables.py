"""Tables that can be read in every direction, sorted, and taken away."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from csomap.i18n import date, decimal, number, percent, short
from csomap.reports.worded import ANSWERS, CODES, SHARES
from csomap.tables import export
from csomap.ui import copying
from csomap.ui.view import View

Reader = Callable[[str], str]
Words = Mapping[str, Reader]

_COORDINATES = ("latitude", "longitude")
_FROM_THE_RIGHT = re.compile(r"[\W\d_]*[\u0590-\u08ff]")
_FROM_THE_LEFT = re.compile(r"[\W\d_]*[A-Za-z\u00c0-\u024f]")
_LARGEST_STYLED = 100_000  # cells; writing more of them out takes seconds, and pandas stops at 262,144


def table(
    frame: pd.DataFrame,
    columns: Sequence[str],
    view: View,
    key: str,
    *,
    height: int | None = None,
    select: bool = False,
    download: str = "",
    words: Words | None = None,
    labels: Mapping[str, str] | None = None,
    bars: Mapping[str, int] | None = None,
) -> int | None:
    """Show `columns` of `frame` with names for codes; return the position of the selected row.

    words: how to read the codes of further columns; labels: other headers than table.<column>; bars: the
    highest value of columns that are drawn as bars, where tables begin at the left (they never mirror).
    download: the name of the files that the two buttons save: the same rows, codes beside names.
    """
    readers, kept = _readers(view, words or {}), frame.reset_index(drop=True)
    shown = pd.DataFrame({name: _named(kept[name], readers.get(name), view) for name in columns})
    event = st.dataframe(
        _styled(shown, view),
        key=key,
        height=height or "auto",
        hide_index=True,
        placeholder="–",
        column_order=list(reversed(columns)) if view.rtl else list(columns),
        column_config=_config(shown, view, labels or {}, bars or {}),
        on_select="rerun" if select else "ignore",
        selection_mode="single-row",
    )
    if download and not view.present and len(kept):
        files(kept, columns, view, key, download, words=words, labels=labels)
    return _selected(event, len(kept)) if select else None


def exported(
    frame: pd.DataFrame, columns: Sequence[str], readers: Mapping[str, Callable[[str], str]]
) -> pd.DataFrame:
    """Return the columns with, beside each column of codes, one of names (`<column>_name`)."""
    taken: dict[str, Any] = {}
    for name in columns:
        taken[name] = frame[name]
        if name in readers:
            taken[f"{name}_name"] = frame[name].map(lambda code, read=readers[name]: _plain(read(code)))
    return pd.DataFrame(taken)


def xlsx(frame: pd.DataFrame, view: View) -> bytes:
    """Return a workbook in the reader's direction, headers in words."""
    return sheet(frame.set_axis([_header(name, view) for name in frame.columns], axis=1), view)


def sheet(frame: pd.DataFrame, view: View) -> bytes:
    """Return a workbook in the reader's direction; the headers are words already."""
    return export.xlsx(frame, right_to_left=view.rtl)


def _readers(view: View, words: Words) -> dict[str, Callable[[str], str]]:
    known = {name: _reader(read, view) for name, read in CODES.items()}
    answers = {name: lambda code: view.t(f"frame.answer.{code}") if code else "" for name in ANSWERS}
    return {**known, **answers, **words}


def _reader(read: Callable[[View, str], str], view: View) -> Callable[[str], str]:
    return lambda code: read(view, code)


def _named(column: "pd.Series[Any]", read: Callable[[str], str] | None, view: View) -> "pd.Series[Any]":
    if read is None and not pd.api.types.is_string_dtype(column):
        return column
    shown = {code: read(code) if read else code for code in column.unique()}
    return column.map({code: _steady(text, view) for code, text in shown.items()})


def _steady(text: str, view: View) -> str:
    """Return text that runs in the direction of its cell: a grid takes that of the first letter, so that
    lists of names from two scripts were turned round, and drawn outside of their cells."""
    turned, mark = (_FROM_THE_LEFT, "\u200f") if view.rtl else (_FROM_THE_RIGHT, "\u200e")
    return f"{mark}{text}" if isinstance(text, str) and turned.match(text) else text


def _format(column: "pd.Series[Any]", name: str, lang: str) -> Callable[[Any], str]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return lambda day: "" if pd.isna(day) else date(day, lang)
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return str
    if name in SHARES:
        return lambda value: "" if pd.isna(value) else percent(value, lang)
    if (column.dropna() % 1 == 0).all():
        return lambda value: "" if pd.isna(value) else number(value, lang)
    if name in _COORDINATES:
        return lambda value: "" if pd.isna(value) else decimal(value, lang, 4)
    return lambda value: "" if pd.isna(value) else short(value, lang)


def _styled(shown: pd.DataFrame, view: View) -> Any:
    """Return the table with numbers and dates as the language writes them, unless it is too large."""
    if shown.size > _LARGEST_STYLED:
        return shown
    formats: Any = {name: _format(shown[name], name, view.lang) for name in shown.columns}
    return shown.style.format(formats)


def _label(name: str, view: View) -> str:
    """Return the header of a column as it is shown: where codes are read, it is the name that is shown."""
    return view.t("table.place" if name == "pcode" else f"table.{name}")


def _config(
    shown: pd.DataFrame, view: View, labels: Mapping[str, str], bars: Mapping[str, int]
) -> dict[str, Any]:
    return {
        name: _column(shown[name], labels.get(name) or _label(name, view), view, bars.get(name))
        for name in shown.columns
    }


def _column(column: "pd.Series[Any]", label: str, view: View, bar: int | None) -> Any:
    if bar is not None and not view.rtl:
        return st.column_config.ProgressColumn(label, format="%d", min_value=0, max_value=bar)
    if pd.api.types.is_datetime64_any_dtype(column):
        return st.column_config.DateColumn(label)
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return st.column_config.NumberColumn(label, alignment="right")
    return st.column_config.TextColumn(label, alignment="right" if view.rtl else "left")


def files(
    frame: pd.DataFrame,
    columns: Sequence[str],
    view: View,
    key: str,
    name: str,
    *,
    words: Words | None = None,
    labels: Mapping[str, str] | None = None,
) -> None:
    """Offer `columns` of `frame` as CSV and as a workbook, codes beside names; to copy, the names alone."""

    def taken() -> pd.DataFrame:
        return exported(frame, columns, _readers(view, words or {}))

    kinds = {"csv": lambda: export.csv(taken()), "xlsx": lambda: xlsx(taken(), view)}
    with st.container(horizontal=True, gap="small", key=f"{key}_files"):
        for kind, made in kinds.items():
            label = view.t(f"frame.download.{kind}")
            st.download_button(
                label, made, f"{name}.{kind}", key=f"{key}_{kind}", on_click="ignore", type="tertiary"
            )
        copying.button(view, key, lambda: copied(frame, columns, view, words=words, labels=labels))


def copied(
    frame: pd.DataFrame,
    columns: Sequence[str],
    view: View,
    *,
    words: Words | None = None,
    labels: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the columns as they are read on the page: headers and codes in words, numbers not rounded."""
    readers, heads = _readers(view, words or {}), labels or {}
    cells = [
        frame[name].map(lambda code, read=readers[name]: _plain(read(code)))
        if name in readers
        else frame[name]
        for name in columns
    ]
    named = [heads.get(name) or _label(name, view) for name in columns]
    return pd.concat(cells, axis="columns").set_axis(named, axis="columns")


def _selected(event: Any, rows: int) -> int | None:
    picked = event["selection"]["rows"]
    return picked[0] if picked and picked[0] < rows else None


def _header(name: str, view: View) -> str:
    base = name.removesuffix("_name")
    return (
        view.t("frame.download.name_of", column=view.t(f"table.{base}"))
        if base != name
        else view.t(f"table.{name}")
    )


def _plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")
