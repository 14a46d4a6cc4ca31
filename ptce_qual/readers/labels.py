"""Where a text may name a speaker, by each convention: candidates only; speakers.py weighs them.

header  [Chercheur] (0:01 - 0:11)      Chercheur (0:01 - 0:11)      [Chercheur]
colon   Enquêteur : texte      **Nom :** texte      E: texte      00:12 NOM (riant) : texte
dot     Q. texte      R. texte
bold    **Nom** texte, and names in bold in word-processor files
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ptce_qual.readers.lines import Line, iter_lines
from ptce_qual.readers.reading import Label, LabelKind, Reading
from ptce_qual.readers.times import RANGE, parse_times
from ptce_qual.readers.word_lists import OPENERS, fold

_BLANK = r"[ \t\u00a0\u202f\u2009]"
_MARKUP = r"(?:\*{1,3}|__?)?"
_NAME = r"[^\W_](?:[\w .'’,()/&+·•°\-\u2010\u2011\u00a0\u202f]{0,58}[\w.)°])?"
_CLOCK = rf"[(\[]{_BLANK}?{RANGE}{_BLANK}?[)\]]"
_BROKEN_CLOCK = r"\(\d{1,3}\s*[:;.,]\s*\d[\d:;.,\s–—\-]*(?:\)|$)"  # a time with a slip of the keyboard
_PROPER_CLOCK = re.compile(rf"[(\[]?\s*{RANGE}\s*[)\]]?")

_HEADER = re.compile(
    rf"{_BLANK}*{_MARKUP}\[{_BLANK}*(?P<name>[^\[\]\n]{{1,60}}?)(?:[\s,–-]+(?P<inner>{RANGE}))?{_BLANK}*\]{_MARKUP}"
    rf"(?:{_BLANK}*(?P<times>{_CLOCK}|{_BROKEN_CLOCK}))?{_MARKUP}{_BLANK}*:?{_MARKUP}{_BLANK}*"
)
_TIMED_HEADER = re.compile(
    rf"{_BLANK}*{_MARKUP}\[?(?P<name>{_NAME})\]?{_MARKUP}{_BLANK}*(?P<times>{_CLOCK}|{_BLANK}{RANGE}){_MARKUP}{_BLANK}*"
    rf":?{_MARKUP}{_BLANK}*$"
)
_COLON = re.compile(
    rf"{_BLANK}*(?:(?P<before>{_CLOCK}|{RANGE}){_BLANK}+)?(?:[-–—]{_BLANK}*)?(?P<open>{_MARKUP})(?P<name>{_NAME})"
    rf"(?:{_BLANK}*(?P<times>{_CLOCK}))?(?P<mid>{_MARKUP}){_BLANK}*[:：](?!//|\d\d|:)(?P<close>{_MARKUP}){_BLANK}*"
)
_DOT = re.compile(rf"{_BLANK}*{_MARKUP}(?P<name>[A-Z]\d?)\.{_MARKUP}{_BLANK}+(?=\S)")
_MARKED = re.compile(rf"{_BLANK}*(?P<mark>\*\*|__)(?P<name>{_NAME})(?P=mark)(?!{_BLANK}*[:：]){_BLANK}*")
_ABBREVIATION = re.compile(r"(?:\w{1,4}|\w\.-\w)\.$")
_MOST_WORDS = 6


def find_labels(reading: Reading) -> list[Label]:
    """Return every place that may be a speaker's label, in the text's order; several kinds may claim one line."""
    bold = dict(reading.bold)
    found: list[Label] = list(reading.given)
    for line in iter_lines(reading.text, reading.body):
        if line.end > line.start:
            found.extend(_labels_of_line(reading.text, line, bold.get(line.start, line.start)))
    return sorted(found, key=lambda label: (label.start, label.kind))


def is_name(name: str) -> bool:
    """Whether a label has the form of a name: short, and not the beginning of a sentence."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not any(character.isalpha() for character in name):
        return False
    if any(word.endswith(".") and not _ABBREVIATION.match(word) for word in words[:-1]):
        return False
    first = re.split(r"['’\s]", fold(name) or name)[0]
    return len(words) == 1 or (first not in OPENERS and fold(name) not in OPENERS)


def _labels_of_line(text: str, line: Line, bold_end: int) -> Iterator[Label]:
    # a label is short: what is far from the line's start is not looked at
    window = text[line.start : min(line.end, line.start + 200)]
    cut = line.end > line.start + 200
    header = _HEADER.match(window)
    if not header and not cut:
        header = _TIMED_HEADER.match(window)
    if header and any(character.isalpha() for character in header["name"]):
        yield _label(header, line, "header")
    colon = _COLON.match(window)
    if colon and is_name(colon["name"]):
        marked = bool(colon["open"] and (colon["mid"] or colon["close"]))
        yield _label(colon, line, "colon", bold=marked or bold_end >= line.start + colon.end("name"))
    dot = _DOT.match(window)
    if dot:
        yield _label(dot, line, "dot")
    yield from _bold_labels(text, line, window, bold_end)


def _bold_labels(text: str, line: Line, window: str, bold_end: int) -> Iterator[Label]:
    marked = _MARKED.match(window)
    if marked and is_name(marked["name"]):
        yield _label(marked, line, "bold", bold=True)
    name = text[line.start : min(bold_end, line.end)].strip()
    if re.fullmatch(_NAME, name) and is_name(name) and len(name) <= 60:
        end = min(bold_end, line.end)
        yield Label(line.start, end, name, "bold", bold=True)


def _label(match: re.Match[str], line: Line, kind: LabelKind, *, bold: bool = False) -> Label:
    groups = match.groupdict()
    clock = groups.get("times") or groups.get("inner") or groups.get("before") or ""
    start, end, fault = parse_times(clock) if _PROPER_CLOCK.fullmatch(clock) else (None, None, "")
    if clock and start is None:
        fault = clock.strip()
    return Label(
        line.start,
        line.start + match.end(),
        " ".join(groups["name"].split()),
        kind,
        bold=bold,
        time_start=start,
        time_end=end,
        time_fault=fault,
    )
