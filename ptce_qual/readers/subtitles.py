"""Subtitles (.vtt, .srt): the cues' texts joined by one line end, markup out, with their times and voices.

Read by ourselves: the libraries for it neither keep the voices nor tell on which line a file is malformed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ptce_qual.model import Problem
from ptce_qual.readers.encoding import decode
from ptce_qual.readers.reading import Cue, Label, Reading
from ptce_qual.translation import _, _n

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_ARROW = re.compile(r"-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>|</v\s*>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_BLOCK_END = re.compile(r"\r\n|[\r\n]")
_NO_CUES = ("NOTE", "STYLE", "REGION", "WEBVTT")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines between two blank ones, and the number of the first."""

    lines: tuple[str, ...]
    number: int


def read_subtitles(path: Path, file: str) -> Reading | Problem:
    """Read a subtitle file; returns an error where it is not text or holds no cue."""
    decoded = decode(path.read_bytes(), file)
    if isinstance(decoded, Problem):
        return decoded
    reading = parse_subtitles(decoded[0], file)
    if isinstance(reading, Problem):
        return reading
    return replace(reading, problems=(*decoded[1], *reading.problems))


def parse_subtitles(source: str, file: str = "") -> Reading | Problem:
    """Return the text of the cues with their times; voices (`<v Nom>`) become labels that no text shows."""
    pieces: list[str] = []
    cues: list[Cue] = []
    labels: list[Label] = []
    problems: list[Problem] = []
    voiceless: list[int] = []
    position = 0
    for block in _blocks(source):
        timing = next((index for index, line in enumerate(block.lines[:2]) if _TIMING.match(line)), None)
        if timing is None:
            problems += _problem_of_block(block, file)
            continue
        start, end = _times(block.lines[timing])
        spoken = _spoken("\n".join(block.lines[timing + 1 :]))
        if not spoken:
            continue
        begin = position
        if any(voice is None for voice, _text in spoken):
            voiceless.append(block.number)
        for voice, text in spoken:
            labels += _label(voice, position, start, end)
            pieces.append(text)
            position += len(text) + 1
        cues.append(Cue(begin, position - 1, start, end))
    if not cues:
        message = _("no subtitle was found in the file")
        return Problem("error", file, None, message, _("Export it again as .vtt or .srt."))
    if labels and voiceless:
        problems.append(_voiceless(voiceless, file))
    text = "\n".join(pieces)
    return Reading(text, tuple(problems), given=_merged(labels), cues=tuple(cues), wrapped=True)


def _blocks(source: str) -> Iterator[_Block]:
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*_BLOCK_END.split(source), ""], 1):
        if line.strip():
            lines.append(line)
        else:
            if lines:
                yield _Block(tuple(lines), first)
            lines, first = [], number + 1


def _problem_of_block(block: _Block, file: str) -> list[Problem]:
    if block.lines[0].split(" ")[0].rstrip() in _NO_CUES or block.lines[0].startswith(_NO_CUES):
        return []
    text = " ".join(block.lines)[:60]
    message = _("these lines have no times; left out: « {text} »", text=text)
    if any(_ARROW.search(line) for line in block.lines):
        message = _("a subtitle's times can't be read; left out: « {text} »", text=text)
    return [Problem("warning", file, block.number, message, _("Write the times as 00:01:02.000 --> 00:01:05.000."))]


def _voiceless(numbers: list[int], file: str) -> Problem:
    message = _n(
        "{count} subtitle names no voice, the one on this line; the voice before it goes on",
        "{count} subtitles name no voice, the first on this line; the voice before them goes on",
        len(numbers),
    )
    remedy = _n("Write <v Name> in it.", "Write <v Name> in each of them.", len(numbers))
    return Problem("warning", file, numbers[0], message, remedy)


def _times(line: str) -> tuple[float, float]:
    match = _TIMING.match(line)
    groups = match.groups() if match else ()
    return _seconds(groups[:4]), _seconds(groups[4:])


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _spoken(cue: str) -> list[tuple[str | None, str]]:
    """Return (voice, text) of each part of a cue without its markup; no voice is None."""
    parts: list[tuple[str | None, str]] = []
    voice, position = None, 0
    for match in [*_VOICE.finditer(cue), None]:
        text = _plain(cue[position : match.start() if match else len(cue)])
        if text:
            parts.append((voice, text))
        if match:
            voice = " ".join(html.unescape(match[1]).split()) if match[1] else voice
            position = match.end()
    return parts


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).strip()


def _label(voice: str | None, position: int, start: float, end: float) -> list[Label]:
    if voice is None:
        return []
    return [Label(position, position, voice, "given", time_start=start, time_end=end)]


def _merged(labels: list[Label]) -> tuple[Label, ...]:
    """Return one label where a voice goes on over several cues; a cue without voice goes on too."""
    merged: list[Label] = []
    for label in labels:
        if merged and merged[-1].name == label.name:
            merged[-1] = replace(merged[-1], time_end=label.time_end)
        else:
            merged.append(label)
    return tuple(merged)
