"""Rows of a coder's file → coded spans and transcripts read, with every problem told."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from ptce_qual.analysis.agreement.multiple_coding import CodedSpan
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.model import Polarity, Problem, Transcript
from ptce_qual.translation import _, _n

COLUMNS = ("transcript_id", "start", "end", "code_id", "polarity", "rule_ids", "coder")
REQUIRED = COLUMNS[:4]
_POLARITIES: tuple[str, ...] = get_args(Polarity)


@dataclass(slots=True)
class CoderRows:
    """What the rows of one file tell.

    Attributes:
        read: coder → the transcripts of which the file has a row, in the order in which coders come.
    """

    spans: list[CodedSpan] = field(default_factory=list)
    read: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def coder_rows(rows: Iterable[tuple[int, Mapping[str, str]]], file: str, coder: str, coded: CodedCorpus) -> CoderRows:
    """Read rows, each with its line; a row without code tells that its transcript was read.

    Args:
        file: as problems name it.
        coder: who coded where a row doesn't tell.
        coded: the corpus whose transcripts are named.
    """
    parser = _Parser(file, coder, coded)
    for line, cells in rows:
        parser.add(line, cells)
    return parser.result()


class _Parser:
    """Holds what was seen so far, so that each thing wrong is told once."""

    def __init__(self, file: str, coder: str, coded: CodedCorpus) -> None:
        self._file, self._coder = file, coder
        self._codebook = coded.codebook
        self._transcripts = {unicodedata.normalize("NFC", name): one for name, one in coded.transcripts.items()}
        self._found = CoderRows()
        self._unknown: set[str] = set()
        self._quotes: list[int] = []

    def add(self, line: int, cells: Mapping[str, str]) -> None:
        """Take in one row."""
        transcript = self._transcript(line, cells.get("transcript_id", ""))
        if transcript is None:
            return
        coder = cells.get("coder", "") or self._coder
        self._found.read.setdefault(coder, set()).add(transcript.id)
        code_id = cells.get("code_id", "")
        if not code_id:
            return
        place = self._place(line, cells, transcript)
        polarity = self._polarity(line, cells.get("polarity", ""))
        self._check_code(line, code_id)
        if place is None:
            return
        quote = cells.get("quote", "")
        if quote and quote != unicodedata.normalize("NFC", transcript.text[place[0] : place[1]]).strip():
            self._quotes.append(line)
        rules = tuple(name for name in cells.get("rule_ids", "").split("|") if name)
        self._found.spans.append(CodedSpan(coder, transcript.id, *place, code_id, polarity, rules))

    def result(self) -> CoderRows:
        """Return what was read."""
        if self._quotes:
            message = _n(
                "{count} quote is not what stands at its place in the text",
                "{count} quotes are not what stands at their place in the text, the first on this line",
                len(self._quotes),
            )
            remedy = _("Places count characters from 0 in results/texts/; were they taken from another version?")
            self._tell("warning", self._quotes[0], message, remedy)
        return self._found

    def _transcript(self, line: int, name: str) -> Transcript | None:
        if not name:
            self._tell("error", line, _("this row has no {column}", column="transcript_id"), _("Fill it in."))
            return None
        found = self._transcripts.get(unicodedata.normalize("NFC", name.replace("\\", "/")))
        if found is None and name not in self._unknown:
            self._unknown.add(name)
            message = _("there is no interview « {id} » in these results; its rows are left out", id=name)
            self._tell("warning", line, message, _meant(name, self._transcripts))
        return found

    def _place(self, line: int, cells: Mapping[str, str], transcript: Transcript) -> tuple[int, int] | None:
        try:
            start, end = int(cells.get("start", "")), int(cells.get("end", ""))
        except ValueError:
            told = f"{cells.get('start', '')}–{cells.get('end', '')}"
            message = _("« {place} » is no place: start and end are whole numbers", place=told)
            self._tell("error", line, message, _("Give the characters from and to which the passage goes."))
            return None
        if 0 <= start < end <= len(transcript.text):
            return start, end
        message = _(
            "{start}–{end} is no passage of « {id} », which has {length} characters",
            start=start,
            end=end,
            id=transcript.id,
            length=len(transcript.text),
        )
        self._tell("error", line, message, _("Places count characters from 0 in results/texts/."))
        return None

    def _polarity(self, line: int, told: str) -> Polarity | None:
        if told and told not in _POLARITIES:
            message = _(
                "« {polarity} » is no polarity; there are: {known}", polarity=told, known=", ".join(_POLARITIES)
            )
            self._tell("error", line, message, _meant(told, _POLARITIES))
            return None
        return cast("Polarity", told) if told else None

    def _check_code(self, line: int, code_id: str) -> None:
        if code_id in self._codebook.by_id or code_id in self._unknown:
            return
        self._unknown.add(code_id)
        message = _("the codebook has no code « {code} »; it is compared all the same", code=code_id)
        self._tell("warning", line, message, _meant(code_id, self._codebook.by_id))

    def _tell(self, severity: str, line: int, message: str, remedy: str) -> None:
        self._found.problems.append(Problem(severity, self._file, line, message, remedy))  # type: ignore[arg-type]


def _meant(name: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return _("Did you mean « {close} »?", close=close[0]) if close else ""
