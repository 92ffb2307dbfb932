"""Which sheet, which rows of headers and which profile: the reading of a file that fits it best."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from csomap.errors import BadFile
from csomap.importers import hxl, profile, wide
from csomap.importers.cells import clean, letter
from csomap.importers.header_places import Place, places
from csomap.importers.profile import Profile
from csomap.importers.sheets import Rows, Sheet
from csomap.importers.wide import Matrix

_SHOWN = 40


@dataclass(frozen=True)
class Layout:
    """One way to read one sheet. `header_row` is counted from 1, `data_index` (first row of data) from 0.

    `matrix` and `flags` are the columns that are values, `otherwise` the columns that speak where
    the one of a field is empty; `year` completes months that are written without one.
    """

    sheet: Sheet
    profile: Profile
    headers: tuple[str, ...]
    header_row: int
    data_index: int
    columns: dict[str, int]
    missing: tuple[str, ...]
    header_hits: int
    matrix: Matrix | None = None
    flags: tuple[Matrix, ...] = ()
    otherwise: dict[str, int] = field(default_factory=dict)
    year: str = ""

    @property
    def fit(self) -> tuple[float, int, int]:
        """How well the profile fits: required columns first, then all columns, then headers by name."""
        required = len(self.profile.required) + bool(self.profile.one_of) or 1
        return 1 - len(self.missing) / required, len(self.fields), self.header_hits

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the sheet's columns fill, be they columns, matrices or yes/no columns."""
        melted = (self.matrix.into, self.matrix.value) if self.matrix else ()
        told = dict.fromkeys((*self.columns, *melted, *(group.into for group in self.flags)))
        return tuple(field for field in told if field)

    @property
    def taken(self) -> frozenset[int]:
        """The columns that some field takes; those that only stand in for another one are not."""
        groups = [*self.flags, *([self.matrix] if self.matrix else [])]
        return frozenset({*self.columns.values(), *(index for group in groups for index in group.texts)})

    @property
    def shape(self) -> dict[str, object]:
        """What makes rows of columns and cells, for the fingerprint; empty where each row is one."""
        groups = [one for one in (self.matrix, *self.flags) if one]
        known = self.profile.columns
        told: dict[str, object] = {
            "wide": [[one.into, one.value, sorted(one.texts.items())] for one in groups],
            "otherwise": self.otherwise,
            "split": dict(self.profile.split or {}),
            "lists": {one: parts for one in self.columns if any(parts := _parts(known[one]))},
            "year": self.year,
            "end_is_report": self.profile.end_is_report,
        }
        return {key: value for key, value in told.items() if value}

    def is_like(self, other: "Layout") -> bool:
        """Tell whether another sheet fills the same fields, as the months of a year have."""
        return self.profile is other.profile and set(self.fields) == set(other.fields)

    def header(self, field: str) -> str:
        """Return the file's own header of a field, of a matrix its first and last one; "" without one."""
        if field in self.columns:
            return self.headers[self.columns[field]]
        groups = [one for one in (self.matrix, *self.flags) if one and field in (one.into, one.value)]
        places = [*groups[0].texts] if groups else []
        ends = dict.fromkeys(self.headers[place] for place in (*places[:1], *places[-1:]))
        return " … ".join(ends)

    def name(self, index: int) -> str:
        """Return the header of a column, or its letter where it has none."""
        return (self.headers[index] if index < len(self.headers) else "") or letter(index)


def _parts(column: profile.Column) -> list[object]:
    return [column.separators, column.words, column.terms, column.values]


def find(
    sheets: Sequence[Sheet],
    name: str | None,
    has_period: bool,
    mapping: Profile | None = None,
    year: str = "",
) -> tuple[Layout, list[Layout]]:
    """Return the layout that fits best, and those of other sheets that could be read as well.

    `name` or `mapping` fixes the profile; with `has_period` the file needs no dates of its own;
    `year` is that of the months that are written without one.

    Raises BadFile if there is no header row, or if a required column is missing; BadInput for an
    unknown profile.
    """
    profiles = [mapping] if mapping else [profile.load(one) for one in ([name] if name else profile.names())]
    fixed = bool(mapping or name)
    best = [layout for sheet in sheets if (layout := _best(sheet, profiles, has_period, year, fixed))]
    if not best:
        raise BadFile("file_no_header", profiles=", ".join(known.title for known in profiles))
    chosen = max(best, key=lambda layout: layout.fit)
    if chosen.missing:
        _refuse(chosen)
    return chosen, [layout for layout in best if layout is not chosen and not layout.missing]


