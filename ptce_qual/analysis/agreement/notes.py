"""What a reader of the tables of agreement must know: units, missing, chance, intervals, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ptce_qual.analysis.agreement.comparison import CoderComparison
from ptce_qual.analysis.agreement.judgements import JudgedUnit, Judgements
from ptce_qual.translation import _, _n

_MANY_UNDEFINED = 0.05
_FEW_TRANSCRIPTS = 20  # below it, intervals over clusters are known to come out too narrow


def unit_name(unit: JudgedUnit) -> str:
    """Return what a unit is called."""
    return {"sentence": _("sentence"), "turn": _("turn"), "character": _("character")}[unit]


def notes(compared: CoderComparison) -> tuple[str, ...]:
    """Return the notes of `coder_agreement` and `pair_agreement`."""
    return (
        *counted_notes(compared),
        _(
            "(all) takes each pair of a unit and a code for one judgement, over the codes that any coder laid: most "
            "are « not coded » for all, so that percent agreement and AC1 come out high. (mean) is the mean over the "
            "codes for which a measure is defined."
        ),
        *interval_notes(compared),
        _(
            "Far from 0, the prevalence index (share coded less share not coded) makes κ, π and α low for the same "
            "agreement; the bias index is the first coder's share coded less the second's (Byrt, Bishop & Carlin 1993)."
        ),
        _(
            "Where all judgements are of one category, agreement beyond chance is undefined and no value is given. "
            "Cohen's κ, Scott's π and the bias index are of two coders."
        ),
        _(
            "uα and cuα compare the marked passages themselves, in characters of speech, whatever the unit; those of "
            "(all) compare the sets of codes laid at each place, and cuα only where both coders laid any."
        ),
    )


def polarity_notes(compared: CoderComparison) -> tuple[str, ...]:
    """Return the notes of `polarity_agreement`."""
    return (
        *counted_notes(compared),
        _(
            "Compared are the units to which two coders or more gave both the code and a polarity; those of one coder "
            "alone are set aside. Of several codings of one unit the last one tells its polarity."
        ),
        _("Chance is shared among three polarities. cuα compares polarities where passages of two coders meet."),
        *interval_notes(compared),
        _(
            "Where all judgements are of one polarity, agreement beyond chance is undefined and no value is given. "
            "Cohen's κ and Scott's π are of two coders."
        ),
    )


def counted_notes(compared: CoderComparison) -> Iterator[str]:
    """Yield how units and coders were counted."""
    judged = compared.judgements
    interviewer = compared.multiple.coded.interviewer
    whose = _("the respondents' and the interviewers' speech") if interviewer else _("the respondents' speech")
    if compared.unit == "character":
        yield _("The unit is the character, in {whose}, spaces included.", whose=whose)
    else:
        yield _(
            "The unit is the {unit}, in {whose}; a coding counts for each unit with which it shares a character that "
            "is not white space.",
            unit=unit_name(compared.unit),
            whose=whose,
        )
    readers = ", ".join(f"{coder} {len(read)}" for coder, read in compared.multiple.read.items())
    yield _(
        "Transcripts read: {readers}. What a coder did not read is missing; units that fewer than two coders read are "
        "set aside from all measures.",
        readers=readers,
    )
    outside = _outside(judged)
    if outside:
        yield _n(
            "{count} coding touches nothing of this speech, and is left out.",
            "{count} codings touch nothing of this speech, and are left out.",
            outside,
        )


def sample_notes(undefined: Mapping[str, int], samples: int) -> Iterator[str]:
    """Yield for which codes α is undefined in so many samples that its interval tells little.

    Args:
        undefined: code → samples without a value.
    """
    codes = [code for code, count in undefined.items() if count > _MANY_UNDEFINED * samples]
    if codes:
        yield _(
            "α is undefined in more than {share} of the samples of {codes}: their intervals leave these out, and tell "
            "little.",
            share=f"{_MANY_UNDEFINED:.0%}",
            codes=", ".join(codes),
        )


def interval_notes(compared: CoderComparison) -> Iterator[str]:
    """Yield what intervals are."""
    sampling = compared.sampling
    shared = _shared_transcripts(compared)
    yield _(
        "Intervals: {level} percentile bootstrap, {samples} samples of {drawn}, seed {seed}; those of uα and cuα are "
        "always of transcripts.",
        level=f"{sampling.level:.0%}",
        samples=sampling.samples,
        drawn=_("transcripts") if compared.drawn == "transcript" else _("units"),
        seed=sampling.seed,
    )
    if compared.drawn == "unit":
        yield _(
            "Sentences and turns of one interview are not independent: intervals over them are too narrow. Draw "
            "transcripts where there are enough."
        )
    if shared < 2:
        yield _("Fewer than two transcripts were read by two coders: there are no intervals over transcripts.")
    elif shared < _FEW_TRANSCRIPTS:
        yield _n(
            "Only {count} transcript was read by two coders: intervals over transcripts are too narrow.",
            "Only {count} transcripts were read by two coders: intervals over transcripts are too narrow.",
            shared,
        )


def _outside(judged: Judgements) -> int:
    """Return how many codings of the codes judged lie where nothing is counted."""
    within = set(np.unique(judged.laid[0]).tolist())
    codes = set(judged.codes)
    return sum(place not in within and span.code_id in codes for place, span in enumerate(judged.spans))


def _shared_transcripts(compared: CoderComparison) -> int:
    read = compared.multiple.read.values()
    return sum(sum(one.id in read_by for read_by in read) >= 2 for one in compared.multiple.coded.corpus.transcripts)
