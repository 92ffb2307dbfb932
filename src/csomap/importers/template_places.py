"""Lists of places that follow each other: a governorate offers its districts, a district its sub-districts.

Each list is sorted by the area above, so that the choices of one area stand in one block; a drop-down
finds the block by its first line and its length. Names with spaces need no names of ranges, and both
Excel and LibreOffice follow the formula.
"""

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from csomap.i18n import t
from csomap.tables.places import area_name, places

AREAS = ("adm1_name", "adm2_name", "adm3_name")
_JOINT = "|"  # stands in no name, so that "A B" in "C" is never taken for "A" in "B C"


def dependent(lists: Worksheet, place: int, column: int, lang: str) -> dict[str, str]:
    """Write three lists from column `place` of the sheet of lists on; return where each finds its choices.

    `column` is where the governorate stands in the form; district and sub-district follow it.
    """
    sheet = "'" + lists.get_name().replace("'", "''") + "'"
    named = places().assign(name=[area_name(pcode, lang) for pcode in places()["pcode"]])
    tops = sorted(named.loc[named["level"] == 1, "name"])
    letter = _written(lists, place, t("field.adm1_name", lang), tops)
    sources = {AREAS[0]: f"={sheet}!${letter}$2:${letter}${len(tops) + 1}"}
    for level in (2, 3):
        blocks = _blocks(dict(zip(named["pcode"], named["name"], strict=True)), level)
        own = place + 2 * level - 3
        above = _written(lists, own, t("template.within", lang), [key for key, _ in blocks])
        _written(lists, own + 1, t(f"field.{AREAS[level - 1]}", lang), [name for _, name in blocks])
        chosen = f"&{chr(34)}{_JOINT}{chr(34)}&".join(
            f"${xl_col_to_name(column + step)}2" for step in range(level - 1)
        )
        keys = f"{sheet}!${above}$2:${above}${len(blocks) + 1}"
        sources[AREAS[level - 1]] = (
            f"=OFFSET({sheet}!${above}$1,MATCH({chosen},{keys},0),1,COUNTIF({keys},{chosen}),1)"
        )
    return sources


def _blocks(names: dict[str, str], level: int) -> list[tuple[str, str]]:
    """Return, for each place of a level, the names above it joined, and its own; sorted by both."""
    length = {2: 8, 3: 11}[level]
    above = {2: (5,), 3: (5, 8)}[level]
    return sorted(
        (_JOINT.join(names[pcode[:cut]] for cut in above), name)
        for pcode, name in names.items()
        if len(pcode) == length
    )


def _written(lists: Worksheet, place: int, header: str, words: list[str]) -> str:
    lists.write_column(0, place, [header, *words])
    lists.set_column(place, place, 28)
    return str(xl_col_to_name(place))
