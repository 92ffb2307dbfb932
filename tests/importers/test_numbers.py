import pytest

from csomap.importers import numbers
from csomap.importers.numbers import Number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1200", 1200),
        ("1,200", 1200),
        ("1,234,567", 1234567),
        ("1 234 567", 1234567),
        ("1\u00a0234", 1234),
        ("1'200", 1200),
        ("١٬٢٣٤", 1234),
        ("۱۲۳۴", 1234),
        ("١٢٫٥", 12.5),
        ("12.5", 12.5),
        ("1,234.50", 1234.5),
        ("1234.567", 1234.567),
        ("0.125", 0.125),
    ],
)
def test_an_amount_is_read_with_the_separators_and_digits_of_its_country(text, value):
    assert numbers.read_amount(text) == Number(value)


@pytest.mark.parametrize("text", ["", "-", "n/a"])
def test_nothing_is_no_amount_and_no_fault(text):
    assert numbers.read_amount(text) == Number()


@pytest.mark.parametrize(
    ("text", "fault", "hint"),
    [
        ("about 300", "number_unreadable", "300"),
        ("300-400", "number_unreadable", ""),
        ("many", "number_unreadable", ""),
        ("1.234", "number_unreadable", "1234"),
        ("12,5", "number_unreadable", "12.5"),
        ("1,23,456", "number_unreadable", "1,23,456"),
        ("1e3", "number_unreadable", ""),
        ("nan", "number_unreadable", ""),
        ("-5", "number_negative", ""),
    ],
)
def test_a_doubtful_amount_is_left_empty_and_told(text, fault, hint):
    assert numbers.read_amount(text) == Number(None, fault, hint)


def test_coordinates_are_on_the_globe_or_left_empty():
    assert numbers.read_latitude("36.345").value == 36.345
    assert numbers.read_longitude("-120.5").value == -120.5
    assert numbers.read_latitude("90.1").fault == "coordinate_outside"
    assert numbers.read_longitude("180.1").fault == "coordinate_outside"
    assert numbers.read_latitude("36,345") == Number(None, "number_unreadable", "36.345")
    assert numbers.read_latitude("") == Number()
