"""Files that are no plain table: surveys with repeats, activities in XML, points of a map."""

import json

import pytest

from csomap.errors import BadFile
from csomap.importers import read

from .conftest import xlsx_bytes

META = ["_id", "_uuid", "_submission_time", "_validation_status", "_index"]
GONE = ["7", "u-7", "2021-04-01T08:00:00", "", 1]

IATI = """<?xml version="1.0"?>{head}<iati-activities version="2.03"><iati-activity>
<iati-identifier>XX-1</iati-identifier>
<reporting-org ref="XX"><narrative>Tulip Fund</narrative></reporting-org>
<activity-status code="2"/><activity-date type="1" iso-date="2021-01-01"/>{more}
<sector code="12220"/></iati-activity></iati-activities>"""


def survey(names: bool):
    """Return a survey of one main sheet and a repeat, with its questions by name or by label."""
    who = "about/organisation" if names else "Name of organisation"
    group = "work/population_group" if names else "Population group"
    main = [who, "about/governorate" if names else "Governorate", group]
    options = [f"{group}/IDPs", f"{group}/Returnees"]
    form = [[*main, *options, *META]]
    form.append(["Palm Grove Society", "Al-Basrah", "idp returnee", 1, 1, *GONE])
    form.append(["Reed Boat Relief", "Maysan", "idp", 1, 0, "8", "u-8", "2021-04-01T09:00:00", "", 2])
    link = ["_index", "_parent_table_name", "_parent_index"]
    repeat = [["work/service" if names else "Type of service", "start_date", "reached", *link]]
    repeat.append(["Immunisation", "2021-03-01", 40, 1, "Valley 5W", 1])
    repeat.append(["Mental health", "2021-03-01", 9, 2, "Valley 5W", 1])
    repeat.append(["Immunisation", "2021-04-01", 12, 3, "Valley 5W", 2])
    return xlsx_bytes({"Valley 5W": form, "services": repeat})


@pytest.mark.parametrize("names", [True, False])
def test_the_repeats_of_a_survey_take_the_rest_from_the_row_they_belong_to(file, names):
    imported = read(file(survey(names), "survey.xlsx"))
    assert (imported.profile, imported.sheet) == ("kobo_5w", "services")
    told = imported.rows[["source_row", "organisation", "adm1_name", "service", "reached"]]
    assert told.values.tolist() == [
        [2, "Palm Grove Society", "Al-Basrah", "Immunisation", 40],
        [3, "Palm Grove Society", "Al-Basrah", "Mental health", 9],
        [4, "Reed Boat Relief", "Maysan", "Immunisation", 12],
    ]


def test_of_two_rows_with_one_number_the_first_is_the_one_that_a_repeat_belongs_to(file):
    form = [["organisation", "governorate", *META]]
    form += [[who, "Maysan", *GONE] for who in ("Reed Boat", "Olive Tree")]
    repeat = [["service", "start_date", "_index", "_parent_table_name", "_parent_index"]]
    repeat.append(["health", "2021-03-01", 1, "form", 1])
    imported = read(file(xlsx_bytes({"form": form, "services": repeat}), "survey.xlsx"))
    assert imported.sheet == "services"
    assert imported.rows["organisation"].tolist() == ["Reed Boat"]


def test_sheets_that_name_each_other_as_their_parents_are_read_and_not_followed_for_ever(file):
    head = ["organisation", "service", "governorate", "start_date", "_index"]
    link = ["_parent_table_name", "_parent_index"]
    one, two = (
        [[*head, *link], ["Reed Boat", "health", "Maysan", "2021-03-01", 1, other, 1]] for other in "ba"
    )
    rows = read(file(xlsx_bytes({"a": one, "b": two}), "survey.xlsx")).rows
    assert rows["organisation"].tolist() == ["Reed Boat"]


def test_choices_of_several_are_taken_from_their_columns_and_not_from_the_text(file):
    rows = read(file(survey(True), "survey.xlsx")).rows
    assert rows["population_group"].tolist() == ["IDPs;Returnees", "IDPs;Returnees", "IDPs"]


def test_a_survey_without_repeats_is_one_sheet(file):
    header = ["organisation", "service", "governorate", "start_date", *META]
    data = xlsx_bytes({"form": [header, ["Reed Boat", "health", "Maysan", "2021-03-01", *GONE]]})
    imported = read(file(data, "survey.xlsx"))
    assert (imported.profile, imported.rows.loc[0, "adm1_name"]) == ("kobo_5w", "Maysan")


