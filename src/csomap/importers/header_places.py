"""Where the headers of a sheet may stand, and where its data then begin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csomap.importers import hxl
from csomap.importers.cells import clean
from csomap.importers.sheets import Rows


@dataclass(frozen=True)
class Place:
    """Where the headers stand (two rows at most, top first), the data begin, and the tag rows are."""

    headers: tuple[int, ...]
    data: int
    tags: tuple[int, ...] = ()


def places(rows: Rows) -> Iterator[Place]:
    """Return the places that a sheet's first rows leave open, the plainest first."""
    filled = [i for i, row in enumerate(rows) if any(clean(cell) for cell in row)]
    tags = tuple(hxl.tag_rows(rows))
    plain = [i for i in filled if i not in tags and i < hxl.HEAD_ROWS]
    if not tags:
        yield from (Place((i,), i + 1) for i in plain)
        yield from (Place((i - 1, i), i + 1) for i in plain if i - 1 in plain)
        return
    above, below = [i for i in plain if i < tags[0]], [i for i in plain if i > tags[0]]
    if not above and below and _names(rows[below[0]], [rows[i] for i in below[1:]]):
        yield Place((below[0],), below[0] + 1, tags)
        return
    yield Place((above[-1] if above else tags[0],), tags[0] + 1, tags)
    if len(above) > 1 and above[-2] == above[-1] - 1:
        yield Place((above[-2], above[-1]), tags[0] + 1, tags)
    # Some templates put the tags on top and the headers below them.
    if below:
        yield Place((below[0],), below[0] + 1, tags)


def _names(row: Sequence[str], below: Rows) -> bool:
    """Tell whether a row has words where all rows below it have figures or dates: it is one of headers."""
    if any(map(_has_digit, row)):
        return False
    columns = ([other[i] for other in below if i < len(other) and clean(other[i])] for i in range(len(row)))
    told = zip(row, columns, strict=True)
    return any(clean(cell) and many and all(map(_has_digit, many)) for cell, many in told)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdecimal, cell))
