"""The page of imports: a file is read and told about first, and stored only when a person says so."""

import datetime as dt
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.errors import Cancelled, CsomapError
from csomap.i18n import listing, month
from csomap.importers import profile
from csomap.importers.template import template
from csomap.settings import rules
from csomap.ui import (
    checking,
    import_found,
    import_go,
    import_history,
    import_mapping,
    import_sheets,
    needs,
    uploads,
    work,
)
from csomap.ui.checking import Checked, Wanted
from csomap.ui.view import View
from csomap.ui.wording import quoted

_FIRST_YEAR = 2010


def show(view: View) -> None:
    """Draw the page. What is filtered elsewhere has no say here."""
    is_led_on = import_go.told(view)
    st.markdown(view.t("import.intro", n=rules()["limits"]["max_file_mb"]))
    st.download_button(
        view.t("import.template"),
        lambda: template(view.lang),
        f"{view.t('import.template_name')}.xlsx",
        key="import_template",
        on_click="ignore",
        type="tertiary",
    )
    file = _file(view)
    wanted = _wanted(view)
    if file is None:
        import_go.forget()
    elif wanted is not None:
        _read(view, file, import_sheets.applied(file, import_mapping.applied(file, wanted)))
    import_history.show(view, is_led_on=is_led_on)
    needs.show(view)


def _read(view: View, file: UploadedFile, wanted: Wanted) -> None:
    """Draw what is in a file and what can be done with it; or its columns, while they are being chosen."""
    if import_mapping.is_open(file):
        import_mapping.show(view, file, wanted)
        return
    found = _checked(view, file, wanted)
    if found is not None:
        import_sheets.offer(view, file, found)
        import_found.show(view, file, found)
        import_mapping.offer(view, file, wanted, found)
        import_go.show(view, file, wanted, found)


def _file(view: View) -> UploadedFile | None:
    st.html(uploads.dressed(view, "import_upload"))
    with st.container(key="import_upload"):
        return st.file_uploader(
            view.t("import.upload.label"),
            key=f"import_file_{import_go.round_of_uploads()}",
            max_upload_size=rules()["limits"]["max_file_mb"],
        )


def _wanted(view: View) -> Wanted | None:
    """Return the settings for special files, or None while they contradict themselves."""
    with st.expander(view.t("import.options.title")):
        chosen = st.selectbox(
            view.t("import.options.profile"),
            ["", *profile.names()],
            key="import_profile",
            format_func=lambda name: (
                profile.load(name).title if name else view.t("import.options.profile_auto")
            ),
        )
        titles = [quoted(profile.load(name).title) for name in profile.names()]
        st.caption(view.t("import.layouts", names=listing(titles, view.lang)))
        st.caption(view.t("import.options.period"))
        first, last = (_month(view, side) for side in ("first", "last"))
        fault = _fault(first, last)
        if fault:
            st.warning(view.t(f"import.options.{fault}"))
            return None
    return Wanted(chosen or "", checking.period(first, last))


def _fault(first: dt.date | None, last: dt.date | None) -> str:
    if bool(first) != bool(last):
        return "period_half"
    return "period_backwards" if first and last and first > last else ""


def _month(view: View, side: str) -> dt.date | None:
    until = dt.date.today().year + 2
    months = [dt.date(year, number, 1) for year in range(_FIRST_YEAR, until) for number in range(1, 13)]
    return st.selectbox(
        view.t(f"import.options.{side}"),
        [None, *reversed(months)],
        key=f"import_{side}",
        format_func=lambda day: month(day, view.lang) if day else view.t("import.options.no_month"),
    )


def _checked(view: View, file: UploadedFile, wanted: Wanted) -> Checked | None:
    """Return what is in the file, read once for each file and setting; tell why where it cannot be read."""
    name = uploads.safe_name(file.name)
    read = partial(checking.checked, name, file.getvalue(), wanted, view.settings)
    title = view.t("import.reading", name=quoted(name))
    try:
        return work.followed(view, import_go.CHECK, (file.file_id, wanted), read, title)
    except Cancelled:
        work.offer_again(view, import_go.CHECK)
    except CsomapError as fault:
        is_help = import_mapping.is_help(fault, wanted)
        if not (is_help and import_mapping.is_answer(view, file)):
            _refused(view, name, fault)
        if is_help:
            import_mapping.show(view, file, wanted)
    return None


def _refused(view: View, name: str, fault: CsomapError) -> None:
    """Say in the reader's language why a file was not read, and what to do."""
    title = view.t("import.refused.title", name=quoted(name))
    st.error(f"**{title}**\n\n{quoted(fault.told(view.lang))}")
