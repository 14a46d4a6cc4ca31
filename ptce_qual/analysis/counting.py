"""What an analysis on units counts: which codings, of which codes, on which units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ptce_qual.analysis.chosen_codes import chosen_codes
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.units import UnitKind
from ptce_qual.model import Polarity


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted.

    Args:
        unit: a unit that a coding touches carries its code.
        codes: ids, see `chosen_codes`; all for none.
        descendants: whether a code takes in its descendants' codings.
        polarity: codings of these polarities only; all for none.
    """

    unit: UnitKind = "sentence"
    codes: Sequence[str] = ()
    descendants: bool = False
    polarity: Sequence[Polarity] = ()

    def codes_of(self, coded: CodedCorpus) -> dict[str, frozenset[str]]:
        """Return the codes, in the codebook's order, and the ids whose codings count for each.

        Raises:
            InputError: there is no such code.
        """
        known = coded.codes(descendants=self.descendants)
        return {code_id: known[code_id] for code_id in chosen_codes(self.codes, known, coded.codebook)}

    def codings_of(self, coded: CodedCorpus) -> CodedCorpus:
        """Return the corpus with the codings that count."""
        return coded.of_polarity(*self.polarity)
