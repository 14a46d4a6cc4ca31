"""The units on which coders disagree, with their text: what agreement is worked on with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ptce_qual.analysis.agreement.comparison import CoderComparison
from ptce_qual.analysis.agreement.judgements import POLARITIES, Judgements
from ptce_qual.analysis.agreement.notes import counted_notes
from ptce_qual.model import Turn
from ptce_qual.result import Result
from ptce_qual.translation import _

COLUMNS = (
    "code_id", "kind", "transcript_id", "case_id", "speaker", "role", "start", "end", "coded_by", "not_coded_by",
    "polarities", "rule_ids", "text",
)  # fmt: skip


def disagreements(compared: CoderComparison, *, polarity: bool = False) -> Result:
    """Return the units on which coders who read them disagree, code by code in the order of the text.

    Columns: `code_id`; `kind`: `coding` where some coded the unit and others did not, `polarity` where all coded it and
    gave different ones; where it stands and who speaks; `coded_by` and `not_coded_by`, coders; `polarities`, as
    `coder=polarity`; `rule_ids`, of the rules that coded it, where a coder is the rules; `text`. Between several values
    stands `|`.

    Args:
        polarity: whether disagreements on polarity alone are listed too.

    Raises:
        InputError: there is no such code.
    """
    judged = compared.own_judgements
    places = [
        (code, unit, kind)
        for code in range(len(judged.codes))
        for unit, kind in _places(judged, code, polarity=polarity)
    ]
    rules = _rules(judged, {(code, unit) for code, unit, _kind in places})
    speech = [list(compared.multiple.coded.speech(one)) for one in compared.multiple.coded.corpus.transcripts]
    rows = [
        {
            "code_id": judged.codes[code],
            "kind": kind,
            **_passage(compared, judged, unit, speech[judged.units.transcript[unit]][judged.units.turn[unit]]),
            **_who(judged, code, unit),
            "rule_ids": "|".join(rules.get((code, unit), ())),
        }
        for code, unit, kind in places
    ]
    return Result(_("Disagreements"), pd.DataFrame(rows, columns=list(COLUMNS)), tuple(counted_notes(compared)))


def _places(judged: Judgements, code: int, *, polarity: bool) -> Iterator[tuple[int, str]]:
    marks, told = judged.marks[:, code], judged.polarities[:, code].astype(np.int64)
    split = (marks == 1).any(axis=0) & (marks == 0).any(axis=0)
    lowest = np.where(told < 0, len(POLARITIES), told).min(axis=0, initial=len(POLARITIES))
    differing = polarity & ~split & (told.max(axis=0, initial=-1) > lowest)
    for unit in np.flatnonzero(split | differing):
        yield int(unit), "coding" if split[unit] else "polarity"


def _passage(compared: CoderComparison, judged: Judgements, unit: int, turn: Turn) -> dict[str, object]:
    transcript = compared.multiple.coded.corpus.transcripts[judged.units.transcript[unit]]
    start, end = int(judged.units.start[unit]), int(judged.units.end[unit])
    return {
        "transcript_id": transcript.id,
        "case_id": transcript.case_id,
        "speaker": "|".join(turn.speakers),
        "role": turn.role,
        "start": start,
        "end": end,
        "text": transcript.text[start:end],
    }


def _who(judged: Judgements, code: int, unit: int) -> dict[str, object]:
    marks = dict(zip(judged.coders, judged.marks[:, code, unit].tolist(), strict=True))
    told = dict(zip(judged.coders, judged.polarities[:, code, unit].tolist(), strict=True))
    return {
        "coded_by": "|".join(coder for coder, mark in marks.items() if mark == 1),
        "not_coded_by": "|".join(coder for coder, mark in marks.items() if mark == 0),
        "polarities": "|".join(f"{coder}={POLARITIES[place]}" for coder, place in told.items() if place >= 0),
    }


def _rules(judged: Judgements, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], dict[str, None]]:
    """Return the rules that coded each of these pairs of a code and a unit, in the order of the text."""
    found: dict[tuple[int, int], dict[str, None]] = {}
    for span, code, unit in judged.laid.T.tolist():
        if judged.spans[span].rule_ids and (code, unit) in wanted:
            found.setdefault((code, unit), {}).update(dict.fromkeys(judged.spans[span].rule_ids))
    return found
