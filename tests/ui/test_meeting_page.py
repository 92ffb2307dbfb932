"""A meeting on the page: started, gone through, agreed in, ended, and taken along as minutes."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, date, t
from csomap.settings import Settings
from tests.flow.meeting_data import LONG_AGO, earlier_meeting
from tests.ui.conftest import Homes, Opened
from tests.ui.overlapping import expander, judged, shown

ACT, SAVE = "meeting_act", "FormSubmitter"


def _begun(app: AppTest, title: str = "Health working group") -> AppTest:
    app.text_input(key="meeting_title").set_value(title)
    return _submit(app)


def _submit(app: AppTest) -> AppTest:
    return next(button for button in app.button if SAVE in str(button.key or button.proto.id)).click().run()


def _to(app: AppTest, step: str) -> AppTest:
    return app.button(key=f"meeting_step_{step}").click().run()


def _agreed(app: AppTest, what: str, *, role: str = "", by: dt.date | None = None) -> AppTest:
    app.button(key=ACT).click().run()
    key = next(area.key for area in app.text_area if str(area.key).startswith("meeting_action"))
    app.text_area(key=key).set_value(what)
    app.text_input(key=key.replace("_what", "_role")).set_value(role)
    app.date_input(key=key.replace("_what", "_by")).set_value(by)
    return next(button for button in app.button if key[:-5] in str(button.proto.id)).click().run()


def _address(app: AppTest) -> dict[str, str]:
    found = app.query_params.items()
    return {name: one if isinstance(one, str) else one[0] for name, one in found}


def _html(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


def _open(settings: Settings) -> list[flow.Action]:
    return [one for one in flow.actions(settings) if one.status == "open"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_meeting_is_started_gone_through_agreed_in_ended_and_minuted(
    opened_at: Opened, homes: Homes, lang: str
) -> None:
    settings = Settings(homes["pair"])
    earlier_meeting(settings, "Call the directorate", {"sector": "health"})
    app = _begun(opened_at("pair", "meeting", lang=lang, place="IQG15"))
    (meeting,) = [one for one in flow.meetings(settings) if one.id != "m-last"]
    assert meeting.filters == {"sector": "health", "place": "IQG15"} and not meeting.is_sample
    assert _address(app)["meeting"] == meeting.id and _address(app)["present"] == "1"

    assert t("meeting.actions.earlier_counts", lang, open=1, late=1) in shown(app)
    assert t("meeting.action.late", lang, day=date(LONG_AGO, lang)) in shown(app)
    app.button(key="meeting_done_a-last").click().run()
    assert t("meeting.actions.earlier_none", lang) in shown(app) and _open(settings) == []
    app.button(key="decided_undo").click().run()
    assert [one.what for one in _open(settings)] == ["Call the directorate"]

    _to(app, "overlaps")
    assert t("meeting.overlaps.why", lang) in shown(app)
    judged(app, "shared_load", note="They take turns")
    assert t("overlap.verdict.shared_load", lang) in app.success[0].value
    _agreed(app, "Share the days of visits", role="health cluster", by=dt.date(2030, 1, 1))
    ours = next(one for one in _open(settings) if one.meeting == meeting.id)
    assert (ours.about["kind"], ours.role, ours.by) == ("overlap", "health cluster", dt.date(2030, 1, 1))
    assert ours.about["pcode"].startswith("IQG15")

    _to(app, "gaps")
    assert t("meeting.gaps.told", lang) in shown(app) and "csomap-grid" in _html(app)
    _to(app, "coming")
    assert t("meeting.coming.told", lang) in shown(app)
    _to(app, "minutes")
    assert t("meeting.minutes.agenda.agreed", lang, count=1) in shown(app)
    verdicts = flow.meeting_record(flow.load(settings), settings, meeting, flow.now()).verdicts
    assert t("meeting.minutes.agenda.verdicts", lang, count=len(verdicts)) in shown(app) and len(verdicts)
    app.button(key="meeting_end_now").click().run()
    assert flow.meeting_of(settings, meeting.id).ended
    assert not app.exception


def test_what_was_agreed_is_corrected_withdrawn_and_comes_back(opened_at: Opened, homes: Homes) -> None:
    settings = Settings(homes["pair"])
    app = _agreed(_begun(opened_at("pair", "meeting", lang="en")), "Ask")
    (one,) = flow.actions(settings)
    assert t("meeting.action.nobody") in shown(app) and t("meeting.action.no_day") in shown(app)
    app.button(key=f"meeting_change_{one.id}").click().run()
    key = next(area.key for area in app.text_area if str(area.key).startswith("meeting_action"))
    assert app.text_area(key=key).value == "Ask"
    org = str(flow.load(settings).activities["organisation"].iloc[0])
    app.selectbox(key=key.replace("_what", "_organisation")).set_value(org)
    app.text_area(key=key).set_value("Ask both")
    next(button for button in app.button if key[:-5] in str(button.proto.id)).click().run()
    assert "Ask both" in shown(app) and t("meeting.action.nobody") not in shown(app)
    assert [each.organisation for each in flow.actions(settings)] == [org]
    app.button(key=f"meeting_change_{one.id}").click().run()
    assert expander(app, t("meeting.action.history")) and shown(app).count("Ask (") == 1
    app.button(key="meeting_withdraw").click().run()
    assert [each.status for each in flow.actions(settings)] == ["withdrawn"]
    app.button(key=f"meeting_reopen_{one.id}").click().run()
    assert [each.status for each in flow.actions(settings)] == ["open"]
    assert len(flow.action_history(settings, one.id)) == 4


def test_a_number_of_a_person_is_refused_and_what_was_typed_stays(opened_at: Opened, homes: Homes) -> None:
    app = _agreed(_begun(opened_at("pair", "meeting", lang="en")), "Call", role="0770 123 4567")
    assert t("error.action_private") in shown(app) and flow.actions(Settings(homes["pair"])) == []
    assert "Call" in [area.value for area in app.text_area]
    assert t("meeting.action.role") in [field.label for field in app.text_input]


def test_a_meeting_without_a_title_is_not_started(opened_at: Opened, homes: Homes) -> None:
    app = _begun(opened_at("pair", "meeting", lang="ar"), " ")
    assert t("error.meeting_title", "ar", most=120) in shown(app)
    assert flow.meetings(Settings(homes["pair"])) == []


def test_a_colleague_opens_the_address_in_another_language(opened_at: Opened, homes: Homes) -> None:
    app = _to(_begun(opened_at("pair", "meeting", lang="en", place="IQG15"), "March"), "gaps")
    address = _address(app)
    theirs = opened_at("pair", "meeting", **address | {"lang": "ckb"})
    assert t("meeting.gaps.told", "ckb") in shown(theirs) and "March" in _html(theirs)
    assert t("meeting.other_filters", "ckb") not in shown(theirs)


def test_other_filters_than_the_meetings_are_told_with_the_way_back(opened_at: Opened, homes: Homes) -> None:
    app = _begun(opened_at("pair", "meeting", lang="en", place="IQG15"))
    name = _address(app)["meeting"]
    app = opened_at("pair", "meeting", lang="en", meeting=name)
    assert t("meeting.other_filters") in shown(app)
    app.button(key="meeting_filters").click().run()
    assert t("meeting.other_filters") not in shown(app) and _address(app)["place"] == "IQG15"


def test_meetings_are_listed_and_one_that_is_gone_is_told(opened_at: Opened, homes: Homes) -> None:
    assert t("meeting.list.none") in shown(opened_at("pair", "meeting", lang="en"))
    app = _begun(opened_at("pair", "meeting", lang="en"), "Health [x](http://example.org)")
    app.button(key="meeting_others").click().run()
    links = [link.proto.label for link in app.get("page_link")]
    assert any("Health" in label for label in links) and t("meeting.state.running") in shown(app)
    assert t("meeting.gone") in shown(opened_at("pair", "meeting", lang="en", meeting="m-nobody"))


def test_at_sector_level_nobody_is_asked_and_the_room_goes_on(opened_at: Opened) -> None:
    app = _to(_begun(opened_at("vague", "meeting", lang="en")), "overlaps")
    assert t("overlap.sector_notice") in shown(app) and not app.exception
    app.button(key=ACT).click().run()
    assert t("meeting.action.about") not in [box.label for box in app.selectbox]
