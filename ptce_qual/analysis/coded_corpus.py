"""What every analysis counts: a corpus, the bounds of its units, its codebook, and the codings laid on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ptce_qual.codebook.model import Codebook
from ptce_qual.model import Case, Coding, Corpus, Polarity, Segmentation, Transcript, Turn


@dataclass(frozen=True)
class CodedCorpus:
    """Transcripts, where their units are, and the codings laid on them.

    Args:
        segmentations: by transcript id, one for each transcript.
        interviewer: whether what interviewers say is part of the text that is counted.
    """

    corpus: Corpus
    segmentations: Mapping[str, Segmentation]
    codebook: Codebook
    codings: tuple[Coding, ...]
    interviewer: bool = False

    @cached_property
    def cases(self) -> dict[str, Case]:
        """The cases by id."""
        return {case.id: case for case in self.corpus.cases}

    @cached_property
    def transcripts(self) -> dict[str, Transcript]:
        """The transcripts by id."""
        return {transcript.id: transcript for transcript in self.corpus.transcripts}

    @cached_property
    def codings_of(self) -> dict[str, tuple[Coding, ...]]:
        """The codings by transcript id, an entry for each transcript; codings of other texts are left out."""
        found: dict[str, list[Coding]] = {transcript.id: [] for transcript in self.corpus.transcripts}
        for coding in self.codings:
            if coding.transcript_id in found:
                found[coding.transcript_id].append(coding)
        return {name: tuple(codings) for name, codings in found.items()}

    def speech(self, transcript: Transcript) -> Iterator[Turn]:
        """Yield the turns that are counted: the respondents', and the interviewers' where these were asked for.

        A speaker of unknown role counts as a respondent; a text without turns is one respondent's turn.
        """
        whole = (Turn((), "respondent", 0, len(transcript.text)),)
        for turn in transcript.turns or whole:
            if self.interviewer or turn.role != "interviewer":
                yield turn

    def codes(self, *, descendants: bool = False, laid: Iterable[str] | None = None) -> dict[str, frozenset[str]]:
        """Return, in the codebook's order, the ids of codes and the codes whose codings count for each.

        Args:
            descendants: a code takes in its descendants' codings, and codes that only group others are there too.
            laid: the codes laid on the corpus, by default those of its codings.
        """
        used = Counter(laid if laid is not None else (coding.code_id for coding in self.codings))
        own = {
            code.id: frozenset({code.id, *code.formerly})
            for code in self.codebook.codes
            if descendants or code.rules or used[code.id] or not any(self.codebook.children(code.id))
        }
        if descendants:
            own = {name: ids.union(code.id for code in self.codebook.descendants(name)) for name, ids in own.items()}
        unknown = sorted(set(used) - set(self.codebook.by_id))
        return own | {name: frozenset({name}) for name in unknown}

    def with_codings(self, codings: Iterable[Coding]) -> CodedCorpus:
        """Return the same corpus with other codings."""
        return replace(self, codings=tuple(codings))

    def of_polarity(self, *polarities: Polarity) -> CodedCorpus:
        """Return the same corpus with the codings of these polarities only; with all of them for none."""
        return self.with_codings(c for c in self.codings if not polarities or c.polarity in polarities)
