"""Large files go by in blocks: the same rows as if all were read at once, told of, and stopped at a word."""

import csv
import io
import tracemalloc
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap import importers
from csomap.errors import BadFile, Cancelled
from csomap.importers import delimited, encoding, sheets
from csomap.importers.encoding import Survey
from csomap.importers.limits import Limits
from csomap.importers.regular import Quotes

from .conftest import HEADER, ROW


@pytest.fixture
def small_blocks(monkeypatch):
    for module in (sheets, importers.reading.sheets, delimited.regular):
        monkeypatch.setattr(module, "BLOCK_ROWS", 10)


def cells(path):
    found = delimited.read(path, Limits())[0]
    blocks = list(found.blocks())
    numbers = list(chain.from_iterable(block.index for block in blocks))
    assert numbers == list(range(1, len(numbers) + 1))
    return [row for block in blocks for row in block.to_numpy().tolist()]


CELL = st.text(st.sampled_from('ab "\n\r,;é\u200fع='), max_size=4)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    raw=st.sampled_from(["", '"', "\r", "a\n", ',,"x"y\n', '"a""b",c,d\n', "\n\n"]),
)
def test_the_quick_way_and_the_careful_way_give_the_same_cells(tmp_path_factory, rows, raw):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path = tmp_path_factory.mktemp("same") / "a.csv"
    path.write_bytes(f"x,y,z\r\n{stream.getvalue()}{raw}".encode())
    with pytest.MonkeyPatch.context() as patch:
        quick = told(path)
        patch.setattr(delimited.regular, "width", lambda head: 0)
        assert quick == told(path)


def told(path):
    """Return the rows without what was only added to make them equally long, or how they were refused."""
    try:
        return [tuple(row) for row in cells(path)]
    except BadFile as error:
        return error.key, error.values


def test_a_row_that_is_not_regular_is_read_where_it_stands(tmp_path):
    path = tmp_path / "a.csv"
    regular = "a,b,c\n" * 300_000
    path.write_text(f"{regular}short\n{regular}", encoding="utf-8")
    found = cells(path)
    assert len(found) == 600_001
    assert found[300_000] == ["short", "", ""] and found[-1] == ["a", "b", "c"]


@pytest.mark.parametrize("text", ['a,"b\n"', '"a"b,c', 'a,"b" ,c', '"a", "b"c', 'a,"bcdefg'])
@pytest.mark.parametrize("cut", range(1, 7))
def test_a_quotation_mark_out_of_place_is_seen_wherever_the_pieces_are_cut(text, cut):
    quotes = Quotes(",")
    for piece in (text[:cut], text[cut:]):
        quotes.watch(piece.encode())
    assert quotes.are_regular is (text == 'a,"b\n"')


def test_the_encoding_is_found_from_the_last_byte_too(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "CHUNK", 8)
    path = tmp_path / "a.csv"
    texts = {"utf-8": "x" * 15 + "é", "cp1252": "x" * 31 + "é", "cp1256": "x" * 29 + " منظمة"}
    for code, text in texts.items():
        path.write_bytes(text.encode(code))
        assert Survey(path).encoding == code


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16"])
def test_the_mark_of_an_encoding_stands_in_the_first_piece_alone(tmp_path, monkeypatch, code):
    monkeypatch.setattr(encoding, "CHUNK", 8)
    path = tmp_path / "a.csv"
    path.write_bytes(("x" * 30).encode(code))
    assert Survey(path).encoding == code


def many(file, rows):
    lines = [",".join(ROW)] * rows
    return file("\n".join([",".join(HEADER), *lines]))


def test_blocks_hold_the_rows_that_reading_at_once_gives(file, small_blocks):
    path = many(file, 35)
    opened = importers.opened(path)
    blocks = [rows for rows, _ in opened.blocks()]
    assert [len(rows) for rows in blocks] == [9, 10, 10, 6]
    pd.testing.assert_frame_equal(pd.concat(blocks, ignore_index=True), importers.read(path).rows)


def test_a_problem_in_a_late_block_names_its_own_row(file, small_blocks):
    bad = ",".join([*ROW[:-1], "many"])
    imported = importers.read(file("\n".join([",".join(HEADER), *[",".join(ROW)] * 30, bad])))
    assert imported.problems[["source_row", "code"]].values.tolist() == [[32, "number_unreadable"]]


def test_a_fault_in_a_late_block_refuses_the_file(file, small_blocks):
    lines = "\n".join([",".join(HEADER), *[",".join(ROW)] * 90, '"never closed'])
    with pytest.raises(BadFile) as error:
        importers.read(file(lines))
    assert (error.value.key, error.value.values) == ("file_quotes", {"row": 92})


def test_a_regular_file_with_more_rows_than_are_allowed_is_refused_below_its_head(file, small_blocks):
    most = sheets.HEAD_ROWS + 20
    importers.read(many(file, most - 1), limits={"max_rows": most})
    with pytest.raises(BadFile) as error:
        importers.read(many(file, most + 20), limits={"max_rows": most})
    assert error.value.key == "file_too_many_rows"


def test_progress_tells_steps_that_come_to_their_end(file, small_blocks):
    told = []
    importers.read(many(file, 35), progress=lambda *step: told.append(step))
    assert [step for step, *_ in told] == sorted((step for step, *_ in told), key=["open", "read"].index)
    for step in ("open", "read"):
        done = [(done, total) for name, done, total in told if name == step]
        assert done == sorted(done) and done[-1][0] == done[-1][1]


@pytest.mark.parametrize("at", [("open", 0), ("read", 20)])
def test_what_progress_raises_ends_the_reading(file, small_blocks, at):
    def stop(step, done, total):
        if (step, done) == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        importers.read(many(file, 35), progress=stop)


def test_memory_does_not_grow_with_the_file(tmp_path: Path):
    peaks = []
    for rows in (60_000, 240_000):
        path = tmp_path / f"{rows}.csv"
        path.write_text("\n".join([",".join(HEADER), *[",".join(ROW)] * rows]), encoding="utf-8")
        tracemalloc.start()
        for _ in importers.opened(path).blocks():
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
