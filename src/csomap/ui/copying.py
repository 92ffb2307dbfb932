"""A table onto the clipboard, as text that a spreadsheet takes apart again: one button, no other host.

The text is made only when somebody asks for it: the button tells the server, and the answer is copied.
"""

import re
from collections.abc import Callable

import pandas as pd
import streamlit as st

from csomap.tables import export
from csomap.ui.view import View

_HTML = '<button type="button"></button><span role="status"></span>'
_CSS = """
button{font:inherit;font-size:.9rem;color:#0F5C63;background:none;border:0;padding:.45rem 0;cursor:pointer}
button{text-decoration:underline;text-underline-offset:.12em;border-radius:6px}
button:focus-visible{outline:3px solid #0F5C63;outline-offset:2px}
span{color:#52606D;font-size:.9rem;padding-inline-start:.5rem}
@media print{button,span{display:none}}
"""
# Without https the clipboard of the browser is shut, except for the old way of a selected text.
_JS = """
const byHand = (text) => {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done ? Promise.resolve() : Promise.reject();
};
const written = (text) => navigator.clipboard
  ? navigator.clipboard.writeText(text).catch(() => byHand(text)) : byHand(text);
export default function ({data, parentElement, setTriggerValue}) {
  const [button, told] = ["button", "span"].map((name) => parentElement.querySelector(name));
  button.textContent = data.label;
  button.onclick = () => setTriggerValue("asked", true);
  if (!data.text) { told.textContent = ""; return; }
  if (window.csomapCopied === data.time) return;
  window.csomapCopied = data.time;
  written(data.text).then(() => { told.textContent = data.done; }, () => { told.textContent = data.failed; });
}
"""
_mounted = st.components.v2.component("csomap_copy", html=_HTML, css=_CSS, js=_JS)


def button(view: View, key: str, taken: Callable[[], pd.DataFrame]) -> None:
    """Draw the button; `taken` makes the table (headers and cells in words) when it is asked for."""
    asked, times = f"{key}_copy_asked", f"{key}_copy_times"
    text = text_of(taken()) if st.session_state.pop(asked, False) else ""
    if text:
        st.session_state[times] = st.session_state.get(times, 0) + 1
    _mounted(
        key=re.sub("_{2,}", "_", f"{key}_copy"),  # a component may not have two of them together
        data={
            "label": view.t("copy.button"),
            "done": view.t("copy.done"),
            "failed": view.t("copy.failed"),
            "text": text,
            "time": f"{key}{st.session_state.get(times, 0)}",
        },
        width="content",
        on_asked_change=lambda: st.session_state.__setitem__(asked, True),
    )


def text_of(frame: pd.DataFrame) -> str:
    """Return the table as lines of cells parted by tabs; no cell is a formula or breaks its line."""
    cells = frame.set_axis(
        [str(at) for at in range(frame.shape[1])], axis="columns"
    )  # two may be named alike
    texts = cells.select_dtypes(["str", "object"]).columns
    flat = export.harmless(cells.assign(**{name: cells[name].map(_in_one_line) for name in texts}))
    whole = flat.convert_dtypes(convert_string=False)  # 3.0 is 3, though another cell of the column is empty
    heads = [str(name) for name in frame.columns]
    return whole.to_csv(sep="\t", index=False, header=heads, date_format="%Y-%m-%d", lineterminator="\n")


def _in_one_line(cell: object) -> object:
    return " ".join(cell.split()) if isinstance(cell, str) else cell
