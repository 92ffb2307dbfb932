"""One block of a sheet, field by field: clean texts, and what is wrong with them."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csomap.importers.cells import ERROR_VALUES, MAX_TEXT, clean, is_formula, letter
from csomap.importers.layout import Layout
from csomap.importers.problems import NOTE, REJECTED, Problems
from csomap.importers.shaping import Shaped, labels
from csomap.tables.distinct import Distinct, distinct

Positions = npt.NDArray[np.intp]

# What may need cleaning or be more than a text: controls, marks and spaces other than one between two
# words, a first = or #, and what is longer than a cell may be.
_ODD = r"[\p{C}\p{Zl}\p{Zp}]|[^ \P{Zs}]|  |^[ =#]| $"


class Body:
    """The rows of one shaped block. `numbers` are their row numbers, `rejected` marks those with a fault
    that only their author can mend."""

    def __init__(self, layout: Layout, shaped: Shaped, width: int, problems: Problems) -> None:
        self.layout = layout
        self.fields, self.others = shaped.fields, shaped.others
        places = {label: place for place, label in labels(layout, width).items()}
        self.free = {label: places[label] for label in map(str, self.others)}
        self.numbers = self.fields["source_row"].to_numpy(dtype=np.int64)
        self.rejected = np.zeros(len(self.numbers), dtype=bool)
        self._problems = problems
        self._heads = np.array(shaped.heads, dtype=object)

    def texts(self, field: str, formula_effect: str, error_effect: str) -> Distinct:
        """Return the clean texts of a field, and tell of formulas, errors and over-long texts in it."""
        effects = {"formula": formula_effect, "formula_error": error_effect, "text_cut": NOTE}
        place = self.layout.columns.get(field)
        return self._clean(self.fields[field], field, "" if place is None else letter(place), effects)

    def other(self, label: str, place: int) -> Distinct:
        """Return the clean texts of a column that no field takes; nothing in it rejects a row."""
        effects = dict.fromkeys(("formula", "formula_error", "text_cut"), NOTE)
        return self._clean(self.others[label], place, letter(place), effects)

    def headers(self, told: str | int, where: Positions) -> str | list[str]:
        """Return the file's header of a field, or of a column by its place, at each of some rows."""
        if isinstance(told, int):
            return self.layout.name(told)
        matrix = self.layout.matrix
        if matrix and told in (matrix.into, matrix.value):
            return [str(head) for head in self._heads[where]]
        return self.layout.header(told)

    def tell(
        self,
        told: str | int,
        where: Positions,
        values: Sequence[str],
        codes: str | Sequence[str],
        effects: str | Sequence[str],
        hints: str | Sequence[str] = "",
    ) -> None:
        """Tell of the rows at the positions `where` what is wrong with a field, or a column by its place."""
        if not len(where):
            return
        headers = self.headers(told, where)
        self._problems.add_all(self.numbers[where], headers, values, codes, effects, hints)
        self.rejected[where] |= np.array(effects) == REJECTED

    def _clean(
        self, column: "pd.Series[str]", told: str | int, shown: str, effects: Mapping[str, str]
    ) -> Distinct:
        found = distinct(column)
        odd = pc.or_(
            pc.match_substring_regex(found.texts, _ODD), pc.greater(pc.binary_length(found.texts), MAX_TEXT)
        )
        places = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
        if not len(places):
            return found
        texts = [clean(text) for text in found.texts.take(pa.array(places)).to_pylist()]
        faults = {int(place): (text, _fault(text)) for place, text in zip(places, texts, strict=True)}
        self._tell_faults(found, {at: one for at, one in faults.items() if one[1]}, told, shown, effects)
        kept = pa.array([text[:MAX_TEXT] for text in texts], pa.large_string())
        return Distinct(pc.replace_with_mask(found.texts, odd, kept), found.codes)

    def _tell_faults(
        self,
        found: Distinct,
        faults: Mapping[int, tuple[str, str]],
        told: str | int,
        shown: str,
        effects: Mapping[str, str],
    ) -> None:
        where = np.flatnonzero(np.isin(found.codes, list(faults)))
        here = [faults[code] for code in found.codes[where]]
        cells = [f"{shown}{number}" if shown else "" for number in self.numbers[where]]
        values, codes = [text for text, _ in here], [code for _, code in here]
        self.tell(told, where, values, codes, [effects[code] for code in codes], cells)


def _fault(text: str) -> str:
    if is_formula(text):
        return "formula"
    if text.casefold() in ERROR_VALUES:
        return "formula_error"
    return "text_cut" if len(text) > MAX_TEXT else ""
