"""What was said of a theme: its codings quoted in their turns, all of them or a fair sample."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from ptce_qual.analysis.chosen_codes import chosen_codes, ids_of_names
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.codings_table import turn_at
from ptce_qual.analysis.grouping import Grouping, grouping
from ptce_qual.codebook.tree import codes_in_order
from ptce_qual.errors import InputError
from ptce_qual.model import Coding, Polarity, Transcript, Turn
from ptce_qual.result import Result
from ptce_qual.translation import _, _n
from ptce_qual.wording import unknown

COLUMNS = (
    "code_id", "polarity", "case_id", "transcript_id", "speaker", "role", "start", "end", "before", "quote", "after",
    "rule_ids", "matches", "coder",
)  # fmt: skip
Part = Literal["code", "case"]
_SEVERAL = "|"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which codings are quoted.

    Args:
        codes: see `ids_of_names` and `chosen_codes`; all for none.
        where: attribute (any that `grouping` takes) → values, one of which each coding must have. An attribute that
            holds several values, with `|` between them, has each of them.
        polarity: codings of these polarities only; all for none.
        descendants: whether a code takes in its descendants' codings.
    """

    codes: Sequence[str] = ()
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    polarity: Sequence[Polarity] = ()
    descendants: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """How many codings are drawn, and from what.

    Args:
        size: of each part; a part that has fewer gives all that it has.
        per: what makes the parts: each code, each case, each code in each case; none for one draw from all.
        seed: what chance starts from.
    """

    size: int
    per: Sequence[Part] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(f"a sample has at least one coding, not {self.size}")


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A coding in its place.

    Args:
        code_id: its code by today's id.
        turn: around it; its paragraph where the text has no turns.
    """

    coding: Coding
    code_id: str
    transcript: Transcript
    turn: Turn


def verbatims(coded: CodedCorpus, selection: Selection | None = None, sample: Sample | None = None) -> Result:
    """Return the codings of a selection, quoted: a row a coding, by code, then case, then in the order of the text.

    `text[start:end]` is the quote, `before` and `after` the rest of its turn. `matches` are the places in the text
    of the words by which rules found it (or, where none matched, of those that brought points), `start-end`, with `|`
    between them.

    A sample is a simple random sample without replacement of each part, drawn from its codings in the order of their
    ids: it depends on the seed and on these codings only, not on the order of files nor on what else is asked for; with
    the same seed, a larger sample holds the smaller one.

    Args:
        selection: by default all codings.
        sample: by default all of the selection.

    Raises:
        InputError: there is no such code, attribute or value.
    """
    selection = selection or Selection()
    known = coded.codes(descendants=selection.descendants)
    chosen = chosen_codes(ids_of_names(selection.codes, coded.codebook), known, coded.codebook)
    quoted = list(_quoted(coded, frozenset[str]().union(*(known[code_id] for code_id in chosen))))
    kept = _kept(coded, quoted, selection)
    drawn = _drawn(kept, sample) if sample else kept
    table = pd.DataFrame(map(_row, _in_order(coded, drawn)), columns=list(COLUMNS))
    shown = (len(drawn), len(kept), len(quoted))
    return Result(_title(coded, selection, chosen), table, tuple(_notes(selection, sample, *shown)))


def spans_of(matches: str) -> list[tuple[int, int]]:
    """Return the places that a cell of `matches` holds."""
    bounds = (place.split("-") for place in matches.split(_SEVERAL) if place)
    return [(int(start), int(end)) for start, end in bounds]


def emphasised(quote: str, start: int, matches: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a quote in order, none empty, and whether each is of the words by which it was found.

    Words that follow each other are one piece, with the spaces between them.

    Args:
        start: where the quote begins in its text.
        matches: as the table of `verbatims` holds them.
    """
    found: list[tuple[int, int]] = []
    for first, last in spans_of(matches):
        low, high = max(first - start, 0), min(last - start, len(quote))
        if low < high and found and not quote[found[-1][1] : low].strip():
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        elif low < high:
            found.append((low, high))
    done = 0
    for low, high in found:
        if done < low:
            yield quote[done:low], False
        yield quote[low:high], True
        done = high
    if done < len(quote):
        yield quote[done:], False


def _quoted(coded: CodedCorpus, ids: Collection[str]) -> Iterator[_Quoted]:
    for transcript in coded.corpus.transcripts:
        for coding in coded.codings_of[transcript.id]:
            if coding.code_id in ids:
                code = coded.codebook.by_id.get(coding.code_id)
                turn = _turn_around(coded, transcript, coding)
                yield _Quoted(coding, code.id if code else coding.code_id, transcript, turn)


def _turn_around(coded: CodedCorpus, transcript: Transcript, coding: Coding) -> Turn:
    turn = turn_at(transcript, coding.start)
    if turn is not None:
        return turn
    if transcript.turns:
        return Turn((), "unknown", coding.start, coding.end)
    paragraphs = coded.segmentations[transcript.id].paragraphs
    place = bisect_right(paragraphs, coding.start, key=lambda bounds: bounds[0]) - 1
    start, end = paragraphs[place] if place >= 0 else (coding.start, coding.end)
    return Turn((), "respondent", start, end)


