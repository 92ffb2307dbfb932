"""A page whose database is out of reach says so in its language, and shows nothing else."""

import pytest

from csomap.i18n import LANGUAGES, t
from csomap.ui.wording import quoted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_what_is_out_of_reach_and_never_the_password(
    lang: str, page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSOMAP_DATABASE_URL", "postgresql://planner:s3cret@127.0.0.1:1/csomap")
    app = page("overlaps", lang=lang)
    assert not app.exception
    (told,) = (one.value for one in app.error)
    begun = t("error.database_unreachable", lang, where="planner@127.0.0.1:1/csomap", reason="|")
    assert told.startswith(quoted(begun.partition("|")[0].strip())[:-1])
    assert "CSOMAP" in told and "s3cret" not in told
    assert not app.dataframe and not app.metric


def test_the_page_comes_back_with_the_database(page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSOMAP_DATABASE_URL", "postgresql://planner:s3cret@127.0.0.1:1/csomap")
    assert page("overview").error
    monkeypatch.delenv("CSOMAP_DATABASE_URL")
    app = page("overview")
    assert not app.error and not app.exception
