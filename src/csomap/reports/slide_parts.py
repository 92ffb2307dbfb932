"""One slide: its title, words and picture, from top to bottom, in the direction of the language."""

import io
import math
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.util import Emu, Inches, Pt

from csomap.i18n import direction, t
from csomap.reports.document import Document

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
INSIDE = Emu(WIDTH - 2 * SIDE)
BOTTOM = Emu(HEIGHT - Inches(0.6))
FACE = {"ltr": "Calibri", "rtl": "Arial"}  # faces that every office program has, with Sorani letters


def colour(code: str) -> RGBColor:
    """Return a colour by its six hexadecimal digits."""
    found: RGBColor = RGBColor.from_string(code)  # type: ignore[no-untyped-call]
    return found


ACCENT, QUIET, INK = colour("0B5A8A"), colour("555555"), colour("202020")
_BLANK = 6  # the empty layout of the default template
_LETTERS = 165  # of 14 points on a line of the slide


class Frame:
    """A slide that is filled from the top: `below` is where the next thing begins (EMU)."""

    def __init__(self, slides: Slides, document: Document) -> None:
        self.slides, self.document = slides, document
        self.slide = slides.slides.add_slide(slides.slide_layouts[_BLANK])
        self.below = Emu(Inches(0.4))
        if document.banner:
            self._put([document.banner], Emu(HEIGHT - Inches(0.45)), Inches(0.35), 11, QUIET)

    def title(self, words: str) -> None:
        """Write the title of the slide."""
        self._put([words], self.below, Inches(0.7), 26, ACCENT, bold=True)
        self.below = Emu(self.below + Inches(0.8))

    def words(self, paragraphs: Sequence[str], size: int = 14) -> None:
        """Write paragraphs below what is there already; `size` is in points."""
        if paragraphs:
            height = _height(paragraphs, size)
            self._put(paragraphs, self.below, height, size, INK)
            self.below = Emu(self.below + height)

    def fill(self, title: str, paragraphs: Sequence[str], size: int = 14) -> "Frame":
        """Write paragraphs over as many slides as they take; return the last of them."""
        frame, part = self, list[str]()
        for words in paragraphs:
            if part and frame.below + _height([*part, words], size) > BOTTOM:
                frame.words(part, size)
                frame, part = frame.continued(title), []
            part.append(words)
        frame.words(part, size)
        return frame

    def picture(self, png: bytes, alt: str) -> None:
        """Draw a picture into what room is left, as large as it goes, in the middle."""
        room = Emu(BOTTOM - self.below)
        drawn = self.slide.shapes.add_picture(io.BytesIO(png), 0, self.below, height=room)
        if drawn.width > INSIDE:
            drawn.width, drawn.height = INSIDE, Emu(int(drawn.height * INSIDE / drawn.width))
        drawn.left = Emu((WIDTH - drawn.width) // 2)
        drawn._element.nvPicPr.cNvPr.set("descr", alt)
        self.below = BOTTOM

    def continued(self, title: str) -> "Frame":
        """Return the next slide, whose title says that it goes on."""
        following = Frame(self.slides, self.document)
        following.title(t("reports.continued", self.document.lang, title=title))
        return following

    def _put(
        self, paragraphs: Sequence[str], top: int, height: int, size: int, ink: RGBColor, bold: bool = False
    ) -> None:
        box = self.slide.shapes.add_textbox(SIDE, Emu(top), INSIDE, Emu(height))
        box.text_frame.word_wrap = True
        for place, words in enumerate(paragraphs):
            paragraph = box.text_frame.paragraphs[0] if not place else box.text_frame.add_paragraph()
            paragraph.space_after = Pt(4)
            write(paragraph, words, self.document.lang, size=size, ink=ink, bold=bold)


def _height(paragraphs: Sequence[str], size: int) -> Emu:
    """Return what paragraphs take from top to bottom, with a little room (EMU)."""
    letters = _LETTERS * 14 / size
    lines = sum(math.ceil((len(words) + 1) / letters) for words in paragraphs)
    return Emu(int(lines * Pt(size) * 1.3 + len(paragraphs) * Pt(4)) + Inches(0.1))


def write(
    paragraph: Any,
    words: str,
    lang: str,
    *,
    size: int,
    ink: RGBColor,
    bold: bool = False,
    number: bool = False,
) -> None:
    """Write words into a paragraph, in the direction of the language; numbers stand at the right."""
    run, way = paragraph.add_run(), direction(lang)
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(size), bold, ink, FACE[way]
    paragraph.alignment = PP_ALIGN.RIGHT if number or way == "rtl" else PP_ALIGN.LEFT
    properties = run._r.get_or_add_rPr()
    properties.set("lang", {"en": "en-GB", "ar": "ar-IQ", "ckb": "ku-Arab-IQ"}[lang])
    if way == "rtl":
        paragraph._p.get_or_add_pPr().set("rtl", "1")
        face = properties.makeelement(qn("a:cs"), {"typeface": FACE[way]})
        properties.append(face)
