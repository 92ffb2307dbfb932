"""The service of a row: what it names within the heading, else the heading, else a question."""

from pathlib import Path

import pandas as pd
import pytest

from csomap import importers
from csomap.resolve import reference
from csomap.resolve.reports import Resolved, to_reports
from csomap.resolve.services import Service, service_of
from tests.flow.forms import row, write


def _service(service: str, sector: str) -> Service:
    return service_of(service, sector, reference.term_resolver("services"))


@pytest.mark.parametrize(
    ("service", "sector", "code"),
    [
        ("Case management", "GBV", "gbv_case_management"),
        ("Case management", "Child protection", "child_protection_case_management"),
        ("Case management", "Protection", "protection_case_management"),
        ("Psychosocial support", "GBV", "gbv_psychosocial"),
        ("Psychosocial support", "Health", "mhpss"),
        ("Mental health services", "Protection", "mhpss"),
        ("Immunisation", "", "immunisation"),
        ("12220", "121", "primary_care"),
        ("", "Health", "health"),
        ("Health", "Mental health", "mhpss"),
        ("Other", "Health", "health"),
    ],
)
def test_the_finest_that_both_columns_name(service: str, sector: str, code: str) -> None:
    assert _service(service, sector) == Service(code)


def test_an_unknown_service_leaves_its_heading_and_is_told() -> None:
    found = _service("painting goats", "Health")
    assert (found.code, found.unknown) == ("health", ())
    assert [one.text for one in found.coarser] == ["painting goats"]


def test_where_neither_is_known_the_row_waits_for_the_finer_one() -> None:
    found = _service("painting goats", "the arts")
    assert (found.code, [one.text for one in found.unknown], found.column) == (
        "",
        ["painting goats"],
        "service",
    )


@pytest.mark.parametrize("service", ["", "Other"])
def test_an_unknown_heading_waits_where_the_service_says_nothing(service: str) -> None:
    found = _service(service, "the arts")
    assert ([one.text for one in found.unknown], found.column) == (["the arts"], "sector")


@pytest.mark.parametrize(
    ("service", "sector"), [("", ""), ("Other", ""), ("", "Other"), ("Mixed goods", "Various")]
)
def test_nobody_is_asked_about_what_says_nothing(service: str, sector: str) -> None:
    found = _service(service, sector)
    assert found.code == ""
    assert [one.text for one in found.unknown] == ([service] if service == "Mixed goods" else [])


@pytest.fixture
def read(tmp_path: Path):
    def resolved(*texts: tuple[str, str]) -> Resolved:
        rows = (row(service=service) for service, _ in texts)
        raw = importers.read(write(tmp_path / "rows.csv", *rows)).rows
        sectors = pd.Series([sector for _, sector in texts], index=raw.index, dtype=raw["sector"].dtype)
        headers = {"service": "Activity", "sector": "Cluster"}
        return to_reports(raw.assign(sector=sectors), "source", reference.resolvers(), headers)

    return resolved


def test_a_lost_service_is_a_note_in_its_own_column_and_holds_nothing_up(read) -> None:
    resolved = read(("painting goats", "Health"), ("Immunisation", "Health"))
    assert list(resolved.reports["service"]) == ["health", "immunisation"]
    assert list(resolved.reports["review"]) == ["", ""]
    told = resolved.problems[resolved.problems["column"] == "Activity"]
    assert told[["source_row", "value", "code", "effect"]].to_numpy().tolist() == [
        [2, "painting goats", "service_coarser", "note"]
    ]


def test_an_unknown_heading_alone_waits_in_the_column_of_the_heading(read) -> None:
    resolved = read(("", "the arts"), ("goats", "the arts"))
    assert list(resolved.reports["review"]) == ["service", "service"]
    told = resolved.problems[resolved.problems["code"] == "service_unknown"]
    assert told[["column", "value"]].to_numpy().tolist() == [["Cluster", "the arts"], ["Activity", "goats"]]


def test_a_person_may_teach_what_was_lost(read) -> None:
    asked = read(("painting goats", "Health")).waits
    assert ["term:services", "painting goats", "note"] in asked[
        ["kind", "subject", "effect"]
    ].to_numpy().tolist()
