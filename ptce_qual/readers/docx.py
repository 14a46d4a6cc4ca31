"""Word files (.docx), walked in their XML: python-docx skips tracked insertions in silence."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ptce_qual.model import Problem
from ptce_qual.readers.archive import parse_xml, read_parts
from ptce_qual.readers.paragraphs import Cell, Counted, Paragraph, assemble, left_out, paragraph_of_runs
from ptce_qual.readers.reading import Reading
from ptce_qual.translation import _

_RELATIONS = "_rels/.rels"
_USUAL = "word/document.xml"
_INSIDE = frozenset("hyperlink smartTag customXml sdt sdtContent fldSimple dir bdo ins moveTo ruby rubyBase".split())
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES: dict[str, Counted] = {
    "commentReference": "comments",
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
}


@dataclass(slots=True)
class _Document:
    """What is looked up, and what is counted, while one document is walked."""

    bold_styles: frozenset[str]
    heading_styles: frozenset[str]
    bullets: frozenset[str]
    dropped: Counter[Counted] = field(default_factory=Counter)
    kept: Counter[Counted] = field(default_factory=Counter)
    tables: int = 0


def read_docx(path: Path, file: str) -> Reading | Problem:
    """Read a Word file: paragraphs and cells joined by one line end, tracked insertions kept, deletions left out.

    Returns an error where it is no Word file, or a damaged, encrypted or unsafe one.
    """
    relations = read_parts(path, (_RELATIONS,), file)
    if isinstance(relations, Problem):
        return relations
    main = _main_part(relations.get(_RELATIONS, b""), file)
    folder = posixpath.dirname(main)
    styles, numbering = f"{folder}/styles.xml", f"{folder}/numbering.xml"
    parts = read_parts(path, (main, styles, numbering), file)
    if isinstance(parts, Problem):
        return parts
    if main not in parts:
        return Problem("error", file, None, _("the file is not a Word document: it has no text part"))
    root = parse_xml(parts[main], file, main)
    if isinstance(root, Problem):
        return root
    bold, headings = _styles(_optional(parts.get(styles), file))
    document = _Document(bold, headings, _bullets(_optional(parts.get(numbering), file)))
    body = next((child for child in root if _tag(child) == "body"), None)
    if body is None:
        return Problem("error", file, None, _("the file is not a Word document: it has no body"))
    paragraphs = list(_blocks(body, document, None))
    return assemble(paragraphs, left_out(file, document.dropped, document.kept))


def _main_part(relations: bytes, file: str) -> str:
    root = _optional(relations, file)
    for relation in root if root is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", _USUAL).lstrip("/")
    return _USUAL


def _optional(data: bytes | None, file: str) -> etree._Element | None:
    root = parse_xml(data, file, "part") if data else None
    return None if isinstance(root, Problem) else root


def _tag(element: etree._Element) -> str:
    """Return the local name: the strict and the transitional format differ in their namespaces only."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: etree._Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), None)


def _child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first descendant along `names`."""
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if _tag(child) == name), None)
    return element


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _value(element) not in ("0", "false", "off", "none")


def _styles(root: etree._Element | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the styles that are bold, and of those that are headings."""
    bold, headings = set(), set()
    for style in root if root is not None else ():
        name = (_value(_child(style, "name")) or "").lower()
        identifier = _value(style, "styleId") or ""
        if _is_on(_child(style, "rPr", "b")):
            bold.add(identifier)
        if name == "title" or _child(style, "pPr", "outlineLvl") is not None:
            headings.add(identifier)
    return frozenset(bold - headings), frozenset(headings)


def _bullets(root: etree._Element | None) -> frozenset[str]:
    """Return the ids of the lists that show a bullet or a dash: Word makes one of a dash typed at a line's start."""
    abstract = set()
    numbers = set()
    for element in root if root is not None else ():
        level = _child(element, "lvl", "numFmt")
        if _tag(element) == "abstractNum" and _value(level) == "bullet":
            abstract.add(_value(element, "abstractNumId"))
        elif _tag(element) == "num" and _value(_child(element, "abstractNumId")) in abstract:
            numbers.add(_value(element, "numId") or "")
    return frozenset(numbers)


