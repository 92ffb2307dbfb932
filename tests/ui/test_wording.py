"""Words of others inside our own sentences."""

from csomap.ui.checking import is_alike
from csomap.ui.uploads import held, safe_name
from csomap.ui.wording import quoted, ranges
from tests.ui.forms import HEADERS


def test_a_quoted_text_is_set_apart_and_does_nothing() -> None:
    assert quoted("a *b* [c](d)") == "\u2068a \\*b\\* \\[c\\]\\(d\\)\u2069"
    assert quoted("") == ""


def test_rows_are_told_as_runs() -> None:
    assert ranges([9, 3, 5, 4]) == [(3, 5), (9, 9)]


def test_a_safe_name_keeps_its_ending_and_fits_every_file_system() -> None:
    assert safe_name("..") == "file"
    assert safe_name("C:\\temp\\a b.xlsx") == "a b.xlsx"
    long = safe_name("ك" * 300 + ".xlsx")
    assert len(long.encode()) <= 120
    assert long.endswith(".xlsx")


def test_an_upload_is_gone_when_it_was_read() -> None:
    with held("a.csv", HEADERS.encode()) as path:
        assert path.read_bytes() == HEADERS.encode()
        assert path.parent.stat().st_mode & 0o077 == 0
    assert not path.parent.exists()


def test_a_file_of_next_month_bears_the_name_of_this_month() -> None:
    assert is_alike("5W_health_2026-01.xlsx", "5W_health_2026-02 (1).xlsx")
    assert not is_alike("5W_health_2026-01.xlsx", "kobo_wash_export.xlsx")
