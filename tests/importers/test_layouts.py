"""The pains of real files, one by one: where headers hide, what columns mean, what cells hold."""

import datetime as dt
from dataclasses import replace

import pytest

from csomap.errors import BadFile
from csomap.i18n import t
from csomap.importers import layout, profile, read, sheets

from .conftest import HEADER, ROW, xlsx_bytes

WIDE = ["organisation", "pcode", "service", "IDPs in camps", "Returnees", "Host community"]
YEAR = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))


def codes(imported) -> list[str]:
    return list(imported.problems["code"])


TAGS = ["#activity +id", "#org +impl", "#service", "#loc +pcode", "#date +start", "#date +end", "#reached"]

# Where the headers are


def test_tags_that_stand_twice_are_no_data(table):
    imported = read(table(HEADER, TAGS, TAGS, ROW, TAGS, ROW))
    assert imported.header_row == 1
    assert imported.rows["source_row"].tolist() == [4, 6]


def test_headers_that_are_repeated_below_are_no_data(table):
    rows = read(table(HEADER, ROW, HEADER, ROW)).rows
    assert rows["source_row"].tolist() == [2, 4]


def test_headers_may_stand_between_two_rows_of_tags(table):
    imported = read(table(TAGS, HEADER, TAGS, ROW))
    assert (imported.header_row, imported.rows["source_row"].tolist()) == (2, [4])


def test_tags_may_say_their_language_and_stand_on_part_of_the_columns(table):
    header = ["Wer", "Was", "Wo", "Wann", "Notiz"]
    tags = ["#org +impl +name +en", "#service +ar", "#adm1+code +v_pcode", "#date +start", ""]
    imported = read(table(header, tags, ["Reed Boat", "Immunisation", "IQG02", "2021-03", "late"]))
    assert imported.mapping == {"organisation": "Wer", "service": "Was", "pcode": "Wo", "start": "Wann"}
    assert imported.rows.loc[0, "other"] == '{"Notiz": "late"}'


def test_a_pivot_sheet_before_the_table_is_passed_over(file):
    pivot = [["Row Labels", "Count of organisation"], ["Health", 4], ["Grand Total", 4]]
    imported = read(file(xlsx_bytes({"Pivot": pivot, "Data": [HEADER, ROW]})))
    assert (imported.sheet, codes(imported)) == ("Data", [])


def test_notes_and_a_logo_row_before_the_data_are_passed_over(table):
    notes = [["Confidential draft"], [], ["Please fill in organisation and service"], []]
    imported = read(table(*notes, HEADER, ROW))
    assert (imported.header_row, imported.rows["source_row"].tolist()) == (5, [6])


def test_two_rows_of_headers_are_read_as_one(table):
    upper = ["organisation", "service", "pcode", "Period", "", "People", ""]
    lower = ["", "", "", "start", "end", "targeted", "reached"]
    imported = read(
        table(upper, lower, ["Reed Boat", "health", "IQG02", "2021-03-01", "2021-04-30", "9", "7"])
    )
    row = imported.rows.loc[0]
    assert (imported.header_row, row["source_row"]) == (2, 3)
    assert (row["targeted"], row["reached"], row["end"]) == (9, 7, dt.datetime(2021, 4, 30))


def test_a_second_row_of_headers_in_another_language_is_no_data(table):
    fields = ["organisation", "service", "pcode", "start", "end"]
    arabic = [t(f"field.{field}", "ar") for field in fields]
    imported = read(table(fields, arabic, ["Reed Boat", "health", "IQG02", "2021-03-01", "2021-04-30"]))
    assert (imported.header_row, imported.rows["source_row"].tolist()) == (2, [3])


# What headers look like


@pytest.mark.parametrize(
    "header",
    [
        "Service\n(choose from the list)",
        "* Service  *",
        "SERVICE [one only]",
        "  ser\u200bvice:",
    ],
)
def test_headers_with_line_breaks_asterisks_and_instructions_are_known(workbook, header):
    imported = read(
        workbook(["organisation", header, "pcode", "start"], ["Reed Boat", "health", "IQG02", "2021-03"])
    )
    assert imported.rows.loc[0, "service"] == "health"


def test_an_exact_header_goes_before_one_with_instructions(table):
    header = ["organisation", "service (old list)", "service", "pcode", "start"]
    rows = read(table(header, ["Reed Boat", "old", "new", "IQG02", "2021-03"])).rows
    assert rows.loc[0, "service"] == "new"


@pytest.mark.parametrize(("written", "typed"), [("الشریك المنفذ", "الشريك المنفذ"), ("ڕێکخراو", "ڕێكخراو")])
def test_persian_and_arabic_yeh_and_kaf_are_one_letter_in_headers(written, typed):
    assert profile.compared(written) == profile.compared(typed)