def test_a_repeat_that_names_no_sheet_of_the_file_stays_as_it_is(file):
    header = [
        "organisation",
        "service",
        "governorate",
        "start_date",
        "_index",
        "_parent_table_name",
        "_parent_index",
    ]
    data = xlsx_bytes({"r": [header, ["Reed Boat", "health", "Maysan", "2021-03-01", 1, "gone", 4]]})
    assert read(file(data, "survey.xlsx")).rows.loc[0, "organisation"] == "Reed Boat"


def test_an_actual_date_goes_before_a_planned_one_and_an_end_is_not_made_up(file):
    rows = read(
        file(IATI.format(head="", more='<activity-date type="2" iso-date="2021-02-03"/>'), "a.xml")
    ).rows
    assert rows.loc[0, "start"].isoformat() == "2021-02-03T00:00:00"
    assert rows["end"].isna().all()
    assert rows.loc[0, "organisation"] == "Tulip Fund"


def test_of_several_lists_of_sectors_that_of_the_dac_is_taken(file):
    own = '<sector vocabulary="99" code="A1"><narrative>Own words</narrative></sector>'
    rows = read(file(IATI.format(head="", more=own), "a.xml")).rows
    assert rows["service"].tolist() == ["12220"]


@pytest.mark.parametrize(("codes", "country"), [(["IQ"], ["IQ"]), (["IQ", "SY"], [""])])
def test_a_place_lies_in_the_country_only_where_the_activity_names_one(file, codes, country):
    more = "".join(f'<recipient-country code="{code}"/>' for code in codes)
    more += "<location><point><pos>36.3 43.1</pos></point></location>"
    rows = read(file(IATI.format(head="", more=more), "a.xml")).rows
    assert rows["country"].tolist() == country
    assert rows[["latitude", "longitude"]].values.tolist() == [[36.3, 43.1]]


def test_a_name_with_a_semicolon_is_one_name(file):
    more = '<participating-org role="1"><narrative>Tulip; Fund</narrative></participating-org>'
    rows = read(file(IATI.format(head="", more=more), "a.xml")).rows
    assert rows["funder"].tolist() == ["Tulip, Fund"]


def test_the_id_that_a_point_tells_of_itself_goes_before_that_of_the_map(file):
    told = {
        "id": "own-1",
        "organisation": "Reed Boat",
        "service": "health",
        "pcode": "IQG05",
        "start": "2021-03",
    }
    feature = {"type": "Feature", "id": "map-1", "properties": told, "geometry": None}
    rows = read(file(json.dumps({"features": [feature]}), "a.geojson")).rows
    assert "own-1" in (rows.loc[0, "activity_id"], json.loads(rows.loc[0, "other"] or "{}").get("id"))


def test_an_entity_bomb_in_xml_is_refused(file):
    head = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(BadFile) as caught:
        read(file(IATI.format(head=head, more="<title><narrative>&b;</narrative></title>"), "a.xml"))
    assert caught.value.key == "file_unsafe"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (IATI.format(head="", more="<title>"), "file_xml_broken"),
        ("<html><body><table></table></body></html>", "file_web_page"),
        ('{"type": "FeatureCollection"', "file_not_a_table"),
        ('{"rows": []}', "file_not_a_table"),
        ('{"features": [1, 2]}', "file_not_a_table"),
        ('{"features":' + "[" * 100_000, "file_not_a_table"),
    ],
)
def test_xml_and_json_of_another_kind_are_refused(file, text, key):
    with pytest.raises(BadFile) as caught:
        read(file(text, "a.xml"))
    assert caught.value.key == key


def test_an_xml_of_iati_without_activities_has_no_rows(file):
    assert read(file('<iati-activities version="2.03"></iati-activities>', "a.xml")).rows.empty


def test_only_what_is_one_point_has_coordinates(file):
    told = {"organisation": "Reed Boat", "service": "health", "governorate": "Maysan", "start": "2021-03-01"}
    one, other = [47.1, 31.8], [47.2, 31.9]
    shapes = [("Point", one)]
    shapes += [("MultiPoint", [one]), ("MultiPoint", [one, other]), ("LineString", [one, other])]
    features = [
        {"type": "Feature", "properties": told, "geometry": {"type": kind, "coordinates": places}}
        for kind, places in shapes
    ]
    rows = read(file(json.dumps({"features": features}), "a.geojson")).rows
    assert rows["longitude"].fillna(0).tolist() == [47.1, 47.1, 0, 0]
    assert rows["latitude"].fillna(0).tolist() == [31.8, 31.8, 0, 0]


def test_more_points_than_are_allowed_are_refused(file):
    feature = {"type": "Feature", "properties": {"organisation": "a"}, "geometry": None}
    with pytest.raises(BadFile) as caught:
        read(file(json.dumps({"features": [feature] * 3}), "a.geojson"), limits={"max_rows": 2})
    assert caught.value.key == "file_too_many_rows"
