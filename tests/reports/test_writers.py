"""One list of sections, three kinds of files: the same words in each, in the direction of the language."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from matplotlib.figure import Figure
from pptx import Presentation

from csomap import reports
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, direction, t
from csomap.reports import Document, Section

# What must come out as it went in: a formula, commands and signs of typst, signs of HTML.
HOSTILE = ("=cmd()", "#panic()", "$x^2$", "@ref \\ *bold*", "<b>&amp;</b>", '+"1"')
SORANI = "ڕێکخراوی تەندروستیی هەولێر لە پارێزگای سلێمانی، ۆ و ڵ و ێ"
ARABIC = "منظمات المجتمع المدني في بغداد"


def _png() -> bytes:
    buffer = io.BytesIO()
    Figure((2, 1)).savefig(buffer, format="png")
    return buffer.getvalue()


def _document(lang: str = "en", rows: int = 3) -> Document:
    cells = {
        "Organisation": [HOSTILE[nth % len(HOSTILE)] for nth in range(rows)],
        "منظمة": [SORANI] * rows,
        "People": [12_345 + nth for nth in range(rows)],
        "Rate": [3.456] * rows,
        "Day": [dt.date(2021, 3, 1)] * rows,
        "Empty": [None] * rows,
    }
    first = Section("First things", (ARABIC, *HOSTILE), pd.DataFrame(cells), _png(), "A map of nothing.")
    second = Section("Second things", ("Only words.",))
    return Document("A report", "All of it", lang, (first, second), ("Source: nobody.",), "A sample!")


def _pdf(document: Document) -> str:
    pages = pypdfium2.PdfDocument(reports.write(document, "pdf"))
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def _slides(document: Document) -> Any:
    return Presentation(io.BytesIO(reports.write(document, "pptx")))


def _told(slides: Any) -> Iterator[str]:
    for shape in (shape for slide in slides.slides for shape in slide.shapes):
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def _book(document: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(reports.write(document, "xlsx")))


def _cells(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_three_kinds_hold_the_same_sections_words_and_notes(lang: str) -> None:
    document = _document(lang)
    slides, book = set(_told(_slides(document))), {str(cell.value) for cell in _cells(_book(document))}
    pdf = _pdf(document)
    wanted = [*(section.title for section in document.sections), "Only words.", "Source: nobody."]
    for words in (*wanted, document.title, document.subtitle, document.banner, t("reports.notes", lang)):
        assert words in book, words
        assert words in slides or any(words in part for part in slides), words
        # a page is read in the order in which it is drawn, which for Arabic is not that of the words
        assert all(letter in pdf for word in words.split() for letter in _parts(word)), words


def _parts(word: str) -> list[str]:
    return [word.strip(".:!")] if word.isascii() else list(word)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_a_command_comes_out_as_text(hostile: str) -> None:
    document = _document(rows=len(HOSTILE))
    assert hostile in _pdf(document)
    assert hostile in set(_told(_slides(document)))
    found = [cell for cell in _cells(_book(document)) if cell.value == hostile]
    assert found and all(cell.data_type == "s" for cell in found)


def test_a_title_that_looks_like_a_command_comes_out_as_text() -> None:
    document = replace(_document(), title="#panic()", subtitle="=cmd()", notes=("#sys.inputs",), banner="$a$")
    told = _pdf(document)
    assert all(words in told for words in ("#panic()", "=cmd()", "#sys.inputs", "$a$"))
    cells = {cell.value: cell.data_type for cell in _cells(_book(document))}
    assert cells["=cmd()"] == "s"


def test_arabic_and_sorani_letters_are_in_the_pdf_and_no_letter_lacks_its_shape() -> None:
    told = _pdf(_document("ckb"))
    letters = set("".join(word for word in told.split()))
    assert set(SORANI.replace(" ", "").replace("،", "")) <= letters
    assert set(ARABIC.replace(" ", "")) <= letters
    assert "\ufffd" not in told and "\x00" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slides_and_sheets_run_in_the_direction_of_the_language(lang: str) -> None:
    document, is_rtl = _document(lang), direction(lang) == "rtl"
    with zipfile.ZipFile(io.BytesIO(reports.write(document, "pptx"))) as parts:
        slides = [parts.read(name).decode() for name in parts.namelist() if "slides/slide" in name]
    written = [slide for slide in slides if "<a:t>" in slide]
    assert all(('rtl="1"' in slide) == is_rtl for slide in written)
    tables = [slide for slide in slides if "<a:tblPr" in slide]
    assert tables and all(("<a:tblPr" in slide and 'rtl="1"' in slide) == is_rtl for slide in tables)
    sheets = list(_book(document))
    assert [bool(sheet.sheet_view.rightToLeft) for sheet in sheets] == [is_rtl] * len(sheets)
    orders = {cell.alignment.readingOrder for cell in _cells(_book(document))}
    assert orders == {2.0 if is_rtl else 1.0}


def test_a_table_on_slides_mirrors_for_right_to_left() -> None:
    tables = [
        shape.table for slide in _slides(_document("ar")).slides for shape in slide.shapes if shape.has_table
    ]
    assert tables and all(table._tbl.tblPr.get("rtl") == "1" for table in tables)


def test_numbers_and_days_stay_numbers_and_days_in_the_workbook() -> None:
    values = [cell.value for cell in _cells(_book(_document()))]
    assert 12_345 in values and 3.456 in values and dt.datetime(2021, 3, 1) in values


def test_pages_and_slides_cut_long_tables_and_the_workbook_does_not() -> None:
    long = _document(rows=75)
    assert t("reports.more", "en", n=45) in _pdf(long)
    slides = list(_told(_slides(long)))
    printed = sum(cell == SORANI for cell in slides)
    assert 0 < printed <= 30 and t("reports.more", "en", n=75 - printed) in slides
    book = [cell.value for cell in _cells(_book(long))]
    assert sum(value == SORANI for value in book) == 75
    assert "12,374" in _pdf(long) and "12,375" not in _pdf(long)
    whole = replace(long, sections=(replace(long.sections[0], most=None),))
    assert "12,419" in _pdf(whole) and "12,419" in set(_told(_slides(whole)))


def test_nothing_leaves_the_slide_and_a_long_table_goes_on_with_its_header() -> None:
    slides = _slides(_document("ar", rows=30))
    shapes = [shape for slide in slides.slides for shape in slide.shapes]
    assert len([shape for shape in shapes if shape.has_table]) > 1
    for shape in shapes:
        assert shape.left >= 0 and shape.left + shape.width <= slides.slide_width
        assert shape.top >= 0 and shape.top + shape.height <= slides.slide_height
    heads = [shape.table.rows[0].cells[0].text for shape in shapes if shape.has_table]
    assert set(heads) == {"Organisation"}
    assert t("reports.continued", "ar", title="First things") in set(_told(slides))


def test_what_a_picture_shows_is_told_in_words_in_every_kind() -> None:
    document = _document()
    with zipfile.ZipFile(io.BytesIO(reports.write(document, "pptx"))) as parts:
        assert any(b"A map of nothing." in parts.read(name) for name in parts.namelist())
    with zipfile.ZipFile(io.BytesIO(reports.write(document, "xlsx"))) as parts:
        assert any(b"A map of nothing." in parts.read(name) for name in parts.namelist())
    assert "A map of nothing.".encode("utf-16-be") in (pdf := reports.write(document, "pdf")) or (
        b"A map of nothing." in pdf
    )


def test_the_banner_stands_on_every_page_and_slide_and_sheet() -> None:
    document = _document(rows=30)
    pages = pypdfium2.PdfDocument(reports.write(document, "pdf"))
    assert len(pages) > 2
    assert all("A sample!" in page.get_textpage().get_text_range() for page in pages)
    for slide in _slides(document).slides:
        assert "A sample!" in {shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
    for sheet in _book(document):
        assert "A sample!" in {cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("kind", reports.KINDS)
def test_a_report_of_nothing_is_still_a_file(kind: str) -> None:
    empty = Section("Nothing", (), pd.DataFrame({"Place": [], "People": []}))
    none = Section("No columns", (), pd.DataFrame())
    assert len(reports.write(Document("A", "", "ar", (empty, none)), kind)) > 1_000
    assert len(reports.write(Document("A", "", "en"), kind)) > 1_000


def test_the_same_report_is_the_same_pdf() -> None:
    assert reports.write(_document(), "pdf") == reports.write(_document(), "pdf")


def test_sheets_have_names_that_a_workbook_allows() -> None:
    titles = ("History", "A/B: what? [1]", "A/B: what? [1]", "'", "Gaps " * 12, "Gaps " * 12)
    book = _book(Document("T", "", "en", tuple(Section(title) for title in titles)))
    assert len(set(book.sheetnames)) == len(titles) + 1
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_another_kind_is_refused_with_the_way_out() -> None:
    with pytest.raises(BadInput) as refused:
        reports.write(_document(), "docx")
    assert "docx" in str(refused.value) and "pdf, pptx or xlsx" in str(refused.value)
