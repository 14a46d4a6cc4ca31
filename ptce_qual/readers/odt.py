"""OpenDocument texts (.odt). Tracked deletions are stored apart in their XML: walking the body leaves them out."""

from __future__ import annotations

import re
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

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_DROPPED: dict[str, Counted] = {"annotation": "comments", "text-box": "text boxes", "custom-shape": "text boxes"}
_SILENT = frozenset({"annotation-end", "ruby-text", "sequence-decls", "forms", "image", "object", "object-ole"})
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})


@dataclass(slots=True)
class _Document:
    bold_styles: frozenset[str]
    bullets: frozenset[str]
    dropped: Counter[Counted] = field(default_factory=Counter)
    kept: Counter[Counted] = field(default_factory=Counter)
    tables: int = 0


def read_odt(path: Path, file: str) -> Reading | Problem:
    """Read an OpenDocument text: paragraphs and cells joined by one line end, tracked deletions left out.

    Returns an error where it is no such file, or a damaged, encrypted or unsafe one.
    """
    parts = read_parts(path, (_CONTENT, _STYLES, _MANIFEST), file)
    if isinstance(parts, Problem):
        return parts
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        return Problem("error", file, None, _("the file is encrypted"), _("Save it again without a password."))
    if _CONTENT not in parts:
        return Problem("error", file, None, _("the file is not an OpenDocument text: it has no content"))
    root = parse_xml(parts[_CONTENT], file, _CONTENT)
    if isinstance(root, Problem):
        return root
    styles = parse_xml(parts[_STYLES], file, _STYLES) if _STYLES in parts else None
    roots = [root] if styles is None or isinstance(styles, Problem) else [root, styles]
    body = next((element for element in root.iter("{*}text") if _namespace(element) == "office"), None)
    if body is None:
        return Problem("error", file, None, _("the file is not an OpenDocument text: it has no text body"))
    document = _Document(_bold_styles(roots), _bullet_lists(roots))
    _count_changes(body, document)
    paragraphs = list(_blocks(body, document, None))
    return assemble(paragraphs, left_out(file, document.dropped, document.kept))


def _namespace(element: etree._Element) -> str:
    uri = etree.QName(element).namespace or ""
    return next((name for name in ("office", "text", "table", "style", "drawing") if f":{name}:" in uri), uri)


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _bold_styles(roots: list[etree._Element]) -> frozenset[str]:
    bold: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for style in (style for root in roots for style in root.iter("{*}style")):
        name = _value(style, "name")
        weights = [_value(child, "font-weight") for child in style if _tag(child) == "text-properties"]
        if any(weights):
            bold.setdefault(name, weights[0] in ("bold", "600", "700", "800", "900"))
        parents.setdefault(name, _value(style, "parent-style-name"))
    return frozenset(name for name in parents if _inherits_bold(name, bold, parents))


def _inherits_bold(name: str, bold: dict[str, bool], parents: dict[str, str]) -> bool:
    for _step in range(20):  # styles may name each other in a circle
        if name in bold:
            return bold[name]
        name = parents.get(name, "")
    return False


def _bullet_lists(roots: list[etree._Element]) -> frozenset[str]:
    lists = (element for root in roots for element in root.iter("{*}list-style"))
    return frozenset(
        _value(element, "name") for element in lists if len(element) and _tag(element[0]) == "list-level-style-bullet"
    )


def _count_changes(body: etree._Element, document: _Document) -> None:
    for region in body.iter("{*}changed-region"):
        for change in region:
            if _tag(change) == "deletion":
                document.dropped["deletions in tracked changes"] += 1
            elif _tag(change) == "insertion":
                document.kept["insertions in tracked changes"] += 1


def _blocks(
    parent: etree._Element, document: _Document, cell: Cell | None, *, bullet: bool = False
) -> Iterator[Paragraph]:
    for element in parent:
        tag = _tag(element)
        if tag in ("p", "h") and _namespace(element) == "text":
            style = _value(element, "style-name") in document.bold_styles
            runs = _collapsed(_runs(element, document, bold=style))
            yield paragraph_of_runs(runs, heading=tag == "h", bullet=bullet, cell=cell)
        elif tag == "table":
            yield from _table(element, document, cell)
        elif tag == "list":
            is_bullet = _value(element, "style-name") in document.bullets or bullet
            for item in element:
                yield from _blocks(item, document, cell, bullet=is_bullet)
        elif tag in _DROPPED or tag == "frame":
            _count_dropped(element, document)
        elif tag not in ("tracked-changes", *_SILENT) and tag:
            yield from _blocks(element, document, cell, bullet=bullet)


def _table(table: etree._Element, document: _Document, outer: Cell | None) -> Iterator[Paragraph]:
    number = document.tables
    document.tables += 1
    for row, element in enumerate(_rows(table)):
        column = 0
        for cell in element:
            yield from _blocks(cell, document, outer or Cell(number, row, column))
            repeated = _value(cell, "number-columns-repeated")
            column += int(repeated) if repeated.isdecimal() else 1


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if _tag(element) == "table-row":
            yield element
        elif _tag(element) in _ROW_GROUPS:
            yield from _rows(element)


def _runs(parent: etree._Element, document: _Document, *, bold: bool) -> Iterator[tuple[str, bool, bool]]:
    """Yield (text, whether in bold, whether its white space stands as it is) of what one paragraph shows."""
    yield parent.text or "", bold, False
    for element in parent:
        tag = _tag(element)
        if tag == "s":
            count = _value(element, "c")
            yield " " * (min(int(count), 1000) if count.isdecimal() else 1), bold, True
        elif tag in ("tab", "line-break"):
            yield ("\t" if tag == "tab" else "\n"), bold, True
        elif tag == "note":
            document.dropped["endnotes" if _value(element, "note-class") == "endnote" else "footnotes"] += 1
        elif tag in _DROPPED or tag == "frame":
            _count_dropped(element, document)
        elif tag and tag not in _SILENT:
            style = _value(element, "style-name")
            yield from _runs(element, document, bold=style in document.bold_styles if style else bold)
        yield element.tail or "", bold, False


def _count_dropped(element: etree._Element, document: _Document) -> None:
    tag = _tag(element)
    if tag == "frame" and not any(True for _box in element.iter("{*}text-box")):
        return  # a picture
    document.dropped[_DROPPED.get(tag, "text boxes")] += 1


def _collapsed(runs: Iterator[tuple[str, bool, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield the runs with the white space of the XML made one space, as the format has it; none at the beginning."""
    after_space = True
    for text, bold, fixed in runs:
        shown = text if fixed else re.sub("[ \t\r\n]+", " ", text)
        if after_space and not fixed:
            shown = shown.removeprefix(" ")
        if shown:
            after_space = not fixed and shown.endswith(" ")
            yield shown, bold
