"""Work that takes longer than a moment: done aside, with its progress shown and a button that stops it.

The work runs in a thread of its own and is told to stop at its next step; what was begun then leaves
nothing behind. The page looks after it twice a second and is drawn anew when it is done.
"""

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

import streamlit as st

from csomap.errors import Cancelled
from csomap.i18n import keys
from csomap.ui.view import View

T = TypeVar("T")
Progress = Callable[[str, int, int], None]

_AT_ONCE = 1.0  # seconds in which work that is quick is done before anything is drawn
_LOOK = 0.5  # seconds between two looks at work that is not


class Work(Generic[T]):
    """One piece of work; `do` gets a callback to which it tells step, done and total."""

    def __init__(self, do: Callable[[Progress], T]) -> None:
        self._do = do
        self._stop = Event()
        self._lock = Lock()
        self._told = ("", 0, 0)
        self._found: T | None = None
        self._fault: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def told(self) -> tuple[str, int, int]:
        """Return the step that the work is at, how much of it is done, and of how much."""
        with self._lock:
            return self._told

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def is_done(self, seconds: float = 0.0) -> bool:
        """Wait at most `seconds`; return whether the work is over."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def found(self) -> T:
        """Return what the work found; raise what it raised."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._found  # type: ignore[return-value]

    def _run(self) -> None:
        try:
            self._found = self._do(self._progress)
        except Exception as fault:  # it is raised again where somebody asks for what was found
            self._fault = fault

    def _progress(self, step: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        with self._lock:
            self._told = (step, done, total)


def followed(view: View, name: str, asked: object, do: Callable[[Progress], T], title: str) -> T | None:
    """Return what `do` finds for what is `asked`; None while it is at work.

    It is done once for what is asked under a name; asking for something else stops it. Raises what the
    work raises; Cancelled after somebody stopped it.
    """
    known = st.session_state.get(_key(name))
    if known is None or known[0] != asked:
        forget(name)
        known = st.session_state[_key(name)] = (asked, Work(do))
    work: Work[T] = known[1]
    if work.is_done(_AT_ONCE):
        return work.found()
    _watch(view, name, work, title)
    return None


def forget(name: str) -> None:
    """Stop the work under a name, if there is any, and forget what it found."""
    known = st.session_state.pop(_key(name), None)
    if known is not None:
        known[1].stop()


def _key(name: str) -> str:
    return f"work_{name}"


def _watch(view: View, name: str, work: Work[T], title: str) -> None:
    @st.fragment(run_every=_LOOK)
    def look() -> None:
        if work.is_done():
            st.rerun()
        step, done, total = work.told()
        share = min(done / total, 1.0) if total else 0.0
        st.progress(share, _words(view, title, step, done, total))
        if st.button(view.t("work.cancel"), key=f"{name}_cancel", on_click=work.stop):
            st.caption(view.t("work.stopping"))

    with st.container(key=f"{name}_work"):
        look()


def _words(view: View, title: str, step: str, done: int, total: int) -> str:
    key = f"work.step.{step}"
    told = [title, view.t(key)] if key in keys("en") else [title]
    if total > 1:
        told.append(view.t("work.done", done=done, total=total))
    return " ".join(told)


def offer_again(view: View, name: str) -> None:
    """Say that the work under a name was stopped, and offer to begin it again."""
    st.warning(view.t("work.stopped"))
    st.button(view.t("work.again"), key=f"{name}_again", on_click=forget, args=(name,))