def _blocks(parent: etree._Element, document: _Document, cell: Cell | None) -> Iterator[Paragraph]:
    """Yield the paragraphs below `parent`; one whose mark was deleted goes on in the next."""
    pending: list[tuple[str, bool]] = []
    for element in parent:
        tag = _tag(element)
        if tag == "p":
            pending.extend(_runs(element, document))
            mark = _child(element, "pPr", "rPr")
            if _child(mark, "del") is not None or _child(mark, "moveFrom") is not None:
                continue
            yield _paragraph(element, pending, document, cell)
            pending = []
        elif tag == "tbl":
            yield from _table(element, document, cell)
        elif tag in _INSIDE:
            yield from _blocks(element, document, cell)
    if any(text for text, _bold in pending):
        yield paragraph_of_runs(pending, cell=cell)


def _paragraph(
    element: etree._Element, runs: list[tuple[str, bool]], document: _Document, cell: Cell | None
) -> Paragraph:
    properties = _child(element, "pPr")
    style = _value(_child(properties, "pStyle")) or ""
    if style in document.bold_styles:
        runs = [(text, True) for text, _bold in runs]
    bullet = _value(_child(properties, "numPr", "numId")) in document.bullets
    return paragraph_of_runs(runs, heading=style in document.heading_styles, bullet=bullet, cell=cell)


def _table(table: etree._Element, document: _Document, outer: Cell | None) -> Iterator[Paragraph]:
    """Yield a table's paragraphs, cell by cell; those of a table inside a cell count as that cell's."""
    number = document.tables
    document.tables += 1
    for row, element in enumerate(_within(table, "tr")):
        if _child(element, "trPr", "del") is not None:
            document.dropped["deletions in tracked changes"] += 1
            continue
        for column, cell in enumerate(_within(element, "tc")):
            yield from _blocks(cell, document, outer or Cell(number, row, column))


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in parent:
        if _tag(element) == tag:
            yield element
        elif _tag(element) in _INSIDE:
            yield from _within(element, tag)


def _runs(parent: etree._Element, document: _Document) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether in bold) of what a paragraph shows once all changes are accepted."""
    for element in parent:
        tag = _tag(element)
        if tag == "r":
            yield from _run(element, document)
        elif tag == "del":
            document.dropped["deletions in tracked changes"] += 1
        elif tag in _INSIDE:
            if tag == "ins":
                document.kept["insertions in tracked changes"] += 1
            yield from _runs(element, document)
        elif tag == "AlternateContent":
            _count_boxes(element, document)


def _run(run: etree._Element, document: _Document) -> Iterator[tuple[str, bool]]:
    properties = _child(run, "rPr")
    if _is_on(_child(properties, "vanish")):
        document.dropped["hidden passages"] += 1
        return
    direct = _child(properties, "b")
    bold = _is_on(direct) if direct is not None else _value(_child(properties, "rStyle")) in document.bold_styles
    for element in run:
        tag = _tag(element)
        if tag == "t":
            yield element.text or "", bold
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag], bold
        elif tag == "sym":
            yield _symbol(_value(element, "char")), bold
        elif tag in _NOTES:
            document.dropped[_NOTES[tag]] += 1
        elif tag == "ruby":
            yield from _runs(element, document)
        elif tag in ("AlternateContent", "drawing", "pict", "object"):
            _count_boxes(element, document)


def _symbol(code: str | None) -> str:
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _count_boxes(element: etree._Element, document: _Document) -> None:
    if any(_tag(child) == "txbxContent" for child in element.iter()):
        document.dropped["text boxes"] += 1
