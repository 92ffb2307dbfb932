"""Whole files: which sheet and profile they are read as, and that the way they are read is remembered."""

import datetime as dt
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from csomap import importers, settings
from csomap.i18n import LANGUAGES, keys, t
from csomap.importers import profile, read
from csomap.tables.schemas import PROBLEMS, RAW, valid

from .conftest import HEADER, ROW, xlsx_bytes

CASES = Path(__file__).parents[1] / "cases" / "importers"
REAL = settings.ROOT.parent / "shared/data/3w/irq_3w_jan_dec_2021_longtable_20220120.xlsx"
YEAR = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))


def as_text(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: frame[name].astype(str).fillna("") for name in columns})


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_the_written_cases_come_out_as_expected(case):
    imported = read(next((CASES / case).glob("input.*")))
    for name, frame in (("rows", imported.rows), ("problems", imported.problems)):
        expected = pd.read_csv(CASES / case / f"{name}.csv", dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(as_text(frame, list(expected.columns)), expected.astype(str))
    valid(RAW, imported.rows)
    valid(PROBLEMS, imported.problems)


@pytest.mark.skipif(not REAL.exists(), reason="the published file is not beside the repository")
def test_the_iraq_3w_of_2021_is_read_whole():
    imported = read(REAL)
    assert imported.profile == "ocha_iraq_3w"
    assert (imported.header_row, imported.rows_read, len(imported.rows)) == (1, 21_092, 21_092)
    assert imported.rows["source_row"].tolist() == list(range(3, 21_095))
    assert imported.problems.empty
    assert not imported.rows["rejected"].any()
    assert not imported.rows["end_is_stated"].any()
    assert imported.rows["start"].min() == pd.Timestamp(2021, 1, 1)
    assert imported.rows["end"].max() == pd.Timestamp(2021, 12, 31)
    assert set(imported.rows["admin_level"]) == {"4"}
    assert imported.unmapped == ["Plan"]
    assert json.loads(imported.rows.loc[0, "other"]).keys() == {"Plan"}


def test_the_sheet_that_fits_is_found_among_others(file):
    sheets = {"Read me": [["How to fill in this form"]], "Data": [["Title"], [], HEADER, ROW]}
    imported = read(file(xlsx_bytes(sheets)))
    assert (imported.sheet, imported.header_row) == ("Data", 3)
    assert imported.problems.empty


def test_a_second_sheet_that_could_be_read_is_told_and_not_lost_in_silence(file):
    imported = read(file(xlsx_bytes({"January": [HEADER, ROW], "February": [HEADER, ROW]})))
    assert imported.sheet == "January"
    assert imported.problems[["value", "code", "effect", "hint"]].values.tolist() == [
        ["February", "sheet_alike", "note", "January"]
    ]


@pytest.mark.parametrize("header", ["Organisation *", " ORGANISATION", "organisation:", "Organisation\n"])
def test_headers_are_compared_without_case_asterisks_and_spaces(file, header):
    imported = read(
        file(
            xlsx_bytes(
                {
                    "a": [
                        [header, "Service", "P code", "PCODE", "start"],
                        ["Reed Boat", "h", "", "x", "2021-01"],
                    ]
                }
            )
        )
    )
    assert imported.mapping["organisation"] == header.strip()
    assert imported.mapping["pcode"] == "PCODE"
    assert imported.unmapped == ["P code"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_labels_of_the_fields_are_headers_in_every_language(table, lang):
    labels = {
        field: t(f"field.{field}", lang)
        for field in profile.load("5w_plain").columns
        if not field.startswith("adm")
    }
    assert len(set(labels.values())) == len(labels)
    imported = read(table(list(labels.values())))
    assert imported.mapping == labels
    assert imported.profile == "5w_plain"


def test_the_canonical_headers_are_those_of_the_form():
    canonical = re.findall(
        r"\w+",
        """activity_id, project_id, organisation, programme_organisation, funder, organisation_type, service,
        function, population_group, characteristic, pcode, site, latitude, longitude, start, end, status,
        targeted, reached, value_usd""",
    )
    told = {name: one for name, one in profile.load("5w_plain").columns.items() if not name.startswith("adm")}
    assert list(told) == canonical
    assert [column.header for column in told.values()] == canonical


def test_tags_of_several_levels_fall_back_to_the_one_that_is_known(table):
    header = ["Who", "What", "G", "D", "S", "When"]
    tags = ["#org +impl", "#sector", "#adm1 +code", "#adm2 +code", "#adm3 +code", "#date +start"]
    rows = read(table(header, tags, ["Reed Boat", "Health", "IQG15", "IQG15Q03", "", "2021-01"])).rows
    assert (rows.loc[0, "adm1"], rows.loc[0, "adm2"], rows.loc[0, "pcode"]) == ("IQG15", "IQG15Q03", "")


def test_a_header_that_stands_twice_is_told(table):
    header = ["organisation", "organisation", "service", "pcode", "start"]
    problems = read(table(header, ["Reed Boat", "Other", "health", "IQG15", "2021-01"])).problems
    assert list(problems["code"]) == ["column_twice"]


@pytest.mark.parametrize("nothing", ["N/A", "-", "n/a"])
def test_a_mark_for_nothing_is_no_project_site_or_funder(table, nothing):
    header = ["organisation", "service", "pcode", "start", "project_id", "site", "funder"]
    rows = read(table(header, ["Reed Boat", "health", "IQG15", "2021-01", nothing, nothing, nothing])).rows
    assert list(rows.loc[0, ["project_id", "site", "funder"]]) == ["", "", ""]


def test_every_profile_fills_fields_that_raw_rows_have():
    for name in profile.names():
        known = profile.load(name)
        assert known.name == name
        fields = set(known.columns) | set(known.constants) | set(known.required)
        assert fields <= {*RAW.columns, "start_year"}
        kinds = {"text", "month", "date", "number", "list", "epoch_days", "serial", "compact", "month_first"}
        assert {column.kind for column in known.columns.values()} <= kinds


def test_a_month_that_a_spreadsheet_turned_into_a_day_is_still_a_month(workbook):
    header = ["Month", "ADM1_PCODE", "Cluster", "Partner Full Name"]
    rows = read(workbook(header, [dt.date(2021, 2, 1), "IQG05", "Health", "Reed Boat"])).rows
    assert rows.loc[0, "end"] == pd.Timestamp(2021, 2, 28)
    assert not rows.loc[0, "end_is_stated"]


def test_the_same_bytes_read_in_the_same_way_have_the_same_fingerprint(table, tmp_path):
    path = table(HEADER, ROW)
    twin = tmp_path / "twin.csv"
    twin.write_bytes(path.read_bytes())
    assert read(path).fingerprint == read(twin).fingerprint
    assert re.fullmatch("[0-9a-f]{64}", read(path).fingerprint)


def test_other_bytes_or_another_way_of_reading_have_another_fingerprint(table):
    path = table(HEADER, ROW)
    prints = {read(path).fingerprint, read(path, period=YEAR).fingerprint}
    prints.add(read(table(HEADER, [*ROW[:-1], "121"])).fingerprint)
    assert len(prints) == 3


def test_a_period_makes_dates_no_required_column(table):
    header = [name for name in HEADER if name not in ("start", "end")]
    assert read(table(header, [ROW[HEADER.index(name)] for name in header]), period=YEAR).rows_read == 1


def test_every_word_that_this_room_needs_is_in_the_catalogue():
    folder = Path(importers.__file__).parent
    reading = (path for path in folder.glob("*.py") if not path.stem.startswith(("template", "problem_book")))
    sources = [path.read_text(encoding="utf-8") for path in reading]
    errors = {key for text in sources for key in re.findall(r'"((?:file|profile)_\w+)"', text)}
    codes = {
        key
        for text in sources
        for key in re.findall(r'"((?:date|number|formula|coordinate|text|sheet|row)_\w+)"', text)
    }
    codes |= {"formula", "start_after_end", "organisation_missing"}
    needed = {f"error.{key}" for key in errors}
    needed |= {f"problem.{code}.{part}" for code in codes for part in ("reason", "suggestion")}
    assert len(errors) >= 15
    assert {key: lang for lang in LANGUAGES for key in needed - keys(lang)} == {}
