"""The page of organisations: found by any name, known by what is known, corrected by its keeper."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from tests.ui.forms import brought_in
from tests.ui.overlapping import TRIO, shown

GATE, GATE_NAME = "x-almond-gate", "Almond Gate Youth Organization (fictional)"
PARTS = ("work", "partners", "overlaps", "next", "registry")


def _says(app: AppTest) -> str:
    told = [str(part.value) for kind in ("header", "html") for part in app.get(kind)]
    return " ".join([shown(app), *told]).replace("\u2068", "").replace("\u2069", "")


def _listed(app: AppTest) -> list[str]:
    names = app.dataframe[0].value["organisation"]
    return [name.strip("\u2068\u2069\u200e") for name in names]


def _typed(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="organisations_search").set_value(text).run()


@pytest.fixture
def opened(page):
    """Return a way to open the page on the sample."""
    return lambda **codes: page("organisations", **{"lang": "en", **codes})


@pytest.fixture
def own(own_page, tmp_path: Path):
    """Return a way to open the page on a place of the test's own, with three organisations."""
    brought_in(tmp_path, tmp_path, *TRIO)
    return lambda **codes: own_page("organisations", **{"lang": "en", **codes})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("typed", ["Almnd Gate", "بوابة اللوز", "دەروازەی باوەم"])
def test_an_organisation_is_found_in_three_scripts_and_its_profile_opened(
    opened, lang: str, typed: str
) -> None:
    app = _typed(opened(lang=lang), typed)
    assert not app.exception
    assert app.query_params["q"] == typed
    choice = next(box for box in app.selectbox if box.key.startswith("organisations_open_"))
    assert len(choice.options) < 10
    choice.set_value(GATE).run()
    assert app.query_params["organisation"] == GATE
    assert t("organisation.back", lang) in [button.label for button in app.button]
    app.button(key="organisation_back").click().run()
    assert "organisation" not in app.query_params and not app.exception


def test_the_filters_hold_and_everybody_is_one_click_away(opened) -> None:
    few = _listed(opened(place="IQG06"))
    assert 0 < len(few) < 40
    everybody = _listed(opened(place="IQG06", who="everybody"))
    assert len(everybody) > 200 and set(few) < set(everybody)


def test_who_fits_only_outside_of_the_filters_is_said_to_be_there(opened) -> None:
    told = _says(_typed(opened(), "World Health Organization"))
    assert "No organisation in this list fits World Health Organization" in told
    assert "1 more fits the name" in told
    assert "Did you mean" in _says(_typed(opened(who="everybody"), "WHO Heartland"))


