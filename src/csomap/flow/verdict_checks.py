"""What is amiss with a line of a workbook of verdicts that comes back."""

from collections.abc import Iterator
from functools import cache

from csomap.flow.renamed import Names
from csomap.flow.verdict_lines import PAIR
from csomap.flow.verdict_sheet import Line
from csomap.i18n import LANGUAGES, t
from csomap.importers.cells import ERROR_VALUES, MAX_TEXT, clean
from csomap.matching.standing import CELL, VERDICTS
from csomap.resolve.normalise import normalise
from csomap.tables import taxonomy
from csomap.tables.places import places

Fault = tuple[str, str, str]  # column, problem code, hint


def faults(line: Line, names: Names) -> list[Fault]:
    """Return everything that has to be mended in a line: column, problem code and hint."""
    if not line.has_keys:
        return [("org_a", "verdict_no_key", "")] if line.verdict or line.note else []
    if not line.is_whole:
        return [("org_a", "verdict_line_changed", "")]
    return [*_of_answer(line), *(_of_keys(line, names) if is_changed(line) else ())]


def code_of(line: Line) -> str:
    """Return the verdict of a line by its words in any language; what it was if the cell is empty, and "" if
    nobody knows the words."""
    return _words().get(normalise(line.verdict), "") if line.verdict else line.keys["was"]


def is_changed(line: Line) -> bool:
    """Say whether verdict or note are not what they were when the workbook was written."""
    is_same_note = clean(line.note) == clean(line.keys["was_note"])
    return not (code_of(line) == line.keys["was"] and is_same_note)


def _of_answer(line: Line) -> Iterator[Fault]:
    if not code_of(line):
        yield "verdict", "verdict_word_unknown", ", ".join(t(f"overlap.verdict.{one}") for one in VERDICTS)
    if not line.verdict and is_changed(line):
        yield "verdict", "verdict_word_missing", ""
    if len(line.note) > MAX_TEXT:
        yield "note", "verdict_note_long", ""
    if line.note.casefold() in ERROR_VALUES:
        yield "note", "formula_error", ""


def _of_keys(line: Line, names: Names) -> Iterator[Fault]:
    for name in PAIR:
        if not names.knows(line.keys[name]):
            yield name, "verdict_org_gone", ""
    if len({names.now(line.keys[name]) for name in PAIR}) == 1:
        yield "org_b", "verdict_merged", ""
    for name in CELL:
        if not _exists(name, line.keys[name]):
            yield name, "verdict_cell_gone", ""
    if not all(line.keys[name].isascii() and line.keys[name].isdigit() for name in ("verdict_id", "days")):
        yield "org_a", "verdict_line_changed", ""


def _exists(name: str, code: str) -> bool:
    if name == "pcode":
        return code.partition("|")[0] in set(places()["pcode"])
    if not code:
        return name == "characteristic"
    tree = taxonomy.load(taxonomy.OF_FIELD[name])
    return code in tree.codes and tree.level(code) != "sector"


@cache
def _words() -> dict[str, str]:
    told = [(code, code) for code in VERDICTS]
    told += [(t(f"overlap.verdict.{code}", lang), code) for code in VERDICTS for lang in LANGUAGES]
    return {normalise(word): code for word, code in told}
