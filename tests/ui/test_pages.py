"""Every page opens in every language, on the sample, without a fault."""

import pytest
from streamlit.testing.v1 import AppTest

from csomap.i18n import LANGUAGES, keys, t
from tests.ui.conftest import PAGES


@pytest.mark.every
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_and_speaks_the_language(page, name: str, lang: str) -> None:
    app = page(name, lang=lang)
    assert not app.exception
    assert app.title[0].value == t(f"page.{name}.title", lang)
    assert _shown_keys(app) == []


def _shown_keys(app: AppTest) -> list[str]:
    """Return the keys of the catalogue that a page shows in place of words."""
    shown = " ".join(
        str(part.value)
        for kind in ("title", "subheader", "caption", "markdown", "info")
        for part in app.get(kind)
    )
    tops = {key.split(".")[0] for key in keys("en")}
    return [word for word in shown.split() if word.split(".")[0] in tops and word.count(".") > 1]


@pytest.mark.turns(3)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_bears_filters_under_which_nothing_is_left(page, name: str) -> None:
    app = page(
        name,
        lang="en",
        topic="palliative_care",
        place="IQG03",
        population="refugee",
        organisation_type="private",
    )
    assert not app.exception


@pytest.mark.turns(3)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_in_meeting_mode(page, name: str) -> None:
    app = page(name, lang="ar", present="1")
    assert not app.exception
    assert t("frame.meeting.end", "ar") in [button.label for button in app.button]


def test_filters_are_chosen_in_meeting_mode_too(page) -> None:
    app = page("gaps", lang="en", present="1")
    app.selectbox(key="filter_topic").set_value("mhpss").run()
    assert (app.query_params["topic"], app.query_params["present"]) == ("mhpss", "1")
    assert not app.sidebar.selectbox
