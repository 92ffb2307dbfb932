"""What a report holds: the records of the pages, in words, in three languages, and what is not known."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest

from csomap import flow, reports
from csomap.flow.names import months, plain
from csomap.i18n import t
from csomap.reports import SECTIONS, Document, Section, section_gaps, section_overlaps, section_who
from csomap.reports.reading import Reading
from csomap.settings import ROOT, Settings
from csomap.tables.query import Query
from tests.ui.forms import brought_in

REAL = ROOT.parent / "shared/data/3w/irq_3w_jan_dec_2021_longtable_20220120.xlsx"
MADE = ("en", "ckb")  # the real file below is told in Arabic
ROWS = (
    "Palm Grove =cmd() $x @y #panic(),cso,immunisation,returnee,IQG01Q01,,2021-01-01,2021-06-30,",
    "Reed Boat Relief,ingo,immunisation,returnee,IQG01Q01,,2021-03-01,2021-12-31,",
    "Olive Tree Union,cso,immunisation,returnee,IQG02Q01,,2021-04,,",
    "White Heron Care,cso,wash,host,IQG07Q01,,2021-01-01,2021-12-31,",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reported")
    brought_in(folder, folder, *ROWS)
    return folder


@pytest.fixture(scope="module")
def data(home: Path) -> flow.Data:
    return flow.for_pages(flow.load(Settings(home)))


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int, str]]:
    return []


@pytest.fixture(scope="module")
def made(data: flow.Data, told: list[tuple[int, int, str]]) -> dict[str, Document]:
    query = Query(sector="health")
    return {
        lang: reports.report(data, query, lang, progress=lambda *step: told.append(step)) for lang in MADE
    }


def _reading(data: flow.Data, query: Query) -> Reading:
    window = flow.window(data, query)
    return Reading(data, window, flow.opening(data, window), "en")


def _section(document: Document, name: str) -> Section:
    return document.sections[SECTIONS.index(name)]


def _words(section: Section) -> str:
    table = pd.DataFrame() if section.table is None else section.table
    cells = [str(cell) for row in table.itertuples(index=False) for cell in row]
    return plain(" ".join([*section.text, *map(str, table.columns), *cells]))


@pytest.mark.parametrize("lang", MADE)
def test_every_section_is_there_in_order_and_nothing_is_left_untranslated(made, lang: str) -> None:
    titles = [section.title for section in made[lang].sections]
    assert titles == [t(f"reports.section.{name}", lang) for name in SECTIONS]
    told = " ".join(_words(section) for section in made[lang].sections)
    left = re.findall(
        r"\b(?:returnee|immunisation|IQG\d+|same_project|[a-z]+_[a-z]+|(?:gap|table|reports)\.[a-z]\w+)\b",
        told,
    )
    assert left == [] and "**" not in told


def test_each_organisation_has_its_own_months_whatever_the_order_of_the_rows(data: flow.Data) -> None:
    reading = _reading(data, Query())
    turned = reading.present.iloc[::-1]
    reading.__dict__["present"] = turned  # as if it had come in this order
    listed = section_who.organisations(reading)
    assert len(listed) == 4 and listed["months"].nunique() > 2
    for row in listed.itertuples():
        own = turned[turned["organisation"] == row.organisation]
        assert row.months == months(reading, own["start"].min(), own["end"].max())


def test_the_overlap_is_told_with_its_reasons_and_its_organisations(made) -> None:
    told = _words(_section(made["en"], "undecided"))
    assert "Palm Grove =cmd() $x @y #panic() and Reed Boat Relief" in told
    assert "Al-Falluja, Al-Anbar" in told and "Returnees" in told
    assert "March 2021 – June 2021" in told
    assert t("reports.column.why") in told and "Olive Tree" not in told


def test_who_does_what_names_every_organisation_of_the_filters_and_no_other(made) -> None:
    table = _section(made["en"], "who").table
    assert [plain(name) for name in table.iloc[:, 0]] == [
        "Olive Tree Union",
        "Palm Grove =cmd() $x @y #panic()",
        "Reed Boat Relief",
    ]


def test_a_verdict_moves_an_overlap_to_what_people_decided(home: Path, data: flow.Data) -> None:
    settings, reading = Settings(home), _reading(data, Query(sector="health"))
    flow.set_verdict(
        settings, reading.standings, reading.overlaps, "shared_load", note="Agreed by both", who="A person"
    )
    later = _reading(flow.with_verdicts(data, settings), Query(sector="health"))
    assert section_overlaps.undecided(later).table.empty
    decided = _words(section_overlaps.decided(later))
    assert t("overlap.verdict.shared_load") in decided and "Agreed by both" in decided
    assert "A person" not in decided  # who gave it stays in the house


def test_gaps_cite_indicator_source_and_day_of_the_people(made) -> None:
    told = _words(_section(made["en"], "gaps"))
    assert t("gap.limits.silence") in told and 'The people are counted as "' in told
    assert t("figure.status.gap") in told


def test_an_area_without_reports_is_empty_and_not_zero(made) -> None:
    table = _section(made["en"], "areas").table
    silent = table[table.iloc[:, 0].map(plain) == "Kirkuk"].iloc[0]
    assert pd.isna(silent.iloc[1]) and pd.isna(silent.iloc[2])
    gap = table[table.iloc[:, 0].map(plain) == "Babil"].iloc[0]
    assert gap.iloc[1] == 0  # somebody reports from there, though nothing of this sector


@pytest.mark.parametrize("lang", MADE)
def test_the_map_is_a_picture_that_is_told_in_words_too(made, lang: str) -> None:
    areas = _section(made[lang], "areas")
    assert areas.picture is not None and areas.picture.startswith(b"\x89PNG")
    assert t("map.measure.organisations", lang) in areas.alt


@pytest.mark.parametrize("lang", MADE)
def test_the_last_page_says_what_was_asked_of_which_data_and_what_the_words_mean(made, lang: str) -> None:
    told = plain("\n".join(made[lang].notes))
    for key in ("about.terms.gap.meaning", "about.limits.silence", "about.source.places.licence"):
        assert t(key, lang) in told
    assert "form.csv" in told and plain(made[lang].subtitle) in told
    assert made[lang].banner == ""


def test_the_filters_hold_in_every_section(data: flow.Data) -> None:
    reading = _reading(data, Query(sector="health", place="IQG02"))
    makers = (section_who.section, section_overlaps.undecided, section_gaps.section)
    told = " ".join(_words(make(reading)) for make in makers)
    assert "Olive Tree Union" in told and "Reed Boat" not in told and "Al-Falluja" not in told


def test_where_nothing_passes_the_report_says_so_and_can_still_be_written(data: flow.Data) -> None:
    nothing = reports.report(data, Query(topic="mhpss", place="IQG18"), "ar")
    assert t("frame.empty", "ar") in nothing.sections[0].text
    assert all(len(reports.write(nothing, kind)) > 1_000 for kind in reports.KINDS)


def test_where_only_sectors_are_named_nothing_is_called_an_overlap(tmp_path: Path) -> None:
    rows = [row.replace("immunisation", "health") for row in ROWS]
    brought_in(tmp_path, tmp_path, *rows)
    data = flow.for_pages(flow.load(Settings(tmp_path)))
    section = section_overlaps.undecided(_reading(data, Query(sector="health")))
    assert section.title == t("overlap.tab.same_sector")
    assert section.title in reports.titles(_reading(data, Query()), by_sector=True)
    assert t("table.strength") not in section.table.columns and len(section.table) == 1


def _pages(document: Document) -> int:
    return len(pypdfium2.PdfDocument(reports.write(document, "pdf")))


@pytest.mark.parametrize("lang", MADE)
def test_sources_and_definitions_stand_on_one_page_the_last(made, lang: str) -> None:
    assert _pages(made[lang]) == _pages(replace(made[lang], notes=())) + 1


def test_the_sections_are_told_while_they_are_made(made, told: list[tuple[int, int, str]]) -> None:
    wanted = [t(f"reports.section.{name}", lang) for lang in MADE for name in SECTIONS]
    assert [step[2] for step in told] == wanted
    assert [step[0] for step in told[:3]] == [0, 1, 2] and told[0][1] == len(SECTIONS)


def test_the_file_is_named_after_the_newest_month_the_language_and_the_kind(data: flow.Data) -> None:
    assert reports.file_name(data, "ar", "pptx") == "csomap-2021-12-ar.pptx"


@pytest.mark.skipif(not REAL.exists(), reason="the published file is not here")
def test_the_real_file_is_reported_within_ten_seconds(tmp_path: Path) -> None:
    flow.ingest(REAL, Settings(tmp_path))
    data = flow.for_pages(flow.load(Settings(tmp_path)))
    begun = time.process_time()
    document = reports.report(data, Query(sector="health"), "ar")
    content = reports.write(document, "pdf")
    assert time.process_time() - begun < 10  # seconds of work, however busy the machine is
    assert len(content) > 50_000 and _section(document, "who").table.shape[0] > 20
    assert [section.title for section in document.sections[1:3]] == [
        t(f"reports.section.{name}", "ar") for name in SECTIONS[1:3]
    ]