def _refuse(layout: Layout) -> None:
    raise BadFile(
        "file_column_missing",
        missing=", ".join(_wanted(layout.profile, field) for field in layout.missing),
        found=", ".join([header for header in layout.headers if header][:_SHOWN]),
        profile=layout.profile.title,
        row=layout.header_row,
    )


def _wanted(known: Profile, field: str) -> str:
    """Return the first header that a missing field is found by, or those of all that could stand for it."""
    fields = known.one_of if field in known.one_of and field not in known.required else (field,)
    return " / ".join(known.columns[one].header if one in known.columns else one for one in fields)


def _best(
    sheet: Sheet, profiles: Sequence[Profile], has_period: bool, year: str, fixed: bool
) -> Layout | None:
    layouts = (
        _layout(sheet, known, place, has_period, year)
        for place in places(sheet.head[: hxl.HEAD_ROWS + 1])
        for known in profiles
        if place.tags or _hits(sheet, known, place)
    )
    found = [
        layout
        for layout in layouts
        if set(layout.fields) & set(layout.profile.required)
        and (fixed or layout.profile.is_marked(layout.headers))
    ]
    return max(found, key=lambda layout: layout.fit, default=None)


def _layout(sheet: Sheet, known: Profile, place: Place, has_period: bool, year: str) -> Layout:
    tags = hxl.tags([sheet.head[i] for i in place.tags])
    is_continued = _is_continued(sheet, known, place)
    headers = _headers([sheet.head[i] for i in place.headers], tags, known, is_continued)
    columns = known.find(headers, tags)
    sample = sheet.head[place.data :]
    matrix = wide.matrix(known, headers, columns, sample)
    flags = wide.flags(known, headers, columns, sample, matrix.texts if matrix else {})
    layout = Layout(
        sheet=sheet,
        profile=known,
        headers=headers,
        header_row=place.headers[-1] + 1,
        data_index=place.data,
        columns=columns,
        missing=(),
        header_hits=_hits(sheet, known, place) + is_continued,
        matrix=matrix,
        flags=flags,
        otherwise=_otherwise(known, headers, columns),
        year=year,
    )
    return replace(layout, missing=_missing(layout, has_period))


def _missing(layout: Layout, has_period: bool) -> tuple[str, ...]:
    known, found = layout.profile, {*layout.fields, *(["start"] if has_period else [])}
    either = known.one_of[:1] if found.isdisjoint(known.one_of) else ()
    return (*(one for one in known.required if one not in found), *either)


def _hits(sheet: Sheet, known: Profile, place: Place) -> int:
    return sum(known.header_hits(sheet.head[i]) for i in place.headers)


def _is_continued(sheet: Sheet, known: Profile, place: Place) -> bool:
    """Tell whether the second row only goes on where the first one has groups or nothing: it is no data."""
    if len(place.headers) == 1:
        return False
    upper, lower = ([clean(cell) for cell in sheet.head[i]] for i in place.headers)
    filled = [i for i, cell in enumerate(lower) if cell]
    texts = all(any(map(str.isalpha, lower[i])) for i in filled)
    headed = {i for i, cell in enumerate(upper) if known.knows(cell)}
    return len(filled) > 1 and len(headed) > 1 and texts and headed.isdisjoint(filled)


def _otherwise(known: Profile, headers: Sequence[str], columns: dict[str, int]) -> dict[str, int]:
    """Return the columns that speak where the one of a field is empty."""
    names = [profile.compared(header) for header in headers]
    wanted = {one: known.columns[one].otherwise for one in columns}
    found = {
        one: next((names.index(name) for name in map(profile.compared, many) if name in names), None)
        for one, many in wanted.items()
    }
    return {one: index for one, index in found.items() if index is not None}


def _headers(rows: Rows, tags: Sequence[str], known: Profile, is_continued: bool) -> tuple[str, ...]:
    width = max(*map(len, rows), len(tags))
    cells = [[*map(clean, row), *[""] * (width - len(row))] for row in rows]
    names = cells[0] if len(cells) == 1 else _joined(cells[0], cells[1], known, is_continued)
    fallback = [*tags, *[""] * (width - len(tags))]
    return tuple(name or tag for name, tag in zip(names, fallback, strict=True))


def _joined(upper: Sequence[str], lower: Sequence[str], known: Profile, is_continued: bool) -> list[str]:
    """Return one header a column from two rows, of which the upper may span several columns."""
    names, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        spanned = f"{group} {below}".strip() if below else above
        own = next((name for name in (below, above, spanned) if known.knows(name)), spanned)
        names.append(below if own == spanned and is_continued and wide.is_named(known, below) else own)
    return names
