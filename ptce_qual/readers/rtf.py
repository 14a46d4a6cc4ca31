"""Rich Text Format (.rtf). striprtf keeps deleted passages and loses bold names and emoji, hence our own reader."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from ptce_qual.model import Problem
from ptce_qual.readers.paragraphs import Cell, Counted, Paragraph, assemble, left_out, paragraph_of_runs
from ptce_qual.readers.reading import Reading
from ptce_qual.translation import _

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf "
    "listtable listoverridetable listtext pntext fldinst themedata datastore xe tc shptxt rsidtbl generator "
    "latentstyles bkmkstart bkmkend nonesttables revtbl filetbl".split()
)
_COUNTED: dict[str, Counted] = {"annotation": "comments", "footnote": "footnotes", "shptxt": "text boxes"}
_SYMBOLS = {
    "line": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_CHARACTERS = {"~": "\u00a0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
_CHARSETS = {0: "cp1252", 77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it and loses at its end."""

    skipped: bool = False
    bold: bool = False
    deleted: bool = False
    hidden: bool = False
    in_table: bool = False
    font: int = -1
    replaced: int = 1  # characters that follow \u, for readers without Unicode


@dataclass(slots=True)
class _Document:
    state: _State = field(default_factory=_State)
    groups: list[_State] = field(default_factory=list)
    codec: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    raw: bytearray = field(default_factory=bytearray)
    units: list[int] = field(default_factory=list)  # UTF-16, as \u writes it: an emoji is two
    to_skip: int = 0
    runs: list[tuple[str, bool]] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    table: int = 0
    row: int = 0
    column: int = 0
    dropped: Counter[Counted] = field(default_factory=Counter)
    kept: Counter[Counted] = field(default_factory=Counter)


def read_rtf(path: Path, file: str) -> Reading | Problem:
    """Read a Rich Text file: paragraphs and cells joined by one line end, tracked deletions left out."""
    data = path.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        message = _("the file is not a Rich Text file") if data.strip() else _("the file is empty")
        return Problem("error", file, None, message, _("Open it in your word processor and save it again."))
    document = _walk(data.lstrip().decode("latin-1"))
    problems = left_out(file, document.dropped, document.kept)
    if document.groups:
        message = _("the file ends before its last brace: the end of the interview may be missing")
        remedy = _("Open it in your word processor and save it again.")
        problems += (Problem("warning", file, None, message, remedy),)
    return assemble(document.paragraphs, problems)


def _walk(source: str) -> _Document:
    document = _Document()
    position = 0
    while match := _TOKEN.match(source, position):
        position = match.end()
        word, argument, code, character, brace, text = match.groups()
        if word == "bin":
            position += max(int(argument or 0), 0)
        elif word:
            _word(document, word, int(argument) if argument else None)
        elif code:
            _bytes(document, bytes.fromhex(code))
        elif character:
            _character(document, character)
        elif brace:
            _brace(document, brace)
            if not document.groups:
                break  # what follows the last brace is no part of the document
        elif text:
            _bytes(document, text.encode("latin-1"))
    _flush(document)
    if document.runs:
        _end_paragraph(document)
    return document


def _brace(document: _Document, brace: str) -> None:
    _flush(document)
    document.to_skip = 0
    if brace == "{":
        document.groups.append(document.state)
    elif document.groups:
        document.state = document.groups.pop()


def _character(document: _Document, character: str) -> None:
    _flush(document)
    if character in "\r\n":
        _word(document, "par", None)
    elif character == "*":
        document.state = replace(document.state, skipped=True)
    elif character in _CHARACTERS:
        _text(document, _CHARACTERS[character])


def _bytes(document: _Document, data: bytes) -> None:
    r"""Keep bytes until their encoding is sure; a \\u is followed by its like in the old encoding, which is skipped."""
    skipped = min(document.to_skip, len(data))
    document.to_skip -= skipped
    if data[skipped:]:
        _flush_units(document)
        document.raw += data[skipped:]


def _word(document: _Document, word: str, argument: int | None) -> None:
    if word == "u" and argument is not None:
        _flush_bytes(document)
        document.units.append(argument % 0x10000)
        document.to_skip = document.state.replaced
        return
    _flush(document)
    document.to_skip = 0
    if word in _COUNTED and not (document.state.skipped and word != "annotation"):
        document.dropped[_COUNTED[word]] += 1
    if word in _SKIPPED or word in _COUNTED:
        document.state = replace(document.state, skipped=True)
    if word in _SYMBOLS:
        _text(document, _SYMBOLS[word])
    elif word in ("par", "sect", "page", "cell", "nestcell", "row", "nestrow"):
        _layout(document, word)
    else:
        _setting(document, word, argument)


def _layout(document: _Document, word: str) -> None:
    if document.state.skipped:
        return
    if word in ("cell", "nestcell"):
        document.state = replace(document.state, in_table=True)
        _end_paragraph(document)
        document.column += 1
    elif word in ("row", "nestrow"):
        document.row, document.column = document.row + 1, 0
    else:
        _end_paragraph(document)


def _setting(document: _Document, word: str, argument: int | None) -> None:
    if word == "uc" and argument is not None:
        document.state = replace(document.state, replaced=max(argument, 0))
    elif word == "f" and argument is not None:
        document.state = replace(document.state, font=argument)
    elif word == "fcharset" and argument in _CHARSETS:
        document.fonts[document.state.font] = _CHARSETS[argument]
    elif word in ("ansicpg", "mac"):
        document.codec = _known_codec("mac_roman" if word == "mac" else f"cp{argument}")
    else:
        _set_style(document, word, on=argument != 0)


def _set_style(document: _Document, word: str, *, on: bool) -> None:
    state = document.state
    if word == "b":
        state = replace(state, bold=on)
    elif word == "deleted":
        if on and not state.skipped:
            document.dropped["deletions in tracked changes"] += 1
        state = replace(state, deleted=on)
    elif word == "revised" and on and not state.skipped:
        document.kept["insertions in tracked changes"] += 1
    elif word == "v":
        state = replace(state, hidden=on)
    elif word == "plain":
        state = replace(state, bold=False, deleted=False, hidden=False)
    elif word in ("intbl", "pard"):
        state = replace(state, in_table=word == "intbl")
    document.state = state


def _known_codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _flush(document: _Document) -> None:
    _flush_bytes(document)
    _flush_units(document)


def _flush_bytes(document: _Document) -> None:
    if document.raw:
        codec = document.fonts.get(document.state.font, document.codec)
        if codec == "cp1252" != document.codec:
            codec = document.codec  # charset 0 is « ANSI »: whatever the file says that is
        text = document.raw.decode(codec, "replace")
        document.raw.clear()
        _text(document, text)


def _flush_units(document: _Document) -> None:
    if document.units:
        data = b"".join(unit.to_bytes(2, "little") for unit in document.units)
        document.units.clear()
        _text(document, data.decode("utf-16-le", "replace"))


def _text(document: _Document, text: str) -> None:
    _flush_units(document)
    state = document.state
    if state.skipped or state.deleted:
        return
    if state.hidden:
        document.dropped["hidden passages"] += 1
        return
    document.runs.append((text, state.bold))


def _end_paragraph(document: _Document) -> None:
    cell = None
    if document.state.in_table:
        cell = Cell(document.table, document.row, document.column)
    elif document.row:
        document.table, document.row, document.column = document.table + 1, 0, 0
    document.paragraphs.append(paragraph_of_runs(document.runs, cell=cell))
    document.runs = []
