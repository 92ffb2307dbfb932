"""Headers as a fingerprint: the same next month, whatever else of the file has changed."""

from collections.abc import Callable
from pathlib import Path

from csomap.importers import headers, tabular
from csomap.importers.guess import guess
from csomap.importers.limits import Limits

HEAD = ["Partner", "Activity", "Governorate", "Month"]
ROW = ["Palm Grove Society", "Immunisation", "Ninewa", "2021-01"]


def test_order_case_stars_and_spaces_do_not_change_a_fingerprint() -> None:
    other = ["MONTH ", "*Partner", "governorate", "", "Activity"]
    assert headers.fingerprint(other) == headers.fingerprint(HEAD)


def test_a_header_more_is_another_layout() -> None:
    assert headers.fingerprint([*HEAD, "Donor"]) != headers.fingerprint(HEAD)


def test_headers_are_recognised_below_notes_and_by_all_of_them(table: Callable[..., Path]) -> None:
    kept = {headers.fingerprint(HEAD): guess(table(HEAD, ROW)).content()}
    moved = tabular.opened(table(["A note"], [], HEAD, ROW), Limits()).sheets
    wider = tabular.opened(table([*HEAD, "Donor"], [*ROW, "x"]), Limits()).sheets
    found = headers.recognised(moved, kept)
    assert found is not None
    assert found.name == headers.own_name(headers.fingerprint(HEAD))
    assert headers.recognised(wider, kept) is None


def test_a_mapping_finds_the_headers_of_the_file_it_is_for(table: Callable[..., Path]) -> None:
    path = table(["A note", "of two cells"], HEAD, ROW)
    assert headers.of(path, guess(path).profile()) == headers.fingerprint(HEAD)
