"""Whatever the cells hold, shaping loses none of them in silence."""

from itertools import product

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from csomap.importers import layout, profile, sheets
from csomap.importers.shaping import shaped
from csomap.importers.wide import says_no

HEADERS = ["organisation", "service", "pcode", "start", "Notes", "", "Notes"]
GROUPS = ["organisation", "service", "pcode", "start", "IDPs", "Returnees", "Refugees"]
TEXT = st.text(alphabet="ab0 ;#٣\n", max_size=4)
FIGURE = st.sampled_from(["", "0", "-", "no", "7", "12", "٩", " 3 "])


def of(rows):
    sheet = sheets.of_rows("", rows)
    found, _ = layout.find([sheet], "5w_plain", False)
    blocks = [block[block.index > found.data_index] for block in sheet.blocks()]
    return found, pd.concat(blocks)


@given(st.lists(st.lists(TEXT, min_size=7, max_size=7), min_size=1, max_size=6))
def test_every_filled_cell_is_a_field_or_beside_the_fields(rows):
    told = [["Palm", "health", "IQG02", "2021-03", *row[4:]] for row in rows]
    _, block = of([HEADERS, *told])
    parts = shaped(of([HEADERS, *told])[0], block)
    assert len(parts.fields) == len(parts.others) == len(told)
    here = {name: parts.others[name].tolist() for name in parts.others}
    for place, name in ((4, "Notes (E)"), (5, "F"), (6, "Notes (G)")):
        cells = [row[place] for row in told]
        assert here.get(name, [""] * len(cells)) == cells or not any(cell.strip() for cell in cells)


@given(st.lists(st.tuples(FIGURE, FIGURE, FIGURE), min_size=1, max_size=8))
def test_the_cells_of_a_matrix_become_rows_or_are_counted(figures):
    rows = [["Palm", "health", "IQG02", "2021-03", *cells] for cells in figures]
    found, block = of([GROUPS, *rows, ["Palm", "health", "IQG02", "2021-03", "5", "5", "5"]])
    parts = shaped(found, block)
    kept = [
        (2 + row, GROUPS[4 + place])
        for (row, cells), place in product(enumerate(figures), range(3))
        if not says_no(cells[place])
    ]
    told = list(zip(parts.fields["source_row"], parts.fields["population_group"], strict=True))
    assert told[: len(kept)] == kept
    assert len(told) + parts.dropped == 3 * (len(figures) + 1)


def test_a_profile_by_hand_is_the_same_as_one_of_the_files():
    content = {"columns": {"organisation": {"headers": ["who"]}}, "required": ["organisation"]}
    assert profile.parse("mine", content).columns["organisation"].header == "who"
