"""Trees of terms (services, groups, functions...) in three languages, as data/taxonomies/ holds them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from csomap import settings
from csomap.errors import BadInput, BadReference
from csomap.i18n import LANGUAGES

NAMES = (
    "services",
    "functions",
    "population_groups",
    "characteristics",
    "organisation_types",
    "statuses",
)
OF_FIELD = {
    "organisation_type": "organisation_types",
    "service": "services",
    "function": "functions",
    "population_group": "population_groups",
    "characteristic": "characteristics",
    "status": "statuses",
}
LEVELS = ("sector", "topic", "service")

_FILLED = pa.Check.str_length(min_value=1, error="empty")
_SCHEMA = pa.DataFrameSchema(
    {
        "code": pa.Column(
            str,
            [
                pa.Check.str_matches(r"^[a-z][a-z0-9_]*$", error="not snake_case"),
                pa.Check(lambda codes: ~codes.duplicated(), error="twice"),
            ],
            description="short, stable, unique over the tree",
        ),
        "parent": pa.Column(str, description="code of the term above; empty = a root"),
        "level": pa.Column(
            str, pa.Check.isin(LEVELS), required=False, description="sector, topic or service"
        ),
        **{
            f"label_{lang}": pa.Column(str, _FILLED, description=f"the words shown to people; {lang}")
            for lang in LANGUAGES
        },
        "definition_en": pa.Column(str, _FILLED, description="what is in and what is not"),
        "dac_code": pa.Column(
            str,
            pa.Check.str_matches(r"^(\d{5})?$", error="not five digits"),
            required=False,
            description="OECD DAC purpose code; empty = none fits",
        ),
        "sensitive": pa.Column(
            str,
            pa.Check.isin(["", "yes"]),
            required=False,
            description="yes = pages show it, and all below it, no finer than the governorate",
        ),
        "source": pa.Column(str, _FILLED, description="where the term comes from"),
        "review": pa.Column(
            str,
            pa.Check.isin(["", "ar", "ckb", "ar;ckb"]),
            description="languages whose wording a native reader has still to check",
        ),
    },
    strict=True,
)


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """One tree of codes; each code has at most one parent.

    Every method that takes a code raises BadInput, naming the nearest codes, where the tree lacks it.
    """

    name: str
    _table: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """Return the rows of the file as a table, in its order."""
        return self._table.copy()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes in the order of the file."""
        return tuple(self._table["code"])

    @cached_property
    def _rows(self) -> dict[str, dict[str, str]]:
        columns = list(self._table.columns)
        told = self._table.itertuples(index=False, name=None)
        return {row["code"]: row for row in (dict(zip(columns, values, strict=True)) for values in told)}

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = defaultdict(list)
        for code, row in self._rows.items():
            below[row["parent"]].append(code)
        return below

    def _row(self, code: str) -> dict[str, str]:
        if code not in self._rows:
            nearest = ", ".join(get_close_matches(code, self.codes, cutoff=0.5))
            raise BadInput("code_unknown", taxonomy=self.name, code=code, nearest=nearest)
        return self._rows[code]

    def label(self, code: str, lang: str = "en") -> str:
        """Return the words for `code` in `lang`, else in English."""
        row = self._row(code)
        return row.get(f"label_{lang}") or row["label_en"]

    def parent(self, code: str) -> str:
        """Return the code above, or "" for a root."""
        return self._row(code)["parent"]

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes right below, in the order of the file; "" gives the roots."""
        if code:
            self._row(code)
        return tuple(self._below.get(code, ()))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes above, nearest first, without the code itself."""
        above = self.parent(code)
        return (above, *self.ancestors(above)) if above else ()

    def descendants(self, code: str) -> tuple[str, ...]:
        """Return the code itself and all codes below it, each before those below it."""
        below = (each for child in self.children(code) for each in self.descendants(child))
        return (code, *below)

    def level(self, code: str) -> str:
        """Return sector, topic or service; "" in a taxonomy without levels."""
        return self._row(code).get("level", "")

    def at_level(self, code: str, level: str) -> str:
        """Return `code` rolled up to `level`; a code that is coarser already stays as it is.

        Raises BadInput for a level that is not in LEVELS.
        """
        if level not in LEVELS:
            raise BadInput("level_unknown", value=level, known=", ".join(LEVELS))
        chain = (code, *self.ancestors(code))
        return next((each for each in chain if self.level(each) == level), code)

    def is_sensitive(self, code: str) -> bool:
        """Say whether the code, or one above it, is marked as sensitive."""
        chain = (code, *self.ancestors(code))
        return any(self._row(each).get("sensitive") == "yes" for each in chain)


@cache
def load(name: str) -> Taxonomy:
    """Return the taxonomy `name`, one of NAMES.

    Raises BadInput for another name, and BadReference with every fault of the file.
    """
    if name not in NAMES:
        raise BadInput("taxonomy_unknown", name=name, known=", ".join(NAMES))
    return read(settings.DATA / "taxonomies" / f"{name}.csv")


def read(path: Path) -> Taxonomy:
    """Return the taxonomy in one CSV file; raises BadReference with every fault of the file."""
    table = _text_table(path)
    faults = [*_cell_faults(table), *_tree_faults(table)]
    if faults:
        raise BadReference("taxonomy_faults", file=path.name, faults="; ".join(faults))
    return Taxonomy(path.stem, table)


@cache
def _all_aliases() -> pd.DataFrame:
    return _text_table(settings.DATA / "taxonomies" / "term_aliases.csv")


def aliases(name: str) -> pd.DataFrame:
    """Return the other wordings of one taxonomy: code, text, lang, source, within.

    An empty code is a wording that is known to say nothing ("Mixed"); several codes, joined by ;, are of a
    wording that names several groups. `within` is the heading below which alone the wording means this; a
    text that begins or ends with "…" is a phrase that may stand among other words there.
    """
    table = _all_aliases()
    return table[table["taxonomy"] == name].drop(columns="taxonomy").reset_index(drop=True)


def _text_table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def _cell_faults(table: pd.DataFrame) -> list[str]:
    try:
        _SCHEMA.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["column", "failure_case", "check"]].drop_duplicates()
        return [f"{column} {case!r}: {check}" for column, case, check in cases.itertuples(index=False)]
    return []


def _tree_faults(table: pd.DataFrame) -> Iterator[str]:
    if not {"code", "parent"} <= set(table.columns):
        return
    parents = dict(zip(table["code"], table["parent"], strict=True))
    levels = dict(zip(table["code"], table["level"], strict=True)) if "level" in table else {}
    for code, parent in parents.items():
        if parent and parent not in parents:
            yield f"{code}: unknown parent {parent!r}"
        elif _is_in_a_cycle(code, parents):
            yield f"{code}: cycle"
        elif levels.get(code) in LEVELS and levels[code] != _level_below(levels.get(parent, "")):
            yield f"{code}: level {levels[code]!r} under {parent!r}"


def _is_in_a_cycle(code: str, parents: dict[str, str]) -> bool:
    met: set[str] = set()
    above = parents[code]
    while above and above not in met:
        if above == code:
            return True
        met.add(above)
        above = parents.get(above, "")
    return False


def _level_below(level: str) -> str:
    return dict(zip(("", *LEVELS), LEVELS, strict=False)).get(level, "")
