"""Whether a row speaks of another country: codes and names in five languages."""

import pytest

from csomap.resolve.countries import country, is_abroad, is_code_abroad


@pytest.mark.parametrize("text", ["IQ", "irq", "Iraq", "Irak", "العراق", "عێراق", "Republic of Iraq"])
def test_iraq_is_known_by_code_and_name(text: str) -> None:
    assert country(text) == "IQ"
    assert not is_abroad(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("JO", "JO"),
            ("JOR", "JO"),
            ("Jordan", "JO"),
            ("الأردن", "JO"),
            ("Jordanie", "JO"),
            ("ئوردن", "JO"),
        ),
        *(
            ("Syrian Arab Republic", "SY"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("Liban", "LB"),
            ("RDC", "CD"),
        ),
    ],
)
def test_another_country_is_abroad(text: str, code: str) -> None:
    assert country(text) == code
    assert is_abroad(text)


@pytest.mark.parametrize(
    "text", ["", "Kurdistan", "Unknown", "Iraq; Syria", "United Nations", "EU", "Regional"]
)
def test_what_names_no_country_or_iraq_among_others_is_not_abroad(text: str) -> None:
    assert not is_abroad(text)


def test_a_list_without_iraq_is_abroad() -> None:
    assert is_abroad("Jordan; Lebanon")


@pytest.mark.parametrize("text", ["JO12", "SY02", "CD61ZS01", "CO05001", "TUR027", " LB1 "])
def test_a_code_of_another_country_is_known(text: str) -> None:
    assert is_code_abroad(text)


@pytest.mark.parametrize(
    "text", ["IQG15", "iqg15q05", "IQ15", "K17", "PHC12", "Camp 12", "Jordan", "JO", "12", ""]
)
def test_other_codes_are_not(text: str) -> None:
    assert not is_code_abroad(text)
