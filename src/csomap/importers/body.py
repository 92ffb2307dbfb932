"""The data below the headers, column by column, each row with the number that a spreadsheet shows."""

from csomap.importers.cells import ERROR_VALUES, MAX_TEXT, clean, each, is_formula, letter
from csomap.importers.layout import Layout
from csomap.importers.problems import NOTE, Problems


class Body:
    """The rows of one sheet that hold anything; `numbers` are their row numbers, counted from 1."""

    def __init__(self, layout: Layout, problems: Problems) -> None:
        self.layout = layout
        self.problems = problems
        body = enumerate(layout.sheet.rows[layout.data_index :], start=layout.data_index + 1)
        filled = [(number, row) for number, row in body if any(map(str.strip, row))]
        self.numbers = [number for number, _ in filled]
        self._rows = [row for _, row in filled]

    def unmapped(self) -> list[int]:
        """Return the columns that no field takes and that have a header or a value."""
        width = max([len(self.layout.headers), *map(len, self._rows)])
        taken = set(self.layout.columns.values())
        return [index for index in range(width) if index not in taken and self._is_used(index)]

    def _is_used(self, index: int) -> bool:
        return bool(self._header(index)) or any(map(str.strip, self._cells(index)))

    def name(self, index: int) -> str:
        """Return the header of a column, or its letter where it has none."""
        return self._header(index) or letter(index)

    def _header(self, index: int) -> str:
        return self.layout.headers[index] if index < len(self.layout.headers) else ""

    def _cells(self, index: int) -> list[str]:
        return [row[index] if index < len(row) else "" for row in self._rows]

    def texts(self, index: int, formula_effect: str, error_effect: str) -> list[str]:
        """Return the clean texts of a column, and tell of formulas, errors and over-long texts in it."""
        texts = each(self._cells(index), clean)
        faults = each(texts, _fault)
        effects = {"formula": formula_effect, "formula_error": error_effect, "text_cut": NOTE}
        for number, text, code in zip(self.numbers, texts, faults, strict=True):
            if code:
                hint = f"{letter(index)}{number}"
                self.problems.add(number, self.name(index), text, code, effects[code], hint)
        return each(texts, lambda text: text[:MAX_TEXT])


def _fault(text: str) -> str:
    if is_formula(text):
        return "formula"
    if text.casefold() in ERROR_VALUES:
        return "formula_error"
    return "text_cut" if len(text) > MAX_TEXT else ""
