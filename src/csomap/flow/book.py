"""The problems of files that were read, as a workbook for the people who mend them."""

from collections.abc import Iterable
from pathlib import Path

from csomap.flow.intake import Ingested
from csomap.importers import problem_book as books
from csomap.settings import rules


def problem_book(read: Iterable[tuple[Path, Ingested]], lang: str) -> bytes:
    """Return the workbook (.xlsx) of the problems of files, each with what became of it, in `lang`.

    See importers.problem_book. Raises BadFile if a file is not there any more.
    """
    parts = [
        books.Part(path, done.problems, done.entry.sheet, [*done.mapping.values(), *done.unmapped])
        for path, done in read
    ]
    return books.problem_book(parts, lang, rules()["limits"])
