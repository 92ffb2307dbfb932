"""The page of overlaps: what it claims, what it does not, and how each claim is traced."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.i18n import t
from tests.ui.forms import PLAIN, VAGUE, brought_in


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


def _told(app: AppTest) -> str:
    shown = [part.value for kind in ("markdown", "caption", "info", "subheader") for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def test_it_opens_at_the_finest_level_that_is_known_and_says_why(page) -> None:
    told = _told(page("overlaps", lang="en"))
    assert "Shown by topic and district, because only 40% of the activities name a service." in told
    assert "84 overlaps, 39 places, 43 organisations." in told


def test_the_table_speaks_of_names_and_nobody_has_decided_yet(page) -> None:
    table = next(part.value for part in page("overlaps", lang="en").dataframe if "verdict" in part.value)
    assert set(table["verdict"]) == {t("overlap.verdict.undecided")}
    assert "Sexual and reproductive health" in set(table["service"])
    assert not table["pcode"].str.contains("IQG").any()


def test_the_next_row_is_one_step_away_and_stays_in_the_address(page) -> None:
    app = page("overlaps", lang="en")
    assert "1 of 84" in _told(app)
    app.button(key="overlaps_next").click().run()
    assert "2 of 84" in _told(app)
    row = app.query_params["row"]
    assert "2 of 84" in _told(page("overlaps", lang="en", row=row[0] if isinstance(row, list) else row))


def test_a_link_to_a_row_that_is_gone_says_so(page) -> None:
    app = page("overlaps", lang="en", row="o-000000000000")
    assert t("overlap.card.gone") in _told(app)
    assert "1 of 84" in _told(app)


def test_the_card_says_what_is_the_same_and_what_is_not_known(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    told = _told(own_page("overlaps", lang="en", **{"from": "2021-01", "to": "2021-12"}))
    assert "1 overlap, 1 place, 2 organisations." in told
    assert "Time: on each of 122 days, from 1 March 2021 to 30 June 2021" in told
    assert "Site: at least two organisations name the same site (Clinic by the bridge)." in told
    assert "Funder: not known whether it is the same; 2 of the 2 activities name none." in told
    assert "duplicat" not in told.lower()


def test_the_card_names_who_could_possibly_belong(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    app = own_page("overlaps", lang="en")
    assert f"{t('overlap.card.possible')} (1)" in [part.label for part in app.expander]
    assert any("Olive Tree Union" in str(table.value.to_dict()) for table in app.dataframe)


def test_the_card_leads_back_to_the_rows_of_the_file(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    app = own_page("overlaps", lang="en")
    app.session_state["card_origin"] = True
    app.run()
    assert not app.exception
    assert "form.csv: rows 2–3" in _told(app)


def test_where_only_the_sector_is_known_nothing_is_called_an_overlap(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("overlaps", lang="en")
    told = _told(app)
    assert t("overlap.sector_notice") in told
    assert "several organisations are in the same sector, service not stated; 1 place" in told
    assert "1 of 2 activities" not in told
    assert "2 of 2 activities name only the sector, so nobody can tell whether the work is the same." in told
    assert "verdict" not in app.dataframe[0].value.columns


def test_an_empty_topic_level_says_why_and_leads_to_the_sector_with_one_click(
    own_page, tmp_path: Path
) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("overlaps", lang="en", by="topic")
    assert t("overlap.empty.unnamed", n=2, finer="topic", coarser="sector") in _told(app)
    app.button(key="overlaps_coarser").click().run()
    assert t("overlap.sector_notice") in _told(app)
    assert "by" not in app.query_params


def test_what_is_only_possible_has_its_own_tab_and_says_what_is_missing(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("overlaps", lang="en", by="topic", tab="possible")
    assert t("overlap.possible.explained") in _told(app)
    found = next(table.value for table in app.dataframe if "reasons" in table.value)
    assert list(found["reasons"]) == ["service"]


def test_nothing_in_a_file_becomes_a_link_or_a_picture(own_page, tmp_path: Path) -> None:
    evil = "![x](http://example.org/x.png) <b>[Relief](http://example.org)"
    brought_in(tmp_path, tmp_path, *(row.replace("Clinic by the bridge", evil) for row in PLAIN))
    app = own_page("overlaps", lang="en")
    shown = " ".join(part.value for part in app.markdown)
    assert "example" in shown
    assert "](http" not in shown


def test_no_activity_at_all_is_told_kindly(page) -> None:
    app = page("overlaps", lang="en", place="IQG03", organisation_type="private")
    assert t("overlap.empty.no_activities") in _told(app)
