"""The catalogue of words: one folder a language, one file a topic, the same keys in all."""

from functools import cache
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from csomap.i18n.numbers import LOCALES, number

LANGUAGES = ("en", "ar", "ckb")
_PLURALS = {"zero", "one", "two", "few", "many", "other"}


def direction(lang: str) -> str:
    """Return "rtl" for Arabic and Sorani, else "ltr"."""
    return "rtl" if lang in ("ar", "ckb") else "ltr"


def t(key: str, lang: str = "en", **values: object) -> str:
    """Return the words of `key` in `lang`, with `values` filled in.

    Whole numbers are written in the form of the language; `n` chooses the plural.
    A key that a language lacks falls back to English, and a key that English lacks is
    returned as it is (tests fail on both).
    """
    entry = _catalogue(lang).get(key, _catalogue("en").get(key, key))
    if isinstance(entry, dict):
        entry = entry.get(_plural(lang, values.get("n", 0)), entry["other"])
    words = str(entry)
    return words.format(**{name: _shown(value, lang) for name, value in values.items()}) if values else words


@cache
def keys(lang: str) -> frozenset[str]:
    """Return all keys of one language's catalogue."""
    return frozenset(_catalogue(lang))


def _shown(value: object, lang: str) -> object:
    return number(value, lang) if isinstance(value, Integral) and not isinstance(value, bool) else value


def _plural(lang: str, n: object) -> str:
    return str(Locale.parse(LOCALES[lang]).plural_form(float(n) if isinstance(n, Real) else 0))


@cache
def _catalogue(lang: str) -> dict[str, Any]:
    files = sorted((Path(__file__).parent / lang).glob("*.yml"))
    return {
        key: words
        for file in files
        for key, words in _flat(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader), "")
    }


def _flat(tree: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for name, value in tree.items():
        if isinstance(value, dict) and not set(value) <= _PLURALS:
            flat += _flat(value, f"{prefix}{name}.")
        else:
            flat.append((f"{prefix}{name}", value))
    return flat
