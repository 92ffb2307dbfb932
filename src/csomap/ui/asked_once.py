"""Answers that are worked out once: remembered by what was asked, for everybody."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from csomap.tables.query import Query

_Answer = TypeVar("_Answer", bound=Callable[..., Any])
ENTRIES = 64
# A Query counts by its words: left to Streamlit, telling questions apart took a tenth of a page.
BY_WORDS: dict[str | type[Any], Callable[[Any], Any]] = {Query: repr}


def asked_once(answer: _Answer) -> _Answer:
    """Remember what a function returns, told apart by its arguments but for those that begin with _."""
    remember: Any = st.cache_data(max_entries=ENTRIES, show_spinner=False, hash_funcs=BY_WORDS)
    return remember(answer)  # type: ignore[no-any-return]
