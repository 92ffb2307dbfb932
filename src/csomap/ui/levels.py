"""How finely a page compares: the levels at which it opens, the reader's choice, and why."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from csomap.i18n import percent
from csomap.tables import known
from csomap.tables.query import AREA_LEVELS, SERVICE_LEVELS, Query
from csomap.ui import answers, state
from csomap.ui.view import View

Level = TypeVar("Level", bound=str)

DAYS = (1, 7, 30, 90, 180)
_FEW = 0.01
_KEPT = {"service_level": "by", "area_level": "in", "min_days": "days"}


def chosen(view: View, opened: Query) -> Query:
    """Return the query at the levels that the address keeps, else at those at which the page opens."""
    days = state.kept(_KEPT["min_days"])
    return opened.but(
        service_level=_one_of(SERVICE_LEVELS, state.kept(_KEPT["service_level"]), opened.service_level),
        area_level=_one_of(AREA_LEVELS, state.kept(_KEPT["area_level"]), opened.area_level),
        min_days=int(days)
        if days.isascii() and days.isdigit() and 0 < int(days) < 10_000
        else opened.min_days,
    )


def sentence(view: View, query: Query, opened: Query) -> str:
    """Return at which levels the page shows, and why at these."""
    words = {"service": service_word(view, query), "area": area_word(view, query)}
    services, areas = shares(view)
    if (query.service_level, query.area_level) != (opened.service_level, opened.area_level):
        told = percent(services[query.service_level], view.lang)
        area_share = percent(areas[query.area_level], view.lang)
        key = "chosen" if services[query.service_level] else "chosen_none"
        return view.t(f"overlap.shown.{key}", share=told, area_share=area_share, **words)
    if query.service_level == SERVICE_LEVELS[-1]:
        return view.t("overlap.shown.opened_finest", **words)
    finer = SERVICE_LEVELS[SERVICE_LEVELS.index(query.service_level) + 1]
    return view.t(
        f"overlap.shown.{_opened(services[finer])}",
        share=percent(services[finer], view.lang),
        finer=view.t(f"overlap.service_level.{finer}"),
        **words,
    )


def shares(view: View) -> tuple[dict[str, float], dict[str, float]]:
    """Return which share of the activities in the filters is known at each service and area level."""
    kept = answers.active(view, view.query)
    services = {str(level): share for level, share in known.service_shares(kept).items()}
    return services, {str(level): share for level, share in known.area_shares(kept).items()}


def service_word(view: View, query: Query) -> str:
    """Return what the service level is called."""
    return view.t(f"overlap.service_level.{query.service_level}")


def area_word(view: View, query: Query) -> str:
    """Return what the area level is called."""
    return view.t(f"overlap.area_level.{query.area_level}")


def choose(
    view: View,
    query: Query,
    opened: Query,
    field: str,
    options: Sequence[object],
    label: str,
    word: Callable[[str], str],
) -> None:
    """Draw one choice of a level or of days; it is kept in the address unless it is where the page opens."""
    key = f"{view.page}_{field}"
    own = getattr(query, field)
    st.session_state[key] = own
    st.selectbox(
        view.t(label),
        sorted({*options, own}) if field == "min_days" else options,
        key=key,
        format_func=lambda option: word(str(option)),
        on_change=lambda: _keep(field, st.session_state[key], getattr(opened, field)),
    )


def keep_service(level: str, opened: Query) -> None:
    """Compare by another service level from the next run on."""
    _keep("service_level", level, opened.service_level)


def _keep(field: str, value: object, opened: object) -> None:
    state.keep(_KEPT[field], "" if value == opened else str(value))


def _opened(share: float) -> str:
    if share == 0:
        return "opened_none"
    return "opened_few" if share < _FEW else "opened"


def _one_of(known_levels: Sequence[Level], asked: str, default: Level) -> Level:
    return next((level for level in known_levels if level == asked), default)
