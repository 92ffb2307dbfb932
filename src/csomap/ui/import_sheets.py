"""The sheets of a workbook: which of them is looked at, and whether those like it come in with it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.i18n import listing
from csomap.ui.checking import Checked, Wanted
from csomap.ui.view import View
from csomap.ui.wording import quoted

_ALIKE, _OTHERS = "sheet_alike", ("sheet_alike", "sheet_ignored")


def applied(file: UploadedFile, wanted: Wanted) -> Wanted:
    """Return how a file is to be read, with the sheet that was chosen for it, if one was."""
    return replace(wanted, sheet=st.session_state.get(_key("chosen", file), ""))


def offer(view: View, file: UploadedFile, found: Checked) -> None:
    """Draw the choice of the sheet, where the workbook has several that could be read."""
    known, family = _met(file, found)
    if len(known) < 2:
        return
    st.selectbox(
        view.t("import.sheets.which", n=len(known)),
        known,
        index=known.index(found.entry.sheet),
        key=_key("box", file),
        on_change=_choose,
        args=(file,),
    )
    alike = [name for name in family if name != found.entry.sheet]
    if found.entry.sheet in family and alike:
        names = listing([quoted(name) for name in alike], view.lang)
        st.checkbox(view.t("import.sheets.every", n=len(alike), names=names), key=_key("every", file))


def together(file: UploadedFile, found: Checked) -> tuple[str, ...]:
    """Return the other sheets that come in with the one that is looked at."""
    if not st.session_state.get(_key("every", file), False):
        return ()
    return tuple(name for name in _met(file, found)[1] if name != found.entry.sheet)


def _met(file: UploadedFile, found: Checked) -> tuple[list[str], list[str]]:
    """Return the sheets that could be read, and those like the first: known from when all were looked at."""
    family = [found.entry.sheet, *_named(found, [_ALIKE])]
    told = ([found.entry.sheet, *_named(found, _OTHERS)], family)
    kept: tuple[list[str], list[str]] = st.session_state.setdefault(_key("met", file), told)
    return kept


def _choose(file: UploadedFile) -> None:
    st.session_state[_key("chosen", file)] = st.session_state[_key("box", file)]
    st.session_state[_key("every", file)] = False


def _named(found: Checked, codes: Sequence[str]) -> list[str]:
    return list(found.problems.loc[found.problems["code"].isin(codes), "value"])


def _key(name: str, file: UploadedFile) -> str:
    return f"import_sheets_{name}_{file.file_id}"
