"""Codings as a table: one row a coding, with who speaks, why, and the verbatim."""

from __future__ import annotations

from bisect import bisect_right

import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.model import Transcript, Turn

COLUMNS = (
    "transcript_id", "case_id", "speaker", "role", "start", "end", "code_id", "polarity", "rule_ids", "quote", "coder",
)  # fmt: skip


def codings_table(coded: CodedCorpus) -> pd.DataFrame:
    """Return the codings in the order of transcripts and of their texts; `|` stands between several values."""
    rows = []
    for transcript in coded.corpus.transcripts:
        for coding in coded.codings_of[transcript.id]:
            turn = turn_at(transcript, coding.start)
            rules = dict.fromkeys(evidence.rule_id for evidence in coding.evidence)
            rows.append(
                (
                    transcript.id,
                    transcript.case_id,
                    "|".join(turn.speakers) if turn else "",
                    turn.role if turn else "",
                    coding.start,
                    coding.end,
                    coding.code_id,
                    coding.polarity,
                    "|".join(rules),
                    transcript.text[coding.start : coding.end],
                    coding.coder,
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def turn_at(transcript: Transcript, position: int) -> Turn | None:
    """Return the turn in which a character stands; None between turns."""
    place = bisect_right(transcript.turns, position, key=lambda turn: turn.start) - 1
    if place < 0:
        return None
    turn = transcript.turns[place]
    return turn if position < turn.end else None