def test_arabic_headers_typed_on_a_persian_keyboard_are_known(table):
    fields = ["organisation", "service", "pcode", "start", "end", "reached"]
    typed = [t(f"field.{field}", "ar").translate(str.maketrans("يك", "یک")) for field in fields]
    row = ["Reed Boat", "health", "IQG02", "۲۰۲۱-۰۳-۰۱", "٣١/٠٣/٢٠٢١", "۱۲"]
    rows = read(table(typed, row)).rows
    assert rows[["start", "end", "reached"]].values.tolist() == [
        [dt.datetime(2021, 3, 1), dt.datetime(2021, 3, 31), 12]
    ]


def test_accents_do_not_matter_in_headers():
    assert profile.compared("Código del Proyecto") == profile.compared("codigo del proyecto")


# What columns hold


def test_a_column_for_each_group_becomes_a_row_for_each(table):
    rows = [["Palm Grove", "IQG02", "health", "٤٠", "0", ""], ["Reed Boat", "IQG02", "health", "-", "", "no"]]
    imported = read(table(WIDE, *rows), period=YEAR)
    assert imported.rows[["source_row", "population_group", "reached"]].values.tolist() == [
        [2, "IDPs in camps", 40]
    ]
    assert imported.problems[["code", "value", "effect"]].values.tolist() == [["cells_dropped", "5", "note"]]


def test_a_bad_figure_in_a_matrix_is_told_under_its_own_header(table):
    imported = read(
        table(
            WIDE,
            ["Palm Grove", "IQG02", "health", "4", "12", "about 40"],
            ["Reed Boat", "IQG02", "health", "4", "12", "7"],
        ),
        period=YEAR,
    )
    told = imported.problems[imported.problems["code"] == "number_unreadable"]
    assert told[["source_row", "column", "value"]].values.tolist() == [[2, "Host community", "about 40"]]


def test_a_column_for_each_month_becomes_a_row_for_each(table):
    header = ["organisation", "service", "pcode", "Jan 2021", "شباط 2021", "Mar-2021"]
    rows = read(table(header, ["Reed Boat", "health", "IQG02", "5", "0", "x"])).rows
    assert rows["start"].dt.strftime("%Y-%m").tolist() == ["2021-01", "2021-03"]
    assert rows["reached"].tolist()[0] == 5
    assert rows["reached"].isna().tolist() == [False, True]


def test_months_without_a_year_take_that_of_the_period(table):
    header = ["organisation", "service", "pcode", "January", "February"]
    rows = read(table(header, ["Reed Boat", "health", "IQG02", "5", "6"]), period=YEAR).rows
    assert rows["start"].dt.strftime("%Y-%m").tolist() == ["2021-01", "2021-02"]


def test_a_column_for_each_service_becomes_a_row_for_each(table):
    header = ["organisation", "pcode", "start", "Immunisation", "Mental health"]
    rows = read(
        table(
            header, ["Reed Boat", "IQG02", "2021-03", "TRUE", "FALSE"], ["Palm", "IQG02", "2021-03", "0", "3"]
        )
    ).rows
    assert rows[["source_row", "service"]].values.tolist() == [[2, "Immunisation"], [3, "Mental health"]]


@pytest.mark.parametrize(
    ("yes", "no"), [("TRUE", "FALSE"), ("1", "0"), ("Yes", "No"), ("نعم", "لا"), ("x", "")]
)
def test_columns_of_yes_and_no_become_a_list(table, yes, no):
    header = [
        "organisation",
        "service",
        "pcode",
        "start",
        "IDPs in camps",
        "Returnees",
        "Pregnant women",
        "Open",
    ]
    marks = [yes, yes, no, yes]
    imported = read(
        table(
            header,
            ["Reed Boat", "health", "IQG02", "2021-03", *marks],
            ["Palm", "health", "IQG02", "2021-03", no, no, yes, no],
        )
    )
    assert imported.rows["population_group"].tolist() == ["IDPs in camps;Returnees", ""]
    assert imported.rows["characteristic"].tolist() == ["", "Pregnant women"]
    assert imported.unmapped == ["Open"]


def test_a_layout_without_a_matrix_drops_nothing(table):
    assert codes(read(table(HEADER, ROW))) == []


# What cells hold


@pytest.mark.parametrize(
    "month",
    ["2021-03", "March 2021", "mars 2021", "marzo de 2021", "آذار 2021", "مارس ٢٠٢١", "۲۰۲۱/۰۳", "03/2021"],
)
def test_a_month_is_read_in_five_languages_and_three_kinds_of_digits(table, month):
    header = ["organisation", "service", "pcode", "start"]
    rows = read(table(header, ["Reed Boat", "health", "IQG02", month])).rows
    assert (rows.loc[0, "start"], rows.loc[0, "end"]) == (dt.datetime(2021, 3, 1), dt.datetime(2021, 3, 31))


