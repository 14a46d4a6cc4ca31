"""Concordance (KWIC): each place where an expression stands, with the words before and after it.

Luhn 1960, « Key word-in-context index for technical literature », American Documentation 11(4), p. 288-295.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.lexicometry.contexts import Context, Contexts
from ptce_qual.lexicometry.places import Division, Place, places
from ptce_qual.lexicometry.word_order import Key, word_key
from ptce_qual.model import Transcript
from ptce_qual.result import Result
from ptce_qual.translation import _, _n

Sort = Literal["text", "left", "right", "node"]
SORTS: tuple[Sort, ...] = ("text", "left", "right", "node")
COLUMNS = ("transcript_id", "case_id", "speaker", "role", "turn", "start", "end", "left", "node", "right")


@dataclass(frozen=True, slots=True)
class Lines:
    """How the lines of a concordance are made, chosen and ordered.

    Args:
        window: words on each side.
        sort: by the place in the text, by the words to the left (the nearest first), to the right, or by the node.
        by: attributes (see `grouping`) whose groups are kept together, in order.
        across_turns: whether the context goes on in the turns before and after.
        sample: this many lines only, drawn at random without replacement; None for all.
        seed: what chance starts from.
    """

    window: int = 10
    sort: Sort = "text"
    by: Sequence[str] = ()
    across_turns: bool = False
    sample: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the expression stands, with its context and groups."""

    transcript: Transcript
    place: Place
    context: Context
    groups: tuple[str, ...]


def concordance(coded: CodedCorpus, expression: str, lines: Lines | None = None) -> Result:
    """Return the places where an expression stands, a row a place, each with its context.

    Args:
        coded: a corpus coded by the one rule of the expression; what its evidence matched are the hits, each place
            counted once.
        expression: what the title calls it.

    Raises:
        InputError: no transcript and no case has an attribute of `by`.
    """
    lines = lines or Lines()
    found = list(_hits(coded, lines))
    shown = sorted(_drawn(found, lines), key=_order(lines.sort))
    columns = Division(coded, lines.by).columns(COLUMNS)
    told = [at for at, column in enumerate(columns) if column not in COLUMNS]
    rows = [(*_row(hit), *(hit.groups[at] for at in told)) for hit in shown]
    title = _("Concordance of « {expression} »", expression=expression)
    return Result(
        title,
        pd.DataFrame(rows, columns=[*COLUMNS, *(columns[at] for at in told)]),
        tuple(_notes(coded, lines, len(found))),
    )


def _hits(coded: CodedCorpus, lines: Lines) -> Iterator[Hit]:
    """Yield the hits in the order of transcripts and of their texts."""
    division = Division(coded, lines.by)
    for transcript, found in places(coded):
        contexts = Contexts(transcript, coded.segmentations[transcript.id], across_turns=lines.across_turns)
        for place in found:
            context = contexts.around(place.turn, place.start, place.end, lines.window)
            yield Hit(transcript, place, context, division.groups(transcript, place.turn))


def _drawn(found: list[Hit], lines: Lines) -> list[Hit]:
    if lines.sample is None or lines.sample >= len(found):
        return found
    chosen = np.random.default_rng(lines.seed).choice(len(found), lines.sample, replace=False)
    return [found[place] for place in sorted(chosen.tolist())]


def _order(sort: Sort) -> Callable[[Hit], tuple[tuple[str, ...], Key]]:
    """Return the key of hits, which are in the order of the text before."""
    if sort == "left":
        return lambda hit: (hit.groups, word_key(hit.context.before))
    if sort == "right":
        return lambda hit: (hit.groups, word_key(hit.context.after))
    if sort == "node":
        return lambda hit: (hit.groups, word_key((*hit.context.inside, *hit.context.after)))
    return lambda hit: (hit.groups, word_key(()))


def _row(hit: Hit) -> tuple[str | int, ...]:
    context, place = hit.context, hit.place
    speaker = "|".join(place.turn.speakers)
    who = (hit.transcript.id, hit.transcript.case_id, speaker, place.turn.role, place.number)
    return (*who, place.start, place.end, context.left, context.node, context.right)


def _notes(coded: CodedCorpus, lines: Lines, hits: int) -> Iterator[str]:
    if lines.sample is not None and lines.sample < hits:
        yield _(
            "{sample} of {hits} hits, drawn at random without replacement (seed {seed}).",
            sample=lines.sample,
            hits=hits,
            seed=lines.seed,
        )
    yield _window_note(lines)
    yield _("Words: tokens without punctuation, hesitations and cut words; « l' » and « -t-il » count one each.")
    if not coded.interviewer:
        yield _("Interviewers' turns are not searched.")


def _window_note(lines: Lines) -> str:
    if lines.across_turns:
        return _n(
            "left and right: {count} word on each side, across turns.",
            "left and right: {count} words on each side, across turns.",
            lines.window,
        )
    return _n(
        "left and right: {count} word on each side, never beyond the turn.",
        "left and right: {count} words on each side, never beyond the turn.",
        lines.window,
    )