def test_under_filters_that_leave_nobody_the_page_says_what_to_do(opened) -> None:
    app = opened(topic="palliative_care", place="IQG03", population="refugee", organisation_type="private")
    assert t("frame.empty") in _says(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_a_profile_opens_in_each_language(opened, lang: str, part: str) -> None:
    app = opened(lang=lang, organisation=GATE, part=part)
    assert not app.exception
    keys = re.findall(r"\b(?:organisation|figure|table|review)\.[a-z_]+(?:\.[a-z_]+)*", shown(app))
    assert keys == [], "no key of the catalogue is shown"


def test_a_profile_tells_what_is_known_and_says_what_is_not(opened) -> None:
    told = _says(opened(organisation=GATE))
    assert GATE_NAME in told and "X-AGYO · Civil society organisation · in the registry" in told
    for words in ("Registered with", "Founded in", "Funders named", "Governorates", "Al-Sulaymaniyah"):
        assert words in told
    assert "<i>Not known</i>" in told


def test_a_profile_tells_partners_overlaps_and_whom_to_ask_by_role(opened) -> None:
    partners = opened(organisation=GATE, part="partners")
    assert {"funds the work"} <= set(partners.dataframe[0].value["link"])
    overlaps = _says(opened(organisation=GATE, part="overlaps"))
    assert "wait for a verdict on this organisation" in overlaps
    assert "the coordinator of the health cluster or sector" in overlaps
    assert "Since its first report in this period" in _says(opened(organisation=GATE, part="next"))


def test_silence_is_not_told_as_doing_nothing(opened) -> None:
    told = _says(opened(organisation="who"))
    assert "That does not mean that it does nothing." in told
    assert "Without them it has" in _says(opened(organisation=GATE, place="IQG02"))


def test_an_organisation_that_does_not_exist_is_said_not_to(opened) -> None:
    app = opened(organisation="no <b>body</b>")
    assert not app.exception
    assert "No organisation is known as no" in _says(app) and len(_listed(app)) > 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_works_with_whom_is_drawn_said_and_listed(opened, lang: str) -> None:
    app = opened(lang=lang, show="network", organisation=GATE)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert set(app.dataframe[0].value["link"]) <= {
        t(f"organisation.link.{kind}", lang) for kind in ("project", "programme", "funder")
    }
    app.selectbox(key="organisation_network").set_value("").run()
    assert "organisation" not in app.query_params and len(app.dataframe[0].value) > 100


def test_where_no_report_names_two_together_the_page_says_so(own) -> None:
    told = _says(own(show="network"))
    assert t("organisation.network.nothing") in told


def test_a_merged_organisation_leads_to_the_one_that_it_is_now(own, tmp_path: Path) -> None:
    known = flow.load(Settings(tmp_path)).newcomers.set_index("name")["org_id"]
    palm, reed = known["Palm Grove Society"], known["Reed Boat Relief"]
    flow.merge(Settings(tmp_path), palm, reed)
    told = _says(own(organisation=palm))
    assert "has been merged into Reed Boat Relief" in told
    assert "Palm Grove Society" not in _listed(own())


def _field(app: AppTest, kind: str, name: str):
    return next(box for box in app.get(kind) if (box.key or "").endswith(f"_{name}"))


def _keep(app: AppTest) -> AppTest:
    button = next(one for one in app.button if one.label == t("organisation.registry.keep"))
    return button.click().run()


def test_the_registry_is_corrected_told_with_who_and_taken_back(own, tmp_path: Path) -> None:
    app = own(organisation="who", part="registry")
    app.text_input(key="decided_by_field_organisation").set_value("registry desk").run()
    _field(app, "text_input", "founded").set_value("1948")
    _field(app, "text_input", "name_ckb").set_value("ڕێکخراوی جیهانیی تەندروستی")
    _field(app, "multiselect", "registration").set_value(["abroad"])
    app = _keep(app)
    assert not app.exception
    assert t("organisation.registry.done", n=3) in _says(app)
    one = flow.load(Settings(tmp_path)).organisations.set_index("org_id").loc["who"]
    assert one[["founded", "registration"]].to_list() == ["1948", "abroad"]
    (told,) = flow.decisions(Settings(tmp_path)).to_dict("records")
    assert told["who"] == "registry desk"
    app.button(key=f"organisation_undo_{told['id']}").click().run()
    assert not app.exception
    assert flow.load(Settings(tmp_path)).organisations.set_index("org_id").loc["who", "founded"] == ""


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_what_cannot_be_is_told_and_stays_in_the_form(own, tmp_path: Path, lang: str) -> None:
    app = own(lang=lang, organisation="who", part="registry")
    _field(app, "text_input", "founded").set_value("long ago")
    button = next(one for one in app.button if one.label == t("organisation.registry.keep", lang))
    app = button.click().run()
    assert t("problem.registry_year.reason", lang) in _says(app)
    assert _field(app, "text_input", "founded").value == "long ago"
    assert flow.decisions(Settings(tmp_path)).empty


def test_who_was_slower_is_told_and_loses_nothing(own, tmp_path: Path) -> None:
    app = own(organisation="who", part="registry")
    settings = Settings(tmp_path)
    flow.correct_organisation(flow.load(settings), settings, "who", {"founded": "1948"}, who="the other desk")
    _field(app, "text_input", "acronym").set_value("WHO-IRQ")
    app = _keep(app)
    assert "the other desk changed this organisation" in _says(app)
    assert _field(app, "text_input", "acronym").value == "WHO-IRQ"
    assert _field(app, "text_input", "founded").value == "1948"
    app = _keep(app)
    one = flow.load(settings).organisations.set_index("org_id").loc["who"]
    assert one[["acronym", "founded"]].to_list() == ["WHO-IRQ", "1948"]