def test_a_column_of_serial_numbers_is_one_of_days(table):
    header = ["organisation", "service", "pcode", "start", "end"]
    rows = read(table(header, ["Reed Boat", "health", "IQG02", "44197", "44255"])).rows
    assert (rows.loc[0, "start"], rows.loc[0, "end"]) == (dt.datetime(2021, 1, 1), dt.datetime(2021, 2, 28))


def test_one_number_among_dates_is_no_day(table):
    header = ["organisation", "service", "pcode", "start"]
    where = ["Reed Boat", "health", "IQG02"]
    imported = read(table(header, [*where, "2021-01-05"], [*where, "44197"]))
    assert imported.problems[["source_row", "code", "hint"]].values.tolist() == [
        [3, "date_unreadable", "2021-01-01"]
    ]


def test_a_range_of_months_has_its_first_and_its_last_day(table):
    header = ["organisation", "service", "pcode", "start"]
    rows = read(table(header, ["Reed Boat", "health", "IQG02", "Jan-Mar 2021"])).rows
    assert (rows.loc[0, "start"], rows.loc[0, "end"]) == (dt.datetime(2021, 1, 1), dt.datetime(2021, 3, 31))


def plain(**changes):
    content = {
        "columns": {
            "organisation": {"headers": ["who"]},
            "service": {"headers": ["what"]},
            "start": {"headers": ["when"]},
        },
        "required": ["organisation", "service", "start"],
    }
    return profile.parse("mine", content | changes)


def test_a_profile_of_ones_own_may_part_services(table):
    mapping = plain(split={"service": r"\s*[;/]\s*"})
    imported = read(
        table(["who", "what", "when"], ["Reed Boat", "health; wash / food", "2021-03"]), mapping=mapping
    )
    assert imported.rows["service"].tolist() == ["health", "wash", "food"]
    assert imported.rows["source_row"].tolist() == [2, 2, 2]
    assert codes(imported) == ["cell_parted"]


def test_a_row_parted_by_two_columns_keeps_what_stands_beside_it(table):
    mapping = plain(split={"organisation": ";", "service": "/"})
    rows = [
        ["Reed Boat; Palm", "health/wash", "2021-03", "first"],
        ["Olive Tree", "health", "2021-03", "second"],
    ]
    found = read(table(["who", "what", "when", "Notes"], *rows), mapping=mapping).rows
    told = found[["source_row", "organisation", "service", "other"]].values.tolist()
    pairs = [(who, what) for who in ("Reed Boat", "Palm") for what in ("health", "wash")]
    assert told[:4] == [[2, who, what, '{"Notes": "first"}'] for who, what in pairs]
    assert told[4:] == [[3, "Olive Tree", "health", '{"Notes": "second"}']]


@pytest.mark.parametrize(("name", "acronyms"), [("", ["OT", "RB"]), ("Reed Boat", ["RB / OT"])])
def test_acronyms_are_parted_only_where_no_full_name_stands_beside_them(table, name, acronyms):
    heads = {"organisation": "who", "organisation_acronym": "short", "service": "what", "start": "when"}
    columns = {field: {"headers": [head]} for field, head in heads.items()}
    mapping = plain(columns=columns, split={"organisation_acronym": "/"}, required=["service"])
    rows = read(table([*heads.values()], [name, "RB / OT", "health", "2021-03"]), mapping=mapping).rows
    assert sorted(rows["organisation_acronym"]) == acronyms


def test_a_one_among_the_figures_of_a_matrix_is_one_person_and_a_mark_is_none(table):
    where = ["Palm Grove", "IQG02", "health"]
    imported = read(table(WIDE, [*where, "1", "5", "x"], [*where, "7", "8", "9"]), period=YEAR)
    assert imported.rows["reached"].fillna(-1).tolist() == [1, 5, -1, 7, 8, 9]


def test_days_in_the_middle_of_a_month_are_no_columns_of_months(table):
    header = ["organisation", "service", "pcode", "2021-03-15", "2021-04-15"]
    imported = read(table(header, ["Reed Boat", "health", "IQG02", "3", "4"]), period=YEAR)
    assert imported.unmapped == header[3:]
    assert len(imported.rows) == 1


def test_columns_of_a_matrix_are_no_marks_as_well(table):
    wide = {"into": "population_group", "are": "population_groups"}
    mapping = plain(melt=[wide | {"value": "reached"}], flags=[wide | {"into": "characteristic"}])
    path = table(["who", "what", "when", "IDPs", "Returnees"], ["Reed Boat", "health", "2021-03", "1", "1"])
    rows = read(path, mapping=mapping).rows
    assert rows["population_group"].tolist() == ["IDPs", "Returnees"]
    assert rows["characteristic"].tolist() == ["", ""]


