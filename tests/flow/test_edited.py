"""Raw rows with the edits of people: what one took out no other brings back; the rows stay as they came."""

from pathlib import Path

import pandas as pd

from csomap import importers
from csomap.flow import edited
from csomap.store import Held
from tests.flow.forms import row, write


def rows(folder: Path) -> pd.DataFrame:
    return importers.read(write(folder / "rows.csv", row(), row(service="nutrition"))).rows


def edit(raw: pd.DataFrame, *, gone: bool, sample: bool = False, **told: object) -> Held:
    """Return an edit of the first row."""
    first = raw.iloc[0].to_dict()
    change = {"content": edited.content_key(first), "organisation": first["organisation"]}
    change |= {"first": "2021-01-01", "set": told, "gone": gone}
    return Held("edit", "x", {"what": "correct", "sample": sample, "rows": [change]})


def test_what_one_edit_took_out_a_later_one_does_not_bring_back(tmp_path: Path) -> None:
    raw = rows(tmp_path)
    edits = [edit(raw, gone=True), edit(raw, gone=False, site="Clinic by the river")]
    done = edited.applied({"a": raw}, edits, sample=False)["a"]
    assert done["rejected"].tolist() == [True, False]
    assert done["site"].tolist() == ["Clinic by the river", ""]


def test_the_rows_themselves_stay_as_they_came(tmp_path: Path) -> None:
    raw = rows(tmp_path)
    before = raw.copy()
    edited.applied({"a": raw}, [edit(raw, gone=True, site="elsewhere")], sample=False)
    pd.testing.assert_frame_equal(raw, before)


def test_an_edit_of_the_sample_speaks_of_the_sample_alone(tmp_path: Path) -> None:
    raw = rows(tmp_path)
    mine = edit(raw, gone=True, sample=True)
    assert not edited.applied({"a": raw}, [mine], sample=False)["a"]["rejected"].any()
    assert edited.applied({"a": raw}, [mine], sample=True)["a"]["rejected"].any()


def test_what_no_field_takes_and_what_says_nothing_make_no_other_content(tmp_path: Path) -> None:
    told = rows(tmp_path).iloc[0].to_dict()
    assert edited.content_key(told) == edited.content_key(
        told | {"other": "{}", "younger": "", "source_row": 9}
    )
    assert edited.content_key(told) != edited.content_key(told | {"site": "elsewhere"})
