"""Whether a text names another country: codes, and names in the languages that files come in."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from csomap.resolve.normalise import normalise

IRAQ = "IQ"
_LANGUAGES = ("en", "ar", "ckb", "fr", "es")
# Names that files use and the Unicode CLDR does not.
_OTHER_NAMES = {
    "IQ": ("Republic of Iraq", "جمهورية العراق", "عراق"),
    "SY": ("Syrian Arab Republic", "الجمهورية العربية السورية", "Syrie"),
    "TR": ("Turkey", "Republic of Türkiye"),
    "IR": ("Iran (Islamic Republic of)", "Islamic Republic of Iran"),
    "CD": ("Democratic Republic of the Congo", "République démocratique du Congo", "DR Congo", "RDC"),
    "PS": ("Palestine", "State of Palestine", "occupied Palestinian territory", "oPt"),
}
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
_CODE = re.compile(r"([A-Z]{2,3})\d[\dA-Z]*")
_LISTED = re.compile(r"[;|/,]")


def country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that a text names, "" if it names none.

    Takes alpha-2 and alpha-3 codes, and names in English, Arabic, Sorani, French and Spanish (Unicode CLDR).
    """
    return _countries().get(normalise(text), "")


def is_abroad(text: str) -> bool:
    """True if a text names countries, one or a list, and none of them is Iraq."""
    whole = country(text)
    named = {whole} if whole else {country(part) for part in _LISTED.split(text)} - {""}
    return bool(named) and IRAQ not in named


def is_code_abroad(text: str) -> bool:
    """True for a p-code of another country: its letters (alpha-2 or alpha-3) and digits, not IQ."""
    found = _CODE.fullmatch(text.strip())
    return bool(found) and country(found[1] if found else "") not in ("", IRAQ)


@cache
def _countries() -> dict[str, str]:
    english = [str(code) for code in Locale("en").territories]
    codes = [code for code in english if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY]
    known = {normalise(code): code for code in codes}
    for alpha3, alpha2 in get_global("territory_aliases").items():
        if re.fullmatch("[A-Z]{3}", alpha3) and alpha2[0] in codes:
            known[normalise(alpha3)] = str(alpha2[0])
    for language in _LANGUAGES:
        names = Locale(language).territories
        known |= {normalise(str(names[code])): code for code in codes if code in names}
    return known | {normalise(name): code for code, names in _OTHER_NAMES.items() for name in names}
