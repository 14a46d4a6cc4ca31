"""A Word document that is written from top to bottom, in Word's own styles: the same calls make the same bytes."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ptce_qual.report.xml_text import xml_text
from ptce_qual.translation import _, language_in_use

_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
_SPOKEN = "fr-FR"  # the interviews' language, whatever the document's
_NO_CLOCK = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_NO_CLOCK_IN_ZIP = (1980, 1, 1, 0, 0, 0)
_DEEPEST = 9
_GREY = RGBColor(0x55, 0x55, 0x55)
_NOTICE = RGBColor(0x9C, 0x2A, 0x00)
_FONT = "Calibri"

Pieces = Iterable[tuple[str, bool]]
Heading = tuple[int, str]
"""Depth from 1, and text."""


class Word:
    """A document with its title, a footer with page numbers, and styles.

    Args:
        title: at the top, and in the document's properties.
        subtitle: below it.
    """

    def __init__(self, title: str, subtitle: str) -> None:
        self._document = Document()
        self._end = self._document.element.body.sectPr
        self._listed = 0
        self._bookmarks = 0
        self._set_properties(title)
        self._set_page()
        self._styles = self._set_styles()
        self._add("Title", [(title, False)])
        self._add("Subtitle", [(subtitle, False)])

    def contents(self, headings: Sequence[Heading]) -> None:
        """Add the list of the headings to come, each a link.

        It is a field, so that Word can make it anew, filled already, so that it is there when it is not asked to.

        Args:
            headings: in the order in which they come; those that are deeper than all of these are not listed.
        """
        self._add("TOC Heading", [(_("Contents"), False)])
        self._listed = max(depth for depth, _text in headings)
        for place, (depth, text) in enumerate(headings):
            paragraph = self._add(f"toc {min(depth, 3)}", [])
            if place == 0:
                _field_begins(paragraph, f' TOC \\o "1-{self._listed}" \\n \\h \\z \\u ')
            link = _element("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark(place))
            link.set(qn("w:history"), "1")
            paragraph._p.append(link)  # noqa: SLF001  # the library has no links of its own
            run = _element("w:r")
            link.append(run)
            Run(run, paragraph).text = xml_text(text)
            if place == len(headings) - 1:
                _mark_of_field(paragraph, "end")

    def heading(self, depth: int, text: str) -> None:
        """Add a heading: those of `contents`, in that order, and deeper ones."""
        paragraph = self._add(f"Heading {min(depth, _DEEPEST)}", [(text, False)])
        if depth > self._listed:
            return
        start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self._bookmarks))
        start.set(qn("w:name"), _bookmark(self._bookmarks))
        paragraph.runs[0]._r.addprevious(start)  # noqa: SLF001
        paragraph._p.append(end)  # noqa: SLF001
        self._bookmarks += 1

    def text(self, text: str, name: str = "") -> None:
        """Add a paragraph, a name in bold before it."""
        self._add("Normal", [*([(f"{name} ", True)] if name else []), (text, False)])

    def lead(self, text: str) -> None:
        """Add a paragraph that stays on the page of the next one."""
        self._add("Normal", [(text, False)]).paragraph_format.keep_with_next = True

    def notice(self, text: str) -> None:
        """Add a paragraph that nobody should miss."""
        for run in self._add("Normal", [(text, True)]).runs:
            run.font.color.rgb = _NOTICE

    def source(self, text: str) -> None:
        """Add where a quote comes from, in small letters below it."""
        self._add("Source", [(text, False)])

    def question(self, text: str) -> None:
        """Add what was asked before a quote, in small letters above it."""
        shape = self._add("Source", [(text, False)]).paragraph_format
        shape.keep_with_next, shape.space_after = True, Pt(2)

    def facts(self, text: str) -> None:
        """Add what stands below a heading, in small letters."""
        shape = self._add("Source", [(text, False)]).paragraph_format
        shape.keep_with_next, shape.space_after, shape.left_indent = True, Pt(4), Cm(0)

    def quote(self, pieces: Pieces) -> None:
        """Add what was said, some pieces in bold, between « and »."""
        self._add("Quote", [("«\u00a0", False), *pieces, ("\u00a0»", False)])

    def name(self, text: str) -> None:
        """Add the name of what comes next, in bold, on its page."""
        shape = self._add("Normal", [(text, True)]).paragraph_format
        shape.keep_with_next, shape.space_before, shape.space_after = True, Pt(8), Pt(3)

    def example(self, pieces: Pieces, more: str = "") -> None:
        """Add an example, some pieces in bold.

        Args:
            more: what is said of it.
        """
        paragraph = self._add("Quote", [("«\u00a0", False), *pieces, ("\u00a0»", False)])
        paragraph.paragraph_format.keep_with_next = False
        paragraph.add_run(xml_text(more)).font.color.rgb = _GREY

    def close(self) -> bytes:
        """Return the file."""
        stream = BytesIO()
        self._document.save(stream)
        return _without_clock(stream.getvalue())

    def _add(self, style: str, pieces: Pieces) -> Paragraph:
        # The library looks through the whole document and all styles for each paragraph that it adds.
        element = _element("w:p")
        self._end.addprevious(element)
        paragraph = Paragraph(element, self._document._body)  # noqa: SLF001
        element.style = self._styles[style].style_id
        for text, is_bold in pieces:
            run = paragraph.add_run(xml_text(text))
            if is_bold:
                run.bold = True
        return paragraph

    def _set_properties(self, title: str) -> None:
        told = self._document.core_properties
        told.title = xml_text(title)[:255]
        told.author = told.last_modified_by = told.comments = ""
        told.created = told.modified = _NO_CLOCK
        told.language = _LANGUAGES[language_in_use()]

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.2)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for place, field in enumerate(("PAGE", "NUMPAGES")):
            if place:
                footer.add_run(" / ")
            _field_begins(footer, f" {field} ")
            footer.add_run("1")
            _mark_of_field(footer, "end")

    def _set_styles(self) -> dict[str, ParagraphStyle]:
        styles = self._document.styles
        language = styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
        if language is not None:
            language.set(qn("w:val"), _LANGUAGES[language_in_use()])
        for depth in (1, 2, 3):
            listed = styles.add_style(f"toc {depth}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            listed.base_style = styles["Normal"]
            listed.paragraph_format.left_indent = Cm(0.6 * (depth - 1))
            listed.paragraph_format.space_after = Pt(1)
            listed.font.bold = depth == 1 or None
        source = styles.add_style("Source", WD_STYLE_TYPE.PARAGRAPH)
        source.base_style = styles["Normal"]
        source.font.size, source.font.color.rgb = Pt(9), _GREY
        source.paragraph_format.left_indent = Cm(0.7)
        source.paragraph_format.space_after = Pt(8)
        found = {style.name: style for style in styles if isinstance(style, ParagraphStyle) and style.name}
        _shape(found)
        return found


def _shape(styles: dict[str, ParagraphStyle]) -> None:
    normal, quote = styles["Normal"], styles["Quote"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.1
    quote.font.italic = False
    quote.paragraph_format.left_indent = Cm(0.7)
    quote.paragraph_format.space_after = Pt(1)
    quote.paragraph_format.keep_with_next = quote.paragraph_format.keep_together = True
    spoken = _element("w:lang")
    spoken.set(qn("w:val"), _SPOKEN)
    quote.element.get_or_add_rPr().append(spoken)
    for depth, before in ((1, 22), (2, 14), (3, 12)):
        styles[f"Heading {depth}"].paragraph_format.space_before = Pt(before)
        styles[f"Heading {depth}"].paragraph_format.space_after = Pt(4)
    for name in ("Title", "Subtitle", "TOC Heading", *(f"Heading {depth}" for depth in range(1, _DEEPEST + 1))):
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        styles[name].font.name = _FONT
    styles["Title"].font.size = Pt(22)


def _field_begins(paragraph: Paragraph, instruction: str) -> None:
    _mark_of_field(paragraph, "begin")
    told = _element("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = instruction
    paragraph.add_run()._r.append(told)  # noqa: SLF001
    _mark_of_field(paragraph, "separate")


def _mark_of_field(paragraph: Paragraph, kind: str) -> None:
    mark = _element("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # noqa: SLF001


def _element(tag: str) -> Any:
    """Return an element for which the library has no class."""
    return OxmlElement(tag)


def _bookmark(place: int) -> str:
    return f"heading_{place}"


def _without_clock(archive: bytes) -> bytes:
    """Return an archive whose files all have the same date."""
    told = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as before, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _NO_CLOCK_IN_ZIP), before.read(name), zipfile.ZIP_DEFLATED)
    return told.getvalue()
