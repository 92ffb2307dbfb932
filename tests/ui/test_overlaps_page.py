"""The page of overlaps: what it claims, what it does not, and how each claim is traced."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.i18n import LANGUAGES, keys, t
from tests.ui.conftest import Opened
from tests.ui.forms import PLAIN, brought_in
from tests.ui.overlapping import across_the_border, expander, shown


def _verdicts(app: AppTest) -> list[str]:
    return list(next(part.value for part in app.dataframe if "cause" in part.value)["verdict"])


def test_it_opens_at_the_finest_level_that_is_known_and_says_why(page) -> None:
    told = shown(page("overlaps", lang="en"))
    assert "Shown by topic and district, because only 40% of the activities name a service." in told
    assert "84 overlaps, 39 places, 43 organisations." in told
    assert t("overlap.counts.decided", undecided=84, decided=0, counted=84, others=0) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_is_ranked_by_strength_and_speaks_of_names(page, lang: str) -> None:
    table = next(part.value for part in page("overlaps", lang=lang).dataframe if "cause" in part.value)
    assert list(table["strength"]) == sorted(table["strength"], reverse=True)
    assert table["strength"].between(0, 100).all()
    assert set(table["verdict"]) == {t("overlap.verdict.undecided", lang)}
    causes = {t(f"overlap.cause.{code}", lang) for code in ("duplicate_work", "shared_load", "none")}
    assert {text.lstrip("\u200e") for text in table["cause"]} <= causes
    assert not table["pcode"].str.contains("IQG").any()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_says_what_it_might_be_and_why_without_a_code(page, lang: str) -> None:
    app = page("overlaps", lang=lang)
    told = shown(app)
    assert t("overlap.card.cause", lang) in told
    tops = {key.split(".")[0] for key in keys("en")}
    assert not [
        word for word in told.split() if word.split(".")[0] in {*tops, "evidence"} and word.count(".") > 1
    ]
    if lang != "en":
        assert "points" not in told and "undecided" not in told


def test_a_strength_is_the_sum_of_the_points_of_its_reasons(page) -> None:
    app = page("overlaps", lang="en")
    strength = int(app.dataframe[0].value["strength"].iloc[0])
    assert t("overlap.card.strength", n=strength) in shown(app)
    points = [int(told.replace("−", "-")) for told in re.findall(r"\(\u2066([+−]\d+)\)", shown(app))]
    assert len(points) > 1
    assert sum(points) == strength


def test_the_next_row_is_one_step_away_and_stays_in_the_address(page) -> None:
    app = page("overlaps", lang="en")
    assert "1 of 84" in shown(app)
    app.button(key="overlaps_next").click().run()
    assert "2 of 84" in shown(app)
    row = app.query_params["row"]
    assert "2 of 84" in shown(page("overlaps", lang="en", row=row[0] if isinstance(row, list) else row))


def test_a_link_to_a_row_that_is_gone_says_so(page) -> None:
    app = page("overlaps", lang="en", row="o-000000000000")
    assert t("overlap.card.gone") in shown(app)
    assert "1 of 84" in shown(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_with_filters_opens_the_same_rows_in_every_language(page, lang: str) -> None:
    app = page("overlaps", lang=lang, strength="50", cause="duplicate_work", verdict="undecided")
    table = next(part.value for part in app.dataframe if "cause" in part.value)
    english = page("overlaps", lang="en", strength="50", cause="duplicate_work", verdict="undecided")
    assert 0 < len(table) == len(english.dataframe[0].value) < 84
    assert table["strength"].min() >= 50
    assert app.query_params["strength"] in ("50", ["50"])


def test_a_filter_that_nothing_passes_says_so_and_is_taken_off_with_one_click(page) -> None:
    app = page("overlaps", lang="en", verdict="data_error")
    assert t("overlap.filter.nothing") in shown(app)
    app.button(key="overlaps_unfiltered").click().run()
    assert "1 of 84" in shown(app)
    assert "verdict" not in app.query_params


def test_codes_of_filters_that_do_not_exist_filter_nothing(page) -> None:
    app = page("overlaps", lang="en", verdict="<b>", strength="99", cause="x", km="-1", pair=";")
    assert not app.exception
    assert "1 of 84" in shown(app)


def test_the_card_names_who_could_possibly_belong(opened_at: Opened) -> None:
    app = opened_at("plain", lang="en")
    assert f"{t('overlap.card.possible')} (1)" in [part.label for part in app.expander]
    app.session_state["card_possible_part"] = True
    app.run()
    assert any("Olive Tree Union" in str(table.value.to_dict()) for table in app.dataframe)


def test_the_card_tells_days_and_ends_of_the_row(opened_at: Opened) -> None:
    told = shown(opened_at("plain", lang="en", **{"from": "2021-01", "to": "2021-12"}))
    assert "1 overlap, 1 place, 2 organisations." in told
    assert "Time: on each of 122 days, from 1 March 2021 to 30 June 2021" in told


def test_the_card_leads_back_to_the_rows_of_the_file(opened_at: Opened) -> None:
    app = opened_at("plain", lang="en")
    app.session_state["card_origin"] = True
    app.run()
    assert not app.exception
    assert "form.csv: rows 2–3" in shown(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_only_the_sector_is_known_nothing_is_called_an_overlap(opened_at: Opened, lang: str) -> None:
    app = opened_at("vague", lang=lang)
    told = shown(app)
    assert t("overlap.sector_notice", lang) in told
    assert t("overlap.evidence.sector_unknown", lang, n=2, total=2) in told
    assert not {"verdict", "strength", "cause"} & set(app.dataframe[0].value.columns)
    assert t("overlap.judge.title", lang) not in told
    assert t("overlap.card.cause", lang) not in told
    assert "overlaps_undecided" not in [button.key for button in app.button]


def test_an_empty_topic_level_says_why_and_leads_to_the_sector_with_one_click(opened_at: Opened) -> None:
    app = opened_at("vague", lang="en", by="topic")
    assert t("overlap.empty.unnamed", n=2, finer="topic", coarser="sector") in shown(app)
    app.button(key="overlaps_coarser").click().run()
    assert t("overlap.sector_notice") in shown(app)
    assert "by" not in app.query_params


def test_what_is_only_possible_has_its_own_tab_and_says_what_is_missing(opened_at: Opened) -> None:
    app = opened_at("vague", lang="en", by="topic", tab="possible")
    assert t("overlap.possible.explained") in shown(app)
    found = next(table.value for table in app.dataframe if "reasons" in table.value)
    assert list(found["reasons"]) == ["service"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_coordinated_has_its_own_tab_and_is_never_counted(opened_at: Opened, lang: str) -> None:
    app = opened_at("project", lang=lang, tab="coordination")
    found = next(table.value for table in app.dataframe if "kind" in table.value)
    assert [text.lstrip("\u200e") for text in found["kind"]] == [t("overlap.kind.joint", lang)]
    assert not app.exception


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_lies_near_across_a_border_has_its_own_tab_and_a_distance_to_choose(
    own_page, tmp_path: Path, lang: str
) -> None:
    across_the_border(tmp_path)
    app = own_page("overlaps", lang=lang, tab="near", km="10")
    assert not app.exception
    assert t("overlap.near.explained", lang) in shown(app)
    wide = next(table.value for table in app.dataframe if "km" in table.value)
    assert len(wide) == 1 and 5 < wide["km"].iloc[0] < 10
    assert t("overlap.card.strength", lang, n=0).split("0")[0] in shown(app)
    app.selectbox(key="overlaps_km").set_value(5.0).run()
    assert "km" not in app.query_params
    assert t("overlap.near.none", lang, km="5") in shown(app)


def test_nothing_in_a_file_becomes_a_link_or_a_picture(own_page, tmp_path: Path) -> None:
    evil = "![x](http://example.org/x.png) <b>[Relief](http://example.org)"
    bad = [row.replace("Clinic by the bridge", evil).replace("Reed Boat Relief", evil) for row in PLAIN]
    brought_in(tmp_path, tmp_path, *bad)
    app = own_page("overlaps", lang="en")
    told = " ".join(part.value for kind in ("markdown", "caption") for part in app.get(kind))
    assert "example" in told
    assert "](http" not in told


def test_no_activity_at_all_is_told_kindly(page) -> None:
    app = page("overlaps", lang="en", place="IQG03", organisation_type="private")
    assert t("overlap.empty.no_activities") in shown(app)


def test_a_meeting_has_two_large_buttons_and_the_list_folded_away(page) -> None:
    app = page("overlaps", lang="ar", present="1")
    large = [button for button in app.button if button.key in ("overlaps_previous", "overlaps_undecided")]
    assert len(large) == 2
    assert "overlaps_next" not in [button.key for button in app.button]
    assert expander(app, t("overlap.list", "ar"))
