"""The evidence of an overlap in plain sentences: codes, shares and numbers as people read them."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import decimal, listing, number, percent
from csomap.tables.evidence_schemas import VALUES

_SHORT_KM = 10  # below this one decimal of a kilometre is told


def sentences(view: Reader, reasons: pd.DataFrame, shown: Callable[[str], str] = str) -> list[str]:
    """Return a sentence for each row of EVIDENCE; `shown` makes a value ready for where it is written."""
    told = []
    for row in reasons.to_dict("records"):
        values = {name: shown(str(value)) for name, value in filled_in(view, row).items()}
        told.append(view.t(f"evidence.{row['reason']}.{row['answer']}", **values))
    return told


def filled_in(view: Reader, reason: Mapping[Any, Any]) -> dict[str, object]:
    """Return org_a, org_b, value, value_a and value_b of a row of EVIDENCE, in words."""
    shared, own = VALUES.get(reason["reason"], ("", ""))
    kinds = {"value": shared, "value_a": own, "value_b": own}
    told = {part: _told(view, kind, reason[part]) for part, kind in kinds.items()}
    orgs = {part: names.organisation(view, reason[part]) for part in ("org_a", "org_b")}
    return {**orgs, **told}


def _told(view: Reader, kind: str, value: str) -> str:
    if kind in _WORDS:
        return _WORDS[kind](view, value)
    return _NUMBERS[kind](value, view.lang) if kind and value else ""


def _text(view: Reader, value: str) -> str:
    return names.isolated(value) if value else view.t("frame.not_stated")


def _groups(view: Reader, value: str) -> str:
    return listing([names.group(view, code) for code in value.split(";")], view.lang)


def _organisations(view: Reader, value: str) -> str:
    return names.organisations(view, value) or view.t("frame.not_stated")


def _km(value: str, lang: str) -> str:
    return decimal(float(value), lang, 1) if float(value) < _SHORT_KM else number(round(float(value)), lang)


_WORDS: dict[str, Callable[[Reader, str], str]] = {
    "service": names.service,
    "function": names.function,
    "groups": _groups,
    "characteristics": names.characteristic,
    "place": names.place,
    "organisations": _organisations,
    "status": names.status,
    "text": _text,
}
_NUMBERS: dict[str, Callable[[str, str], str]] = {
    "km": _km,
    "share": lambda value, lang: percent(float(value), lang),
    "days": lambda value, lang: number(int(value), lang),
    "people": lambda value, lang: number(int(value), lang),
    "number": lambda value, lang: number(int(value), lang),
}
