"""A report as slides for PowerPoint and LibreOffice: a title, one or more slides a section, notes last."""

import io

from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.util import Inches

from csomap.i18n import t
from csomap.reports import slide_parts, slide_tables
from csomap.reports.document import Document, Section
from csomap.reports.slide_parts import BOTTOM, Frame

_LEAST = Inches(3.5)  # less room than this is too small for a picture


def written(document: Document) -> bytes:
    """Return the report as slides of 13.33 by 7.5 inches."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = slide_parts.WIDTH, slide_parts.HEIGHT
    slides.core_properties.title = document.title
    slides.core_properties.language = document.lang
    _cover(slides, document)
    for section in document.sections:
        _section(slides, document, section)
    _notes(slides, document)
    buffer = io.BytesIO()
    slides.save(buffer)
    return buffer.getvalue()


def _cover(slides: Slides, document: Document) -> None:
    frame = Frame(slides, document)
    frame.title(document.title)
    frame.words([document.subtitle], size=20)


def _section(slides: Slides, document: Document, section: Section) -> None:
    """Draw words, picture and table below each other, over as many slides as they take."""
    frame = Frame(slides, document)
    frame.title(section.title)
    frame = frame.fill(section.title, section.text)
    if section.picture:
        if BOTTOM - frame.below < _LEAST:
            frame = frame.continued(section.title)
        frame.picture(section.picture, section.alt)
    if section.has_rows:
        slide_tables.draw(frame, section)


def _notes(slides: Slides, document: Document) -> None:
    if document.notes:
        title, frame = t("reports.notes", document.lang), Frame(slides, document)
        frame.title(title)
        frame.fill(title, document.notes, size=12)
