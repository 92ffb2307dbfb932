"""The minutes of a meeting: what they tell, in three languages, and as three kinds of file."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, date, t
from csomap.reports import KINDS, Document, Section, write
from csomap.reports.minutes import file_name, minutes
from csomap.settings import Settings
from csomap.tables.query import Query
from tests.flow.judged import PALM, REED, bring, now, say, told
from tests.flow.meeting_data import LONG_AGO, agreed, started, two_places

FORMULA = "=cmd() #panic() $x$ @y \\z"


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, flow.Meeting]:
    """A meeting that judged one overlap, agreed on two actions, settled one and left one late."""
    folder = tmp_path_factory.mktemp("met")
    settings = Settings(folder / "home")
    two_places(settings, folder)
    first = started(settings, "February")
    agreed(settings, first, "Late since long ago")
    settled = agreed(settings, first, "Settled today")
    meeting = started(settings, "March")
    flow.set_status(settings, settled, "done")
    say(settings, "shared_load", where=lambda rows: rows["pcode"] == "IQG15Q05", note="by turns", who="–")
    about = {"kind": "gap", "service": "mhpss", "pcode": "IQG15Q05"}
    org = now(settings).activities["organisation"].iloc[0]
    flow.agree(
        settings, meeting.id, flow.Agreed(FORMULA, organisation=org, by=dt.date(2030, 1, 1), about=about)
    )
    flow.agree(settings, meeting.id, flow.Agreed("For nobody yet"))
    flow.end_meeting(settings, meeting)
    return settings, flow.meeting_of(settings, meeting.id)


_WRITTEN: dict[tuple[str, str], Document] = {}


def _minutes(met: tuple[Settings, flow.Meeting], lang: str) -> Document:
    """Return the minutes of a meeting that has ended, written once in each language."""
    settings, meeting = met
    if (meeting.id, lang) not in _WRITTEN:
        _WRITTEN[meeting.id, lang] = _written(settings, meeting, lang)
    return _WRITTEN[meeting.id, lang]


def _written(settings: Settings, meeting: flow.Meeting, lang: str) -> Document:
    return minutes(flow.for_pages(now(settings)), meeting, lang, settings=settings, moment=flow.now())


def _section(document: Document, key: str) -> Section:
    return next(one for one in document.sections if one.title == t(key, document.lang))


def _table(section: Section) -> pd.DataFrame:
    assert section.table is not None
    return section.table


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_minutes_tell_what_was_decided_agreed_done_and_late(
    met: tuple[Settings, flow.Meeting], lang: str
) -> None:
    document = _minutes(met, lang)
    assert "March" in document.title and document.banner == ""
    counts = _section(document, "meeting.minutes.agenda.title").text
    assert t("meeting.minutes.agenda.settled", lang, count=1) in counts
    assert t("meeting.minutes.agenda.open", lang, count=1, late=1) in counts
    assert t("meeting.minutes.agenda.waiting", lang, count=1) in counts
    said = _table(_section(document, "meeting.minutes.verdicts.title"))
    assert list(said[t("table.verdict", lang)]) == [t("overlap.verdict.shared_load", lang)]
    assert list(said[t("table.note", lang)]) == ["by turns"]
    both = said[t("table.org_ids", lang)].iloc[0]
    assert PALM in both and REED in both and "\u2068" not in both
    ours = _table(_section(document, "meeting.minutes.agreed.title"))
    assert list(ours[t("meeting.column.what", lang)]) == [FORMULA, "For nobody yet"]
    assert ours[t("meeting.column.by", lang)].iloc[0] == date(dt.date(2030, 1, 1), lang)
    assert t("meeting.action.nobody", lang) in list(ours[t("meeting.column.who", lang)])
    past = _table(_section(document, "meeting.minutes.earlier.title"))
    late = t("meeting.action.late", lang, day=date(LONG_AGO, lang))
    assert list(past[t("meeting.column.status", lang)]) == [t("meeting.status.done", lang), late]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_known_is_said_as_such(met: tuple[Settings, flow.Meeting], lang: str) -> None:
    words = "\n".join(_section(_minutes(met, lang), "meeting.minutes.unknown.title").text)
    assert words.count("For nobody yet") == 2  # neither who nor by when
    assert t("meeting.minutes.unknown.unsigned", lang, count=1) in words
    assert t("meeting.minutes.unknown.absent", lang) in words


def test_the_gaps_and_the_sources_stand_in_the_minutes(met: tuple[Settings, flow.Meeting]) -> None:
    document = _minutes(met, "en")
    assert t("meeting.gaps.told") in _section(document, "meeting.step.gaps").text
    coming = _section(document, "meeting.step.coming")
    assert t("meeting.coming.told") in coming.text and len(_table(coming)) == 2
    assert any("two.csv" in note for note in document.notes) and t("meeting.late_means") in document.notes


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_they_are_written_as_every_kind_and_no_word_of_the_room_does_anything(
    met: tuple[Settings, flow.Meeting], kind: str, lang: str
) -> None:
    made = write(_minutes(met, lang), kind)
    if kind == "pdf":
        assert made.startswith(b"%PDF")
    elif kind == "pptx":
        slides = zipfile.ZipFile(io.BytesIO(made))
        texts = "".join(slides.read(name).decode() for name in slides.namelist() if "slides/slide" in name)
        assert "#panic() $x$ @y \\z" in texts
    else:
        book = openpyxl.load_workbook(io.BytesIO(made))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.data_type for cell in cells if cell.value == FORMULA] == ["s"]
        assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {lang != "en"}


def test_a_sensitive_service_is_minuted_no_finer_than_the_governorate(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    rows = (told(name, service="mhpss_survivors", pcode="IQG15Q05") for name in (PALM, REED))
    bring(settings, tmp_path, "gbv", *rows)
    meeting = started(settings)
    fine = Query(service_level="service")
    say(settings, "shared_load", query=fine)  # from the command line, which sees the district
    record = flow.meeting_record(flow.for_pages(now(settings)), settings, meeting, flow.now())
    assert list(record.verdicts["pcode"]) == ["IQG15"]


def test_a_meeting_on_the_sample_is_not_minuted_from_real_data(met: tuple[Settings, flow.Meeting]) -> None:
    settings, _ = met
    made = flow.start_meeting(settings, "A try", {}, sample=True)
    with pytest.raises(BadInput) as refusal:
        _minutes((settings, flow.meeting_of(settings, made)), "en")
    assert refusal.value.key == "meeting_sample"


def test_the_file_is_named_after_day_meeting_and_language() -> None:
    one = flow.Meeting("m-1", "March", dt.datetime(2026, 2, 28, 22, 30), None)
    assert file_name(one, "ckb", "pdf") == "csomap-minutes-2026-03-01-m-1-ckb.pdf"
