"""How often an expression stands in each group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.units import units_of_transcript
from ptce_qual.lexicometry.places import Division, places
from ptce_qual.result import Result
from ptce_qual.translation import _

COLUMNS = ("hits", "words", "per_1000_words", "transcripts_with", "transcripts")
Group = tuple[str, ...]


def frequencies(coded: CodedCorpus, by: Sequence[str] = ()) -> Result:
    """Return how often the expression stands in each group: hits ÷ words of the speech that is counted, × 1,000.

    Args:
        coded: see `concordance`.
        by: attributes, see `grouping`; one row for all without any.

    Raises:
        InputError: no transcript and no case has such an attribute.
    """
    division = Division(coded, by)
    words, spoken = _speech(coded, division)
    hits: Counter[Group] = Counter()
    holding: dict[Group, set[str]] = defaultdict(set)
    for transcript, found in places(coded):
        for place in found:
            group = division.groups(transcript, place.turn)
            hits[group] += 1
            holding[group].add(transcript.id)
    rows = []
    for group in sorted(words):
        rate = 1000 * hits[group] / words[group] if words[group] else float("nan")
        rows.append((*group, hits[group], words[group], rate, len(holding[group]), len(spoken[group])))
    note = _("per_1000_words: hits ÷ words of the speech that is counted, × 1,000; transcripts_with: those with a hit.")
    table = pd.DataFrame(rows, columns=[*division.columns(COLUMNS), *COLUMNS])
    return Result(_("Frequency by group") if by else _("Frequency"), table, (note,))


def _speech(coded: CodedCorpus, division: Division) -> tuple[Counter[Group], dict[Group, set[str]]]:
    """Return by group the words of the speech that is counted, and the transcripts that it stands in."""
    words: Counter[Group] = Counter()
    spoken: dict[Group, set[str]] = defaultdict(set)
    for transcript in coded.corpus.transcripts:
        turns = list(coded.speech(transcript))
        counted = np.bincount(units_of_transcript(coded, transcript, "word").turn, minlength=len(turns))
        for turn, count in zip(turns, counted.tolist(), strict=True):
            group = division.groups(transcript, turn)
            words[group] += count
            spoken[group].add(transcript.id)
    return words, spoken