def _kept(coded: CodedCorpus, quoted: Sequence[_Quoted], selection: Selection) -> list[_Quoted]:
    filters = [(_group(coded, name, values), set(values)) for name, values in selection.where.items()]
    return [
        one
        for one in quoted
        if (not selection.polarity or one.coding.polarity in selection.polarity)
        and all(not wanted.isdisjoint(_values(group, one.transcript, one.turn)) for group, wanted in filters)
    ]


def _group(coded: CodedCorpus, name: str, values: Sequence[str]) -> Grouping:
    """Return the division by an attribute, once it is seen to have the values asked for."""
    group = grouping(coded, [name])
    known = {
        value
        for one in coded.corpus.transcripts
        for turn in one.turns or (Turn((), "respondent", 0, len(one.text)),)
        for value in _values(group, one, turn)
    }
    known |= {"interviewer", "respondent", "unknown"} if name == "role" else set()
    for value in values:
        if value not in known:
            message = _("« {attribute} » has nowhere the value « {value} »", attribute=name, value=value)
            raise InputError(unknown(message, value, sorted(known)))
    return group


def _values(group: Grouping, transcript: Transcript, turn: Turn) -> list[str]:
    whole = group.group_of(transcript, turn)
    return [whole, *whole.split(_SEVERAL)] if _SEVERAL in whole else [whole]


def _drawn(kept: Sequence[_Quoted], sample: Sample) -> list[_Quoted]:
    parts: dict[tuple[str, ...], list[_Quoted]] = {}
    for one in kept:
        of_part = {"code": one.code_id, "case": one.transcript.case_id}
        parts.setdefault(tuple(of_part[name] for name in sorted(set(sample.per))), []).append(one)
    drawn = []
    for names, codings in parts.items():
        by_id = sorted(codings, key=lambda one: (one.coding.id, one.transcript.id))
        order = _chance(sample.seed, names).permutation(len(by_id))
        drawn += [by_id[place] for place in order[: sample.size].tolist()]
    return drawn


def _chance(seed: int, names: tuple[str, ...]) -> np.random.Generator:
    """Return chance for one part: of its own, so that the draws of the others don't move it."""
    digest = hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])


def _in_order(coded: CodedCorpus, drawn: Sequence[_Quoted]) -> list[_Quoted]:
    tree = codes_in_order(coded.codebook, {one.code_id for one in drawn})
    codes = {code_id: place for place, (_depth, code_id, _label) in enumerate(tree)}
    transcripts = {one.id: place for place, one in enumerate(coded.corpus.transcripts)}
    return sorted(
        drawn,
        key=lambda one: (
            codes[one.code_id],
            one.transcript.case_id,
            transcripts[one.transcript.id],
            (one.coding.start, one.coding.end, one.coding.coder, one.coding.id),
        ),
    )


def _row(one: _Quoted) -> tuple[object, ...]:
    coding, text = one.coding, one.transcript.text
    return (
        one.code_id,
        coding.polarity,
        one.transcript.case_id,
        one.transcript.id,
        _SEVERAL.join(one.turn.speakers),
        one.turn.role,
        coding.start,
        coding.end,
        text[one.turn.start : coding.start],
        text[coding.start : coding.end],
        text[coding.end : one.turn.end],
        _SEVERAL.join(dict.fromkeys(evidence.rule_id for evidence in coding.evidence)),
        _SEVERAL.join(f"{start}-{end}" for start, end in _united(coding)),
        coding.coder,
    )


def _united(coding: Coding) -> list[tuple[int, int]]:
    """Return the union of what it was found by."""
    united: list[tuple[int, int]] = []
    for start, end in coding.triggers:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _title(coded: CodedCorpus, selection: Selection, chosen: Sequence[str]) -> str:
    if not selection.codes:
        return _("Verbatims")
    named = [coded.codebook.by_id[one].label if one in coded.codebook.by_id else one for one in chosen]
    if len(named) > 1:
        return _n("Verbatims of {count} code", "Verbatims of {count} codes", len(named))
    return _("Verbatims of « {label} »", label=", ".join(named))


def _notes(selection: Selection, sample: Sample | None, shown: int, kept: int, total: int) -> Iterator[str]:
    if kept < total or selection.where or selection.polarity:
        asked = {**selection.where, **({"polarity": selection.polarity} if selection.polarity else {})}
        either = _(" or ")
        told = "; ".join(f"{name} = {either.join(values)}" for name, values in asked.items())
        yield _("{kept} of {total} codings meet the conditions: {conditions}.", kept=kept, total=total, conditions=told)
    if not total:
        yield _("No coding carries these codes.")
        return
    yield _("{shown} of {kept} codings are quoted.", shown=shown, kept=kept)
    if sample:
        parts = _parts(sample)
        yield _(
            "Sample: up to {size} of {parts}, drawn at random without replacement, all equally likely, from the "
            "codings in the order of their ids; seed {seed}.",
            size=sample.size,
            parts=parts,
            seed=sample.seed,
        )


def _parts(sample: Sample) -> str:
    named: dict[tuple[str, ...], str] = {
        (): _("all codings"),
        ("code",): _("each code"),
        ("case",): _("each case"),
        ("case", "code"): _("each code in each case"),
    }
    return named[tuple(sorted(set(sample.per)))]
