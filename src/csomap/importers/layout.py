"""Which sheet, which row of headers and which profile: the reading of a file that fits it best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csomap.errors import BadFile
from csomap.importers import hxl, profile
from csomap.importers.cells import clean
from csomap.importers.profile import Profile
from csomap.importers.tabular import Sheet

_SHOWN = 40


@dataclass(frozen=True)
class Layout:
    """One way to read one sheet. `header_row` is counted from 1, `data_index` (first row of data) from 0."""

    sheet: Sheet
    profile: Profile
    headers: tuple[str, ...]
    header_row: int
    data_index: int
    columns: dict[str, int]
    missing: tuple[str, ...]
    header_hits: int

    @property
    def fit(self) -> tuple[float, int, int]:
        """How well the profile fits: required columns first, then all columns, then headers by name."""
        required = len(self.profile.required)
        return 1 - len(self.missing) / required, len(self.columns), self.header_hits

    def header(self, field: str) -> str:
        """Return the file's own header of a field; "" where the file has no such column."""
        return self.headers[self.columns[field]] if field in self.columns else ""


def find(sheets: Sequence[Sheet], name: str | None, has_period: bool) -> tuple[Layout, list[Layout]]:
    """Return the layout that fits best, and those of other sheets that could be read as well.

    `name` fixes the profile; with `has_period` the file needs no dates of its own.

    Raises BadFile if there is no header row, or if a required column is missing; BadInput for an
    unknown profile.
    """
    profiles = [profile.load(name)] if name else [profile.load(known) for known in profile.names()]
    best = [layout for sheet in sheets if (layout := _best(sheet, profiles, has_period))]
    if not best:
        raise BadFile("file_no_header", profiles=", ".join(known.title for known in profiles))
    chosen = max(best, key=lambda layout: layout.fit)
    if chosen.missing:
        _refuse(chosen)
    return chosen, [layout for layout in best if layout is not chosen and not layout.missing]


def _refuse(layout: Layout) -> None:
    columns = layout.profile.columns
    raise BadFile(
        "file_column_missing",
        missing=", ".join(columns[field].header for field in layout.missing),
        found=", ".join([header for header in layout.headers if header][:_SHOWN]),
        profile=layout.profile.title,
        row=layout.header_row,
    )


def _best(sheet: Sheet, profiles: Sequence[Profile], has_period: bool) -> Layout | None:
    layouts = [
        _layout(sheet, known, place, has_period)
        for place in _places(sheet.rows[: hxl.HEAD_ROWS + 1])
        for known in profiles
    ]
    found = [layout for layout in layouts if set(layout.columns) & set(layout.profile.required)]
    return max(found, key=lambda layout: layout.fit, default=None)


@dataclass(frozen=True)
class _Place:
    header: int
    data: int
    tags: int | None = None


def _places(rows: Sequence[Sequence[str]]) -> Iterator[_Place]:
    filled = [i for i, row in enumerate(rows) if any(clean(cell) for cell in row)]
    tags = hxl.tag_row(rows)
    if tags is None:
        yield from (_Place(i, i + 1) for i in filled if i < hxl.HEAD_ROWS)
        return
    above = [i for i in filled if i < tags]
    yield _Place(above[-1] if above else tags, tags + 1, tags)
    # Some templates put the tags on top and the headers below them.
    below = [i for i in filled if i > tags]
    if below and not above:
        yield _Place(below[0], below[0] + 1, tags)


def _layout(sheet: Sheet, known: Profile, place: _Place, has_period: bool) -> Layout:
    tag_cells = sheet.rows[place.tags] if place.tags is not None else []
    headers = _headers(sheet.rows[place.header], tag_cells)
    columns = known.find(headers, [hxl.normalised(cell) for cell in tag_cells])
    needed = [field for field in known.required if not (has_period and field == "start")]
    return Layout(
        sheet=sheet,
        profile=known,
        headers=headers,
        header_row=place.header + 1,
        data_index=place.data,
        columns=columns,
        missing=tuple(field for field in needed if field not in columns),
        header_hits=known.header_hits(headers),
    )


def _headers(row: Sequence[str], tags: Sequence[str]) -> tuple[str, ...]:
    width = max(len(row), len(tags))
    names = [*map(clean, row), *[""] * (width - len(row))]
    fallback = [*map(hxl.normalised, tags), *[""] * (width - len(tags))]
    return tuple(name or tag for name, tag in zip(names, fallback, strict=True))
