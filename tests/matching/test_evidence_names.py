"""Two names that may be one organisation's, and two that are not; all of them are invented."""

import pytest

from csomap.matching.org_names import Named, Names

ONE = [
    ("Liffey Aid", "Liffey Aid Iraq", "ingo"),
    ("Well and Wheel Organisation", "Well & Weel Organization", "cso"),
    ("Barley Field Association - Kirkuk Branch", "Barley Field Association - Salah Al-Din Branch", "cso"),
    ("UN Agency Alpha (UNAA)", "UNAA", "un"),
    ("Moonrise Care Organisation", "Moonrise Care Org. (MCO)", "cso"),
    ("Halden Medical Relief (formerly Halden Aid)", "Halden Aid", "ingo"),
    ("Palm Clinic Society", "PCS", "cso"),
    ("MoonriseCare", "Moonrise Care", "cso"),
]
TWO = [
    ("UN Agency Alpha", "UN Agency Beta", "un"),
    ("Lantern Iraq", "Lantern Poland", "cso"),
    ("Health Directorate of Erbil", "Health Directorate of Duhok", "government"),
    ("Directorate of Health Erbil Office", "Directorate of Health Duhok Office", "government"),
    ("Palm Clinic Society", "Palm Bridge Organisation", "cso"),
    ("Barley Field Association", "BF", "cso"),
]


def compared(one: str, two: str, kind: str, *, registered: bool = False) -> tuple[str, str]:
    known = {name: Named((name,), "", kind, registered) for name in (one, two)}
    names = Names(known, accept=88)
    return names.compare(one, two)[0], names.compare(two, one)[0]


@pytest.mark.parametrize(("one", "two", "kind"), ONE)
def test_an_office_an_earlier_name_and_a_slip_are_one_organisation(one: str, two: str, kind: str) -> None:
    assert compared(one, two, kind) == ("variant", "variant")


@pytest.mark.parametrize(("one", "two", "kind"), TWO)
def test_namesakes_are_two_organisations(one: str, two: str, kind: str) -> None:
    assert compared(one, two, kind) == ("different", "different")


def test_the_registry_keeps_its_organisations_apart() -> None:
    assert compared(*ONE[0], registered=True) == ("different", "different")


def test_an_acronym_that_is_told_beside_the_name_counts() -> None:
    names = Names({"a": Named(("Two Rivers",), "TRX", "cso", False), "b": Named(("TRX",), "", "", False)}, 88)
    assert names.compare("a", "b")[0] == "variant"


def test_who_is_not_in_the_directory_is_unknown_and_everybody_is_like_himself() -> None:
    names = Names({"a": Named(("Two Rivers",), "", "cso", False)}, 88)
    assert names.compare("a", "nobody") == ("unknown", "")
    assert names.compare("a", "a") == ("same", "")
