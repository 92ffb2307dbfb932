"""A file of last month beside that of this month: what came, what went, what was corrected."""

import pandas as pd

from csomap.analysis.changes import Changes, changes
from csomap.tables.schemas import RAW, columns, none


def raw(*rows: dict[str, object]) -> pd.DataFrame:
    """Return raw rows; what is not named is empty, rows are counted from 2."""
    empty = none(RAW)
    frame = pd.DataFrame(list(rows), index=range(len(rows))).reindex(columns=columns(RAW))
    texts = [name for name in columns(RAW) if pd.api.types.is_string_dtype(empty[name])]
    frame[texts] = frame[texts].astype(object).fillna("")
    frame["source_row"] = range(2, len(rows) + 2)
    frame[["end_is_stated", "rejected"]] = False
    frame["start"] = pd.to_datetime(frame["start"])
    return frame.astype(dict(empty.dtypes))


def compared(before: pd.DataFrame, now: pd.DataFrame, size: int = 2) -> Changes:
    """Compare two tables that come in blocks of `size` rows."""

    def blocks(frame: pd.DataFrame):
        return lambda: (frame.iloc[first : first + size] for first in range(0, max(len(frame), 1), size))

    return changes(blocks(before), blocks(now))


ONE = {"organisation": "Palm Grove Society", "service": "health", "pcode": "IQG02", "start": "2021-01-01"}
TWO = {"organisation": "Reed Boat Relief", "service": "wash", "pcode": "IQG03", "start": "2021-01-01"}


def counts(found: Changes) -> tuple[int, int, int, int]:
    return len(found.added), len(found.gone), found.changed_rows, found.same


def test_the_same_rows_in_another_order_are_the_same() -> None:
    assert counts(compared(raw(ONE, TWO), raw(TWO, ONE))) == (0, 0, 0, 2)


def test_a_row_that_came_and_one_that_went() -> None:
    found = compared(raw(ONE, TWO), raw(TWO, TWO | {"organisation": "Olive Tree Union"}))
    assert counts(found) == (1, 1, 0, 1)
    assert list(found.added["organisation"]) == ["Olive Tree Union"]
    assert list(found.gone["organisation"]) == ["Palm Grove Society"]


def test_a_corrected_number_is_a_changed_row_with_both_values() -> None:
    found = compared(raw(TWO, ONE | {"reached": 10}), raw(ONE | {"reached": 12}, TWO))
    assert counts(found) == (0, 0, 1, 1)
    line = found.changed.iloc[0]
    assert (line["column"], line["before"], line["now"]) == ("reached", "10", "12")
    assert (line["row_before"], line["row_now"]) == (3, 2)


def test_a_row_with_its_own_id_is_known_again_though_its_place_was_corrected() -> None:
    found = compared(raw(ONE | {"activity_id": "A1"}), raw(ONE | {"activity_id": "A1", "pcode": "IQG05"}))
    assert counts(found) == (0, 0, 1, 0)
    assert list(found.changed["column"]) == ["pcode"]


def test_one_row_with_two_corrections_is_one_changed_row() -> None:
    found = compared(raw(ONE), raw(ONE | {"site": "Clinic", "reached": 5}))
    assert counts(found) == (0, 0, 1, 0)
    assert set(found.changed["column"]) == {"site", "reached"}


def test_a_row_that_is_there_twice_and_then_once_is_gone_once() -> None:
    assert counts(compared(raw(ONE, ONE), raw(ONE))) == (0, 1, 0, 1)


def test_another_organisation_is_not_a_change_of_the_row() -> None:
    found = compared(raw(ONE), raw(ONE | {"organisation": "Olive Tree Union"}))
    assert counts(found) == (1, 1, 0, 0)


def test_months_of_one_activity_are_told_apart() -> None:
    months = [ONE | {"activity_id": "A1", "start": f"2021-0{month}-01", "reached": month} for month in (1, 2)]
    found = compared(raw(*months), raw(months[0], months[1] | {"reached": 9}))
    assert counts(found) == (0, 0, 1, 1)
    assert list(found.changed["before"]) == ["2"]


def test_an_empty_file_lets_everything_go() -> None:
    assert counts(compared(raw(ONE, TWO), none(RAW))) == (0, 2, 0, 0)


def test_every_row_is_accounted_for_once() -> None:
    before, now = raw(ONE, ONE, TWO, ONE | {"site": "A"}), raw(ONE, TWO | {"reached": 3}, ONE | {"site": "B"})
    found = compared(before, now)
    assert len(found.added) + found.changed_rows + found.same == len(now)
    assert len(found.gone) + found.changed_rows + found.same == len(before)
