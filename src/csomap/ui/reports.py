"""The page of reports: the current filters as PDF, slides or workbook, made aside and then taken away."""

import streamlit as st

from csomap import geo, reports
from csomap.errors import Cancelled, CsomapError
from csomap.i18n import number
from csomap.ui import answers, parts, work
from csomap.ui.view import View
from csomap.ui.wording import quoted

_WORK, _ASKED = "report", "report_asked"
_MIME = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show(view: View) -> None:
    """Draw the page."""
    st.caption(view.t("reports.page.explained"))
    if answers.active(view, view.query).empty:
        st.info(view.t("frame.empty"))
    label = view.t("reports.page.kind")
    kind = parts.pick(view, "kind", reports.KINDS, label, lambda code: view.t(f"reports.kind.{code}"))
    st.caption(view.t(f"reports.page.{kind}"))
    asked = (view.data.version, view.data.verdicts, view.query, view.lang, kind)
    if st.session_state.get(_ASKED) == asked:
        _made(view, kind, asked)
    else:
        st.button(
            view.t("reports.page.make"), key="report_make", on_click=_ask, args=(asked,), type="primary"
        )
    _sections(view)


def _ask(asked: object) -> None:
    st.session_state[_ASKED] = asked


def _made(view: View, kind: str, asked: object) -> None:
    """Draw the progress until the report is made, then the button that saves it."""

    def do(progress: work.Progress) -> bytes:
        shapes = geo.boundaries(view.settings.boundaries)
        made = reports.report(
            view.data,
            view.query,
            view.lang,
            boundaries=shapes,
            progress=lambda done, total, title: progress("", done, total),
        )
        return reports.write(made, kind)

    try:
        content = work.followed(view, _WORK, asked, do, view.t("reports.page.making"))
    except Cancelled:
        work.offer_again(view, _WORK)
        return
    except CsomapError as fault:
        st.error(quoted(fault.told(view.lang)))
        return
    if content is not None:
        _offer(view, kind, content)


def _offer(view: View, kind: str, content: bytes) -> None:
    name = reports.file_name(view.data, view.lang, kind)
    kilobytes = number(max(len(content) // 1024, 1), view.lang)
    st.success(view.t("reports.page.ready", name=quoted(name), size=kilobytes))
    st.download_button(
        view.t("reports.page.save"),
        content,
        name,
        _MIME[kind],
        key="report_save",
        on_click="ignore",
        type="primary",
    )


def _sections(view: View) -> None:
    """List what the report holds, in its order."""
    st.subheader(view.t("reports.page.holds"), anchor=False)
    by_sector = answers.opening(view).service_level == "sector"
    listed = [*reports.titles(view, by_sector=by_sector), view.t("reports.notes")]
    st.markdown("\n".join(f"{place}. {title}" for place, title in enumerate(listed, 1)))