def test_sheets_of_two_layouts_are_not_alike():
    sheet = sheets.of_rows("", [HEADER, ROW])
    found, _ = layout.find([sheet], "5w_plain", False)
    other = replace(found, profile=replace(found.profile, name="mine"))
    assert found.is_like(found) and not found.is_like(other)


def test_a_bad_figure_beside_parted_services_keeps_its_header(table):
    mapping = plain(split={"service": "/"}, melt=[{"into": "population_group", "value": "reached"}])
    rows = [
        ["Reed Boat", "health/wash", "2021-03", "1", "2"],
        ["Olive Tree", "health", "2021-03", "3", "many"],
    ]
    imported = read(table(["who", "what", "when", "IDPs", "Returnees"], *rows), mapping=mapping)
    told = imported.problems[imported.problems["code"] == "number_unreadable"]
    assert told[["source_row", "column", "value"]].values.tolist() == [[3, "Returnees", "many"]]


def test_the_year_beside_a_month_goes_before_that_of_the_period(table):
    columns = {name: {"headers": [head]} for name, head in (("organisation", "who"), ("start", "when"))}
    mapping = plain(columns=columns | {"start_year": {"headers": ["year"]}}, required=["organisation"])
    path = table(["who", "when", "year"], ["Reed Boat", "March", "2019"], ["Olive Tree", "March", ""])
    rows = read(path, mapping=mapping, period=YEAR).rows
    assert rows["start"].tolist() == [dt.datetime(2019, 3, 1), dt.datetime(2021, 3, 1)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("month_first", "03/04/2021"), ("epoch_days", "18690"), ("compact", "20210304"), ("serial", "44259")],
)
def test_a_profile_may_say_how_its_days_are_written(table, kind, text):
    mapping = plain(
        columns={
            "organisation": {"headers": ["who"]},
            "service": {"headers": ["what"]},
            "start": {"headers": ["when"], "as": kind},
        }
    )
    rows = read(table(["who", "what", "when"], ["Reed Boat", "health", text]), mapping=mapping).rows
    assert rows.loc[0, "start"] == dt.datetime(2021, 3, 4)


def test_a_mapping_changes_the_fingerprint(table):
    path = table(["who", "what", "when"], ["Reed Boat", "health/wash", "2021-03"])
    prints = {read(path, mapping=one).fingerprint for one in (plain(), plain(split={"service": "/"}))}
    assert len(prints) == 2


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("idp returnee", "idp;returnee"),
        ("IDPs Returnees", "IDPs Returnees"),
        ("idp soldiers", "idp soldiers"),
        ("idp, returnee", "idp;returnee"),
        ("IDPs and Returnees", "IDPs;Returnees"),
        ("idp, soldiers", "idp, soldiers"),
    ],
)
def test_words_are_choices_only_where_a_form_wrote_each_of_them(table, text, items):
    columns = {name: {"headers": [name]} for name in ("organisation", "service", "start")}
    group = {"population_group": {"headers": ["for"], "as": "list", "terms": "population_groups"}}
    header = ["organisation", "service", "start", "for"]
    mapping = plain(columns=columns | group)
    rows = read(table(header, ["Reed Boat", "health", "2021-03", f'"{text}"']), mapping=mapping).rows
    assert rows.loc[0, "population_group"] == items


def test_a_month_number_of_the_health_cluster_takes_the_year_of_the_period(table):
    header = [
        "Implementation Month",
        "Partner Code",
        "Medical Procedures",
        "Location Gov",
        "1.1.1 # visits",
        "1.2.1 # doses",
    ]
    rows = read(table(header, ["3", "P7", "9", "Maysan", "9", "0"]), period=YEAR).rows
    assert rows[["service", "start"]].values.tolist() == [["1.1.1 # visits", dt.datetime(2021, 3, 1)]]


# Which profile


def test_a_profile_with_markers_leaves_the_files_of_others_alone(table):
    header = ["partnerName", "locationName", "startDate"]
    with pytest.raises(BadFile):
        read(table(header, ["a", "b", "2021-01"]))
    with pytest.raises(BadFile):
        read(table(["activityName", *header[1:]], ["a", "b", "2021-01"]))


@pytest.mark.parametrize("name", profile.names())
def test_every_profile_has_a_column_for_each_field_that_it_requires(name):
    known = profile.load(name)
    wide = {one.into for one in (*known.melt, *known.flags)}
    assert {*known.required, *known.one_of} <= {*known.columns, *wide}
    assert set(known.split or {}) <= set(known.columns)
    assert known.title
