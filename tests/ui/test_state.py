"""The address carries codes; what is chosen holds from page to page and from language to language."""

from csomap.i18n import t


def select(app, name: str):
    return app.selectbox(key=f"filter_{name}")


def test_pages_open_on_health(page) -> None:
    app = page("overview")
    assert select(app, "sector").value == "health"
    assert app.query_params["sector"] == "health"


def test_the_default_filter_can_be_taken_off_and_stays_off(page) -> None:
    app = page("map", sector="all")
    assert select(app, "sector").value == ""
    assert app.query_params["sector"] == "all"


def test_a_topic_brings_its_sector_along(page) -> None:
    app = page("map", topic="mhpss")
    assert (select(app, "sector").value, select(app, "topic").value) == ("health", "mhpss")


def test_a_new_sector_takes_the_topic_of_the_old_one_off(page) -> None:
    app = page("map", topic="mhpss")
    select(app, "sector").select("education").run()
    assert select(app, "sector").value == "education"
    assert select(app, "topic").value == ""
    assert "topic" not in app.query_params


def test_a_change_of_language_keeps_the_filters(page) -> None:
    app = page("map", lang="en", topic="mhpss", place="IQG15", **{"from": "2025-03", "to": "2025-06"})
    app.button_group(key="language").set_value("ckb").run()
    assert app.title[0].value == t("page.map.title", "ckb")
    kept = {name: app.query_params[name] for name in ("lang", "topic", "place", "from", "to")}
    assert kept == {"lang": "ckb", "topic": "mhpss", "place": "IQG15", "from": "2025-03", "to": "2025-06"}


def test_filters_hold_on_the_next_page(page) -> None:
    app = page("overview", lang="ar", topic="mhpss")
    app.switch_page("pages/map.py").run()
    assert app.title[0].value == t("page.map.title", "ar")
    assert select(app, "topic").value == "mhpss"


def test_codes_that_do_not_exist_are_left_out_and_named(page) -> None:
    app = page("map", topic="astrology", place="IQG99", population="idp")
    assert not app.exception
    assert select(app, "population").value == "idp"
    assert any("topic=astrology" in caption.value for caption in app.caption)
    assert "place" not in app.query_params


def test_a_period_told_backwards_is_turned_round(page) -> None:
    app = page("map", **{"from": "2025-06", "to": "2025-03"})
    assert (select(app, "from").value, select(app, "to").value) == ("2025-03", "2025-06")


def test_all_filters_go_at_once(page) -> None:
    app = page("map", topic="mhpss", place="IQG15", population="idp")
    app.button(key="filter_clear").click().run()
    assert {select(app, name).value for name in ("sector", "population", "place_1")} == {""}


def test_a_district_is_found_below_its_governorate(page) -> None:
    app = page("map", place="IQG15Q05")
    assert (select(app, "place_1").value, select(app, "place_2").value) == ("IQG15", "IQG15Q05")
    select(app, "place_2").select("").run()
    assert app.query_params["place"] == "IQG15"
