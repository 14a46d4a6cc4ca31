"""Look at interviews before any coding: what was read, who speaks how much, and every problem."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

import pandas as pd

from ptce_qual.model import Problem, Transcript
from ptce_qual.nlp.language import SpokenFrench
from ptce_qual.nlp.words import is_word
from ptce_qual.readers import guess_language
from ptce_qual.result import Result
from ptce_qual.study.study import Study
from ptce_qual.translation import _

_ROLES = ("interviewer", "respondent", "unknown")


def check_corpus(study: Study) -> tuple[Result, list[Problem]]:
    """Return a table of a study's interviews, and every problem met in reading them."""
    corpus, problems = study.read_corpus()
    nlp = SpokenFrench()
    rows = [_row(transcript, nlp) for transcript in corpus.transcripts]
    columns = [
        "transcript_id",
        "case_id",
        "format",
        "turns",
        *(f"{role}_words" for role in _ROLES),
        "speakers",
        "language",
    ]
    notes = (
        _("Words leave out punctuation, hesitations and cut words; text outside turns is not counted."),
        _(
            "`language` is that of the grammatical words; « ? » where it is none that is known, empty where the text "
            "is too short to tell."
        ),
    )
    return Result(_("Interviews"), pd.DataFrame(rows, columns=columns), notes), problems


def _row(transcript: Transcript, nlp: SpokenFrench) -> dict[str, object]:
    words: Counter[str] = Counter()
    speakers: dict[str, None] = {}
    for turn in transcript.turns:
        spoken = transcript.text[turn.start : turn.end]
        words[turn.role] += sum(is_word(token.text) for token in nlp.tokenizer(spoken))
        speakers |= dict.fromkeys(turn.speakers)
    spoken = " ".join(transcript.text[turn.start : turn.end] for turn in transcript.turns)
    return {
        "transcript_id": transcript.id,
        "case_id": transcript.case_id,
        "format": PurePosixPath(transcript.source).suffix.lstrip("."),
        "turns": len(transcript.turns),
        **{f"{role}_words": words[role] for role in _ROLES},
        "speakers": "|".join(speakers),
        "language": guess_language(spoken).language,
    }
