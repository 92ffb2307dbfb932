"""How words are asked for, and what is answered."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from csomap import i18n
from csomap.i18n import (
    catalogue,
    clauses,
    date,
    decimal,
    direction,
    listing,
    month,
    number,
    percent,
    period,
    t,
)

DAY, LATER = dt.date(2021, 1, 31), dt.date(2021, 3, 1)


ENGLISH = """
tale:
  told: Told of {place}
  new: Brand new
  seen: {one: "{n} camp", other: "{n} camps"}
"""
ARABIC = """
tale:
  told: حكاية {place}
  seen:
    {zero: لا مخيم, one: مخيم واحد, two: مخيمان, few: "{n} مخيمات", many: "{n} مخيماً", other: "{n} مخيم"}
"""
SORANI = """
tale:
  elsewhere: شوێنێکی تر
"""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue in which Arabic and Sorani are not finished."""
    for lang, words in {"en": ENGLISH, "ar": ARABIC, "ckb": SORANI}.items():
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "tale.yml").write_text(words, encoding="utf-8")
    monkeypatch.setattr(catalogue, "__file__", str(tmp_path / "catalogue.py"))
    _forget()
    yield
    _forget()


def _forget() -> None:
    catalogue._catalogue.cache_clear()
    catalogue.keys.cache_clear()


def test_arabic_and_sorani_are_read_from_the_right() -> None:
    assert [direction(lang) for lang in i18n.LANGUAGES] == ["ltr", "rtl", "rtl"]


def test_an_unknown_key_comes_back_as_it_is() -> None:
    assert [t("no.such.key", lang) for lang in i18n.LANGUAGES] == ["no.such.key"] * 3


@pytest.mark.usefixtures("planted")
def test_words_that_a_language_lacks_are_english() -> None:
    assert t("tale.told", "ar", place="A") == "حكاية A"
    assert t("tale.new", "ar") == "Brand new"
    assert t("tale.told", "ckb", place="A") == "Told of A"
    assert i18n.keys("ckb") == {"tale.elsewhere"}


@pytest.mark.usefixtures("planted")
def test_the_number_chooses_the_plural_of_the_language() -> None:
    assert [t("tale.seen", "en", n=n) for n in (0, 1, 2)] == ["0 camps", "1 camp", "2 camps"]
    told = [t("tale.seen", "ar", n=n) for n in (0, 1, 2, 3, 11, 100, 103)]
    many = ["3 مخيمات", "11 مخيماً", "100 مخيم", "103 مخيمات"]
    assert told == ["لا مخيم", "مخيم واحد", "مخيمان", *many]


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("n", [np.int64(3), np.int32(3), np.uint8(3), np.float64(3)])
def test_a_number_out_of_a_table_chooses_the_same_plural(n: int) -> None:
    assert t("tale.seen", "ar", n=n).startswith("3")
    assert t("tale.seen", "ar", n=n).endswith("مخيمات")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_numbers_have_separators_and_plain_digits(lang: str) -> None:
    assert number(1234567, lang) == "1,234,567"
    assert decimal(1234.5678, lang) == "1,234.57"
    assert percent(0.345, lang) == "34%" and percent(12, lang) == "1,200%"


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_nothing_is_told_as_nothing(lang: str) -> None:
    assert number(None, lang) == decimal(None, lang) == percent(None, lang) == ""
    assert date(None, lang) == month(None, lang) == period(None, None, lang) == listing([], lang) == ""


def test_a_day_is_written_in_words() -> None:
    assert date(DAY, "en") == "31 January 2021"
    assert date(DAY, "ar") == "31 كانون الثاني 2021"
    assert date(DAY, "ckb") == "31ی کانوونی دووەمی 2021"


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [("en", "January", "March"), ("ar", "كانون الثاني", "آذار"), ("ckb", "کانوونی دووەم", "ئازار")],
)
def test_a_period_names_its_months_once_if_they_are_the_same(lang: str, first: str, last: str) -> None:
    assert first in month(DAY, lang) and "2021" in month(DAY, lang)
    assert period(DAY, LATER, lang) == f"{month(DAY, lang)} – {month(LATER, lang)}"
    assert last in period(DAY, LATER, lang)
    assert period(DAY, DAY, lang) == month(DAY, lang)


def test_a_list_is_joined_as_the_language_joins_it() -> None:
    assert listing(["a", "b", "c"], "en") == "a, b and c"
    assert listing(["أ", "ب"], "ar") == "أ وب"
    assert listing(["أ", "\u2068UPP\u2069", "ب"], "ar") == "أ و \u2068UPP\u2069 وب"
    assert clauses(["a", "b"], "en") == "a; b" and clauses(["أ", "ب"], "ar") == "أ؛ ب"
    assert all(name in listing(["ئا", "با", "جا"], "ckb") for name in ("ئا", "با", "جا"))
