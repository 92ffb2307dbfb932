"""A facilitator plays a meeting of three minutes on the sample with the keyboard, on a small projector."""

from pathlib import Path

from csomap.i18n import t
from tests.browser.conftest import Visit
from tests.browser.test_review import _says

TITLE = "Health working group"


def _press(visit: Visit, *keys: str) -> None:
    for key in keys:
        visit.page.keyboard.press(key)
        visit.settled()


def test_a_meeting_is_played_with_the_keyboard_and_leaves_minutes(
    fresh_server: str, visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    visit.open(f"{fresh_server}/meeting?lang=en&place=IQG15")
    page.get_by_label(t("meeting.title.label"), exact=True).focus()
    page.keyboard.type(TITLE)
    _press(visit, "Enter")
    _says(visit, t("meeting.actions.earlier_none"))
    assert "present=1" in page.url and "meeting=m-" in page.url
    assert not page.locator('[data-testid="stSidebar"]').is_visible()

    _press(visit, "2")
    _says(visit, t("meeting.overlaps.why"))
    total = page.get_by_text("1 of ").inner_text().removeprefix("1 of ")
    _press(visit, "ArrowRight")
    _says(visit, t("overlap.step.position", n=2, total=int(total)))
    _press(visit, "ArrowLeft")
    _says(visit, t("overlap.step.position", n=1, total=int(total)))
    visit.checked()
    page.get_by_role("radio", name=t("overlap.verdict.shared_load")).focus()
    _press(visit, "Space", "Control+s")
    _says(visit, t("overlap.step.position", n=2, total=int(total)))

    page.locator("body").focus()
    _press(visit, "a")
    page.get_by_label(t("meeting.action.what"), exact=True).focus()
    page.keyboard.type("Ask both; 2 visits a week")  # letters and digits of shortcuts stay letters
    _press(visit, "Control+Enter")
    _says(visit, t("overlap.step.position", n=2, total=int(total)))
    _press(visit, "3", "ArrowRight", "5")
    _says(visit, t("meeting.minutes.agenda.agreed", count=1))
    page.get_by_role("button", name=t("meeting.end")).focus()
    _press(visit, "Enter")
    _says(visit, t("meeting.go_on"))
    with page.expect_download(timeout=120_000) as taken:
        page.get_by_role("button", name=t("meeting.minutes.take.pdf")).press("Enter")
    taken.value.save_as(tmp_path / "minutes.pdf")
    assert (tmp_path / "minutes.pdf").read_bytes().startswith(b"%PDF")
    visit.checked()
