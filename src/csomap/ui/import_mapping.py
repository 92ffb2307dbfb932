"""The columns of a file of unknown layout: what they may be, for a person to correct before it is read."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.errors import UNKNOWN_LAYOUT, BadFile, CsomapError
from csomap.flow import mappings
from csomap.i18n import date, listing
from csomap.importers import headers, profile
from csomap.importers.guess import FIELDS, GuessedColumn, Proposal
from csomap.importers.guess_fit import PLACES
from csomap.settings import rules
from csomap.store.mappings import Mappings
from csomap.ui import import_go, mapping_preview, uploads, work
from csomap.ui.checking import Checked, Wanted
from csomap.ui.view import View
from csomap.ui.wording import quoted

_EDITED, _USED, _GUESSED = "import_mapping_edited", "import_mapping_used", "import_mapping_guessed"
_SAMPLE_LETTERS = 40
_NEEDED = {
    "who": ("organisation", "organisation_acronym"),
    "what": ("service", "sector"),
    "where": ("pcode", *PLACES, "latitude"),
    "when": ("start", "end", "start_year"),
}


def applied(file: UploadedFile, wanted: Wanted) -> Wanted:
    """Return how a file is to be read, with the columns that were chosen for it, if they were."""
    kept = st.session_state.get(_USED)
    return replace(wanted, mapping=kept[1], content=kept[2]) if kept and kept[0] == file.file_id else wanted


def is_open(file: UploadedFile) -> bool:
    """Tell whether somebody is choosing the columns of this file."""
    return bool(st.session_state.get(_EDITED, ("",))[0] == file.file_id)


def is_help(fault: CsomapError, wanted: Wanted) -> bool:
    """Tell whether choosing the columns by hand may let a file be read that was refused."""
    return isinstance(fault, BadFile) and fault.key in UNKNOWN_LAYOUT and not wanted.profile


def is_answer(view: View, file: UploadedFile) -> bool:
    """Tell whether the columns as they are guessed say all that is needed: then nothing went wrong."""
    proposal = _proposal(view, file)
    told = set(proposal.choices.values()) if proposal else set()
    return all(told & set(fields) for fields in _NEEDED.values())


def offer(view: View, file: UploadedFile, wanted: Wanted, found: Checked) -> None:
    """Draw how the columns came to be read as they are, and the button that changes it."""
    kept = Mappings(view.settings).table() if found.entry.profile.startswith(headers.OWN) else None
    if kept is not None and wanted.content is None:
        mine = kept[[headers.own_name(key) == found.entry.profile for key in kept["fingerprint"]]]
        for one in mine.to_dict("records"):
            name = quoted(one["name"])
            st.info(view.t("mapping.recognised", name=name, date=date(one["at"], view.lang)))
            if st.button(view.t("mapping.forget"), key="import_mapping_forget", type="tertiary"):
                Mappings(view.settings).undo(int(one["id"]))
                import_go.tell("warning", view.t("mapping.forgotten", name=name))
                _leave()
    if st.button(view.t("mapping.change"), key="import_mapping_change", type="tertiary"):
        chosen = {profile.compared(header): name for name, header in found.mapping.items()}
        st.session_state[_EDITED] = (file.file_id, chosen)
        st.rerun()


def show(view: View, file: UploadedFile, wanted: Wanted) -> None:
    """Draw one line for each column, the first rows as they would be read, and the button that uses them."""
    proposal = _proposal(view, file)
    if proposal is None:
        return
    st.subheader(view.t("mapping.title"), anchor=False)
    _intro(view, file, proposal)
    choices = _choices(view, file, proposal)
    names = [field for field in choices.values() if field]
    twice = sorted({field for field in names if names.count(field) > 1})
    for field in twice:
        st.warning(view.t("mapping.twice", field=mappings.field_name(field, view.lang)))
    missing = _missing(view, names, wanted)
    is_ready = not twice and "who" not in missing
    if is_ready:
        mapping_preview.show(view, proposal, choices, wanted.period)
    with st.container(horizontal=True, gap="small"):
        use = st.button(
            view.t("mapping.use"), key="import_mapping_use", type="primary", disabled=not is_ready
        )
        leave = is_open(file) and st.button(view.t("mapping.leave"), key="import_mapping_leave")
    if use:
        st.session_state[_USED] = (file.file_id, proposal.profile(choices), proposal.content(choices))
    if use or leave:
        _leave()


def _leave() -> None:
    """Go back to reading the file: what was found with other columns is forgotten."""
    st.session_state.pop(_EDITED, None)
    work.forget(import_go.CHECK)
    st.rerun()


def _proposal(view: View, file: UploadedFile) -> Proposal | None:
    """Return the proposal for a file, made once; None where it cannot be read or has no headers at all."""
    known = st.session_state.get(_GUESSED)
    if known is None or known[0] != file.file_id:
        name = uploads.safe_name(file.name)
        title = view.t("import.reading", name=quoted(name))
        try:
            with st.spinner(title), uploads.held(name, file.getvalue()) as path:
                known = (file.file_id, mappings.propose(path))
        except CsomapError:
            known = (file.file_id, None)
        st.session_state[_GUESSED] = known
    found: Proposal | None = known[1]
    return found


def _intro(view: View, file: UploadedFile, proposal: Proposal) -> None:
    if not is_open(file):
        st.info(view.t("mapping.unknown", name=quoted(uploads.safe_name(file.name))))
    key = "header" if proposal.sheet else "header_only"
    st.caption(view.t(f"mapping.{key}", row=proposal.header_row, sheet=quoted(proposal.sheet)))
    nameless = [quoted(_name(one)) for one in proposal.columns if one.index not in proposal.usable]
    if nameless:
        st.caption(view.t("mapping.no_header", names=listing(nameless, view.lang)))
    if is_open(file):
        st.caption(view.t("mapping.plain"))


def _choices(view: View, file: UploadedFile, proposal: Proposal) -> dict[int, str]:
    """Draw the columns, those that are proposed first, and return the field of each ("" = no use)."""
    start = _start(file, proposal)
    usable = [proposal.columns[index] for index in proposal.usable]
    told = [column for column in usable if start.get(column.index)]
    others = [column for column in usable if not start.get(column.index)]
    choices = {one.index: _line(view, file, proposal, one, start[one.index]) for one in told}
    if others:
        with st.expander(view.t("mapping.others", n=len(others)), expanded=not told):
            choices |= {one.index: _line(view, file, proposal, one, "") for one in others}
    return choices


def _start(file: UploadedFile, proposal: Proposal) -> Mapping[int, str]:
    """Return the fields to begin with: as the file is read now, else as it was guessed."""
    if not is_open(file):
        return proposal.choices
    now = st.session_state[_EDITED][1]
    return {one.index: now.get(profile.compared(one.header), "") for one in proposal.columns}


def _line(view: View, file: UploadedFile, proposal: Proposal, column: GuessedColumn, start: str) -> str:
    head, samples, field, sure = st.columns([3, 4, 3, 2], vertical_alignment="center")
    head.markdown(f"**{quoted(_name(column))}**")
    shown = [quoted(text[:_SAMPLE_LETTERS]) for text in proposal.samples[column.index]]
    samples.caption(" · ".join(shown))
    options = ["", *FIELDS]
    chosen = field.selectbox(
        view.t("mapping.field_of", header=_name(column)),
        options,
        index=options.index(start) if start in options else 0,
        key=f"import_map_{file.file_id}_{column.index}",
        format_func=lambda name: mappings.field_name(name, view.lang) if name else view.t("mapping.no_use"),
        label_visibility="collapsed",
    )
    with sure.popover(_confidence(view, column, chosen), key=f"import_why_{file.file_id}_{column.index}"):
        st.markdown(quoted(mappings.evidence(column.evidence, view.lang)))
    return str(chosen)


def _confidence(view: View, column: GuessedColumn, chosen: str) -> str:
    if chosen and chosen != column.field:
        return view.t("mapping.by_hand")
    if not column.field:
        return view.t("mapping.why")
    word = "sure" if column.confidence >= rules()["guess"]["sure"] else "likely"
    return view.t("mapping.confidence", word=view.t(f"mapping.{word}"), n=column.confidence)


def _missing(view: View, names: list[str], wanted: Wanted) -> list[str]:
    """Say kindly what the chosen columns do not tell; return what it is."""
    found = [need for need, fields in _NEEDED.items() if not set(fields) & set(names)]
    missing = [need for need in found if need != "when" or wanted.period is None]
    for need in missing:
        (st.warning if need == "who" else st.info)(view.t(f"mapping.missing.{need}"))
    return missing


def _name(column: GuessedColumn) -> str:
    return column.header or str(column.index + 1)
