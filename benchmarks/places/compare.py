"""Our place resolver beside HDX's matcher (hdx-python-country) on the same labelled spellings.

    python benchmarks/places/compare.py

Writes results/places.csv and prints it. HDX's matcher gets the same gazetteer, restricted to the area and
the level that the file tells: once with the English names only, once with the names in three scripts and
our aliases as its name mappings besides. Install the matcher of benchmarks/requirements.txt in an environment
of its own: it asks for an older python-dateutil than csomap's pins bring.
"""

import logging
import sys
from functools import cache
from pathlib import Path

import pandas as pd
from spellings import Matcher, answered, figures, spellings

from csomap.resolve import reference
from csomap.settings import GEO
from csomap.tables.places import places

RESULTS = Path(__file__).parents[1] / "results" / "places.csv"
_NAMES = ["name_en", "name_ar", "name_ckb"]


def ours(text: str, level: int | None, within: str) -> str:
    """Return what csomap says."""
    return reference.place_resolver().resolve(text, level=level, within=within or None).id


def hdx(*, everything: bool) -> Matcher:
    """Return HDX's matcher; with `everything` it knows all names and aliases that csomap knows."""
    from hdx.location.adminlevel import AdminLevel

    @cache
    def admin_level(level: int, within: str) -> AdminLevel:
        known = places()
        here = known[(known["level"] == level) & known["pcode"].str.startswith(within)]
        told = AdminLevel({"admin_name_mappings": _aliases(here) if everything else {}}, admin_level=level)
        told.setup_from_iterable(
            {"Admin Level": level, "Location": "IRQ", "P-Code": code, "Name": name}
            for code, name in zip(here["pcode"], here["name_en"], strict=True)
        )
        return told

    def ask(text: str, level: int | None, within: str) -> str:
        for fuzzy in (False, True):  # a name that is known at any level comes before a likeness
            for one in [level] if level else [1, 2, 3]:
                code, _ = admin_level(one, within).get_pcode("IRQ", text, fuzzy_match=fuzzy)
                if code:
                    return str(code)
        return ""

    return ask


def _aliases(here: pd.DataFrame) -> dict[str, str]:
    """Return the spellings that csomap lists, as name mappings.

    Names in Arabic letters are not given as names of the gazetteer: the matcher reduces names to ASCII, so
    that all of them would be one and the same empty name, and it would answer with the last of them.
    """
    known = pd.read_csv(GEO / "place_aliases.csv", dtype=str, keep_default_na=False)
    names = here.melt("pcode", _NAMES, value_name="alias").query("alias != ''")
    listed = pd.concat([known[known["pcode"].isin(here["pcode"])], names])
    return dict(zip(listed["alias"], listed["pcode"], strict=True))


def main() -> None:
    """Compare, print and write the table."""
    logging.disable()
    told = spellings()
    matchers = {
        "csomap": ours,
        "hdx-python-country, English names": hdx(everything=False),
        "hdx-python-country, all names and aliases": hdx(everything=True),
    }
    table = pd.concat([figures(answered(told, ask), name) for name, ask in matchers.items()])
    table.to_csv(RESULTS, index=False)
    sys.stdout.write(table.to_string(index=False) + "\n")


if __name__ == "__main__":
    main()
