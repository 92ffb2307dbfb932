"""What is asked for, as codes: read from the address, kept in the session, written back to the address.

The address carries codes, never words, so that a link opens in any language.
"""

import re
from collections.abc import Mapping

import streamlit as st

from csomap.i18n import LANGUAGES
from csomap.tables import taxonomy
from csomap.tables.codes import query_of
from csomap.tables.places import places
from csomap.tables.query import SERVICE_LEVELS, Query

SERVICES = ("sector", "topic", "service")
FILTERS = (*SERVICES, "population", "place", "organisation_type", "from", "to")
DEFAULTS = {"sector": "health"}
EVERY = "all"  # in the address: the reader took the default filter off
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


def begin(page: str) -> dict[str, str]:
    """Return the codes that hold in this run, from the address where it is new; write them back.

    A link carries everything that is filtered: what it does not name is not filtered.
    """
    given = st.query_params.to_dict()
    st.session_state["page"] = page
    if "codes" not in st.session_state or (given and given != st.session_state["written"]):
        st.session_state["codes"] = _read(given)
        others = {name: text for name, text in given.items() if name not in (*FILTERS, "lang", "present")}
        if others:
            _pages()[page] = others
    write()
    return codes()


def codes() -> dict[str, str]:
    """Return lang, present ("1" or "") and FILTERS; "" where nothing is filtered."""
    return dict(st.session_state["codes"])


def write() -> None:
    """Put what holds now into the address."""
    wanted = link() | _pages().get(st.session_state["page"], {})
    st.session_state["written"] = wanted
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def link(**changes: str) -> dict[str, str]:
    """Return the query of an address that shows what holds now, but for `changes` (codes by name)."""
    wanted = _whole(codes() | changes, changes)
    shown = {name: text for name, text in wanted.items() if text}
    return {name: EVERY for name in DEFAULTS if not wanted.get(name)} | shown


def choose(name: str, code: str) -> None:
    """Set one filter, language or mode; filters below it that no longer fit are taken off."""
    st.session_state["codes"] = _whole(codes() | {name: code}, {name: code})


def clear() -> None:
    """Take all filters off, the default one too."""
    st.session_state["codes"] = codes() | dict.fromkeys(FILTERS, "")


def keep(name: str, value: str) -> None:
    """Keep something that belongs to the page that is open in the address; "" forgets it."""
    kept_here = _pages().setdefault(st.session_state["page"], {})
    if value:
        kept_here[name] = value
    else:
        kept_here.pop(name, None)
    write()


def kept(name: str, default: str = "") -> str:
    """Return what the page that is open keeps under `name`; the page judges whether it is valid."""
    return _pages().get(st.session_state["page"], {}).get(name, default)


def ignored() -> list[str]:
    """Return the filters of the address that do not exist, as name=code."""
    return list(st.session_state.get("ignored", []))


def query() -> Query:
    """Return the question that the filters ask, levels at their defaults."""
    return query_of(codes())


def _pages() -> dict[str, dict[str, str]]:
    kept_pages: dict[str, dict[str, str]] = st.session_state.setdefault("kept", {})
    return kept_pages


def _read(given: Mapping[str, str]) -> dict[str, str]:
    before = st.session_state.get("codes", {})
    asked = {name: given.get(name, DEFAULTS.get(name, "")) for name in FILTERS}
    taken_off = {name: "" if text == EVERY and name in DEFAULTS else text for name, text in asked.items()}
    known = {name: text if _exists(name, text) else "" for name, text in taken_off.items()}
    st.session_state["ignored"] = [
        f"{name}={text}" for name, text in taken_off.items() if text and not known[name]
    ]
    named = {name: text for name, text in known.items() if name in given and text}
    lang = given.get("lang", before.get("lang") or _browser_language())
    return _whole(known, named) | {
        "lang": lang if lang in LANGUAGES else "en",
        "present": "1" if given.get("present", before.get("present", "")) == "1" else "",
    }


def _whole(asked: dict[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """Make sector, topic and service agree; the finest that was named wins."""
    touched = [name for name in SERVICES if name in named]
    if not touched:
        return asked
    finest = next((name for name in reversed(touched) if named[name]), touched[0])
    chain = dict.fromkeys(SERVICES[SERVICES.index(finest) :], "")
    code = named[finest]
    if code:
        tree = taxonomy.load("services")
        chain |= {tree.level(one): one for one in (code, *tree.ancestors(code))}
    return asked | chain


def _exists(name: str, code: str) -> bool:
    if not code:
        return True
    if name in SERVICE_LEVELS:
        tree = taxonomy.load("services")
        return code in tree.codes and tree.level(code) == name
    if name in ("from", "to"):
        return bool(_MONTH.fullmatch(code))
    if name == "place":
        return code in set(places()["pcode"])
    table = {"population": "population_groups", "organisation_type": "organisation_types"}[name]
    return code in taxonomy.load(table).codes


def _browser_language() -> str:
    spoken = (st.context.locale or "").lower()
    return next((lang for lang in LANGUAGES if spoken.startswith(lang)), "en")
