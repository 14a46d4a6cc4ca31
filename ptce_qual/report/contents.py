"""What a dossier shows: the coded corpus and the results of the analyses, with the names that readers know them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison import Comparison, Labels
from ptce_qual.result import Result
from ptce_qual.study.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Contents:
    """The figures of a dossier and their sources; an analysis that could not be made is None, and `left_out` says why.

    Args:
        title: the study's, else the codebook's.
        codebook_text: the YAML that was applied, for the rules as they are written there.
        coverage: by case.
        cooccurrence: pairs of codes, and codes.
        saturation: the curve, and the thresholds.
        profile: `figures`, `counts`, `themes`.
        agreement: `agreement`, and what else was asked for; None where no other coder's codings were given.
        left_out: name of an analysis → why it is not there.
    """

    title: str
    coded: CodedCorpus
    manifest: Manifest
    codebook_text: str
    labels: Labels
    coverage: Result
    comparison: Comparison | None = None
    cooccurrence: tuple[Result, Result] | None = None
    saturation: tuple[Result, Result] | None = None
    profile: Mapping[str, Result] | None = None
    agreement: Mapping[str, Result] | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def fictional(self) -> bool:
        """Whether any interview says of itself that it is invented."""
        return any(one.attributes.get("fictional") == "true" for one in self.coded.corpus.transcripts)

    def case(self, case_id: str) -> str:
        """Return the label of a case."""
        known = self.coded.cases.get(case_id)
        return known.label if known and known.label else case_id
