"""Codings of several coders laid on units and on continua once, for all tables of their agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ptce_qual.analysis.agreement.continua import SpeechMarks, code_continua, set_continua, speech_marks
from ptce_qual.analysis.agreement.continuum import Continuum
from ptce_qual.analysis.agreement.judgements import JudgedUnit, Judgements, judgements
from ptce_qual.analysis.agreement.multiple_coding import MultipleCoding
from ptce_qual.analysis.agreement.outcome import DEFAULT_SAMPLING, Sampling
from ptce_qual.analysis.agreement.patterns import Integers
from ptce_qual.analysis.chosen_codes import chosen_codes
from ptce_qual.errors import InputError
from ptce_qual.translation import _

Cluster = Literal["unit", "transcript"]


@dataclass(frozen=True)
class CoderComparison:
    """What is compared, and how.

    Args:
        unit: what is judged.
        cluster: what intervals draw; by default units, and transcripts where characters are judged, for characters of
            one passage are not independent.
        codes: ids; all for none.
        descendants: whether a code takes in its descendants' codings.

    Raises:
        InputError: intervals are asked to draw characters.
    """

    multiple: MultipleCoding
    unit: JudgedUnit = "sentence"
    cluster: Cluster | None = None
    codes: Sequence[str] = ()
    descendants: bool = False
    sampling: Sampling = DEFAULT_SAMPLING

    def __post_init__(self) -> None:
        if self.unit == "character" and self.cluster == "unit":
            raise InputError(
                _(
                    "characters of one passage are not independent, so that intervals can't draw them one by one; "
                    "draw transcripts"
                )
            )

    @property
    def drawn(self) -> Cluster:
        """What intervals draw."""
        return self.cluster or ("transcript" if self.unit == "character" else "unit")

    @cached_property
    def rows(self) -> Mapping[str, frozenset[str]]:
        """The codes chosen, and the codes whose codings count for each.

        Raises:
            InputError: there is no such code.
        """
        known = self.multiple.codes(descendants=self.descendants)
        return {name: known[name] for name in chosen_codes(self.codes, known, self.multiple.coded.codebook)}

    @cached_property
    def pooled(self) -> Mapping[str, frozenset[str]]:
        """The codes chosen that any coder laid, each with its own codings alone."""
        known = self.multiple.codes()
        laid = {span.code_id for span in self.multiple.spans}
        wanted = frozenset().union(*self.rows.values())
        return {name: ids for name, ids in known.items() if ids & laid and ids & wanted}

    @cached_property
    def judgements(self) -> Judgements:
        """The judgements on the codes chosen."""
        return judgements(self.multiple, self.unit, descendants=self.descendants).of_codes(tuple(self.rows))

    @cached_property
    def own_judgements(self) -> Judgements:
        """The judgements on the codes that are pooled."""
        own = judgements(self.multiple, self.unit) if self.descendants else self.judgements
        return own.of_codes(tuple(self.pooled))

    @cached_property
    def speech(self) -> SpeechMarks:
        """What coders marked in the speech."""
        return speech_marks(self.multiple)

    @cached_property
    def code_continua(self) -> Mapping[str, tuple[Continuum, ...]]:
        """The continua of each code chosen."""
        return {code: code_continua(self.speech, ids) for code, ids in self.rows.items()}

    @cached_property
    def set_continua(self) -> tuple[Continuum, ...]:
        """The continua of sets of the codes that are pooled."""
        return set_continua(self.speech, self.pooled)

    def clusters(self, judged: Judgements) -> Integers | None:
        """Return the number of each unit's cluster, or nothing where units are drawn."""
        return judged.units.transcript if self.drawn == "transcript" else None
