"""The registry goes out as a table, is edited, and comes back in: all of it or none."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadFile, BadInput
from csomap.flow.faults import Faults
from csomap.i18n import LANGUAGES
from csomap.settings import Settings
from csomap.tables import export
from csomap.tables.query import Query
from tests.flow.forms import row, write

NEW = {"org_id": "", "name_en": "Reed Boat Initiative", "name_ar": "مبادرة زورق القصب", "type": "cso"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Settings(tmp_path / "home")
    flow.ingest(write(tmp_path / "a.csv", row(), row(organisation="WHO", start="2020-01")), home)
    return home


def exported(settings: Settings) -> pd.DataFrame:
    return flow.analyse(flow.load(settings), "organisations", Query())


def edited(
    settings: Settings, changes: Mapping[str, Mapping[str, str]], *new: Mapping[str, str], kind: str = ".xlsx"
) -> Path:
    """Write the exported table with some cells changed, by org_id, and with new rows below."""
    table = exported(settings).astype(str)
    for org_id, cells in changes.items():
        for column, text in cells.items():
            table.loc[table["org_id"] == org_id, column] = text
    path = settings.home.parent / f"registry{kind}"
    export.save(pd.concat([table, pd.DataFrame(list(new))], ignore_index=True).fillna(""), path)
    return path


def refused(settings: Settings, path: Path) -> pd.DataFrame:
    before = flow.state(settings)
    with pytest.raises(Faults) as error:
        flow.import_registry(path, settings)
    assert flow.state(settings) == before
    assert all(error.value.told(lang) for lang in LANGUAGES)
    return error.value.problems


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_a_table_that_nobody_changed_changes_nothing(settings: Settings, kind: str) -> None:
    before = flow.state(settings)
    done = flow.import_registry(edited(settings, {}, kind=kind), settings)
    assert (done.added, done.changed, done.decision_id) == ((), (), 0)
    assert done.unchanged == len(exported(settings))
    assert flow.state(settings) == before


def test_changed_and_new_organisations_speak_for_all_files_and_are_undone_as_one(settings: Settings) -> None:
    before = exported(settings)
    names = {"name_ckb": "ڕێکخراوی تەندروستی", "aliases": "Green Cross of Geneva;W.H.O. Baghdad"}
    done = flow.import_registry(edited(settings, {"who": names}, NEW), settings)
    assert (len(done.added), done.changed) == (1, ("who",))
    assert done.unchanged == len(before) - 1
    path = settings.home.parent / "b.csv"
    named = ("Green Cross of Geneva", "Reed Boat Initiative", "مبادرة زورق القصب")
    flow.ingest(write(path, *(row(organisation=name, start="2020-01") for name in named)), settings)
    told = flow.load(settings).reports
    assert {"who", done.added[0]} <= set(told["organisation"])
    everyone = exported(settings).set_index("org_id")
    assert everyone.loc[done.added[0], ["name_en", "type", "status"]].to_list() == [
        "Reed Boat Initiative",
        "cso",
        "registered",
    ]
    flow.undo_decision(settings, done.decision_id)
    kept = exported(settings).set_index("org_id").loc[before["org_id"]]
    assert kept.loc["who", "aliases"] == before.set_index("org_id").loc["who", "aliases"]
    assert not kept.index.isin(done.added).any()


def test_a_newcomer_that_is_renamed_keeps_its_id_and_the_name_that_files_use(settings: Settings) -> None:
    (palm,) = exported(settings).query("status == 'provisional'")["org_id"]
    changed = {"name_en": "Society of the Palm Grove", "type": "cso", "aliases": "Palm Society"}
    done = flow.import_registry(edited(settings, {palm: changed}), settings)
    assert done.changed == (palm,)
    told = exported(settings).set_index("org_id")
    assert told.index.is_unique
    assert told.loc[palm, ["name_en", "status", "aliases"]].to_list() == [
        "Society of the Palm Grove",
        "registered",
        "Palm Grove Society;Palm Society",
    ]
    assert palm in set(flow.load(settings).reports["organisation"])
    assert "organisation" not in set(flow.waiting(settings)["kind"])


def test_a_column_that_the_file_lacks_stays_as_it_is(settings: Settings) -> None:
    path = settings.home.parent / "few.csv"
    path.write_text("ORG_ID,Acronym\nwho,WHO-IRQ\n", "utf-8")
    assert flow.import_registry(path, settings).changed == ("who",)
    who = exported(settings).set_index("org_id").loc["who"]
    assert (who["acronym"], who["name_en"]) == ("WHO-IRQ", "World Health Organization")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"org_id": "nobody", "name_en": "Nobody"}, "org_id", "registry_org_unknown"),
        ({"org_id": "own-0000000000", "name_en": "Nobody"}, "org_id", "registry_org_unknown"),
        ({"org_id": "who"}, "org_id", "registry_twice"),
        (NEW | {"type": "goat"}, "type", "registry_type_unknown"),
        (NEW | {"type": ""}, "type", "registry_type_unknown"),
        ({"org_id": "", "type": "cso"}, "name_en", "registry_name_missing"),
        (NEW | {"aliases": "World Health Organization"}, "aliases", "registry_name_taken"),
        (NEW | {"acronym": "UNICEF"}, "acronym", "registry_name_taken"),
    ],
)
def test_a_fault_names_row_column_and_value_and_nothing_is_kept(
    settings: Settings, cells: dict[str, str], column: str, code: str
) -> None:
    new = {"name_en": "Blue Door Group", "type": "cso"}
    path = edited(settings, {"unicef": {"name_ckb": "یونیسێف"}}, new, cells)
    problems = refused(settings, path)
    last = len(exported(settings)) + 3
    found = problems[problems["code"] == code].to_dict("records")
    assert (last, column, cells.get(column, "")) in [
        (one["source_row"], one["column"], one["value"]) for one in found
    ]


def test_a_fault_names_its_row_as_the_spreadsheet_shows_it(settings: Settings) -> None:
    path = settings.home.parent / "gaps.csv"
    path.write_text("org_id,acronym\n\nwho,WHO\n,\nnobody,NB\n", "utf-8")
    problems = refused(settings, path)
    assert set(problems["source_row"]) == {5}


def test_an_alias_of_another_organisation_names_its_owner(settings: Settings) -> None:
    problems = refused(settings, edited(settings, {"who": {"aliases": "unicef"}}))
    assert problems.loc[0, "hint"] == "unicef" and problems.loc[0, "value"] == "unicef"


def test_a_text_like_a_formula_goes_out_and_comes_back(settings: Settings) -> None:
    new = NEW | {"aliases": "+964 Boats"}
    (made,) = flow.import_registry(edited(settings, {}, new), settings).added
    assert flow.import_registry(edited(settings, {}), settings).decision_id == 0
    assert exported(settings).set_index("org_id").loc[made, "aliases"] == "+964 Boats"


def test_a_file_without_ids_or_not_a_table_is_refused(settings: Settings) -> None:
    path = settings.home.parent / "odd.csv"
    path.write_text("name,type\nReed Boat,cso\n", "utf-8")
    with pytest.raises(BadInput, match="org_id"):
        flow.import_registry(path, settings)
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(BadFile):
        flow.import_registry(path, settings)


def test_a_workbook_with_an_empty_first_sheet_and_a_column_that_stands_twice_are_refused(
    settings: Settings,
) -> None:
    book, twice = settings.home.parent / "odd.xlsx", settings.home.parent / "twice.csv"
    with pd.ExcelWriter(book) as sheets:
        pd.DataFrame().to_excel(sheets, sheet_name="empty", index=False)
        exported(settings).to_excel(sheets, sheet_name="organisations", index=False)
    twice.write_text("org_id,name_en,name_en\nwho,World Health,W\n", "utf-8")
    for path, key in ((book, "registry_no_id"), (twice, "registry_column_twice")):
        with pytest.raises(BadInput) as error:
            flow.import_registry(path, settings)
        assert error.value.key == key
